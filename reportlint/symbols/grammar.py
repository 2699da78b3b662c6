"""The grammar of United Nations document symbols.

A symbol is split at its slashes and each component is classified. The names of the components are data
(:class:`SymbolVocabulary`); the structure of a symbol is defined here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from reportlint.language.numerals import alternation
from reportlint.symbols.model import Candidate, Component, ComponentKind, Fault, FaultKind, Malformed, Symbol
from reportlint.symbols.vocabulary import SymbolVocabulary

_LONGEST = 120  # no symbol is longer
_LONGEST_NAME = 24
_LETTERS = "A-Za-z\u00c0-\u024f\u0400-\u04ff"
_CORE = rf"[{_LETTERS}0-9.&/\\-]"
# The characters that the pattern matches.
_CORE_CHARACTERS = ".&/\\-" + "".join(
    chr(code)
    for first, last in ("09", "AZ", "az", "\u00c0\u024f", "\u0400\u04ff")
    for code in range(ord(first), ord(last) + 1)
)
_NOT_SPACE = re.compile(r"\S*")
_ROMAN = "[IVXLC]+"
_JUNK = frozenset("=?#%~@_+")  # next to a run: the run is part of an address, a query or an identifier
_FIRST_IDEOGRAPH = "\u2e80"

_SLASH = re.compile(r"[/\\]")
_SEPARATOR = re.compile(r" ?[/\\]+ ?")
_NUMBER = re.compile(r"\d+(?:-\d+)?(?:-?[A-Z]{1,3})?")
_SPECIAL_SESSION = re.compile(rf"E?S-(?:\d+|{_ROMAN})")
_ROMAN_ONLY = re.compile(_ROMAN)
_AFTER_DOT = re.compile(rf"\d+(?:-\d+)?[A-Z]?|{_ROMAN}|[A-Z]")
_NAME = re.compile(r"[A-Z][A-Za-z]*(?:[.&-][A-Za-z]+)*")
_NAME_AND_DIGITS = re.compile(r"[A-Z]+\d+[A-Z]?")
_LONG_LOWER = re.compile(r"[a-z]{5}")
_PLACEHOLDER = re.compile(r"X+")
_YEAR = re.compile(r"(?:19[4-9]|20\d)\d")
_LOOSE = re.compile(rf"([{_LETTERS}]+)(\.? ?)(\d+(?:-\d+)?[A-Z]?)?")
_UNKNOWN_FIRST = re.compile(r"[A-Z][A-Z0-9]+(?:-[A-Z0-9]+)*")
_SECOND_SYMBOL = re.compile(r"(?<=[\dA-Z)])-(?=([A-Z][A-Z-]*)(?:\.\d+)?/)")
_PART_LETTER = re.compile(r" (?:[B-H]|A(?! [a-z]))(?=[\s,.;:)]|$)")
_OLD_SESSION = re.compile(rf" ?\((?:(?:19|20)\d\d|(?:E?S-)?{_ROMAN})\)")
_ASTERISKS = re.compile(r"\*{1,3}")
_FEWEST_DIGITS = 3  # in a symbol that is one letter and one number: A/320, S/25085
_MOST_RECENT = 256  # texts whose readings are kept
_FIRST_SESSION = 31  # symbols of the General Assembly contain the session from the thirty-first session on


class _Reading(NamedTuple):
    """A text read as a symbol. The places of ``faults`` are offsets in the text."""

    symbol: Symbol
    faults: tuple[Fault, ...]


class SymbolGrammar:
    """Finds and parses symbols, given a vocabulary."""

    def __init__(self, vocabulary: SymbolVocabulary) -> None:
        self.vocabulary = vocabulary
        self._recent: dict[str, _Reading | None] = {}
        self._known_first = vocabulary.organs | vocabulary.series
        self._with_traits = frozenset(name for _, name in vocabulary.traits)
        words = "|".join(re.escape(word) for word in vocabulary.parentheses)
        compounds = "".join(rf"{re.escape(name)}(?=/)|" for name in vocabulary.compounds)
        inside = rf"(?:\d{{1,4}}|(?:E?S-)?{_ROMAN}|(?:{words}) ?(?:\d+|{_ROMAN})?)"
        # One more than the longest symbol: a match of a long run would take a hundred times its memory.
        self._run = re.compile(rf"(?:{compounds}{_CORE}|(?<=\w)\({inside}\)){{1,{_LONGEST + 1}}}")
        finals = alternation(vocabulary.finals & vocabulary.dotted)
        dotted = alternation(vocabulary.natures & (vocabulary.dotted | vocabulary.either.keys()))
        self._run_together = re.compile(
            rf"\d+(?P<joint>)(?:{dotted})\.\d+|(?:[A-Z]+\.)?\d+(?P<dot>[. ])(?:{finals})\.\d+"
        )
        self._loose_final = re.compile(rf" (?=(?:{finals})\.\d{{1,2}}(?![\w/]))")
        self._closing = re.compile(rf" ?\((?:{words}) ?(?:\d+|{_ROMAN})?\)")

    def find_symbols(self, text: str) -> Iterator[Candidate]:
        """Yield every symbol in ``text``, well formed or malformed, from left to right, in linear time.

        ``text`` must not contain line ends. A space inside a symbol is a fault even if it replaces a line end; callers
        that know the line ends may drop such a fault.
        """
        done = 0
        position = _next_slash(text, 0)
        while position >= 0:
            start = _run_start(text, position, done)
            run = self._run.match(text, start)
            done = max(position + 1, run.end() if run else 0)
            if run and done - start > _LONGEST:
                while run:
                    done = run.end()
                    run = self._run.match(text, done)
            if text.startswith("//", start):
                rest = _NOT_SPACE.match(text, done)
                done = rest.end() if rest else done
            elif run and _may_start(text, start) and run.end() - start <= _LONGEST:
                for candidate in self._read_run(text, start, run.end()):
                    yield candidate
                    done = max(done, candidate.end)
            position = _next_slash(text, done)

    def parse_symbol(self, text: str) -> Symbol | Malformed | None:
        """Return the symbol that ``text`` as a whole is, well formed or malformed; ``None`` if it is not a symbol."""
        text = text.strip()
        for candidate in self.find_symbols(text):
            return candidate.value if (candidate.start, candidate.end) == (0, len(text)) else None
        return None

    def _read_run(self, text: str, start: int, end: int) -> Iterator[Candidate]:
        """Yield the symbols in a run of symbol characters."""
        for piece_start, piece_end in self._pieces(text, start, end):
            stop = _without_tail(text, piece_start, piece_end)
            candidate = None
            joined = self._join(text, piece_start, piece_end) if piece_end == end else None
            if joined is not None:
                candidate = self._read(text, piece_start, _without_tail(text, piece_start, joined))
                if candidate is not None and isinstance(candidate.value, Symbol):
                    candidate = None  # without a fault, the parts did not need joining
            candidate = candidate or self._read(text, piece_start, stop)
            if candidate is not None:
                yield candidate

    def _pieces(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the symbols of a double symbol: ``E/CN.7/2022/1-E/CN.15/2022/1``. Any other run is one piece."""
        if text.find("-", start, end) >= 0:
            for match in _SECOND_SYMBOL.finditer(text, start, end):
                if match.group(1) in self._known_first:
                    yield start, match.start()
                    start = match.end()
        yield start, end

    def _join(self, text: str, start: int, end: int) -> int | None:
        """Return the end of a symbol with spaces inside whose first part is the run ``start:end``, if there is one."""
        run_end = end
        for _ in range(4):
            next_end = self._continuation(text, start, end)
            if next_end is None:
                break
            end = next_end
        return end if end > run_end and end - start <= _LONGEST else None

    def _continuation(self, text: str, start: int, end: int) -> int | None:
        """Return the end of the run after the space at ``end`` if it continues the symbol ``start:end``."""
        if not text.startswith(" ", end):
            return None
        words = self.vocabulary
        if self._loose_final.match(text, end) and text[end - 1].isdigit():
            final = self._run.match(text, end + 1)
            return final.end() if final else None
        at_slash = text.startswith("/", end + 1)
        run = self._run.match(text, end + 1 + at_slash)
        if run is None:
            return None
        following = run.group().split("/", 1)
        if at_slash or text[end - 1] in "/\\":
            loose = _LOOSE.fullmatch(following[0].rstrip("."))
            if loose and loose.group(1).lower() in words.spellings and (loose.group(3) or len(following) > 1):
                return run.end()
            whole = _SEPARATOR.split(run.group())
            ends = text[run.end() : run.end() + 1] in ("", ",", ";", ")", ".") or run.group()[-1] == "."
            # After "/ ", a number may count what follows it; after " /", it does not.
            return run.end() if whole[0].rstrip(".").isdecimal() and (ends or at_slash or len(whole) > 1) else None
        last = _SEPARATOR.split(text[start:end])[-1]
        if not following[0].rstrip(".").isdecimal():
            return None
        name = words.spellings.get(last.removesuffix(".").lower())
        if name in words.slashed:
            return run.end() if last in words.accepted and len(following) > 1 else None
        return run.end() if name in words.dotted or name in words.either else None

    def _read(self, text: str, start: int, end: int) -> Candidate | None:
        """Return the symbol that begins at ``start`` and whose components end at ``end``, if there is one."""
        if end <= start or text[end : end + 1] in _JUNK:
            return None
        reading = self._reading(text[start:end])
        if reading is None:
            return None
        symbol, faults = reading
        spelled = symbol.text
        tails: list[Component] = []
        tail_end = end
        for kind, pattern in self._tails(symbol):
            match = pattern.match(text, tail_end)
            if match:
                tail = match.group()
                stripped = tail.lstrip()
                offset = len(spelled) + (tail_end - end) + len(tail) - len(stripped)
                tails.append(Component(kind, stripped, offset, number=stripped.strip("()")))
                tail_end = match.end()
        asterisks = None if text[start - 1 : start] == "*" else _ASTERISKS.match(text, tail_end)
        if asterisks:
            tail_end = asterisks.end()
        if tail_end > end:
            whole = spelled + text[end:tail_end]
            symbol = _shared(Symbol.of(whole, (*symbol.components, *tails), asterisks is not None))
        if not faults:
            return Candidate(start, tail_end, symbol)
        faults_in_text = tuple(Fault(f.kind, start + f.start, start + f.end, f.replacement) for f in faults)
        return Candidate(start, tail_end, Malformed(text[start:tail_end], faults_in_text, symbol, symbol.text))

    def _reading(self, raw: str) -> _Reading | None:
        """Return a text read as a symbol; ``None`` if it is not one. A draft cites the same documents again."""
        if raw in self._recent:
            return self._recent[raw]
        if len(self._recent) == _MOST_RECENT:
            self._recent.clear()
        reading = self._recent[raw] = self._parse(raw)
        return reading

    def _parse(self, raw: str) -> _Reading | None:
        """Return the reading of a text that has not been read recently."""
        parts, faults = _split(raw)
        if len(parts) < 2 or not self._may_be_first(parts[0][0]):
            return None
        faults += self._component_faults(parts)
        faults.sort(key=lambda fault: fault.start)
        spelled = _apply(raw, faults)
        components = self._classify(spelled)
        if components is None or (faults and not self._is_clearly_a_symbol(components, faults)):
            return None
        return _Reading(Symbol.of(spelled, components), tuple(faults))

    def _tails(self, symbol: Symbol) -> Iterator[tuple[ComponentKind, re.Pattern[str]]]:
        """Yield the patterns of what may follow the last component, each with its kind."""
        if any(part.name in self.vocabulary.slashed for part in symbol.parts):
            yield ComponentKind.PART, _PART_LETTER
            yield ComponentKind.PARENTHESIS, _OLD_SESSION
        yield ComponentKind.PARENTHESIS, self._closing

    def _is_clearly_a_symbol(self, components: list[Component], faults: list[Fault]) -> bool:
        """Return whether a text with faults is beyond doubt meant as a symbol; other faults are not reported."""
        if components[0].kind is ComponentKind.OTHER:
            return all(fault.kind in (FaultKind.MISSING_DOT, FaultKind.CASE) for fault in faults)
        if len(components) < 3:
            return False
        if faults[0].start or faults[0].kind is not FaultKind.CASE:
            return True
        rest = components[1:]
        first = next((c.text for c in rest if c.text.isdecimal()), "")
        session = first.isdecimal() and int(first) >= _FIRST_SESSION and len(first) == 2
        numbered = any(c.kind in (ComponentKind.BODY, ComponentKind.NATURE) and c.number for c in rest)
        return numbered or session or _YEAR.fullmatch(first) is not None

    def _component_faults(self, parts: list[tuple[str, int]]) -> list[Fault]:
        """Return the faults inside the components, given their texts and offsets."""
        words = self.vocabulary
        faults = []
        first = parts[0][0]
        known = self._is_known_first(first)
        if not known and first.upper() != first and self._is_known_first(first.upper()):
            faults.append(Fault(FaultKind.CASE, 0, len(first), first.upper()))
            known = True
        for index, (part, start) in enumerate(parts[1:], 1):
            if part.isdecimal():
                continue
            if joined := self._joined(part):
                kind = FaultKind.SPACE if part[slice(*joined)] == " " else FaultKind.MISSING_SLASH
                faults.append(Fault(kind, start + joined[0], start + joined[1], "/"))
                continue
            is_name = part in words.accepted and part[-1:].isdigit()  # WG2020
            match = None if is_name else _LOOSE.fullmatch(part)
            if match is None:
                continue
            word, joint, number = match.group(1), match.group(2), match.group(3) or ""
            following = parts[index + 1][0] if index + 1 < len(parts) else ""
            name = words.spellings.get(word.lower(), "")
            fault: FaultKind | None = None
            if word in words.translated and word not in words.accepted:
                name = words.translated[word]
                if known and (name in words.dotted or not number):
                    fault = FaultKind.TRANSLATED
            elif name and (known or name in words.distinctive):
                fault = self._number_fault(name, joint, number, following)
                fault = fault or self._case_fault(name, word, number, first.upper() in words.organs)
            if fault is FaultKind.SLASH_FOR_DOT:
                end = parts[index + 1][1] + len(following)
                faults.append(Fault(fault, start, end, f"{name}.{following}"))
            elif fault is not None:
                correct_joint = words.joint(name) if number else ""
                faults.append(Fault(fault, start, start + len(part), f"{name}{correct_joint}{number}"))
        return faults

    def _joined(self, part: str) -> tuple[int, int] | None:
        """Return the range to replace by a slash in two components run together: "7L.14", "INF.1.Rev.1"."""
        match = self._run_together.fullmatch(part)
        if match is None:
            return None
        return match.span("dot") if match["dot"] else match.span("joint")

    def _number_fault(self, name: str, joint: str, number: str, following: str) -> FaultKind | None:
        """Return the fault between a component's name and its number, if any."""
        words = self.vocabulary
        if number and " " in joint and (name in words.dotted | words.slashed or name in words.either):
            return FaultKind.SPACE
        if number and not joint and (name in words.dotted or words.either.get(name) == "."):
            return FaultKind.MISSING_DOT
        bare = name in words.bodies and _YEAR.fullmatch(number)
        if number and not joint and (name in words.slashed or name in words.either or bare):
            return FaultKind.MISSING_SLASH
        if name in words.finals and not number and following.isdecimal():
            return FaultKind.SLASH_FOR_DOT
        return None

    def _case_fault(self, name: str, word: str, number: str, organ: bool) -> FaultKind | None:
        """Return the fault in the letters of ``word``, if any; ``name`` is the correct spelling.

        ``organ``: the symbol begins with a principal organ, so resolutions must be ``RES``, never ``Res``.
        """
        words = self.vocabulary
        strict = organ and name in words.slashed and not number
        if word == name or (word in words.accepted and not strict):
            return None
        return FaultKind.CASE if number or strict or name in words.finals or word.islower() else None

    def _is_known_first(self, text: str) -> bool:
        name, _, number = text.partition(".")
        return text in self._known_first or (name in self.vocabulary.numbered_series and number.isdecimal())

    def _classify(self, text: str) -> list[Component] | None:
        """Return the components of a correct spelling; ``None`` if it is not a symbol."""
        components: list[Component] = []
        offset = 0
        for part in text.split("/"):
            part_components = self._component(part, offset, first=not components)
            if part_components is None:
                return None
            components += part_components
            offset += len(part) + 1
        _classify_numbers(components, self.vocabulary)
        for index, component in enumerate(components):
            if component.name in self._with_traits:
                traits = self.vocabulary.traits.get((component.kind, component.name), frozenset())
                components[index] = component._replace(traits=traits)
        last = components[-1]
        if last.name in self.vocabulary.dotted and not last.number:
            return None
        has_serial = any(
            c.kind is ComponentKind.SERIAL or (c.kind is ComponentKind.NATURE and c.number) for c in components
        )
        if not has_serial or not self._long_enough(components):
            return None
        return components

    def _long_enough(self, components: list[Component]) -> bool:
        first = components[0]
        parts = [c for c in components if c.kind is not ComponentKind.PARENTHESIS]
        if first.kind is ComponentKind.OTHER:
            return len(parts) > 2
        if len(parts) == 2 and parts[1].kind is ComponentKind.SERIAL and len(first.text) == 1:
            return len(parts[1].text) >= _FEWEST_DIGITS
        return True

    def _component(self, part: str, offset: int, first: bool) -> list[Component] | None:
        """Return the component of a part and its parenthesis, if any; ``None`` if the part is not a component."""
        words = self.vocabulary
        head, bracket, rest = part.partition("(")
        if first:
            kind = self._first_kind(part)
            if kind is None:
                return None
            name, _, number = part.partition(".")
            return [Component(kind, part, offset, name, number)]
        if not head or len(head) > _LONGEST_NAME:
            return None
        component = self._head(head, offset)
        if component is None:
            return None
        components = [component]
        if bracket:
            components.append(
                Component(ComponentKind.PARENTHESIS, bracket + rest, offset + len(head), number=rest[:-1])
            )
            if not rest.endswith(")") or "(" in rest or rest.count(")") != 1:
                return None
        elif component.text in words.compounds:
            return components
        return components

    def _may_be_first(self, text: str) -> bool:
        """Return whether a text may be a first component, perhaps in wrong letters: not "and" in "and/or"."""
        return self._first_kind(text) is not None or self._is_known_first(text.upper())

    def _first_kind(self, text: str) -> ComponentKind | None:
        words = self.vocabulary
        if text in words.organs:
            return ComponentKind.ORGAN
        if self._is_known_first(text):
            return ComponentKind.SERIES
        # A text that begins with the name of an inner component is the second half of a symbol.
        if text in words.not_symbols or text in words.accepted or not _UNKNOWN_FIRST.fullmatch(text):
            return None
        return ComponentKind.OTHER if len(text) <= _LONGEST_NAME and not _ROMAN_ONLY.fullmatch(text) else None

    def _head(self, head: str, offset: int) -> Component | None:
        """Return the component of a part without its parenthesis; ``None`` if the text is not a component."""
        words = self.vocabulary
        if _NUMBER.fullmatch(head):
            return Component(ComponentKind.SERIAL, head, offset, number=head)
        if _SPECIAL_SESSION.fullmatch(head):
            return Component(ComponentKind.SESSION, head, offset, number=head)
        if head in words.compounds:
            return Component(ComponentKind.OTHER, head, offset, head)
        name, dot, number = head.rpartition(".")
        if not dot or not _AFTER_DOT.fullmatch(number):
            name, number = head, ""
        canonical = words.spellings.get(name.lower(), name) if name in words.accepted else name
        if canonical in words.finals:
            return Component(ComponentKind.FINAL, head, offset, canonical, number)
        if canonical in words.natures:
            if _PLACEHOLDER.fullmatch(number):
                return None
            return Component(ComponentKind.NATURE, head, offset, canonical, number)
        if canonical in words.bodies:
            return Component(ComponentKind.BODY, head, offset, canonical, number)
        if _NAME_AND_DIGITS.fullmatch(head):
            return Component(ComponentKind.OTHER, head, offset, head)
        if not _NAME.fullmatch(name) or _LONG_LOWER.search(name):
            return None
        if not number and _ROMAN_ONLY.fullmatch(name):
            return Component(ComponentKind.SESSION, head, offset, number=head)
        return Component(ComponentKind.OTHER, head, offset, name, number)


def _classify_numbers(components: list[Component], words: SymbolVocabulary) -> None:
    """Classify plain numbers, until now all serial numbers, as session, year or serial number."""
    plain = [i for i, c in enumerate(components) if c.kind is ComponentKind.SERIAL]
    natures = [i for i, c in enumerate(components) if c.kind is ComponentKind.NATURE]
    for index in natures:
        # WP.4 is a working paper, but in WP.29/2020/1 and WP(91)/CRP.1 the same name is a working party.
        nature = components[index]
        if nature.name in words.bodies and max((*plain, natures[-1])) > index:
            components[index] = _as(nature, ComponentKind.BODY)
    last = max((i for i in natures if components[i].kind is ComponentKind.NATURE), default=None)
    serial = plain[-1] if plain else None
    if last is not None and components[last].number and (serial is None or serial < last):
        serial = None
    after = [i for i in plain if last is not None and i > last]
    if len(after) == 2:
        # CCPR/C/95/D/1479/2006: the number of a communication comes before its year.
        first_is_year, second_is_year = (_YEAR.fullmatch(components[i].text) is not None for i in after)
        if second_is_year and not first_is_year:
            serial = after[0]
    kinds = [c.kind for c in components]
    for index in plain:
        if index == serial:
            continue
        year = _YEAR.fullmatch(components[index].text) is not None
        kind = ComponentKind.YEAR if year else ComponentKind.SESSION
        if kind in kinds:
            kind = ComponentKind.OTHER
        kinds.append(kind)
        components[index] = _as(components[index], kind)


@lru_cache(maxsize=1024)
def _shared(symbol: Symbol) -> Symbol:
    """Return an equal symbol if one was read recently."""
    return symbol


def _as(component: Component, kind: ComponentKind) -> Component:
    return Component(kind, component.text, component.start, component.name, component.number)


def _split(raw: str) -> tuple[list[tuple[str, int]], list[Fault]]:
    """Return the components of a run with their offsets, and the faults in the slashes between them."""
    parts: list[tuple[str, int]] = []
    faults: list[Fault] = []
    position = 0
    for match in _SEPARATOR.finditer(raw):
        parts.append((raw[position : match.start()], position))
        separator = match.group()
        if separator != "/":
            kind = FaultKind.DOUBLED_SLASH
            if "\\" in separator:
                kind = FaultKind.BACKSLASH
            elif " " in separator:
                kind = FaultKind.SPACE
            faults.append(Fault(kind, match.start(), match.end(), "/"))
        position = match.end()
    parts.append((raw[position:], position))
    return parts, faults


def _apply(raw: str, faults: list[Fault]) -> str:
    """Return ``raw`` with the replacements of its faults."""
    pieces: list[str] = []
    position = 0
    for fault in faults:
        if fault.start >= position:
            pieces += (raw[position : fault.start], fault.replacement)
            position = fault.end
    return "".join((*pieces, raw[position:]))


def _next_slash(text: str, position: int) -> int:
    match = _SLASH.search(text, position)
    return match.start() if match else -1


def _run_start(text: str, position: int, done: int) -> int:
    """Return the start of the run of symbol characters around ``position``, not before ``done``."""
    limit = max(done, position - _LONGEST)
    start = limit + len(text[limit:position].rstrip(_CORE_CHARACTERS))
    while start < position and text[start] in ".-&":
        start += 1
    return start


def _may_start(text: str, start: int) -> bool:
    """Return whether a symbol may begin at ``start``, judging by the character before it."""
    if text[start] in "/\\":
        return False
    before = text[start - 1 : start]
    if not before or before in ".-&":
        return True
    return before not in _JUNK and not (before.isalnum() and before < _FIRST_IDEOGRAPH)


def _without_tail(text: str, start: int, end: int) -> int:
    """Return the end of ``text[start:end]`` without trailing punctuation and slashes."""
    while end > start and text[end - 1] in ".-&/\\":
        end -= 1
    return end
