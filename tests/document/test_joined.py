"""Several files as one document: positions lead back to each of them."""

from __future__ import annotations

import pytest

from reportlint.document import Document, Source
from reportlint.document.joined import join
from reportlint.readers import read

TEXTS = ("1. One.\r\n\r\n2. Two\u00a0*words*.\r\n", "", "# Title\n\n3. Thre\u0301e[^1].\n\n[^1]: A note.\n")


def documents() -> list[Document]:
    return [read(Source.from_text(text, f"{index}.md"), "markdown") for index, text in enumerate(TEXTS)]


def test_blocks_and_positions_are_those_of_the_files() -> None:
    alone = documents()
    whole = join(alone)
    assert (whole.source.path, whole.format) == ("0.md", "markdown")
    blocks = [(document.source, block) for document in alone for block in document.blocks]
    assert [block.text for block in whole.blocks] == [block.text for _, block in blocks]
    assert whole.part_starts == (2, 2)
    for (source, own), joined in zip(blocks, whole.blocks, strict=True):
        pairs = [(own.span(i, i + 1), joined.span(i, i + 1)) for i in range(len(own.text))]
        pairs += [(one.span, other.span) for one, other in zip(own.marks, joined.marks, strict=True)]
        if own.enumerator and joined.enumerator:
            pairs.append((own.enumerator.span, joined.enumerator.span))
        for there, here in pairs:
            assert whole.source.text[here.start : here.end] == source.text[there.start : there.end]
            assert whole.source.path_at(here.start) == source.path
            assert whole.source.position(here.start) == source.position(there.start)
            assert whole.source.end_position(here.end) == source.end_position(there.end)
            assert whole.source.typed(*here) == source.typed(*there)


@pytest.mark.parametrize("offset", range(80))
def test_every_offset_has_a_place(offset: int) -> None:
    source = join(documents()).source
    place = min(offset, len(source.text))
    assert source.path_at(place) in ("0.md", "1.md", "2.md")
    assert source.position(place) >= (1, 1)
    assert source.end_position(place) >= (1, 1)
