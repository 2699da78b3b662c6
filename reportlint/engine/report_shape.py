"""Tell a report from other text without knowing its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from reportlint.document import BlockKind, Document
from reportlint.document.enumerators import is_number
from reportlint.facts.reference_data import symbol_grammar
from reportlint.knowledge.rulebook import Rulebook
from reportlint.symbols.model import Symbol

_FIRST_LINES = 30
_COLUMN_GAP = re.compile(r"\s{3,}|\t+|\s*\|\s*")
_WORDS_BESIDE = 4  # words of a masthead that conversion leaves on the line of the symbol


def looks_like_report(document: Document, rulebook: Rulebook) -> bool:
    """Return whether a document has two consecutive numbered paragraphs, or a document symbol among its first lines.

    Numbered lines without a blank line between them are a list of steps, not paragraphs.
    """
    return _has_numbered_paragraphs(document) or _has_symbol(document, rulebook)


def _has_numbered_paragraphs(document: Document) -> bool:
    previous, end = None, 0
    for block in document.blocks:
        number = block.enumerator.text.rstrip(".") if block.enumerator else ""
        if block.kind in (BlockKind.HEADING, BlockKind.CODE, BlockKind.TABLE_ROW) or not is_number(number):
            continue
        is_apart = document.by_line or document.source.text.count("\n", end, block.start) > 1
        if previous is not None and int(number) == previous + 1 and is_apart:
            return True
        previous, end = int(number), block.span().end
    return False


def _has_symbol(document: Document, rulebook: Rulebook) -> bool:
    grammar = symbol_grammar(rulebook)
    for line in islice(_lines(document), _FIRST_LINES):
        for found in grammar.find_symbols(line):
            beside = line[: found.start] + line[found.end :]
            if isinstance(found.value, Symbol) and len(beside.split()) <= _WORDS_BESIDE:
                return True
    return False


def _lines(document: Document) -> Iterator[str]:
    """Yield the lines of the blocks, each column of a line as a line of its own."""
    for block in document.blocks:
        for start, end in pairwise((*block.line_starts, len(block.text))):
            yield from _COLUMN_GAP.split(block.text[start:end])
