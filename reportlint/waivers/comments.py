"""Waivers in a draft: comments that silence rules for the next block, their line or a region."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from reportlint.checks.problem import FixWords, Problem
from reportlint.document import BlockKind, Comment, Document, Source, Span
from reportlint.engine.rules import Rules
from reportlint.engine.severity import decide
from reportlint.finding import Finding, SuppressedBy, Suppression
from reportlint.knowledge.parameters import nearest
from reportlint.knowledge.scales import Stage

UNUSED = "RPL001"
MALFORMED = "RPL002"
_MEANT = re.compile(r"\s*reportlint\b\s*(:?)\s*([\w-]*)")
_WORD = re.compile(
    r"[\s,]*(?:(?P<key>[\w-]+)=(?P<value>\"[^\"]*\"|“[^”]*”|«[^»]*»|'[^']*'|[^\s,\"“«']+)"
    r"|(?P<name>[\w-]+)(?![\w=-])|(?P<stray>\S+))"
)
_QUOTES = "\"“«'"
_HERE, _BEGIN, _END = "ignore", "ignore-begin", "ignore-end"
_REASON, _UNTIL = "reason", "until"


class Word(NamedTuple):
    """A rule's code, name or family as a waiver gives it."""

    text: str
    span: Span


class Order(NamedTuple):
    """What one comment asks for."""

    comment: Comment
    verb: str
    names: tuple[Word, ...] = ()
    reason: str = ""
    until: date | None = None


class Waiver(NamedTuple):
    """An order with the range of the source where it holds; ``end`` closes a region."""

    order: Order
    reach: Span
    end: Order | None = None

    def has_expired(self, today: date) -> bool:
        return self.order.until is not None and self.order.until < today


def is_waivable(code: str) -> bool:
    """Whether findings of a rule can be waived: those of the linter about itself cannot."""
    return not code.startswith("RPL")


def codes_named(name: str, rules: Rules) -> frozenset[str]:
    """The rules that a waiver means by a code, family or name."""
    return frozenset(
        card.code for card in rules.cards if name in (card.code, card.name, card.family) and is_waivable(card.code)
    )


def not_named(name: str, rules: Rules) -> tuple[str, dict[str, str]]:
    """The message, with its fields, that says a waiver names no rule."""
    near = nearest(name, sorted(one for one in rules.names if codes_named(one, rules)))
    return ("near", {"word": name, "near": near}) if near else ("unknown", {"word": name})


def have_run(codes: frozenset[str], rules: Rules, crashed: Iterable[str]) -> bool:
    """Whether all of some rules ran, those aside that are off at every stage."""
    able = {code for code in codes if code in rules.severities or any(rules.by_code[code].severity.values())}
    return bool(able) and able <= rules.severities.keys() - set(crashed)


class Judged(NamedTuple):
    """Findings, with those suppressed that the draft waives, and what is wrong with its waivers, by code.

    ``until`` is the last day on which that holds, if a waiver is to expire.
    """

    findings: tuple[Finding, ...]
    faults: tuple[tuple[str, Problem], ...] = ()
    until: date | None = None


def waive(findings: Sequence[Finding], document: Document, rules: Rules, crashed: Iterable[str]) -> Judged:
    """Apply the waivers in a draft. ``crashed`` are the rules that were to run and gave no result."""
    if not document.comments:
        return Judged(tuple(findings))
    today = date.today()
    waivers, problems = read_waivers(document, rules)
    codes = {word.text: codes_named(word.text, rules) for one in waivers for word in one.order.names}
    in_force = [one for one in waivers if not one.has_expired(today)]
    used: set[Word] = set()
    judged = []
    for finding in findings:
        place = Span(finding.place.start, finding.place.end)
        meant = [
            (one.order, word)
            for one in in_force
            if one.reach.overlaps(place)
            for word in one.order.names
            if finding.code in codes[word.text]
        ]
        used.update(word for _, word in meant)
        decision = decide(rules.by_code[finding.code], rules.options, finding.severity, waived=bool(meant))
        if decision.suppressed:
            finding = replace(finding, suppression=Suppression(SuppressedBy.COMMENT, meant[0][0].reason))  # noqa: PLW2901
        judged.append(finding)
    for one in waivers:
        ran = [word for word in one.order.names if have_run(codes[word.text], rules, crashed)]
        left = [word for word in ran if word not in used]
        if left:
            problems += [(UNUSED, problem) for problem in _unused(one, left, document.source, today)]
        elif rules.options.stage is Stage.PUBLICATION and not one.order.reason:
            problems.append((MALFORMED, _malformed(one.order.comment, "no_reason", document.source)))
    until = min((one.order.until for one in in_force if one.order.until), default=None)
    return Judged(tuple(judged), tuple(problems), until)


def read_waivers(document: Document, rules: Rules) -> tuple[list[Waiver], list[tuple[str, Problem]]]:
    """The waivers of a draft that can be used, and what is malformed."""
    waivers: list[Waiver] = []
    problems: list[Problem] = []
    begun: list[Order] = []
    for comment in document.comments:
        match = _MEANT.match(comment.text)
        if match is None:
            continue
        order, wrong = _parsed(comment, match, rules, document.source)
        problems += wrong
        if order is None:
            continue
        if order.verb == _HERE:
            waivers.append(Waiver(order, _reach(comment, document)))
        elif order.verb == _BEGIN:
            begun.append(order)
        elif begin := _opened(order, begun, document.source):
            begun.remove(begin)
            waivers.append(Waiver(begin, Span(begin.comment.span.end, comment.span.start), order))
        else:
            problems.append(_malformed(comment, "no_begin", document.source))
    problems += [_malformed(one.comment, "no_end", document.source) for one in begun]
    return waivers, [(MALFORMED, problem) for problem in problems]


def _parsed(comment: Comment, match: re.Match[str], rules: Rules, source: Source) -> tuple[Order | None, list[Problem]]:
    """The order that a comment gives, if it can be followed, and what is wrong with it."""
    verb = match.group(2)
    if comment.inner.end == comment.span.end:
        return None, [_malformed(comment, "unclosed", source)]
    if not match.group(1) or verb not in (_HERE, _BEGIN, _END):
        return None, [_malformed(comment, "order", source, word=match.group().strip())]
    names: list[Word] = []
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for found in _WORD.finditer(comment.text, match.end()):
        if found["name"]:
            start, end = found.span("name")
            names.append(Word(found["name"], Span(comment.inner.start + start, comment.inner.start + end)))
        elif found["key"] in (_REASON, _UNTIL):
            values[found["key"]] = _unquoted(found["value"])
        else:
            problems.append(_malformed(comment, "unclear", source, word=found.group().strip(" ,\n")))
    try:
        until = date.fromisoformat(values[_UNTIL]) if _UNTIL in values else None
    except ValueError:
        problems.append(_malformed(comment, "date", source, word=values[_UNTIL]))
    if not names and verb != _END:
        problems.append(_malformed(comment, "nameless", source))
    if problems:
        return None, problems
    known = tuple(word for word in names if codes_named(word.text, rules))
    for word in names:
        if word not in known:
            variant, fields = not_named(word.text, rules)
            removal = _removals([(comment, [word], names)], source, safe=False)
            problems.append(Problem(word.span, fields, variant, fix=removal))
    return (Order(comment, verb, known, values.get(_REASON, ""), until) if known or not names else None), problems


def _unquoted(value: str) -> str:
    return value[1:-1].strip() if value[0] in _QUOTES else value


def _opened(end: Order, begun: Sequence[Order], source: Source) -> Order | None:
    """The order of the same rules that was begun last in the same file; the last of all where the end names none."""
    names = {word.text for word in end.names}
    for one in reversed(begun):
        fits = not names or names == {word.text for word in one.names}
        if fits and _same_file(one.comment.span.start, end.comment.span.start, source):
            return one
    return None


def _same_file(one: int, other: int, source: Source) -> bool:
    return source.path_at(one) == source.path_at(other)


def _reach(comment: Comment, document: Document) -> Span:
    """Where a waiver holds: the lines that it stands on, or the block after a comment that stands alone.

    A table is one block, as are the blocks that begin on the same line.
    """
    first_line, last_line = document.source.line_at(comment.span.start), document.source.line_at(comment.span.end)
    if not comment.alone:
        return Span(first_line.start, last_line.end)
    index = document.block_after(comment.span.end)
    if index is None or not _same_file(comment.span.start, document.blocks[index].start, document.source):
        return Span(comment.span.end, comment.span.end)
    first = last = document.blocks[index]
    line_end = document.source.line_at(document.blocks[index].start).end
    for block in document.blocks[index + 1 :]:
        if block.start > line_end and not (block.kind is first.kind is BlockKind.TABLE_ROW):
            break
        last = block
    return Span(comment.span.end, max(last.start, last.span().end))


# -- what is wrong with a waiver ------------------------------------------------------------------------------------


def _malformed(comment: Comment, variant: str, source: Source, **fields: str) -> Problem:
    fix = None if variant == "unclosed" else _removals([(comment, (), ())], source, safe=False)
    return Problem(comment.span, fields, variant, fix=fix)


def _unused(waiver: Waiver, words: Sequence[Word], source: Source, today: date) -> Iterator[Problem]:
    """A waiver without use is one fault; of a waiver that has some, each rule that it names in vain."""
    order, end = waiver.order, waiver.end
    variant, fields = "unused", {}
    if waiver.has_expired(today):
        variant, fields = "expired", {"date": str(order.until)}
    whole = len(words) == len(order.names)
    for some in (words,) if whole else [(word,) for word in words]:
        texts = [word.text for word in some]
        parts = [(order.comment, some, order.names)]
        if end and (whole or end.names):
            parts.append((end.comment, [word for word in end.names if word.text in texts], end.names))
        span = order.comment.span if whole else some[0].span
        fix = _removals(parts, source, safe=True)
        yield Problem(span, {"names": ", ".join(texts), **fields}, variant, fix=fix)


def _removals(
    parts: Sequence[tuple[Comment, Sequence[Word], Sequence[Word]]], source: Source, *, safe: bool
) -> FixWords:
    """Take some of the names out of comments; a comment of which no name is left goes as a whole."""
    spans: list[Span] = []
    for comment, words, names in parts:
        if len(words) == len(names):
            spans.append(_whole(comment.span, source))
        else:
            spans += [_with_separator(word.span, source.text) for word in words]
    first, *others = (FixWords(span, "", safe) for span in spans)
    return first._replace(also=tuple(others))


def _with_separator(span: Span, text: str) -> Span:
    """A name with what parts it from the next word."""
    end = span.end
    while text[end] in " ,":
        end += 1
    return Span(span.start, end)


def _whole(span: Span, source: Source) -> Span:
    """A comment with the space that it leaves behind: its line if it has that for itself, else the space before it."""
    text = source.text
    start, end = source.line_at(span.start).start, source.line_at(span.end).end
    if text[start : span.start].strip() or text[span.end : end].strip():
        spare = text[span.start - 1 : span.start] == " " and text[span.end : span.end + 1] in (" ", "\n", "")
        return Span(span.start - spare, span.end)
    # The line end before the line goes, not the one after: where files have CR LF, a range cannot end between lines.
    for spare in (True, text[end : end + 2] == "\n\n"):
        if spare and text[max(0, start - 1) : start] == "\n" and _same_file(start - 1, start, source):
            start -= 1
    return Span(start, end)
