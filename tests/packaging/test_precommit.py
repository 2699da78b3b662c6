"""The pre-commit hook, installed by pre-commit from a repository made of this tree."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from drafts import EXAMPLES, ROOT

# Variables that would tell git, pip and the linter that they run in a hook, in CI or in this environment.
_NOT_PASSED_ON = ("GIT_", "GITHUB_", "GITLAB_", "PRE_COMMIT", "PYTHONPATH", "VIRTUAL_ENV")
_DRAFTER = {"NAME": "A drafter", "EMAIL": "drafter@example.org"}
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_PASSED_ON)} | {
    f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in _DRAFTER.items()
}
PASSES = """# Report of the Committee on Harbour Safety on its second session

1. The Committee on Harbour Safety met in Lisbon to review the work of its secretariat.

2. The Chair recalled that XX decisions had been taken at the previous session.

3. The Committee adopted the present report.
"""
FAILS = PASSES.replace("3. ", "4. ")
WAIVED = FAILS.replace(
    "4. ", '<!-- reportlint: ignore NUM001 reason="paragraph 3 was withdrawn at the session" -->\n4. '
)
README = "# Drafts\n\nOne folder for each session.\n"


def run(*command: str | Path, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a command and return the result, with standard error merged into its output."""
    return subprocess.run(
        command, cwd=cwd, env=ENVIRONMENT | variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", check=False,
    )  # fmt: skip


def git(*arguments: str | Path, cwd: Path) -> str:
    completed = run("git", *arguments, cwd=cwd)
    assert completed.returncode == 0, completed.stdout
    return completed.stdout.strip()


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose only commit is this working tree, including uncommitted changes but not ignored files."""
    folder = tmp_path_factory.mktemp("hooks")
    git("init", "--quiet", cwd=folder)
    git("--git-dir", folder / ".git", "--work-tree", ROOT, "add", "--all", cwd=ROOT)
    git("commit", "--quiet", "--message", "This tree", cwd=folder)
    git("reset", "--quiet", "--hard", cwd=folder)
    return folder


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A repository of drafts without any commits."""
    folder = tmp_path / "drafts"
    folder.mkdir()
    git("init", "--quiet", cwd=folder)
    for name, text in {"passes.md": PASSES, "fails.md": FAILS, "waived.md": WAIVED, "README.md": README}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_try_repo(hooks: Path, drafts: Path) -> None:
    shutil.copy(EXAMPLES / "clean/seed-heritage.en.docx", drafts / "report.docx")
    (drafts / "~$report.docx").write_bytes(b"An editor")
    git("add", "--all", cwd=drafts)
    completed = run(sys.executable, "-m", "pre_commit", "try-repo", hooks, "reportlint", "--all-files", cwd=drafts)
    assert completed.returncode == 1
    assert "para. 4  error  NUM001  line 7:1\n" in completed.stdout
    summary = (
        "nothing to report in 3 reports: passes.md, report.docx, waived.md\n"
        "not checked, not a United Nations document: README.md\n"
        "1 error in 4 reports, 1 finding waived"
    )
    assert summary in completed.stdout


def test_commit(hooks: Path, drafts: Path, tmp_path: Path) -> None:
    """With the hook installed, git accepts drafts that pass or have waivers, and rejects those that fail."""
    use = {"repo": str(hooks), "rev": git("rev-parse", "HEAD", cwd=hooks), "hooks": [{"id": "reportlint"}]}
    (drafts / ".pre-commit-config.yaml").write_text(json.dumps({"repos": [use]}), encoding="utf-8")
    home = {"PRE_COMMIT_HOME": str(tmp_path / "home")}
    assert run(sys.executable, "-m", "pre_commit", "install", cwd=drafts, **home).returncode == 0

    def commit(*names: str) -> subprocess.CompletedProcess[str]:
        git("add", *names, cwd=drafts)
        completed = run("git", "commit", "--message", "A draft", cwd=drafts, **home)
        git("reset", "--quiet", cwd=drafts)
        return completed

    git("add", ".pre-commit-config.yaml", cwd=drafts)
    assert commit("README.md").returncode == 0
    (drafts / "README.md").write_text(README + "\nAnd one for each body.\n", encoding="utf-8")
    assert commit("passes.md", "README.md").returncode == 0
    (drafts / "reportlint.toml").write_text('exclude = ["old/"]\n', encoding="utf-8")
    (drafts / "old").mkdir()
    (drafts / "old/fails.md").write_text(FAILS, encoding="utf-8")
    assert commit("reportlint.toml", "old/fails.md").returncode == 0
    rejected = commit("fails.md")
    assert rejected.returncode == 1
    assert "para. 4  error  NUM001" in rejected.stdout
    assert commit("waived.md").returncode == 0
    committed = [".pre-commit-config.yaml", "README.md", "old/fails.md", "passes.md", "reportlint.toml", "waived.md"]
    assert git("ls-files", cwd=drafts).split() == committed


def test_the_hook_that_fixes(hooks: Path, drafts: Path) -> None:
    """The second hook applies safe fixes, so pre-commit fails once; the fixed draft passes."""
    draft = drafts / "passes.md"
    right = PASSES.replace("XX decisions", "six decisions (A/78/205)")
    draft.write_text(right.replace("A/78/205", "A/78 /205"), "utf-8")
    git("add", "passes.md", cwd=drafts)
    command = (sys.executable, "-m", "pre_commit", "try-repo", hooks, "reportlint-fix", "--files", "passes.md")
    first = run(*command, cwd=drafts)
    assert first.returncode == 1
    assert "files were modified by this hook" in first.stdout
    assert "reportlint: 1 finding was fixed: passes.md" in first.stdout
    assert draft.read_text(encoding="utf-8") == right
    git("add", "passes.md", cwd=drafts)
    assert run(*command, cwd=drafts).returncode == 0
