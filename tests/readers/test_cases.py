"""The blocks that drafts are read as (see cases.yaml)."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportlint.document import BlockKind, MarkKind, Source
from reportlint.readers import format_of, read

CASES = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text(encoding="utf-8"))
LISTED_MARKS = (MarkKind.FOOTNOTE, MarkKind.LINK, MarkKind.SUPERSCRIPT, MarkKind.CODE)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    document = read(Source.from_text(case["source"]), case.get("format", "markdown"))
    blocks = [
        [block.kind.value, block.enumerator.text if block.enumerator else None, block.text] for block in document.blocks
    ]
    assert blocks == case["blocks"]
    if "marks" in case:
        marks = [mark for block in document.blocks for mark in block.marks if mark.kind in LISTED_MARKS]
        assert [f"{mark.kind.value} {mark.value}".strip() for mark in marks] == case["marks"]


def test_formats() -> None:
    assert [format_of(name) for name in ("a.md", "b.MARKDOWN", "c.txt", "d.docx", "e.pdf", "f")] == [
        "markdown",
        "markdown",
        "text",
        "word",
        None,
        None,
    ]
    with pytest.raises(ValueError, match="pdf"):
        read(Source.from_text(""), "pdf")


def test_marks_give_their_text_and_markup() -> None:
    text = "# I. **Bold** and *both `code`*[^1]\n\n2. See [it](#x)."
    document = read(Source.from_text(text), "markdown")
    marks = [
        (mark.kind, block.text[mark.start : mark.end], text[mark.span.start : mark.span.end])
        for block in document.blocks
        for mark in block.marks
    ]
    assert marks == [
        (MarkKind.STRONG, "Bold", "**Bold**"),
        (MarkKind.EMPHASIS, "both code", "*both `code`*"),
        (MarkKind.CODE, "code", "`code`"),
        (MarkKind.FOOTNOTE, "", "[^1]"),
        (MarkKind.LINK, "it", "[it](#x)"),
    ]


def test_enumerators_give_their_source_range() -> None:
    text = "# **I. Work**\n\n12\\. One.\n\n  - *(a)* two;\n\n[^7]: Note.\n"
    document = read(Source.from_text(text), "markdown")
    enumerators = [block.enumerator for block in document.blocks if block.enumerator]
    assert [text[slice(*enumerator.span)] for enumerator in enumerators] == ["I.", "12\\.", "(a)", "[^7]"]
    assert [block.head for block in document.blocks] == [enumerator.span for enumerator in enumerators]


def test_lines_of_a_block() -> None:
    document = read(Source.from_text("Distr. limited  \n3 May 2022\nOriginal:\\\nEnglish<br>French\n"), "markdown")
    block = document.blocks[0]
    starts = [*block.line_starts, len(block.text) + 1]
    assert [block.text[a : b - 1] for a, b in pairwise(starts)] == [
        "Distr. limited",
        "3 May 2022",
        "Original:",
        "English",
        "French",
    ]


def test_cells_of_a_row() -> None:
    document = read(Source.from_text("|a|b c||\n|-|-|-|\n"), "markdown")
    (block,) = document.blocks
    assert block.kind is BlockKind.TABLE_ROW
    assert [block.text[mark.start : mark.end] for mark in block.marks] == ["a", "b c", ""]


@pytest.mark.parametrize("format", ["markdown", "text"])
def test_a_joined_block_maps_to_both_pieces(format: str) -> None:
    text = "1. A paragraph about the\n\n\n\ncause of it.\n"
    document = read(Source.from_text(text), format)
    (block,) = document.blocks
    for word in ("paragraph", "the", "cause", "it."):
        start = block.text.index(word)
        assert text[slice(*block.span(start, start + len(word)))] == word
    assert block.text[block.line_starts[1] :] == "cause of it."
    assert document.block_at(text.index("cause")) == 0


def test_comments_give_their_source_range() -> None:
    text = (
        "<!-- one --> <!-- two -->\n1. Three <!-- in\nline --> four.\n\n# **A** <!-- title -->\n\n"
        "```\n<!-- code -->\n```\n\n`<!-- span -->`\n\n"
        "| a <!-- cell --> |\n|---|\n\n<!-- \n\n five --> text\n\n<!-- open"
    )
    document = read(Source.from_text(text), "markdown")
    assert [(comment.text.strip(), comment.alone) for comment in document.comments] == [
        ("one", True), ("two", True), ("in\nline", False), ("title", False), ("cell", False), ("five", False),
        ("open", True),
    ]  # fmt: skip
    for comment in document.comments:
        assert text[comment.inner.start : comment.inner.end] == comment.text
        assert text[comment.span.start : comment.span.end] in (f"<!--{comment.text}-->", f"<!--{comment.text}")
    comment = document.comments[0]
    assert document.block_at(comment.inner.start) == document.block_after(comment.span.end) == 0
    assert document.block_after(document.comments[-1].span.end) is None
