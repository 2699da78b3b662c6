"""A rule that reports too many problems in a file: a thousand are listed, and one finding stands for the others."""

from __future__ import annotations

import pytest
from drafts import check

from reportlint.engine.listing import MOST_LISTED
from reportlint.finding import Severity, SuppressedBy, Suppression
from reportlint.report import FileReport
from reportlint.waivers.suppression import suppress

CODE = "TYP003"
HEAD = "A/80/12\n\nDistr.: General\n\n# Report of the Committee on Harbour Safety on its third session\n\n"
WAIVED = "<!-- reportlint: ignore TYP003 reason=spoken -->"


def draft(count: int, end: str = "") -> FileReport:
    text = "".join(f"{number}. The crew of the the boat slept. {end}\n\n" for number in range(1, count + 1))
    return check(HEAD + text, language="en", select=frozenset({CODE}))


def test_a_thousand_findings_are_listed() -> None:
    report = draft(MOST_LISTED)
    assert len(report.findings) == MOST_LISTED
    assert not any(finding.unlisted for finding in report.findings)


@pytest.mark.parametrize(("more", "message"), [
    (1, "1 more finding of this rule is not listed"),
    (7, "7 more findings of this rule are not listed"),
])  # fmt: skip
def test_one_finding_stands_for_the_others(more: int, message: str) -> None:
    report = draft(MOST_LISTED + more)
    *listed, last = report.findings
    assert len(listed) == MOST_LISTED
    assert (last.code, last.severity, last.message, last.fields) == (
        CODE, Severity.WARNING, message, {"count": str(more)}
    )  # fmt: skip
    assert last.place.paragraph == str(MOST_LISTED + 1)
    assert [problem.place.paragraph for problem in last.unlisted] == [
        str(MOST_LISTED + number) for number in range(1, more + 1)
    ]
    assert report.count(Severity.WARNING) == MOST_LISTED + more


def test_fingerprints_do_not_depend_on_what_is_listed() -> None:
    many, few = draft(MOST_LISTED + 3), draft(MOST_LISTED)
    assert [finding.fingerprint for finding in many.findings[:-1]] == [finding.fingerprint for finding in few.findings]
    assert len(many.marks) == MOST_LISTED + 4


def test_waivers_in_the_draft_reach_what_is_not_listed() -> None:
    report = draft(MOST_LISTED + 3, WAIVED)
    assert not report.shown
    assert report.suppressed == MOST_LISTED + 3
    assert report.count(Severity.WARNING) == 0


def test_a_known_finding_that_is_not_listed_is_suppressed() -> None:
    report = draft(MOST_LISTED + 3)
    first, second, third = report.findings[-1].unlisted
    known = Suppression(SuppressedBy.BASELINE)
    again = suppress(report, {(CODE, each.fingerprint): known for each in (first, third)})
    last = again.findings[-1]
    assert last.message == "1 more finding of this rule is not listed"
    assert last.place == second.place
    assert not last.suppressed
    assert (again.count(Severity.WARNING), again.suppressed) == (MOST_LISTED + 1, 2)
    again = suppress(again, {(CODE, second.fingerprint): known})
    assert again.findings[-1].suppressed
    assert again.suppressed == 3


def test_a_waiver_of_the_last_finding_suppresses_those_for_which_it_stands() -> None:
    report = draft(MOST_LISTED + 3)
    waiver = Suppression(SuppressedBy.WAIVERS, "spoken")
    again = suppress(report, {(CODE, report.findings[-1].fingerprint): waiver})
    assert again.count(Severity.WARNING) == MOST_LISTED
    assert again.suppressed == 3


def test_findings_about_waivers_are_limited_too() -> None:
    names = " ".join(f"CTY{number}x" for number in range(MOST_LISTED + 100))
    report = check(f"{HEAD}<!-- reportlint: ignore {names} -->\n1. The crew slept.\n", language="en")
    about = [finding for finding in report.findings if finding.code == "RPL002"]
    assert len(about) == MOST_LISTED + 1
    assert about[-1].fields == {"count": "100"}
    assert report.count(Severity.ERROR) == 1_100
