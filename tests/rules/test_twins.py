"""Clean drafts are clean at every stage, and so are their twins: the same report typed or renumbered otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from drafts import check, examples

CLEAN = examples("clean")
FAULTY = examples("faulty")


def crlf(text: str) -> str:
    return text.replace("\n", "\r\n")


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def byte_order_mark(text: str) -> str:
    return "\ufeff" + text


def curly_apostrophes(text: str) -> str:
    return text.replace("'", "’")


def straight_apostrophes(text: str) -> str:
    return text.replace("’", "'")


def no_break_spaces(text: str) -> str:
    return re.sub(r" (?=[;:!?»%])|(?<=«) ", "\u00a0", text)


def narrow_no_break_spaces(text: str) -> str:
    return re.sub(r"[ \u00a0](?=[;:!?»%])|(?<=«)[ \u00a0]", "\u202f", text)


def soft_hyphens(text: str) -> str:
    return re.sub(r"(?<=[a-z]{4})(?=[a-z]{4})", "\u00ad", text)


def paragraph_inserted(text: str, sentence: str) -> str:
    """A paragraph inserted before the third, with every later number and reference moved on by one."""
    label = r"(?m)^([ \t]*)(\*\*)?({})(\.(?:\*\*)?[ \t]+)"
    first = re.search(label.format(r"\d+"), text)
    third = re.search(label.format(3), text) or (first and re.search(label.format(int(first[3]) + 2), text))
    assert third
    start = int(third[3])
    inserted = f"{third[0]}{sentence}\n\n"
    head, tail = text[: third.start()], text[third.start() :]

    def number(match: re.Match[str]) -> str:
        return f"{int(match[0]) + 1}"

    moved, expected = [], start
    for line in tail.split("\n"):
        if re.match(rf"{third[1]}(\*\*)?{expected}\.(\*\*)?(\s|$)", line):
            moved.append(line.replace(str(expected), str(expected + 1), 1))
            expected += 1
        else:
            moved.append(line)
    whole = head + inserted + "\n".join(moved)
    words = r"paragraphs?|paras?\.|paragraphes?|par\."
    own = rf"((?:{words}) )(\d+)((?:(?:,| and| to| et| à|–|-) ?\d+)*)(?= (?:above|below|of the present|ci-|du présent))"

    def reference(match: re.Match[str]) -> str:
        return match[1] + re.sub(
            r"\d+", lambda one: number(one) if int(one[0]) >= start else one[0], match[2] + match[3]
        )

    return re.sub(own, reference, whole)


SAME: list[Callable[[str], str]] = [
    crlf, decomposed, byte_order_mark, curly_apostrophes, straight_apostrophes, no_break_spaces,
    narrow_no_break_spaces, soft_hyphens,
]  # fmt: skip


@pytest.mark.parametrize("stage", ["draft", "review", "publication"])
@pytest.mark.parametrize("path", CLEAN, ids=[path.stem for path in CLEAN])
def test_clean(path: Path, stage: str) -> None:
    report = check(path.read_text(encoding="utf-8"), path.name, stage)
    assert report.state.value == "checked"
    assert [(one.place.line, one.code, one.message) for one in report.findings] == []


@pytest.mark.parametrize("twin", SAME, ids=[twin.__name__ for twin in SAME])
@pytest.mark.parametrize("path", CLEAN, ids=[path.stem for path in CLEAN])
def test_clean_twin(path: Path, twin: Callable[[str], str]) -> None:
    original = path.read_bytes().decode("utf-8")
    assert [
        (one.place.line, one.code, one.message) for one in check(twin(original), path.name, "publication").findings
    ] == []


@pytest.mark.parametrize("twin", SAME, ids=[twin.__name__ for twin in SAME])
@pytest.mark.parametrize("path", FAULTY, ids=[path.stem for path in FAULTY])
def test_faulty_twin_has_the_same_findings(path: Path, twin: Callable[[str], str]) -> None:
    original = path.read_bytes().decode("utf-8")
    before, after = check(original, path.name).findings, check(twin(original), path.name).findings
    assert [(one.code, one.place.line) for one in after] == [(one.code, one.place.line) for one in before]
    assert [one.fingerprint for one in after] == [one.fingerprint for one in before]


@pytest.mark.parametrize("path", CLEAN, ids=[path.stem for path in CLEAN])
def test_paragraph_inserted_and_everything_renumbered(path: Path) -> None:
    original = path.read_text(encoding="utf-8")
    twin = paragraph_inserted(original, "Silence fell." if ".en." in path.name else "Le silence se fit.")
    numbered = r"(?m)^[ \t]*(?:\*\*)?\d+\.(?:\*\*)?\s"
    assert len(re.findall(numbered, twin)) == len(re.findall(numbered, original)) + 1
    assert [(one.place.line, one.code, one.message) for one in check(twin, path.name, "publication").findings] == []


@pytest.mark.parametrize("path", CLEAN, ids=[path.stem for path in CLEAN])
def test_all_dates_moved_by_a_week(path: Path) -> None:
    """The days of the month of the session, meeting or adoption are moved together; the months last long enough."""
    original = path.read_text(encoding="utf-8")
    session = re.search(r"\d[-–]\d+ (\w+) \d{4}", original) or re.search(r"\b(?:on|le)(?: \w+,?)? \d+ (\w+)", original)
    assert session
    name = session[1]
    words = r"and|to|et|au|à"
    pattern = rf"\b(\d{{1,2}})((?:(?:, | (?:{words}) |–|-)\d{{1,2}})*)(?= {name}\b)"

    def moved(match: re.Match[str]) -> str:
        return re.sub(r"\d+", lambda one: str(int(one[0]) + 7), match[0])

    twin = re.sub(pattern, moved, original)
    assert twin != original
    assert [(one.place.line, one.code, one.message) for one in check(twin, path.name, "publication").findings] == []
