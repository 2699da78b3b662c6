"""Modules that are imported when something of them is first used.

``dataclasses`` imports ``inspect``, which takes longer than the data classes of this program do and is used for none of
them on Python 3.11.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


def import_late(name: str) -> None:
    """Let a module of the standard library that no module imports yet be imported when something of it is used.

    Whoever has imported it before then keeps a module with the same content.
    """
    if name not in sys.modules:
        sys.modules[name] = _LateModule(name)


class _LateModule(ModuleType):
    def __getattr__(self, attribute: str) -> Any:
        name = self.__name__
        if sys.modules.get(name) is self:
            del sys.modules[name]
        module = import_module(name)
        vars(self).update(vars(module))
        return getattr(module, attribute)
