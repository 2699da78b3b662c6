"""SYM: the documents that a draft lists and cites, one beside the other."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.checks.problem import Problem, Related, check
from reportlint.checks.symbols import FIRST_ASSEMBLY, YEAR
from reportlint.document import Span
from reportlint.facts.citations import Citations
from reportlint.facts.documents import CitedDocument, Documents, DocumentsList, IssueYear
from reportlint.facts.masthead import Masthead
from reportlint.symbols.model import ComponentKind, Symbol

_ALIKE = 2  # words that two titles share at least where they are titles of one document


@check(
    "documents.impossible_date",
    variants=("later", "run", "twin"),
    fields=("other", "symbol", "year"),
    related=("run", "twin"),
)
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
        if symbol.nature == "RES" and symbol.parenthesis and YEAR.fullmatch(symbol.parenthesis):
            issued = int(symbol.parenthesis)
        # A draft of the end of a year may cite documents of the next.
        if issued and issued > year + (0 if in_list else 1):
            return str(year)
        of_assembly = date and symbol.series in ("A", "A/RES") and date.text.isdigit() and symbol.year is None
        if date and of_assembly and int(date.text) > year - FIRST_ASSEMBLY + 1:
            return str(year - FIRST_ASSEMBLY)
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


@check("documents.other_body", fields=("body", "other", "symbol"))
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


@check(
    "documents.two_symbols",
    variants=("cited", "symbols", "titles"),
    fields=("other", "symbol"),
    related=("listed", "meant"),
)
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


@check("documents.not_listed", variants=("absent", "differs"), fields=("other", "symbol"), related=("listed",))
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
