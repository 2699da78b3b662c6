"""Waivers and the baseline: what they suppress, which edits they survive, and how unused ones are reported."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Mapping
from itertools import chain, product
from pathlib import Path
from typing import Any

import pytest
import yaml

from reportlint import files as reportlint_files
from reportlint.engine.rules import ENGINE_CHECK
from reportlint.files import locked
from reportlint.knowledge.rulebook import Rulebook, builtin_folder
from reportlint.waivers.suppression import is_waivable

from .conftest import CLEAN, FAULTY, Result, environment, run

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
    assert (text.code, text.out) == (0, "nothing to report in 1 report: a.md, 1 finding waived or known\n")
    assert run("check", "a.md", "--output-format", "concise", cwd=tmp_path).out == "a.md: nothing to report\n"


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
    ("comment", "code"),
    [
        ('ignore REF002 reason="none"', "RPL001"),
        ('ignore-begin REF002 reason="none"', "RPL002"),
        ('ignore-end REF002', "RPL002"),
        ('ignore REF002 until=2019-01-31', "RPL001"),
        ('ignore REF002 until=tomorrow', "RPL002"),
        ('ignore REF002 until=2019-02-30', "RPL002"),
        ("ignore REF999", "RPL002"),
        ("ignore", "RPL002"),
        ("ignor REF002", "RPL002"),
        ('ignore REF002 reason="never closed', "RPL002"),
        ("ignore REF002 because=none", "RPL002"),
    ],
)  # fmt: skip
def test_unused_or_invalid_comment_is_reported_and_its_fix_removes_it(
    tmp_path: Path, comment: str, code: str, ending: str
) -> None:
    clean = CLEAN.replace("\n", ending)
    draft = waived(CLEAN, comment, "3. Several").replace("\n", ending)
    result = check(write(tmp_path, draft))
    assert (result.code, codes(result)) == (1, [(code, False)])
    (finding,) = result.json["findings"]
    assert finding["paragraph"] == "3"
    assert finding["fix"]["applicability"] == "unsafe"
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


# Waiver files in every layout, each with what an additional entry must not change. "ENTRY" stands for an entry.
LAYOUTS = {
    "empty": "",
    "blank": "\n\n",
    "comments only": "# ours\n\n# and theirs\n",
    "no line end": "# ours\n- {ENTRY}",
    "comment at the end": "- {ENTRY} # ours\n\n# the end\n",
    "indented": "# ours\n  - {ENTRY} # a\n  # b\n  - {ENTRY}\n",
    "document start": "---\n# ours\n- {ENTRY}\n",
    "document start only": "---\n",
    "document start and a comment": "--- # ours",
    "document end": "---\n- {ENTRY}\n...\n# ours\n",
    "document end only": "---\n# ours\n...\n",
    "directive": "%YAML 1.1\n---\n- {ENTRY}\n",
    "empty flow": "[]",
    "empty flow and comments": "# a\n[ # b\n  # c\n] # d\n",
    "flow": "[{ENTRY}]\n",
    "flow with a comma": "[{ENTRY}, ]\n",
    "flow on lines": "[\n  {ENTRY}, # a, b\n  {ENTRY} # last, and no comma\n]\n# end\n",
    "flow on lines with a comma": "--- # a\n[\n  {ENTRY},\n  ]\n...\n",
    "block text at the end": "- path: other.md\n  code: NUM001\n  fingerprint: ab\n  reason: |\n    🛟\n    theirs\n",
}
ENTRY = "{path: other.md, code: NUM001, fingerprint: abc, reason: 'it is, # as it was é'}"


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_add_waivers_keeps_layout_comments_and_permissions(tmp_path: Path, layout: str, mark: str, ending: str) -> None:
    before = LAYOUTS[layout].replace("{ENTRY}", ENTRY).replace("\n", ending)
    file = write(write(tmp_path, FAULTY), mark + before, "reportlint-waivers.yaml") / "reportlint-waivers.yaml"
    file.chmod(0o640)
    existing = yaml.safe_load(before) or []
    result = check(tmp_path, "--add-waivers", "as it was: «là»")
    assert (result.code, result.err) == (0, "reportlint: reportlint-waivers.yaml: 1 waiver added\n")
    after = file.read_bytes().decode()
    *kept, added = yaml.safe_load(after)
    assert kept == existing
    assert (added["path"], added["reason"]) == ("a.md", "as it was: «là»")
    assert codes(check(tmp_path)) == [("NUM001", True)]
    # Nothing is removed, not even a space that is not at the end of a line.
    remaining = iter(after)
    assert all(char in remaining for char in (mark + before).replace("]", "").rstrip())
    assert after.startswith("\ufeff") is bool(mark)
    assert after.replace("\r\n", "").count("\n") == 0 if ending in before and ending == "\r\n" else "\r" not in after
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert {path.name for path in tmp_path.iterdir()} == {"a.md", "reportlint-waivers.yaml"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- a: [", "1:"),
        ("path: a.md\n", "1:1: expected a list of waivers"),
        ("# Title\n\n- first\n- second\n", "3:3: expected a waiver\n"),
        ("- {path: a.md}\n---\n- {path: b.md}\n", "2:1: "),
        ("~\n", "was not changed: waivers cannot be added to it in this layout"),
        ("- a: b\0\n", "1:7: not valid YAML: control characters are not allowed"),
        ("1. The Committee met: it adopted\n2. a: report.\n", "1:1: expected a list of waivers"),
    ],
)
def test_a_file_to_which_no_waiver_can_be_added_is_left_unchanged(tmp_path: Path, text: str, message: str) -> None:
    write(write(tmp_path, FAULTY), text, "reportlint-waivers.yaml")
    result = check(tmp_path, "--add-waivers", "so")
    assert result.code == 2
    # Nothing is checked unless the file is right, and only its layout does not allow additions.
    assert (result.out != "") == ("was not changed" in message)
    assert message in result.err
    lines = result.err.removeprefix("reportlint: ").splitlines()
    assert all(line.startswith("reportlint-waivers.yaml") for line in lines)
    assert (tmp_path / "reportlint-waivers.yaml").read_bytes() == text.encode()
    assert {path.name for path in tmp_path.iterdir()} == {"a.md", "reportlint-waivers.yaml"}


@pytest.mark.parametrize("name", ["a.md", "reportlint.toml", "known.json", "rules/house.yaml"])
def test_waivers_are_never_added_to_another_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "rules").mkdir()
    configuration = f'waivers = "{name}"\nbaseline = "known.json"\nrules = ["rules"]\n'
    texts = {"a.md": FAULTY, "reportlint.toml": configuration, "known.json": '{"schema": 1, "findings": {}}',
             "rules/house.yaml": "[]\n"}  # fmt: skip
    for path, text in texts.items():
        write(tmp_path, text, path)
    assert check(tmp_path, "--add-waivers", "so").code == 2
    assert {path: (tmp_path / path).read_text(encoding="utf-8") for path in texts} == texts


def test_waivers_of_several_processes_are_all_kept(tmp_path: Path) -> None:
    """Six processes add a waiver for three drafts each, one draft after the other."""
    drafts = [[f"{number}-{turn}.md" for turn in range(3)] for number in range(6)]
    every_draft = [*chain(*drafts)]
    program = (
        "import sys; from reportlint.cli.main import main\n"
        "for draft in sys.argv[1:]: main(['check', '--no-cache', '--select', 'NUM', '--add-waivers', 'so', draft])"
    )
    for name in every_draft:
        write(tmp_path, FAULTY, name)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, *names], cwd=tmp_path, env=environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        for names in drafts
    ]  # fmt: skip
    messages = [process.communicate()[1] for process in processes]
    assert messages == [b"reportlint: reportlint-waivers.yaml: 1 waiver added\n" * 3] * 6
    entries = yaml.safe_load((tmp_path / "reportlint-waivers.yaml").read_text(encoding="utf-8"))
    assert sorted(entry["path"] for entry in entries) == every_draft


def test_waiting_for_another_process_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reportlint_files, "LOCK_SECONDS", 0.05)
    write(tmp_path, FAULTY)
    with locked(str(tmp_path / "reportlint-waivers.yaml")):
        result = check(tmp_path, "--add-waivers", "so")
    assert (result.code, codes(result)) == (2, [("NUM001", False)])
    assert "another process holds the lock file" in result.err
    assert result.err.endswith("reportlint-waivers.yaml.lock\n")
    assert check(tmp_path, "--add-waivers", "so").code == 0


def test_an_expired_waiver_is_added_again(tmp_path: Path) -> None:
    write_waivers(tmp_path, {"until": "2019-01-31"})
    result = check(tmp_path, "--add-waivers", "again")
    assert "1 waiver added" in result.err
    assert codes(check(tmp_path, "--select", "NUM")) == [("NUM001", True)]


def write_waivers(folder: Path, *changes: Mapping[str, str | None]) -> None:
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
        ({"paragraph": None}, None, True),
        ({"reason": None}, "RPL002", True),
    ],
)
def test_unused_and_invalid_entries(tmp_path: Path, change: dict[str, str | None], code: str, waives: bool) -> None:
    write_waivers(tmp_path, {"path": "other.md"}, change, {"path": "another.md"})
    for name in ("other.md", "another.md"):
        write(tmp_path, CLEAN, name)
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


def test_of_many_unused_entries_a_thousand_are_listed(tmp_path: Path) -> None:
    write_waivers(tmp_path, *({"fingerprint": f"{number:016x}"} for number in range(1_002)))
    result = check(tmp_path)
    unused = [finding for finding in result.json["findings"] if finding["code"] == "RPL001"]
    assert len(unused) == 1_001
    assert unused[-1]["message"] == "2 more findings of this rule are not listed"
    assert result.json["summary"]["warnings"] == 1_002


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"code": None}, "6:3: “code” is missing"),
        ({"fingerprint": None}, "6:3: “fingerprint” is missing"),
        ({"until": "soon"}, "11:10: “soon” is not a date (write 2022-06-01)"),
        ({"because": "so"}, "11:3: unknown key “because”"),
        ({"reason": None, "raeson": "so"}, "10:3: unknown key “raeson”; did you mean “reason”?"),
    ],
)
def test_a_malformed_entry_stops_the_run(tmp_path: Path, change: dict[str, str | None], expected: str) -> None:
    write_waivers(tmp_path, {"path": "other.md"}, change, {"path": "another.md"})
    before = (tmp_path / "reportlint-waivers.yaml").read_bytes()
    for options in ([], ["--add-waivers", "so"], ["--output-format", "json"]):
        result = run("check", "a.md", *options, cwd=tmp_path)
        assert (result.code, result.out, result.err) == (2, "", f"reportlint: reportlint-waivers.yaml:{expected}\n")
    assert (tmp_path / "reportlint-waivers.yaml").read_bytes() == before


def test_malformed_waiver_files_are_named_and_nothing_is_checked(tmp_path: Path) -> None:
    texts = {"a": "- a: [", "b": "a: b\n", "c": "- path: x\n  path: y\n", "d": "", "e": "- a: " + "[" * 900}
    for name, text in texts.items():
        (tmp_path / name).mkdir()
        write(tmp_path, FAULTY, f"{name}/draft.md")
        write(tmp_path, text, f"{name}/reportlint-waivers.yaml")
    assert run("check", "d", "--add-waivers", "so", cwd=tmp_path).code == 0
    result = run("check", ".", "--output-format", "json", "--output-file", "text=found.log", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    expected = [
        "a/reportlint-waivers.yaml:2:1: not valid YAML: ",
        "b/reportlint-waivers.yaml:1:1: expected a list of waivers",
        "c/reportlint-waivers.yaml:2:3: duplicate key “path”",
        "e/reportlint-waivers.yaml:1:68: lists and mappings nested more than 64 deep",
    ]
    lines = result.err.removeprefix("reportlint: ").splitlines()
    assert len(lines) == len(expected)
    for line, start in zip(lines, expected, strict=True):
        assert line.startswith(start)
    assert not (tmp_path / "found.log").exists()


# -- renamed drafts --------------------------------------------------------------------------------------------------


def numbered(number: int) -> str:
    """Return a draft with one finding, whose words are this number."""
    return FAULTY.replace("5. Several", f"{number}. Several").replace("6. The", f"{number + 1}. The")


# Two findings: the number of a paragraph and a space.
TWO = FAULTY.replace("of small harbours.", "of small harbours .")


@pytest.fixture(params=["file", "baseline"])
def suppressed_in(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[list[str], Path]:
    """A folder in which findings of ``old.md`` are waived or known: the options for that, and the file."""
    write(tmp_path, TWO, "old.md")
    if request.param == "file":
        run("check", "old.md", "--add-waivers", "sent as it is", cwd=tmp_path)
        return [], tmp_path / "reportlint-waivers.yaml"
    run("check", "old.md", "--write-baseline", "known.json", cwd=tmp_path)
    return ["--baseline", "known.json"], tmp_path / "known.json"


Suppressed = tuple[list[str], Path]


def by_path(result: Result) -> dict[str, list[tuple[str, bool]]]:
    """Return the code of each finding by path, and whether it is suppressed."""
    found: dict[str, list[tuple[str, bool]]] = {}
    for finding in result.json["findings"]:
        found.setdefault(finding["path"], []).append((finding["code"], finding["suppressed"]))
    return found


def check_all(folder: Path, *options: str) -> Result:
    return run("check", "--output-format", "json", *options, cwd=folder)


WAIVED = [("NUM001", True), ("TYP001", True)]
REPORTED = [("NUM001", False), ("TYP001", False)]


@pytest.mark.parametrize("paths", [["."], ["new.md"], ["letters", "new.md"]], ids=str)
def test_entries_follow_a_renamed_draft(tmp_path: Path, suppressed_in: Suppressed, paths: list[str]) -> None:
    options, file = suppressed_in
    (tmp_path / "letters").mkdir()
    write(tmp_path, CLEAN, "letters/b.md")
    (tmp_path / "old.md").rename(tmp_path / "new.md")
    before = file.read_bytes()
    result = check_all(tmp_path, *options, *paths)
    assert (result.code, by_path(result)) == (0, {"new.md": WAIVED})
    assert result.err == (
        f"reportlint: {file.name}: the entries for old.md, which is gone, apply to new.md; --prune updates the path\n"
    )
    assert file.read_bytes() == before
    french = check_all(tmp_path, *options, *paths, "--message-language", "fr").err
    assert french.endswith("qui n'existe plus, s'appliquent à new.md ; --prune corrige le chemin\n")


def test_prune_writes_the_new_path(tmp_path: Path, suppressed_in: Suppressed) -> None:
    options, file = suppressed_in
    (tmp_path / "old.md").rename(tmp_path / "new.md")
    result = check_all(tmp_path, *options, "--prune")
    assert (result.code, by_path(result)) == (0, {"new.md": WAIVED})
    assert result.err == f"reportlint: {file.name}: the entries for old.md are now for new.md\n"
    text = file.read_text(encoding="utf-8")
    assert "old.md" not in text
    result = check_all(tmp_path, *options, "--prune")
    assert (result.code, by_path(result), result.err) == (0, {"new.md": WAIVED}, "")
    assert file.read_text(encoding="utf-8") == text
    assert {path.name for path in tmp_path.iterdir()} == {"new.md", file.name}


@pytest.mark.parametrize(
    ("text", "follows"),
    [
        pytest.param(FAULTY, True, id="half of the findings"),
        pytest.param(TWO.replace("harbours .", "harbours ;"), True, id="half, and another one"),
        pytest.param(numbered(7), False, id="none"),
    ],
)
def test_at_least_half_of_the_entries_match(
    tmp_path: Path, suppressed_in: Suppressed, text: str, follows: bool
) -> None:
    (tmp_path / "old.md").unlink()
    found = by_path(check_all(write(tmp_path, text, "new.md"), *suppressed_in[0]))
    assert found["new.md"][0] == ("NUM001", follows)


def test_less_than_half_of_the_entries_is_not_enough(tmp_path: Path) -> None:
    three = TWO.replace("its secretariat.", "its secretariat ;")
    write(tmp_path, three.replace("at the previous", "at the XX previous"), "old.md")
    run("check", "old.md", "--add-waivers", "so", cwd=tmp_path)
    entries = yaml.safe_load((tmp_path / "reportlint-waivers.yaml").read_text(encoding="utf-8"))
    assert len(entries) == 3
    (tmp_path / "old.md").unlink()
    found = by_path(check_all(write(tmp_path, FAULTY, "new.md")))
    assert found["new.md"] == [("NUM001", False)]
    assert found["reportlint-waivers.yaml"] == [("RPL001", False)] * 3
    # The rules that do not run say nothing about a draft.
    assert by_path(check_all(tmp_path, "--select", "NUM,RPL"))["new.md"] == [("NUM001", True)]


def test_a_path_leads_to_the_draft_in_which_most_entries_match(tmp_path: Path, suppressed_in: Suppressed) -> None:
    (tmp_path / "old.md").unlink()
    write(write(write(tmp_path, FAULTY, "a.md"), TWO, "b.md"), FAULTY, "c.md")
    found = by_path(check_all(tmp_path, *suppressed_in[0]))
    assert found == {"a.md": [("NUM001", False)], "b.md": WAIVED, "c.md": [("NUM001", False)]}


def test_a_path_leads_to_one_of_two_equal_drafts(tmp_path: Path, suppressed_in: Suppressed) -> None:
    (tmp_path / "old.md").unlink()
    write(write(tmp_path, TWO, "a.md"), TWO, "b.md")
    assert by_path(check_all(tmp_path, *suppressed_in[0])) == {"a.md": WAIVED, "b.md": REPORTED}


def test_a_draft_takes_over_one_path(tmp_path: Path) -> None:
    write(write(tmp_path, TWO, "old.md"), FAULTY, "older.md")
    run("check", ".", "--add-waivers", "so", cwd=tmp_path)
    (tmp_path / "old.md").unlink()
    (tmp_path / "older.md").rename(tmp_path / "new.md")
    found = by_path(check_all(tmp_path))
    assert found["new.md"] == [("NUM001", True)]
    assert len(found["reportlint-waivers.yaml"]) == 2  # those of one path are left


@pytest.mark.parametrize("kept", ["old.md", "other.md"])
def test_a_draft_with_entries_takes_over_none(tmp_path: Path, kept: str) -> None:
    """Neither does any draft take over a path that still exists."""
    write(write(tmp_path, TWO, "old.md"), FAULTY, "other.md")
    run("check", ".", "--add-waivers", "so", cwd=tmp_path)
    if kept == "old.md":
        write(tmp_path, TWO, "new.md")
        assert by_path(check_all(tmp_path))["new.md"] == REPORTED
    else:
        (tmp_path / "old.md").unlink()
        write(tmp_path, TWO, "other.md")
        assert by_path(check_all(tmp_path))["other.md"] == [("NUM001", True), ("TYP001", False)]


@pytest.mark.parametrize(
    ("paths", "is_judged"), [(["."], True), ([], True), (["drafts"], True), (["drafts/a.md"], False), (["else"], False)]
)
def test_orphans_are_judged_below_what_was_checked(tmp_path: Path, paths: list[str], is_judged: bool) -> None:
    for name in ("drafts", "else"):
        (tmp_path / name).mkdir()
    write(write(write(tmp_path, TWO, "drafts/old.md"), CLEAN, "drafts/a.md"), CLEAN, "else/b.md")
    write(tmp_path, 'baseline = "known.json"\n', "reportlint.toml")
    run("check", "drafts", "--add-waivers", "so", "--select", "NUM", "--write-baseline", "none.json", cwd=tmp_path)
    run("check", "drafts", "--write-baseline", "known.json", cwd=tmp_path)
    (tmp_path / "drafts/old.md").unlink()
    result = check_all(tmp_path, *paths)
    places = [
        (finding["path"], finding["line"], finding["code"], finding["message"]) for finding in result.json["findings"]
    ]
    assert (
        places
        == [
            ("known.json", 3, "RPL001", "this baseline records findings of drafts/old.md, which does not exist"),
            (
                "reportlint-waivers.yaml",
                2,
                "RPL001",
                "this waiver of NUM001 is for drafts/old.md, which does not exist",
            ),
        ]
        * is_judged
    )
    assert result.code == is_judged
    assert check_all(tmp_path, *paths, "--ignore", "RPL001").code == 0
    result = check_all(tmp_path, *paths, "--prune")
    assert (result.code, result.json["findings"]) == (0, [])
    assert ("drafts/old.md" in (tmp_path / "known.json").read_text()) is not is_judged
    assert ("drafts/old.md" in (tmp_path / "reportlint-waivers.yaml").read_text()) is not is_judged


@pytest.mark.parametrize(
    ("paths", "is_judged"), [([], True), (["moved"], True), (["kept"], False), (["kept/a.md"], False)]
)
@pytest.mark.parametrize("configuration", ["", 'waivers = "ours.yaml"\n'])
def test_orphans_of_a_folder_without_drafts_are_judged(
    tmp_path: Path, paths: list[str], is_judged: bool, configuration: str
) -> None:
    for name in ("moved", "kept"):
        (tmp_path / name).mkdir()
    write(write(tmp_path, TWO, "moved/old.md"), CLEAN, "kept/a.md")
    if configuration:
        write(tmp_path, configuration, "moved/reportlint.toml" if paths == ["moved"] else "reportlint.toml")
    run("check", "moved", "--add-waivers", "so", "--select", "NUM", cwd=tmp_path)
    (tmp_path / "moved/old.md").unlink()
    result = check_all(tmp_path, "--allow-unchecked", *paths)
    assert [finding["code"] for finding in result.json["findings"]] == ["RPL001"] * is_judged
    assert result.code == is_judged
    assert check_all(tmp_path, "--allow-unchecked", "--prune", *paths).code == 0
    (waivers,) = tmp_path.rglob("*.yaml")
    assert ("old.md" in waivers.read_text(encoding="utf-8")) is not is_judged


def test_a_waiver_file_that_is_not_in_force_is_not_judged(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    entry = "- {path: old.md, code: NUM001, fingerprint: ab}\n"
    write(write(tmp_path, CLEAN), entry, "letters/reportlint-waivers.yaml")
    assert [finding["code"] for finding in check_all(tmp_path).json["findings"]] == ["RPL001"]
    write(tmp_path, 'fail-on = "warning"\n', "reportlint.toml")
    assert check_all(tmp_path).json["findings"] == []


def test_orphans_of_rules_that_did_not_run_are_not_judged(tmp_path: Path) -> None:
    write(write(tmp_path, TWO, "old.md"), CLEAN, "a.md")
    run("check", "old.md", "--add-waivers", "so", cwd=tmp_path)
    (tmp_path / "old.md").unlink()
    (finding,) = check_all(tmp_path, "--select", "TYP,RPL").json["findings"]
    assert finding["fields"]["names"] == "TYP001"


def test_standard_input_under_the_old_name_has_its_entries(tmp_path: Path, suppressed_in: Suppressed) -> None:
    (tmp_path / "old.md").rename(tmp_path / "new.md")
    given = ["check", "--output-format", "json", *suppressed_in[0], "-", "new.md", "--stdin-filename", "old.md"]
    assert by_path(run(*given, cwd=tmp_path, stdin=TWO.encode())) == {"old.md": WAIVED, "new.md": REPORTED}


def test_adding_waivers_keeps_those_of_a_renamed_draft(tmp_path: Path) -> None:
    write(tmp_path, FAULTY, "old.md")
    run("check", "old.md", "--add-waivers", "so", cwd=tmp_path)
    (tmp_path / "old.md").unlink()
    write(tmp_path, TWO, "new.md")
    result = check_all(tmp_path, "--add-waivers", "and so")
    assert (result.code, by_path(result)) == (0, {"new.md": WAIVED})
    assert by_path(check_all(tmp_path)) == {"new.md": WAIVED}
    entries = yaml.safe_load((tmp_path / "reportlint-waivers.yaml").read_text(encoding="utf-8"))
    assert [(entry["path"], entry["reason"]) for entry in entries] == [("new.md", "so"), ("new.md", "and so")]


PRUNED = {
    "block": (
        "# ours\n- path: gone.md # a\n  code: NUM001\n  fingerprint: ab # b\n# of the second\n"
        "- path: old.md # c\n  code: NUM001\n  fingerprint: {mark}\n  reason: |\n    long\n",
        "# ours\n# of the second\n"
        "- path: new, é.md # c\n  code: NUM001\n  fingerprint: {mark}\n  reason: |\n    long\n",
    ),
    "last": (
        "  - code: NUM001\n    fingerprint: {mark}\n    path: 'old.md'\n"
        "  - {{path: gone.md, code: NUM001, fingerprint: ab}} # x\n# end",
        "  - code: NUM001\n    fingerprint: {mark}\n    path: new, é.md\n# end",
    ),
    "all": ("---\n# a\n- {{path: gone.md, code: NUM001, fingerprint: ab}}", "---\n# a\n"),
    "flow": (
        "[{{path: gone.md, code: NUM001, fingerprint: ab}}, {{path: old.md, code: NUM001, fingerprint: {mark}}}]\n",
        "[{{path: new, é.md, code: NUM001, fingerprint: {mark}}}]\n",
    ),
    "flow, last": (
        '[\n  {{"path": "old.md", "code": "NUM001", "fingerprint": "{mark}"}},\n'
        '  {{"path": "gone.md", "code": "NUM001", "fingerprint": "ab"}}\n]',
        '[\n  {{"path": new, é.md, "code": "NUM001", "fingerprint": "{mark}"}}\n]',
    ),
}


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("layout", PRUNED)
def test_prune_keeps_the_rest_of_a_waiver_file(tmp_path: Path, layout: str, start: str, ending: str) -> None:
    write(tmp_path, FAULTY, "new, é.md")
    mark = check_all(tmp_path).json["findings"][0]["fingerprint"]
    before, after = ((start + text.format(mark=mark)).replace("\n", ending) for text in PRUNED[layout])
    file = write(tmp_path, before, "reportlint-waivers.yaml") / "reportlint-waivers.yaml"
    file.chmod(0o640)
    result = check_all(tmp_path, "--prune")
    assert "1 entry removed" in result.err
    written = file.read_bytes().decode().replace("'new, é.md'", "new, é.md")
    assert written == after
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert by_path(check_all(tmp_path)) == {"new, é.md": [("NUM001", "old.md" in before)]}


def test_prune_removes_what_is_not_needed(tmp_path: Path) -> None:
    write_waivers(tmp_path, {}, {"fingerprint": "ab"}, {"code": "TYP001", "until": "2019-01-31"}, {"code": "NUM999"})
    result = check_all(tmp_path, "--prune")
    assert result.err == "reportlint: reportlint-waivers.yaml: 2 entries removed\n"
    found = by_path(result)
    assert found == {"a.md": [("NUM001", True)], "reportlint-waivers.yaml": [("RPL002", False)]}


@pytest.mark.parametrize("name", ["old.md", "new.md", "reportlint.toml"])
def test_prune_never_writes_another_file(tmp_path: Path, name: str) -> None:
    write(write(tmp_path, FAULTY, "new.md"), f'waivers = "{name}"\n', "reportlint.toml")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    check_all(tmp_path, "--prune")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


# -- waivers in the output -------------------------------------------------------------------------------------------


def test_reason_last_day_and_place_are_in_json_and_html(tmp_path: Path) -> None:
    write(tmp_path, waived(FAULTY, 'ignore NUM001 reason="as <in> the original" until=2099-06-30'))
    write(tmp_path, FAULTY, "b.md")
    write(tmp_path, FAULTY, "c.md")
    run("check", "b.md", "--add-waivers", "sent as it is", cwd=tmp_path)
    run("check", "c.md", "--write-baseline", "known.json", cwd=tmp_path)
    given = ["check", ".", "--baseline", "known.json", "--output-format"]
    line = FAULTY.split(GAP)[0].count("\n") + 1
    assert [finding["suppression"] for finding in run(*given, "json", cwd=tmp_path).json["findings"]] == [
        {"by": "comment", "reason": "as <in> the original", "until": "2099-06-30", "path": "a.md", "line": line},
        {"by": "waivers", "reason": "sent as it is", "until": None, "path": "reportlint-waivers.yaml", "line": 2},
        {"by": "baseline", "reason": None, "until": None, "path": "known.json", "line": None},
    ]
    page = run(*given, "html", cwd=tmp_path).out.replace("\xa0", " ")
    for text in (
        f"waived in the draft: as &lt;in&gt; the original; valid until 30 June 2099 (a.md, line {line})",
        "waived: sent as it is (reportlint-waivers.yaml, line 2)",
        "already known (known.json)",
    ):
        assert text in page
    french = run(*given, "html", "--message-language", "fr", cwd=tmp_path).out.replace("\xa0", " ")
    assert "dérogation : sent as it is (reportlint-waivers.yaml, ligne 2)" in french


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
        "", '{"schema": 1}', "[]", '{"schema": 1, "findings": {"a.md": []}}', '{"schema": 2, "findings": {}}',
        '{"schema": 1, "findings": {"a.md": {"NUM001": [{}]}}}', "[" * 100_000, '{"schema": "1", "findings": {}}',
    ],
    ids=range(8),
)  # fmt: skip
def test_invalid_baseline(tmp_path: Path, text: str) -> None:
    write(write(tmp_path, FAULTY), text, "known.json")
    for options in ([], ["--add-waivers", "so"]):
        result = run("check", "a.md", "--baseline", "known.json", *options, cwd=tmp_path)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith("reportlint: known.json:1:")
        assert ": not a baseline: " in result.err
        assert result.err.count("\n") == 1
    # Nothing that may be known is waived.
    assert not (tmp_path / "reportlint-waivers.yaml").exists()


def test_a_mistake_in_a_baseline_has_its_place(tmp_path: Path) -> None:
    write(write(tmp_path, FAULTY), '{"schema": 1, "findings": {\n  "a.md": {"NUM001": "x"}}}', "known.json")
    result = run("check", "a.md", "--baseline", "known.json", cwd=tmp_path)
    hint = "write a new one with --write-baseline"
    assert result.err == f"reportlint: known.json:2:22: not a baseline: expected a list; {hint}\n"


def test_every_unreadable_baseline_is_named(tmp_path: Path) -> None:
    for name, text in (("a", "[\n1,,"), ("b", "{}")):
        (tmp_path / name).mkdir()
        write(tmp_path / name, FAULTY)
        write(tmp_path / name, text, "known.json")
        write(tmp_path / name, 'baseline = "known.json"\n', "reportlint.toml")
    result = run("check", ".", "--output-format", "json", cwd=tmp_path)
    assert (result.code, result.out) == (2, "")
    assert [line.partition(" not")[0] for line in result.err.splitlines()] == [
        "reportlint: a/known.json:2:3:", "b/known.json:1:1:", "b/known.json:1:1:",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", [FAULTY, '{"schema": 1, "reportlint": "0.1.0", "findings": []}', "- path: a.md\n", "[]"], ids=range(4)
)
def test_only_a_baseline_is_replaced_by_a_baseline(tmp_path: Path, text: str) -> None:
    write(write(tmp_path, FAULTY), text, "other")
    result = check(tmp_path, "--write-baseline", "other")
    assert (result.code, codes(result)) == (2, [("NUM001", False)])
    assert result.err.startswith("reportlint: other was not replaced: ")
    assert (tmp_path / "other").read_text(encoding="utf-8") == text


def test_a_baseline_that_cannot_be_written_loses_no_finding(tmp_path: Path) -> None:
    write(tmp_path, FAULTY)
    result = check(tmp_path, "--write-baseline", "a.md/known.json")
    assert (result.code, codes(result)) == (2, [("NUM001", False)])
    assert result.err == "reportlint: a.md/known.json cannot be written: File exists\n"


def test_a_baseline_holds_no_finding_that_cannot_be_waived(tmp_path: Path) -> None:
    write(tmp_path, waived(waived(FAULTY, "ignore REF002"), "ignor NUM001", "2. The"))
    write(tmp_path, "- {path: a.md, code: NUM999, fingerprint: x}\n", "reportlint-waivers.yaml")
    result = check(tmp_path, "--write-baseline", "known.json")
    assert set(json.loads((tmp_path / "known.json").read_text())["findings"]["a.md"]) == {"NUM001"}
    assert {code for code, suppressed in codes(result) if not suppressed} == {"RPL001", "RPL002"}
    assert result.code == 1


HOUSE_CARD = """- code: {code}
  name: lamps
  check: pattern
  severity: warning
  confidence: high
  with: {{pattern: 'lighting'}}
  message: {{en: "found"}}
  why: {{en: "because"}}
"""


@pytest.mark.parametrize("code", ["RPLX001", "RPL900"])
@pytest.mark.parametrize("kind", ["comment", "file", "baseline"])
def test_a_house_rule_whose_code_begins_alike_can_be_waived(tmp_path: Path, kind: str, code: str) -> None:
    (tmp_path / "rules").mkdir()
    write(tmp_path, HOUSE_CARD.format(code=code), "rules/house.yaml")
    text = waived(CLEAN, f'ignore {code} reason="so"', "3. Several") if kind == "comment" else CLEAN
    write(tmp_path, text)
    options = {"file": ["--add-waivers", "so"], "baseline": ["--write-baseline", "known.json"]}.get(kind, [])
    result = check(tmp_path, "--rules", "rules", *options)
    assert (result.code, codes(result)) == (0, [(code, True)])


def test_findings_about_the_linter_are_exactly_those_that_cannot_be_waived() -> None:
    cards = Rulebook((builtin_folder(),)).cards()
    assert {card.code for card in cards if not is_waivable(card.code)} == {
        card.code for card in cards if card.check == ENGINE_CHECK
    }


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
