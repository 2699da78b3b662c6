"""Waivers and the baseline: what they suppress, which edits they survive, and how unused ones are reported."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml

from .conftest import CLEAN, FAULTY, Result, run

GAP = "5. Several"
TABLE = "| Port | Lights |\n|---|---|\n| Valletta | 4 |\n| Lisbon | XX |\n"
# One finding on each of two lines of the same paragraph.
TWO_LINES = CLEAN.replace(
    "of small harbours.", "of small harbours .\nThe Chair thanked the delegation of XX for its offer."
)  # fmt: skip


def check(folder: Path, *options: str, stage: str = "review") -> Result:
    return run("check", "a.md", "--stage", stage, "--output-format", "json", *options, cwd=folder)


def codes(result: Result) -> list[tuple[str, bool]]:
    """Return the code of each finding in order, and whether the finding is suppressed."""
    findings = result.json["findings"]
    assert result.json["summary"]["suppressed"] == sum(finding["suppressed"] for finding in findings)
    return [(finding["code"], finding["suppressed"]) for finding in findings]


def waived(text: str, comment: str, before: str = GAP) -> str:
    """Return ``text`` with a waiver comment on the line before ``before``."""
    assert text.count(before) == 1
    return text.replace(before, f"<!-- reportlint: {comment} -->\n{before}")


def apply(text: str, finding: dict[str, Any]) -> str:
    """Return ``text`` with the fix of a finding applied."""
    lines = [*text.splitlines(keepends=True), ""]
    starts = [sum(map(len, lines[:index])) for index in range(len(lines))]
    for edit in reversed(finding["fix"]["edits"]):
        start = starts[edit["line"] - 1] + edit["column"] - 1
        end = starts[edit["end_line"] - 1] + edit["end_column"] - 1
        text = text[:start] + edit["text"] + text[end:]
    return text


def write(folder: Path, text: str, name: str = "a.md") -> Path:
    (folder / name).write_bytes(text.encode())
    return folder


# -- comments -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["NUM001", "NUM", "paragraph-sequence"])
def test_comment_waives_by_code_family_or_name(tmp_path: Path, name: str) -> None:
    write(tmp_path, waived(FAULTY, f'ignore {name} reason="numbers of the original"'))
    result = check(tmp_path)
    assert (result.code, codes(result)) == (0, [("NUM001", True)])
    text = run("check", "a.md", cwd=tmp_path)
    assert (text.code, text.out) == (0, "nothing to report in 1 report, 1 finding waived or known\n")
    assert run("check", "a.md", "--output-format", "concise", cwd=tmp_path).out == ""


@pytest.mark.parametrize(
    ("draft", "expected"),
    [
        pytest.param(waived(FAULTY, "ignore NUM", "2. The Chair"), [("RPL001", False), ("NUM001", False)], id="other"),
        pytest.param(waived(FAULTY, "ignore NUM001"), [("NUM001", True)], id="next block"),
        pytest.param(waived(FAULTY, "ignore NUM001\n reason='two lines'"), [("NUM001", True)], id="two lines"),
        pytest.param(
            FAULTY.replace(GAP, f"<!-- reportlint: ignore NUM001 --> <!-- so it was -->\n\n{GAP}"), [("NUM001", True)],
            id="two comments",
        ),
        pytest.param(
            FAULTY.replace("small harbours.", "small harbours. <!-- reportlint: ignore NUM -->"), [("NUM001", True)],
            id="its line",
        ),
        pytest.param(TWO_LINES, [("TYP001", False), ("DRF001", False)], id="nothing waived"),
        pytest.param(
            TWO_LINES.replace("its offer.", "its offer. <!-- reportlint: ignore TYP, DRF -->"),
            [("TYP001", False), ("DRF001", True), ("RPL001", False)], id="one line of two",
        ),
        pytest.param(
            waived(TWO_LINES, "ignore TYP DRF001", "3. Several"), [("TYP001", True), ("DRF001", True)], id="both lines",
        ),
        pytest.param(
            waived(FAULTY, "ignore-begin NUM", "1. The") + "\n<!-- reportlint: ignore-end -->\n", [("NUM001", True)],
            id="region",
        ),
        pytest.param(
            waived(waived(FAULTY, "ignore-begin NUM", "1. The"), "ignore-end NUM"),
            [("RPL001", False), ("NUM001", False)], id="region before",
        ),
        pytest.param(
            waived(CLEAN, "ignore DRF", "## II.").replace("## II.", f"{TABLE}\n## II."), [("DRF001", True)], id="table",
        ),
        pytest.param(
            FAULTY.replace(GAP, f"```\n<!-- reportlint: ignore NUM -->\n```\n\n{GAP}"), [("NUM001", False)], id="code",
        ),
        pytest.param(FAULTY + "\n<!-- reportlint: ignore NUM -->\n", [("NUM001", False), ("RPL001", False)], id="end"),
        pytest.param(waived(FAULTY, "ignore RPL003, NUM001"), [("RPL002", False), ("NUM001", True)], id="not waivable"),
    ],
)  # fmt: skip
def test_scope_of_a_comment(tmp_path: Path, draft: str, expected: list[tuple[str, bool]]) -> None:
    write(tmp_path, draft)
    assert codes(check(tmp_path)) == expected


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("comment", "code", "safe"),
    [
        ('ignore REF002 reason="none"', "RPL001", True),
        ('ignore-begin REF002 reason="none"', "RPL002", False),
        ('ignore-end REF002', "RPL002", False),
        ('ignore REF002 until=2019-01-31', "RPL001", True),
        ('ignore REF002 until=tomorrow', "RPL002", False),
        ('ignore REF002 until=2019-02-30', "RPL002", False),
        ("ignore REF999", "RPL002", False),
        ("ignore", "RPL002", False),
        ("ignor REF002", "RPL002", False),
        ('ignore REF002 reason="never closed', "RPL002", False),
        ("ignore REF002 because=none", "RPL002", False),
    ],
)  # fmt: skip
def test_unused_or_invalid_comment_is_reported_and_its_fix_removes_it(
    tmp_path: Path, comment: str, code: str, safe: bool, ending: str
) -> None:
    clean = CLEAN.replace("\n", ending)
    draft = waived(CLEAN, comment, "3. Several").replace("\n", ending)
    result = check(write(tmp_path, draft))
    assert (result.code, codes(result)) == (1, [(code, False)])
    (finding,) = result.json["findings"]
    assert finding["paragraph"] == "3"
    assert finding["fix"]["applicability"] == ("safe" if safe else "unsafe")
    assert apply(draft, finding) == clean


@pytest.mark.parametrize(
    ("text", "fixed_text"),
    [
        ("see harbours. <!-- reportlint: ignore REF002 -->", "see harbours."),
        ("see <!-- reportlint: ignore REF002 --> harbours.", "see harbours."),
        ("see harbours.\n\n<!-- reportlint: ignore REF002 -->\n\nThen all left.", "see harbours.\n\nThen all left."),
    ],
)
def test_fix_leaves_no_extra_space(tmp_path: Path, text: str, fixed_text: str) -> None:
    draft = CLEAN.replace("small harbours.", text)
    (finding,) = check(write(tmp_path, draft)).json["findings"]
    assert apply(draft, finding) == CLEAN.replace("small harbours.", fixed_text)


def test_fix_removes_only_unused_rules(tmp_path: Path) -> None:
    draft = waived(FAULTY, 'ignore REF002, NUM001, CTY reason="as it was"')
    result = check(write(tmp_path, draft))
    assert codes(result) == [("RPL001", False), ("RPL001", False), ("NUM001", True)]
    for finding in reversed(result.json["findings"][:2]):
        draft = apply(draft, finding)
    assert draft == waived(FAULTY, 'ignore NUM001, reason="as it was"')
    assert codes(check(write(tmp_path, draft))) == [("NUM001", True)]


def test_fix_removes_both_ends_of_an_unused_region(tmp_path: Path) -> None:
    draft = waived(waived(CLEAN, "ignore-begin REF002", "2. The"), "ignore-end REF002", "3. Several")
    (finding,) = check(write(tmp_path, draft)).json["findings"]
    assert finding["code"] == "RPL001"
    assert apply(draft, finding) == CLEAN


@pytest.mark.parametrize(
    ("options", "reported"),
    [
        ([], True),
        (["--select", "NUM,RPL"], False),
        (["--select", "REF,RPL"], True),
        (["--ignore", "REF002"], False),
        (["--ignore", "RPL001"], False),
        (["--stage", "draft"], False),
    ],
)
def test_waiver_of_a_rule_that_did_not_run_is_not_reported(tmp_path: Path, options: list[str], reported: bool) -> None:
    write(tmp_path, waived(CLEAN, "ignore REF002", "3. Several"))
    assert bool(codes(check(tmp_path, *options))) == reported


def test_unclosed_comment_is_reported(tmp_path: Path) -> None:
    write(tmp_path, CLEAN.replace("3. Several", "<!-- reportlint: ignore NUM001\n3. Several"))
    findings = check(tmp_path).json["findings"]
    assert ("RPL002", None) in [(finding["code"], finding["fix"]) for finding in findings]


def test_publication_requires_a_reason(tmp_path: Path) -> None:
    write(tmp_path, waived(FAULTY, "ignore NUM001"))
    assert check(tmp_path).code == 0
    result = check(tmp_path, stage="publication")
    assert (result.code, codes(result)) == (1, [("RPL002", False), ("NUM001", True)])
    assert check(write(tmp_path, waived(FAULTY, "ignore NUM001 reason=“so”")), stage="publication").code == 0


# -- edits that waivers survive --------------------------------------------------------------------------------------

CHANGES = {
    "an edit elsewhere": lambda text: text.replace("its secretariat", "its bureau and secretariat"),
    "a paragraph before": lambda text: text.replace("## I. Opening\n", "## I. Opening\n\nThe session was opened.\n"),
    "other line ends": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "a line broken elsewhere": lambda text: text.replace("delegations described", "delegations\ndescribed"),
}  # fmt: skip


@pytest.mark.parametrize("kind", ["comment", "file", "baseline"])
@pytest.mark.parametrize("change", CHANGES)
def test_waivers_survive_edits(tmp_path: Path, kind: str, change: str) -> None:
    text = FAULTY if kind != "comment" else waived(FAULTY, 'ignore NUM001 reason="as it was"')
    options = prepare(write(tmp_path, text), kind)
    for stage in ("review", "publication"):
        result = check(tmp_path, *options, stage=stage)
        assert (result.code, codes(result)) == (0, [("NUM001", True)])
    changed = CHANGES[change](text)
    assert changed != text
    result = check(write(tmp_path, changed), *options, stage="publication")
    assert (result.code, codes(result)) == (0, [("NUM001", True)])


def prepare(folder: Path, kind: str) -> list[str]:
    """Waive the findings of the draft and return the options that later runs need."""
    if kind == "file":
        result = check(folder, "--add-waivers", "as it was")
        assert (result.code, result.err) == (0, "reportlint: reportlint-waivers.yaml: 1 waiver added\n")
    elif kind == "baseline":
        result = check(folder, "--write-baseline", "known.json")
        assert (result.code, result.err) == (0, "reportlint: known.json: 1 finding recorded as known\n")
        return ["--baseline", "known.json"]
    return []


@pytest.mark.parametrize("kind", ["file", "baseline"])
def test_finding_with_other_words_is_not_waived(tmp_path: Path, kind: str) -> None:
    options = prepare(write(tmp_path, FAULTY), kind)
    other = FAULTY.replace("5. Several", "7. Several").replace("6. The", "8. The")
    result = check(write(tmp_path, other), *options)
    assert result.code == 1
    assert codes(result) == [("NUM001", False), *([("RPL001", False)] if kind == "file" else [])]


def test_comment_without_its_finding_is_reported(tmp_path: Path) -> None:
    result = check(write(tmp_path, waived(CLEAN, 'ignore NUM001 reason="as it was"', "3. Several")))
    assert (result.code, codes(result)) == (1, [("RPL001", False)])


# -- the waiver file -------------------------------------------------------------------------------------------------


def test_add_waivers_writes_a_complete_entry(tmp_path: Path) -> None:
    prepare(write(tmp_path, FAULTY), "file")
    text = (tmp_path / "reportlint-waivers.yaml").read_text(encoding="utf-8")
    assert text.startswith("# ")
    (entry,) = yaml.safe_load(text)
    fingerprint = check(tmp_path).json["findings"][0]["fingerprint"]
    assert entry == {
        "path": "a.md", "code": "NUM001", "fingerprint": fingerprint, "paragraph": "para. 5", "reason": "as it was",
    }  # fmt: skip


def test_add_waivers_keeps_the_existing_text(tmp_path: Path) -> None:
    prepare(write(tmp_path, FAULTY), "file")
    file = tmp_path / "reportlint-waivers.yaml"
    kept = "# our own remark\n" + "".join(f"  {line}\n" for line in file.read_text(encoding="utf-8").splitlines())
    write(tmp_path, kept, file.name)
    write(tmp_path, FAULTY.replace("HARB/COM/2019/3\n", ""), "b.md")
    result = run("check", ".", "--add-waivers", "encore « là »", cwd=tmp_path)
    assert result.code == 0
    text = file.read_text(encoding="utf-8")
    assert text.startswith(kept)
    entries = yaml.safe_load(text)
    assert [entry["path"] for entry in entries] == ["a.md", "b.md", "b.md"]
    assert entries[1]["reason"] == "encore « là »"
    assert run("check", ".", "--stage", "publication", cwd=tmp_path).code == 0


def test_add_waivers_requires_a_reason(tmp_path: Path) -> None:
    assert check(write(tmp_path, FAULTY), "--add-waivers", " ").code == 2
    assert not (tmp_path / "reportlint-waivers.yaml").exists()


@pytest.mark.parametrize("configuration", ["", 'waivers = "kept/ours.yaml"\n'])
def test_waiver_file_is_beside_the_configuration(tmp_path: Path, configuration: str) -> None:
    (tmp_path / "drafts").mkdir()
    (tmp_path / "kept").mkdir()
    write(tmp_path, FAULTY, "drafts/a.md")
    write(tmp_path, configuration, "reportlint.toml")
    assert run("check", "drafts", "--add-waivers", "so", cwd=tmp_path).code == 0
    name, path = ("kept/ours.yaml", "../drafts/a.md") if configuration else ("reportlint-waivers.yaml", "drafts/a.md")
    assert yaml.safe_load((tmp_path / name).read_text(encoding="utf-8"))[0]["path"] == path
    assert run("check", "a.md", cwd=tmp_path / "drafts").code == 0
    assert run("check", "a.txt", cwd=tmp_path / "drafts").code == 2


def write_waivers(folder: Path, *changes: dict[str, str | None]) -> None:
    """Write a waiver file with one copy of the valid entry for each set of changes."""
    prepare(write(folder, FAULTY), "file")
    file = folder / "reportlint-waivers.yaml"
    (valid,) = yaml.safe_load(file.read_text(encoding="utf-8"))
    entries = [{key: value for key, value in {**valid, **change}.items() if value is not None} for change in changes]
    file.write_text(yaml.safe_dump(entries, sort_keys=False), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "code", "waives"),
    [
        ({"until": "2019-01-31"}, "RPL001", False),
        ({"until": "2999-01-31"}, None, True),
        ({"fingerprint": "0123456789abcdef"}, "RPL001", False),
        ({"path": "other.md"}, None, False),
        ({"code": "NUM999"}, "RPL002", False),
        ({"code": None}, "RPL002", False),
        ({"fingerprint": None}, "RPL002", False),
        ({"until": "soon"}, "RPL002", False),
        ({"because": "so"}, "RPL002", False),
        ({"paragraph": None}, None, True),
        ({"reason": None}, "RPL002", True),
    ],
)
def test_unused_and_invalid_entries(tmp_path: Path, change: dict[str, str | None], code: str, waives: bool) -> None:
    write_waivers(tmp_path, {"path": "other.md"}, change, {"path": "another.md"})
    result = check(tmp_path, stage="publication")
    assert codes(result) == [("NUM001", waives), *([(code, False)] if code else [])]
    assert result.json["summary"]["files"] == 1
    if code:
        finding = result.json["findings"][-1]
        assert (finding["path"], finding["line"] > 3) == ("reportlint-waivers.yaml", True)
        file = tmp_path / "reportlint-waivers.yaml"
        fixed_text = apply(file.read_text(encoding="utf-8"), finding)
        assert [entry["path"] for entry in yaml.safe_load(fixed_text)] == ["other.md", "another.md"]
        assert "reportlint-waivers.yaml" in run("check", "a.md", "--stage", "publication", cwd=tmp_path).out


@pytest.mark.parametrize("text", ["- a: [", "a: b\n", "- path: x\n  path: y\n"])
def test_malformed_waiver_file_stops_the_run(tmp_path: Path, text: str) -> None:
    write(write(tmp_path, FAULTY), text, "reportlint-waivers.yaml")
    result = run("check", "a.md", cwd=tmp_path)
    assert (result.code, result.err.startswith("reportlint: reportlint-waivers.yaml:")) == (2, True)


# -- baseline --------------------------------------------------------------------------------------------------------


def test_only_new_findings_count(tmp_path: Path) -> None:
    options = prepare(write(tmp_path, FAULTY), "baseline")
    new = FAULTY.replace("of small harbours.", "of small harbours .")
    result = check(write(tmp_path, new), *options)
    assert (result.code, codes(result)) == (1, [("NUM001", True), ("TYP001", False)])
    # A second occurrence of the same finding in the same words is new.
    check(tmp_path, "--write-baseline", "known.json")
    again = new.replace("previous session.", "small harbours .")
    assert [code for code, suppressed in codes(check(write(tmp_path, again), *options)) if not suppressed] == ["TYP001"]


def test_the_configuration_names_the_baseline(tmp_path: Path) -> None:
    prepare(write(tmp_path, FAULTY), "baseline")
    write(tmp_path, 'baseline = "known.json"\n', "reportlint.toml")
    assert check(tmp_path).code == 0
    (tmp_path / "known.json").unlink()
    assert check(tmp_path).code == 2
    assert check(tmp_path, "--write-baseline", "known.json").code == 0


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", '{"schema": 1, "findings": {"a.md": []}}', '{"schema": 2}',
        '{"schema": 1, "findings": {"a.md": {"NUM001": [{}]}}}', "[" * 100_000,
    ],
    ids=range(7),
)  # fmt: skip
def test_invalid_baseline(tmp_path: Path, text: str) -> None:
    write(write(tmp_path, FAULTY), text, "known.json")
    result = run("check", "a.md", "--baseline", "known.json", cwd=tmp_path)
    assert result.code == 2
    assert result.err.startswith("reportlint: known.json is not a baseline: ")


def test_baseline_does_not_hide_unreadable_files(tmp_path: Path) -> None:
    write(tmp_path, FAULTY)
    (tmp_path / "b.md").write_bytes(b"\xe9")
    assert run("check", ".", "--write-baseline", "known.json", cwd=tmp_path).code == 2
    assert "RPL004" not in (tmp_path / "known.json").read_text(encoding="utf-8")
    assert run("check", ".", "--baseline", "known.json", cwd=tmp_path).code == 2
    assert set(json.loads((tmp_path / "known.json").read_text(encoding="utf-8"))["findings"]) == {"a.md"}


def test_waivers_and_baseline_with_other_settings(tmp_path: Path) -> None:
    """With any settings, waived and known findings never fail the run, and others do by their severity."""
    kinds = {"none": FAULTY, "comment": waived(FAULTY, 'ignore NUM001 reason="so"'), "baseline": FAULTY}
    for kind, draft in kinds.items():
        options = prepare(write(tmp_path, draft), kind)
        for stage, fail_on, select in product(("review", "draft"), ("error", "info"), ("NUM", "REF")):
            result = check(tmp_path, "--select", select, "--fail-on", fail_on, *options, stage=stage)
            expected = [("NUM001", kind != "none")] if select == "NUM" else []
            assert codes(result) == expected
            assert result.code == int(expected == [("NUM001", False)])


def test_parts_of_a_report_have_separate_waivers(tmp_path: Path) -> None:
    head, tail = waived(FAULTY, 'ignore NUM001 reason="so"').split("## II.")
    write(tmp_path, head + "<!-- reportlint: ignore REF002 -->\n")
    write(tmp_path, "<!-- reportlint: ignore REF002 -->\n## II." + tail, "b.md")
    write(tmp_path, '[report]\nparts = ["a.md", "b.md"]\n', "reportlint.toml")
    result = check(tmp_path)
    assert codes(result) == [("NUM001", True), ("RPL001", False), ("RPL001", False)]
    assert [finding["path"] for finding in result.json["findings"]] == ["a.md", "a.md", "b.md"]
    for finding in result.json["findings"][1:]:
        file = tmp_path / finding["path"]
        write(tmp_path, apply(file.read_text(encoding="utf-8"), finding), file.name)
    assert codes(check(tmp_path)) == [("NUM001", True)]
