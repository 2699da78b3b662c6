"""The content of a line: the recognizers of Markdown blocks, in order."""

from __future__ import annotations

from collections.abc import Callable

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
    ("=-", setext_underline),
    ("-*_", thematic_break),
    ("#", atx_heading),
    ("`~", opening_fence),
    ("[", footnote_definition),
    ("[", link_definition),
    (f"<{SUPERSCRIPTS}", raised_footnote),
    ("|:-", delimiter_row),
)
"""Each with the characters that its lines begin with, in the order in which they are tried.

A recognizer processes a line and returns true, or returns false and changes nothing.
"""

_BY_SIGN: dict[str, tuple[Recognizer, ...]] = {
    sign: tuple(recognizer for signs, recognizer in _RECOGNIZERS if sign in signs)
    for sign in "".join(signs for signs, _ in _RECOGNIZERS)
}


def read_content(line: Line, state: MarkdownState) -> None:
    """Process a line, or part of one, as the open table or heading requires, or as its first character suggests."""
    if state.pending or state.in_table:
        _close_ended(line, state)
    if state.in_table:
        table_row(line, state)
    elif state.elements.level:
        html_heading(line, state)
    else:
        for recognizer in _BY_SIGN.get(state.text[line.first], ()):
            if recognizer(line, state):
                return
        running_text(line, state)


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
