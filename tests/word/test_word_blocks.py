"""Blocks of Word files: the same structure as that of the draft in Markdown."""

from __future__ import annotations

import pytest
from word_files import levels, numbered, paragraph, run, word_file

from reportlint.document import BlockKind, MarkKind
from reportlint.readers import decode
from reportlint.readers.word_blocks import read_word_document
from reportlint.word import read_word

LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{levels(("decimal", "%1."), ("lowerLetter", "(%2)"))}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def test_labels_titles_items_notes_and_rows() -> None:
    note = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    body = (
        paragraph(run("I.\tOpening", "<w:b/>"))
        + numbered("The Committee met.")
        + numbered("lamps", level=1)
        + paragraph(run("7.\tIt left"), note, run("."))
        + f"<w:tbl><w:tr><w:tc>{paragraph(run('(1)'))}</w:tc><w:tc>{paragraph(run('5'))}</w:tc></w:tr></w:tbl>"
    )
    notes = f'<w:footnote w:id="5">{paragraph(run("See A/1."))}</w:footnote>'
    source = read_word(word_file(body, {"numbering": LISTS, "footnotes": notes}), "a.docx")
    document = read_word_document(source)
    found = [(block.kind, block.enumerator.text if block.enumerator else "", block.text) for block in document.blocks]
    assert found == [
        (BlockKind.HEADING, "I.", "Opening"),
        (BlockKind.PARAGRAPH, "1.", "The Committee met."),
        (BlockKind.ITEM, "(a)", "lamps"),
        (BlockKind.PARAGRAPH, "7.", "It left."),
        (BlockKind.TABLE_ROW, "", "(1)\t5"),
        (BlockKind.FOOTNOTE, "1", "See A/1."),
    ]
    for block in document.blocks:
        start, end = block.span(0, 3)
        assert source.text[start:end] == block.text[:3].replace("\t", "\n")
    assert [mark.value for mark in document.blocks[3].marks] == ["1"]


def test_the_list_of_the_headings_makes_a_heading() -> None:
    lists = LISTS + '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
    place = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    body = "".join(
        paragraph(*title, properties=place) + numbered("Text.")
        for title in ([run("Lamps", "<w:b/>")], [run("[Buoys] "), run("Piers", "<w:b/>")], [run("Signs", "<w:b/>")])
    )
    document = read_word_document(read_word(word_file(body, {"numbering": lists}), "a.docx"))
    assert [block.kind for block in document.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH] * 3


def test_the_marks_of_two_notes_at_the_end_of_a_title() -> None:
    marks = [f'<w:r><w:footnoteReference w:id="{number}"/></w:r>' for number in (5, 6)]
    comma = run(", ", '<w:vertAlign w:val="superscript"/>')
    body = paragraph(run("Programme ", "<w:b/>"), marks[0], comma, marks[1])
    notes = "".join(f'<w:footnote w:id="{number}">{paragraph(run("See."))}</w:footnote>' for number in (5, 6))
    document = read_word_document(read_word(word_file(body, {"footnotes": notes}), "a.docx"))
    marks = [mark.value for mark in document.blocks[0].marks if mark.kind is MarkKind.FOOTNOTE]
    assert marks == ["1", "2"]


def test_words_in_bold_links_and_quotations() -> None:
    link = f'<w:hyperlink r:id="l1">{run("A/77/1")}</w:hyperlink>'
    body = (
        paragraph(run("Decision ", "<w:b/>"), run("1", "<w:b/>"), run(" The Committee met."))
        + paragraph(run("See "), link, run("."))
        + paragraph(run("Any name."), properties='<w:pStyle w:val="Q"/>')
        + paragraph(run("•\tFrance"))
        + paragraph(run("– Malta"))
    )
    styles = '<w:style w:type="paragraph" w:styleId="Q"><w:name w:val="Quote"/></w:style>'
    data = word_file(body, {"styles": styles}, links={"l1": "https://undocs.org/A/78/1"})
    blocks = read_word_document(read_word(data, "a.docx")).blocks
    marks = [(mark.kind, block.text[mark.start : mark.end], mark.value) for block in blocks for mark in block.marks]
    assert marks == [(MarkKind.STRONG, "Decision 1", ""), (MarkKind.LINK, "A/77/1", "https://undocs.org/A/78/1")]
    assert [(block.kind, block.bullet, block.text) for block in blocks[2:]] == [
        (BlockKind.QUOTATION, False, "Any name."),
        (BlockKind.ITEM, True, "France"),
        (BlockKind.ITEM, True, "Malta"),
    ]


def test_a_field_leads_to_an_address() -> None:
    field = f'<w:fldSimple w:instr=" HYPERLINK &quot;https://undocs.org/A/78/1&quot; ">{run("A/77/1")}</w:fldSimple>'
    document = read_word_document(read_word(word_file(paragraph(field)), "a.docx"))
    assert [mark.value for mark in document.blocks[0].marks] == ["https://undocs.org/A/78/1"]


def test_a_typed_letter_after_an_automatic_number() -> None:
    data = word_file(numbered("(a) The Chair spoke;"), {"numbering": LISTS})
    blocks = read_word_document(read_word(data, "a.docx")).blocks
    found = [(block.kind, block.enumerator.text if block.enumerator else "", block.text) for block in blocks]
    assert found == [(BlockKind.PARAGRAPH, "1.", ""), (BlockKind.ITEM, "(a)", "The Chair spoke;")]


def test_a_note_with_a_mark_that_is_typed() -> None:
    mark = (
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:customMarkFollows="1" w:id="5"/>'
    )
    body = paragraph(run("The Committee met."), mark + "<w:t>a</w:t></w:r>")
    notes = f'<w:footnote w:id="5">{paragraph(run("a"), run(" See A/1."))}</w:footnote>'
    blocks = read_word_document(read_word(word_file(body, {"footnotes": notes}), "a.docx")).blocks
    assert [mark.value for mark in blocks[0].marks] == ["a"]
    assert (blocks[1].enumerator and blocks[1].enumerator.text, blocks[1].text) == ("a", "See A/1.")


@pytest.mark.parametrize(
    ("language", "labels"), [("en-US", "1st 2nd"), ("fr-CH", "1er 2e"), ("pt-BR", "1 2"), ("", "1 2")]
)
def test_ordinals_are_those_of_the_language_of_the_file(language: str, labels: str) -> None:
    lists = f'<w:abstractNum w:abstractNumId="0">{levels(("ordinal", "%1"))}</w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    given = f'<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="{language}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    data = word_file(numbered("One") + numbered("Two"), {"numbering": lists, "styles": given})
    assert [line.split("\t")[0] for line in decode(data, "a.docx").lines] == labels.split()
