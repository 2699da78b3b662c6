"""Joined documents: positions map back to each file."""

from __future__ import annotations

import pytest

from reportlint.document import Document, Source
from reportlint.document.joined_parts import join
from reportlint.readers import read

TEXTS = ("1. One.\r\n\r\n2. Two\u00a0*words*.\r\n", "", "# Title\n\n3. Thre\u0301e[^1].\n\n[^1]: A note.\n")


def documents() -> list[Document]:
    return [read(Source.from_text(text, f"{index}.md"), "markdown") for index, text in enumerate(TEXTS)]


def test_blocks_and_positions_match_those_of_the_files() -> None:
    parts = documents()
    joined = join(parts)
    assert (joined.source.path, joined.format) == ("0.md", "markdown")
    blocks = [(part.source, block) for part in parts for block in part.blocks]
    assert [block.text for block in joined.blocks] == [block.text for _, block in blocks]
    assert joined.part_starts == (2, 2)
    for (source, block), joined_block in zip(blocks, joined.blocks, strict=True):
        spans = [(block.span(i, i + 1), joined_block.span(i, i + 1)) for i in range(len(block.text))]
        spans += [
            (mark.span, joined_mark.span) for mark, joined_mark in zip(block.marks, joined_block.marks, strict=True)
        ]
        if block.enumerator and joined_block.enumerator:
            spans.append((block.enumerator.span, joined_block.enumerator.span))
        for span, joined_span in spans:
            assert joined.source.text[joined_span.start : joined_span.end] == source.text[span.start : span.end]
            assert joined.source.path_at(joined_span.start) == source.path
            assert joined.source.position(joined_span.start) == source.position(span.start)
            assert joined.source.end_position(joined_span.end) == source.end_position(span.end)
            assert joined.source.typed(*joined_span) == source.typed(*span)


@pytest.mark.parametrize("offset", range(80))
def test_every_offset_has_a_position(offset: int) -> None:
    source = join(documents()).source
    offset = min(offset, len(source.text))
    assert source.path_at(offset) in ("0.md", "1.md", "2.md")
    assert source.position(offset) >= (1, 1)
    assert source.end_position(offset) >= (1, 1)
