"""Reads Markdown line by line, keeping source offsets; enumerators are never renumbered."""

from __future__ import annotations

import re

from reportlint.document import Document, Source
from reportlint.readers.artefacts import join
from reportlint.readers.doubtful_headings import resolve_emphasized
from reportlint.readers.markdown.code_lines import close_fence, fenced_line
from reportlint.readers.markdown.content import read_content
from reportlint.readers.markdown.note_lines import link_targets
from reportlint.readers.markdown.state import CODE_INDENT, Line, MarkdownState
from reportlint.readers.page_furniture import furniture_between_blanks
from reportlint.readers.repeated_heads import without_running_heads

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:[ \t]*\n|#[^\n]*\n)*[\w\"'-][^\n:]*:(?:[ \t]|\n)")
_FRONT_MATTER_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_QUOTE = re.compile(r"(?:>[ \t]{0,3})++")


def read_markdown(source: Source, end: int | None = None) -> Document:
    """Parse a Markdown draft up to the offset ``end``. Never fails; anything that is not markup is text."""
    text = source.text[:end]
    state = MarkdownState(text, link_targets(text), furniture_between_blanks(text))
    _read_lines(_front_matter_end(text), state)
    close_fence(state)
    state.close()
    blocks, page_breaks, heads = without_running_heads(
        resolve_emphasized(state.output.blocks), state.output.page_breaks
    )
    found = tuple(state.comments[start] for start in sorted(state.comments))
    return Document(source, join(blocks, page_breaks), "markdown", comments=found, running_heads=heads)


def _front_matter_end(text: str) -> int:
    """Return the offset at which the front matter ends; 0 if there is none."""
    if _FRONT_MATTER.match(text) and (end := _FRONT_MATTER_END.search(text, text.index("\n"))):
        return end.end()
    return 0


def _read_lines(start: int, state: MarkdownState) -> None:
    """Process the lines from the offset ``start`` to the end."""
    text, furniture = state.text, state.furniture
    while start < len(text):
        end = text.find("\n", start)
        if end < 0:
            end = len(text)
        whole = text[start:end]
        content = whole.strip()
        if not content or start in furniture:
            if content:
                state.rule_seen = True
            _blank_line(start, end, state)
            start = end + 1
            continue
        line = Line(start, end, start, end)
        if content[0] == ">" or len(content) < len(whole):
            line = _indented_line(start, whole, content, state)
        start = _read_line(line, state)


def _indented_line(start: int, whole: str, content: str, state: MarkdownState) -> Line:
    """Return a line that begins with white space or ">", or ends with white space."""
    end = start + len(whole)
    indent = len(whole) - len(whole.lstrip())
    first = start + indent
    last = first + len(content)
    if "\t" in whole[:indent]:
        indent = len(whole[:indent].expandtabs(CODE_INDENT))
    if content[0] != ">" or (indent >= CODE_INDENT and not state.in_list) or (state.fence and not state.fence.quoted):
        return Line(start, end, first, last, indent)
    mark = _QUOTE.match(state.text, first, last)
    assert mark is not None
    return Line(start, end, mark.end(), last, quoted=True)


def _read_line(line: Line, state: MarkdownState) -> int:
    """Process a line with the first recognizer that knows it; return the offset at which to continue."""
    if line.first == line.last:  # nothing stands behind ">"
        _blank_line(line.start, line.end, state)
        return line.end + 1
    text = state.text
    resume = fenced_line(line, state) if state.fence else None
    if resume is None and (text[line.first] == "<" or text[line.last - 1] == ">"):
        from reportlint.readers.markdown.html_lines import html_line  # noqa: PLC0415 - many drafts have no HTML

        resume = html_line(line, state)
    if resume is not None:
        return resume
    read_content(line, state)
    state.blank_lines = 0
    return line.end + 1


def _blank_line(start: int, end: int, state: MarkdownState) -> None:
    """Close the open block, unless it is code or a footnote that goes on; running heads are read as blank lines."""
    if state.fence:
        if not state.fence.quoted:
            state.fence.lines.append((start, end))
            return
        close_fence(state)
    state.blank_lines += 1
    state.in_table = False
    if state.pending:
        if state.pending.keeps_blank:
            state.pending.blank_seen = True
        else:
            state.close()
