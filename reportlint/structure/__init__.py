"""Sections, numbered paragraphs and lists, derived from their labels."""

from reportlint.document.enumerators import Label, Style, is_number, readings
from reportlint.structure.builder import build_structure
from reportlint.structure.mention import Mention, MentionTable, PassageMentions
from reportlint.structure.openings import opens_decision
from reportlint.structure.sections import (
    Contents,
    ContentsEntry,
    Labelled,
    NumberedEntry,
    Passage,
    Role,
    Section,
    Series,
    Structure,
)
from reportlint.structure.sequences import Break, diagnose

__all__ = [
    "Break",
    "Contents",
    "ContentsEntry",
    "Label",
    "Labelled",
    "Mention",
    "MentionTable",
    "NumberedEntry",
    "Passage",
    "PassageMentions",
    "Role",
    "Section",
    "Series",
    "Structure",
    "Style",
    "build_structure",
    "diagnose",
    "is_number",
    "opens_decision",
    "readings",
]
