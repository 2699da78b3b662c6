"""Modules that are imported at their first use.

``dataclasses`` imports ``inspect``, which takes longer than making all data classes of this program, and ``copy``. On
Python 3.11, none of them needs these. ``pathlib`` imports ``ntpath``, for paths of Windows, and ``ipaddress`` by way of
``urllib``, for addresses that no path has.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


def import_late(name: str) -> None:
    """Defer the import of a module of the standard library that is not imported yet until its first use.

    Code that imported it earlier keeps a module object with the same content.
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
