"""Makes findings from problems and cards, and findings about the linter itself, a file or a waiver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import chain, groupby
from typing import TypeVar

from reportlint.checks.problem import FixWords, Problem
from reportlint.document import Position, Source, Span, is_in_code
from reportlint.document.on_access import compact_rows
from reportlint.engine.fact_store import Facts
from reportlint.engine.rules import ENGINE_CHECK, Rules
from reportlint.engine.severity import finding_severity
from reportlint.errors import Message, describe
from reportlint.facts.document_kind import KindOfDocument
from reportlint.facts.named_facts import NAMES, NamedFacts
from reportlint.finding import Applicability, Edit, Finding, Fix, Place
from reportlint.hashes import sha256
from reportlint.knowledge.cards import Card, choose_text
from reportlint.knowledge.levels import Severity
from reportlint.structure import Passage, Role, Section, Structure

_T = TypeVar("_T")

CRASHED = "RPL003"
UNREADABLE = "RPL004"


class FindingWriter:
    """Makes the findings of one document: fills in the card's texts and describes the places."""

    def __init__(self, rules: Rules, facts: Facts, language: str) -> None:
        self.rules, self.facts, self.language = rules, facts, language
        self.structure = facts.get(Structure)
        self.document = self.structure.document
        self.source = self.document.source
        self.lexicon = rules.lexicon(rules.options.message_language)
        self.kind = facts.get(KindOfDocument).kind

    def finding(self, card: Card, problem: Problem) -> Finding:
        """Return the finding for a problem. Its fingerprint is still empty."""
        code = self.lexicon.code
        texts = card.message[problem.variant] if problem.variant else next(iter(card.message.values()))
        message = choose_text(texts, code)
        related_texts = [choose_text((card.related or {}).get(other.key, {}), code) for other in problem.related]
        fields = self._with_named((message, *related_texts), problem.fields)
        related = compact_rows(
            self.place(other.span, self.lexicon.fill(text, {**fields, **other.fields}))
            for other, text in zip(problem.related, related_texts, strict=True)
        )
        return Finding(
            code=card.code,
            name=card.name,
            severity=self.severity(card, problem.severity),
            confidence=card.confidence,
            message=_shared(self.lexicon.fill(message, fields)),
            why=choose_text(card.why, code),
            fields={name: self.lexicon.format_value(value) for name, value in fields.items()},
            place=self.place(problem.span),
            language=self.language,
            related=related,
            fix=self.fix(problem.fix) if problem.fix else None,
            authority=_shared(card.authority.in_language(code)) if card.authority else None,
        )

    def severity(self, card: Card, of_problem: Severity | None) -> Severity:
        """Return the severity of the finding for a problem, which may lower it."""
        return finding_severity(
            self.rules.severities[card.code], Severity.INFO if self.kind in card.info_for else of_problem
        )

    def fix(self, words: FixWords) -> Fix | None:
        """Return the fix that makes these replacements; ``None`` if one of them would delete markup.

        In code and in quotations that run over several passages, words stand as they were: the fix is unsafe.
        """
        is_safe = words.safe
        for each in chain((words,), words.also):
            if passage := self.structure.passage_at(each.span.start):
                if not each.typed and passage.block.has_markup(each.span, self.source):
                    return None
                is_safe = is_safe and not _is_as_it_was(passage, each.span)
        return make_fix(words._replace(safe=is_safe), self.source)

    def _with_named(self, texts: Iterable[str], fields: Mapping[str, object]) -> Mapping[str, object]:
        """Return the fields, with the named facts that the texts use."""
        template = "".join(texts)
        wanted = [name for name in NAMES if f"{{{name}}}" in template and name not in fields]
        if not wanted:
            return fields
        known = self.facts.get(NamedFacts).values
        return {**fields, **{name: known[name] for name in wanted}}

    def place(self, span: Span, message: str = "") -> Place:
        """Return the place of a span of the source; ``message`` describes a related place.

        Its label, such as "para. 48", is never empty.
        """
        start, end = _ends(span, self.source)
        is_running_head = self.document.is_running_head(span.start)
        passage = None if is_running_head else self.structure.passage_at(span.start)
        kind, label = ("running_head", "") if is_running_head else self._where(passage, start.line)
        return Place(
            self.source.path_at(span.start), _shared(start.line), start.column, _shared(end.line), end.column,
            _shared(passage.number) if passage else None,
            _shared(self.lexicon.fill(self.lexicon.section("where", kind), {"label": label})),
            span.start, span.end, _shared(message),
        )  # fmt: skip

    def _where(self, passage: Passage | None, line: int) -> tuple[str, str]:
        if passage is None:
            return "line", str(line)
        if passage.role is Role.NOTE and passage.block.enumerator:
            return "footnote", passage.block.enumerator.text
        if passage.paragraph is not None:
            return "paragraph", passage.paragraph.bare
        if passage.labelled is not None:
            return "recommendation", passage.labelled.text
        if passage.index < self.structure.body_start or passage.role is Role.FRONT:
            return "masthead", ""
        section: Section | None = passage.section
        if section is None:
            return "line", str(line)
        if section.name:
            return ("annex" if section.is_annex_itself else "section"), ".".join(section.path)
        return "heading", section.title[:60]


@lru_cache(maxsize=64)
def _shared(value: _T) -> _T:
    """Return an equal value if one was written recently: many findings may be in one paragraph or of one rule."""
    return value


def _is_as_it_was(passage: Passage, span: Span) -> bool:
    """Return whether a source range of a passage is in code, or may be in a quotation that is not closed there."""
    start, end = passage.block.part(span)
    return is_in_code(passage.block.marks, start, end) or passage.may_be_quoted(start)


def _ends(span: Span, source: Source) -> tuple[Position, Position]:
    start = source.position(span.start)
    return start, source.end_position(span.end) if span.end > span.start else start


def make_fix(words: FixWords, source: Source) -> Fix:
    """Return the fix that replaces these words, with everything that must be replaced along with them."""
    replacements = chain((words,), words.also)
    edits = compact_rows(_edit(each, source) for each in replacements)
    return Fix(Applicability.SAFE if words.safe else Applicability.UNSAFE, edits)


def _edit(words: FixWords, source: Source) -> Edit:
    """Return the edit that replaces these words only."""
    start, end = _ends(words.span, source)
    at = words.span.start
    text = words.text if words.typed else source.as_written(words.text, at)
    return Edit(source.path_at(at), _shared(start.line), start.column, _shared(end.line), end.column, _shared(text))


# -- findings about the linter itself, a file or a waiver ----------------------------------------------------------


def linter_finding(
    rules: Rules,
    code: str,
    place: Place,
    fields: Mapping[str, str],
    *,
    variant: str = "",
    language: str | None = None,
    severity: Severity = Severity.ERROR,
    fix: Fix | None = None,
) -> Finding:
    """Return a finding of an RPL rule, which has no check. Its fingerprint is still empty."""
    card = rules.by_code[code]
    lexicon = rules.lexicon(rules.options.message_language)
    message = lexicon.fill(choose_text(card.message[variant], lexicon.code), fields)
    why = choose_text(card.why, lexicon.code)
    return Finding(
        code, card.name, severity, card.confidence, message, why, fields, place, language,
        fix=fix, authority=card.authority.in_language(lexicon.code) if card.authority else None,
    )  # fmt: skip


def file_finding(
    rules: Rules,
    code: str,
    path: str,
    fields: Mapping[str, str],
    *,
    variant: str = "",
    language: str | None = None,
    severity: Severity = Severity.ERROR,
    at: tuple[int, int] = (1, 1),
    fix: Fix | None = None,
) -> Finding:
    """Return a finding of an RPL rule in a file that was not read as a document; ``at`` is the line and column."""
    lexicon = rules.lexicon(rules.options.message_language)
    where = lexicon.fill(lexicon.section("where", "line"), {"label": at[0]})
    place = Place(path, *at, *at, None, where, 0, 0)
    finding = linter_finding(
        rules, code, place, fields, variant=variant, language=language, severity=severity, fix=fix
    )  # fmt: skip
    return replace(finding, fingerprint=fingerprint_of(code, str(sorted(fields.items())), 0))


def crash_finding(check: str, error: BaseException, path: str, language: str | None, rules: Rules) -> Finding:
    """Return the finding (RPL003) for a check that stopped with an error."""
    fields = {"check": check, "error": describe(error)}
    return file_finding(rules, CRASHED, path, fields, language=language)


def draft_crash_finding(path: str, error: BaseException, rules: Rules) -> Finding:
    """Return the finding (RPL003) for a file that could not be linted at all: its reader or its structure failed."""
    return crash_finding(ENGINE_CHECK, error, path, None, rules)


def unreadable_finding(path: str, error: Message, rules: Rules) -> Finding:
    """Return the finding (RPL004) for a file that could not be read."""
    lexicon = rules.lexicon(rules.options.message_language)
    return file_finding(rules, UNREADABLE, path, {"error": lexicon.translate(error)})


def crashed_rules(findings: Iterable[Finding], rules: Rules) -> frozenset[str]:
    """Return the codes of the rules whose checks stopped with an error."""
    checks = {finding.fields["check"] for finding in findings if finding.code == CRASHED}
    return frozenset(card.code for card in rules.cards if card.check in checks)


# -- fingerprints --------------------------------------------------------------------------------------------------


class Fingerprints:
    """Makes the fingerprints of the findings of one document, which come in the order of the text.

    A fingerprint depends on the code, the words and their position among equal words, not on the line, the path or the
    format of the draft. ``words_of`` returns the words of a source range.
    """

    def __init__(self, words_of: Callable[[Span], str]) -> None:
        self._words_of = words_of
        self._seen: Counter[str] = Counter()

    def next(self, code: str, span: Span) -> str:
        """Return the fingerprint of the next finding of a rule."""
        first = fingerprint_of(code, words := self._words_of(span), 0)
        occurrence = self._seen[first]
        self._seen[first] += 1
        return fingerprint_of(code, words, occurrence) if occurrence else first


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings in order of place in the text and code."""
    ordered = sorted(findings, key=_start)
    return [finding for _, same in groupby(ordered, key=_start) for finding in sorted(same, key=_sort_key)]


def _start(finding: Finding) -> int:
    return finding.place.start


def _sort_key(finding: Finding) -> tuple[str, int, int, str, str]:
    return finding.sort_key


def with_fingerprints(findings: Iterable[Finding], fingerprints: Fingerprints) -> Iterator[Finding]:
    """Yield the findings in order, each with its fingerprint. They are not kept: there may be thousands."""
    ordered = in_order(findings)
    ordered.reverse()
    while ordered:
        finding = ordered.pop()
        if finding.fingerprint:
            yield finding
        else:
            yield replace(finding, fingerprint=fingerprints.next(finding.code, finding.place.span))


def fingerprint_of(code: str, words: str, occurrence: int) -> str:
    """Return the fingerprint of the findings of a rule at some words, by its position among them (from 0)."""
    # A text given by a program may contain lone surrogates.
    data = f"{code}\0{words}\0{occurrence}".encode("utf-8", "surrogatepass")
    return sha256(data).hexdigest()[:16]
