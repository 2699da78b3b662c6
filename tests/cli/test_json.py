"""``--output-format json`` is a contract: every key, its type, and positions that lead to the words."""

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
SUMMARY = {"files": int, "errors": int, "warnings": int, "infos": int, "suppressed": int}
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
    "suppressed": bool,
}
TOP = {"schema": int, "reportlint": str, "stage": str, "summary": dict, "findings": list}
FIX = {"applicability": str, "edits": list}
EDIT = {**RANGE, "text": str}
AUTHORITY = {"text": str, "url": (str, type(None))}


def hold(data: dict[str, Any], shape: dict[str, Any]) -> None:
    """The keys are those of the shape, no more, no less, and the values are of its types."""
    assert set(data) == set(shape)
    for key, kind in shape.items():
        assert isinstance(data[key], kind), (key, data[key])
        assert kind is not int or not isinstance(data[key], bool)


def hold_range(place: dict[str, Any]) -> None:
    assert place["line"] >= 1
    assert place["column"] >= 1
    assert (place["end_line"], place["end_column"]) >= (place["line"], place["column"])


def hold_contract(data: dict[str, Any]) -> None:
    hold(data, TOP)
    hold(data["summary"], SUMMARY)
    assert (data["schema"], data["reportlint"]) == (1, __version__)
    for finding in data["findings"]:
        hold(finding, FINDING)
        hold_range(finding)
        assert re.fullmatch(r"[A-Z]{2,8}\d{3}", finding["code"])
        assert finding["severity"] in ("error", "warning", "info")
        assert finding["confidence"] in ("high", "medium", "low")
        assert finding["message"]
        assert finding["where"]
        assert finding["fingerprint"]
        assert all(isinstance(text, str) for pair in finding["fields"].items() for text in pair)
        for place in finding["related"]:
            hold(place, PLACE)
            hold_range(place)
            assert place["path"] == finding["path"]
        if finding["fix"] is not None:
            hold(finding["fix"], FIX)
            assert finding["fix"]["applicability"] in ("safe", "unsafe", "display")
            assert finding["fix"]["edits"]
            for edit in finding["fix"]["edits"]:
                hold(edit, EDIT)
                hold_range(edit)
        if finding["authority"] is not None:
            hold(finding["authority"], AUTHORITY)
    counted = {
        f"{severity}s": sum(one["severity"] == severity for one in data["findings"])
        for severity in ("error", "warning", "info")
    }
    assert {name: data["summary"][name] for name in counted} == counted


@pytest.fixture(scope="module")
def findings(examples: list[str]) -> dict[str, Any]:
    """The findings of all examples in both languages of messages."""
    return {code: check_json(examples, "--message-language", code, "--stage", "publication") for code in ("en", "fr")}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_contract_on_the_examples(language: str, findings: dict[str, Any], examples: list[str]) -> None:
    data = findings[language]
    hold_contract(data)
    assert data["stage"] == "publication"
    assert data["summary"]["files"] == len(examples)
    assert len(data["findings"]) > 50
    assert {one["language"] for one in data["findings"]} == {"en", "fr"}


@pytest.mark.parametrize(
    "path", ["latin.md", "mixed", "empty-folder", "empty.md", "word.docx", "no-such.md", "nested.md"]
)
def test_contract_on_what_is_no_draft(path: str, folder: Path) -> None:
    hold_contract(check_json([path], cwd=folder))


def test_an_unreadable_file_has_a_place_too(folder: Path) -> None:
    (finding,) = check_json(["latin.md"], cwd=folder)["findings"]
    assert {key: finding[key] for key in RANGE} == dict.fromkeys(RANGE, 1)
    assert (finding["path"], finding["paragraph"], finding["language"]) == ("latin.md", None, None)
    assert "0xe9" in finding["fields"]["error"]
    assert finding["fields"]["error"] in finding["message"]


def test_languages_differ_in_words_only(findings: dict[str, Any]) -> None:
    worded = {"message", "where", "fields", "related"}
    for one, other in zip(findings["en"]["findings"], findings["fr"]["findings"], strict=True):
        assert {k: v for k, v in one.items() if k not in worded} == {k: v for k, v in other.items() if k not in worded}
        assert set(one["fields"]) == set(other["fields"])
        assert one["message"] != other["message"]
        assert [place["line"] for place in one["related"]] == [place["line"] for place in other["related"]]


def test_places_of_paragraphs_are_named_by_them(findings: dict[str, Any]) -> None:
    for language, word, note in (("en", "para.", "footnote "), ("fr", "par.", "note ")):
        numbered = [one for one in findings[language]["findings"] if one["paragraph"]]
        named = [one for one in numbered if not one["where"].startswith(note)]
        assert len(named) > 20
        assert all(one["where"] == f"{word} {one['paragraph']}" for one in named)


def test_order_is_by_path_and_position(findings: dict[str, Any]) -> None:
    places = [(one["path"], one["line"], one["column"], one["code"]) for one in findings["en"]["findings"]]
    assert places == sorted(places)


def test_fingerprints_tell_the_findings_of_a_file_apart(findings: dict[str, Any]) -> None:
    prints = [(one["path"], one["fingerprint"]) for one in findings["en"]["findings"]]
    assert len(set(prints)) == len(prints)


def test_no_field_is_left_open_in_a_message(findings: dict[str, Any]) -> None:
    for data in findings.values():
        for one in data["findings"]:
            for text in (one["message"], *(place["message"] for place in one["related"])):
                assert not re.search(r"\{\w+\}", text)


def test_a_fix_mends_its_finding(tmp_path: Path, findings: dict[str, Any]) -> None:
    """The edits' positions are those of the file: applied, the finding is gone and no other has come."""
    fixable = [one for one in findings["en"]["findings"] if one["fix"] and one["fix"]["applicability"] == "safe"]
    assert fixable
    for one in fixable[:6]:
        lines = Path(one["path"]).read_text(encoding="utf-8").split("\n")
        for edit in one["fix"]["edits"]:
            assert edit["line"] == edit["end_line"]
            line = lines[edit["line"] - 1]
            lines[edit["line"] - 1] = line[: edit["column"] - 1] + edit["text"] + line[edit["end_column"] - 1 :]
        mended = tmp_path / Path(one["path"]).name
        mended.write_text("\n".join(lines), encoding="utf-8")
        before = {other["fingerprint"] for other in check_json([one["path"]], "--stage", "publication")["findings"]}
        after = {other["fingerprint"] for other in check_json([str(mended)], "--stage", "publication")["findings"]}
        assert one["fingerprint"] not in after
        assert after < before


def test_positions_survive_byte_order_mark_line_ends_and_combining_letters(tmp_path: Path) -> None:
    draft = (EXAMPLES / "faulty" / "navigation-fluviale-section-inconnue.fr.md").read_text(encoding="utf-8")
    twin = tmp_path / "twin.md"
    twin.write_bytes(b"\xef\xbb\xbf" + unicodedata.normalize("NFD", draft).replace("\n", "\r\n").encode())
    lines = unicodedata.normalize("NFD", draft).split("\n")
    data = check_json([str(twin)])
    hold_contract(data)
    accented = 0
    for one in data["findings"]:
        if one["line"] == one["end_line"]:
            words = lines[one["line"] - 1][one["column"] - 1 : one["end_column"] - 1]
            assert not unicodedata.combining(words[0])
            accented += words != unicodedata.normalize("NFC", words)
    assert accented
    assert data["summary"]["errors"] > 3


def test_output_is_utf8_whatever_the_locale(folder: Path) -> None:
    result = run(
        "check",
        "été à Genève.md",
        "--output-format",
        "json",
        cwd=folder,
        env={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
    )
    assert [one["path"] for one in result.json["findings"]] == ["été à Genève.md"]


def test_concise_is_one_line_for_each_finding(findings: dict[str, Any], examples: list[str]) -> None:
    result = run("check", "--output-format", "concise", "--stage", "publication", *examples)
    form = "{path}:{line}:{column}: {severity} {code} [{where}] {message}"
    assert result.out.splitlines() == [form.format_map(one) for one in findings["en"]["findings"]]


def test_concise_keeps_a_strange_path_on_its_line(folder: Path) -> None:
    result = run("check", "--output-format", "concise", "new\nline.md", cwd=folder)
    assert result.out.count("\n") == 1
    assert result.out.startswith("new\\nline.md:14:1: error NUM001 ")
