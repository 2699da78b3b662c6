"""The text as read: source, positions, blocks. Knows no word of any language."""

from reportlint.document.blocks import Block, BlockKind, Comment, Document, Enumerator, Mark, MarkKind
from reportlint.document.joined import join
from reportlint.document.offsets import OffsetMap, Span
from reportlint.document.source import Position, Source, UnreadableInput

__all__ = [
    "Block",
    "BlockKind",
    "Comment",
    "Document",
    "Enumerator",
    "Mark",
    "MarkKind",
    "OffsetMap",
    "Position",
    "Source",
    "Span",
    "UnreadableInput",
    "join",
]
