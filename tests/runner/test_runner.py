"""Runs on paths, folders and standard input: which files are drafts, and what happens to the others."""

from __future__ import annotations

import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from drafts import rules_for

from reportlint.document.signatures import OLE
from reportlint.report import FileState, Run
from reportlint.runner.plan import SameRules
from reportlint.runner.run import check_paths

CLEAN = "A/80/12\n\nDistr.: General\n\n# Report of the Group on its sixth session\n\n1. The Group met in the spring to review the work of its secretariat.\n"  # noqa: E501
FAULTY = CLEAN + "\n3. It went on to the next item and adopted the report.\n"
README = (
    "# tool\n\nInstall it with pip, and run it on the files of your project.\n\n## Use\n\nThis is the way to use it.\n"
)
CHANGES = (
    "# Changes\n\n## 1.1.0\n\n- The tool is faster.\n- It is also better.\n\n## 1.0.0\n\n1. The first release of it.\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder outside any repository, as the working directory of the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


def write(files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def check(*paths: str, stdin: bytes = b"", stdin_name: str = "<stdin>") -> Run:
    return check_paths(paths, SameRules(rules_for("draft")), BytesIO(stdin), stdin_name)


def states(run: Run) -> dict[str, str]:
    return {file.path: file.state.value for file in run.files}


def git(*arguments: str) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    subprocess.run(["git", *arguments], check=True, capture_output=True)


def test_folder_is_searched_for_drafts(folder: Path) -> None:
    write(
        {
            "a.md": CLEAN,
            "b.markdown": CLEAN,
            "c.txt": CLEAN,
            "d.MD": CLEAN,
            "sub/e.md": FAULTY,
            "f.py": "x = 1",
            "g": CLEAN,
            "h.html": "x",
        }
    )
    run = check(".")
    assert list(states(run)) == ["a.md", "b.markdown", "c.txt", "d.MD", "sub/e.md"]
    assert [finding.place.path for finding in run.findings] == ["sub/e.md"]
    assert run.exit_code == 1


def test_readme_and_changelog_next_to_a_report_have_no_findings(folder: Path) -> None:
    write({"README.md": README, "CHANGELOG.md": CHANGES, "report.md": CLEAN})
    run = check(".")
    other = "not-a-un-document"
    assert states(run) == {"CHANGELOG.md": other, "README.md": other, "report.md": "checked"}
    assert run.findings == ()
    assert run.exit_code == 0
    assert [file.path for file in run.with_state(FileState.NOT_UN)] == ["CHANGELOG.md", "README.md"]


def test_files_ignored_by_git_are_skipped(folder: Path) -> None:
    git("init", "-q")
    write(
        {".gitignore": "build/\n*.tmp.md\n", "a.md": CLEAN, "build/b.md": FAULTY, "c.tmp.md": FAULTY, "sub/d.md": CLEAN}
    )
    assert list(states(check("."))) == ["a.md", "sub/d.md"]
    assert list(states(check("sub"))) == ["sub/d.md"]
    # A named file is checked even if it is ignored.
    assert list(states(check("build/b.md"))) == ["build/b.md"]
    git("add", "a.md")
    Path("a.md").unlink()
    assert list(states(check("."))) == ["sub/d.md"]


def test_without_git_nothing_is_ignored(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git("init", "-q")
    write({".gitignore": "b.md\n", "a.md": CLEAN, "b.md": CLEAN})
    monkeypatch.setenv("PATH", str(folder / "nowhere"))
    assert list(states(check("."))) == ["a.md", "b.md"]


def test_formats_that_are_not_read_are_noted_and_skipped(folder: Path) -> None:
    write({"a.md": CLEAN, "b.odt": b"PK", "sub/c.DOC": OLE, "~$a.docx": b"", "~$b.md": CLEAN})
    run = check(".")
    assert states(run) == {"a.md": "checked", "b.odt": "unreadable", "sub/c.DOC": "unreadable"}
    assert sorted(note.partition(":")[0] for note in run.notes) == ["b.odt", "sub/c.DOC"]
    assert run.exit_code == 0


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("b.odt", b"PK", ".odt files are not supported yet"),
        ("b.doc", OLE, "a Word file of the old binary format"),
        ("b.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("b.docx", b"PK\x03\x04", "a damaged Word file"),
        ("b.docx", b"PK", "not a Word file"),
        ("b.docx", CLEAN, "not a Word file"),
        ("~$b.docx", b"", "Word keeps this file while a document is open"),
    ],
)
def test_named_file_that_cannot_be_read(folder: Path, name: str, content: str | bytes, reason: str) -> None:
    write({name: content})
    run = check(name)
    assert states(run) == {name: "unreadable"}
    assert [finding.code for finding in run.findings] == ["RPL004"]
    assert reason in run.findings[0].message
    assert run.exit_code == 2


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.md", b"\xff\xfe\xfa", "UTF-16"),
        ("a.md", b"The report of the\nGroup \xe9", "line 2"),
        ("a.md", b"The report\x00of", "binary"),
        ("a.md", b"PNG" + bytes(range(1, 9)) * 40, "binary"),
        ("missing.md", None, "no such file"),
    ],
)
def test_unreadable_file_is_reported_and_does_not_stop_the_others(
    folder: Path, name: str, content: bytes | None, words: str
) -> None:
    write({"z.md": FAULTY} | ({name: content} if content is not None else {}))
    run = check(name, "z.md")
    assert states(run) == {name: "unreadable", "z.md": "checked"}
    assert [finding.code for finding in run.findings] == ["RPL004", "NUM001"]
    assert words in run.findings[0].message
    assert run.exit_code == 2


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="this user can read every file"
)
def test_file_without_permission(folder: Path) -> None:
    write({"a.md": CLEAN})
    Path("a.md").chmod(0)
    assert states(check("a.md")) == {"a.md": "unreadable"}


def test_path_given_twice_is_checked_once(folder: Path) -> None:
    write({"a.md": FAULTY, "sub/b.md": FAULTY})
    for paths in (("a.md", "a.md"), ("a.md", "./a.md"), ("sub/../a.md", "a.md"), ("a.md", str(folder / "a.md"))):
        assert len(check(*paths).findings) == 1, paths
    assert len(check("sub", "sub/b.md", ".", "sub/").findings) == 2


def test_findings_are_ordered_by_path(folder: Path) -> None:
    write({"b.md": FAULTY, "a.md": FAULTY, "c.md": FAULTY})
    assert [finding.place.path for finding in check("c.md", "a.md", "b.md").findings] == ["a.md", "b.md", "c.md"]


def test_standard_input(folder: Path) -> None:
    run = check("-", stdin=FAULTY.encode())
    assert states(run) == {"<stdin>": "checked"}
    assert [finding.code for finding in run.findings] == ["NUM001"]
    named = check("-", stdin=FAULTY.encode(), stdin_name="drafts/report.md")
    assert [finding.place.path for finding in named.findings] == ["drafts/report.md"]
    assert check("-", stdin=b"\xff").exit_code == 2


def test_no_draft(folder: Path) -> None:
    write({"a.py": "x = 1"})
    assert check(".").exit_code == 3
    write({"empty.md": ""})
    run = check("empty.md")
    assert states(run) == {"empty.md": "empty"}
    assert run.findings == ()


def test_draft_in_an_unknown_language(folder: Path) -> None:
    write(
        {
            "a.md": "# Informe del Comité\n\n1. El Comité tomó nota del informe y decidió celebrar su próximo período de sesiones.\n"  # noqa: E501
        }
    )
    run = check("a.md")
    assert states(run) == {"a.md": "unknown-language"}
    assert run.findings == ()


def test_undecodable_file_name(folder: Path) -> None:
    name = os.fsdecode(b"r\xe9port.md")
    try:
        Path(name).write_text(FAULTY, encoding="utf-8")
    except OSError:
        pytest.skip("the file system rejects such names")
    assert len(check(".").findings) == 1
    git("init", "-q")
    assert len(check(".").findings) == 1


def test_circular_links(folder: Path) -> None:
    write({"sub/a.md": CLEAN})
    try:
        Path("sub/back").symlink_to(folder, target_is_directory=True)
        Path("b.md").symlink_to("nowhere.md")
    except OSError:
        pytest.skip("the file system has no links")
    assert list(states(check("."))) == ["sub/a.md"]
    assert states(check("b.md")) == {"b.md": "unreadable"}
