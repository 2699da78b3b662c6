"""Drafts as word processors save them in plain text: a line is a paragraph, and no blank lines part them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from textwrap import wrap

import pytest
from drafts import check, examples

from reportlint.document import Block, BlockKind, MarkKind, Source
from reportlint.knowledge.levels import Severity
from reportlint.readers import format_of, read
from reportlint.report import FileReport

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
# Links, running heads, and what only bold type tells from the beginning of a sentence ("Recommendation 3. Title"), are
# lost.
SHOWN_BY_MARKUP = {"SYM006", "MST005", "NUM006"}


def words(block: Block) -> str:
    """The text of a block with its marks of footnotes."""
    text = block.text
    for mark in reversed(block.marks):
        if mark.kind is MarkKind.FOOTNOTE:
            text = text[: mark.start] + mark.value.translate(RAISED) + text[mark.start :]
    return text


def lines(path: Path, gap: str) -> Iterator[str]:
    """The lines of the export; ``gap`` stands after enumerators."""
    format = format_of(path) or ""
    before = ""
    for block in read(Source.from_text(path.read_text(encoding="utf-8")), format).blocks:
        label = block.enumerator.text.replace("\\", "") if block.enumerator else "•" if block.bullet else ""
        if block.kind is BlockKind.FOOTNOTE:
            yield f"{label.strip('[^]').translate(RAISED)} {words(block)}"
        elif block.kind is BlockKind.TABLE_ROW:
            yield "| " + words(block).replace("\t", " | ") + " |"
        elif label and not block.text:
            before = label + gap
        elif format == "markdown" and not label and not block.marks and not before:
            # The lines of a masthead stay what they are.
            yield from (block.text[a : b - 1] for a, b in pairwise((*block.line_starts, len(block.text) + 1)))
        else:
            yield before + (label + gap if label else "") + words(block)
            before = ""


def codes(report: FileReport, least: int = 0) -> Counter[str]:
    return Counter(one.code for one in report.findings if one.severity.weight >= least)


def export(path: Path, gap: str) -> FileReport:
    text = "\ufeff" + "".join(f"{line}\r\n" for line in lines(path, gap))
    return check(text, f"{path.stem}.txt")


@pytest.mark.parametrize("width", [60, 72, 80, 100])
@pytest.mark.parametrize("path", examples("clean"), ids=lambda path: path.name)
def test_wrapped_lines_are_not_taken_for_paragraphs(path: Path, width: int) -> None:
    exported = list(lines(path, " "))
    wrapped = [line for one in exported for line in wrap(one, width)]
    assert read(Source.from_text("\n".join(exported)), "text").by_line
    for text in (
        "\n".join(wrapped),
        "\n\n".join("\n".join(wrap(one, width)) for one in exported),
        "\n\n".join(exported),
    ):
        assert not read(Source.from_text(text), "text").by_line


@pytest.mark.parametrize("gap", ["\t", " "], ids=["tabs", "spaces"])
@pytest.mark.parametrize("path", examples("clean"), ids=lambda path: path.name)
def test_nothing_is_found_in_clean_drafts(path: Path, gap: str) -> None:
    assert codes(export(path, gap), Severity.WARNING.weight) == Counter()


@pytest.mark.parametrize("gap", ["\t", " "], ids=["tabs", "spaces"])
@pytest.mark.parametrize("path", examples("faulty"), ids=lambda path: path.name)
def test_the_faults_are_found(path: Path, gap: str) -> None:
    planted = codes(check(path.read_text(encoding="utf-8"), path.name))
    exported = export(path, gap)
    assert codes(exported, Severity.WARNING.weight) <= planted
    assert set(planted - codes(exported)) <= SHOWN_BY_MARKUP
