"""Numbers of headings and labels of lists in documents of unusual shapes, each with the fault that is still found."""

from __future__ import annotations

import pytest
from drafts import check

RESOLUTION = "# Resolution adopted by the Assembly of Lighthouses on 3 May 2023\n\n## 5/2. Budget\n\n"


def found(text: str, code: str) -> list[tuple[int, int]]:
    """Return the line and the number of related places of each finding of one rule."""
    findings = check(text, stage="publication").findings
    return [(finding.place.line, len(finding.related)) for finding in findings if finding.code == code]


def headings(*labels: str) -> str:
    lines = (f"## {label} Lamps\n\n{place}. Decides to keep the lamps lit;\n" for place, label in enumerate(labels, 1))
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("labels", "faults"),
    [
        # The sections of a budget that a resolution comments on.
        (("Part I", "Part III", "Part IV", "Part VI", "Part VII"), 0),
        (("Section 2.", "Section 5.", "Section 6."), 0),
        # A single gap, and gaps beside a repetition, are faults.
        (("Part I", "Part II", "Part IV", "Part V"), 1),
        (("Part I", "Part III", "Part III", "Part V"), 2),
    ],
)
def test_headings_that_name_selected_parts_of_another_document(labels: tuple[str, ...], faults: int) -> None:
    assert len(found(RESOLUTION + headings(*labels), "NUM002")) == faults
    report = "# Report of the Assembly of Lighthouses on its fifth session\n\n" + headings(*labels)
    assert found(report, "NUM002")


@pytest.mark.parametrize(
    ("labels", "faults"),
    [
        # Chapters of another work, listed in a section.
        (("1.", "2.", "2.1.", "Chapter 1", "Chapter 2", "3.", "4."), 0),
        (("1.", "2.", "Chapter 1", "Chapter 2", "3.", "5."), 1),
        (("Chapter 1", "1.", "2.", "Chapter 2", "1.", "2.", "3."), 0),
        (("Chapter 1", "1.", "2.", "Chapter 2", "1.", "3."), 1),
        (("1.", "Chapter 1", "1.", "2.", "Chapter 2", "1.", "2."), 0),
    ],
)
def test_sections_go_on_after_chapters(labels: tuple[str, ...], faults: int) -> None:
    report = "# Report of the Assembly of Lighthouses on its fifth session\n\n" + headings(*labels)
    assert len(found(report, "NUM002")) == faults


def lists(*labels: str) -> str:
    """Return paragraphs with a list each; the labels of a list are separated by spaces."""
    return "\n".join(
        f"{number}. The Committee decided:\n\n"
        + "".join(f"{label} To keep the lamps lit;\n\n" for label in each.split())
        for number, each in enumerate(labels, 1)
    )


@pytest.mark.parametrize(
    ("labels", "places"),
    [
        (("(a) (b)", "(a) (b)", "(a) (b)"), []),
        # One finding for all lists that differ from most others.
        (("(a) (b)", "(a) (b)", "(a) (b)", "a) b)", "a) b)"), [(24, 1)]),
        # One finding if most lists have the other form.
        (("a) b)", "a) b)", "(a) (b)"), [(3, 0)]),
        (("a) b)", "a) b)"), [(3, 0)]),
        # A list that mixes both is reported apart.
        (("(a) b)", "(a) (b)"), [(5, 0)]),
        # Letters and numerals each have their form.
        (("(a) (b)", "(a) (b)", "i) ii)"), [(17, 0)]),
    ],
)
def test_one_finding_for_a_style_of_labels(labels: tuple[str, ...], places: list[tuple[int, int]]) -> None:
    assert found(lists(*labels), "NUM004") == places


@pytest.mark.parametrize(
    ("items", "lines"),
    [((1, 2, 3, 4), []), ((1, 2, 4), [21]), ((1, 2, 9), [21]), ((4, 7, 9), []), ((1, 3), [])],
)
def test_agenda_items_as_headings(items: tuple[int, ...], lines: list[int]) -> None:
    head = (
        "LAMP/COM/2023/6\nDistr.: General\n12 July 2023\nOriginal: English\n\nCommittee on Lamps\nSixth session\n\n"
        "Report of the Committee on Lamps on its sixth session\n\n"
    )
    text = head + "".join(
        f"AGENDA ITEM {item}: LAMPS OF ITEM {item}\n\n{number}. The Committee discussed the lamps of harbours.\n\n"
        for number, item in enumerate(items, 1)
    )
    findings = check(text, "draft.txt", stage="publication").findings
    places = [(finding.place.line, finding.severity.value) for finding in findings if finding.code == "NUM002"]
    assert places == [(line - 2, "warning") for line in lines]


@pytest.mark.parametrize(
    ("labels", "codes"),
    [((4, 8, 18), set()), ((4, 5, 18), {"NUM003"})],
)
def test_an_extract_of_another_list_keeps_its_labels(labels: tuple[int, ...], codes: set[str]) -> None:
    items = "\n\n".join(f"    {label}. Lighting of harbour {label}" for label in labels)
    text = f"(6) The lamps were lit.\n\n(7) The items except the following:\n\n{items}\n\n(8) Work began.\n"
    assert {finding.code for finding in check(text, "draft.txt").findings if finding.code.startswith("NUM")} == codes


@pytest.mark.parametrize(("after", "found"), [("3. Lamps", False), ("A. Lamps", True)])
def test_chapters_may_begin_again_below_another_section(after: str, found: bool) -> None:
    chapters = "## Chapter 1: Lamps\n\n## Chapter 2: Buoys\n\n"
    text = f"1. The Committee on Lamps met.\n\n2. It took note of the work of the Group.\n\n{chapters}"
    text = f"# Report of the Committee on Lamps\n\n## 1. Opening\n\n## 2. Work\n\n{text}## {after}\n\n{chapters}"
    assert ("NUM002" in [finding.code for finding in check(text).findings]) == found
