"""SYM: document symbols."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.document import Document
from reportlint.facts.masthead import Masthead
from reportlint.facts.symbols import Citations
from reportlint.knowledge.scales import Severity
from reportlint.language.symbols import FaultKind, Malformed


@check("symbols.malformed")
def malformed(citations: Citations, document: Document) -> Iterator[Problem]:
    """A symbol that its grammar refuses. Authority: UNBIS Reference Manual, document series and symbols.

    In plain text made from a laid-out page a space may be the end of a line, which nobody can know: info only.
    """
    for citation in citations:
        value = citation.candidate.value
        if isinstance(value, Malformed):
            fault = value.faults[0]
            at = fault.start - citation.candidate.start
            part = value.text[at : at + fault.end - fault.start]
            fields = {"symbol": value.text, "part": part or value.text, "suggestion": value.corrected}
            doubtful = document.format == "text" and all(one.kind is FaultKind.SPACE for one in value.faults)
            yield Problem(
                citation.span, fields, "corrected",
                severity=Severity.INFO if doubtful else None, fix=FixWords(citation.span, value.corrected),
            )  # fmt: skip


@check("symbols.distribution")
def distribution(masthead: Masthead) -> Iterator[Problem]:
    """Limited distribution goes with a symbol in L., and the reverse. Authority: practice of the Organization.

    Conference room papers, information and working papers have their own practice; a document without a symbol
    has nothing to compare.
    """
    line, symbol = masthead.distribution, masthead.symbol
    if line is None or symbol is None or masthead.symbol_span is None:
        return
    if symbol.nature in ("CRP", "INF", "WP", "R"):
        return
    fields = {"symbol": symbol.text, "distribution": line.text}
    related = (Related("symbol", masthead.symbol_span, fields),)
    if line.value == "limited" and not symbol.is_limited:
        yield Problem(line.span, fields, "limited", related)
    elif line.value == "general" and symbol.is_limited:
        yield Problem(line.span, fields, "general", related)
