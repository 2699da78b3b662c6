"""The text of a draft: source, positions and blocks. Independent of the language of the draft."""

from reportlint.document.blocks import Block, BlockKind, Comment, Document, Enumerator
from reportlint.document.draft import Draft, Part, Readers
from reportlint.document.marks import Mark, MarkKind, compact, is_in_code, packed
from reportlint.document.offsets import OffsetMap, Span
from reportlint.document.source import Position, Source

__all__ = [
    "Block",
    "BlockKind",
    "Comment",
    "Document",
    "Draft",
    "Enumerator",
    "Mark",
    "MarkKind",
    "OffsetMap",
    "Part",
    "Position",
    "Readers",
    "Source",
    "Span",
    "compact",
    "is_in_code",
    "packed",
]
