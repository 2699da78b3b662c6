"""Lines that define footnotes and the targets of links."""

from __future__ import annotations

import re

from reportlint.document import BlockKind, Enumerator
from reportlint.readers.blockmaker import PendingBlock
from reportlint.readers.inline import FIGURES, SUPERSCRIPTS, normal_label
from reportlint.readers.markdown.state import Line, MarkdownState

_NOTE = re.compile(r"\[\^([^\]\s]{1,60})\]:[ \t]*")
_RAISED_NOTE = re.compile(
    r"<sup(?: [^<>]*)?>\s*(?:<a [^<>]*>)?[(\[]?(\d{1,3}|[a-z]|\*{1,3}|(?:\\\*){1,3}|†|‡)[)\]]?"
    r"(?:</a>)?\s*</sup>\s*(?=\S)"
    rf"|([{SUPERSCRIPTS}]{{1,3}})\s*(?=\S)",
    re.IGNORECASE,
)
_DEFINITION = re.compile(
    r"\[(?!\^)([^\[\]\n]{1,200})\]:[ \t]*(?:<([^<>\n]{0,1000})>|([^\s<][^\s]{0,1000}))"
    r"(?:[ \t]+(?:\"[^\"\n]{0,500}\"|'[^'\n]{0,500}'|\([^()\n]{0,500}\)))?[ \t]*$",
    re.MULTILINE,
)


def link_targets(text: str) -> dict[str, str]:
    """Return the targets of all link definitions by normalized label; the first definition of a label wins."""
    if "]:" not in text:
        return {}
    targets: dict[str, str] = {}
    for match in re.finditer(r"^ {0,3}(?=\[[^^])", text, re.MULTILINE):
        definition = _DEFINITION.match(text, match.end())
        if definition:
            target = definition.group(2) if definition.group(2) is not None else definition.group(3)
            targets.setdefault(normal_label(definition.group(1)), target)
    return targets


def link_definition(line: Line, state: MarkdownState) -> bool:
    """Skip the definition of a link."""
    if state.pending is not None or line.quoted:
        return False
    return _DEFINITION.match(state.text, line.first, line.last) is not None


def footnote_definition(line: Line, state: MarkdownState) -> bool:
    """Open a footnote ("[^1]: See …"), which blank lines do not end."""
    match = _NOTE.match(state.text, line.first, line.last)
    if match is None:
        return False
    label = Enumerator(match.group(1), line.first, len(match.group(1)) + 3)
    _open_footnote(label, match.end(), line.last, True, state)
    return True


def raised_footnote(line: Line, state: MarkdownState) -> bool:
    """Open a footnote that begins with its raised mark ("¹ See …"), as converters print them."""
    if state.pending is not None and state.pending.kind is not BlockKind.FOOTNOTE:
        return False
    match = _RAISED_NOTE.match(state.text, line.first, line.last)
    if match is None:
        return False
    mark = (match.group(1) or match.group(2)).translate(FIGURES).replace("\\", "")
    label = Enumerator(mark, line.first, match.start() + len(match.group().rstrip()) - line.first)
    _open_footnote(label, match.end(), line.last, False, state)
    return True


def _open_footnote(label: Enumerator, first: int, last: int, keeps_blank: bool, state: MarkdownState) -> None:
    lines = [(first, last)] if first < last else []
    state.open(PendingBlock(BlockKind.FOOTNOTE, lines, label=label, keeps_blank=keeps_blank))
