"""SYM: the documents that a draft lists agree with those that it cites."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.checks.problem import Problem, Related, check
from reportlint.checks.symbols import FIRST_ASSEMBLY, YEAR
from reportlint.document import Span
from reportlint.facts.citations import Citations
from reportlint.facts.documents import CitedDocument, Documents, DocumentsList, IssueYear
from reportlint.facts.masthead import Masthead
from reportlint.symbols.model import ComponentKind, Symbol, Trait

_ALIKE = 2  # minimum number of words that two titles of one document share


@check(
    "documents.impossible_date",
    variants=("later", "run", "twin"),
    fields=("other", "symbol", "year"),
    related=("run", "twin"),
)
def impossible_date(
    citations: Citations, documents: Documents, issue_year: IssueYear, masthead: Masthead
) -> Iterator[Problem]:
    """Report a symbol with a session or year that the document cannot have.

    It is later than the draft, breaks the run of a list, or differs from the one listed for the same document.
    """
    seen: set[Span] = set()
    listed = {document.passage.index for document in documents.listed}
    for citation in citations:
        if citation.is_short:
            continue
        limit = _last_possible(citation.symbol, issue_year.year, masthead.symbol, citation.passage.index in listed)
        if limit and citation.span not in seen:
            seen.add(citation.span)
            yield Problem(citation.span, {"symbol": citation.symbol.text, "year": limit}, "later")
    for document, before in _out_of_run(documents):
        if document.span not in seen:
            seen.add(document.span)
            fields = {"symbol": document.symbol.text, "other": before.symbol.text}
            yield Problem(document.span, fields, "run", (Related("run", before.span, fields),))
    for document, other in _twins(documents):
        if document.span not in seen and other.span not in seen:
            seen |= {document.span, other.span}
            fields = {"symbol": document.symbol.text, "other": other.symbol.text}
            yield Problem(document.span, fields, "twin", (Related("twin", other.span, fields),))


def _last_possible(symbol: Symbol, year: int | None, of_draft: Symbol | None, in_list: bool) -> str:
    """Return the last year or session that the symbol can bear if it bears a later one, else "".

    ``of_draft`` is the symbol of the draft.
    """
    date = symbol.date
    if year is not None:
        issued = symbol.year
        if symbol.has(Trait.YEAR_IN_BRACKETS) and symbol.parenthesis and YEAR.fullmatch(symbol.parenthesis):
            issued = int(symbol.parenthesis)
        # A draft written at the end of a year may cite documents of the next.
        if issued and issued > year + (0 if in_list else 1):
            return str(year)
        of_assembly = date and symbol.is_of_assembly and date.text.isdecimal() and symbol.year is None
        if date and of_assembly and int(date.text) > year - FIRST_ASSEMBLY + 1:
            return str(year - FIRST_ASSEMBLY)
    # At a session, there are no documents of a later one yet.
    draft_date = of_draft.date if of_draft else None
    comparable = of_draft and date and draft_date and of_draft.series == symbol.series and date.kind is draft_date.kind
    if date and draft_date and comparable and in_list and date.text.isdecimal() and draft_date.text.isdecimal():
        return draft_date.text if int(date.text) > int(draft_date.text) else ""
    return ""


def _place_in_series(symbol: Symbol) -> tuple[str, str | None, str | None, int] | None:
    """Return the series, session or year, kind of document and number, which order the documents of a list."""
    if symbol.date is None or symbol.serial is None or not symbol.serial.isdecimal():
        return None
    return symbol.series, symbol.date.text, symbol.nature, int(symbol.serial)


def _out_of_run(documents: Documents) -> Iterator[tuple[CitedDocument, CitedDocument]]:
    """Yield documents of another session or year than both neighbours, with the number due; and the one before each."""
    for documents_list in documents.lists:
        rows = documents_list.documents
        for before, document, after in zip(rows, rows[1:], rows[2:], strict=False):
            first, middle, last = (_place_in_series(row.symbol) for row in (before, document, after))
            if first is None or middle is None or last is None:
                continue
            same = first[:3] == last[:3] and (first[0], first[2]) == (middle[0], middle[2])
            if same and middle[1] != first[1] and first[3] + 1 == middle[3] == last[3] - 1:
                yield document, before


def _twins(documents: Documents) -> Iterator[tuple[CitedDocument, CitedDocument]]:
    """Yield pairs of a listed and a cited document that differ only in session or year; first the misprinted one."""
    if not documents.cited:
        return
    listed: dict[tuple[str, ...], list[CitedDocument]] = {}
    for document in documents.listed:
        if document.symbol.date:
            listed.setdefault(document.symbol.undated, []).append(document)
    listed_symbols = {document.symbol.text for document in documents.listed}
    cited_symbols = {document.symbol.text for document in documents.cited}
    dates = {documents_list.date for documents_list in documents.lists}
    for document in documents.cited:
        date = document.symbol.date
        others = listed.get(document.symbol.undated, []) if date else []
        if len(others) != 1 or document.is_earlier:
            continue
        other = others[0]
        if document.symbol.text in listed_symbols or other.symbol.text in cited_symbols:
            continue
        if document.is_before or len(document.words & other.words) >= _ALIKE:
            yield (other, document) if date and date.text in dates else (document, other)


@check("documents.other_body", fields=("body", "other", "symbol"))
def other_body(documents: Documents) -> Iterator[Problem]:
    """Report a document of another body in a list, if only a number tells the bodies apart (WG.6, WG.7)."""
    for documents_list in documents.lists:
        rows, series = documents_list.documents, documents_list.series
        usual = next((row.symbol for row in rows if row.symbol.series == series), None)
        for document in rows:
            bodies = _sibling_bodies(usual, document.symbol) if usual and series and not document.is_joint else None
            if bodies:
                fields = {"symbol": document.symbol.text, "body": bodies[1], "other": bodies[0]}
                yield Problem(document.span, fields)


def _sibling_bodies(symbol: Symbol, other: Symbol) -> tuple[str, str] | None:
    """Return the bodies of two symbols if they differ in one number only."""
    if symbol.series == other.series or symbol.organ != other.organ:
        return None
    bodies, other_bodies = symbol.of_kind(ComponentKind.BODY), other.of_kind(ComponentKind.BODY)
    if [body.name for body in bodies] != [body.name for body in other_bodies]:
        return None
    different = [pair for pair in zip(bodies, other_bodies, strict=True) if pair[0].number != pair[1].number]
    if len(different) != 1 or not all(body.number for body in different[0]):
        return None
    return different[0][0].text, different[0][1].text


@check(
    "documents.two_symbols",
    variants=("cited", "symbols", "titles"),
    fields=("other", "symbol"),
    related=("listed", "meant"),
)
def two_symbols(documents: Documents) -> Iterator[Problem]:
    """Report one document with two symbols, or one symbol with two titles.

    A mention in running text may shorten or describe the title: it is reported only if it has the words of another
    title and none of those listed for its symbol.
    """
    for documents_list in documents.lists:
        yield from _within_list(documents_list)
    by_symbol: dict[str, list[CitedDocument]] = {}
    for document in documents.listed if documents.cited else ():
        by_symbol.setdefault(document.symbol.base, []).append(document)
    for document in documents.cited:
        rows = by_symbol.get(document.symbol.base, [])
        if len(document.title) < _ALIKE or not rows or not all(len(row.title) >= _ALIKE for row in rows):
            continue
        words = document.words
        if any(not words.isdisjoint(row.title) for row in rows):
            continue
        meant = [row for row in documents.listed if _has_title(words, row.title)]
        if len({row.symbol.base for row in meant}) == 1:
            fields = {"symbol": document.symbol.text, "other": meant[0].symbol.text}
            related = (Related("meant", meant[0].span, fields), Related("listed", rows[0].span, fields))
            yield Problem(document.span, fields, "cited", related)


def _has_title(words: frozenset[str], title: tuple[str, ...]) -> bool:
    """Return whether at least three fifths of the words of a mention are in a title."""
    shared = len(words.intersection(title))
    return shared >= _ALIKE and 5 * shared >= 3 * len(words)


def _within_list(documents_list: DocumentsList) -> Iterator[Problem]:
    by_symbol: dict[str, CitedDocument] = {}
    by_title: dict[tuple[str, ...], list[CitedDocument]] = {}
    for document in documents_list.documents:
        first = by_symbol.setdefault(document.symbol.text, document)
        fields = {"symbol": document.symbol.text, "other": first.symbol.text}
        if min(len(first.title), len(document.title)) >= _ALIKE and first.words.isdisjoint(document.title):
            yield Problem(document.span, fields, "titles", (Related("listed", first.span, fields),))
        elif first is document and len(document.title) > _ALIKE and not document.symbol.finals:
            by_title.setdefault(document.title, []).append(document)
    for rows in by_title.values():
        if len(rows) == 2 and _differ_in_serial(rows[0].symbol, rows[1].symbol):
            fields = {"symbol": rows[1].symbol.text, "other": rows[0].symbol.text}
            yield Problem(rows[1].span, fields, "symbols", (Related("listed", rows[0].span, fields),))


def _differ_in_serial(first: Symbol, other: Symbol) -> bool:
    places = _place_in_series(first), _place_in_series(other)
    return bool(places[0] and places[1] and places[0][:3] == places[1][:3] and not first.has(Trait.SHARED_TITLE))


@check("documents.not_listed", fields=("other", "symbol"), related=("listed",))
def not_listed(documents: Documents) -> Iterator[Problem]:
    """Report a document that the body had before it and that the list of documents lacks.

    Lists of participants and documents of other bodies need not be listed.
    """
    if not documents.cited:
        return
    series = {documents_list.series for documents_list in documents.lists if documents_list.series}
    symbols = {document.symbol.text.rstrip("*") for document in documents.listed}
    undated = {document.symbol.undated for document in documents.listed}
    bases = {document.symbol.base: document for document in documents.listed}
    for document in documents.cited:
        symbol = document.symbol
        text = symbol.text.rstrip("*")
        if not document.is_before or symbol.series not in series or text in symbols or symbol.has(Trait.UNLISTED):
            continue
        symbols.add(text)
        other = bases.get(symbol.base)
        if other:
            fields = {"symbol": text, "other": other.symbol.text}
            yield Problem(document.span, fields, related=(Related("listed", other.span, fields),))
        elif symbol.undated not in undated:  # else it is listed with another session or year (SYM002)
            yield Problem(document.span, {"symbol": text})
