"""From the lines of one block to a ``Block``: inline markup, enumerator, glued titles. For both readers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from reportlint.document import Block, BlockKind, Enumerator, Mark, MarkKind, OffsetMap, Span
from reportlint.readers.enumerators import Shape, ends_sentence, split
from reportlint.readers.inline import Inline

Read = Callable[[str, Sequence[tuple[int, int]]], Inline]

_TITLES = (MarkKind.STRONG, MarkKind.EMPHASIS)
_LONG_SENTENCE = 120
_MOST_TITLES = 4


@dataclass(slots=True)
class PendingBlock:
    """A block whose lines are still being collected; ``lines`` are source ranges, white space trimmed."""

    kind: BlockKind
    lines: list[tuple[int, int]]
    indent: int = 0
    bullet: bool = False
    level: int = 0
    label: Enumerator | None = None
    nested: bool = False
    head: str = ""
    keeps_blank: bool = False
    blank_seen: bool = field(default=False)


def make(text: str, draft: PendingBlock, read: Read) -> Iterator[Block]:
    """The blocks that a draft stands for: several when titles are glued or an enumerator follows another."""
    inline = read(text, draft.lines)
    kind = draft.kind
    if kind is BlockKind.FOOTNOTE or draft.label:
        yield _block(draft, kind, inline, draft.label)
        return
    if kind in (BlockKind.PARAGRAPH, BlockKind.HEADING) and not draft.bullet:
        titles = inline.marks and glued_titles(inline, sentences=kind is BlockKind.HEADING)
        if titles:
            for title in titles:
                yield from _heading(draft, title)
            return
    if kind is BlockKind.HEADING:
        yield from _heading(draft, inline)
    else:
        yield from _body(draft, inline)


def glued_titles(inline: Inline, sentences: bool = False) -> list[Inline] | None:
    """The titles that a text consists of when it is emphasised from end to end; ``None`` if it is not.

    One long emphasised sentence is no title, unless ``sentences``.
    """
    cuts = [0]
    at = 0
    for mark in inline.marks:
        if mark.kind not in _TITLES or mark.end <= at:
            continue
        if mark.start > at and inline.text[at : mark.start].strip():
            return None
        if at:
            cuts.append(mark.start)
            if len(cuts) > _MOST_TITLES:
                return None
        at = mark.end
    if not at or inline.text[at:].strip() or (len(cuts) == 1 and not sentences and _is_sentence(inline.text)):
        return None
    return [inline.part(a, b).stripped() for a, b in zip(cuts, [*cuts[1:], len(inline.text)], strict=True)]


def _is_sentence(text: str) -> bool:
    return len(text) > _LONG_SENTENCE and (ends_sentence(text) or text.endswith(","))


def _heading(draft: PendingBlock, inline: Inline) -> Iterator[Block]:
    if not inline.text:
        return
    found = split(inline.text)
    yield from _cut(draft, BlockKind.HEADING, inline, found.end if found else 0, found.rest if found else 0)


def _body(draft: PendingBlock, inline: Inline) -> Iterator[Block]:
    found = split(inline.text)
    kind = draft.kind
    if found is None or found.shape is Shape.HIGH or not (draft.head or draft.bullet):
        if draft.bullet and kind is BlockKind.PARAGRAPH:
            kind = BlockKind.ITEM
        if inline.text:
            yield _block(draft, kind, inline, None)
        return
    if kind is BlockKind.PARAGRAPH and (
        draft.bullet or draft.nested or found.shape not in (Shape.NUMBER, Shape.DOTTED)
    ):
        kind = BlockKind.ITEM
    rest = inline.part(found.rest, len(inline.text))
    second = split(rest.text) if found.shape is not Shape.BRACKET else None
    if second is not None and second.shape is Shape.BRACKET:
        label = _enumerator(inline, found.end)
        yield Block(kind, "", OffsetMap.shift(label.span.end), label, draft.indent, draft.bullet)
        yield from _cut(draft, BlockKind.ITEM, rest, second.end, second.rest)
    else:
        yield from _cut(draft, kind, inline, found.end, found.rest)


def _cut(draft: PendingBlock, kind: BlockKind, inline: Inline, end: int, rest: int) -> Iterator[Block]:
    label = _enumerator(inline, end) if end else None
    if rest >= len(inline.text):
        assert label is not None or inline.text == ""
        if label:
            yield Block(
                kind,
                "",
                OffsetMap.shift(label.span.end),
                label,
                draft.indent,
                draft.bullet,
                level=draft.level,
            )
        return
    yield _block(draft, kind, inline.part(rest, len(inline.text)) if rest else inline, label)


def _enumerator(inline: Inline, end: int) -> Enumerator:
    return Enumerator(inline.text[:end], inline.part(0, end).offsets().span(0, end))


def _block(draft: PendingBlock, kind: BlockKind, inline: Inline, label: Enumerator | None) -> Block:
    return Block(
        kind,
        inline.text,
        inline.offsets(),
        label,
        draft.indent,
        draft.bullet,
        tuple(inline.marks),
        tuple(inline.line_starts),
        draft.level,
    )


def row(text: str, cells: Sequence[Sequence[tuple[int, int]]], read: Read) -> Block | None:
    """One row of a table; the texts of its cells are parted by tabs and marked. ``None`` if all are empty.

    A cell is the lines it stands on; one empty line if it has no text.
    """
    parts: list[str] = []
    pieces: list[tuple[int, int]] = []
    marks: list[Mark] = []
    at = 0
    for number, lines in enumerate(cells):
        start, end = lines[0][0], lines[-1][1]
        if number:
            pieces.append((at, pieces[-1][1] if start <= pieces[-1][1] else start - 1))
            parts.append("\t")
            at += 1
        inline = read(text, lines) if start < end else Inline("", [(0, start)])
        pieces += [(at + here, there) for here, there in inline.pieces]
        parts.append(inline.text)
        marks.append(Mark(MarkKind.CELL, at, at + len(inline.text), Span(start, end)))
        marks += [Mark(m.kind, m.start + at, m.end + at, m.span, m.value) for m in inline.marks]
        at += len(inline.text)
    if not any(part.strip() for part in parts):
        return None
    return Block(BlockKind.TABLE_ROW, "".join(parts), OffsetMap.of_pieces(pieces), marks=tuple(marks))
