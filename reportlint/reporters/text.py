"""Text for readers: each finding with its paragraph, its words, the other side and the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from reportlint.document import Source
from reportlint.engine import CRASHED, UNREADABLE
from reportlint.finding import Finding, Place, Severity
from reportlint.language.lexicon import Lexicon
from reportlint.reporters.layout import cells, excerpt, printable_path, shorten, wrap
from reportlint.reporters.run import Run, State

_WIDTH = 80
_NARROWEST, _WIDEST = 40, 100
_MARGIN = "    "
_SHORTEST_LABEL = 16
_RELATED_SHOWN = 5
_PATHS_SHOWN = 10
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
    lexicon = run.rules.lexicon(run.options.message_language)
    words = lexicon.section("interface")
    for file in run.files:
        if not file.shown:
            continue
        yield (("bold underline", printable_path(file.path)),)
        yield ()
        for finding in file.shown:
            yield from _finding(finding, file.source, lexicon, words, width)
            yield ()
    yield from _summary(run, lexicon, words, width)


def _finding(
    finding: Finding, source: Source | None, lexicon: Lexicon, words: dict[str, Any], width: int
) -> Iterator[Line]:
    style = _STYLES[finding.severity]
    place = finding.place
    # A crash and an unreadable file are no matter of a line.
    whole_file = finding.code in (CRASHED, UNREADABLE)
    kind = ((style, words["severities"][finding.severity.value]), ("", "  "), ("bold", finding.code))
    if whole_file:
        yield kind
    else:
        position = f"  {words['line']} {place.line}:{place.column}"
        room = width - 2 - sum(cells(text) for _, text in kind) - cells(position)
        yield (("bold", shorten(place.where, max(room, _SHORTEST_LABEL))), ("", "  "), *kind, ("dim", position))
    yield from _paragraph(finding.message, "", width)
    if source is not None:
        yield from _excerpt(source, place, style, width, _MARGIN)
    for other in finding.related[:_RELATED_SHOWN]:
        yield from _related(other, place.path, source, lexicon, words, width)
    hidden = len(finding.related) - _RELATED_SHOWN
    if hidden > 0:
        yield from _paragraph(lexicon.fill(words["more_places"][hidden != 1], {"count": hidden}), "cyan", width)
    yield from _paragraph(finding.why, "dim", width)
    if finding.authority and not whole_file:
        # The words before the colon name the source; "explain" has the whole.
        source_name = finding.authority.text.split(": ")[0]
        yield from _paragraph(f"{words['authority']}{lexicon.section('formats', 'colon')}{source_name}", "dim", width)


def _paragraph(text: str, style: str, width: int) -> Iterator[Line]:
    return (((style, line),) for line in wrap(text, width, first=_MARGIN))


def _related(
    place: Place, path: str, source: Source | None, lexicon: Lexicon, words: dict[str, Any], width: int
) -> Iterator[Line]:
    elsewhere = f"{printable_path(place.path)}, " if place.path != path else ""
    text = f"{words['see']} {place.where} ({elsewhere}{words['line']} {place.line})"
    if place.message:
        text += lexicon.section("formats", "colon") + place.message
    for line in wrap(text, width, first=_MARGIN, rest=_MARGIN + "  "):
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


def _summary(run: Run, lexicon: Lexicon, words: dict[str, Any], width: int) -> Iterator[Line]:
    for state in (State.NOT_UN, State.NO_LANGUAGE):
        files = run.with_state(state)
        if files:
            text = lexicon.fill(words[state.value], {"paths": _paths([file.path for file in files], lexicon, words)})
            for line in wrap(text, width, whole_words=True):
                yield (("dim", line),)
    if not run.files:
        return
    checked = len(run.with_state(State.CHECKED)) + len(run.with_state(State.UNREADABLE))
    if not checked:
        yield (("bold", words["none_checked"]),)
        return
    counts = [
        f"{number} {words['counts'][severity.value][number != 1]}"
        for severity in Severity
        if (number := run.count(severity))
    ]
    fields = {"counts": ", ".join(counts), "files": f"{checked} {words['files'][checked != 1]}"}
    summary = lexicon.fill(words["summary" if counts else "nothing"], fields)
    if run.suppressed:
        summary += ", " + lexicon.fill(words["suppressed"][run.suppressed != 1], {"count": run.suppressed})
    yield (("bold", summary),)


def _paths(paths: Sequence[str], lexicon: Lexicon, words: dict[str, Any]) -> str:
    named = [printable_path(path) for path in paths[:_PATHS_SHOWN]]
    if hidden := len(paths) - len(named):
        named.append(lexicon.fill(words["more_files"][hidden != 1], {"count": hidden}))
    return ", ".join(named)
