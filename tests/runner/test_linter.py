"""The reusable linter: the same findings as ``lint_text``, call after call and in several threads."""

from __future__ import annotations

import gc
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from drafts import examples

import reportlint
from reportlint import FileState, Finding, Linter, SetupError, lint_paths

FAULTY = examples("faulty")
SHORT = "1. The Committee on Harbour Safety met in Lisbon .\n\n3. The representative of Swaziland spoke.\n"


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter()


@pytest.mark.parametrize("draft", FAULTY, ids=[path.name for path in FAULTY])
def test_same_findings_as_lint_text_and_lint_path(draft: Path, linter: Linter) -> None:
    text = draft.read_text(encoding="utf-8")
    expected = reportlint.lint_text(text, path=str(draft))
    assert expected
    assert linter.lint_text(text, path=str(draft)) == expected
    assert linter.lint_path(draft) == reportlint.lint_path(draft) == expected
    assert linter.check(draft.read_bytes(), str(draft)).findings == expected


def test_settings(linter: Linter) -> None:
    french = linter.with_settings(language="en", stage="publication", message_language="fr")
    assert french.lint_text(SHORT) == Linter(language="en", stage="publication", message_language="fr").lint_text(SHORT)
    assert french.lint_text(SHORT) == reportlint.lint_text(
        SHORT, language="en", stage="publication", message_language="fr"
    )
    assert {finding.message for finding in french.lint_text(SHORT)}.isdisjoint(
        finding.message for finding in linter.lint_text(SHORT)
    )
    assert linter.rules.options.message_language == "en"


@pytest.mark.parametrize("make", [Linter, Linter().with_settings], ids=["new", "with_settings"])
def test_unknown_settings(make: type[Linter]) -> None:
    with pytest.raises(SetupError, match="unknown language “xx”"):
        make(language="xx")
    with pytest.raises(SetupError, match="unknown language “xx”"):
        make(message_language="xx")
    with pytest.raises(ValueError, match="nowhere"):
        make(stage="nowhere")


def test_states(linter: Linter) -> None:
    assert linter.check(SHORT).state is FileState.CHECKED
    assert linter.check(SHORT, "a.txt").path == "a.txt"
    unreadable = linter.check(b"1. The Committee met in Gen\xe8ve.", "a.md")
    assert unreadable.state is FileState.UNREADABLE
    assert [finding.code for finding in unreadable.findings] == ["RPL004"]


def test_a_text_with_lone_surrogates_is_checked(linter: Linter) -> None:
    agenda = "1. The Committee adopted its agenda, as follows:\n\n   1. Opening.\n   2. Lamps and harbours.\n\n"
    text = agenda + "2. The Committee considered agenda item 2, entitled “Lamps and har\ud800bours”.\n"
    assert [finding.code for finding in linter.lint_text(text)] == ["AGD002"]


def test_calls_leave_nothing_behind(linter: Linter) -> None:
    def objects(calls: int) -> int:
        for number in range(calls):
            # The labels repeat, since those once read are kept up to a limit.
            linter.lint_text(f"{number % 20}. {SHORT}", path=f"{number}.md")
        gc.collect()
        return len(gc.get_objects())

    before = objects(20)
    assert objects(500) - before < 100


def test_threads_share_a_linter() -> None:
    texts = [path.read_text(encoding="utf-8") for path in FAULTY[:3]] * 3
    alone = Linter()
    expected = [alone.lint_text(text) for text in texts]
    shared, interval = Linter(), sys.getswitchinterval()  # nothing of the shared linter is prepared yet
    sys.setswitchinterval(1e-5)
    try:
        with ThreadPoolExecutor(8) as pool:
            results: list[tuple[Finding, ...]] = list(pool.map(shared.lint_text, texts))
    finally:
        sys.setswitchinterval(interval)
    assert results == expected


def test_lint_paths_reads_files_as_the_iteration_needs_them(tmp_path: Path) -> None:
    for number in range(250):
        (tmp_path / f"n{number:03}.md").write_text(f"{SHORT}\nNumber {number}.\n", encoding="utf-8")
    (tmp_path / "empty.md").write_text("")
    reports = lint_paths([tmp_path, tmp_path / "none.md"], stage="draft")
    (tmp_path / "n249.md").unlink()
    states = {Path(report.path).name: report.state for report in reports}
    assert len(states) == 252
    assert {name: state for name, state in states.items() if state is not FileState.CHECKED} == {
        "empty.md": FileState.EMPTY,
        "n249.md": FileState.UNREADABLE,
        "none.md": FileState.UNREADABLE,
    }


def test_lint_paths_verifies_settings_at_once() -> None:
    with pytest.raises(SetupError):
        lint_paths([], language="xx")
    with pytest.raises(ValueError, match="late"):
        lint_paths([], stage="late")
    assert list(lint_paths([])) == []


def test_lint_paths_with_processes(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"n{number}.md").write_text(SHORT, encoding="utf-8")
    expected = {report.path: report.findings for report in lint_paths([tmp_path])}
    assert {report.path: report.findings for report in lint_paths([tmp_path], jobs=2)} == expected
    assert len(expected) == 6
