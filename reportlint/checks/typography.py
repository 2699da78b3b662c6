"""TYP: spaces and punctuation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.checks.problem import FixWords, Problem, Related, check
from reportlint.document import Span
from reportlint.structure import Role, Structure

_SPACE_BEFORE = re.compile(
    r"(?<=[^\s.,;:!?…(\[«“–—-])(?P<space>[ \t]+)(?P<mark>[.,])(?=\s|$|[»”\")\]])(?!\s?[.,…]|\s{2,}|\t)"
)
# Apostrophes within words, and opening quotation marks. The text of a passage has straight apostrophes only; the source
# shows which ones were typed.
_MARKS = (re.compile(r"(?<=[^\W\d_])['’](?=[^\W\d_])"), re.compile(r'"(?=\w)|“'))
_STRAIGHT = "'\""


@check("typography.space_before_stop", fields=("mark",))
def space_before_stop(structure: Structure) -> Iterator[Problem]:
    """Report a space before a full stop or a comma. Ellipses, decimals (" .5") and line breaks do not count."""
    for passage in structure.checked_passages():
        text = passage.text
        if passage.role is Role.ROW or (" ." not in text and " ," not in text):
            continue
        lines = set(passage.block.line_starts)
        for match in _SPACE_BEFORE.finditer(text):
            if passage.is_quoted(match.start()) or match.start("mark") in lines:
                continue
            span = passage.span(match.start(), match.end())
            # The space may come from markup between the two, which the text of the passage leaves out.
            if span.end - span.start != match.end() - match.start():
                continue
            mark = match["mark"]
            yield Problem(span, {"mark": mark}, fix=FixWords(span, mark))


@check("typography.mixed_marks", variants=("curly", "straight"), fields=("count", "others"), related=("other",))
def mixed_marks(structure: Structure) -> Iterator[Problem]:
    """Report a mix of straight and curly apostrophes or quotation marks: once, at the first of the rarer kind."""
    source = structure.document.source
    for pattern in _MARKS:
        straight: list[Span] = []
        curly: list[Span] = []
        for passage in structure.checked_passages():
            for match in pattern.finditer(passage.text):
                span = passage.span(match.start(), match.end())
                (straight if source.typed(*span) in _STRAIGHT else curly).append(span)
        rarer, other = sorted((straight, curly), key=len)
        if rarer:
            fields = {"count": len(rarer), "others": len(other)}
            variant = "straight" if rarer is straight else "curly"
            yield Problem(rarer[0], fields, variant, (Related("other", other[0], fields),))
            return
