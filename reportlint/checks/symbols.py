"""SYM: each symbol by itself: its form, its link, what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from urllib.parse import unquote

from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.document import Document, MarkKind
from reportlint.facts.citations import Citations
from reportlint.facts.documents import IssueYear
from reportlint.facts.masthead import Masthead
from reportlint.facts.resolutions import ResolutionReference, ResolutionReferences
from reportlint.knowledge.scales import Severity
from reportlint.language.lexicon import Ordinal
from reportlint.structure import Structure
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.model import FaultKind, Malformed, Symbol

YEAR = re.compile(r"(?:19[4-9]|20\d)\d")
FIRST_ASSEMBLY = 1945  # the year before that of the first sessions of the General Assembly
_FIRST_SESSION = 31  # of the General Assembly whose resolutions are numbered "31/1"
_NO_LETTERS = re.compile(r"[\W_]+")
_ADDRESS_START = re.compile(r"[/=]")


@check("symbols.malformed", variants=("corrected",), fields=("part", "suggestion", "symbol"))
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


@check("symbols.distribution", variants=("general", "limited"), fields=("distribution", "symbol"), related=("symbol",))
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


@check("symbols.link_target", fields=("symbol", "target"))
def link_target(citations: Citations, structure: Structure, symbol_grammar: SymbolGrammar) -> Iterator[Problem]:
    """The link behind a symbol leads to the address of another symbol. Addresses that show no symbol say nothing."""
    for citation in citations:
        passage = structure.passages[citation.passage]
        start, end = citation.candidate.start, citation.candidate.end
        for mark in passage.block.marks:
            if mark.kind is not MarkKind.LINK or not (mark.start <= start and end <= mark.end):
                continue
            target = _symbol_in(mark.value, symbol_grammar, citation.symbol.organ)
            if target and _bare(target.text) != _bare(citation.symbol.text):
                yield Problem(citation.span, {"symbol": citation.symbol.text, "target": target.text})


def _symbol_in(address: str, grammar: SymbolGrammar, organ: str) -> Symbol | None:
    """The symbol that an address ends with: "https://undocs.org/en/A/77/1". ``organ`` is known to begin one."""
    whole = unquote(address).partition("#")[0].partition("&")[0].rstrip("/")
    for match in _ADDRESS_START.finditer(whole):
        found = grammar.parse_symbol(whole[match.end() :])
        if isinstance(found, Symbol) and found.organ in grammar.vocabulary.organs | grammar.vocabulary.series | {organ}:
            return found
    return None


def _bare(symbol: str) -> str:
    return _NO_LETTERS.sub("", symbol).casefold()


@check(
    "symbols.resolution_number",
    variants=("form", "later", "session", "title"),
    fields=("named", "number", "other", "session", "year"),
    related=("other", "session"),
)
def resolution_number(resolution_references: ResolutionReferences, issue_year: IssueYear) -> Iterator[Problem]:
    """The number of a resolution contradicts what is said beside it or elsewhere, or is one that no resolution has.
    Authority: Editorial Manual, identification of resolutions."""
    references = [one for one in resolution_references.references if not one.is_quoted]
    for one in references:
        fields: dict[str, object] = {"number": one.number, "session": one.session}
        if _is_impossible(one):
            yield Problem(one.span, fields, "form")
        elif _is_later(one, issue_year.year):
            yield Problem(one.span, {**fields, "year": issue_year.year}, "later")
        elif one.named and one.named.numbers and _is_session(one.session) and int(one.session) not in one.named.numbers:
            fields["named"] = [Ordinal(number) for number in one.named.numbers]
            yield Problem(one.span, fields, "session", (Related("session", one.named.span, fields),))
    yield from _two_numbers(references)


def _is_session(session: str) -> bool:
    """Whether the first part of a number counts sessions: "77", not "2022", "XI", "S-8" or "CP.21"."""
    return session.isdigit() and not YEAR.fullmatch(session)


def _is_impossible(one: ResolutionReference) -> bool:
    if "0" in (one.session, one.serial):
        return True
    slash = "/" in one.number
    if one.organ == "council":
        return slash and one.serial.isdigit()
    return one.organ == "assembly" and slash and one.session.isdigit() and int(one.session) < _FIRST_SESSION


def _is_later(one: ResolutionReference, year: int | None) -> bool:
    """Whether the draft is older than the session or year that the number names."""
    if year is None or not one.session.isdigit():
        return False
    if YEAR.fullmatch(one.session):
        return int(one.session) > year
    return one.organ == "assembly" and int(one.session) > year - FIRST_ASSEMBLY


def _two_numbers(references: list[ResolutionReference]) -> Iterator[Problem]:
    """One title with two numbers of which one part is the same: a slip, where bodies that adopt a title each session
    change both parts."""
    titled: dict[tuple[bool, str], dict[str, ResolutionReference]] = {}
    for one in references:
        if one.title:
            titled.setdefault((one.is_decision, one.title), {}).setdefault(one.number, one)
    for numbers in titled.values():
        for first, other in combinations(list(numbers.values())[:4], 2):
            if first.organ == other.organ and (first.session == other.session) != (first.serial == other.serial):
                fields = {"number": other.number, "other": first.number}
                yield Problem(other.span, fields, "title", (Related("other", first.span, fields),))
