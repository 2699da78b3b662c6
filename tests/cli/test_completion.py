"""``reportlint completion``: the scripts parse, and the shells complete commands, options and values."""

from __future__ import annotations

import os
import re
import select
import shutil
import subprocess
from pathlib import Path

import pytest
from drafts import ROOT

from .conftest import environment, run

SHELLS = ["bash", "zsh", "fish"]


def script(shell: str) -> str:
    result = run("completion", shell)
    assert (result.code, result.err) == (0, "")
    return result.out


def shell_path(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


@pytest.mark.parametrize("shell", SHELLS)
def test_script_parses(shell: str, tmp_path: Path) -> None:
    file = tmp_path / "script"
    file.write_text(script(shell), encoding="utf-8")
    process = subprocess.run([shell_path(shell), "-n", file], capture_output=True, env=environment(), check=False)
    assert (process.returncode, process.stderr) == (0, b"")


@pytest.mark.parametrize("shell", SHELLS)
def test_script_names_every_command_and_long_option(shell: str) -> None:
    text = script(shell)
    for command in ("check", "outline", "explain", "rules", "config", "test", "plugins", "completion"):
        assert command in text
    for option in ("exit-zero", "message-language", "output-format", "prune"):
        assert option in text


CASES = [
    (["ch"], ["check"]),
    (["check", "--exit"], ["--exit-zero"]),
    (["check", "--stage", ""], ["draft", "review", "publication"]),
    (["outline", "--tracked-changes", "o"], ["original"]),
    (["completion", "z"], ["zsh"]),
    (["explain", "--baseline"], []),
]


@pytest.mark.parametrize(("words", "expected"), CASES, ids=str)
def test_bash_completes(words: list[str], expected: list[str]) -> None:
    quoted = " ".join(f"'{word}'" for word in ("reportlint", *words))
    program = (
        f'eval "$1"; COMP_WORDS=({quoted}); COMP_CWORD={len(words)}; _reportlint; printf "%s\\n" "${{COMPREPLY[@]}}"'
    )
    process = subprocess.run(
        [shell_path("bash"), "-c", program, "bash", script("bash")], capture_output=True, text=True, check=True
    )
    assert process.stdout.split() == expected
    assert process.stderr == ""


@pytest.mark.parametrize(("words", "expected"), CASES, ids=str)
def test_fish_completes(words: list[str], expected: list[str], tmp_path: Path) -> None:
    fish, line = shell_path("fish"), " ".join(["reportlint", *words])
    process = subprocess.run(
        [fish, "--no-config", "-c", f"source script; complete -C '{line}'"],
        cwd=_with_script("fish", tmp_path), env={**os.environ, "HOME": str(tmp_path)}, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    completed = [line.split("\t")[0] for line in process.stdout.splitlines()]
    assert sorted(completed) == sorted(expected)


INTERACTIVE = {
    "bash": (["--norc", "--noprofile", "-i"], "true"),
    "zsh": (["-f", "-i"], "autoload -Uz compinit; compinit -u -D"),
}
"""The options of a shell that leave out the settings of the user, and the command that turns completion on."""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("che", ["check"]),
        ("check --exit-z", ["check", "--exit-zero"]),
        ("check --stage pub", ["check", "--stage", "publication"]),
        ("completion z", ["completion", "zsh"]),
        ("check har", ["check", "harbour report.md"]),
        ("verify --root har", ["verify", "--root", "harbour report.md"]),
    ],
)
@pytest.mark.parametrize("shell", INTERACTIVE)
def test_the_tab_key_completes(shell: str, words: str, expected: list[str], tmp_path: Path) -> None:
    """In place of the command, a function shows its arguments."""
    shell_path(shell)
    pty = pytest.importorskip("pty")
    options, start = INTERACTIVE[shell]
    (tmp_path / "harbour report.md").touch()
    folder = _with_script(shell, tmp_path)
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        variables = environment(TERM="dumb", PS1="$ ", HOME=str(folder))
        os.execve(shell_path(shell), [shell, *options], variables)
    _type(
        terminal,
        f"{start}; reportlint() {{ printf '<%s>' \"$@\"; echo; }}; source ./script; echo rea''dy\n",
        b"ready\r",
    )
    shown = _type(terminal, f"reportlint {words}\t\n", b">\r")
    _type(terminal, "exit\n", b"")
    os.close(terminal)
    os.waitpid(process, 0)
    assert re.findall("<(.*?)>", shown) == expected


def _type(terminal: int, text: str, last: bytes) -> str:
    """Type a text in a terminal and return what it shows then, up to ``last``."""
    os.write(terminal, text.encode())
    shown = b""
    while last not in shown and select.select([terminal], [], [], 60)[0]:
        shown += os.read(terminal, 65536)
    return shown.decode("utf-8", "replace")


def _with_script(shell: str, folder: Path) -> Path:
    (folder / "script").write_text(script(shell), encoding="utf-8")
    return folder


def test_unknown_shell() -> None:
    result = run("completion", "tcsh")
    assert result.code == 2
    assert "invalid choice" in result.err


def test_documentation_names_every_shell() -> None:
    text = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    assert all(f"completion {shell}" in text for shell in SHELLS)
