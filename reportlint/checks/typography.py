"""TYP: spaces and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.document import Span
from reportlint.structure import Role, Structure

_SPACE_BEFORE = re.compile(
    r"(?<=[^\s.,;:!?…(\[«“–—-])(?P<space>[ \t]+)(?P<mark>[.,])(?=\s|$|[»”\")\]])(?!\s?[.,…]|\s{2,}|\t)"
)
# Apostrophes within words, and quotation marks that open; the text of a passage has straight apostrophes only.
_MARKS = (re.compile(r"(?<=[^\W\d_])['’](?=[^\W\d_])"), re.compile(r'"(?=\w)|“'))
_STRAIGHT = "'\""


@check("typography.space_before_stop", fields=("mark",))
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


@check("typography.mixed_marks", variants=("curly", "straight"), fields=("count", "others"), related=("other",))
def mixed_marks(structure: Structure) -> Iterator[Problem]:
    """Straight and curly apostrophes, or quotation marks, in one document: told once, at the first of the rarer."""
    source = structure.document.source
    for pattern in _MARKS:
        straight: list[Span] = []
        curly: list[Span] = []
        for passage in structure.speaking():
            for match in pattern.finditer(passage.text):
                span = passage.span(match.start(), match.end())
                (straight if source.typed(*span) in _STRAIGHT else curly).append(span)
        rarer, other = sorted((straight, curly), key=len)
        if rarer:
            fields = {"count": len(rarer), "others": len(other)}
            variant = "straight" if rarer is straight else "curly"
            yield Problem(rarer[0], fields, variant, (Related("other", other[0], fields),))
            return
