"""Short forms that continue a symbol: "A/77/1 and Add.1", "Corr.1 and 2", "WP.1 to WP.7"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.language.numerals import alternation
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.model import Candidate, Fault, FaultKind, Malformed, Symbol

_LONGEST_RANGE = 200  # documents


class Continuations:
    """Reads the short forms after a symbol. ``and_`` and ``to`` are the words that join them in a language."""

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

    def find(self, text: str, candidate: Candidate) -> Iterator[tuple[Candidate, Symbol]]:
        """Yield the short forms after ``candidate``, each as printed and as the full symbol that it stands for."""
        symbol = candidate.symbol
        last = symbol.parts[-1]
        name, number, position = last.name, symbol.text[last.first : last.last], candidate.end
        while match := self._next.match(text, position):
            printed_name = match["name"] or ""
            correct_name = self._finals.get(printed_name.casefold()) or (
                printed_name if printed_name in self._natures else ""
            )
            # A bare number continues a symbol only in a range or after a final element ("Corr.1 and 2").
            may_be_bare = match["to"] or name in self._finals.values()
            if (printed_name and not correct_name) or (not printed_name and not may_be_bare):
                return
            if match["to"] and (not number.isdecimal() or correct_name not in ("", name)):
                return
            first = int(number) + 1 if match["to"] else int(match["number"])
            name, number, position = correct_name or name, match["number"], match.end()
            for value in range(first, min(int(number), first + _LONGEST_RANGE) + 1):
                full = self._full_symbol(symbol, name, value, match["more"])
                if full is None:
                    return
                yield self._printed(match, printed_name, name, full), full

    def _full_symbol(self, before: Symbol, name: str, number: int, more: str) -> Symbol | None:
        """Return the symbol that the element ``name``, ``number`` stands for after the symbol ``before``."""
        stem = before.base
        if name not in self._finals.values():
            stem = stem.rpartition("/")[0]
            if name and before.parts[-1].name == name and stem.endswith(f"/{name}"):
                stem = stem.removesuffix(f"/{name}")
        joint = self.grammar.vocabulary.joint(name) if name else ""
        parsed = self.grammar.parse_symbol(f"{stem}/{name}{joint}{number}{more}")
        return parsed if isinstance(parsed, Symbol) else None

    def _printed(self, match: re.Match[str], printed_name: str, name: str, symbol: Symbol) -> Candidate:
        """Return the short form as printed; a final element with a wrong name or without its dot is malformed."""
        start = match.start("name") if printed_name else match.start("number")
        is_correct = printed_name == name and match["joint"] == "."
        if not printed_name or name not in self._finals.values() or is_correct:
            return Candidate(start, match.end(), symbol)
        end = match.end("number")
        correct = f"{name}.{match['number']}"
        fault = Fault(FaultKind.MISSING_DOT, start, end, correct)
        return Candidate(start, end, Malformed(match.string[start:end], (fault,), symbol, correct))
