"""Word files through the command: folders, formats, waivers, baseline and cache."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from drafts import EXAMPLES

from reportlint.reporters import REPORTERS

from .conftest import check_formats, check_json, run
from .test_sarif import parse_log

FAULTY = EXAMPLES / "faulty" / "oasis.fr.docx"
CLEAN = EXAMPLES / "clean" / "seed-heritage.en.docx"
TWIN = FAULTY.with_suffix(".md")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with Word files, and with a file that Word keeps while one of them is open."""
    shutil.copy(FAULTY, tmp_path / "report.docx")
    for name in ("macros.docm", "template.dotx", "macros.dotm", "OLD.DOC", "sub/UPPER.DOCX"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(CLEAN, tmp_path / name)
    (tmp_path / "~$report.docx").write_bytes(b"An editor")
    return tmp_path


def test_a_folder(folder: Path) -> None:
    files = check_json(["."], cwd=folder)["files"]
    assert {file["path"]: (file["state"], file["kind"]) for file in files} == dict.fromkeys(
        ("OLD.DOC", "macros.docm", "macros.dotm", "report.docx", "sub/UPPER.DOCX", "template.dotx"),
        ("checked", "report"),
    )


def test_every_format(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    formats = check_formats(["report.docx", "OLD.DOC"], out=out, cwd=folder)
    findings = json.loads(formats["json"])["findings"]
    assert len(findings) == len(check_json([str(TWIN)])["findings"])
    log = parse_log(formats["sarif"])
    lines = run("outline", "--text", "report.docx", cwd=folder).out.splitlines()
    for finding, result in zip(findings, log["results"], strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) == (finding["line"], finding["column"])
        number, _, text = lines[finding["line"] - 1].partition("\t")
        assert (int(number), finding["end_column"] - 1 <= len(text) or finding["end_line"] > finding["line"]) == (
            finding["line"], True,
        )  # fmt: skip
    symbol = next(finding for finding in findings if finding["code"] == "SYM001")
    text = lines[symbol["line"] - 1].partition("\t")[2]
    assert symbol["fields"]["symbol"] in text[symbol["column"] - 1 : symbol["end_column"] - 1]
    assert {len(json.loads(formats["gitlab"])), formats["github"].count("title=")} == {len(findings)}
    assert ElementTree.fromstring(formats["junit"]).get("tests") == str(len(findings) + 1)
    assert "Convention sur la sauvegarde des oasis" in formats["html"]
    assert len(REPORTERS) == len(formats)


def test_standard_input_is_told_by_its_content() -> None:
    data = FAULTY.read_bytes()
    result = run("check", "--output-format", "json", "-", stdin=data)
    assert len(result.json["findings"]) == len(check_json([str(FAULTY)])["findings"])


def test_added_waivers_and_the_baseline(folder: Path) -> None:
    assert run("check", "report.docx", cwd=folder).code == 1
    assert run("check", "--write-baseline", "known.json", "report.docx", cwd=folder).code == 0
    assert run("check", "--baseline", "known.json", "report.docx", cwd=folder).code == 0
    assert run("check", "--add-waivers", "as issued", "report.docx", cwd=folder).code == 0
    assert run("check", "report.docx", cwd=folder).code == 0


@pytest.mark.parametrize("made_for", ["report.md", "report.docx"])
def test_waivers_made_for_a_draft_apply_to_its_twin(tmp_path: Path, made_for: str) -> None:
    shutil.copy(FAULTY, tmp_path / "report.docx")
    shutil.copy(TWIN, tmp_path / "report.md")
    twin = {"report.md": "report.docx", "report.docx": "report.md"}[made_for]
    assert run("check", "--write-baseline", "known.json", made_for, cwd=tmp_path).code == 0
    assert run("check", "--add-waivers", "as issued", made_for, cwd=tmp_path).code == 0
    for name, options in (("reportlint-waivers.yaml", []), ("known.json", ["--baseline", "known.json"])):
        file = tmp_path / name
        file.write_text(file.read_text(encoding="utf-8").replace(made_for, twin), encoding="utf-8")
        result = run("check", "--output-format", "json", *options, twin, cwd=tmp_path)
        assert (result.code, result.json["summary"]["errors"]) == (0, 0)
        assert result.json["summary"]["suppressed"] == len(result.json["findings"]) > 10
        file.unlink()


@pytest.mark.parametrize("old", ["report.md", "report.docx"])
@pytest.mark.parametrize("new", ["final.docx", "final.md"])
def test_entries_follow_a_renamed_and_a_converted_draft(tmp_path: Path, old: str, new: str) -> None:
    shutil.copy(FAULTY.with_suffix(Path(old).suffix), tmp_path / old)
    for given in (("--write-baseline", "known.json"), ("--add-waivers", "as issued")):
        assert run("check", *given, old, cwd=tmp_path).code == 0
    (tmp_path / old).unlink()
    shutil.copy(FAULTY.with_suffix(Path(new).suffix), tmp_path / new)
    for name, options in (("reportlint-waivers.yaml", []), ("known.json", ["--baseline", "known.json"])):
        result = run("check", *options, ".", cwd=tmp_path)
        assert (result.code, f"{name}: the entries for {old}, which is gone, apply to {new}" in result.err) == (0, True)
        assert run("check", "--prune", *options, ".", cwd=tmp_path).code == 0
        assert run("check", *options, ".", cwd=tmp_path).err == ""
        (tmp_path / name).unlink()


def test_the_cache_knows_which_changes_are_read(tmp_path: Path) -> None:
    command = ("check", "--statistics", "--cache-dir", str(tmp_path / "cache"), str(FAULTY))
    taken = [
        "1 taken from the cache" in run(*command, *options).err
        for options in ((), (), ("--tracked-changes", "original"), ("--tracked-changes", "original"))
    ]
    assert taken == [False, True, False, True]
