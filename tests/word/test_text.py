"""The text of Word files: what stands in runs, fields, boxes and alternatives."""

from __future__ import annotations

import pytest
from word_files import cell, field, paragraph, read_texts, run, table, word_file

from reportlint.word import EntryPlace, read_view

WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def box(*paragraphs: str) -> str:
    """Return a text box as Word writes it: a shape, and a picture for older versions."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    shape = f'<w:drawing><wps:txbx xmlns:wps="{WPS}">{content}</wps:txbx></w:drawing>'
    picture = f"<w:pict>{content}</w:pict>"
    alternatives = f'<mc:Choice Requires="wps">{shape}</mc:Choice><mc:Fallback>{picture}</mc:Fallback>'
    return f"<w:r><mc:AlternateContent>{alternatives}</mc:AlternateContent></w:r>"


def sdt(*content: str) -> str:
    return f'<w:sdt><w:sdtPr><w:alias w:val="Symbol"/></w:sdtPr><w:sdtContent>{"".join(content)}</w:sdtContent></w:sdt>'


_NESTED = f"</w:instrText></w:r>{field('PAGE', run('3'))}<w:r><w:instrText>"
INLINE = {
    "one run per character": ("".join(map(run, "12 July 2024")), "12 July 2024"),
    "hyphens": (run("A") + "<w:r><w:noBreakHyphen/></w:r>" + run("B"), "A-B"),
    "soft hyphens": (run("Har") + "<w:r><w:softHyphen/></w:r>" + run("bours"), "Harbours"),
    "tabs": (run("1.") + "<w:r><w:tab/></w:r>" + run("The") + '<w:r><w:ptab w:alignment="left"/></w:r>', "1.\tThe\t"),
    "end of a line": (run("Committee on") + "<w:r><w:br/></w:r>" + run("Harbours"), "Committee on\nHarbours"),
    "end of a page": (run("See") + '<w:r><w:br w:type="page"/></w:r>' + run("below."), "See\nbelow."),
    "begin of a page": ('<w:r><w:br w:type="page"/></w:r>' + run("Annex"), "Annex"),
    "end of lines in text": (run("The\nCommittee\tmet"), "The Committee met"),
    "symbols": ('<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:char="2013"/><w:sym w:char="x"/></w:r>', "•–"),
    "link": (run("See ") + f'<w:hyperlink r:id="rId9">{run("A/1")}</w:hyperlink>' + run("."), "See A/1."),
    "content control": (run("Item ") + sdt(run("3")) + run("."), "Item 3."),
    "smart tag": (f'<w:smartTag w:element="date">{run("3 ")}{run("May")}</w:smartTag>', "3 May"),
    "alternatives": (
        f'<mc:AlternateContent><mc:Choice Requires="x">{run("yes")}</mc:Choice>'
        f"<mc:Fallback>{run('no')}</mc:Fallback></mc:AlternateContent>",
        "yes",
    ),
    "field": (run("page ") + field("PAGEREF _Toc1", run("7"), run("8")), "page 78"),
    "field within a field": (field(f"IF {_NESTED} = 3", run("A"), field("REF x", run("B"))), "AB"),
    "simple field": (f'<w:fldSimple w:instr="REF x">{run("12")}</w:fldSimple>', "12"),
    "variable": (field("DOCVARIABLE &quot;jobn&quot;", run("X")) + run("Y"), "Y"),
    "simple variable": (f'<w:fldSimple w:instr=" DOCVARIABLE jobn">{run("X")}</w:fldSimple>' + run("Y"), "Y"),
    "variable around a field": (field("DOCVARIABLE x", field("PAGE", run("7"))) + run("Y"), "Y"),
    "field without a result": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TC "x"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("Text"),
        "Text",
    ),
    "from right to left": (run("العامة ", "<w:rtl/>") + run("A/1", "<w:rtl/>"), "العامة A/1"),
    "hidden": (run("seen ") + run("hidden", "<w:vanish/>") + run("again"), "seen again"),
    "hidden and shown by the run": (run("seen", '<w:vanish w:val="0"/>'), "seen"),
    "text over other text": (
        f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('reading')}</w:rt><w:rubyBase>{run('word')}</w:rubyBase></w:ruby></w:r>",
        "word",
    ),
    "comment": ('<w:commentRangeStart w:id="1"/>' + run("x") + '<w:r><w:commentReference w:id="1"/></w:r>', "x"),
}  # fmt: skip


@pytest.mark.parametrize("name", INLINE)
def test_text_of_a_paragraph(name: str) -> None:
    content, text = INLINE[name]
    view = read_view(word_file(paragraph(content)))
    (entry,) = view.entries
    assert "\n".join(view.text[line.start : line.end] for line in entry.lines) == text


@pytest.mark.parametrize("name", INLINE)
def test_texts_have_their_numbers_in_the_part(name: str) -> None:
    data = word_file(paragraph(INLINE[name][0]) + paragraph(run("last")))
    view = read_view(data)
    texts = read_texts(data)
    for node in view.nodes:
        assert texts[node.number].replace("\n", " ").replace("\t", " ") == view.text[node.span.start : node.span.end]
    assert view.text[view.nodes[-1].span.start :] == "last\n"


BODIES = {
    "content control around paragraphs": (sdt(paragraph(run("a")), paragraph(run("b"))), ["a", "b"]),
    "content control around a row": (f"<w:tbl>{sdt('<w:tr>' + cell(paragraph(run('a'))) + '</w:tr>')}</w:tbl>", ["a"]),
    "content control around a cell": (table(sdt(cell(paragraph(run("a")))) + cell(paragraph(run("b")))), ["a", "b"]),
    "alternatives of paragraphs": (
        f"<mc:AlternateContent><mc:Choice>{paragraph(run('a'))}</mc:Choice>"
        f"<mc:Fallback>{paragraph(run('b'))}</mc:Fallback></mc:AlternateContent>",
        ["a"],
    ),
    "field over paragraphs": (
        paragraph('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TOC</w:instrText></w:r>',
                  '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', run("I. Opening"))
        + paragraph(run("II. Closing"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        + paragraph(run("Text")),
        ["I. Opening", "II. Closing", "Text"],
    ),
    "box": (paragraph(run("before"), box(paragraph(run("a")), paragraph(run("b"))), run(" after")),
            ["before after", "a", "b"]),
    "box in a box": (paragraph(box(paragraph(run("a"), box(paragraph(run("b")))))), ["a", "b"]),
    "table in a box": (paragraph(box(table(cell(paragraph(run("a"))) + cell(paragraph(run("b")))))), ["a", "b"]),
    "table in a cell": (table(cell(paragraph(run("a")), table(cell(paragraph(run("b"))))) + cell(paragraph(run("c")))),
                        ["a", "b", "c"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BODIES)
def test_lines_of_a_body(name: str) -> None:
    body, lines = BODIES[name]
    assert [line for line in read_view(word_file(body)).text.splitlines() if line] == lines


def test_cells_are_grouped_by_row() -> None:
    first = cell(paragraph(run("States")), paragraph(run("Fiji"))) + cell(paragraph()) + cell(paragraph(run("(1)")))
    view = read_view(word_file(table(first, cell(paragraph(run("all")))) + paragraph(run("after"))))
    cells = [
        [[view.text[line.start : line.end] for line in lines] for lines in entry.cells]
        for entry in view.entries
        if entry.place is EntryPlace.ROW
    ]
    assert cells == [[["States", "Fiji"], [], ["(1)"]], [["all"]]]
