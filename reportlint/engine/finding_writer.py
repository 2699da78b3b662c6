"""Problems become findings: the card's words, and places that a reader finds."""

from __future__ import annotations

from collections.abc import Mapping

from reportlint.checks.problem import Problem
from reportlint.document import Position, Span
from reportlint.engine.fact_store import Facts
from reportlint.engine.rules import Rules
from reportlint.engine.severity import decide
from reportlint.facts.named import NAMES, NamedFacts
from reportlint.finding import Applicability, Edit, Finding, Fix, Place
from reportlint.knowledge.cards import Card, choose_text
from reportlint.knowledge.scales import Severity
from reportlint.structure import Passage, Role, Section, Structure


class Writer:
    """Makes findings of problems: the card's words, and places that a reader finds."""

    def __init__(self, rules: Rules, facts: Facts, language: str) -> None:
        self.rules, self.facts, self.language = rules, facts, language
        self.structure = facts.get(Structure)
        self.source = self.structure.document.source
        self.lexicon = rules.lexicon(rules.options.message_language)

    def finding(self, card: Card, problem: Problem) -> Finding:
        code = self.lexicon.code
        texts = card.message[problem.variant] if problem.variant else next(iter(card.message.values()))
        message = choose_text(texts, code)
        fields = self._with_named(message, problem.fields)
        # A rule that is not asked runs only to override others.
        severity = decide(card, self.rules.options, problem.severity).severity or Severity.WARNING
        related = tuple(
            self.place(
                other.span,
                self.lexicon.fill(
                    choose_text((card.related or {}).get(other.key, {}), code), {**fields, **other.fields}
                ),
            )
            for other in problem.related
        )
        return Finding(
            code=card.code,
            name=card.name,
            severity=severity,
            confidence=card.confidence,
            message=self.lexicon.fill(message, fields),
            why=choose_text(card.why, code),
            fields={name: self.lexicon.format_value(value) for name, value in fields.items()},
            place=self.place(problem.span),
            language=self.language,
            related=related,
            fix=self._fix(problem),
            authority=card.authority,
        )

    def _with_named(self, message: str, fields: Mapping[str, object]) -> Mapping[str, object]:
        """The fields with the facts that the message names besides."""
        asked = [name for name in NAMES if f"{{{name}}}" in message and name not in fields]
        if not asked:
            return fields
        known = self.facts.get(NamedFacts).values
        return {**fields, **{name: known[name] for name in asked}}

    def _fix(self, problem: Problem) -> Fix | None:
        if problem.fix is None:
            return None
        edits = []
        for words in (problem.fix, *problem.fix.also):
            start, end = self._ends(words.span)
            edits.append(Edit(start.line, start.column, end.line, end.column, words.text))
        return Fix(Applicability.SAFE if problem.fix.safe else Applicability.UNSAFE, tuple(edits))

    def _ends(self, span: Span) -> tuple[Position, Position]:
        start = self.source.position(span.start)
        return start, self.source.end_position(span.end) if span.end > span.start else start

    def place(self, span: Span, message: str = "") -> Place:
        start, end = self._ends(span)
        return Place(
            self.source.path_at(span.start), start.line, start.column, end.line, end.column,
            self.structure.number_at(span.start), self.where(span.start, start.line), span.start, span.end, message,
        )  # fmt: skip

    def where(self, offset: int, line: int) -> str:
        """A label that a reader understands for a place, always."""
        kind, label = self._where(self.structure.passage_at(offset), line)
        return self.lexicon.fill(self.lexicon.section("where", kind), {"label": label})

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
