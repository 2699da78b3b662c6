"""Lines of running text: items, numbered and plain paragraphs, titles in bold, and indented code."""

from __future__ import annotations

from typing import NamedTuple

from reportlint.document import BlockKind, Enumerator
from reportlint.document.enumerators import Split
from reportlint.readers.blockmaker import PendingBlock, glued_titles
from reportlint.readers.markdown.code_lines import add_code, open_fence
from reportlint.readers.markdown.line_starts import BULLET, BULLETS, DECIMAL, FENCE, enumerator
from reportlint.readers.markdown.state import CODE_INDENT, Line, MarkdownState
from reportlint.readers.running_labels import begins_list

_SURE_BULLETS = "-*+•▪◦‣●○■□"
_FULL_LINE = 55
_TEXT_BELOW = 1500
_PARAGRAPH = BlockKind.PARAGRAPH


class _Opening(NamedTuple):
    """A line that opens a block.

    Its words begin at ``start``, after any bullet, with the enumerator ``head``, if there is one. ``split`` divides
    them into the enumerator and the rest, if both can be read apart.
    """

    line: Line
    start: int
    bullet: bool
    head: str
    split: Split | None
    indent: int


def running_text(line: Line, state: MarkdownState) -> None:
    """Add a line that nothing else recognizes to the open block, or open another with the first form that fits."""
    elements, pending, text, start = state.elements, state.pending, state.text, line.first
    if text[start] in BULLETS and BULLET.match(text, start, line.last):
        start = _after_bullets(line, state)
    bullet, elements.begins_item = elements.begins_item or start > line.first, False
    head, split = enumerator(start, line.last, state)
    if pending and not bullet and not (head and _begins_block(head, pending, state)):
        pending.add_line(line.first, line.last)
        return
    opening = _Opening(line, start, bullet, head, split, max(line.indent, elements.indent))
    for opens in _AFTER_BULLET if start > line.first else _LABELLED if bullet or head else _PLAIN:
        if opens(opening, state):
            return


def _after_bullets(line: Line, state: MarkdownState) -> int:
    """Return the offset after the bullets with which a line seems to begin; its beginning if they are part of it."""
    text, start, pending = state.text, line.first, state.pending
    if text[line.first] not in _SURE_BULLETS and pending is not None and not pending.ends_sentence(text):
        return start
    while match := BULLET.match(text, start, line.last):
        start = match.end()
    return start


def _bullet_alone(opening: _Opening, state: MarkdownState) -> bool:
    """Skip a bullet without words."""
    return opening.start >= opening.line.last


def _fence_in_item(opening: _Opening, state: MarkdownState) -> bool:
    """Open a code fence just after a bullet."""
    match = FENCE.match(state.text, opening.start, opening.line.last)
    if match is None:
        return False
    open_fence(match, opening.indent, opening.line.quoted, state)
    return True


def _indented_code(opening: _Opening, state: MarkdownState) -> bool:
    """Add an indented line between blocks, outside lists, as code."""
    if opening.indent < CODE_INDENT or state.pending is not None:
        return False
    if state.in_list or opening.line.quoted or state.elements.depth:
        return False
    add_code([(state.text.rfind("\n", 0, opening.line.first) + 1, opening.line.last)], state)
    return True


def _number_alone(opening: _Opening, state: MarkdownState) -> bool:
    """Open a paragraph at a line that holds only its number ("115.25"); the words follow on the next lines."""
    last, head = opening.line.last, opening.head
    if not head or opening.start + len(head) != last or not DECIMAL.fullmatch(head):
        return False
    label = Enumerator(head, opening.start, last - opening.start)
    state.labels.remember(head)
    state.open(
        PendingBlock(
            BlockKind.PARAGRAPH, [], opening.indent, opening.bullet, label=label, head=head, quoted=opening.line.quoted
        )
    )
    return True


def _bold_title(opening: _Opening, state: MarkdownState) -> bool:
    """Add a line that is emphasized throughout as a heading, whatever follows."""
    source, first, last = state.text, opening.line.first, opening.line.last
    if opening.line.quoted or source[first : first + 2] not in ("**", "__") or source[last - 1] not in "*_":
        return False
    if last - first > _FULL_LINE and source.startswith(source[first : first + 2], last + 1):
        return False  # a sentence in bold, each line of which the converter marked
    lines = [(first, last)]
    titles = glued_titles(state.read(source, lines))
    if not titles:
        return False
    state.open(PendingBlock(BlockKind.PARAGRAPH, lines, opening.indent, titles=titles))
    state.close()
    return True


def _paragraph(opening: _Opening, state: MarkdownState) -> bool:
    """Open an item or paragraph."""
    nested = bool(opening.head) and state.in_list and opening.indent > state.paragraph_indent + 1
    if opening.bullet or opening.head:
        state.in_list = True
        if not opening.bullet and not nested:
            state.paragraph_indent = opening.indent
    elif opening.indent < 2:
        state.in_list = False
    if opening.head:
        state.labels.remember(opening.head)
    state.open(
        PendingBlock(
            _PARAGRAPH,
            [(opening.start, opening.line.last)],
            opening.indent,
            opening.bullet,
            nested=nested,
            head=opening.head,
            split=opening.split,
            quoted=opening.line.quoted,
        )
    )
    return True


# The forms of a line with a bullet, of another with an enumerator or in an HTML item, and of the rest.
_AFTER_BULLET = (_bullet_alone, _fence_in_item, _number_alone, _paragraph)
_LABELLED = (_number_alone, _paragraph)
_PLAIN = (_indented_code, _bold_title, _paragraph)


def _begins_block(head: str, pending: PendingBlock, state: MarkdownState) -> bool:
    """Return whether a line that begins with an enumerator ends the open block and begins another."""
    return (
        pending.ends_sentence(state.text)
        or state.labels.is_due(head, pending.is_labelled)
        or state.labels.continues_chapter(head)
        or _opens_list(head, pending, state)
    )


def _opens_list(head: str, pending: PendingBlock, state: MarkdownState) -> bool:
    """Return whether ``head`` is the first label of a list directly under a short line without a label."""
    if pending.kind is not BlockKind.PARAGRAPH or not pending.is_short_line(state.text):
        return False
    line_end = state.text.find("\n", pending.lines[0][1] + 1)
    below = state.text[line_end : line_end + _TEXT_BELOW].split("\n") if line_end > 0 else ()
    return begins_list(head, (line.lstrip(" \t>*_") for line in below))
