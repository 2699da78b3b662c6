"""The grammar of United Nations document symbols.

A symbol is taken apart at its slashes and each component is classified. What the components are called is data
(:class:`SymbolVocabulary`); how they are put together is here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.symbols.model import Candidate, Component, ComponentKind, Fault, FaultKind, Malformed, Symbol
from reportlint.symbols.vocabulary import SymbolVocabulary

_LONGEST = 120  # no symbol is longer; a longer run of such characters is something else
_LONGEST_NAME = 24
_LETTERS = "A-Za-z\u00c0-\u024f\u0400-\u04ff"
_CORE = rf"[{_LETTERS}0-9.&/\\-]"
_IS_CORE = re.compile(_CORE)
_NOT_SPACE = re.compile(r"\S*")
_ROMAN = "[IVXLC]+"
_JUNK = frozenset("=?#%~@_+")  # beside it: inside an address, a query or an identifier
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
_FEWEST_DIGITS = 3  # of a symbol that is one letter and one number: A/320, S/25085
_LEAST_SESSION = 31  # sessions stand in symbols of the General Assembly from the thirty-first


class SymbolGrammar:
    """Finds and parses symbols by a vocabulary."""

    def __init__(self, vocabulary: SymbolVocabulary) -> None:
        self.vocabulary = vocabulary
        self._known_first = vocabulary.organs | vocabulary.series
        words = "|".join(re.escape(word) for word in vocabulary.parentheses)
        compounds = "".join(rf"{re.escape(name)}(?=/)|" for name in vocabulary.compounds)
        inside = rf"(?:\d{{1,4}}|(?:E?S-)?{_ROMAN}|(?:{words}) ?(?:\d+|{_ROMAN})?)"
        self._run = re.compile(rf"(?:{compounds}{_CORE}|(?<=\w)\({inside}\))+")
        self._closing = re.compile(rf" ?\((?:{words}) ?(?:\d+|{_ROMAN})?\)")

    def find_symbols(self, text: str) -> Iterator[Candidate]:
        """Every symbol of ``text``, well formed or malformed, from left to right; linear in the length.

        ``text`` has no line ends. A space inside a symbol is a fault also where it stands for a line end; who
        knows the lines may know better.
        """
        done = 0
        position = _next_slash(text, 0)
        while position >= 0:
            start = _run_start(text, position, done)
            run = self._run.match(text, start)
            done = max(position + 1, run.end() if run else 0)
            if text.startswith("//", start):
                found = _NOT_SPACE.match(text, done)
                done = found.end() if found else done
            elif run and _may_start(text, start) and run.end() - start <= _LONGEST:
                for candidate in self._read_run(text, start, run.end()):
                    yield candidate
                    done = max(done, candidate.end)
            position = _next_slash(text, done)

    def parse_symbol(self, text: str) -> Symbol | Malformed | None:
        """What ``text`` as a whole is: a symbol, a malformed one, or none."""
        text = text.strip()
        for candidate in self.find_symbols(text):
            return candidate.value if (candidate.start, candidate.end) == (0, len(text)) else None
        return None

    def _read_run(self, text: str, start: int, end: int) -> Iterator[Candidate]:
        for piece_start, piece_end in self._pieces(text, start, end):
            stop = _without_tail(text, piece_start, piece_end)
            candidate = None
            joined = self._join(text, piece_start, piece_end) if piece_end == end else None
            if joined is not None:
                candidate = self._read(text, piece_start, _without_tail(text, piece_start, joined))
                if candidate is not None and isinstance(candidate.value, Symbol):
                    candidate = None  # no fault, so nothing that had to be joined
            candidate = candidate or self._read(text, piece_start, stop)
            if candidate is not None:
                yield candidate

    def _pieces(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A double symbol is two: ``E/CN.7/2022/1-E/CN.15/2022/1``."""
        for match in _SECOND_SYMBOL.finditer(text, start, end):
            if match.group(1) in self._known_first:
                yield start, match.start()
                start = match.end()
        yield start, end

    def _join(self, text: str, start: int, end: int) -> int | None:
        """The end of a symbol with a space inside, of which the run ``start:end`` is the first part."""
        before = end
        for _ in range(4):
            after = self._continuation(text, start, end)
            if after is None:
                break
            end = after
        return end if end > before and end - start <= _LONGEST else None

    def _continuation(self, text: str, start: int, end: int) -> int | None:
        if not text.startswith(" ", end):
            return None
        words = self.vocabulary
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
            return run.end() if whole[0].rstrip(".").isdigit() and (ends or len(whole) > 1) else None
        last = _SEPARATOR.split(text[start:end])[-1]
        if not following[0].rstrip(".").isdigit():
            return None
        name = words.spellings.get(last.removesuffix(".").lower())
        if name in words.slashed:
            return run.end() if last in words.accepted and len(following) > 1 else None
        return run.end() if name in words.dotted else None

    def _read(self, text: str, start: int, end: int) -> Candidate | None:
        """The candidate that begins at ``start`` and whose components end at ``end``."""
        if end <= start or text[end : end + 1] in _JUNK:
            return None
        raw = text[start:end]
        parts, faults = _split(raw)
        if len(parts) < 2 or not parts[0][0]:
            return None
        faults += self._component_faults(parts)
        faults.sort(key=lambda fault: fault.start)
        spelled = _apply(raw, faults)
        components = self._classify(spelled)
        if components is None or (faults and not self._surely_meant(components, faults)):
            return None
        tail_end = end
        spelled_end = len(spelled)
        for kind, pattern in self._tails(components):
            match = pattern.match(text, tail_end)
            if match:
                found = match.group()
                inner = found.lstrip()
                offset = spelled_end + (tail_end - end) + len(found) - len(inner)
                components.append(Component(kind, inner, offset, number=inner.strip("()")))
                tail_end = match.end()
        asterisks = None if text[start - 1 : start] == "*" else _ASTERISKS.match(text, tail_end)
        if asterisks:
            tail_end = asterisks.end()
        symbol = Symbol(spelled + text[end:tail_end], tuple(components), asterisks is not None)
        if not faults:
            return Candidate(start, tail_end, symbol)
        moved = tuple(Fault(f.kind, start + f.start, start + f.end, f.replacement) for f in faults)
        return Candidate(start, tail_end, Malformed(text[start:tail_end], moved, symbol))

    def _tails(self, components: list[Component]) -> Iterator[tuple[ComponentKind, re.Pattern[str]]]:
        if any(component.name in self.vocabulary.slashed for component in components):
            yield ComponentKind.PART, _PART_LETTER
            yield ComponentKind.PARENTHESIS, _OLD_SESSION
        yield ComponentKind.PARENTHESIS, self._closing

    def _surely_meant(self, components: list[Component], faults: list[Fault]) -> bool:
        """A fault is reported only where nobody would doubt that a symbol is meant."""
        if components[0].kind is ComponentKind.OTHER:
            return all(fault.kind in (FaultKind.MISSING_DOT, FaultKind.CASE) for fault in faults)
        if len(components) < 3:
            return False
        if faults[0].start or faults[0].kind is not FaultKind.CASE:
            return True
        rest = components[1:]
        first = next((c.text for c in rest if c.text.isdigit()), "")
        session = first.isdigit() and int(first) >= _LEAST_SESSION and len(first) == 2
        numbered = any(c.kind in (ComponentKind.BODY, ComponentKind.NATURE) and c.number for c in rest)
        return numbered or session or _YEAR.fullmatch(first) is not None

    def _component_faults(self, parts: list[tuple[str, int]]) -> list[Fault]:
        words = self.vocabulary
        faults = []
        first = parts[0][0]
        known = self._is_known_first(first)
        if not known and first.upper() != first and self._is_known_first(first.upper()):
            faults.append(Fault(FaultKind.CASE, 0, len(first), first.upper()))
            known = True
        for index, (part, start) in enumerate(parts[1:], 1):
            match = _LOOSE.fullmatch(part)
            if match is None:
                continue
            word, joint, number = match.group(1), match.group(2), match.group(3) or ""
            following = parts[index + 1][0] if index + 1 < len(parts) else ""
            name = words.spellings.get(word.lower(), "")
            kind: FaultKind | None = None
            if word in words.translated and word not in words.accepted:
                name = words.translated[word]
                if known and (name in words.dotted or not number):
                    kind = FaultKind.TRANSLATED
            elif name and (known or name in words.distinctive):
                kind = self._number_fault(name, joint, number, following)
                kind = kind or self._case_fault(name, word, number, first.upper() in words.organs)
            if kind is FaultKind.SLASH_FOR_DOT:
                end = parts[index + 1][1] + len(following)
                faults.append(Fault(kind, start, end, f"{name}.{following}"))
            elif kind is not None:
                glue = words.joint(name) if number else ""
                faults.append(Fault(kind, start, start + len(part), f"{name}{glue}{number}"))
        return faults

    def _number_fault(self, name: str, joint: str, number: str, following: str) -> FaultKind | None:
        """What is wrong between a component's name and its number."""
        words = self.vocabulary
        if number and " " in joint and (name in words.dotted | words.slashed or name in words.either):
            return FaultKind.SPACE
        if number and not joint and (name in words.dotted or words.either.get(name) == "."):
            return FaultKind.MISSING_DOT
        bare = name in words.bodies and _YEAR.fullmatch(number)
        if number and not joint and (name in words.slashed or name in words.either or bare):
            return FaultKind.MISSING_SLASH
        if name in words.finals and not number and following.isdigit():
            return FaultKind.SLASH_FOR_DOT
        return None

    def _case_fault(self, name: str, word: str, number: str, organ: bool) -> FaultKind | None:
        """What is wrong with the letters of ``word``; ``name`` is the right spelling.

        ``organ``: the symbol begins with a principal organ, whose resolutions are all ``RES``, never ``Res``.
        """
        words = self.vocabulary
        strict = organ and name in words.slashed and not number
        if word == name or (word in words.accepted and not strict):
            return None
        return FaultKind.CASE if number or strict or name in words.finals or word.islower() else None

    def _is_known_first(self, text: str) -> bool:
        name, _, number = text.partition(".")
        return text in self._known_first or (name in self.vocabulary.numbered_series and number.isdigit())

    def _classify(self, text: str) -> list[Component] | None:
        """The components of a faultless spelling; ``None`` if it is no symbol."""
        components: list[Component] = []
        offset = 0
        for part in text.split("/"):
            found = self._component(part, offset, first=not components)
            if found is None:
                return None
            components += found
            offset += len(part) + 1
        _settle_numbers(components, self.vocabulary)
        unfinished = components[-1]
        if unfinished.name in self.vocabulary.dotted and not unfinished.number:
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
        found = self._head(head, offset)
        if found is None:
            return None
        components = [found]
        if bracket:
            components.append(
                Component(ComponentKind.PARENTHESIS, bracket + rest, offset + len(head), number=rest[:-1])
            )
            if not rest.endswith(")") or "(" in rest or rest.count(")") != 1:
                return None
        elif found.text in words.compounds:
            return components
        return components

    def _first_kind(self, text: str) -> ComponentKind | None:
        words = self.vocabulary
        if text in words.organs:
            return ComponentKind.ORGAN
        if self._is_known_first(text):
            return ComponentKind.SERIES
        # What begins with the name of an inner component is the second half of a symbol.
        if text in words.not_symbols or text in words.accepted or not _UNKNOWN_FIRST.fullmatch(text):
            return None
        return ComponentKind.OTHER if len(text) <= _LONGEST_NAME and not _ROMAN_ONLY.fullmatch(text) else None

    def _head(self, head: str, offset: int) -> Component | None:
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


def _settle_numbers(components: list[Component], words: SymbolVocabulary) -> None:
    """Tell which plain numbers are session, year and serial number; all were taken for serial numbers."""
    plain = [i for i, c in enumerate(components) if c.kind is ComponentKind.SERIAL]
    natures = [i for i, c in enumerate(components) if c.kind is ComponentKind.NATURE]
    for index in natures:
        # WP.4 is a working paper; WP.29/2020/1 and WP(91)/CRP.1 are papers of working parties.
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
        one, two = (_YEAR.fullmatch(components[i].text) is not None for i in after)
        if two and not one:
            serial = after[0]
    taken = {c.kind for c in components}
    for index in plain:
        if index == serial:
            continue
        year = _YEAR.fullmatch(components[index].text) is not None
        kind = ComponentKind.YEAR if year else ComponentKind.SESSION
        if kind in taken:
            kind = ComponentKind.OTHER
        taken.add(kind)
        components[index] = _as(components[index], kind)


def _as(component: Component, kind: ComponentKind) -> Component:
    return Component(kind, component.text, component.start, component.name, component.number)


def _split(raw: str) -> tuple[list[tuple[str, int]], list[Fault]]:
    """The components of a run with their offsets, and the faults of the slashes between them."""
    parts: list[tuple[str, int]] = []
    faults: list[Fault] = []
    position = 0
    for match in _SEPARATOR.finditer(raw):
        parts.append((raw[position : match.start()], position))
        found = match.group()
        if found != "/":
            kind = FaultKind.DOUBLED_SLASH
            if "\\" in found:
                kind = FaultKind.BACKSLASH
            elif " " in found:
                kind = FaultKind.SPACE
            faults.append(Fault(kind, match.start(), match.end(), "/"))
        position = match.end()
    parts.append((raw[position:], position))
    return parts, faults


def _apply(raw: str, faults: list[Fault]) -> str:
    pieces: list[str] = []
    position = 0
    for fault in faults:
        if fault.start >= position:
            pieces += (raw[position : fault.start], fault.replacement)
            position = fault.end
    return "".join((*pieces, raw[position:]))


def _next_slash(text: str, position: int) -> int:
    found = _SLASH.search(text, position)
    return found.start() if found else -1


def _run_start(text: str, position: int, done: int) -> int:
    """Where the run of symbol characters around ``position`` begins, not before ``done``."""
    start = position
    limit = max(done, position - _LONGEST)
    while start > limit and _IS_CORE.match(text, start - 1):
        start -= 1
    while start < position and text[start] in ".-&":
        start += 1
    return start


def _may_start(text: str, start: int) -> bool:
    if text[start] in "/\\":
        return False
    before = text[start - 1 : start]
    if not before or before in ".-&":
        return True
    return before not in _JUNK and not (before.isalnum() and before < _FIRST_IDEOGRAPH)


def _without_tail(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in ".-&/\\":
        end -= 1
    return end
