"""SYM: the form of a symbol, its link, and its agreement with the text beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import combinations
from urllib.parse import unquote

from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.document import Document, MarkKind
from reportlint.facts.citations import Citations
from reportlint.facts.documents import IssueYear
from reportlint.facts.masthead import Masthead
from reportlint.facts.resolutions import ResolutionReference, ResolutionReferences
from reportlint.knowledge.levels import Severity
from reportlint.language.lexicon import Ordinal
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.model import ComponentKind, FaultKind, Malformed, Symbol, Trait

YEAR = re.compile(r"(?:19[4-9]|20\d)\d")
FIRST_ASSEMBLY = 1945  # add the number of a session of the General Assembly to get its year
_FIRST_SESSION = 31  # the first session of the General Assembly whose resolutions are numbered like "31/1"
_FEWEST_IN_STYLE = 3
_NO_LETTERS = re.compile(r"[\W_]+")
_ADDRESS_START = re.compile(r"[/=]")


@check("symbols.malformed", fields=("part", "suggestion", "symbol"))
def malformed(
    citations: Citations, document: Document, symbol_grammar: SymbolGrammar, masthead: Masthead
) -> Iterator[Problem]:
    """Report a symbol that does not follow the grammar of symbols.

    A body that is not registered may write "REV.1", if it always does. In a document of another organization, series
    that are not registered follow rules of their own. In plain text a space may come from the end of a line, so a
    symbol with spaces is only an info there. Where a dot or a slash may precede a number, and no symbol of the draft
    shows which, the fix is unsafe.
    Authority: UNBIS Reference Manual, document series and symbols.
    """
    house_style = _house_style(citations, symbol_grammar)
    joined = {part.name for symbol in _well_formed(citations) for part in symbol.parts}
    in_doubt = symbol_grammar.vocabulary.either.keys() - joined
    registered = symbol_grammar.vocabulary.organs | symbol_grammar.vocabulary.series
    for citation in citations:
        value = citation.value
        if masthead.is_of_others and citation.symbol.organ not in registered:
            continue
        if isinstance(value, Malformed) and not (value.symbol.organ in house_style and _has_only_case(value)):
            fault = value.faults[0]
            start = fault.start - citation.start
            part = value.text[start : start + fault.end - fault.start]
            fields = {"symbol": value.text, "part": part or value.text, "suggestion": value.corrected}
            is_doubtful = document.format == "text" and all(fault.kind is FaultKind.SPACE for fault in value.faults)
            span = citation.span
            fix = FixWords(span, value.corrected, safe=not _may_be_joined_otherwise(value, in_doubt))
            yield Problem(span, fields, severity=Severity.INFO if is_doubtful else None, fix=fix)
    for fragment in citations.fragments:
        value = fragment.value
        fields = {"symbol": value.text, "part": value.text, "suggestion": value.corrected}
        yield Problem(fragment.span, fields, fix=FixWords(fragment.span, value.corrected, safe=False))


def _well_formed(citations: Citations) -> Iterator[Symbol]:
    values = (citation.value for citation in citations)
    return (value for value in values if isinstance(value, Symbol))


def _may_be_joined_otherwise(value: Malformed, in_doubt: AbstractSet[str]) -> bool:
    """Return whether a fault lies between a number and one of the names before which a dot or a slash may stand."""
    kinds = (FaultKind.SPACE, FaultKind.MISSING_DOT, FaultKind.MISSING_SLASH)
    names = {part.name for part in value.symbol.parts} & in_doubt
    return any(
        fault.kind in kinds and any(fault.replacement.startswith(name) for name in names) for fault in value.faults
    )


def _has_only_case(value: Malformed) -> bool:
    """Return whether only the case of an element such as "Rev.1" is wrong."""
    has_final = bool(value.symbol.of_kind(ComponentKind.FINAL))
    return has_final and all(fault.kind is FaultKind.CASE for fault in value.faults)


def _house_style(citations: Citations, grammar: SymbolGrammar) -> frozenset[str]:
    """Return the first components of unregistered series that write all their final elements in another case."""
    wrong: Counter[str] = Counter()
    right: set[str] = set()
    for citation in citations:
        value = citation.value
        if isinstance(value, Malformed):
            wrong[value.symbol.organ] += _has_only_case(value)
        elif value.of_kind(ComponentKind.FINAL):
            right.add(value.organ)
    registered = grammar.vocabulary.organs | grammar.vocabulary.series
    return frozenset(organ for organ, count in wrong.items() if count >= _FEWEST_IN_STYLE) - right - registered


@check("symbols.distribution", variants=("general", "limited"), fields=("distribution", "symbol"), related=("symbol",))
def distribution(masthead: Masthead) -> Iterator[Problem]:
    """Report limited distribution with a symbol without "L.", and general distribution with a symbol that has it.

    Conference room papers, information papers, working papers and restricted documents follow other rules and are
    skipped. Authority: practice of the Organization.
    """
    line, symbol = masthead.distribution, masthead.symbol
    if line is None or symbol is None or masthead.symbol_mention is None:
        return
    if symbol.has(Trait.OTHER_DISTRIBUTION):
        return
    fields = {"symbol": symbol.text, "distribution": line.text}
    related = (Related("symbol", masthead.symbol_mention.span, fields),)
    if line.value == "limited" and not symbol.has(Trait.LIMITED):
        yield Problem(line.span, fields, "limited", related)
    elif line.value == "general" and symbol.has(Trait.LIMITED):
        yield Problem(line.span, fields, "general", related)


@check("symbols.link_target", fields=("symbol", "target"))
def link_target(citations: Citations, symbol_grammar: SymbolGrammar) -> Iterator[Problem]:
    """Report a symbol whose link leads to another symbol. Addresses that contain no symbol do not count."""
    for citation in citations:
        passage, start, end = citation.mention
        for mark in passage.block.marks:
            if mark.kind is not MarkKind.LINK or not (mark.start <= start and end <= mark.end):
                continue
            target = _symbol_in(mark.value, symbol_grammar, citation.symbol.organ)
            if target and _bare(target.text) != _bare(citation.symbol.text):
                yield Problem(citation.span, {"symbol": citation.symbol.text, "target": target.text})


def _symbol_in(address: str, grammar: SymbolGrammar, organ: str) -> Symbol | None:
    """Return the symbol at the end of an address such as "https://undocs.org/en/A/77/1".

    The symbol must begin with a known organ or series, or with ``organ``.
    """
    whole = unquote(address).partition("#")[0].partition("&")[0].rstrip("/")
    for match in _ADDRESS_START.finditer(whole):
        symbol = grammar.parse_symbol(whole[match.end() :])
        known = grammar.vocabulary.organs | grammar.vocabulary.series | {organ}
        if isinstance(symbol, Symbol) and symbol.organ in known:
            return symbol
    return None


def _bare(symbol: str) -> str:
    return _NO_LETTERS.sub("", symbol).casefold()


@check(
    "symbols.resolution_number",
    variants=("date", "form", "later", "session", "title"),
    fields=("date", "named", "number", "other", "session", "year"),
    related=("date", "other", "session"),
)
def resolution_number(resolution_references: ResolutionReferences, issue_year: IssueYear) -> Iterator[Problem]:
    """Report the number of a resolution or decision that contradicts the text, or that none can have.

    Authority: Editorial Manual, identification of resolutions.
    """
    titled: list[ResolutionReference] = []
    for reference in resolution_references.references:
        if reference.is_quoted:
            continue
        if reference.title:
            titled.append(reference)
        fields: dict[str, object] = {"number": reference.number, "session": reference.session}
        named = reference.named
        if _is_impossible(reference):
            yield Problem(reference.span, fields, "form")
        elif _is_later(reference, issue_year.year):
            yield Problem(reference.span, {**fields, "year": issue_year.year}, "later")
        elif named and named.numbers and _is_session(reference.session) and int(reference.session) not in named.numbers:
            fields["named"] = [Ordinal(number) for number in named.numbers]
            yield Problem(reference.span, fields, "session", (Related("session", named.span, fields),))
        elif reference.dated and not _may_be_of(reference, reference.dated.day):
            fields["date"] = reference.dated.day
            yield Problem(reference.span, fields, "date", (Related("date", reference.dated.mention.span, fields),))
    yield from _titles_with_two_numbers(titled)


def _may_be_of(reference: ResolutionReference, day: date) -> bool:
    """Return whether a resolution can have been adopted on a day, by the session or year in its number.

    A session of the General Assembly begins in September. Of other organs, only years tell the day.
    """
    session = reference.session
    if YEAR.fullmatch(session):
        return abs(int(session) - day.year) <= (0 if reference.organ == "council" else 1)
    if not reference.is_of_assembly or not session.isdecimal() or int(session) < _FIRST_SESSION:
        return True
    first = FIRST_ASSEMBLY + int(session)
    return date(first, 9, 1) <= day <= date(first + 1, 9, 30)


def _is_session(session: str) -> bool:
    """Return whether the first part of a number is a plain session: "77", not "2022", "XI", "S-8" or "CP.21"."""
    return session.isdecimal() and not YEAR.fullmatch(session)


def _is_impossible(reference: ResolutionReference) -> bool:
    if "0" in (reference.session, reference.serial):
        return True
    if "/" not in reference.number:
        return False
    if reference.organ == "council":
        return reference.serial.isdecimal()
    session = reference.session
    return reference.organ == "assembly" and session.isdecimal() and int(session) < _FIRST_SESSION


def _is_later(reference: ResolutionReference, year: int | None) -> bool:
    """Return whether the session or year in the number is later than the draft."""
    if year is None or not reference.session.isdecimal():
        return False
    if YEAR.fullmatch(reference.session):
        return int(reference.session) > year
    return reference.organ == "assembly" and int(reference.session) > year - FIRST_ASSEMBLY


def _titles_with_two_numbers(references: list[ResolutionReference]) -> Iterator[Problem]:
    """Yield numbers of references with titles that differ in one part from another number with the same title.

    Bodies that adopt a resolution of the same title at each session change both parts.
    """
    titled: dict[tuple[bool, str], dict[str, ResolutionReference]] = {}
    for reference in references:
        numbers = titled.setdefault((reference.is_decision, reference.title), {})
        numbers.setdefault(reference.number, reference)
    for numbers in titled.values():
        for first, other in combinations(list(numbers.values())[:4], 2):
            if first.organ == other.organ and (first.session == other.session) != (first.serial == other.serial):
                fields = {"number": other.number, "other": first.number}
                yield Problem(other.span, fields, "title", (Related("other", first.span, fields),))
