"""What the register of symbols must contain. Only what reads ``symbols.yaml`` imports this."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from reportlint.errors import Mistake
from reportlint.knowledge.data_file import DataFile
from reportlint.knowledge.declared import At, OneOf, Size, read_declared
from reportlint.knowledge.suggestions import did_you_mean
from reportlint.symbols.model import Trait

_Trait = Annotated[str, OneOf(tuple(trait.value for trait in Trait), "trait")]


@dataclass(frozen=True, kw_only=True)
class ComponentShape:
    name: str
    number: Literal["dot", "slash", "either"] | None = None
    also: tuple[str, ...] = ()
    distinctive: bool = False
    traits: tuple[_Trait, ...] = ()
    meaning: str = ""


_Table = Annotated[tuple[ComponentShape, ...], Size(1)]


@dataclass(frozen=True, kw_only=True)
class VocabularyShape:
    """``symbols.yaml``."""

    organs: _Table
    series: _Table
    bodies: _Table
    natures: _Table
    finals: _Table
    compounds: tuple[str, ...] = ()
    parentheses: tuple[str, ...] = ()
    not_symbols: tuple[str, ...] = ()
    translated: Mapping[str, str] = field(default_factory=dict)

    def mistakes(self, at: At) -> Iterator[Mistake]:
        known = {component.name for table in (self.bodies, self.natures, self.finals) for component in table}
        for name, original in self.translated.items():
            if original not in known:
                near = did_you_mean(original, known)
                yield at("translated", name, f"“{original}” is not listed under bodies, natures or finals{near}")


def symbol_mistakes(file: DataFile) -> list[Mistake]:
    """Return every mistake in ``symbols.yaml``."""
    return read_declared(VocabularyShape, file)[1]
