"""Decides which lines that no markup marks as headings are headings, by their shape and their neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from reportlint.document import Block, BlockKind, MarkKind
from reportlint.document.enumerators import continues, ends_sentence, readings
from reportlint.readers.blockmaker import PendingBlock
from reportlint.readers.spaced_text import COLUMNS
from reportlint.readers.text_lines import column

_LONGEST_TITLE = 260
_LONGEST_LABELLED_TITLE = 700
_LONGEST_ARABIC_TITLE = 120
_TITLE_LINES = 3
_WRAPPED_INDENT = 60
# In Python 3.11, looking up a member of an enumeration takes long.
_HEADING, _PARAGRAPH = BlockKind.HEADING, BlockKind.PARAGRAPH
_EMPHASIS = (MarkKind.STRONG, MarkKind.EMPHASIS)


class TitleShape(Enum):
    """The shape of a title in plain text. Only context decides whether those without a letter are headings."""

    LETTER = auto()
    ARABIC = auto()
    BARE = auto()


def title_of(text: str, pending: PendingBlock) -> TitleShape | None:
    """Return the shape that a pending paragraph shares with titles; ``None`` if it is not a title."""
    lines, head = pending.lines, pending.head
    longest = _LONGEST_LABELLED_TITLE if head[:1].isupper() else _LONGEST_TITLE
    if lines[-1][1] - lines[0][0] > longest + _WRAPPED_INDENT * len(lines):
        return None
    if len(lines) > _TITLE_LINES and not (head and _hangs(text, pending)):
        return None
    spaced = " ".join(text[start:end] for start, end in lines)[len(head) :].strip()
    words = " ".join(spaced.split())  # justified lines have wide gaps
    if not words or len(words) > longest or ends_sentence(words) or words[-1] in ",-" or words[0].islower():
        return None
    if not head:
        is_bare = words[0].isupper() and words[-1] not in ":;" and not COLUMNS.search(spaced)
        return TitleShape.BARE if is_bare else None
    if head[0].isupper():
        return TitleShape.LETTER
    if not head[0].isdecimal() or head[-1] != ".":
        return None
    is_short = len(words) <= _LONGEST_ARABIC_TITLE and (len(lines) == 1 or words.isupper())
    return TitleShape.ARABIC if is_short or _hangs(text, pending) else None


def _hangs(text: str, pending: PendingBlock) -> bool:
    """Return whether the second and later lines begin below the words of the first, as those of headings do.

    Those of paragraphs begin below the number.
    """
    (first, end), *others = pending.lines
    words = first + len(pending.head)
    words = end - len(text[words:end].lstrip())
    return bool(others) and {column(text, start) for start, _ in others} == {column(text, words)}


def resolve_emphasized(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks; emphasized lines that belong to a series of emphasized paragraphs are no headings.

    Such a line has the number before or after that of an emphasized paragraph, or continues its sentence.
    """
    resolved = list(blocks)
    titles = [index for index, block in enumerate(blocks) if block.kind is _HEADING and not block.level]
    for index in reversed(titles):
        if _is_in_series(resolved, index, -1):
            resolved[index] = resolved[index].replaced(kind=_PARAGRAPH)
    for index in titles:
        if resolved[index].kind is _HEADING and (
            _is_in_series(resolved, index, 1) or (index > 0 and _runs_on(resolved[index - 1], resolved[index]))
        ):
            resolved[index] = resolved[index].replaced(kind=_PARAGRAPH)
    return resolved


def _runs_on(before: Block, heading: Block) -> bool:
    """Return whether an emphasized line continues the emphasized numbered paragraph before it in mid-sentence."""
    return (
        heading.printed is None
        and before.printed is not None
        and before.kind is _PARAGRAPH
        and _is_emphasized(before)
        and not ends_sentence(before.text)
    )


def _is_emphasized(block: Block) -> bool:
    return any(mark.kind in _EMPHASIS and mark.start == 0 for mark in block.marks)


def _is_in_series(blocks: Sequence[Block], index: int, step: int) -> bool:
    """Return whether an emphasized line has the number after (``step`` 1) or before that of an emphasized paragraph.

    That is the nearest numbered paragraph before or after the line, with no heading in between. The search ends there,
    so that no block is looked at for two lines.
    """
    label = blocks[index].printed
    if label is None or not label[0].isdecimal():
        return False
    other = index - step
    while 0 <= other < len(blocks) and blocks[other].kind is not _HEADING:
        neighbour = blocks[other]
        if neighbour.printed is not None and neighbour.kind is _PARAGRAPH:
            labels = (neighbour.printed, label)
            return _is_emphasized(neighbour) and continues(*labels[::step])
        other -= step
    return False


def resolve_titles(blocks: Sequence[Block], titles: Sequence[int]) -> list[Block]:
    """Decide by context which of the possible headings ``titles`` are headings, and return all blocks.

    A block with an Arabic number is not a heading if the next or previous block continues its numbering, or if the
    next block continues its sentence. A block without a label is a heading if it follows a heading or the end of a
    sentence and precedes a numbered paragraph or, after the first of them, the first of several headings.
    """
    resolved = list(blocks)
    first_number = next((index for index, block in enumerate(blocks) if _is_number(block)), len(blocks))
    for index in titles:
        block = blocks[index]
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        label = block.printed
        if label is None:
            before = resolved[index - 1] if index else None
            ended = before and (before.kind is BlockKind.HEADING or ends_sentence(before.text))
            if ended and following and (_is_numbered(following) or (index > first_number and _is_first(following))):
                resolved[index] = block.replaced(kind=BlockKind.HEADING)
            continue
        previous, next_ = _neighbour(blocks, index, -1), _neighbour(blocks, index, 1)
        continued = following and following.printed is None and following.text[:1].islower()
        if continued or (previous and continues(previous, label)) or (next_ and continues(label, next_)):
            resolved[index] = block.replaced(kind=BlockKind.PARAGRAPH)
    return resolved


def _is_numbered(block: Block) -> bool:
    """Return whether a block is a numbered paragraph of laid-out text; a single flattened line is not evidence."""
    laid_out = block.indent > 0 or len(block.line_starts) > 1
    return laid_out and _is_number(block)


def _is_number(block: Block) -> bool:
    return block.printed is not None and block.printed.rstrip(".").isdecimal()


def _is_first(block: Block) -> bool:
    """Return whether a block is the first heading of a series: "I.", "A."."""
    return (
        block.kind is BlockKind.HEADING
        and block.printed is not None
        and any(label.value == 1 for label in readings(block.printed))
    )


def _neighbour(blocks: Sequence[Block], index: int, step: int) -> str | None:
    """Return the label of the nearest block in the direction of ``step``, skipping items; ``None`` if it has none."""
    index += step
    while 0 <= index < len(blocks) and blocks[index].kind is BlockKind.ITEM:
        index += step
    return blocks[index].printed if 0 <= index < len(blocks) else None
