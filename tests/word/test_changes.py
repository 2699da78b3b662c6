"""Tracked changes and text that is struck through or hidden: the accepted text, and the original."""

from __future__ import annotations

import pytest
from word_files import cell, levels, numbered, paragraph, run, table, word_file

from reportlint.word import ACCEPTED, ORIGINAL, read_view

LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{levels(("decimal", "%1."), ("lowerLetter", "(%2)"))}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="character" w:styleId="Old"><w:name w:val="Old"/><w:rPr><w:strike/></w:rPr></w:style>'
)
NUMBER = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
STRUCK = "<w:strike/>"


def inserted(*runs: str) -> str:
    return f'<w:ins w:id="1" w:author="A">{"".join(runs)}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="A"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def mark(kind: str) -> str:
    """Return the properties of a paragraph whose mark is inserted, deleted or moved."""
    return f'<w:rPr><w:{kind} w:id="3" w:author="A"/></w:rPr>'


def lines_of(body: str, original: bool) -> list[str]:
    view = read_view(word_file(body, {"numbering": LISTS, "styles": STYLES}), ORIGINAL if original else ACCEPTED)
    return [line for line in view.text.splitlines() if line]


CASES = {
    "insertion": (paragraph(run("a "), inserted(run("b "), run("c "))), ["a b c "], ["a "]),
    "deletion": (paragraph(run("a "), deleted("b ")), ["a "], ["a b "]),
    "insertion that is deleted": (paragraph(run("a "), inserted(deleted("b "))), ["a "], ["a "]),
    "moved text": (
        paragraph(run("a "), f'<w:moveFrom w:id="5">{run("b ")}</w:moveFrom>')
        + paragraph(run("c "), f'<w:moveTo w:id="6">{run("b ")}</w:moveTo>'),
        ["a ", "c b "],
        ["a b ", "c "],
    ),
    "struck": (paragraph(run("Annex "), run("3", STRUCK), run("2")), ["Annex 2"], ["Annex 32"]),
    "struck twice": (paragraph(run("Annex "), run("3", "<w:dstrike/>"), run("2")), ["Annex 2"], ["Annex 32"]),
    "struck by the style": (paragraph(run("a "), run("b", '<w:rStyle w:val="Old"/>')), ["a "], ["a b"]),
    "not struck": (paragraph(run("a", '<w:strike w:val="0"/><w:dstrike w:val="false"/>')), ["a"], ["a"]),
    "not struck after all": (paragraph(run("b", '<w:rStyle w:val="Old"/><w:strike w:val="0"/>')), ["b"], ["b"]),
    "struck paragraph": (
        numbered("one") + paragraph(run("two", STRUCK), properties=NUMBER) + numbered("three"),
        ["1.\tone", "2.\tthree"],
        ["1.\tone", "2.\ttwo", "3.\tthree"],
    ),
    "deleted end of a paragraph": (
        paragraph(run("a "), properties=NUMBER + mark("del")) + numbered("b") + numbered("c"),
        ["1.\ta b", "2.\tc"],
        ["1.\ta ", "2.\tb", "3.\tc"],
    ),
    "deleted ends of paragraphs": (
        paragraph(run("a "), properties=mark("del"))
        + paragraph(run("b "), properties=mark("moveFrom")) + numbered("c", level=1),
        ["(a)\ta b c"],
        ["a ", "b ", "(a)\tc"],
    ),
    "deleted paragraph": (
        numbered("one") + paragraph(deleted("two"), properties=NUMBER + mark("del")) + numbered("three"),
        ["1.\tone", "2.\tthree"],
        ["1.\tone", "2.\ttwo", "3.\tthree"],
    ),
    "inserted paragraph": (
        numbered("one") + paragraph(inserted(run("two")), properties=NUMBER + mark("ins")) + numbered("three"),
        ["1.\tone", "2.\ttwo", "3.\tthree"],
        ["1.\tone", "2.\tthree"],
    ),
    "moved paragraph": (
        paragraph(f'<w:moveFrom w:id="5">{run("two")}</w:moveFrom>', properties=NUMBER + mark("moveFrom"))
        + numbered("one")
        + paragraph(f'<w:moveTo w:id="6">{run("two")}</w:moveTo>', properties=NUMBER + mark("moveTo"))
        + numbered("three"),
        ["1.\tone", "2.\ttwo", "3.\tthree"],
        ["1.\ttwo", "2.\tone", "3.\tthree"],
    ),
    "number that is new": (
        paragraph(run("a"), properties=f'{NUMBER}<w:pPrChange w:id="7" w:author="A"><w:pPr/></w:pPrChange>'),
        ["1.\ta"],
        ["a"],
    ),
    "deleted and inserted rows": (
        f'<w:tbl><w:tr><w:trPr>{mark("del")[7:-8]}</w:trPr>{cell(paragraph(deleted("old")))}</w:tr>'
        f'<w:tr><w:trPr>{mark("ins")[7:-8]}</w:trPr>{cell(paragraph(inserted(run("new"))))}</w:tr></w:tbl>',
        ["new"],
        ["old"],
    ),
    "deleted and inserted cells": (
        table(
            f'<w:tc><w:tcPr><w:cellDel w:id="8"/></w:tcPr>{paragraph(run("old"))}</w:tc>'
            f'<w:tc><w:tcPr><w:cellIns w:id="9"/></w:tcPr>{paragraph(run("new"))}</w:tc>'
        ),
        ["new"],
        ["old"],
    ),
    "hidden": (paragraph(run("a"), run("b", "<w:vanish/>")), ["a"], ["a"]),
    "deleted end of a field": (
        paragraph('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF x</w:instrText></w:r>',
                  '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', run("7"),
                  '<w:del w:id="2"><w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>', run(" lamps")),
        ["7 lamps"],
        ["7 lamps"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_accepted_and_original_text(name: str) -> None:
    body, accepted, original = CASES[name]
    assert lines_of(body, original=False) == accepted
    assert lines_of(body, original=True) == original


def test_a_paragraph_that_is_joined_has_the_style_of_the_last() -> None:
    first = paragraph(run("Ope"), properties='<w:pStyle w:val="H"/>' + mark("del"))
    second = paragraph(run("ning"), properties='<w:pStyle w:val="H"/>')
    plain = paragraph(run("ning"))
    for body, level in ((first + second, 1), (first + plain, None)):
        (entry,) = read_view(word_file(body, {"styles": STYLES})).entries
        assert entry.level == level


def test_struck_runs_are_counted() -> None:
    body = paragraph(run("a", STRUCK), run("b"), run("c", STRUCK)) + paragraph(run("d", STRUCK))
    assert read_view(word_file(body)).struck == 3
    assert read_view(word_file(body), ORIGINAL).struck == 0
