"""SYM: document symbols."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from urllib.parse import unquote

from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.document import Document, MarkKind, Span
from reportlint.facts.documents import CitedDocument, Documents, DocumentsList, IssueYear
from reportlint.facts.masthead import Masthead
from reportlint.facts.resolutions import ResolutionReference, ResolutionReferences
from reportlint.facts.symbols import Citations
from reportlint.knowledge.scales import Severity
from reportlint.language.lexicon import Ordinal
from reportlint.language.symbol_grammar import SymbolGrammar
from reportlint.language.symbols import ComponentKind, FaultKind, Malformed, Symbol
from reportlint.structure import Structure

_YEAR = re.compile(r"(?:19[4-9]|20\d)\d")
_FIRST_ASSEMBLY = 1945  # the year before that of the first sessions of the General Assembly
_FIRST_SESSION = 31  # of the General Assembly whose resolutions are numbered "31/1"
_NO_LETTERS = re.compile(r"[\W_]+")
_ALIKE = 2  # words that two titles share at least where they are titles of one document
_ADDRESS_START = re.compile(r"[/=]")


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


@check("symbols.link_target")
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


@check("symbols.resolution_number")
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
    return session.isdigit() and not _YEAR.fullmatch(session)


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
    if _YEAR.fullmatch(one.session):
        return int(one.session) > year
    return one.organ == "assembly" and int(one.session) > year - _FIRST_ASSEMBLY


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


@check("symbols.impossible_date")
def impossible_date(
    citations: Citations, documents: Documents, issue_year: IssueYear, masthead: Masthead
) -> Iterator[Problem]:
    """A symbol of a session or year that the document cannot have: later than the draft, out of the run of its list,
    or another one than the list gives for the same document."""
    seen: set[Span] = set()
    listed = {one.span for one in documents.listed}
    for citation in citations:
        if citation.is_short or citation.span in seen:
            continue
        limit = _last_possible(citation.symbol, issue_year.year, masthead.symbol, citation.span in listed)
        if limit:
            seen.add(citation.span)
            yield Problem(citation.span, {"symbol": citation.symbol.text, "year": limit}, "later")
    for one, before in _out_of_run(documents):
        if one.span not in seen:
            seen.add(one.span)
            fields = {"symbol": one.symbol.text, "other": before.symbol.text}
            yield Problem(one.span, fields, "run", (Related("run", before.span, fields),))
    for one, other in _twins(documents):
        if one.span not in seen and other.span not in seen:
            seen |= {one.span, other.span}
            fields = {"symbol": one.symbol.text, "other": other.symbol.text}
            yield Problem(one.span, fields, "twin", (Related("twin", other.span, fields),))


def _last_possible(symbol: Symbol, year: int | None, own: Symbol | None, in_list: bool) -> str:
    """The last year or session that the symbol may bear, if it bears a later one."""
    date = symbol.date
    if year is not None:
        issued = symbol.year
        if symbol.nature == "RES" and symbol.parenthesis and _YEAR.fullmatch(symbol.parenthesis):
            issued = int(symbol.parenthesis)
        # A draft of the end of a year may cite documents of the next.
        if issued and issued > year + (0 if in_list else 1):
            return str(year)
        of_assembly = date and symbol.series in ("A", "A/RES") and date.text.isdigit() and symbol.year is None
        if date and of_assembly and int(date.text) > year - _FIRST_ASSEMBLY + 1:
            return str(year - _FIRST_ASSEMBLY)
    # Before a session there are no documents of a later one.
    mine = own.date if own else None
    comparable = own and date and mine and own.series == symbol.series and date.kind is mine.kind
    if date and mine and comparable and in_list and date.text.isdigit() and mine.text.isdigit():
        return mine.text if int(date.text) > int(mine.text) else ""
    return ""


def _place_in_series(symbol: Symbol) -> tuple[str, str | None, str | None, int] | None:
    """Series, session or year, kind of document and number: by these the documents of a list follow each other."""
    if symbol.date is None or symbol.serial is None or not symbol.serial.isdigit():
        return None
    return symbol.series, symbol.date.text, symbol.nature, int(symbol.serial)


def _out_of_run(documents: Documents) -> Iterator[tuple[CitedDocument, CitedDocument]]:
    """Documents that stand between two of one session or year and have the number missing there, but another date."""
    for found in documents.lists:
        rows = found.documents
        for before, one, behind in zip(rows, rows[1:], rows[2:], strict=False):
            places = [_place_in_series(row.symbol) for row in (before, one, behind)]
            first, middle, last = places
            if first is None or middle is None or last is None:
                continue
            same = first[:3] == last[:3] and (first[0], first[2]) == (middle[0], middle[2])
            if same and middle[1] != first[1] and first[3] + 1 == middle[3] == last[3] - 1:
                yield one, before


def _twins(documents: Documents) -> Iterator[tuple[CitedDocument, CitedDocument]]:
    """A document cited with one session or year and listed with another; first the one that is out of place."""
    listed: dict[tuple[str, ...], list[CitedDocument]] = {}
    for one in documents.listed:
        if one.symbol.date:
            listed.setdefault(one.symbol.undated, []).append(one)
    symbols = {one.symbol.text for one in documents.listed}
    elsewhere = {one.symbol.text for one in documents.cited}
    dates = {found.date for found in documents.lists}
    for one in documents.cited:
        others = listed.get(one.symbol.undated, []) if one.symbol.date else []
        if len(others) != 1 or one.symbol.text in symbols or others[0].symbol.text in elsewhere or one.is_earlier:
            continue
        other = others[0]
        if one.is_before or len(one.words & other.words) >= _ALIKE:
            mine = one.symbol.date
            yield (other, one) if mine and mine.text in dates else (one, other)


@check("symbols.other_body")
def other_body(documents: Documents) -> Iterator[Problem]:
    """A list of the documents of one body has one of its sibling, which only its number tells apart (WG.6, WG.7)."""
    for found in documents.lists:
        own = next((one.symbol for one in found.documents if one.symbol.series == found.series), None)
        for one in found.documents:
            names = _siblings(own, one.symbol) if own and found.series and not one.is_joint else None
            if names:
                yield Problem(one.span, {"symbol": one.symbol.text, "body": names[1], "other": names[0]})


def _siblings(own: Symbol, other: Symbol) -> tuple[str, str] | None:
    """The names of two bodies whose symbols differ in one number."""
    if own.series == other.series or own.organ != other.organ:
        return None
    mine, theirs = own.of_kind(ComponentKind.BODY), other.of_kind(ComponentKind.BODY)
    if [part.name for part in mine] != [part.name for part in theirs]:
        return None
    different = [pair for pair in zip(mine, theirs, strict=True) if pair[0].number != pair[1].number]
    if len(different) != 1 or not all(part.number for part in different[0]):
        return None
    return different[0][0].text, different[0][1].text


@check("symbols.two_symbols")
def two_symbols(documents: Documents) -> Iterator[Problem]:
    """One document with two symbols, or one symbol with two titles. A shortened or descriptive mention in running text
    is no second title: it must have the words of another title and none of its own."""
    for found in documents.lists:
        yield from _within_list(found)
    by_symbol: dict[str, list[CitedDocument]] = {}
    for one in documents.listed:
        by_symbol.setdefault(one.symbol.base, []).append(one)
    for one in documents.cited:
        own = by_symbol.get(one.symbol.base, [])
        if len(one.words) < _ALIKE or not own or not all(len(row.words) >= _ALIKE for row in own):
            continue
        if any(not row.words.isdisjoint(one.words) for row in own):
            continue
        meant = [row for row in documents.listed if _names(one.words, row.words)]
        if len({row.symbol.base for row in meant}) == 1:
            fields = {"symbol": one.symbol.text, "other": meant[0].symbol.text}
            related = (Related("meant", meant[0].span, fields), Related("listed", own[0].span, fields))
            yield Problem(one.span, fields, "cited", related)


def _names(words: frozenset[str], title: frozenset[str]) -> bool:
    """Whether most of the words of a mention are those of a title."""
    shared = len(words & title)
    return shared >= _ALIKE and 5 * shared >= 3 * len(words)


def _within_list(found: DocumentsList) -> Iterator[Problem]:
    symbols: dict[str, CitedDocument] = {}
    titles: dict[frozenset[str], list[CitedDocument]] = {}
    for one in found.documents:
        first = symbols.setdefault(one.symbol.text, one)
        fields = {"symbol": one.symbol.text, "other": first.symbol.text}
        if min(len(first.words), len(one.words)) >= _ALIKE and first.words.isdisjoint(one.words):
            yield Problem(one.span, fields, "titles", (Related("listed", first.span, fields),))
        elif first is one and len(one.words) > _ALIKE and not one.symbol.finals:
            titles.setdefault(one.words, []).append(one)
    for alike in titles.values():
        if len(alike) == 2 and _differ_in_serial(alike[0].symbol, alike[1].symbol):
            fields = {"symbol": alike[1].symbol.text, "other": alike[0].symbol.text}
            yield Problem(alike[1].span, fields, "symbols", (Related("listed", alike[0].span, fields),))


def _differ_in_serial(first: Symbol, other: Symbol) -> bool:
    places = _place_in_series(first), _place_in_series(other)
    return bool(places[0] and places[1] and places[0][:3] == places[1][:3] and first.nature != "NGO")


@check("symbols.not_listed")
def not_listed(documents: Documents) -> Iterator[Problem]:
    """A document that the body had before it and that its list of documents lacks. The list of participants and
    documents of other bodies need not be there."""
    series = {found.series for found in documents.lists if found.series}
    symbols = {one.symbol.text.rstrip("*") for one in documents.listed}
    undated = {one.symbol.undated for one in documents.listed}
    bases = {one.symbol.base: one for one in documents.listed}
    for one in documents.cited:
        text = one.symbol.text.rstrip("*")
        if not one.is_before or one.symbol.series not in series or text in symbols or one.symbol.nature == "INF":
            continue
        symbols.add(text)
        other = bases.get(one.symbol.base)
        if not other and one.symbol.undated in undated:
            continue  # listed with another session or year
        fields = {"symbol": text, "other": other.symbol.text if other else ""}
        if other:
            yield Problem(one.span, fields, "differs", (Related("listed", other.span, fields),))
        else:
            yield Problem(one.span, fields, "absent")
