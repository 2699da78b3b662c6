"""Properties that hold for every draft, however strange."""

import re
import unicodedata

import pytest
from drafts import EFFORT
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportlint.document import Block, BlockKind, Document, Source
from reportlint.readers import read

TOKENS = [
    *(
        "a",
        "B",
        "word ",
        "été",
        "É. ",
        "fin.",
        " ",
        "  ",
        "\t",
        "\n",
        "\n\n",
        "\n\n\n\n",
        "    ",
        "\f",
        "\r\n",
    ),
    *(
        "*",
        "**",
        "***",
        "_",
        "__",
        "`",
        "``",
        "```",
        "~~~",
        "\\",
        "\\*",
        "#",
        "## ",
        "===\n",
        "---\n",
        "> ",
        "- ",
    ),
    *(
        "1. ",
        "12 bis. ",
        "36.1 ",
        "IV. ",
        "a) ",
        "(a) ",
        "(iv) ",
        "1) ",
        "12\\. ",
        "2022. ",
        "• ",
        "| ",
        "|",
        "|-|-|\n",
    ),
    *(
        "[",
        "]",
        "![",
        "](",
        "](x)",
        "[^1]",
        "[^1]: ",
        "[a]: b\n",
        "<sup>1</sup>",
        "<sup>er</sup>",
        "<sup>",
        "</sup>",
    ),
    *("<!--", "-->", "<br>", "<b>", "</b>", "<div>", "</div>", "<h2>", "</h2>", "<li>", "<script>", "<", ">"),
    *("<span>", '<span class="x">', "</span>", "<span>(2)</span>", "</span><span>", "<table>", "<tr>", "<td>", "</td>"),
    *(
        "<http://x>",
        "&amp;",
        "&nbsp;",
        "&shy;",
        "&#10;",
        "&#0;",
        "&zz;",
        "¹",
        "²,³",
        "\u2019",
        "\u00a0",
        "e\u0301",
    ),
    *("\u00ad", "\u2028", "\x0b", "\x85", "\ufeff", "😀", "第一", "（一）", "٣. ", ";", ":", "»", '"'),
]
DRAFTS = st.lists(st.sampled_from(TOKENS), max_size=60).map("".join)
FORMATS = pytest.mark.parametrize("format", ["markdown", "text"])
# Source characters that a space, or the tab between cells, may replace.
TAG = re.compile("<[^<>]*>")
WHITE = " \n\t\f\\<>|&\x0b\x1c\x1d\x1e\x85\u2028"


def check(document: Document, block: Block) -> None:
    source = document.source.text
    last = -1
    for offset, character in enumerate(block.text):
        origin = block.offsets(offset)
        original = source[origin]
        decoded = source.rfind("&", max(0, origin - 2), origin + 1) >= 0
        # The space that joins two lines or pieces may come from anywhere in the gap between them.
        seam = character == " " and offset + 1 in block.line_starts
        assert original == character or decoded or seam or (character in " \t" and original in WHITE)
        assert origin >= last
        last = origin
    assert block.line_starts[0] == 0
    assert list(block.line_starts) == sorted(set(block.line_starts))
    assert "\n" not in block.text
    for mark in block.marks:
        assert 0 <= mark.start <= mark.end <= len(block.text)
        assert 0 <= mark.span.start <= mark.span.end <= len(source)
    if block.enumerator:
        printed = TAG.sub("", source[slice(*block.enumerator.span)])
        assert [c for c in printed if c.isalnum()][:1] == [c for c in block.enumerator.text if c.isalnum()][:1] or (
            block.kind is BlockKind.FOOTNOTE or "&" in printed
        )
        assert block.enumerator.span.start < block.enumerator.span.end


@FORMATS
@settings(max_examples=400 * EFFORT, deadline=None)
@given(draft=DRAFTS)
@example(draft="<sup>b\n\u2028a</sup>")
@example(draft="[<span>(2)</span>")
def test_every_character_maps_to_its_origin(format: str, draft: str) -> None:
    document = read(Source.from_text(draft), format)
    for block in document.blocks:
        check(document, block)


@FORMATS
@settings(max_examples=100 * EFFORT, deadline=None)
@given(draft=st.text(max_size=80))
def test_any_text_can_be_read(format: str, draft: str) -> None:
    document = read(Source.from_text(draft), format)
    for block in document.blocks:
        check(document, block)


@settings(max_examples=200 * EFFORT, deadline=None)
@given(draft=DRAFTS, data=st.data())
def test_a_slice_maps_to_its_characters(draft: str, data: st.DataObject) -> None:
    document = read(Source.from_text(draft), "markdown")
    for block in document.blocks:
        if block.text:
            start = data.draw(st.integers(0, len(block.text) - 1))
            end = data.draw(st.integers(start + 1, len(block.text)))
            first, last = block.span(start, end)
            assert first == block.offsets(start)
            assert last == block.offsets(end - 1) + 1
            kept = iter(document.source.text[first:last])
            letters = [c for c in block.text[start:end] if c.isalpha()]
            if "&" not in draft:
                assert all(letter in kept for letter in letters)


@FORMATS
@settings(max_examples=150 * EFFORT, deadline=None)
@given(draft=st.lists(st.sampled_from([t for t in TOKENS if "\r" not in t]), max_size=50).map("".join))
def test_encoding_variants_are_read_alike(format: str, draft: str) -> None:
    def blocks_of(text: str) -> list[object]:
        blocks = read(Source.from_text(text), format).blocks
        return [(b.kind, b.text, b.enumerator and b.enumerator.text, b.line_starts) for b in blocks]

    expected = blocks_of(draft)
    assert blocks_of(draft.replace("\n", "\r\n")) == expected
    assert blocks_of("\ufeff" + draft) == expected
    assert blocks_of(unicodedata.normalize("NFD", draft)) == blocks_of(unicodedata.normalize("NFC", draft))
    assert blocks_of(draft.replace("'", "\u2019")) == blocks_of(draft.replace("\u2019", "'"))
    assert blocks_of(draft.replace(" ", "\u00a0")) == expected


@FORMATS
def test_encoding_variants_have_the_right_positions(format: str) -> None:
    plain = "1. Réunion à l'ONU\n\nde l'été.\n\n2. Clôture à l'été.\n"
    variants = {
        "plain": plain,
        "crlf": plain.replace("\n", "\r\n"),
        "bom": "\ufeff" + plain,
        "nfd": unicodedata.normalize("NFD", plain),
        "curly": plain.replace("'", "\u2019"),
        "nbsp": plain.replace(" ", "\u00a0"),
    }
    for text in variants.values():
        source = Source.from_text(text)
        first, second = read(source, format).blocks
        assert first.text == "Réunion à l'ONU de l'été."
        for block, word in ((first, "été"), (second, "l'été"), (second, "Clôture")):
            start = block.text.index(word)
            span = block.span(start, start + len(word))
            (line, column), (end_line, end_column) = (
                source.position(span.start),
                source.end_position(span.end),
            )
            printed = source.original.replace("\r\n", "\n").split("\n")[line - 1][column - 1 : end_column - 1]
            assert line == end_line
            assert unicodedata.normalize("NFC", printed).replace("\u2019", "'") == word


HOSTILE = {
    "one long line": "word " * 1_000_000,
    "nested bullets": "- " * 10_000 + "x",
    "nested lists": "".join(" " * level + "- a\n" for level in range(1_500)),
    "nested quotations": "> " * 10_000 + "x",
    "nested ordered lists": "1. " * 10_000 + "x",
    "nested divisions": "<div>" * 10_000,
    "nested spans": "<span>a" * 10_000,
    "spans side by side": "<span>A</span>" * 20_000,
    "rows without end": "<tr><td>a<td>" * 10_000,
    "a row of cells": "<tr>" + "<td>a" * 20_000,
    **{
        f"unclosed {token}": token * 20_000
        for token in (
            "*a",
            "_a ",
            "***a ",
            "[",
            "![",
            "[a](",
            "](",
            "<",
            "<a ",
            "<!--",
            "x<!--",
            "&a",
            "`",
            "<sup>",
            "\\",
        )
    },
    "all runs of backticks": " ".join("`" * size for size in range(1, 400)),
    "mixed emphasis": "***a** b* " * 20_000,
    "pieces of a sentence": "1. One\n\n" + "two three\n\n" * 20_000,
    "one wide table": "|a" * 20_000 + "\n" + "|-" * 20_000,
    "white space": "a" + " " * 500_000 + "b",
    "blank lines": "\n" * 200_000,
    "form feeds": "1\f" * 50_000,
    "nothing": "",
}


@FORMATS
@pytest.mark.parametrize("draft", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_drafts_are_read(format: str, draft: str) -> None:
    document = read(Source.from_text(draft), format)
    assert sum(len(block.text) for block in document.blocks) <= len(draft) + len(document.blocks)
