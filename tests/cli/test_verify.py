"""``reportlint verify``: 0 if all is as recorded, 1 with a line for each difference, 2 if there is no valid record."""

from __future__ import annotations

import base64
import json
import os
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from drafts import EXAMPLES

from .conftest import CLEAN, FAULTY, Result, run

Change = Callable[[Path], object]
Edit = Callable[[Any], object]
PAYLOAD_TYPE = "application/vnd.in-toto+json"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with two drafts, house rules, waivers and a baseline, and the record of a run with all of them."""
    desk = tmp_path / "desk"
    (desk / "reports").mkdir(parents=True)
    for name, text in (("a.md", CLEAN), ("b.md", FAULTY), ("c.md", FAULTY)):
        (desk / "reports" / name).write_text(text, encoding="utf-8")
    shutil.copytree(EXAMPLES / "house-rules", desk / "house")
    (desk / "base.toml").write_text('rules = ["house"]\n', encoding="utf-8")
    (desk / "reportlint.toml").write_text(
        'extends = "base.toml"\n[[overrides]]\npaths = ["c.md"]\nignore = ["TYP004"]\n', encoding="utf-8"
    )
    run("check", "--add-waivers", "decided", "reports/b.md", cwd=desk)
    run("check", "--write-baseline", "known.json", "reports", cwd=desk)
    result = run(
        "check", "--stage", "publication", "--baseline", "known.json", "--output-file", "record=clearance.json",
        "reports", cwd=desk,
    )  # fmt: skip
    assert (result.code, result.err) == (0, "")
    return desk


def verify(folder: Path, *given: str) -> Result:
    return run("verify", *given, "clearance.json", cwd=folder)


def edit(folder: Path, change: Edit) -> None:
    path = folder / "clearance.json"
    statement = json.loads(path.read_text(encoding="utf-8"))
    change(statement)
    path.write_text(json.dumps(statement), encoding="utf-8")


def make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def append(path: Path, text: str = "\n") -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_all_is_as_recorded(desk: Path) -> None:
    assert verify(desk) == Result(0, "clearance.json: 3 files are as recorded\n", "")
    assert verify(desk, "--message-language", "fr").out == "clearance.json : 3 fichiers conformes à l'attestation\n"


def test_files_are_those_below_root(desk: Path) -> None:
    shutil.move(desk / "clearance.json", desk.parent / "clearance.json")
    assert verify(desk.parent, "--root", "desk").code == 0
    assert "reports/a.md: missing" in verify(desk.parent).out.splitlines()
    result = verify(desk.parent, "--root", "none")
    assert (result.code, result.err) == (2, "reportlint: --root: no such folder: none\n")


def test_a_folder_may_move_with_its_record(desk: Path) -> None:
    shutil.move(desk, desk.parent / "archive")
    result = run("verify", str(desk.parent / "archive/clearance.json"), cwd=desk.parent)
    assert (result.code, result.err) == (0, "")


DIFFERENCES: dict[str, tuple[Change, list[str]]] = {
    "a byte": (lambda desk: append(desk / "reports/a.md"), ["reports/a.md: changed"]),
    "file missing": (lambda desk: (desk / "reports/a.md").unlink(), ["reports/a.md: missing"]),
    "a folder instead": (
        lambda desk: make_folder(desk / "reports/a.md"),
        ["reports/a.md: cannot be read: not a regular file"],
    ),
    "waivers": (
        lambda desk: append(desk / "reportlint-waivers.yaml", "# later\n"),
        ["reportlint-waivers.yaml: changed"],
    ),
    "waivers missing": (
        lambda desk: (desk / "reportlint-waivers.yaml").unlink(),
        ["reportlint-waivers.yaml: missing"],
    ),
    "baseline": (lambda desk: append(desk / "known.json"), ["known.json: changed"]),
    "cards": (lambda desk: append(next((desk / "house").glob("*.yaml")), "\n# later\n"), ["house/*.yaml: changed"]),
    "term base": (lambda desk: append(desk / "house/terms.csv"), ["house/terms.csv: changed"]),
    "extended configuration": (lambda desk: append(desk / "base.toml"), ["base.toml: changed"]),
    "rule off": (
        lambda desk: append(desk / "base.toml", '[severity]\nNUM001 = "off"\n'),
        ["NUM001: error in the record, now off", "base.toml: changed"],
    ),
    "fail-on and settings": (
        lambda desk: append(desk / "base.toml", 'fail-on = "error"\n'),
        ["base.toml: changed", "fail-on: warning in the record, now error"],
    ),
    "settings": (
        lambda desk: append(desk / "base.toml", '[names]\nbodies = ["Committee on Lamps"]\n'),
        ["base.toml: changed", "the settings in force have changed"],
    ),
    "settings of a file": (
        lambda desk: append(desk / "reportlint.toml", 'kind = "report"\n'),
        ["reportlint.toml: changed", "the settings in force for 1 file have changed: reports/c.md"],
    ),
    "rules of a file": (
        lambda desk: append(desk / "reportlint.toml", '[[overrides]]\npaths = ["a.md"]\nignore = ["NUM004"]\n'),
        ["reportlint.toml: changed", "reports/a.md: rules that changed: NUM004"],
    ),
    "excluded since": (
        lambda desk: (desk / "reportlint.toml").write_text(
            'exclude = ["a.md"]\n' + (desk / "reportlint.toml").read_text(encoding="utf-8"), encoding="utf-8"
        ),
        ["reportlint.toml: changed", "reports/a.md: excluded by the configuration"],
    ),
    "invalid configuration": (
        lambda desk: append(desk / "base.toml", "nonsense = 1\n"),
        [
            "the rules or settings are invalid: base.toml:2:1: unknown setting “nonsense” in this table",
        ],
    ),
}


@pytest.mark.parametrize("case", DIFFERENCES)
def test_each_difference_is_a_line(case: str, desk: Path) -> None:
    change, lines = DIFFERENCES[case]
    change(desk)
    result = verify(desk)
    assert (result.code, result.err) == (1, "")
    card = next((desk / "house").glob("*.yaml")).name
    assert sorted(result.out.splitlines()) == [line.replace("*.yaml", card) for line in lines]


def test_a_new_waiver_file_is_a_difference(desk: Path) -> None:
    (desk / "reportlint-waivers.yaml").unlink()
    (desk / "known.json").unlink()
    run("check", "reports/a.md", "--output-file", "record=clearance.json", cwd=desk)
    (desk / "reportlint-waivers.yaml").write_text("", encoding="utf-8")
    assert verify(desk) == Result(1, "reportlint-waivers.yaml: not in the record\n", "")


EDITS: dict[str, tuple[Edit, str]] = {
    "version": (
        lambda statement: statement["predicate"].update(version="0.0.9"),
        "reportlint: 0.0.9 in the record, now {version}",
    ),
    "rule": (
        lambda statement: statement["predicate"]["rules"].pop("NUM004"),
        "NUM004: off in the record, now warning",
    ),
    "plugin": (
        lambda statement: statement["predicate"]["plugins"].append({"name": "lamps", "version": "lamps 1.0"}),
        "plugin “lamps”: missing",
    ),
    "waiver": (
        lambda statement: statement["predicate"]["waivers"][0].update(until="2001-02-03"),
        "reports/b.md: the waiver of NUM001 (para. 5) ended on 3 February 2001",
    ),
    "unknown rule": (
        lambda statement: statement["predicate"]["command_line"]["settings"].update(select=["NUM999"]),
        "the rules or settings are invalid: unknown rule “NUM999”",
    ),
    "unknown language": (
        lambda statement: statement["predicate"]["command_line"]["settings"].update(language="xx"),
        "the rules or settings are invalid: unknown language “xx”",
    ),
}


@pytest.mark.parametrize("case", EDITS)
def test_what_holds_no_longer_is_a_line(case: str, desk: Path) -> None:
    change, line = EDITS[case]
    edit(desk, change)
    result = verify(desk)
    assert (result.code, result.err) == (1, "")
    assert result.out.startswith(line.format(version=run("--version").out.split()[1]))
    assert result.out.count("\n") == 1


@pytest.mark.parametrize(("days", "code"), [(-1, 1), (1, 0)])
def test_a_waiver_ends_after_its_last_day(days: int, code: int, desk: Path) -> None:
    until = date.today() + timedelta(days)
    edit(desk, lambda statement: statement["predicate"]["waivers"][0].update(until=until.isoformat()))
    assert verify(desk).code == code


def test_the_last_day_of_a_waiver_is_not_over(desk: Path) -> None:
    waivers = desk / "reportlint-waivers.yaml"
    append(waivers, f"  until: {date.today() + timedelta(1)}\n")
    paths = ("--baseline", "known.json", "--output-file", "record=clearance.json", "reports")
    assert run("check", *paths, cwd=desk).code == 0
    assert verify(desk).code == 0
    last = json.loads((desk / "clearance.json").read_text(encoding="utf-8"))["predicate"]["waivers"][0]["until"]
    with patch("reportlint.cli.verify.date") as today:
        for day, code in ((date.fromisoformat(last), 0), (date.fromisoformat(last) + timedelta(1), 1)):
            today.today.return_value = day
            assert verify(desk).code == code


# -- envelopes --------------------------------------------------------------------------------------------------------


def envelope(statement: bytes, **changes: Any) -> dict[str, Any]:
    payload = base64.b64encode(statement).decode()
    return {"payloadType": PAYLOAD_TYPE, "payload": payload, "signatures": [{"sig": "MEUCIQ=="}], **changes}


@pytest.mark.parametrize("is_bundle", [False, True])
def test_envelope_is_read_and_its_signature_is_not_judged(is_bundle: bool, desk: Path) -> None:
    signed = envelope((desk / "clearance.json").read_bytes())
    if is_bundle:
        signed = {"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", "dsseEnvelope": signed}
    (desk / "signed.json").write_text(json.dumps(signed), encoding="utf-8")
    said = "reportlint: signed.json: the signatures of the envelope were not verified\n"
    assert run("verify", "signed.json", cwd=desk) == Result(0, "signed.json: 3 files are as recorded\n", said)
    append(desk / "reports/a.md")
    assert run("verify", "signed.json", cwd=desk) == Result(1, "reports/a.md: changed\n", said)


ENVELOPES: dict[str, tuple[dict[str, Any], str]] = {
    "type": ({"payloadType": "text/plain"}, f"the envelope must have the payloadType {PAYLOAD_TYPE}"),
    "no signature value": ({"signatures": [{"sig": "x"}, {"keyid": "y"}]}, "a signature of the envelope has no “sig”"),
    "signature of another type": ({"signatures": [1]}, "a signature of the envelope has no “sig”"),
    "cut off": ({"payload": base64.b64encode(b'{"_type": ').decode()}, "not JSON: Expecting value: line 1 column 11"),
    "an envelope in it": (
        {"payload": base64.b64encode(b'{"payloadType": "x", "payload": "e30="}').decode()},
        "unknown key “payloadType”",
    ),
    "no signature": ({"signatures": []}, "the envelope has no signatures"),
    "not base64": ({"payload": "§"}, "the payload of the envelope is not base64"),
    "a number": ({"payload": 1}, "the payload of the envelope is not base64"),
    "empty": ({"payload": ""}, "not JSON: Expecting value: line 1 column 1 (char 0)"),
    "a list": ({"payload": "W10="}, "not a JSON object"),
}


@pytest.mark.parametrize("case", ENVELOPES)
def test_malformed_envelope(case: str, desk: Path) -> None:
    changes, reason = ENVELOPES[case]
    signed = envelope((desk / "clearance.json").read_bytes(), **changes)
    (desk / "clearance.json").write_text(json.dumps(signed), encoding="utf-8")
    result = verify(desk)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith(f"reportlint: clearance.json is no valid record: {reason}")


def test_envelope_with_several_signatures(desk: Path) -> None:
    signed = envelope((desk / "clearance.json").read_bytes(), signatures=[{"keyid": "a", "sig": "x"}, {"sig": "y"}])
    (desk / "clearance.json").write_text(json.dumps(signed), encoding="utf-8")
    assert verify(desk).code == 0


# -- no valid record --------------------------------------------------------------------------------------------------


def first_file(statement: Any) -> Any:
    return statement["predicate"]["files"][0]


def rename(statement: Any, name: str) -> None:
    statement["subject"][0]["name"] = first_file(statement)["path"] = name


INVALID: dict[str, tuple[Edit, str]] = {
    "other type": (lambda statement: statement.update(_type="x"), "“_type”: “x” is not one of https"),
    "other predicate": (lambda statement: statement.update(predicateType="urn:x"), "“predicateType”: “urn:x” is not"),
    "key missing": (lambda statement: statement["predicate"].pop("rules"), "“rules” is missing"),
    "unknown key": (lambda statement: statement.update(more=1), "unknown key “more”"),
    "no subject": (lambda statement: statement["subject"].clear(), "“subject”: must have 1 or more values, not 0"),
    "subject twice": (
        lambda statement: statement["subject"].append(statement["subject"][0]),
        "the subject “reports/a.md” is given twice",
    ),
    "file twice": (
        lambda statement: statement["predicate"]["files"].append(first_file(statement)),
        "the file “reports/a.md” is given twice",
    ),
    "subject removed": (
        lambda statement: statement["subject"].pop(),
        "the subjects are not the files that were checked",
    ),
    "conditions missing": (
        lambda statement: first_file(statement).pop("conditions"),
        "the file “reports/a.md” was checked, but its kind or conditions are missing",
    ),
    "digest": (
        lambda statement: statement["subject"][0]["digest"].update(sha256="x"),
        "“subject.digest.sha256”: “x” is no SHA-256 hash",
    ),
    "text for a list": (lambda statement: statement.update(subject="x"), "“subject”: expected a list"),
    "list for a text": (
        lambda statement: statement["subject"][0].update(name=[]),
        "“subject.name”: expected a single value",
    ),
    "number for a text": (lambda statement: rename(statement, 1), "“subject.name”: expected a text"),  # type: ignore[arg-type]
    "negative": (lambda statement: first_file(statement).update(errors=-1), "“predicate.files.errors”: must be 0"),
    "no date": (lambda statement: first_file(statement).update(date="soon"), "“predicate.files.date”: “soon”"),
    "time": (lambda statement: statement["predicate"].update(time="now"), "“predicate.time”: “now” is not a time"),
    "impossible time": (
        lambda statement: statement["predicate"].update(time="2026-02-30T10:00:00Z"),
        "“predicate.time”: “2026-02-30T10:00:00Z” is not a time in UTC",
    ),
    "kind": (lambda statement: first_file(statement).update(kind="novel"), "“predicate.files.kind”: “novel”"),
    "line end in a key": (lambda statement: statement.update({"a\nb": 1}), "unknown key “a b”"),
    "control character": (lambda statement: rename(statement, "../\x1b[31m"), "“subject.name”: “../\ufffd[31m” is no"),
    "long": (lambda statement: rename(statement, "../" + "x" * 100_000), "“subject.name”: “../xxx"),
}


@pytest.mark.parametrize("case", INVALID)
def test_invalid_record_is_one_line(case: str, desk: Path) -> None:
    change, reason = INVALID[case]
    edit(desk, change)
    result = verify(desk)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"reportlint: clearance.json is no valid record: {reason}")
    assert result.err.count("\n") == 1
    assert len(result.err) < 400


@pytest.mark.parametrize("name", ["../a.md", "/etc/hosts", "reports/../../a.md", "", "reports//a.md", "./a.md", "a\0"])
def test_names_do_not_leave_the_folder(name: str, desk: Path) -> None:
    edit(desk, lambda statement: rename(statement, name))
    result = verify(desk)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.endswith("is no path inside the folder of the record\n")


@pytest.mark.parametrize("change", [{"config": "../x.toml"}, {"settings": {"rules": ["/etc"]}}, {
    "settings": {"baseline": "../known.json"}
}])  # fmt: skip
def test_settings_do_not_leave_the_folder(change: dict[str, Any], desk: Path) -> None:
    edit(desk, lambda statement: statement["predicate"]["command_line"].update(change))
    result = verify(desk)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.endswith("is no path inside the folder of the record\n")


TEXTS = {
    "empty": (b"", "not JSON: Expecting value"),
    "text": (CLEAN.encode(), "not JSON: Expecting value"),
    "binary": (bytes(range(256)), "not UTF-8"),
    "list": (b"[]", "not a JSON object"),
    "number": (b"1", "not a JSON object"),
    "nested": (b"[" * 200_000, "too deeply nested"),
    "nested objects": (b'{"a":' * 200_000, "too deeply nested"),
    "long number": (b'{"a": ' + b"9" * 10_000 + b"}", "not JSON: Exceeds the limit"),
    "infinite": (b'{"a": Infinity}', "not JSON: Infinity"),
    "key twice": (b'{"subject": [], "a": {"subject": 1, "subject": 2}}', "the key “subject” is given twice"),
    "huge": (b" " * 50_000_001, "larger than 50 MB"),
}


@pytest.mark.parametrize("case", TEXTS)
def test_what_is_no_record_is_one_line(case: str, desk: Path) -> None:
    data, reason = TEXTS[case]
    (desk / "clearance.json").write_bytes(data)
    result = verify(desk)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert result.err.startswith(f"reportlint: clearance.json is no valid record: {reason}")


@pytest.mark.parametrize(
    ("path", "reason"), [("none.json", "No such file or directory"), ("reports", "not a regular file")]
)
def test_record_that_cannot_be_read(path: str, reason: str, desk: Path) -> None:
    assert run("verify", path, cwd=desk) == Result(2, "", f"reportlint: {path} cannot be read: {reason}\n")


def test_unknown_language_of_messages(desk: Path) -> None:
    result = verify(desk, "--message-language", "xx")
    assert result == Result(2, "", "reportlint: there are no messages in the language “xx” (known: en, fr)\n")


def test_the_settings_of_the_command_line_are_compared_too(desk: Path) -> None:
    (desk / "conf").mkdir()
    (desk / "conf/desk.toml").write_text('fail-on = "error"\n', encoding="utf-8")
    options = [
        "--config", "conf/desk.toml", "--rules", "house", "--baseline", "known.json", "--kind", "report", "--language",
        "en", "--tracked-changes", "original", "--stage", "publication", "--select", "NUM,AGD", "--ignore", "NUM003",
        "--fail-on", "warning",
    ]  # fmt: skip
    paths = ("reports/a.md", "reports/c.md")
    result = run("check", *options, "--output-file", "record=clearance.json", *paths, cwd=desk)
    assert (result.code, result.err) == (0, "")
    stated = json.loads((desk / "clearance.json").read_text(encoding="utf-8"))["predicate"]["command_line"]
    assert stated == {
        "config": "conf/desk.toml",
        "settings": {
            "stage": "publication",
            "language": "en",
            "kind": "report",
            "fail-on": "warning",
            "select": ["NUM", "AGD"],
            "ignore": ["NUM003"],
            "tracked-changes": "original",
            "rules": ["house"],
            "baseline": "known.json",
        },
    }
    shutil.move(desk, desk.parent / "archive")
    assert verify(desk.parent / "archive") == Result(0, "clearance.json: 2 files are as recorded\n", "")
    append(desk.parent / "archive/conf/desk.toml")
    assert verify(desk.parent / "archive") == Result(1, "conf/desk.toml: changed\n", "")


def test_paths_of_the_command_line_are_relative_to_the_record(desk: Path) -> None:
    (desk / "desk.toml").write_text('fail-on = "error"\n', encoding="utf-8")
    options = ("--config", "../desk.toml", "--rules", "../house", "--baseline", "../known.json")
    result = run("check", *options, "--output-file", "record=../clearance.json", ".", cwd=desk / "reports")
    assert (result.code, result.err) == (0, "")
    shutil.move(desk, desk.parent / "archive")
    for place in ("archive", "archive/reports", "."):
        path = os.path.relpath(desk.parent / "archive/clearance.json", desk.parent / place)
        assert run("verify", path, cwd=desk.parent / place).code == 0
    append(desk.parent / "archive/known.json")
    assert verify(desk.parent / "archive") == Result(1, "known.json: changed\n", "")


def test_every_byte_counts(desk: Path) -> None:
    path = desk / "reports/a.md"
    data = path.read_bytes()
    for index in range(0, len(data), 97):
        path.write_bytes(data[:index] + bytes([data[index] ^ 1]) + data[index + 1 :])
        assert verify(desk) == Result(1, "reports/a.md: changed\n", "")
    path.write_bytes(data)
    assert verify(desk).code == 0
