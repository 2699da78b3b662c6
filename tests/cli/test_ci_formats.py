"""What GitHub Actions, GitLab and test views are given, read back as they read it."""

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
    return [one for one in json.loads(reports["json"])["findings"] if not one["suppressed"]]


# -- GitHub Actions -------------------------------------------------------------------------------------------------


class Command(NamedTuple):
    name: str
    properties: dict[str, str]
    message: str


def commands(text: str) -> list[Command]:
    """The workflow commands of a log, found and decoded as the runner does it."""
    found = []
    for whole in text.split("\n"):
        line = whole.lstrip()
        if line.startswith("::") and "::" in line[2:]:
            head, _, data = line[2:].partition("::")
            name, _, given = head.partition(" ")
            pairs = [pair.split("=", 1) for pair in given.split(",")]
            found.append(Command(name, {key: decoded(value, ":,") for key, value in pairs}, decoded(data, "")))
        else:
            assert "##[" not in line
    return found


def decoded(text: str, more: str) -> str:
    for character in f"\r\n{more}%":
        text = text.replace(f"%{ord(character):02X}", character)
    return text


def test_github_is_told_what_json_says_the_worst_first(reports: dict[str, str]) -> None:
    order = list(COMMANDS)
    expected = sorted(shown(reports), key=lambda one: order.index(one["severity"]))
    for command, one in zip(commands(reports["github"]), expected, strict=True):
        assert command.name == COMMANDS[one["severity"]]
        place = {"file": one["path"], "line": one["line"], "endLine": one["end_line"]}
        if one["line"] == one["end_line"]:
            place |= {"col": one["column"], "endColumn": one["end_column"]}
        title = {"title": f"{one['code']} {one['name']}"}
        assert command.properties == {key: str(value) for key, value in (place | title).items()}
        message, *rest = command.message.split("\n")
        assert message.startswith(one["where"])
        assert message.split()[-3:] == one["message"].split()[-3:]
        assert len(rest) == min(len(one["related"]), 6) + 1
        assert len(command.message) < 4096


def test_the_log_of_github_ends_as_text_does(reports: dict[str, str]) -> None:
    assert reports["github"].splitlines()[-1] == reports["text"].splitlines()[-1]


def test_the_log_of_github_names_each_file_before_its_findings(reports: dict[str, str]) -> None:
    named = ""
    for line in reports["github"].splitlines():
        named = line.removeprefix("▸ ") if line.startswith("▸ ") else named
        for command in commands(line):
            assert command.properties["file"] == named


@pytest.mark.parametrize("name", ["::error::a.md", "##[error]b,c.md", "100%0A::debug::x:y.md", "new\nline.md"])
def test_no_name_and_no_text_is_a_command(name: str, tmp_path: Path) -> None:
    draft = FAULTY.replace("5. Several", "5. ##[error]XX\n::error::several")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / name).write_text(draft, encoding="utf-8")
    (tmp_path / "drafts" / f"not {name}").write_text("# A program\n\nHow to install it with the other tools.\n")
    result = run("check", ".", "--output-format", "github", cwd=tmp_path / "drafts")
    found = commands(result.out)
    assert {command.properties["file"] for command in found} == {name}
    assert [command.properties["title"].split()[0] for command in found] == ["NUM001", "DRF001"]


def test_a_file_that_cannot_be_read_is_annotated_as_a_whole(folder: Path) -> None:
    (command,) = commands(run("check", "latin.md", "--output-format", "github", cwd=folder).out)
    assert command.properties == {"file": "latin.md", "title": "RPL004 unreadable-input"}
    assert command.message.startswith("this file cannot be read")


@pytest.mark.parametrize(("variable", "form"), [("GITHUB_WORKSPACE", "github"), ("CI_PROJECT_DIR", "gitlab")])
def test_paths_begin_at_the_root_of_the_repository(variable: str, form: str, tmp_path: Path) -> None:
    (tmp_path / "reports/2019").mkdir(parents=True)
    (tmp_path / "reports/2019/a.md").write_text(FAULTY, encoding="utf-8")
    environment = {variable: str(tmp_path)}
    result = run("check", "2019", "--output-format", form, cwd=tmp_path / "reports", env=environment)
    if form == "github":
        (path,) = {command.properties["file"] for command in commands(result.out)}
    else:
        (path,) = {one["location"]["path"] for one in json.loads(result.out)}
    assert path == "reports/2019/a.md"


def test_the_choice_where_nobody_asks(folder: Path) -> None:
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
    issues: list[dict[str, Any]] = json.loads(text)
    assert [error.message for error in CODE_QUALITY.iter_errors(issues)] == []
    assert len({one["fingerprint"] for one in issues}) == len(issues)
    return issues


def test_gitlab_is_told_what_json_says(reports: dict[str, str]) -> None:
    for issue, one in zip(code_quality(reports["gitlab"]), shown(reports), strict=True):
        assert issue["location"] == {"path": one["path"], "lines": {"begin": one["line"], "end": one["end_line"]}}
        assert issue["severity"] == SEVERITIES[one["severity"]]
        assert issue["check_name"].split() == [one["code"], one["name"]]
        assert issue["description"].startswith(one["where"])
        assert issue["description"].endswith(f" ({one['code']})")
        assert "\n" not in issue["description"]


def test_fingerprints_of_gitlab_last_and_tell_files_apart(tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(FAULTY, encoding="utf-8")
    # Two entries with the same mistake: the linter gives both the same fingerprint.
    (tmp_path / "reportlint-waivers.yaml").write_text("- path: a.md\n- path: a.md\n", encoding="utf-8")
    before = code_quality(run("check", ".", "--output-format", "gitlab", cwd=tmp_path).out)
    assert Counter(one["location"]["path"] for one in before) == {
        "a.md": 1, "b.md": 1, "reportlint-waivers.yaml": 4,
    }  # fmt: skip
    (tmp_path / "a.md").write_text(FAULTY.replace("## I.", "Vienna\n\n## I."), encoding="utf-8")
    after = code_quality(run("check", ".", "--output-format", "gitlab", cwd=tmp_path).out)
    assert [one["fingerprint"] for one in after] == [one["fingerprint"] for one in before]
    assert after[0]["location"] != before[0]["location"]


# -- test views -----------------------------------------------------------------------------------------------------


def cases(text: str) -> list[TestCase]:
    """All tests, after what the suites say of themselves has been verified."""
    document = JUnitXml.fromstring(text.encode())
    for suite in (document, *document):
        tests = [case for one in document for case in one] if suite is document else list(suite)
        kinds = Counter(type(result) for case in tests for result in case.result)
        counted = (suite.tests, suite.failures, suite.errors, suite.skipped)
        assert counted == (len(tests), kinds[Failure], kinds[Error], kinds[Skipped])
    found = [case for suite in document for case in suite]
    assert all(result.text and result.message for case in found for result in case.result)
    # GitLab passes over a second test of the same names.
    assert len({(case.classname, case.name) for case in found}) == len(found)
    assert {suite.name for suite in document} == {case.classname for case in found}
    return found


def outcome(case: TestCase) -> str:
    kinds = {Failure: "fails", Error: "error", Skipped: "skipped"}
    return kinds[type(case.result[0])] if case.result else "passes"


def test_a_test_for_each_finding(reports: dict[str, str]) -> None:
    found = cases(reports["junit"])
    by_file: dict[str, list[TestCase]] = {}
    for case in found:
        by_file.setdefault(case.classname, []).append(case)
    told: dict[str, list[dict[str, Any]]] = {}
    for one in json.loads(reports["json"])["findings"]:
        told.setdefault(one["path"], []).append(one)
    assert len(by_file) == json.loads(reports["json"])["summary"]["files"]
    for path, tests in by_file.items():
        if path not in told:
            (case,) = tests
            assert outcome(case) in ("passes", "skipped")
            continue
        for case, one in zip(tests, told[path], strict=True):
            assert case.name.startswith(one["where"])
            assert one["code"] in case.name
            fails = one["severity"] in ("error", "warning")
            assert outcome(case) == ("skipped" if one["suppressed"] else "fails" if fails else "passes")
            text = case.result[0].text if case.result else case.system_out
            assert one["message"].split()[-3:] == text.splitlines()[one["suppressed"]].split()[-3:]


@pytest.mark.parametrize(
    ("fail_on", "outcomes"),
    [("error", ["fails", "passes"]), ("warning", ["fails", "fails"]), ("info", ["fails", "fails"])],
)
def test_what_does_not_fail_the_run_fails_no_test(fail_on: str, outcomes: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(FAULTY.replace("small harbours", "XX harbours"))
    result = run("check", "a.md", "--fail-on", fail_on, "--output-format", "junit", cwd=tmp_path)
    found = cases(result.out)
    assert [outcome(case) for case in found] == outcomes
    assert result.code == 1
    assert all((case.result[0].text if case.result else case.system_out) for case in found)


def test_a_clean_draft_passes_and_what_was_not_checked_is_skipped(folder: Path) -> None:
    paths = ["clean.md", "latin.md", "readme.md", "russian.md"]
    found = cases(run("check", *paths, "--output-format", "junit", cwd=folder).out)
    assert {case.classname: outcome(case) for case in found} == {
        "clean.md": "passes", "latin.md": "error", "readme.md": "skipped", "russian.md": "skipped",
    }  # fmt: skip


def test_the_tests_of_one_rule_in_one_paragraph_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(CLEAN.replace("of small harbours", "of XX, of XX and of XX"), encoding="utf-8")
    names = [case.name for case in cases(run("check", "a.md", "--output-format", "junit", cwd=tmp_path).out)]
    assert [name.removeprefix("para. 3: DRF001 leftover-placeholder") for name in names] == ["", " (2)", " (3)"]


ODD = "\x01\x0b\x1b\x7f\x85\u2028\ufffe\uffff\U0001ffff\U0010ffff&<>\"']]>"


@pytest.mark.parametrize("character", ODD)
def test_xml_is_well_formed_whatever_a_draft_has(character: str, tmp_path: Path) -> None:
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
