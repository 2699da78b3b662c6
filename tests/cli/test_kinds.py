"""At publication, every format names the kind of a document that switched off rules, and these rules."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from drafts import rules_for
from junitparser import JUnitXml

from reportlint.reporters.recognition import recognizer

from .conftest import CLEAN, run

DECISIONS = """# Committee on Harbour Safety

HARB/COM/2019/4
Distr.: General
12 March 2019
Original: English

## Decision 2/1. Lighting of small harbours

The Committee on Harbour Safety,

Recalling its decision 1/3 on the lighting of large harbours,

1. Invites States to light their small harbours;

2. Requests the secretariat to survey the lamps of small harbours.
"""
KIND = "decisions or resolutions; not checked for this kind: ADP, AGD003, MTG007"
GENRE = "décisions ou résolutions ; règles non appliquées à ce type de document : ADP, AGD003, MTG007"
CODES = [*(f"ADP00{number}" for number in range(1, 8)), "AGD003", "MTG007"]


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with decisions and a report."""
    folder = tmp_path_factory.mktemp("kinds")
    (folder / "decisions.md").write_text(DECISIONS, encoding="utf-8")
    (folder / "report.md").write_text(CLEAN, encoding="utf-8")
    return folder


def output(folder: Path, format: str, *options: str, stage: str = "publication") -> str:
    return run(
        "check", "--stage", stage, "--output-format", format, *options, "decisions.md", "report.md", cwd=folder
    ).out


def parsed(folder: Path, format: str) -> Any:
    return json.loads(output(folder, format))


@pytest.mark.parametrize("format", ["text", "concise", "github"])
def test_a_line_for_each_document(kinds: Path, format: str) -> None:
    # Text is wrapped at 80 columns.
    lines = output(kinds, format).replace(",\nMTG007", ", MTG007").splitlines()
    assert lines.count(f"decisions.md: {KIND}") == 1
    assert not any(line.startswith("report.md: ") and "kind" in line for line in lines)


@pytest.mark.parametrize("format", ["text", "concise", "github", "gitlab", "junit", "sarif", "html"])
@pytest.mark.parametrize("stage", ["draft", "review"])
def test_not_before_publication(kinds: Path, format: str, stage: str) -> None:
    assert "not checked for this kind" not in output(kinds, format, stage=stage)
    assert "AGD003, " not in output(kinds, format, stage=stage)


def test_in_french(kinds: Path) -> None:
    text = output(kinds, "concise", "--message-language", "fr")
    assert f"decisions.md : {GENRE}" in text.splitlines()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_output_is_recognized(kinds: Path, language: str) -> None:
    """A file with such a line is replaced by the next run."""
    text = output(kinds, "concise", "--message-language", language)
    rules = rules_for()
    recognizes = recognizer("concise", lambda: iter([rules.lexicon(language)]))
    assert recognizes is not None
    assert recognizes(text)


def test_single_rules_of_a_family(kinds: Path) -> None:
    """A family is named only if all its rules in force are switched off."""
    text = output(kinds, "concise", "--select", "ADP001,AGD002,AGD003")
    assert "not checked for this kind: ADP001, AGD003\n" in text


def test_html(kinds: Path) -> None:
    assert f"<p>decisions.md: {KIND}</p>" in output(kinds, "html")


def test_json(kinds: Path) -> None:
    files = {file["path"]: (file["kind"], file["switched_off"]) for file in parsed(kinds, "json")["files"]}
    assert files == {"decisions.md": ("decisions", CODES), "report.md": ("report", [])}


def test_gitlab(kinds: Path) -> None:
    remarks = [issue for issue in parsed(kinds, "gitlab") if issue["check_name"] == "kind"]
    assert [(issue["description"], issue["severity"]) for issue in remarks] == [(KIND, "info")]
    assert remarks[0]["location"] == {"path": "decisions.md", "lines": {"begin": 1, "end": 1}}


def test_junit(kinds: Path) -> None:
    suites = {suite.name: suite for suite in JUnitXml.fromstring(output(kinds, "junit").encode())}
    properties = {item.name: item.value for item in suites["decisions.md"].properties()}  # type: ignore[no-untyped-call]
    assert properties == {"kind": "decisions", "switched-off": ", ".join(CODES)}
    assert not list(suites["report.md"].properties())  # type: ignore[no-untyped-call]


def test_sarif(kinds: Path) -> None:
    (log,) = parsed(kinds, "sarif")["runs"]
    properties = {item["location"]["uri"]: item["properties"] for item in log["artifacts"]}
    assert properties["decisions.md"] == {"state": "checked", "kind": "decisions", "switchedOff": CODES}
    assert properties["report.md"] == {"state": "checked"}
    notes = log["invocations"][0]["toolExecutionNotifications"]
    assert [(note["level"], note["message"]["text"]) for note in notes] == [("note", KIND)]
