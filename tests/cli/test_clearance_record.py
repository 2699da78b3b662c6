"""``--output-file record=PATH`` and ``clearance=PATH``: written only if nothing fails the run; what they state."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pypdf
import pytest
import word_files
from drafts import EXAMPLES, ROOT
from google.protobuf import json_format
from in_toto_attestation.v1 import statement_pb2  # type: ignore[import-untyped]
from in_toto_attestation.v1.statement import Statement  # type: ignore[import-untyped]

from .conftest import CLEAN, FAULTY, RICH, Result, environment, install, run

sys.path.insert(0, str(ROOT / "docs"))

from record_schema import SCHEMA, schema_text

PUBLICATION = ("--stage", "publication")
RECORD = ("--output-file", "record=clearance.json")
PAGE = ("--output-file", "clearance=clearance.html")
BROWSER = shutil.which("chromium")
A4 = (595, 842)
"""The size of a sheet in points."""
EPOCH = {"SOURCE_DATE_EPOCH": "1700000000"}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with two clean drafts."""
    (tmp_path / "reports").mkdir()
    for name in ("b.md", "a.md"):
        (tmp_path / "reports" / name).write_text(CLEAN, encoding="utf-8")
    return tmp_path


def clear(folder: Path, *given: str) -> Result:
    return run("check", *PUBLICATION, *RECORD, *PAGE, *given, cwd=folder, env=EPOCH)


def record(folder: Path, *given: str) -> Any:
    """Return the record of a run that clears all, after validating it."""
    result = clear(folder, *given)
    assert (result.code, result.err) == (0, "")
    text = (folder / "clearance.json").read_text(encoding="utf-8")
    jsonschema.validate(json.loads(text), json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert run("verify", "clearance.json", cwd=folder).code == 0
    return json.loads(text)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# -- what a record states ---------------------------------------------------------------------------------------------


def test_record_is_a_statement_about_the_bytes_of_the_files(desk: Path) -> None:
    (desk / "reports/c.md").write_bytes(b"\xef\xbb\xbf" + CLEAN.replace("\n", "\r\n").encode())
    statement = record(desk, "reports/c.md", "reports", str(desk / "reports"))
    assert list(statement) == ["_type", "subject", "predicateType", "predicate"]
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["predicateType"] == "urn:reportlint:clearance:1"
    assert statement["subject"] == [
        {"name": f"reports/{name}", "digest": {"sha256": sha256(desk / "reports" / name)}}
        for name in ("a.md", "b.md", "c.md")
    ]


def test_library_of_in_toto_accepts_a_record(desk: Path) -> None:
    record(desk, "reports")
    text = (desk / "clearance.json").read_text(encoding="utf-8")
    statement = Statement.copy_from_pb(json_format.Parse(text, statement_pb2.Statement()))
    statement.validate()
    assert [subject.name for subject in statement.pb.subject] == ["reports/a.md", "reports/b.md"]


def test_names_are_relative_to_the_folder_of_the_record(desk: Path) -> None:
    result = run("check", "a.md", "--output-file", "record=../clearance.json", cwd=desk / "reports")
    assert (result.code, result.err) == (0, "")
    statement = json.loads((desk / "clearance.json").read_text(encoding="utf-8"))
    assert [subject["name"] for subject in statement["subject"]] == ["reports/a.md"]
    assert run("verify", "../clearance.json", cwd=desk / "reports").code == 0


def test_predicate_states_the_conditions_of_the_run(desk: Path) -> None:
    predicate = record(desk, "--select", "NUM,AGD,AGD004", "--ignore", "NUM003", "--fail-on", "error", "reports")[
        "predicate"
    ]
    listed = run("rules", "--output-format", "json").json["rules"]
    rules = {rule["code"]: rule["severity"]["publication"] for rule in listed}
    assert predicate["version"] == run("--version").out.split()[1]
    assert predicate["stage"] == "publication"
    assert (predicate["select"], predicate["ignore"]) == (["AGD", "AGD004", "NUM"], ["NUM003"])
    assert predicate["fail_on"] == "error"
    assert predicate["plugins"] == []
    assert predicate["rules"] == {
        code: severity for code, severity in rules.items() if code[:3] in ("NUM", "AGD") and code != "NUM003"
    }


def test_predicate_states_what_each_file_is(desk: Path) -> None:
    (desk / "reports/empty.md").write_bytes(b"")
    (desk / "reports/readme.md").write_text("# A program\n\nHow to install it, and how to use it.\n", encoding="utf-8")
    (desk / "reports/old.md").write_text(FAULTY, encoding="utf-8")
    (desk / "reportlint.toml").write_text('exclude = ["old.md"]\n', encoding="utf-8")
    shutil.copy(EXAMPLES / "clean/mountain-passes-decisions.en.md", desk / "reports/decisions.md")
    statement = record(desk, "reports")
    files = {file["path"]: file for file in statement["predicate"]["files"]}
    assert list(files) == [f"reports/{name}.md" for name in ("a", "b", "decisions", "empty", "old", "readme")]
    assert {subject["name"] for subject in statement["subject"]} == {
        f"reports/{name}.md" for name in ("a", "b", "decisions")
    }
    shown = {
        key: files["reports/a.md"][key]
        for key in ("state", "reason", "symbol", "title", "date", "language", "kind")
    }  # fmt: skip
    assert shown == {
        "state": "checked",
        "reason": None,
        "symbol": "HARB/COM/2019/3",
        "title": "Report of the Committee on Harbour Safety on its second session",
        "date": "2019-03-12",
        "language": "en",
        "kind": "report",
    }
    assert [files["reports/a.md"][key] for key in ("errors", "warnings", "infos", "suppressed")] == [0, 0, 0, 0]
    assert files["reports/a.md"]["conditions"]["rules"] == {}
    of_kind = files["reports/decisions.md"]["conditions"]["rules"]
    assert {"ADP001", "AGD003", "MTG007"} <= {code for code, severity in of_kind.items() if severity == "off"}
    assert (files["reports/empty.md"]["state"], files["reports/empty.md"]["reason"]) == ("empty", "empty file")
    assert (files["reports/old.md"]["state"], files["reports/old.md"]["reason"]) == (
        "excluded",
        "excluded by the configuration",
    )
    assert files["reports/readme.md"]["state"] == "not-a-un-document"
    assert files["reports/readme.md"]["reason"]


def test_infos_are_counted(desk: Path) -> None:
    (desk / "reports/a.md").write_text(FAULTY, encoding="utf-8")
    (desk / "reportlint.toml").write_text('[severity]\nNUM001 = "info"\n', encoding="utf-8")
    statement = record(desk, "reports")
    assert [file["infos"] for file in statement["predicate"]["files"]] == [1, 0]
    assert statement["predicate"]["rules"]["NUM001"] == "info"


def test_overrides_are_stated_for_their_files(desk: Path) -> None:
    (desk / "reportlint.toml").write_text(
        '[[overrides]]\npaths = ["b.md"]\nstage = "draft"\nignore = ["NUM001"]\n', encoding="utf-8"
    )
    run("check", "reports", *RECORD, cwd=desk)
    predicate = json.loads((desk / "clearance.json").read_text(encoding="utf-8"))["predicate"]
    assert predicate["stage"] == "review"
    first, second = (file["conditions"] for file in predicate["files"])
    assert (first["stage"], first["rules"]) == ("review", {})
    assert first["configuration"] == predicate["configuration"]
    assert second["stage"] == "draft"
    assert second["rules"]["NUM001"] == "off"
    assert second["configuration"] != predicate["configuration"]
    assert run("verify", "clearance.json", cwd=desk).code == 0


def test_word_file_is_a_subject(desk: Path) -> None:
    lines = filter(None, CLEAN.replace("#", "").split("\n"))
    body = "".join(word_files.paragraph(word_files.run(line)) for line in lines)
    (desk / "report.docx").write_bytes(word_files.word_file(body))
    statement = record(desk, "report.docx")
    assert statement["subject"] == [{"name": "report.docx", "digest": {"sha256": sha256(desk / "report.docx")}}]


@pytest.mark.parametrize(
    "options", [("--jobs", "2"), ("--cache-dir", "cache"), ("--jobs", "2", "--cache-dir", "cache")]
)
def test_processes_and_the_cache_change_nothing(options: tuple[str, ...], desk: Path) -> None:
    record(desk, "--no-cache", "reports")
    first = (desk / "clearance.json").read_bytes()
    for _ in range(2):  # the second run reads the cache
        record(desk, *options, "reports")
        assert (desk / "clearance.json").read_bytes() == first


def test_digest_is_that_of_the_fixed_file(desk: Path) -> None:
    (desk / "reports/a.md").write_text(CLEAN.replace("harbours.", "harbours ."), encoding="utf-8")
    result = clear(desk, "--fix", "reports")
    assert (result.code, (desk / "reports/a.md").read_text(encoding="utf-8")) == (0, CLEAN)
    statement = json.loads((desk / "clearance.json").read_text(encoding="utf-8"))
    assert statement["subject"][0]["digest"]["sha256"] == sha256(desk / "reports/a.md")


def test_baseline_that_the_run_writes_is_stated(desk: Path) -> None:
    (desk / "reports/a.md").write_text(FAULTY, encoding="utf-8")
    result = clear(desk, "--write-baseline", "known.json", "reports")
    assert result.code == 0
    predicate = json.loads((desk / "clearance.json").read_text(encoding="utf-8"))["predicate"]
    assert [(file["path"], file["digest"]["sha256"]) for file in predicate["house_files"]] == [
        ("known.json", sha256(desk / "known.json"))
    ]
    assert [(entry["path"], entry["by"]) for entry in predicate["waivers"]] == [("reports/a.md", "baseline")]
    assert run("verify", "clearance.json", cwd=desk).code == 0
    (desk / "known.json").write_text("{}", encoding="utf-8")
    assert run("verify", "clearance.json", cwd=desk) == Result(1, "known.json: changed\n", "")


def test_parts_of_a_report_have_the_conditions_of_the_first(desk: Path) -> None:
    head, tail = CLEAN.split("\n## II.")
    (desk / "reports/a.md").write_text(head, encoding="utf-8")
    (desk / "reports/b.md").write_text("## II." + tail, encoding="utf-8")
    (desk / "reportlint.toml").write_text(
        'report.parts = ["reports/a.md", "reports/b.md"]\nexclude = ["b.md"]\n'
        '[[overrides]]\npaths = ["a.md"]\nignore = ["TYP"]\n',
        encoding="utf-8",
    )
    statement = record(desk, "reports")
    assert [subject["name"] for subject in statement["subject"]] == ["reports/a.md", "reports/b.md"]
    first, second = (file["conditions"] for file in statement["predicate"]["files"])
    assert first == second
    assert first["rules"]["TYP001"] == "off"


def test_time_is_that_of_source_date_epoch(desk: Path) -> None:
    assert record(desk, "reports")["predicate"]["time"] == "2023-11-14T22:13:20Z"
    first = (desk / "clearance.json").read_bytes()
    clear(desk, "reports")
    assert (desk / "clearance.json").read_bytes() == first
    run("check", *RECORD, "reports", cwd=desk)
    made = json.loads((desk / "clearance.json").read_text(encoding="utf-8"))["predicate"]["time"]
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", made)
    assert made > "2023-11-14T22:13:20Z"


@pytest.mark.parametrize(
    "epoch", ["tomorrow", "9" * 30, "1e3", "-1", " 5", "1_000", "\N{ARABIC-INDIC DIGIT ONE}", "253402300800"]
)
def test_malformed_source_date_epoch_is_an_error(epoch: str, desk: Path) -> None:
    clear(desk, "reports")
    result = run("check", *RECORD, "reports", cwd=desk, env={"SOURCE_DATE_EPOCH": epoch})
    assert result.code == 2
    assert result.err == (
        f"reportlint: clearance.json was removed: SOURCE_DATE_EPOCH is not a time in seconds: “{epoch}”\n"
    )
    assert not (desk / "clearance.json").exists()


def test_record_has_no_absolute_path_and_does_not_depend_on_the_folder(
    desk: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    house = EXAMPLES / "house-rules"
    shutil.copytree(house, desk / "house")
    (desk / "reportlint.toml").write_text('rules = ["house"]\nbaseline = "known.json"\n', encoding="utf-8")
    run("check", "--write-baseline", "known.json", "reports", cwd=desk)
    copy = tmp_path_factory.mktemp("elsewhere") / "copy"
    shutil.copytree(desk, copy)
    assert record(desk, "reports") == record(copy, str(copy / "reports"))
    for name in ("clearance.json", "clearance.html"):
        text = (desk / name).read_text(encoding="utf-8")
        assert text == (copy / name).read_text(encoding="utf-8")
        assert str(desk) not in text


SECRETS = {"USER": "user-secret", "LOGNAME": "user-secret", "HOSTNAME": "host-secret", "EMAIL": "mail-secret"}


def test_outputs_contain_only_what_the_documentation_says(desk: Path) -> None:
    """Only words that a message quotes are in JSON, none in the record; the place of a waived finding is."""
    text = FAULTY.replace("the lighting of small harbours", "the secret lighting of small harbours")
    (desk / "reports/a.md").write_text(text, encoding="utf-8")
    run("check", *PUBLICATION, "--add-waivers", "decided", "reports/a.md", cwd=desk)
    given = ["check", *PUBLICATION, *RECORD, *PAGE, "--output-format", "json", "reports"]
    result = run(*given, cwd=desk, env=SECRETS)
    assert (result.code, len(result.json["findings"])) == (0, 1)
    outputs = [
        result.out,
        *((desk / name).read_text(encoding="utf-8") for name in ("clearance.json", "clearance.html")),
    ]
    for output in outputs:
        assert "secret" not in output
        assert "Lisbon" not in output
        assert str(desk) not in output
        assert "Report of the Committee on Harbour Safety on its second session" in output
        assert "decided" in output
        assert "para. 5" in output


def test_an_empty_selection_replaces_that_of_the_configuration(desk: Path) -> None:
    (desk / "reportlint.toml").write_text('select = ["TYP"]\n', encoding="utf-8")
    predicate = record(desk, "--select", "", "reports")["predicate"]
    assert predicate["command_line"]["settings"]["select"] == []
    assert predicate["select"] == []
    assert "NUM001" in predicate["rules"]


def test_settings_without_effect_do_not_count(desk: Path) -> None:
    hashes = set()
    for text in ("", 'message-language = "fr"\n', 'documentation = "https://docs.example.org"\n'):
        (desk / "reportlint.toml").write_text(text, encoding="utf-8")
        hashes.add(record(desk, "reports")["predicate"]["configuration"]["sha256"])
    assert len(hashes) == 1


def test_every_file_of_the_house_is_hashed(desk: Path) -> None:
    (desk / "reports/a.md").write_text(FAULTY, encoding="utf-8")
    shutil.copytree(EXAMPLES / "house-rules", desk / "house")
    (desk / "base.toml").write_text('rules = ["house"]\n', encoding="utf-8")
    (desk / "reportlint.toml").write_text('extends = "base.toml"\nbaseline = "known.json"\n', encoding="utf-8")
    run("check", *PUBLICATION, "--add-waivers", "decided", "reports/b.md", cwd=desk)
    run("check", *PUBLICATION, "--write-baseline", "known.json", "reports", cwd=desk)
    (desk / "reportlint-waivers.yaml").write_text("", encoding="utf-8")
    found = {file["path"]: file for file in record(desk, "reports")["predicate"]["house_files"]}
    kinds = {path: file["kind"] for path, file in found.items()}
    names = [path.relative_to(desk).as_posix() for path in (desk / "house").iterdir() if path.suffix != ".md"]
    assert "house/terms.csv" in names
    cards = dict.fromkeys(names, "rules")
    assert kinds == {
        "base.toml": "configuration",
        "known.json": "baseline",
        "reportlint-waivers.yaml": "waivers",
        "reportlint.toml": "configuration",
        **cards,
    }
    assert all(file["digest"]["sha256"] == sha256(desk / path) for path, file in found.items())


def test_house_files_above_the_record_are_named(desk: Path) -> None:
    (desk / "reportlint.toml").write_text('fail-on = "error"\n', encoding="utf-8")
    assert record(desk / "reports", ".")["predicate"]["house_files"][0]["path"] == "../reportlint.toml"


def test_waivers_and_baseline_are_stated_with_reason_until_and_place(desk: Path) -> None:
    comment = '<!-- reportlint: ignore NUM001 reason="so decided" until=2999-12-31 -->'
    (desk / "reports/a.md").write_text(FAULTY.replace("5. Several", f"{comment}\n5. Several"), encoding="utf-8")
    for name in ("b.md", "c.md"):
        (desk / "reports" / name).write_text(FAULTY, encoding="utf-8")
    run("check", *PUBLICATION, "--add-waivers", "the Bureau agreed", "reports/b.md", cwd=desk)
    waivers = desk / "reports/reportlint-waivers.yaml"
    waivers.write_text(waivers.read_text(encoding="utf-8") + "  until: 2999-01-01\n", encoding="utf-8")
    run("check", *PUBLICATION, "--write-baseline", "known.json", "reports", cwd=desk)
    found = record(desk, "--baseline", "known.json", "reports")["predicate"]["waivers"]
    line = (desk / "reports/a.md").read_text(encoding="utf-8").split("\n").index(comment) + 1
    assert [(entry["path"], entry["code"], entry["by"]) for entry in found] == [
        ("reports/a.md", "NUM001", "comment"),
        ("reports/b.md", "NUM001", "waivers"),
        ("reports/c.md", "NUM001", "baseline"),
    ]
    assert [(entry["reason"], entry["until"], entry["place"]) for entry in found] == [
        ("so decided", "2999-12-31", {"path": "reports/a.md", "line": line}),
        ("the Bureau agreed", "2999-01-01", {"path": "reports/reportlint-waivers.yaml", "line": 2}),
        ("", None, {"path": "known.json", "line": None}),
    ]
    assert found[1]["where"] == "para. 5"
    page = (desk / "clearance.html").read_text(encoding="utf-8")
    assert "so decided – until 31 December 2999" in page
    assert "the Bureau agreed – until 1 January 2999" in page


def test_plugins_are_stated_with_their_versions(desk: Path) -> None:
    shutil.copytree(EXAMPLES / "plugin/reportlint_deadlines", desk / "site/reportlint_deadlines")
    install(desk / "site", "deadlines", "reportlint_deadlines")
    path = os.pathsep.join((environment()["PYTHONPATH"], str(desk / "site")))
    result = run("check", *RECORD, "reports", cwd=desk, env={"PYTHONPATH": path})
    assert (result.code, result.err) == (0, "")
    predicate = json.loads((desk / "clearance.json").read_text(encoding="utf-8"))["predicate"]
    assert predicate["plugins"] == [{"name": "deadlines", "version": "deadlines-plugin 1.0"}]
    assert predicate["rules"]["DLN001"] == "warning"
    assert run("verify", "clearance.json", cwd=desk, env={"PYTHONPATH": path}).code == 0
    without = run("verify", "clearance.json", cwd=desk)
    assert without.code == 1
    assert without.out.splitlines() == [
        "plugin “deadlines”: missing",
        "DLN001: warning in the record, now off",
    ]


SCHEMA_EDITS: dict[str, Callable[[Any], object]] = {
    "key missing": lambda statement: statement["predicate"].pop("waivers"),
    "unknown key": lambda statement: statement["predicate"].update(more=1),
    "no subject": lambda statement: statement["subject"].clear(),
    "digest": lambda statement: statement["subject"][0]["digest"].update(sha256="x"),
    "severity": lambda statement: statement["predicate"]["rules"].update(NUM001="fatal"),
    "time": lambda statement: statement["predicate"].update(time="2026-01-31 12:00"),
    "other predicate": lambda statement: statement.update(predicateType="urn:x"),
}


@pytest.mark.parametrize("case", SCHEMA_EDITS)
def test_the_schema_rejects_what_is_no_record(case: str, desk: Path) -> None:
    statement = record(desk, "reports")
    SCHEMA_EDITS[case](statement)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(statement, json.loads(SCHEMA.read_text(encoding="utf-8")))


def test_the_published_schema_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run: python docs/record_schema.py"


# -- when there is none -----------------------------------------------------------------------------------------------


def remove_drafts(folder: Path) -> None:
    for path in folder.iterdir():
        path.unlink()


Change = Callable[[Path], object]
OBSTACLES: dict[str, tuple[Change, tuple[str, ...], int, str]] = {
    "finding": (lambda folder: (folder / "reports/a.md").write_text(FAULTY), (), 1, "1 finding fails the run"),
    "exit zero": (
        lambda folder: (folder / "reports/a.md").write_text(FAULTY),
        ("--exit-zero",),
        0,
        "1 finding fails the run",
    ),
    "unchecked": (
        lambda folder: (folder / "reports/a.rtf").write_bytes(RICH),
        (),
        3,
        "1 file was not checked: reports/a.rtf",
    ),
    "unchecked, allowed": (
        lambda folder: (folder / "reports/a.rtf").write_bytes(RICH),
        ("--allow-unchecked",),
        0,
        "1 file was not checked: reports/a.rtf",
    ),
    "unchecked at review": (
        lambda folder: (folder / "reports/a.rtf").write_bytes(RICH),
        ("--stage", "review"),
        0,
        "1 file was not checked: reports/a.rtf",
    ),
    "unreadable": (
        lambda folder: (folder / "reports/a.md").write_bytes(b"\xe9"),
        (),
        2,
        "1 file was not checked: reports/a.md",
    ),
    "no file": (
        lambda folder: remove_drafts(folder / "reports"),
        ("--allow-unchecked",),
        0,
        "no file was checked",
    ),
    "another output fails": (
        lambda folder: (folder / "notes").write_text("precious"),
        ("--output-file", "json=notes"),
        2,
        "the run failed",
    ),
}


@pytest.mark.parametrize("case", OBSTACLES)
def test_a_run_that_clears_nothing_removes_the_record_and_says_why(case: str, desk: Path) -> None:
    change, options, code, reason = OBSTACLES[case]
    clear(desk, "reports")
    assert (desk / "clearance.json").exists()
    change(desk)
    for stated in ("was removed", "was not written"):
        result = clear(desk, *options, "reports")
        assert result.code == code
        assert [line for line in result.err.splitlines() if "clearance." in line] == [
            f"reportlint: clearance.json {stated}: {reason}",
            f"reportlint: clearance.html {stated}: {reason}",
        ]
        assert not (desk / "clearance.json").exists()
        assert not (desk / "clearance.html").exists()


def test_the_reason_is_in_the_language_of_the_messages(desk: Path) -> None:
    (desk / "reports/a.md").write_text(FAULTY, encoding="utf-8")
    result = run("check", *RECORD, "--message-language", "fr", "reports", cwd=desk)
    assert result.err == ("reportlint: clearance.json n'a pas été écrit : 1 signalement fait échouer la vérification\n")


@pytest.mark.parametrize(
    "given", [("--config", "none.toml"), ("--select", "NUM999"), ("--require-plugin", "none"), ("--language", "xx")]
)
def test_a_run_that_stops_with_an_error_removes_the_record(given: tuple[str, ...], desk: Path) -> None:
    clear(desk, "reports")
    result = clear(desk, *given, "reports")
    assert result.code == 2
    assert "reportlint: clearance.json was removed: the run failed" in result.err.splitlines()
    assert not (desk / "clearance.json").exists()
    assert not (desk / "clearance.html").exists()


def test_standard_input_has_no_record(desk: Path) -> None:
    clear(desk, "reports")
    result = run("check", *RECORD, "-", cwd=desk, stdin=CLEAN.encode())
    assert result.code == 2
    assert result.err.splitlines()[-1] == "reportlint: --output-file: standard input has no record"
    assert not (desk / "clearance.json").exists()


@pytest.mark.parametrize("draft", [CLEAN, FAULTY])
@pytest.mark.parametrize("content", ["precious", '{"predicateType": "urn:other"}', '{"schema": 1, "findings": []}'])
def test_another_file_is_neither_replaced_nor_removed(content: str, draft: str, desk: Path) -> None:
    (desk / "reports/a.md").write_text(draft, encoding="utf-8")
    for path in ("clearance.json", "clearance.html"):
        (desk / path).write_text(content, encoding="utf-8")
    result = clear(desk, "reports")
    assert result.code == 2
    assert result.err.splitlines() == [
        f"reportlint: {path} was not replaced: reportlint did not write it in this format; choose another name"
        for path in ("clearance.json", "clearance.html")
    ]
    assert {(desk / path).read_text(encoding="utf-8") for path in ("clearance.json", "clearance.html")} == {content}


def test_the_envelope_of_a_signature_is_not_replaced(desk: Path) -> None:
    envelope = '{"payloadType": "application/vnd.in-toto+json", "payload": "e30=", "signatures": [{"sig": "x"}]}'
    (desk / "clearance.json").write_text(envelope, encoding="utf-8")
    assert run("check", *RECORD, "reports", cwd=desk).code == 2
    assert (desk / "clearance.json").read_text(encoding="utf-8") == envelope


def test_files_outside_the_folder_of_the_record_are_refused(desk: Path) -> None:
    (desk / "out").mkdir()
    result = run("check", "--output-file", "record=out/clearance.json", "reports", cwd=desk)
    assert (result.code, list((desk / "out").iterdir())) == (2, [])
    assert result.err == (
        "reportlint: out/clearance.json was not written: reports/a.md is outside the folder of the record; write the "
        "record to a folder above it\n"
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (("--output-format", "record"), "“record” is a format of files only; use --output-file record=PATH"),
        (("--output-file", "record=/dev/stdout"), "--output-file: record needs a file, not /dev/stdout"),
        (("--output-file", "record=reports"), "--output-file: record needs a file, not reports"),
        (("--output-file", "clearance=pipe"), "--output-file: clearance needs a file, not pipe"),
    ],
)
def test_a_record_needs_a_file(given: tuple[str, ...], message: str, desk: Path) -> None:
    os.mkfifo(desk / "pipe")
    result = run("check", *given, "reports", cwd=desk)
    assert (result.code, result.err) == (2, f"reportlint: {message}\n")


def test_a_linked_record_stays_linked(desk: Path) -> None:
    (desk / "clearance.json").symlink_to("archived.json")
    record(desk, "reports")
    assert (desk / "clearance.json").is_symlink()
    (desk / "reports/a.md").write_text(FAULTY, encoding="utf-8")
    assert clear(desk, "reports").code == 1
    assert not (desk / "archived.json").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="names are in UTF-8 on other systems")
def test_a_name_that_is_not_in_utf_8_is_refused(desk: Path) -> None:
    """JSON with it would be no JSON for other programs, such as those that sign."""
    clear(desk, "reports")
    shutil.copy(os.fsencode(desk / "reports/a.md"), os.fsencode(desk) + b"/reports/\xe9.md")
    result = run("check", *RECORD, "reports", cwd=desk)
    assert (result.code, result.err.count("\n")) == (2, 1)
    assert result.err.startswith("reportlint: clearance.json was removed: the name of reports/")
    assert result.err.endswith(" is not UTF-8; rename the file\n")
    assert not (desk / "clearance.json").exists()


def test_a_run_that_is_interrupted_removes_the_record(desk: Path) -> None:
    clear(desk, "reports")
    program = (
        "import signal, sys\nfrom reportlint.cli import check\nfrom reportlint.cli.main import main\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # which whoever runs the tests may ignore
        "def stop(*_, **__): signal.raise_signal(signal.SIGINT)\ncheck.check_paths = stop\n"
        f"sys.exit(main({['check', *RECORD, 'reports']!r}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=desk, env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode in (130, -2)
    assert not (desk / "clearance.json").exists()


# -- the page ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "words"), [("en", ("Name", "Date", "Signature")), ("fr", ("Nom", "Date"))])
def test_page_states_the_same_and_has_lines_to_sign(language: str, words: tuple[str, ...], desk: Path) -> None:
    (desk / "reports/a.md").write_text(CLEAN.replace("Harbour Safety on", "Harbours & Safety on"), encoding="utf-8")
    statement = record(desk, "--message-language", language, "reports")
    page = (desk / "clearance.html").read_text(encoding="utf-8")
    assert page.startswith(f'<!DOCTYPE html>\n<html lang="{language}"')
    assert "<script" not in page
    assert "Harbours &amp; Safety" in page
    for subject in statement["subject"]:
        assert subject["digest"]["sha256"] in page
    for file in statement["predicate"]["files"]:
        assert file["symbol"] in page
    for code in statement["predicate"]["rules"]:
        assert code in page
    assert statement["predicate"]["configuration"]["sha256"] in page
    footer = page.partition("<footer>")[2]
    assert all(f"<p>{word}</p>" in footer for word in words)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_page_of_ten_files_prints_on_one_sheet(language: str, desk: Path) -> None:
    """The ten files have long titles; there are also waivers, a baseline, a configuration and an excluded file."""
    if BROWSER is None:
        if os.environ.get("REPORTLINT_REQUIRE_BROWSER") == "1":
            pytest.fail("a browser is required, and chromium is missing")
        pytest.skip("chromium is not installed")
    shutil.rmtree(desk / "reports")
    (desk / "reports").mkdir()
    drafts = sorted((EXAMPLES / "clean").glob("*.md"), key=lambda path: -len(path.read_text("utf-8").split("\n", 1)[0]))
    for path in drafts[:7]:
        shutil.copy(path, desk / "reports")
    for name, text in (("waived", FAULTY), ("known", FAULTY), ("commented", CLEAN), ("old", CLEAN)):
        (desk / f"reports/{name}.md").write_text(text, encoding="utf-8")
    (desk / "reportlint.toml").write_text('exclude = ["old.md"]\nbaseline = "known.json"\n', encoding="utf-8")
    run("check", *PUBLICATION, "--write-baseline", "known.json", "reports/known.md", cwd=desk)
    run("check", *PUBLICATION, "--add-waivers", "the Bureau decided so in January", "reports/waived.md", cwd=desk)
    statement = record(desk, "--message-language", language, "reports")
    assert len(statement["subject"]) == 10
    command = [
        BROWSER, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", "--print-to-pdf=page.pdf",
        "clearance.html",
    ]  # fmt: skip
    subprocess.run(command, cwd=desk, check=True, capture_output=True, timeout=120)
    (page,) = pypdf.PdfReader(desk / "page.pdf").pages
    assert tuple(round(float(length)) for length in page.mediabox[2:]) == A4
    text = page.extract_text()
    assert statement["subject"][9]["digest"]["sha256"] in text
    assert text.rstrip().endswith("Signature")
