"""Build hook that adds the rules to the wheel, both as YAML and in compiled form, which loads faster.

Only the build uses this module; the wheel does not contain it. It needs hatchling and what the checks import.
``reportlint.knowledge.rulebook`` compiles the rules and reads the compiled files.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_IN_WHEEL = "reportlint/rules"


class RulesHook(BuildHookInterface[Any]):
    """Adds ``rules/`` to the wheel as ``reportlint/rules``, with the compiled files in ``compiled/``."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile the rules for a wheel.

        An editable install reads the rules folder of the checkout instead, so that changes take effect at once.

        Raises:
            DataError: a card, lexicon or register is invalid; the error lists every mistake.
        """
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        from reportlint.knowledge.rulebook import COMPILED, compile_folder  # noqa: PLC0415
        from reportlint.language.lexicon import with_compiled_phrases  # noqa: PLC0415
        from reportlint.plugins.rule_loading import verify_builtin_rules  # noqa: PLC0415

        rules = Path(self.root, "rules")
        verify_builtin_rules(rules)
        self._folder = TemporaryDirectory()
        for name, content in compile_folder(rules, with_compiled_phrases):
            Path(self._folder.name, name).write_text(content, encoding="utf-8", newline="\n")
        build_data["force_include"] |= {str(rules): _IN_WHEEL, self._folder.name: f"{_IN_WHEEL}/{COMPILED}"}

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Delete the compiled files once the wheel contains them."""
        if version != "editable":
            self._folder.cleanup()
