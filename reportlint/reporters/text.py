"""Text for readers: each finding with its paragraph, the words in their line, the other side and the reason."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from reportlint.document import Source
from reportlint.finding import Finding, Place, Severity
from reportlint.language.lexicon import Lexicon
from reportlint.reporters.run import Run, State

_WIDTH = 80
_WIDEST = 100
_MARGIN = "    "
_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}

Line = tuple[tuple[str, str], ...]
"""Pieces of one line as (style, text)."""


def report(run: Run, *, colour: bool = False, width: int = _WIDTH, **_: Any) -> str:
    """The findings as text; ``colour`` for a terminal, ``width`` in columns."""
    lines = list(_lines(run, min(max(width, 40), _WIDEST)))
    if not colour:
        return "".join("".join(text for _, text in line).rstrip() + "\n" for line in lines)
    return _coloured(lines)


def _coloured(lines: list[Line]) -> str:
    from io import StringIO  # noqa: PLC0415

    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(file=StringIO(), force_terminal=True, color_system="standard", width=_WIDEST * 4, highlight=False)
    with console.capture() as capture:
        for line in lines:
            console.print(Text.assemble(*((text, style) for style, text in line)), soft_wrap=True)
    return capture.get()


def _lines(run: Run, width: int) -> Iterator[Line]:
    lexicon = run.rules.lexicon(run.options.message_language)
    words = lexicon.section("interface")
    for file in run.files:
        if not file.findings:
            continue
        yield (("bold underline", file.path),)
        yield ()
        for finding in file.findings:
            yield from _finding(finding, file.source, lexicon, words, width)
            yield ()
    yield from _summary(run, lexicon, words, width)


def _finding(
    finding: Finding, source: Source | None, lexicon: Lexicon, words: dict[str, Any], width: int
) -> Iterator[Line]:
    style = _STYLES[finding.severity]
    place = finding.place
    yield (
        ("bold", place.where),
        ("", "  "),
        (style, words["severities"][finding.severity.value]),
        ("", "  "),
        ("bold", finding.code),
        ("dim", f"  {words['line']} {place.line}:{place.column}"),
    )
    for line in textwrap.wrap(finding.message, width - len(_MARGIN)):
        yield (("", _MARGIN + line),)
    if source is not None and place.end > place.start:
        yield from _excerpt(source, place, style, width)
    for other in finding.related:
        text = f"{words['see']} {other.where} ({words['line']} {other.line})"
        if other.message:
            text += lexicon.section("formats", "colon") + other.message
        for line in textwrap.wrap(text, width - len(_MARGIN) - 2, subsequent_indent="  "):
            yield (("cyan", _MARGIN + line),)
        if source is not None and other.end > other.start:
            yield from _excerpt(source, other, "cyan", width, "  ")
    for line in textwrap.wrap(finding.why, width - len(_MARGIN)):
        yield (("dim", _MARGIN + line),)


def _excerpt(source: Source, place: Place, style: str, width: int, indent: str = "") -> Iterator[Line]:
    """The words of a place in their line, and a line of marks under them."""
    room = width - len(_MARGIN) - len(indent) - 4
    line = source.line_at(place.start)
    end = min(place.end, line.end)
    length = min(end - place.start, room)
    left = max(line.start, min(place.start - (room - length) // 2, line.end - room))
    right = min(line.end, left + room)
    before = ("…" if left > line.start else "") + source.text[left : place.start]
    marked = source.text[place.start : min(end, right)]
    after = source.text[min(end, right) : right] + ("…" if right < line.end else "")
    margin = f"{_MARGIN}{indent}│ "
    yield ("dim", margin), ("", before.replace("\t", " ")), (style, marked.replace("\t", " ")), ("", after.replace("\t", " "))
    yield ("dim", margin), ("", " " * len(before)), (style, "^" * max(1, len(marked)))


def _summary(run: Run, lexicon: Lexicon, words: dict[str, Any], width: int) -> Iterator[Line]:
    for state, key in ((State.NOT_UN, "not_un"), (State.NO_LANGUAGE, "no_language")):
        files = run.with_state(state)
        if files:
            text = lexicon.fill(words[key], {"paths": ", ".join(file.path for file in files)})
            for line in textwrap.wrap(text, width, break_on_hyphens=False):
                yield (("dim", line),)
    checked = len(run.with_state(State.CHECKED)) + len(run.with_state(State.UNREADABLE))
    files = f"{checked} {words['files'][checked != 1]}"
    counts = [
        f"{number} {words['counts'][severity.value][number != 1]}" for severity in Severity if (number := run.count(severity))
    ]
    key = "summary" if counts else "nothing"
    yield (("bold", lexicon.fill(words[key], {"counts": ", ".join(counts), "files": files})),)
