"""Reads Markdown line by line, keeping source offsets; enumerators are never renumbered."""

from __future__ import annotations

import re

from reportlint.document import Document, Source
from reportlint.readers.artefacts import join
from reportlint.readers.doubtful_headings import resolve_emphasized
from reportlint.readers.markdown.code_lines import close_fence, fenced_line
from reportlint.readers.markdown.content import read_content
from reportlint.readers.markdown.html_lines import html_line
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
    position = _front_matter_end(text)
    while position < len(text):
        position = _read_line(_line_at(position, state), state)
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


def _line_at(start: int, state: MarkdownState) -> Line:
    """Return the line, or the rest of a line, that begins at ``start``."""
    text = state.text
    end = text.find("\n", start)
    if end < 0:
        end = len(text)
    if end == start:
        return Line(start, end, end, end)
    whole = text[start:end]
    content = whole.lstrip()
    if not content:
        return Line(start, end, end, end)
    first = end - len(content)
    last = first + len(content.rstrip())
    indent = first - start
    if indent and "\t" in whole[:indent]:
        indent = len(whole[:indent].expandtabs(CODE_INDENT))
    in_code = indent >= CODE_INDENT and not state.in_list
    if content[0] != ">" or in_code or (state.fence and not state.fence.quoted):
        return Line(start, end, first, last, indent)
    mark = _QUOTE.match(text, first, last)
    assert mark is not None
    return Line(start, end, mark.end(), last, quoted=True)


def _read_line(line: Line, state: MarkdownState) -> int:
    """Process a line with the first recognizer that knows it; return the offset at which to continue."""
    is_furniture = line.start in state.furniture
    if is_furniture or line.first == line.last:
        state.rule_seen = state.rule_seen or is_furniture
        _blank_line(line, state)
        return line.end + 1
    resume = fenced_line(line, state) if state.fence else None
    resume = html_line(line, state) if resume is None else resume
    if resume is not None:
        return resume
    read_content(line, state)
    state.blank_lines = 0
    return line.end + 1


def _blank_line(line: Line, state: MarkdownState) -> None:
    """Close the open block, unless it is code or a footnote that goes on; running heads are read as blank lines."""
    if state.fence:
        if not state.fence.quoted:
            state.fence.lines.append((line.start, line.end))
            return
        close_fence(state)
    state.blank_lines += 1
    state.in_table = False
    if state.pending and state.pending.keeps_blank:
        state.pending.blank_seen = True
    else:
        state.close()
