"""The content of a line: the recognizers of Markdown blocks, in order."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from reportlint.readers.inline import SUPERSCRIPTS
from reportlint.readers.markdown.code_lines import opening_fence
from reportlint.readers.markdown.heading_lines import atx_heading, html_heading, setext_underline, thematic_break
from reportlint.readers.markdown.line_starts import starts_block
from reportlint.readers.markdown.note_lines import footnote_definition, link_definition, raised_footnote
from reportlint.readers.markdown.paragraph_lines import running_text
from reportlint.readers.markdown.state import CODE_INDENT, Line, MarkdownState
from reportlint.readers.markdown.table_lines import continues_table, delimiter_row, table_row

Recognizer = Callable[[Line, MarkdownState], bool]

_RECOGNIZERS: tuple[tuple[str, Recognizer], ...] = (
    ("", table_row),
    ("", html_heading),
    ("=-", setext_underline),
    ("-*_", thematic_break),
    ("#", atx_heading),
    ("`~", opening_fence),
    ("[", footnote_definition),
    ("[", link_definition),
    (f"<{SUPERSCRIPTS}", raised_footnote),
    ("|:-", delimiter_row),
    ("", running_text),
)
"""Each with the characters that its lines begin with, if not with any.

A recognizer processes a line and returns true, or returns false and changes nothing.
"""


@lru_cache(maxsize=256)
def _recognizers(sign: str) -> tuple[Recognizer, ...]:
    """Return the recognizers of lines that begin with ``sign``."""
    return tuple(recognizer for signs, recognizer in _RECOGNIZERS if not signs or sign in signs)


def read_content(line: Line, state: MarkdownState) -> None:
    """Process a line, or part of one, with the first recognizer that knows it."""
    _close_ended(line, state)
    for recognizer in _recognizers(state.text[line.first]):
        if recognizer(line, state):
            return


def _close_ended(line: Line, state: MarkdownState) -> None:
    """Close what the line cannot continue: a footnote, a block quotation or the text before one, a table."""
    pending = state.pending
    if pending:
        leaves_note = pending.blank_seen and line.indent < CODE_INDENT
        pending.blank_seen = False
        if leaves_note or (pending.quoted != line.quoted and (line.quoted or starts_block(line, state))):
            state.close()
    if state.in_table:
        state.in_table = continues_table(line, state)
