"""Short forms that go on behind a symbol: "A/77/1 and Add.1", "Corr.1 and 2", "WP.1 to WP.7"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.language.numerals import alternation
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.model import Candidate, Fault, FaultKind, Malformed, Symbol

_MOST = 200  # of the documents that a range stands for


class Continuations:
    """Reads the short forms behind a symbol. ``and_`` and ``to`` are the words of a language that join them."""

    def __init__(self, grammar: SymbolGrammar, and_: tuple[str, ...], to: tuple[str, ...]) -> None:
        self.grammar = grammar
        words = grammar.vocabulary
        self._finals = {name.casefold(): name for name in words.finals & words.dotted}
        self._natures = words.natures & (words.dotted | words.either.keys())
        names = alternation([*self._finals, *self._natures])
        joined = rf"\s*,\s*(?:(?:{alternation(and_)})\s+)?|\s+(?:{alternation(and_)})\s+"
        self._next = re.compile(
            rf"(?:{joined}|(?P<to>\s+(?:{alternation(to)})\s+|\s?[–—-]\s?))"
            rf"(?:/?(?P<name>{names})(?P<joint>\.?\s?))?(?P<number>\d{{1,3}})(?P<more>(?:/(?:{names})\.\d{{1,3}})*)"
            r"(?![\w/]|\.\d)",
            re.IGNORECASE,
        )

    def behind(self, text: str, candidate: Candidate) -> Iterator[tuple[Candidate, Symbol]]:
        """The short forms behind ``candidate``, each as printed and as the whole symbol that it stands for."""
        last = candidate.symbol.components[-1]
        name, number, position = last.name, last.number, candidate.end
        while match := self._next.match(text, position):
            named = match["name"] or ""
            proper = self._finals.get(named.casefold()) or (named if named in self._natures else "")
            # A bare number goes on only where a range says so or an element with a number stands before it.
            if (named and not proper) or (not named and not (match["to"] or name in self._finals.values())):
                return
            if match["to"] and (not number.isdigit() or proper not in ("", name)):
                return
            first = int(number) + 1 if match["to"] else int(match["number"])
            name, number, position = proper or name, match["number"], match.end()
            for value in range(first, min(int(number), first + _MOST) + 1):
                symbol = self._whole(candidate.symbol, name, value, match["more"])
                if symbol is None:
                    return
                yield self._printed(match, named, name, symbol), symbol

    def _whole(self, before: Symbol, name: str, number: int, more: str) -> Symbol | None:
        """The symbol that the element ``name``, ``number`` stands for behind the symbol ``before``."""
        stem = before.base
        if name not in self._finals.values():
            stem = stem.rpartition("/")[0]
            if name and before.components[-1].name == name and stem.endswith(f"/{name}"):
                stem = stem.removesuffix(f"/{name}")
        joint = self.grammar.vocabulary.joint(name) if name else ""
        found = self.grammar.parse_symbol(f"{stem}/{name}{joint}{number}{more}")
        return found if isinstance(found, Symbol) else None

    def _printed(self, match: re.Match[str], named: str, name: str, symbol: Symbol) -> Candidate:
        start = match.start("name") if named else match.start("number")
        if not named or name not in self._finals.values() or (named == name and match["joint"] == "."):
            return Candidate(start, match.end(), symbol)
        end = match.end("number")
        right = f"{name}.{match['number']}"
        fault = Fault(FaultKind.MISSING_DOT, start, end, right)
        return Candidate(start, end, Malformed(match.string[start:end], (fault,), symbol._replace(text=right)))
