"""The model of a United Nations document symbol such as ``CTOC/COP/WG.7/2022/CRP.1/Rev.1``."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import lru_cache
from typing import NamedTuple


class ComponentKind(Enum):
    """The kind of a component."""

    ORGAN = "organ"
    SERIES = "series"
    BODY = "body"
    SESSION = "session"
    YEAR = "year"
    NATURE = "nature"
    SERIAL = "serial"
    FINAL = "final"
    PARENTHESIS = "parenthesis"
    PART = "part"
    OTHER = "other"


class Trait(Enum):
    """What a component says of the document. The register says which components have which traits."""

    ASSEMBLY = "assembly"
    DECISIONS = "decisions"
    SUMMARY_RECORD = "summary_record"
    DRAFT = "draft"
    LIMITED = "limited"
    OTHER_DISTRIBUTION = "other_distribution"
    UNLISTED = "unlisted"
    SHARED_TITLE = "shared_title"
    YEAR_IN_BRACKETS = "year_in_brackets"
    PART = "part"


class FaultKind(Enum):
    """The kind of a fault in a malformed symbol."""

    MISSING_DOT = "missing dot"
    CASE = "case"
    SPACE = "space"
    TRANSLATED = "translated"
    BACKSLASH = "backslash"
    DOUBLED_SLASH = "doubled slash"
    SLASH_FOR_DOT = "slash for dot"
    MISSING_SLASH = "missing slash"
    MISSING_PART = "missing part"
    EXCHANGED = "exchanged parts or letters"


class Component(NamedTuple):
    """A component of a symbol: its ``text``, its ``name`` (``WG``) and its ``number`` (``7``).

    ``start`` is the offset in the symbol's text. A number is a string, because it may be roman (``PC.I``), a letter
    (``SER.A``) or a range (``1-3``). ``traits`` is what the register says of the component.
    """

    kind: ComponentKind
    text: str
    start: int
    name: str = ""
    number: str = ""
    traits: frozenset[Trait] = frozenset()


class SymbolPart(NamedTuple):
    """A component without its texts. Many symbols have equal parts, and share them.

    The component is ``text[start:end]`` of the symbol, its number ``text[first:last]``.
    """

    kind: ComponentKind
    start: int
    end: int
    name: str
    first: int
    last: int
    traits: frozenset[Trait]

    def of(self, text: str) -> Component:
        """Return the component of a symbol with this text."""
        kind, start, end, name, first, last, traits = self
        return Component(kind, text[start:end], start, name, text[first:last], traits)


def _part(component: Component) -> SymbolPart:
    kind, text, start, name, number, traits = component
    first = start + text.rindex(number)
    return SymbolPart(kind, start, start + len(text), name, first, first + len(number), traits)


@lru_cache(maxsize=1024)
def _shared(parts: tuple[SymbolPart, ...]) -> tuple[SymbolPart, ...]:
    """Return equal parts if some were read recently: most symbols of a draft differ in the last number only."""
    return parts


class Symbol(NamedTuple):
    """A well-formed symbol.

    ``text`` is the symbol as printed, including a parenthesis or asterisks that belong to it. ``reissued``: asterisks
    mark a reissue.
    """

    text: str
    parts: tuple[SymbolPart, ...]
    reissued: bool = False

    @staticmethod
    def of(text: str, components: Iterable[Component], reissued: bool = False) -> Symbol:
        """Return the symbol with this text and these components."""
        return Symbol(text, _shared(tuple(map(_part, components))), reissued)

    def text_of(self, part: SymbolPart) -> str:
        """Return the text of a part of this symbol."""
        return self.text[part.start : part.end]

    @property
    def components(self) -> tuple[Component, ...]:
        """The components, in order."""
        return tuple(part.of(self.text) for part in self.parts)

    def of_kind(self, kind: ComponentKind) -> tuple[Component, ...]:
        """Return the components of a kind, in order."""
        return tuple(part.of(self.text) for part in self.parts if part.kind is kind)

    def _first(self, kind: ComponentKind) -> str | None:
        return next((self.text_of(part) for part in self.parts if part.kind is kind), None)

    @property
    def organ(self) -> str:
        """The first component: a principal organ (``A``) or a separate series (``CTOC``, ``IDB.49``)."""
        return self.text[: self.parts[0].end]

    @property
    def bodies(self) -> tuple[str, ...]:
        """Subsidiary bodies as printed: ``("COP", "WG.7")``."""
        return tuple(component.text for component in self.of_kind(ComponentKind.BODY))

    @property
    def session(self) -> str | None:
        """The session as printed (``77``, ``ES-11``, ``XX``)."""
        return self._first(ComponentKind.SESSION)

    @property
    def year(self) -> int | None:
        """The year, if it is a separate component; the year in ``CONF.2020`` does not count."""
        year = self._first(_YEAR)
        return int(year) if year else None

    @property
    def _dating(self) -> int | None:
        """The position of the session or the year, whichever comes first."""
        for position, part in enumerate(self.parts):  # a generator would take three times as long
            if part.kind in _DATING:
                return position
        return None

    @property
    def date(self) -> Component | None:
        """The component that dates the document: the session or the year, whichever comes first."""
        position = self._dating
        return None if position is None else self.parts[position].of(self.text)

    @property
    def series(self) -> str:
        """The part of the symbol before the session or year, which documents of one body share; "" without either."""
        position = self._dating
        return "" if position is None else self.text[: self.parts[position].start].rstrip("/")

    @property
    def undated(self) -> tuple[str, ...]:
        """The texts of the components, except the component that dates the document."""
        dating = self._dating
        return tuple(self.text_of(part) for at, part in enumerate(self.parts) if at != dating)

    @property
    def nature(self) -> str | None:
        """The name of the kind of document: ``L``, ``CRP``, ``INF``, ``RES`` …"""
        return next((part.name for part in self.parts if part.kind is _NATURE), None)

    @property
    def serial(self) -> str | None:
        """The number within the series: 12 in ``L.12``, 3 in ``2022/3``."""
        serial = self._first(_SERIAL)
        if serial is None:
            return next((c.number for c in self.of_kind(_NATURE) if c.number), None)
        return serial

    @property
    def finals(self) -> tuple[Component, ...]:
        """The final elements (``Add.1``, ``Corr.2``, ``Rev.1``, ``Amend.1``), in the order printed."""
        return self.of_kind(ComponentKind.FINAL)

    @property
    def parenthesis(self) -> str | None:
        """The text in the first parenthesis: ``Part I``, ``1973``, ``91``."""
        parenthesis = self._first(ComponentKind.PARENTHESIS)
        return parenthesis[1:-1] if parenthesis else None

    @property
    def base(self) -> str:
        """The symbol without final elements, part letter, closing parenthesis or asterisks."""
        kept = list(self.parts)
        while kept[-1].kind in _NOT_IN_BASE:
            if kept[-1].kind is ComponentKind.PARENTHESIS and kept[-2].kind in _NAMED_BY_PARENTHESIS:
                break
            kept.pop()
        return self.text[: kept[-1].end]

    def has(self, trait: Trait) -> bool:
        """Return whether a component has a trait."""
        return any(trait in part.traits for part in self.parts)

    @property
    def is_of_assembly(self) -> bool:
        """Whether the session is one of the General Assembly: ``A/77/1``, ``A/RES/77/1``, but not ``A/HRC/50/1``."""
        dating = self._dating
        if dating is None:
            return False
        first, *others = self.parts[:dating]
        return Trait.ASSEMBLY in first.traits and all(Trait.DECISIONS in part.traits for part in others)


# In Python 3.11, looking up a member of an enumeration takes long.
_NATURE, _SERIAL, _YEAR = ComponentKind.NATURE, ComponentKind.SERIAL, ComponentKind.YEAR
_DATING = (ComponentKind.SESSION, ComponentKind.YEAR)
_NOT_IN_BASE = (ComponentKind.FINAL, ComponentKind.PARENTHESIS, ComponentKind.PART)
_NAMED_BY_PARENTHESIS = (ComponentKind.BODY, ComponentKind.NATURE, ComponentKind.OTHER)


class Fault(NamedTuple):
    """A fault at ``start:end`` of the searched text, and the correct text for that place."""

    kind: FaultKind
    start: int
    end: int
    replacement: str


class Malformed(NamedTuple):
    """A text that is clearly meant as a symbol but breaks the grammar.

    ``symbol`` is the symbol that is meant, and ``corrected`` the correct spelling of the text, which may be only the
    end of the symbol.
    """

    text: str
    faults: tuple[Fault, ...]
    symbol: Symbol
    corrected: str

    @property
    def fault(self) -> FaultKind:
        """The kind of the first fault."""
        return self.faults[0].kind


class Candidate(NamedTuple):
    """A symbol, well formed or malformed, at ``start:end`` of the searched text."""

    start: int
    end: int
    value: Symbol | Malformed

    @property
    def symbol(self) -> Symbol:
        """The symbol that is meant."""
        return self.value.symbol if isinstance(self.value, Malformed) else self.value
