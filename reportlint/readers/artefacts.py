"""What the making of pages leaves in a text: paragraphs cut in mid-sentence are put together again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from reportlint.document import Block, BlockKind, Mark, OffsetMap

_ENDED = re.compile(r"[.:;!?…。；：！？؟»”\"][\s'\"»”’)\]]*$")
# A line of a table of contents, which ends in its page.
_PAGED = re.compile(r"(?:\.\.\.|\t) ?\d{1,4}$")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_RUNNING = 80
_SHORT = 40


def join(blocks: Sequence[Block], page_breaks: Sequence[bool]) -> tuple[Block, ...]:
    """Join the pieces of paragraphs that a page break cut.

    ``page_breaks`` tells for each block whether a page may have ended before it (a rule, several blank
    lines, a form feed). A plain paragraph belongs to the paragraph or item before it, footnotes between
    them left aside, when that one has not ended its sentence and either the plain paragraph begins with a
    small letter or a page ended between them.
    """
    groups: list[list[Block]] = []
    last: int | None = None
    page_break = False
    for block, broken in zip(blocks, page_breaks, strict=True):
        if block.kind is BlockKind.FOOTNOTE:
            groups.append([block])
            page_break = True
            continue
        page_break = page_break or broken
        if last is not None and _continues(groups[last], block, page_break):
            groups[last].append(block)
        else:
            groups.append([block])
            last = len(groups) - 1 if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) else None
        page_break = False
    return tuple(group[0] if len(group) == 1 else _joined(group) for group in groups)


def _continues(group: list[Block], piece: Block, page_break: bool) -> bool:
    if piece.kind is not BlockKind.PARAGRAPH or piece.enumerator or piece.bullet or not piece.text:
        return False
    before = group[-1].text
    if not before or _ENDED.search(before[-12:]) or _PAGED.search(before[-12:]) or _PAGED.search(piece.text[-12:]):
        return False
    letter = _FIRST_LETTER.search(piece.text[:12])
    if letter and letter.start() == 0 and letter.group().islower():
        return True
    if len(piece.line_starts) == 1 and len(piece.text) < _SHORT and piece.text[-1].isalnum():
        return False  # a title on the next page
    return page_break and (group[0].enumerator is not None or sum(len(block.text) for block in group[-2:]) >= _RUNNING)


def _joined(group: list[Block]) -> Block:
    pieces: list[tuple[int, int]] = []
    marks: list[Mark] = []
    starts: list[int] = []
    at = 0
    for number, block in enumerate(group):
        if number:
            pieces.append((at, group[number - 1].span().end))
            at += 1
        pieces += [(at + here, there) for here, there in block.offsets.starts()]
        marks += [mark._replace(start=mark.start + at, end=mark.end + at) for mark in block.marks]
        starts += [at + start for start in block.line_starts]
        at += len(block.text)
    return replace(
        group[0],
        text=" ".join(block.text for block in group),
        offsets=OffsetMap.of_pieces(pieces),
        marks=tuple(marks),
        line_starts=tuple(starts),
    )
