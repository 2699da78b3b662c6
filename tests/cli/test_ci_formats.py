"""The formats for GitHub Actions, GitLab and test views, parsed as those tools parse them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase

from .conftest import CLEAN, FAULTY, run

COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def shown(reports: dict[str, str]) -> list[dict[str, Any]]:
    """Return the findings of the JSON report that are not suppressed."""
    return [finding for finding in json.loads(reports["json"])["findings"] if not finding["suppressed"]]


# -- GitHub Actions -------------------------------------------------------------------------------------------------


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def commands(text: str) -> list[Command]:
    """Return the workflow commands of a log, parsed and decoded as the runner does it."""
    result = []
    for raw_line in text.split("\n"):
        line = raw_line.lstrip()
        if line.startswith("::") and "::" in line[2:]:
            head, _, data = line[2:].partition("::")
            name, _, properties = head.partition(" ")
            pairs = [pair.split("=", 1) for pair in properties.split(",")]
            result.append(Command(name, {key: decode(value, ":,") for key, value in pairs}, decode(data, "")))
        else:
            assert "##[" not in line
    return result


def decode(text: str, also_escaped: str) -> str:
    for character in f"\r\n{also_escaped}%":
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def test_github_has_the_findings_of_json_most_severe_first(reports: dict[str, str]) -> None:
    order = list(COMMANDS)
    expected = sorted(shown(reports), key=lambda finding: order.index(finding["severity"]))
    for command, finding in zip(commands(reports["github"]), expected, strict=True):
        assert command.name == COMMANDS[finding["severity"]]
        place = {"file": finding["path"], "line": finding["line"], "endLine": finding["end_line"]}
        if finding["line"] == finding["end_line"]:
            place |= {"col": finding["column"], "endColumn": finding["end_column"]}
        title = {"title": f"{finding['code']} {finding['name']}"}
        assert command.properties == {key: str(value) for key, value in (place | title).items()}
        message, *rest = command.message.split("\n")
        assert message.startswith(finding["where"])
        assert message.split()[-3:] == finding["message"].split()[-3:]
        assert len(rest) == min(len(finding["related"]), 6) + 1
        assert len(command.message) < 4096


def test_github_log_ends_with_the_summary_of_text(reports: dict[str, str]) -> None:
    assert reports["github"].splitlines()[-1] == reports["text"].splitlines()[-1]


def test_github_log_names_each_file_before_its_findings(reports: dict[str, str]) -> None:
    file = ""
    for line in reports["github"].splitlines():
        file = line.removeprefix("▸ ") if line.startswith("▸ ") else file
        for command in commands(line):
            assert command.properties["file"] == file


@pytest.mark.parametrize("name", ["::error::a.md", "##[error]b,c.md", "100%0A::debug::x:y.md", "new\nline.md"])
def test_file_names_and_text_cannot_inject_commands(name: str, tmp_path: Path) -> None:
    draft = FAULTY.replace("5. Several", "5. ##[error]XX\n::error::several")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / name).write_text(draft, encoding="utf-8")
    (tmp_path / "drafts" / f"not {name}").write_text("# A program\n\nHow to install it with the other tools.\n")
    result = run("check", ".", "--output-format", "github", cwd=tmp_path / "drafts")
    annotations = commands(result.out)
    assert {command.properties["file"] for command in annotations} == {name}
    assert [command.properties["title"].split()[0] for command in annotations] == ["NUM001", "DRF001"]


def test_unreadable_file_has_an_annotation_without_line(folder: Path) -> None:
    (command,) = commands(run("check", "latin.md", "--output-format", "github", cwd=folder).out)
    assert command.properties == {"file": "latin.md", "title": "RPL004 unreadable-input"}
    assert command.message.startswith("this file cannot be read")


@pytest.mark.parametrize(("variable", "format_name"), [("GITHUB_WORKSPACE", "github"), ("CI_PROJECT_DIR", "gitlab")])
def test_paths_are_relative_to_the_repository(variable: str, format_name: str, tmp_path: Path) -> None:
    (tmp_path / "reports/2019").mkdir(parents=True)
    (tmp_path / "reports/2019/a.md").write_text(FAULTY, encoding="utf-8")
    environment = {variable: str(tmp_path)}
    result = run("check", "2019", "--output-format", format_name, cwd=tmp_path / "reports", env=environment)
    if format_name == "github":
        (path,) = {command.properties["file"] for command in commands(result.out)}
    else:
        (path,) = {issue["location"]["path"] for issue in json.loads(result.out)}
    assert path == "reports/2019/a.md"


def test_default_format(folder: Path) -> None:
    in_github = {"GITHUB_ACTIONS": "true"}
    assert commands(run("check", "faulty.md", cwd=folder, env=in_github).out)
    text = run("check", "faulty.md", cwd=folder).out
    assert not commands(text)
    assert run("check", "faulty.md", cwd=folder, env={"GITLAB_CI": "true"}).out == text
    assert run("check", "faulty.md", "--output-format", "text", cwd=folder, env=in_github).out == text
    assert run("rules", env=in_github).out == run("rules").out


# -- GitLab ---------------------------------------------------------------------------------------------------------

LINE = {"type": "integer", "minimum": 1}
CODE_QUALITY = Draft202012Validator(
    {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["description", "check_name", "fingerprint", "severity", "location"],
            "additionalProperties": False,
            "properties": {
                "description": {"type": "string", "pattern": "^.+$"},
                "check_name": {"type": "string", "minLength": 1},
                "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                "location": {
                    "type": "object",
                    "required": ["path", "lines"],
                    "additionalProperties": False,
                    "properties": {
                        "path": {"type": "string", "pattern": "^[^/.]"},
                        "lines": {
                            "type": "object",
                            "required": ["begin", "end"],
                            "additionalProperties": False,
                            "properties": {"begin": LINE, "end": LINE},
                        },
                    },
                },
            },
        },
    }
)
SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def code_quality(text: str) -> list[dict[str, Any]]:
    """Return the issues of a Code Quality report after validating it."""
    issues: list[dict[str, Any]] = json.loads(text)
    assert [error.message for error in CODE_QUALITY.iter_errors(issues)] == []
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    return issues


def test_gitlab_has_the_findings_of_json(reports: dict[str, str]) -> None:
    files = json.loads(reports["json"])["files"]
    issues = code_quality(reports["gitlab"])
    kinds = [issue["location"]["path"] for issue in issues if issue["check_name"] == "kind"]
    assert kinds in ([], [file["path"] for file in files if file["switched_off"]])
    for issue, finding in zip(issues[: len(issues) - len(kinds)], shown(reports), strict=True):
        lines = {"begin": finding["line"], "end": finding["end_line"]}
        assert issue["location"] == {"path": finding["path"], "lines": lines}
        assert issue["severity"] == SEVERITIES[finding["severity"]]
        assert issue["check_name"].split() == [finding["code"], finding["name"]]
        assert issue["description"].startswith(finding["where"])
        assert issue["description"].endswith(f" ({finding['code']})")
        assert "\n" not in issue["description"]


def test_gitlab_fingerprints_are_unique_and_survive_edits(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(FAULTY, encoding="utf-8")
    # Two entries with the same mistakes: the linter gives their findings the same fingerprints.
    entry = "- {path: a.md, code: ZZZ001, fingerprint: 0123456789abcdef}\n"
    (tmp_path / "reportlint-waivers.yaml").write_text(entry + entry, encoding="utf-8")
    before = code_quality(run("check", ".", "--output-format", "gitlab", cwd=tmp_path).out)
    assert Counter(issue["location"]["path"] for issue in before) == {
        "a.md": 1, "b.md": 1, "reportlint-waivers.yaml": 2,
    }  # fmt: skip
    (tmp_path / "a.md").write_text(FAULTY.replace("## I.", "Vienna\n\n## I."), encoding="utf-8")
    after = code_quality(run("check", ".", "--output-format", "gitlab", cwd=tmp_path).out)
    assert [issue["fingerprint"] for issue in after] == [issue["fingerprint"] for issue in before]
    assert after[0]["location"] != before[0]["location"]


# -- test views -----------------------------------------------------------------------------------------------------


def cases(text: str) -> list[TestCase]:
    """Return all tests of a JUnit report after verifying its counters and names."""
    document = JUnitXml.fromstring(text.encode())
    for suite in (document, *document):
        tests = [case for child in document for case in child] if suite is document else list(suite)
        kinds = Counter(type(result) for case in tests for result in case.result)
        counters = (suite.tests, suite.failures, suite.errors, suite.skipped)
        assert counters == (len(tests), kinds[Failure], kinds[Error], kinds[Skipped])
    all_cases = [case for suite in document for case in suite]
    assert all(result.text and result.message for case in all_cases for result in case.result)
    # GitLab ignores a second test with the same names.
    assert len({(case.classname, case.name) for case in all_cases}) == len(all_cases)
    assert {suite.name for suite in document} == {case.classname for case in all_cases}
    return all_cases


def outcome(case: TestCase) -> str:
    kinds = {Failure: "fails", Error: "error", Skipped: "skipped"}
    return kinds[type(case.result[0])] if case.result else "passes"


def test_junit_has_a_test_for_each_finding(reports: dict[str, str]) -> None:
    tests_by_file: dict[str, list[TestCase]] = {}
    for case in cases(reports["junit"]):
        tests_by_file.setdefault(case.classname, []).append(case)
    findings_by_file: dict[str, list[dict[str, Any]]] = {}
    for finding in json.loads(reports["json"])["findings"]:
        findings_by_file.setdefault(finding["path"], []).append(finding)
    assert len(tests_by_file) == json.loads(reports["json"])["summary"]["files"]
    for path, tests in tests_by_file.items():
        if path not in findings_by_file:
            (case,) = tests
            assert outcome(case) in ("passes", "skipped")
            continue
        for case, finding in zip(tests, findings_by_file[path], strict=True):
            assert case.name.startswith(finding["where"])
            assert finding["code"] in case.name
            fails = finding["severity"] in ("error", "warning")
            assert outcome(case) == ("skipped" if finding["suppressed"] else "fails" if fails else "passes")
            text = case.result[0].text if case.result else case.system_out
            assert finding["message"].split()[-3:] == text.splitlines()[finding["suppressed"]].split()[-3:]


@pytest.mark.parametrize(
    ("fail_on", "outcomes"),
    [("error", ["fails", "passes"]), ("warning", ["fails", "fails"]), ("info", ["fails", "fails"])],
)
def test_only_findings_that_fail_the_run_fail_a_test(fail_on: str, outcomes: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY.replace("small harbours", "XX harbours"))
    result = run("check", "a.md", "--fail-on", fail_on, "--output-format", "junit", cwd=tmp_path)
    tests = cases(result.out)
    assert [outcome(case) for case in tests] == outcomes
    assert result.code == 1
    assert all((case.result[0].text if case.result else case.system_out) for case in tests)


def test_clean_draft_passes_and_unchecked_files_are_skipped(folder: Path) -> None:
    paths = ["clean.md", "latin.md", "readme.md", "russian.md"]
    tests = cases(run("check", *paths, "--output-format", "junit", cwd=folder).out)
    assert {case.classname: outcome(case) for case in tests} == {
        "clean.md": "passes", "latin.md": "error", "readme.md": "skipped", "russian.md": "skipped",
    }  # fmt: skip


def test_tests_of_one_rule_in_one_paragraph_are_numbered(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN.replace("of small harbours", "of XX, of XX and of XX"), encoding="utf-8")
    names = [case.name for case in cases(run("check", "a.md", "--output-format", "junit", cwd=tmp_path).out)]
    assert [name.removeprefix("para. 3: DRF001 leftover-placeholder") for name in names] == ["", " (2)", " (3)"]


ODD_CHARACTERS = "\x01\x0b\x1b\x7f\x85\u2028\ufffe\uffff\U0001ffff\U0010ffff&<>\"']]>"


@pytest.mark.parametrize("character", ODD_CHARACTERS)
def test_xml_is_well_formed_with_any_character(character: str, tmp_path: Path) -> None:
    name = f"a{character}.md" if character not in "/\0" else "a.md"
    rule = (
        "- code: HSE001\n  name: odd\n  check: pattern\n  severity: warning\n  confidence: high\n"
        "  with: {pattern: 'small.*harbours'}\n  message: {en: 'odd: {found}'}\n  why: {en: because}\n"
    )
    (tmp_path / "rules.yaml").write_text(rule, encoding="utf-8")
    (tmp_path / name).write_text(CLEAN.replace("small harbours", f"small{character}harbours"), encoding="utf-8")
    result = run("check", name, "--rules", "rules.yaml", "--select", "HSE", "--output-format", "junit", cwd=tmp_path)
    (case,) = cases(result.out)
    assert re.fullmatch("odd: small.harbours", case.result[0].message)
