"""Verifies lexicons and registers against what they must contain, before anything is checked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from reportlint.errors import Mistake
from reportlint.knowledge.register_shapes import body_mistakes, precision_mistakes, state_mistakes
from reportlint.knowledge.rulebook import Rulebook, data_file
from reportlint.language.lexicon_shape import lexicon_mistakes
from reportlint.symbols.vocabulary_shape import symbol_mistakes

_STATES = ("states.csv", "states-names.yaml")
_REGISTERS = {"bodies.yaml": body_mistakes, "symbols.yaml": symbol_mistakes, "precision.csv": precision_mistakes}


def data_mistakes(rulebook: Rulebook) -> list[Mistake]:
    """Return every mistake in the lexicons and registers that a rulebook reads from YAML or CSV."""
    mistakes: list[Mistake] = []
    has_states = False
    for folder in rulebook.source_folders:
        for path in sorted((folder / "lexicons").glob("*.yaml")):
            mistakes += lexicon_mistakes(data_file(path), path.stem)
        for path in sorted((folder / "registers").glob("*")):
            if path.name in _STATES:
                has_states = True
            else:
                mistakes += _register_mistakes(path)
    if has_states:
        rows, names = (data_file(rulebook.register_source(name)) for name in _STATES)
        mistakes += state_mistakes(rows, names)
    return mistakes


def _register_mistakes(path: Path) -> Iterator[Mistake]:
    """Yield the mistakes in a register; a register that only a plugin knows must be valid YAML or CSV."""
    if path.suffix in (".yaml", ".csv"):
        file = data_file(path)
        yield from _REGISTERS[path.name](file) if path.name in _REGISTERS else file.mistakes
