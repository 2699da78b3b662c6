"""Text for people: each finding with its place, message, excerpt and related places; each reason once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from reportlint.document import Source
from reportlint.finding import Finding, Place, Severity
from reportlint.report import Run
from reportlint.reporters.escaping import without_commands
from reportlint.reporters.layout import cells, excerpt, printable_path, shorten, wrap
from reportlint.reporters.sentences import Wording, is_about_whole_file, related_shown, rule_page

_WIDTH = 80
_NARROWEST, _WIDEST = 40, 100
_MARGIN = "    "
_SHORTEST_LABEL = 16
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}

Line = tuple[tuple[str, str], ...]
"""The (style, text) pieces of one line."""


def report(run: Run, *, colour: bool = False, width: int = _WIDTH, **_: Any) -> Iterator[str]:
    """Yield the findings as text, ``width`` columns wide, with terminal colours if ``colour`` is set."""
    lines = _lines(run, min(max(width, _NARROWEST), _WIDEST))
    if not colour:
        return (without_commands("".join(text for _, text in line).rstrip() + "\n") for line in lines)
    return _coloured(lines)


def _coloured(lines: Iterator[Line]) -> Iterator[str]:
    from io import StringIO  # noqa: PLC0415

    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=StringIO(), force_terminal=True, color_system="standard", highlight=False)
    for line in lines:
        with console.capture() as capture:
            # Long lines, such as paths, are left for the terminal to wrap, not rich.
            console.print(Text.assemble(*((text, style) for style, text in line)), soft_wrap=True)
        yield capture.get()


def _lines(run: Run, width: int) -> Iterator[Line]:
    wording = Wording.for_run(run)
    explained: set[str] = set()
    for file in run.files:
        if not file.shown:
            continue
        yield (("bold underline", printable_path(file.path)),)
        yield ()
        for finding in file.shown:
            page = rule_page(finding, file.rules) if run.presentation.links else ""
            yield from _finding(finding, file.source, wording, width, page)
            if finding.code not in explained:
                explained.add(finding.code)
                yield from _reason(finding, wording, width)
            yield ()
    quiet = run.presentation.quiet
    clean = "" if quiet else wording.clean_files(run)
    for text in filter(None, chain([clean], wording.not_checked(run), wording.kinds(run))):
        for line in wrap(text, width, whole_words=True):
            yield (("dim", line),)
    if quiet:
        return
    for line in wrap(wording.summary(run), width, whole_words=True):
        yield (("bold", line),)


def _finding(finding: Finding, source: Source | None, wording: Wording, width: int, page: str) -> Iterator[Line]:
    """Yield the lines of a finding; ``page`` is the address of the rule's page, if there is one."""
    style, words, place = _STYLES[finding.severity], wording.words, finding.place
    kind = (
        (style, words["severities"][finding.severity.value]),
        ("", "  "),
        (f"bold link {page}" if page else "bold", finding.code),
    )
    if is_about_whole_file(finding):
        yield kind
    else:
        position = f"  {words['line']} {place.line}:{place.column}"
        room = width - 2 - sum(cells(text) for _, text in kind) - cells(position)
        yield (("bold", shorten(place.where, max(room, _SHORTEST_LABEL))), ("", "  "), *kind, ("dim", position))
    yield from _paragraph(finding.message, "", width)
    if source is not None:
        yield from _excerpt(source, place, style, width, _MARGIN)
    for related in related_shown(finding):
        yield from _related(related, place.path, source, wording, width)
    yield from _paragraph(wording.more_places(finding), "cyan", width)


def _reason(finding: Finding, wording: Wording, width: int) -> Iterator[Line]:
    """Yield the reason and authority of a rule, which follow its first finding in the run."""
    yield from _paragraph(finding.why, "dim", width)
    yield from _paragraph(wording.authority(finding), "dim", width)


def _paragraph(text: str, style: str, width: int) -> Iterator[Line]:
    return (((style, line),) for line in wrap(text, width, first=_MARGIN))


def _related(place: Place, path: str, source: Source | None, wording: Wording, width: int) -> Iterator[Line]:
    for line in wrap(wording.related_line(place, path), width, first=_MARGIN, rest=_MARGIN + "  "):
        yield (("cyan", line),)
    if source is not None:
        yield from _excerpt(source, place, "cyan", width, _MARGIN + "  ")


def _excerpt(source: Source, place: Place, style: str, width: int, indent: str) -> Iterator[Line]:
    """Yield the line of a place, with carets under its words; nothing if the place is empty."""
    if place.end <= place.start:
        return
    margin = indent + "│ "
    line = excerpt(source, place.start, place.end, width - len(margin))
    yield ("dim", margin), ("", line.before), (style, line.marked), ("", line.after)
    yield ("dim", margin), (style, line.marks)
