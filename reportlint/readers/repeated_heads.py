"""Drops the running heads that a converter left between the paragraphs of a Markdown draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from reportlint.document import Block, BlockKind, MarkKind, Span

_FEWEST = 5
_LONGEST = 200
_KINDS = (BlockKind.HEADING, BlockKind.PARAGRAPH)


def without_running_heads(
    blocks: Sequence[Block], page_breaks: Sequence[bool]
) -> tuple[list[Block], list[bool], tuple[Span, ...]]:
    """Return the blocks without running heads, whether a page may end before each, and where the heads are.

    A running head is a short text without a label, in italics throughout, that recurs, always after a page break.
    The first block is kept: it may be the title.
    """
    candidates = Counter(block.text for block in blocks if block.marks and _may_be_head(block))
    heads = {text for text, count in candidates.items() if count >= _FEWEST}
    if heads:
        heads -= {blocks[index].text for index in range(1, len(blocks)) if not page_breaks[index]}
    if not heads:
        return list(blocks), list(page_breaks), ()
    kept: list[Block] = []
    kept_breaks: list[bool] = []
    dropped: list[Span] = []
    page_break = False
    for block, after in zip(blocks, page_breaks, strict=True):
        if kept and block.marks and block.text in heads and _may_be_head(block):
            dropped.append(block.span())
            page_break = True
            continue
        kept.append(block)
        kept_breaks.append(after or page_break)
        page_break = False
    return kept, kept_breaks, tuple(dropped)


def _may_be_head(block: Block) -> bool:
    if block.kind not in _KINDS or block.printed is not None or len(block.text) > _LONGEST:
        return False
    end = 0
    for mark in block.marks:
        if mark.kind is MarkKind.EMPHASIS and not block.text[end : mark.start].strip():
            end = mark.end
    return 0 < len(block.text) == end
