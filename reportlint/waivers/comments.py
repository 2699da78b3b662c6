"""Waivers in a draft: comments that suppress rules for the next block, their line or a region."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from heapq import heappop, heappush
from itertools import groupby
from types import MappingProxyType
from typing import NamedTuple

from reportlint.checks.problem import FixWords
from reportlint.document import Source, Span
from reportlint.document.span_index import SpanIndex
from reportlint.engine.finding_writer import Fingerprints, in_order, linter_finding, make_fix, with_fingerprints
from reportlint.engine.listing import limited
from reportlint.engine.rules import Rules
from reportlint.engine.waiver_comments import WaiverComment
from reportlint.finding import Finding, Fix, Place, SuppressedBy, Suppression, WaiverPlace
from reportlint.knowledge.levels import Stage
from reportlint.report import FileReport
from reportlint.waivers.suppression import MALFORMED, UNUSED, codes_named, have_run, unknown_name, with_suppressions

_HEAD = re.compile(r"\s*reportlint\b\s*(:?)\s*([\w-]*)")
_WORD = re.compile(
    r"[\s,]*(?:(?P<key>[\w-]+)=(?P<value>\"[^\"]*\"|“[^”]*”|«[^»]*»|'[^']*'|[^\s,\"“«']+)"
    r"|(?P<name>[\w-]+)(?![\w=-])|(?P<stray>\S+))"
)
_QUOTES = "\"“«'"
_HERE, _BEGIN, _END = "ignore", "ignore-begin", "ignore-end"
_REASON, _UNTIL = "reason", "until"
_UNKNOWN = "unknown"


class _Name(NamedTuple):
    """The code, name or family of a rule, as a waiver gives it, and where it begins in the text."""

    text: str
    start: int

    @property
    def span(self) -> Span:
        return Span(self.start, self.start + len(self.text))


class _Instruction(NamedTuple):
    """The content of a comment that could be parsed."""

    comment: WaiverComment
    verb: str
    names: tuple[_Name, ...] = ()
    reason: str = ""
    until: date | None = None


class _Waiver(NamedTuple):
    """An instruction with the range of the source in which it applies; ``end`` closes a region."""

    instruction: _Instruction
    reach: Span
    end: _Instruction | None = None

    def has_expired(self, today: date) -> bool:
        return self.instruction.until is not None and self.instruction.until < today


_Removal = tuple[WaiverComment, Sequence[_Name], Sequence[_Name]]
"""A comment, the names to remove from it, and all its names. If no name is left, the whole comment goes."""


class _Fault(NamedTuple):
    """A mistake in the waivers of a draft, in terms of the card of ``code``: at one name, or a whole comment."""

    comment: WaiverComment
    name: _Name | None
    variant: str
    removals: tuple[_Removal, ...]
    fields: Mapping[str, str] = MappingProxyType({})
    code: str = MALFORMED


class _Unknown(NamedTuple):
    """A name in a waiver that no rule has, and all names in the comment.

    Like :class:`_Unused`, it is described only when its finding is written.
    """

    comment: WaiverComment
    name: _Name
    of_all: Sequence[_Name]

    @property
    def code(self) -> str:
        return MALFORMED

    def fault(self) -> _Fault:
        """Return the mistake, with what to remove."""
        return _Fault(self.comment, self.name, _UNKNOWN, ((self.comment, (self.name,), self.of_all),))


class _Unused(NamedTuple):
    """A waiver that suppresses nothing, or whose name ``name`` does. It is described only when its finding is written.

    ``names`` are the unused names of the waiver, and ``ends`` the names in the comment that ends its region, by text.
    """

    waiver: _Waiver
    name: _Name | None
    names: Sequence[_Name]
    ends: Mapping[str, Sequence[_Name]]
    has_expired: bool

    @property
    def comment(self) -> WaiverComment:
        return self.waiver.instruction.comment

    @property
    def code(self) -> str:
        return UNUSED

    def fault(self) -> _Fault:
        """Return the mistake, with its message and what to remove."""
        begin, end = self.waiver.instruction, self.waiver.end
        names = (self.name,) if self.name else self.names
        texts = [name.text for name in names]
        removals: tuple[_Removal, ...] = ((begin.comment, names, begin.names),)
        if end and (end.names or not self.name):
            ended = [name for text in dict.fromkeys(texts) for name in self.ends.get(text, ())]
            removals += ((end.comment, ended, end.names),)
        fields = {"names": ", ".join(texts)}
        if self.has_expired:
            fields["date"] = str(begin.until)
        variant = "expired" if self.has_expired else "unused"
        return _Fault(begin.comment, self.name, variant, removals, fields, UNUSED)


def apply_comments(file: FileReport) -> FileReport:
    """Suppress the findings that comments in the draft waive, and report malformed and unused waivers."""
    if not file.waiver_comments or file.source is None:
        return file
    rules, today = file.rules, date.today()
    reader = _Reader(file.source, rules)
    waivers = reader.waivers(file.waiver_comments)
    codes = {name.text: codes_named(name.text, rules) for waiver in waivers for name in waiver.instruction.names}
    applicable = [waiver for waiver in waivers if not waiver.has_expired(today)]
    findings, used = _suppressed(file, applicable, codes)
    for waiver in waivers:
        ran = [name for name in waiver.instruction.names if have_run(codes[name.text], rules, file.crashed)]
        unused = [name for name in ran if name not in used]
        if unused:
            reader.report_unused(waiver, unused, today)
        elif rules.options.stage is Stage.PUBLICATION and not waiver.instruction.reason:
            reader.report_malformed(waiver.instruction.comment, "no_reason")
    findings += limited(reader.findings(file.language), rules, file.language)
    return replace(file, findings=tuple(in_order(findings)))


def _suppressed(
    file: FileReport, waivers: Sequence[_Waiver], codes: Mapping[str, frozenset[str]]
) -> tuple[list[Finding], set[_Name]]:
    """Return the findings of a draft with what suppresses them, and the names in waivers that suppress some.

    ``codes`` has the codes of the rules that each name stands for.
    """
    by_code: dict[str, list[tuple[_Waiver, _Name]]] = {}
    for waiver in waivers:
        for name in waiver.instruction.names:
            for code in codes[name.text]:
                by_code.setdefault(code, []).append((waiver, name))
    used: set[_Name] = set()
    findings: list[Finding] = []
    for code, group in _by_code(file.findings).items():
        named = by_code.get(code, [])
        spans = {problem.place.span for finding in group for problem in finding.problems}
        places = SpanIndex(spans)
        used.update(name for waiver, name in named if places.overlaps(waiver.reach))
        suppressions = _first_suppressions(spans, [waiver for waiver, _ in named])
        for finding in group:
            if finding.unlisted:
                known = [suppressions[each.place.span] for each in finding.unlisted]
                findings.append(with_suppressions(finding, file.rules, known))
            else:
                findings.append(replace(finding, suppression=suppressions[finding.place.span]))
    return findings, used


def _by_code(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.code, []).append(finding)
    return groups


def _first_suppressions(spans: Iterable[Span], waivers: Sequence[_Waiver]) -> dict[Span, Suppression | None]:
    """Return for each range the suppression by the first of the waivers that reach it; ``None`` if none does."""
    suppressions = [_suppression(waiver.instruction) for waiver in waivers]
    found: dict[Span, Suppression | None] = {}
    # The text is read once: "begun" are the waivers that begin before the range, the first of them on top.
    order = sorted(range(len(waivers)), key=lambda number: waivers[number].reach.start)
    starts = [waivers[number].reach.start for number in order]
    begun: list[int] = []
    position = 0
    for span in sorted(spans):
        while position < len(order) and starts[position] <= span.start:
            heappush(begun, order[position])
            position += 1
        while begun and not waivers[begun[0]].reach.overlaps(Span(span.start, span.start)):
            heappop(begun)  # it ends before this range and those that follow
        within = order[position : bisect_left(starts, span.end, position)]
        first = min((*begun[:1], *within), default=None)
        found[span] = None if first is None else suppressions[first]
    return found


def _suppression(instruction: _Instruction) -> Suppression:
    place = instruction.comment.place
    return Suppression(
        SuppressedBy.COMMENT, instruction.reason, instruction.until, WaiverPlace(place.path, place.line)
    )  # fmt: skip


class _Reader:
    """Parses the waiver comments of a draft; ``faults`` collects what is wrong with them."""

    def __init__(self, source: Source, rules: Rules) -> None:
        self.source, self.rules = source, rules
        self._texts: dict[str, str] = {}
        self.faults: list[_Fault | _Unknown | _Unused] = []

    def waivers(self, comments: Sequence[WaiverComment]) -> list[_Waiver]:
        """Return the waivers that can be applied."""
        waivers: list[_Waiver] = []
        begun = _Begun()
        for comment in comments:
            instruction = self._parse(comment)
            if instruction is None:
                continue
            if instruction.verb == _HERE:
                waivers.append(_Waiver(instruction, comment.reach))
            elif instruction.verb == _BEGIN:
                begun.add(instruction)
            elif begin := begun.ended_by(instruction):
                waivers.append(_Waiver(begin, Span(begin.comment.span.end, comment.span.start), instruction))
            else:
                self.report_malformed(comment, "no_begin")
        for instruction in begun.left():
            self.report_malformed(instruction.comment, "no_end")
        return waivers

    def _parse(self, comment: WaiverComment) -> _Instruction | None:
        """Return the instruction in a comment; ``None``, with a fault, if it is not usable."""
        head = _HEAD.match(comment.text)
        assert head, "the engine selects comments that begin so"
        verb = head.group(2)
        if not comment.closed:
            self.report_malformed(comment, "unclosed", removable=False)
            return None
        if not head.group(1) or verb not in (_HERE, _BEGIN, _END):
            self.report_malformed(comment, "order", word=head.group().strip())
            return None
        faults_before = len(self.faults)
        names: list[_Name] = []
        values: dict[str, str] = {}
        until = None
        for match in _WORD.finditer(comment.text, head.end()):
            if match["name"]:
                text = match["name"]
                names.append(_Name(self._texts.setdefault(text, text), comment.text_start + match.start("name")))
            elif match["key"] in (_REASON, _UNTIL):
                values[match["key"]] = _unquoted(match["value"])
            else:
                self.report_malformed(comment, "unclear", word=match.group().strip(" ,\n"))
        try:
            until = date.fromisoformat(values[_UNTIL]) if _UNTIL in values else None
        except ValueError:
            self.report_malformed(comment, "date", word=values[_UNTIL])
        if not names and verb != _END:
            self.report_malformed(comment, "nameless")
        if len(self.faults) > faults_before:
            return None
        known = tuple(name for name in names if codes_named(name.text, self.rules))
        for name in names:
            if not codes_named(name.text, self.rules):
                self.faults.append(_Unknown(comment, name, names))
        if names and not known:
            return None
        return _Instruction(comment, verb, known, values.get(_REASON, ""), until)

    def report_malformed(self, comment: WaiverComment, variant: str, *, removable: bool = True, **fields: str) -> None:
        """Report a comment that is not a usable waiver; the fix, unless not ``removable``, removes it."""
        removals = ((comment, (), ()),) if removable else ()
        self.faults.append(_Fault(comment, None, variant, removals, fields))

    def report_unused(self, waiver: _Waiver, unused: Sequence[_Name], today: date) -> None:
        """Report a waiver that suppresses nothing once; of a waiver that suppresses something, each unused name."""
        ends: dict[str, list[_Name]] = {}
        for each in waiver.end.names if waiver.end else ():
            ends.setdefault(each.text, []).append(each)
        whole = len(unused) == len(waiver.instruction.names)
        for name in (None,) if whole else unused:
            self.faults.append(_Unused(waiver, name, unused, ends, waiver.has_expired(today)))

    def findings(self, language: str | None) -> Iterator[Finding]:
        """Yield the findings about the faults in order, one by one: there may be a hundred thousand."""
        fingerprints = Fingerprints(self.source.words)
        self.faults.sort(key=_order)
        in_force = (fault for fault in self.faults if fault.code in self.rules.severities)
        for _, same in groupby(in_force, key=_order):
            yield from with_fingerprints((self._finding(fault, language) for fault in same), fingerprints)

    def _finding(self, mistake: _Fault | _Unknown | _Unused, language: str | None) -> Finding:
        fault = mistake if isinstance(mistake, _Fault) else mistake.fault()
        comment, name, variant, fields = fault.comment, fault.name, fault.variant, fault.fields
        if name and variant == _UNKNOWN:
            variant, fields = unknown_name(name.text, self.rules)
        return linter_finding(
            self.rules, fault.code, self._place(comment, name.span) if name else comment.place, fields,
            variant=variant, language=language, severity=self.rules.severities[fault.code],
            fix=self._removal(fault.removals) if fault.removals else None,
        )  # fmt: skip

    def _place(self, comment: WaiverComment, span: Span) -> Place:
        """Return the place of a word of a comment."""
        start, end = self.source.position(span.start), self.source.end_position(span.end)
        return comment.place._replace(
            line=start.line, column=start.column, end_line=end.line, end_column=end.column,
            start=span.start, end=span.end,
        )  # fmt: skip

    def _removal(self, removals: Sequence[_Removal]) -> Fix:
        """Return the fix that removes names from comments."""
        spans: list[Span] = []
        for comment, names, of_all in removals:
            if len(names) == len(of_all):
                spans.append(_with_line(comment, self.source))
            else:
                spans += [_with_separator(name.span, self.source.text) for name in names]
        first, *others = (FixWords(span, "", safe=False) for span in spans)
        return make_fix(first._replace(also=tuple(others)), self.source)


def _unquoted(value: str) -> str:
    return value[1:-1].strip() if value[0] in _QUOTES else value


class _Begun:
    """The regions that have begun and not ended, by file and by the rules that they name."""

    def __init__(self) -> None:
        self._by_rules: dict[tuple[str, frozenset[str]], list[_Instruction]] = {}
        self._by_path: dict[str, dict[int, _Instruction]] = {}

    def add(self, begin: _Instruction) -> None:
        """Begin a region."""
        self._by_rules.setdefault(_path_and_rules(begin), []).append(begin)
        self._by_path.setdefault(begin.comment.place.path, {})[begin.comment.span.start] = begin

    def ended_by(self, end: _Instruction) -> _Instruction | None:
        """End the last region begun for the same rules in the same file, any rules if ``end`` names none; return it."""
        path, rules = _path_and_rules(end)
        in_file = self._by_path.get(path, {})
        if not rules and in_file:
            rules = _path_and_rules(in_file[next(reversed(in_file))])[1]
        group = self._by_rules.get((path, rules), [])
        return in_file.pop(group.pop().comment.span.start) if group else None

    def left(self) -> Iterator[_Instruction]:
        """Yield the regions that have not ended."""
        for in_file in self._by_path.values():
            yield from in_file.values()


def _order(fault: _Fault | _Unknown | _Unused) -> tuple[int, str]:
    return (fault.name.start if fault.name else fault.comment.place.start), fault.code


def _path_and_rules(instruction: _Instruction) -> tuple[str, frozenset[str]]:
    return instruction.comment.place.path, frozenset(name.text for name in instruction.names)


def _with_separator(span: Span, text: str) -> Span:
    """Return the span of a name with the separator that follows it."""
    end = span.end
    while text[end] in " ,":
        end += 1
    return Span(span.start, end)


def _with_line(comment: WaiverComment, source: Source) -> Span:
    """Return the span of a comment with its line if it stands alone there, otherwise with the space before it."""
    text, span = source.text, comment.span
    start, end = source.line_at(span.start).start, source.line_at(span.end).end
    if text[start : span.start].strip() or text[span.end : end].strip():
        spare = text[span.start - 1 : span.start] == " " and text[span.end : span.end + 1] in (" ", "\n", "")
        return Span(span.start - spare, span.end)
    # The line end before the line goes, not the one after: where files have CR LF, a range cannot end between lines.
    for spare in (True, text[end : end + 2] == "\n\n"):
        if spare and text[max(0, start - 1) : start] == "\n" and source.path_at(start - 1) == comment.place.path:
            start -= 1
    return Span(start, end)
