"""What a United Nations document symbol (``CTOC/COP/WG.7/2022/CRP.1/Rev.1``) is made of."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class ComponentKind(Enum):
    """What a component of a symbol says."""

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


class FaultKind(Enum):
    """What is wrong with a malformed symbol."""

    MISSING_DOT = "missing dot"
    CASE = "case"
    SPACE = "space"
    TRANSLATED = "translated"
    BACKSLASH = "backslash"
    DOUBLED_SLASH = "doubled slash"
    SLASH_FOR_DOT = "slash for dot"
    MISSING_SLASH = "missing slash"


class Component(NamedTuple):
    """One component: ``text`` at ``start`` of the symbol's text; its ``name`` (``WG``), ``number`` (``7``).

    A number may be roman (``PC.I``), a letter (``SER.A``) or a range (``1-3``), so it is text.
    """

    kind: ComponentKind
    text: str
    start: int
    name: str = ""
    number: str = ""


class Symbol(NamedTuple):
    """A well-formed symbol. ``text`` is as printed, with an asterisk or a parenthesis that belongs to it."""

    text: str
    components: tuple[Component, ...]
    reissued: bool = False

    def of_kind(self, kind: ComponentKind) -> tuple[Component, ...]:
        """All components of one kind, in order."""
        return tuple(component for component in self.components if component.kind is kind)

    def _first(self, kind: ComponentKind) -> str | None:
        return next((component.text for component in self.components if component.kind is kind), None)

    @property
    def organ(self) -> str:
        """The first component: a principal organ (``A``) or a series of its own (``CTOC``, ``IDB.49``)."""
        return self.components[0].text

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
        """The year as a component of its own; not that of ``CONF.2020``."""
        year = self._first(ComponentKind.YEAR)
        return int(year) if year else None

    @property
    def date(self) -> Component | None:
        """The component that dates the document: the session or the year, whichever comes first."""
        dated = (ComponentKind.SESSION, ComponentKind.YEAR)
        return next((component for component in self.components if component.kind in dated), None)

    @property
    def series(self) -> str:
        """What documents of one body have in common: the symbol up to its session or year."""
        date = self.date
        return self.text[: date.start].rstrip("/") if date else ""

    @property
    def undated(self) -> tuple[str, ...]:
        """The components without the one that dates the document."""
        date = self.date
        return tuple(component.text for component in self.components if component is not date)

    @property
    def nature(self) -> str | None:
        """The name of the kind of document: ``L``, ``CRP``, ``INF``, ``RES`` …"""
        return next((c.name for c in self.components if c.kind is ComponentKind.NATURE), None)

    @property
    def serial(self) -> str | None:
        """The number within its series: 12 of ``L.12``, 3 of ``2022/3``."""
        serial = self._first(ComponentKind.SERIAL)
        if serial is None:
            return next((c.number for c in self.components if c.kind is ComponentKind.NATURE and c.number), None)
        return serial

    @property
    def finals(self) -> tuple[Component, ...]:
        """``Add.1``, ``Corr.2``, ``Rev.1``, ``Amend.1``, in the order printed."""
        return self.of_kind(ComponentKind.FINAL)

    @property
    def parenthesis(self) -> str | None:
        """The first parenthesis, without its brackets: ``Part I``, ``1973``, ``91``."""
        found = self._first(ComponentKind.PARENTHESIS)
        return found[1:-1] if found else None

    @property
    def base(self) -> str:
        """The symbol without final elements, closing parenthesis and asterisk."""
        kept = list(self.components)
        dropped = (ComponentKind.FINAL, ComponentKind.PARENTHESIS, ComponentKind.PART)
        while kept[-1].kind in dropped:
            if kept[-1].kind is ComponentKind.PARENTHESIS and kept[-2].kind in _NAMED_BY_PARENTHESIS:
                break
            kept.pop()
        return self.text[: kept[-1].start + len(kept[-1].text)]

    @property
    def is_limited(self) -> bool:
        """The symbol says that distribution is limited."""
        return self.nature == "L"


_NAMED_BY_PARENTHESIS = (ComponentKind.BODY, ComponentKind.NATURE, ComponentKind.OTHER)


class Fault(NamedTuple):
    """One fault at ``start:end`` of the text that was searched, and what should stand there."""

    kind: FaultKind
    start: int
    end: int
    replacement: str


class Malformed(NamedTuple):
    """What is clearly meant as a symbol and breaks its grammar. ``symbol`` is what it should be."""

    text: str
    faults: tuple[Fault, ...]
    symbol: Symbol

    @property
    def fault(self) -> FaultKind:
        """The first fault."""
        return self.faults[0].kind

    @property
    def corrected(self) -> str:
        """The right spelling of the whole."""
        return self.symbol.text


class Candidate(NamedTuple):
    """A symbol, well formed or not, at ``start:end`` of the text that was searched."""

    start: int
    end: int
    value: Symbol | Malformed

    @property
    def symbol(self) -> Symbol:
        """The symbol that is meant."""
        return self.value.symbol if isinstance(self.value, Malformed) else self.value
