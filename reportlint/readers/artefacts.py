"""Repairs artefacts of pagination: joins paragraphs that a page break cut in mid-sentence."""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence

from reportlint.document import Block, BlockKind, Mark, OffsetMap, compact

_SENTENCE_END = re.compile(r"[.:;!?…。；：！？؟»”\"][\s'\"»”’)\]]*$")
# A line of a table of contents, which ends in a page number.
_PAGE_REFERENCE = re.compile(r"(?:\.\.\.|\t) ?(?:\d{1,4}(?: ?[-‒–—−] ?\d{1,4})? )?\d{1,4}$")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_RUNNING_TEXT_LENGTH = 80
_FOOTNOTE, _PARAGRAPH = BlockKind.FOOTNOTE, BlockKind.PARAGRAPH
_CONTINUED = (BlockKind.PARAGRAPH, BlockKind.ITEM)
_TITLE_LENGTH = 40
_PAGE_TAIL = 24


def join(blocks: Sequence[Block], page_breaks: Sequence[bool]) -> tuple[Block, ...]:
    """Join the pieces of paragraphs that a page break cut.

    ``page_breaks`` gives for each block whether a page may have ended before it (a rule, several blank lines, a
    form feed). A plain paragraph continues the previous paragraph or item, ignoring footnotes in between, if that
    one does not end a sentence and either the plain paragraph begins with a lower-case letter or a page ended
    between them.
    """
    joined: list[Block] = []
    group: list[Block] = []  # the pieces of the last paragraph that may be continued, which is joined[place]
    place = 0
    page_break = False
    for block, after_break in zip(blocks, page_breaks, strict=True):
        if block.kind is _FOOTNOTE:
            joined.append(block)
            page_break = True
            continue
        may_continue = group and block.kind is _PARAGRAPH and block.printed is None
        if may_continue and _continues(group, block, page_break or after_break):
            group.append(block)
        else:
            if len(group) > 1:
                joined[place] = _joined(group)
            group = [block] if block.kind in _CONTINUED else []
            place = len(joined)
            joined.append(block)
        page_break = False
    if len(group) > 1:
        joined[place] = _joined(group)
    return tuple(joined)


def _continues(group: list[Block], block: Block, page_break: bool) -> bool:
    """Return whether a paragraph without a label continues that of which ``group`` are the pieces."""
    if block.bullet or not block.text:
        return False
    before = group[-1].text
    if (
        not before
        or _SENTENCE_END.search(before[-12:])
        or _PAGE_REFERENCE.search(before[-_PAGE_TAIL:])
        or _PAGE_REFERENCE.search(block.text[-_PAGE_TAIL:])
    ):
        return False
    letter = _FIRST_LETTER.search(block.text[:12])
    if letter and letter.start() == 0 and letter.group().islower():
        return True
    first_line = block.line_starts[1] - 1 if len(block.line_starts) > 1 else len(block.text)
    if first_line < _TITLE_LENGTH and block.text[first_line - 1].isalnum():
        return False  # a title on the next page
    return page_break and (
        group[0].printed is not None or sum(len(piece.text) for piece in group[-2:]) >= _RUNNING_TEXT_LENGTH
    )


def _joined(group: list[Block]) -> Block:
    pieces: list[tuple[int, int]] = []
    marks: list[Mark] = []
    starts = array("I")
    length = 0
    for number, block in enumerate(group):
        if number:
            pieces.append((length, group[number - 1].span().end))
            length += 1
        pieces += [(length + here, there) for here, there in block.offsets.starts()]
        marks += [mark._replace(start=mark.start + length, end=mark.end + length) for mark in block.marks]
        starts.extend(length + start for start in block.line_starts)
        length += len(block.text)
    return group[0].replaced(
        text=" ".join(block.text for block in group),
        offsets=OffsetMap.of_pieces(pieces),
        marks=compact(marks),
        line_starts=starts,
    )
