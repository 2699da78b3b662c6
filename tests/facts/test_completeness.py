"""What a draft may still get."""

from __future__ import annotations

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.facts.completeness import Completeness
from reportlint.readers import read

SECTIONS = """# Report of the Committee

## I. Opening

### A. Attendance

1. The following States were represented: Chad, Mali and Peru.

### B. Lamps

2. Lamps burned.[^2]

## II. Work

### A. Mud

3. Mud dried.

[^2]: In part.
"""


def completeness(text: str, stage: str = "draft") -> Completeness:
    return rules_for(stage).facts_for(read(Source.from_text(text), "markdown"), "en").get(Completeness)


@pytest.mark.parametrize(
    ("citation", "may_come"),
    [
        ("III", True),
        ("VII", True),
        ("II.B", True),
        ("III.A", True),
        ("C", True),
        ("B", True),
        ("I.C", False),
        ("I.A", False),
        ("II", False),
    ],
)
def test_sections_to_come(citation: str, may_come: bool) -> None:
    assert completeness(SECTIONS).may_get_section(citation) is may_come
    assert not completeness(SECTIONS, "review").may_get_section(citation)


def test_notes_to_come() -> None:
    draft, complete = completeness(SECTIONS), completeness(SECTIONS, "publication")
    assert [draft.may_get_note(label) for label in "123"] == [False, False, True]
    assert not complete.may_get_note("3")


def test_lists_of_participants_wait_for_the_next_heading() -> None:
    assert completeness(SECTIONS).has_attendance
    assert not completeness(SECTIONS.partition("### B.")[0]).has_attendance
    assert completeness(SECTIONS.partition("### B.")[0], "review").has_attendance


AGENDA = "# Report\n\n1. The Committee adopted the following agenda:\n\n   1. Opening.\n\n   2. Lamps.\n"


def test_an_agenda_waits_for_the_next_paragraph() -> None:
    assert not completeness(AGENDA).has_agenda
    assert completeness(f"{AGENDA}\n2. Lamps burned.\n").has_agenda


PART = """HARB/2019/9/Add.1

Distr.: General

# Report of the Committee

## III. Lamps

14. Lamps burned.[^2]

## IV. Mud

15. Mud dried.
"""


@pytest.mark.parametrize(("citation", "elsewhere"), [("I", True), ("V", True), ("I.A", True), ("III", False)])
def test_other_parts_hold_the_rest(citation: str, elsewhere: bool) -> None:
    part = completeness(PART, "publication")
    assert part.may_get_section(citation) is elsewhere
    assert part.has_attendance
    assert not part.may_get_note("2")
