"""Puts the rules into the wheel, and beside them what is read instead of the YAML, which is slow to parse.

Only the build uses this module. It stands beside the rulebook, which reads what is written here, and is left
out of the wheel. It needs hatchling and PyYAML, nothing else.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_IN_WHEEL = "reportlint/rules"


class RulesHook(BuildHookInterface[Any]):
    """Adds ``rules/`` as ``reportlint/rules``, with what is compiled from it in ``compiled/``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the rules for a wheel.

        An editable install gets none: it reads the folder of the checkout, where a change counts at once.

        Raises:
            DataError: a file of rules is not as it should be.
        """
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from reportlint.knowledge.rulebook import COMPILED, Rulebook, compile_folder  # noqa: PLC0415

        rules = Path(self.root, "rules")
        Rulebook((rules,), compiled=False).cards()  # refuses to build mistakes in
        self._folder = TemporaryDirectory()
        for name, content in compile_folder(rules):
            Path(self._folder.name, name).write_text(content, encoding="utf-8", newline="\n")
        build_data["force_include"] |= {str(rules): _IN_WHEEL, self._folder.name: f"{_IN_WHEEL}/{COMPILED}"}

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the compiled files once the wheel holds them."""
        if version != "editable":
            self._folder.cleanup()
