"""Mastheads of the three templates: a floating table (Geneva, UNFCCC), or the header of the first page (New York)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from drafts import rules_for
from word_files import cell, field, paragraph, run, table, word_file

from reportlint.facts.agenda_references import MastheadItem
from reportlint.facts.masthead import Masthead
from reportlint.facts.title import Title
from reportlint.readers.word_blocks import read_word_document
from reportlint.word import EntryPlace, read_word

_FLOATS = '<w:tblPr><w:tblpPr w:horzAnchor="page" w:tblpX="1135" w:tblpY="568"/></w:tblPr>'
_VARIABLE = field('DOCVARIABLE "jobn"', run("24-01234 (E)"))
_ODS = '<w:commentRangeStart w:id="0"/><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>'
_COMMENT = f'<w:comment w:id="0" w:author="ODS">{paragraph(run("ODS JOB NO A/99/999"))}</w:comment>'
_LAST = "Distr.: General", "5 February 2024", "", "Original: English"
_TEXT = (
    paragraph(run("Committee on Harbour Safety", "<w:b/>"))
    + paragraph(run("Fifth session"))
    + paragraph(run("Item 3 of the provisional agenda", "<w:b/>"))
    + paragraph(run("Report of the Committee on Harbour Safety", "<w:b/>"))
    + paragraph(run("1."), "<w:r><w:tab/></w:r>", run("The Committee took note of the report."))
)


def rows(*rows: tuple[tuple[str, ...], ...], properties: str = "") -> str:
    """Return a table; a cell is its paragraphs."""
    return table(*("".join(cell(*map(_line, lines)) for lines in row) for row in rows), properties=properties)


def _line(text: str) -> str:
    """Return a paragraph that is cut into runs, as symbols are in real files."""
    return paragraph(*(run(part) for part in (text[:2], text[2:]) if part))


def geneva() -> bytes:
    head = rows(
        ((("",)), ("United Nations",), ("A/HRC/55/12",)),
        ((("",)), ("General Assembly",), _LAST),
        properties=_FLOATS,
    )
    headers = {"header1": paragraph(run("A/HRC/55/12")), "header2": paragraph(run("A/HRC/55/12"))}
    section = (
        '<w:sectPr><w:headerReference w:type="even" r:id="header1"/>'
        '<w:headerReference w:type="default" r:id="header2"/><w:titlePg/></w:sectPr>'
    )
    body = head + paragraph(_ODS) + _TEXT + paragraph(_VARIABLE) + section
    return word_file(body, {"comments": _COMMENT, **headers})


def unfccc() -> bytes:
    head = rows(
        (("",), ("United Nations",), ("",), ("A/HRC/55/12",)),
        (("",), ("Framework Convention on", "Harbour Lights"), _LAST),
        properties=_FLOATS,
    )
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header1"/></w:sectPr>'
    return word_file(head + _TEXT + section, {"header1": paragraph(run("A/HRC/55/12"))})


def new_york() -> bytes:
    first = rows(
        (("",), ("United Nations",), ("",), ("A/HRC/55/12",)),
        ((" ",), ("General Assembly",), ("",), _LAST),
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header2"/>'
        '<w:headerReference w:type="first" r:id="header1"/><w:titlePg/></w:sectPr>'
    )
    body = paragraph(_ODS, properties=section) + _TEXT + "<w:sectPr/>"
    return word_file(body, {"header1": first, "header2": paragraph(run("A/HRC/55/12")), "comments": _COMMENT})


@pytest.mark.parametrize("make", [geneva, unfccc, new_york])
def test_facts_are_the_same(make: Callable[[], bytes]) -> None:
    source = read_word(make(), "draft.docx")
    facts = rules_for().facts_for(read_word_document(source), "en")
    masthead = facts.get(Masthead)
    assert masthead.symbol
    assert masthead.symbol.text == "A/HRC/55/12"
    assert masthead.distribution
    assert masthead.distribution.value == "general"
    assert masthead.original
    assert masthead.original.text == "Original: English"
    assert masthead.date == date(2024, 2, 5)
    assert facts.get(MastheadItem).number == 3
    assert facts.get(Title).text == "Report of the Committee on Harbour Safety"


@pytest.mark.parametrize("make", [geneva, unfccc, new_york])
def test_other_headers_are_running_heads_and_marks_of_the_office_are_no_text(make: Callable[[], bytes]) -> None:
    view = read_word(make(), "draft.docx").view
    heads = [entry for entry in view.entries if entry.place is EntryPlace.HEADER]
    assert [view.text[line.start : line.end] for entry in heads for line in entry.lines] == ["A/HRC/55/12"]
    assert "ODS" not in view.text
    assert "24-01234" not in view.text
