"""Headings of a decimal outline in plain text, directly above their text, and the faults that are still found."""

from __future__ import annotations

import pytest
from drafts import check, rules_for

from reportlint.document import Source
from reportlint.facts.document_kind import KindOfDocument
from reportlint.knowledge.levels import DocumentKind
from reportlint.readers import read
from reportlint.structure import Structure

TEXT = (
    "The groups discussed the draft of the summary in the morning and in the afternoon. They asked for\n"
    "more detail on the reefs and lagoons of the region.\n"
)
OUTLINE = {
    "1.": "Introduction",
    "1.1.": "This report",
    "1.2.": "Context of the workshop",
    "2.": "Background",
    "2.1.": "Reefs and atolls",
    "2.2.": "Ways of participation of the islands\n       and of their neighbours",
    "2.3.": "Gains",
    "2.3.1.": "Gains for islands",
    "3.": "Next steps",
    "3.1.": "Section A. The state of reefs",
}
HEADINGS = "“1.–2.” is missing from the sequence of headings, which continues with “3.”"
# A blank line below these makes them headings by themselves.
APART = ("1.", "2.", "2.2.", "3.")


def draft(*without: str, sentence: str = "") -> str:
    blocks = [
        f"{label:<7}{title}\n" + ("\n" if label in APART else "") + (sentence if label == "2.1." else "") + TEXT
        for label, title in OUTLINE.items()
        if label not in without
    ]
    return "Report of the reef workshop\n\n" + "\n".join(blocks)


def structure(text: str) -> Structure:
    return rules_for().facts_for(read(Source.from_text(text), "text"), "en").get(Structure)


def numbering(text: str) -> list[str]:
    findings = check(text, "draft.txt", stage="publication").findings
    return [finding.message.partition(";")[0] for finding in findings if finding.code in ("NUM001", "NUM002")]


def test_an_unbroken_outline() -> None:
    sections = structure(draft()).sections
    assert [section.label.text for section in sections if section.label] == list(OUTLINE)
    assert [section.title.split() for section in sections if section.label] == [
        title.split() for title in OUTLINE.values()
    ]
    assert [section.path for section in sections][7] == ("2.3.1",)
    assert not check(draft(), "draft.txt", stage="publication").findings
    facts = rules_for().facts_for(read(Source.from_text(draft()), "text"), "en")
    assert facts.get(KindOfDocument).kind is not DocumentKind.NOT_UN


def test_a_table_of_contents_and_items_are_no_part_of_it() -> None:
    contents = "".join(f"{label:<7}{' '.join(title.split())} ........ 3\n" for label, title in OUTLINE.items())
    text = draft(sentence="\n1. Reefs are rare\n\n2. Atolls are rarer\n\n").replace(
        "\n\n", f"\n\nContents\n\n{contents}\n\n", 1
    )
    labels = [section.label.text for section in structure(text).sections if section.label]
    assert labels == list(OUTLINE)


@pytest.mark.parametrize(
    ("without", "missing"),
    [
        (("2.2.",), ["paragraph number missing: 2.2."]),
        (("1.", "2.", "2.2."), ["paragraph number missing: 2.2.", HEADINGS]),
        (("1.2.",), []),
    ],
)
def test_gaps(without: tuple[str, ...], missing: list[str]) -> None:
    assert numbering(draft(*without)) == missing


# Paragraphs 1.1, 1.2 … with sentences break the outline. Then a number that is a heading is not missing.
PARAGRAPHS = """Report of the reef workshop

1.     Introduction

1.1.   The workshop was held in the new hall of the centre by the sea, where
all groups met.

1.2.   The groups discussed the draft of the summary in the morning, and they
asked for more detail.

1.3.   Ways of participation

The groups were many.

1.4.   The groups discussed the draft of the summary in the afternoon, and they
asked for less detail.
"""


def test_a_heading_of_the_same_series_is_not_missing() -> None:
    assert numbering(PARAGRAPHS) == []
    assert numbering(PARAGRAPHS.replace("1.3.   ", "")) == ["paragraph number missing: 1.3."]


def test_headings_beside_numbered_paragraphs() -> None:
    text = (
        "# Report of the reef workshop\n\n## I. Talks\n\n### 1. Opening\n\n"
        "1. The groups met in the new hall of the centre.\n\n### 2. Closing\n\n"
        "3. The groups left the new hall of the centre.\n\n4. The groups went home by the sea.\n"
    )
    findings = check(text, stage="publication").findings
    assert [finding.code for finding in findings if finding.code.startswith("NUM")] == ["NUM001"]


def test_an_annex_with_its_title_above_its_text() -> None:
    words = "The Reef Fund (RF) met in the new hall of the centre\nby the sea. The RF left."
    annex = "Annex 2: Programme of work\nThe Reef Fund (RF) and the Atoll Union (AU) were there. The AU left again.\n"
    text = f"Report of the reef workshop\n\n1. {words}\n\n2. It closed.\n\nAnnex 1: Agenda\nIt was short.\n\n{annex}"
    sections = structure(text).sections
    assert [(section.name, section.title.strip()) for section in sections] == [
        ("Annex 1", "Agenda"),
        ("Annex 2", "Programme of work"),
    ]
    assert "ABB002" not in [finding.code for finding in check(text, "draft.txt").findings]
    inside = text.replace("Annex 2: Programme of work\nT", "T")
    listed = f"Report of the reef workshop\n\n1. {words}\n\nAnnex 1: Agenda\nAnnex 2: Programme\n"
    assert "ABB002" in [
        finding.code for finding in check(inside.replace("Annex 1: Agenda\n", ""), "draft.txt").findings
    ]
    assert len(structure(listed).sections) < 2


PERSONS = """Report of the Working Group on Reefs on its second session, held in Lima from 4 to 6 March 2019

1. The Working Group met in Lima.

2. It adopted its report.

Annex

Participants

Reef Centre
{}
"""


@pytest.mark.parametrize(
    ("rows", "is_fault"),
    [
        # Persons with their States and functions, by rank.
        (
            ("Ana Salgado    Colombia    Chair", "Adri Flor    Mexico    Member", "Tia Renoir    France    Member"),
            False,
        ),
        # Columns of States.
        (("Albania    Ecuador    Kenya", "Belgium    Iceland    Lesotho", "Chad    Haiti    Mali"), True),
        (("Albania    Ecuador    Kenya", "Belgium    Haiti    Lesotho", "Chad    Iceland    Mali"), False),
    ],
)
def test_columns(rows: tuple[str, ...], is_fault: bool) -> None:
    cells = [row.split("    ") for row in rows]
    lines = "\n".join(f"{first:<25}{second:<18}{third}" for first, second, third in cells)
    findings = check(PERSONS.format(lines), "draft.txt", stage="publication").findings
    assert [finding.code for finding in findings if finding.code == "CTY003"] == ["CTY003"] * is_fault
