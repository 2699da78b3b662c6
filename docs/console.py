"""Keeps what the documentation shows of a terminal as it really is: python docs/console.py

A block that begins ```` ```console ```` holds commands, each after "$ ", and what they print. The commands of a page
run one after the other in a folder that holds a copy of ``examples`` and of what is in ``docs/drafts``. Where one of a
block ends with an exit code above 1, a comment ``<!-- exit code 2 -->`` stands before the block.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
SCRIPTS = ".venv/bin"
_BLOCK = re.compile(
    r"(?ms)(?:^ *<!-- exit code (?P<code>\d) -->\n+)?^(?P<indent> *)```console\n(?P<commands>.*?)^(?P=indent)```$"
)
# What a terminal or a CI would tell the commands.
_NOT_PASSED_ON = re.compile(r"CI$|GITHUB_|GITLAB_|COLUMNS$|TERM$|LANG|LC_|NO_COLOR$|FORCE_COLOR$|XDG_|PYTHON")
_COMMAND = """#!/bin/sh
PYTHONPATH="{root}" exec "{python}" -m reportlint "$@"
"""


def refreshed(page: Path) -> str:
    """The text of a page with what its commands print now.

    Raises:
        ValueError: the exit code of a command is not what the page says.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples", folder / "examples")
        shutil.copytree(ROOT / "docs/drafts", folder, dirs_exist_ok=True)
        _install(folder)
        return _BLOCK.sub(lambda block: _run(block, folder), page.read_text("utf-8"))


def _install(folder: Path) -> None:
    """Put the command where it is in the folder of somebody who followed the documentation."""
    script = folder / SCRIPTS / "reportlint"
    script.parent.mkdir(parents=True)
    script.write_text(_COMMAND.format(root=ROOT, python=sys.executable), encoding="utf-8")
    script.chmod(0o755)


def _run(block: re.Match[str], folder: Path) -> str:
    """A block as it is now."""
    environment = {name: value for name, value in os.environ.items() if not _NOT_PASSED_ON.match(name)}
    environment |= {"PATH": f"{folder / SCRIPTS}:{environment['PATH']}", "HOME": str(folder)}
    shown, code, highest = [], 0, 0
    for line in textwrap.dedent(block["commands"]).splitlines():
        if line.startswith("$ "):
            done = subprocess.run(
                ["bash", "-c", f"(exit {code}); {line[2:]}"],
                cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
                check=False,
            )  # fmt: skip
            code = done.returncode
            highest = max(highest, code)
            shown += [line, *done.stdout.splitlines()]
    if highest != int(block["code"] or min(highest, 1)):
        raise ValueError(f"exit code {highest}:\n" + "\n".join(shown))
    before = block[0].partition("```")[0]
    return before + textwrap.indent("\n".join(["```console", *shown, "```"]), block["indent"]).removeprefix(
        block["indent"]
    )


def main() -> None:
    """Write all pages."""
    for page in PAGES:
        page.write_text(refreshed(page), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
