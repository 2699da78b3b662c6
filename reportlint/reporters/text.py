"""Text for readers: each finding with its paragraph, its words, the other side and the reason."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from reportlint.document import Source
from reportlint.finding import Finding, Place, Severity
from reportlint.report import Run
from reportlint.reporters.layout import cells, excerpt, printable_path, shorten, wrap
from reportlint.reporters.sentences import Wording, is_of_whole_file, related_shown

_WIDTH = 80
_NARROWEST, _WIDEST = 40, 100
_MARGIN = "    "
_SHORTEST_LABEL = 16
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}

Line = tuple[tuple[str, str], ...]
"""Pieces of one line as (style, text)."""


def report(run: Run, *, colour: bool = False, width: int = _WIDTH, **_: Any) -> str:
    """The findings as text; ``colour`` for a terminal, ``width`` in columns."""
    lines = _lines(run, min(max(width, _NARROWEST), _WIDEST))
    if not colour:
        return "".join("".join(text for _, text in line).rstrip() + "\n" for line in lines)
    return _coloured(lines)


def _coloured(lines: Iterator[Line]) -> str:
    from io import StringIO  # noqa: PLC0415

    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=StringIO(), force_terminal=True, color_system="standard", highlight=False)
    with console.capture() as capture:
        for line in lines:
            # One line is one line: the terminal may break it, rich must not.
            console.print(Text.assemble(*((text, style) for style, text in line)), soft_wrap=True)
    return capture.get()


def _lines(run: Run, width: int) -> Iterator[Line]:
    wording = Wording.of(run)
    for file in run.files:
        if not file.shown:
            continue
        yield (("bold underline", printable_path(file.path)),)
        yield ()
        for finding in file.shown:
            yield from _finding(finding, file.source, wording, width)
            yield ()
    for text in wording.not_checked(run):
        for line in wrap(text, width, whole_words=True):
            yield (("dim", line),)
    if summary := wording.summary(run):
        yield (("bold", summary),)


def _finding(finding: Finding, source: Source | None, wording: Wording, width: int) -> Iterator[Line]:
    style, words, place = _STYLES[finding.severity], wording.words, finding.place
    kind = ((style, words["severities"][finding.severity.value]), ("", "  "), ("bold", finding.code))
    if is_of_whole_file(finding):
        yield kind
    else:
        position = f"  {words['line']} {place.line}:{place.column}"
        room = width - 2 - sum(cells(text) for _, text in kind) - cells(position)
        yield (("bold", shorten(place.where, max(room, _SHORTEST_LABEL))), ("", "  "), *kind, ("dim", position))
    yield from _paragraph(finding.message, "", width)
    if source is not None:
        yield from _excerpt(source, place, style, width, _MARGIN)
    for other in related_shown(finding):
        yield from _related(other, place.path, source, wording, width)
    yield from _paragraph(wording.more_places(finding), "cyan", width)
    yield from _paragraph(finding.why, "dim", width)
    yield from _paragraph(wording.authority(finding), "dim", width)


@lru_cache(maxsize=512)  # a rule says the same reason and authority with each of its findings
def _paragraph(text: str, style: str, width: int) -> tuple[Line, ...]:
    return tuple(((style, line),) for line in wrap(text, width, first=_MARGIN))


def _related(place: Place, path: str, source: Source | None, wording: Wording, width: int) -> Iterator[Line]:
    for line in wrap(wording.other_side(place, path), width, first=_MARGIN, rest=_MARGIN + "  "):
        yield (("cyan", line),)
    if source is not None:
        yield from _excerpt(source, place, "cyan", width, _MARGIN + "  ")


def _excerpt(source: Source, place: Place, style: str, width: int, indent: str) -> Iterator[Line]:
    """The words of a place in their line, with a line of marks under them; nothing where there are no words."""
    if place.end <= place.start:
        return
    margin = indent + "│ "
    found = excerpt(source, place.start, place.end, width - len(margin))
    yield ("dim", margin), ("", found.before), (style, found.marked), ("", found.after)
    yield ("dim", margin), (style, found.marks)
