"""Output on a terminal (colour, width, language of the locale) and streams that fail."""

from __future__ import annotations

import os
import re
import struct
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from drafts import EXAMPLES

from reportlint.reporters.layout import cells

from .conftest import arguments, environment, run

pty = pytest.importorskip("pty", reason="needs pseudo-terminals")
fcntl = pytest.importorskip("fcntl", reason="needs pseudo-terminals")
termios = pytest.importorskip("termios", reason="needs pseudo-terminals")

FAULTY = str(EXAMPLES / "faulty" / "seed-heritage-not-adopted.en.md")
FRENCH = str(EXAMPLES / "faulty" / "navigation-fluviale-non-adopte.fr.md")
ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def on_terminal(
    *options: str,
    columns: int = 80,
    encoding: str = "utf-8",
    env: Mapping[str, str] | None = None,
    command: Sequence[str] | None = None,
) -> tuple[int, str]:
    """Run the command on a pseudo-terminal and return its exit code and output."""
    parent, child = pty.openpty()
    fcntl.ioctl(child, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(
        [*(command or arguments()), *options], stdin=subprocess.DEVNULL, stdout=child, stderr=child,
        env=environment(**{"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **(env or {})}),
    )  # fmt: skip
    os.close(child)
    output = b""
    while True:
        try:
            data = os.read(parent, 65536)
        except OSError:  # Linux signals the end this way
            break
        if not data:
            break
        output += data
    os.close(parent)
    return process.wait(60), output.decode(encoding).replace("\r\n", "\n")


def test_colour_on_a_terminal_with_the_same_text() -> None:
    code, shown = on_terminal("check", FAULTY)
    plain = run("check", FAULTY)
    assert code == plain.code == 1
    assert len(ESCAPE.findall(shown)) > 100
    assert [line.rstrip() for line in ESCAPE.sub("", shown).splitlines()] == plain.out.splitlines()


def test_long_run_shows_progress_and_removes_it(tmp_path: Path) -> None:
    for number in range(3):
        (tmp_path / f"{number}.md").write_bytes(Path(FAULTY).read_bytes())
    options = ("check", "--no-cache", "--output-format", "concise", str(tmp_path))
    program = "import sys; from reportlint.runner import progress; progress._PATIENCE = {}; from reportlint.cli.main import main; sys.exit(main())"  # noqa: E501
    code, shown = on_terminal(*options, command=(sys.executable, "-c", program.format(-1)))
    plain = run(*options)
    assert code == plain.code == 1
    before, _, after = shown.rpartition("\x1b[2K")  # the progress line is removed
    assert "1/3" in ESCAPE.sub("", before)
    assert after == plain.out
    assert on_terminal(*options, command=(sys.executable, "-c", program.format(1000)))[1] == plain.out


def test_errors_and_warnings_differ_in_colour() -> None:
    shown = on_terminal("check", FAULTY)[1]
    styles = {word: set(re.findall(rf"(\x1b\[[0-9;]*m){word}\x1b", shown)) for word in ("error", "warning")}
    assert len(styles["error"]) == len(styles["warning"]) == 1
    assert styles["error"] != styles["warning"]


@pytest.mark.parametrize(
    "variables", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"NO_COLOR": "yes", "FORCE_COLOR": "1"}], ids=str
)
def test_no_colour(variables: dict[str, str]) -> None:
    code, shown = on_terminal("check", FAULTY, env=variables)
    assert code == 1
    assert "\x1b" not in shown
    assert shown == run("check", FAULTY).out


def test_empty_no_color_has_no_effect() -> None:
    assert "\x1b" in on_terminal("check", FAULTY, env={"NO_COLOR": ""})[1]


@pytest.mark.parametrize("format_name", ["concise", "json"])
def test_no_colour_in_formats_for_programs(format_name: str) -> None:
    assert "\x1b" not in on_terminal("check", FAULTY, "--output-format", format_name)[1]


def test_no_colour_in_a_pipe() -> None:
    assert "\x1b" not in run("check", FAULTY, env={"TERM": "xterm-256color"}).out


@pytest.mark.parametrize("columns", [60, 72, 100, 200, 0])
def test_width(columns: int) -> None:
    lines = [ESCAPE.sub("", line) for line in on_terminal("check", FAULTY, columns=columns)[1].splitlines()]
    widest = max(cells(line) for line in lines if line != FAULTY)
    # Lines are at most 100 columns on any terminal. A terminal of unknown width counts as 80 columns.
    limit = min(columns, 100) or 80
    assert limit - 12 < widest <= limit


@pytest.mark.parametrize(
    ("variables", "french"),
    [
        ({"LC_ALL": "fr_FR.UTF-8"}, True),
        ({"LC_ALL": "fr"}, True),
        ({"LC_ALL": "fr_CA"}, True),
        ({"LC_ALL": "fr@euro"}, True),
        ({"LC_ALL": "", "LC_MESSAGES": "fr_FR.UTF-8", "LANG": "en_US.UTF-8"}, True),
        ({"LC_ALL": "", "LANG": "fr_CH.UTF-8"}, True),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "fr_FR.UTF-8"}, False),
        ({"LC_ALL": "", "LC_MESSAGES": "en_US.UTF-8", "LANG": "fr_FR.UTF-8"}, False),
        ({"LC_ALL": "C.UTF-8"}, False),
        ({"LC_ALL": "POSIX", "PYTHONUTF8": "1"}, False),
        ({"LC_ALL": "frr_DE.UTF-8"}, False),
        ({"LC_ALL": "de_DE.UTF-8"}, False),
        ({"LC_ALL": ""}, False),
    ],
    ids=str,
)
def test_language_of_the_locale(variables: dict[str, str], french: bool) -> None:
    env = {"NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", **variables}
    code, shown = on_terminal("check", "--select", "MST001", FRENCH, env=env)
    assert code == 1
    assert ("avertissement" in shown, "warning" in shown) == (french, not french)


@pytest.mark.parametrize("command", [["rules"], ["explain", "NUM001"], ["outline", FAULTY]], ids=str)
def test_language_of_the_locale_for_the_other_commands(command: list[str]) -> None:
    shown = {code: on_terminal(*command, env={"LC_ALL": f"{code}.UTF-8"}) for code in ("fr_FR", "en_US")}
    assert shown["fr_FR"] == (0, run(*command, "--message-language", "fr").out)
    assert shown["en_US"] == (0, run(*command).out)


@pytest.mark.parametrize("command", [[], ["check"]], ids=str)
def test_language_of_the_locale_for_help(command: list[str]) -> None:
    help_of = [*command, "--help"]
    shown = {
        code: on_terminal(*help_of, env={"LC_ALL": f"{code}.UTF-8", "NO_COLOR": "1"}) for code in ("fr_FR", "en_US")
    }
    assert shown["fr_FR"] == (0, run(*help_of, "--message-language", "fr").out)
    assert shown["en_US"] == (0, run(*help_of).out)


def test_option_overrides_the_locale() -> None:
    assert "warning" in on_terminal("check", FRENCH, "--message-language", "en", env={"LC_ALL": "fr_FR.UTF-8"})[1]


@pytest.mark.parametrize("format_name", ["concise", "json"])
def test_formats_for_programs_are_in_english_in_any_locale(format_name: str) -> None:
    options = ("check", "--select", "MST001", FRENCH, "--output-format", format_name)
    shown = on_terminal(*options, env={"LC_ALL": "fr_FR.UTF-8"})[1]
    assert "the masthead has no document symbol" in shown


def test_files_are_in_english_in_any_locale(tmp_path: Path) -> None:
    options = ["check", "--select", "MST001", FRENCH, "--output-file", f"concise={tmp_path / 'output'}"]
    on_terminal(*options, env={"LC_ALL": "fr_FR.UTF-8"})
    assert "the masthead has no document symbol" in (tmp_path / "output").read_text(encoding="utf-8")
    on_terminal(*options, "--message-language", "fr", env={"LC_ALL": "en_US.UTF-8"})
    assert "l'en-tête" in (tmp_path / "output").read_text(encoding="utf-8")


def test_pipe_gets_english_in_any_locale() -> None:
    assert "warning" in run("check", FRENCH, env={"LC_ALL": "fr_FR.UTF-8"}).out


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252"])
def test_console_with_a_small_character_set(encoding: str) -> None:
    code, shown = on_terminal("check", FRENCH, encoding=encoding, env={"NO_COLOR": "1", "PYTHONIOENCODING": encoding})
    assert code == 1
    assert ("Genève" in shown) == (encoding != "ascii")
    plain = run("check", FRENCH).out
    assert shown == plain.encode(encoding, "replace").decode(encoding)


def test_pipe_is_utf8_on_any_console() -> None:
    assert run("check", FRENCH, env={"PYTHONIOENCODING": "ascii"}).out == run("check", FRENCH).out


class TestBrokenStreams:
    """Broken streams do not change the result of a run."""

    @pytest.mark.parametrize(("paths", "code"), [([FAULTY], 1), ([FAULTY, "no-such.md"], 2)])
    def test_reader_that_closes_the_pipe(self, paths: list[str], code: int) -> None:
        process = subprocess.Popen(
            arguments("check", *paths, str(EXAMPLES)), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=environment(),
        )  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        errors = process.stderr.read()
        assert process.wait(60) == code
        assert errors == b""

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
    @pytest.mark.parametrize(
        "command", [["check", FAULTY], ["rules"], ["explain", "NUM001"], ["outline", FAULTY]], ids=str
    )
    def test_full_disk_is_an_error(self, command: list[str]) -> None:
        with open("/dev/full", "wb") as full:
            completed = subprocess.run(
                arguments(*command), stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
            )
        assert completed.returncode == 2
        assert completed.stderr.startswith(b"reportlint: cannot write the result: ")
        assert completed.stderr.count(b"\n") == 1

    @pytest.mark.parametrize(
        ("closed", "command", "code"),
        [
            (">&-", f"check {FAULTY}", 1),
            (">&-", f"check {EXAMPLES / 'clean'}", 0),
            ("2>&-", f"check {FAULTY}", 1),
            ("2>&-", "check --select NO", 2),
            ("<&-", "check -", 2),
            ("<&-", "outline -", 2),
            ("<&-", f"check {FAULTY}", 1),
            ("<&- >&- 2>&-", f"check {FAULTY}", 1),
        ],
    )
    def test_closed_stream(self, closed: str, command: str, code: int) -> None:
        script = f'"$@" {command} {closed}'
        completed = subprocess.run(
            ["sh", "-c", script, "sh", *arguments()], capture_output=True, env=environment(), timeout=60, check=False
        )
        assert completed.returncode == code
        assert b"Traceback" not in completed.stderr
        if closed == "2>&-":
            # Messages for standard error must not appear among the findings.
            assert b"reportlint:" not in completed.stdout
