"""TYP: spaces and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.checks.problem import FixWords, Problem, check
from reportlint.structure import Role, Structure

_SPACE_BEFORE = re.compile(
    r"(?<=[^\s.,;:!?…(\[«“–—-])(?P<space>[ \t]+)(?P<mark>[.,])(?=\s|$|[»”\")\]])(?!\s?[.,…]|\s{2,}|\t)"
)


@check("typography.space_before_stop")
def space_before_stop(structure: Structure) -> Iterator[Problem]:
    """A space before a full stop or comma. Ellipses, decimals (" .5") and the ends of lines are none."""
    for passage in structure.speaking():
        text = passage.text
        if passage.role is Role.ROW or (" ." not in text and " ," not in text):
            continue
        lines = set(passage.block.line_starts)
        for match in _SPACE_BEFORE.finditer(text):
            if passage.is_quoted(match.start()) or match.start("mark") in lines:
                continue
            span = passage.span(match.start(), match.end())
            # Markup between the two (a mark taken out of the text) is no space of the author's.
            if span.end - span.start != match.end() - match.start():
                continue
            mark = match["mark"]
            yield Problem(span, {"mark": mark}, fix=FixWords(span, mark))
