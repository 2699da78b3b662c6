"""The words that a fix may replace: those without markup, apart from whole superscripts."""

from __future__ import annotations

from reportlint.document import MarkKind, Source, Span
from reportlint.structure import Mention

_OF_TITLES = (MarkKind.EMPHASIS, MarkKind.LINK)


def plain_span(mention: Mention, source: Source) -> Span | None:
    """Return the source range of words with the markup of the superscripts in them: "4<sup>e</sup>".

    Line ends count as spaces. Return ``None`` if there is other markup in the range.
    """
    passage, at, end = mention
    first, last = mention.span
    for mark in passage.block.marks:
        if mark.kind is not MarkKind.SUPERSCRIPT or not (at <= mark.start < mark.end <= end):
            continue
        if not _is_text(source, Span(first, mark.span.start), passage.text[at : mark.start]):
            return None
        at, first = mark.end, mark.span.end
    if not _is_text(source, Span(first, max(first, last)), passage.text[at:end]):
        return None
    return Span(mention.span.start, max(first, last))


def _is_text(source: Source, span: Span, text: str) -> bool:
    return source.words(span) == " ".join(text.split())


def in_title(mention: Mention) -> bool:
    """Return whether words stand with others in emphasis or in a link, which may be the title of a work.

    Markup of the whole passage does not count.
    """
    passage, start, end = mention
    words, whole = passage.text[start:end], passage.text.strip()
    return any(
        mark.kind in _OF_TITLES
        and mark.start <= start
        and end <= mark.end
        and words != passage.text[mark.start : mark.end].strip() != whole
        for mark in passage.block.marks
    )
