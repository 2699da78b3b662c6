"""The contract of ``--output-format json``: keys, types and positions. Also the concise format."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from drafts import EXAMPLES

from reportlint import __version__

from .conftest import check_json, run

RANGE = {"line": int, "column": int, "end_line": int, "end_column": int}
PLACE = {"path": str, "paragraph": (str, type(None)), "where": str, **RANGE, "message": str}
SUMMARY = {"files": int, "checked": int, "errors": int, "warnings": int, "infos": int, "suppressed": int}
FINDING = {
    "code": str,
    "name": str,
    "severity": str,
    "confidence": str,
    "language": (str, type(None)),
    **PLACE,
    "fields": dict,
    "related": list,
    "fix": (dict, type(None)),
    "authority": (dict, type(None)),
    "fingerprint": str,
    "unlisted": int,
    "suppressed": bool,
    "suppression": (dict, type(None)),
}
TOP = {"schema": int, "reportlint": str, "stage": str, "summary": dict, "files": list, "findings": list}
TEXT = (str, type(None))
FILE = {
    "path": str, "sha256": TEXT, "state": str, "reason": TEXT, "language": TEXT, "kind": TEXT,
    "switched_off": list, "symbol": TEXT, "title": TEXT, "date": TEXT,
    "errors": int, "warnings": int, "infos": int, "suppressed": int,
}  # fmt: skip
FIX = {"applicability": str, "edits": list}
EDIT = {"path": str, **RANGE, "text": str}
AUTHORITY = {"text": str, "url": (str, type(None))}


def verify_shape(data: dict[str, Any], shape: dict[str, Any]) -> None:
    """Verify that ``data`` has exactly the keys of ``shape``, with values of its types."""
    assert set(data) == set(shape)
    for key, kind in shape.items():
        assert isinstance(data[key], kind), (key, data[key])
        assert kind is not int or not isinstance(data[key], bool)


def verify_range(place: dict[str, Any]) -> None:
    assert place["line"] >= 1
    assert place["column"] >= 1
    assert (place["end_line"], place["end_column"]) >= (place["line"], place["column"])


def verify_contract(data: dict[str, Any]) -> None:
    verify_shape(data, TOP)
    verify_shape(data["summary"], SUMMARY)
    assert (data["schema"], data["reportlint"]) == (1, __version__)
    for file in data["files"]:
        verify_shape(file, FILE)
        assert (file["state"] == "checked") == (file["reason"] is None)
    assert len(data["files"]) == data["summary"]["files"]
    for finding in data["findings"]:
        verify_shape(finding, FINDING)
        verify_range(finding)
        assert re.fullmatch(r"[A-Z]{2,8}\d{3}", finding["code"])
        assert finding["severity"] in ("error", "warning", "info")
        assert finding["confidence"] in ("high", "medium", "low")
        assert finding["message"]
        assert finding["where"]
        assert finding["fingerprint"]
        assert all(isinstance(text, str) for pair in finding["fields"].items() for text in pair)
        for place in finding["related"]:
            verify_shape(place, PLACE)
            verify_range(place)
            assert place["path"] == finding["path"]
        if finding["fix"] is not None:
            verify_shape(finding["fix"], FIX)
            assert finding["fix"]["applicability"] in ("safe", "unsafe", "display")
            assert finding["fix"]["edits"]
            for edit in finding["fix"]["edits"]:
                verify_shape(edit, EDIT)
                verify_range(edit)
        if finding["authority"] is not None:
            verify_shape(finding["authority"], AUTHORITY)
    counts = {
        f"{severity}s": sum(finding["severity"] == severity for finding in data["findings"])
        for severity in ("error", "warning", "info")
    }
    assert {name: data["summary"][name] for name in counts} == counts


@pytest.fixture(scope="module")
def findings(examples: list[str]) -> dict[str, Any]:
    """The JSON reports on all examples, by language of messages."""
    return {code: check_json(examples, "--message-language", code, "--stage", "publication") for code in ("en", "fr")}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_contract_on_the_examples(language: str, findings: dict[str, Any], examples: list[str]) -> None:
    data = findings[language]
    verify_contract(data)
    assert data["stage"] == "publication"
    assert data["summary"]["files"] == len(examples)
    assert len(data["findings"]) > 50
    assert {finding["language"] for finding in data["findings"]} == {"en", "fr"}


@pytest.mark.parametrize(
    "path", ["latin.md", "mixed", "empty-folder", "empty.md", "word.doc", "no-such.md", "nested.md"]
)
def test_contract_on_files_that_are_not_drafts(path: str, folder: Path) -> None:
    verify_contract(check_json([path], cwd=folder))


def test_unreadable_file_has_a_place(folder: Path) -> None:
    (finding,) = check_json(["latin.md"], cwd=folder)["findings"]
    assert {key: finding[key] for key in RANGE} == dict.fromkeys(RANGE, 1)
    assert (finding["path"], finding["paragraph"], finding["language"]) == ("latin.md", None, None)
    assert "0xe9" in finding["fields"]["error"]
    assert finding["fields"]["error"] in finding["message"]


def test_languages_differ_only_in_their_texts(findings: dict[str, Any]) -> None:
    texts = {"message", "where", "fields", "related", "authority"}
    for english, french in zip(findings["en"]["findings"], findings["fr"]["findings"], strict=True):
        assert english.keys() == french.keys()
        assert [key for key in english if key not in texts and english[key] != french[key]] == []
        assert set(english["fields"]) == set(french["fields"])
        assert english["message"] != french["message"]
        assert [place["line"] for place in english["related"]] == [place["line"] for place in french["related"]]


def test_places_in_paragraphs_are_named_after_them(findings: dict[str, Any]) -> None:
    for language, word, note in (("en", "para.", "footnote "), ("fr", "par.", "note ")):
        in_paragraphs = [finding for finding in findings[language]["findings"] if finding["paragraph"]]
        outside_notes = [finding for finding in in_paragraphs if not finding["where"].startswith(note)]
        assert len(outside_notes) > 20
        assert all(finding["where"] == f"{word} {finding['paragraph']}" for finding in outside_notes)


def test_order_is_by_path_and_position(findings: dict[str, Any]) -> None:
    keys = ("path", "line", "column", "code")
    places = [[finding[key] for key in keys] for finding in findings["en"]["findings"]]
    assert places == sorted(places)


def test_fingerprints_are_unique_within_a_file(findings: dict[str, Any]) -> None:
    fingerprints = [(finding["path"], finding["fingerprint"]) for finding in findings["en"]["findings"]]
    assert len(set(fingerprints)) == len(fingerprints)


def test_every_field_of_a_message_is_filled(findings: dict[str, Any]) -> None:
    for data in findings.values():
        for finding in data["findings"]:
            for text in (finding["message"], *(place["message"] for place in finding["related"])):
                assert not re.search(r"\{\w+\}", text)


def test_safe_fix_resolves_its_finding(tmp_path: Path, findings: dict[str, Any]) -> None:
    """Edits have positions in the file. Applying them removes the finding and adds no other."""
    with_fix = [finding for finding in findings["en"]["findings"] if finding["fix"]]
    fixable = [finding for finding in with_fix if finding["fix"]["applicability"] == "safe"]
    assert fixable
    for finding in fixable[:6]:
        text = Path(finding["path"]).read_text(encoding="utf-8")
        starts = [0, *(match.end() for match in re.finditer("\n", text))]
        for edit in reversed(finding["fix"]["edits"]):
            assert edit["path"] == finding["path"]
            start = starts[edit["line"] - 1] + edit["column"] - 1
            end = starts[edit["end_line"] - 1] + edit["end_column"] - 1
            text = text[:start] + edit["text"] + text[end:]
        corrected = tmp_path / Path(finding["path"]).name
        corrected.write_text(text, encoding="utf-8")
        before, after = (
            {other["fingerprint"] for other in check_json([path], "--stage", "publication")["findings"]}
            for path in (finding["path"], str(corrected))
        )
        assert finding["fingerprint"] not in after
        assert after < before


def test_positions_with_byte_order_mark_windows_line_ends_and_combining_letters(tmp_path: Path) -> None:
    draft = (EXAMPLES / "faulty" / "navigation-fluviale-section-inconnue.fr.md").read_text(encoding="utf-8")
    encoded = tmp_path / "encoded.md"
    encoded.write_bytes(b"\xef\xbb\xbf" + unicodedata.normalize("NFD", draft).replace("\n", "\r\n").encode())
    lines = unicodedata.normalize("NFD", draft).split("\n")
    data = check_json([str(encoded)])
    verify_contract(data)
    accented = 0
    for finding in data["findings"]:
        if finding["line"] == finding["end_line"]:
            words = lines[finding["line"] - 1][finding["column"] - 1 : finding["end_column"] - 1]
            assert not unicodedata.combining(words[0])
            accented += words != unicodedata.normalize("NFC", words)
    assert accented
    assert data["summary"]["errors"] > 3


def test_output_is_utf8_in_any_locale(folder: Path) -> None:
    result = run(
        "check",
        "été à Genève.md",
        "--output-format",
        "json",
        cwd=folder,
        env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )
    assert [finding["path"] for finding in result.json["findings"]] == ["été à Genève.md"]


def test_concise_has_one_line_per_finding(findings: dict[str, Any], examples: list[str]) -> None:
    result = run("check", "--output-format", "concise", "--stage", "publication", *examples)
    template = "{path}:{line}:{column}: {severity} {code} [{where}] {message}"
    with_place = re.compile(r".+:\d+:\d+: ")  # others name clean files and kinds of documents
    lines = [line for line in result.out.splitlines() if with_place.match(line)]
    assert lines == [template.format_map(finding) for finding in findings["en"]["findings"]]


def test_concise_escapes_line_ends_in_paths(folder: Path) -> None:
    result = run("check", "--output-format", "concise", "new\nline.md", cwd=folder)
    assert result.out.count("\n") == 1
    assert result.out.startswith("new\\nline.md:14:1: error NUM001 ")
