"""Update the terminal output shown in the documentation: python docs/console.py

A block that begins with ```` ```console ```` has commands, each after "$ ", followed by their output. The commands of
a page run in order in a temporary folder with a copy of ``examples`` and of the contents of ``docs/drafts``. If a
command in a block exits with a code above 1, the comment ``<!-- exit code 2 -->`` must precede the block.
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
PAGES = (ROOT / "README.md", ROOT / "README.fr.md", *sorted((ROOT / "docs").glob("*.md")))
SCRIPTS = ".venv/bin"
_BLOCK = re.compile(
    r"(?ms)(?:^ *<!-- exit code (?P<code>\d) -->\n+)?^(?P<indent> *)```console\n(?P<commands>.*?)^(?P=indent)```$"
)
# Variables of a terminal or of CI that would change the output of the commands.
_NOT_PASSED_ON = re.compile(r"CI$|GITHUB_|GITLAB_|COLUMNS$|TERM$|LANG|LC_|NO_COLOR$|FORCE_COLOR$|XDG_|PYTHON")
_COMMAND = """#!/bin/sh
PYTHONPATH="{root}" exec "{python}" -m reportlint "$@"
"""


def refresh_page(page: Path) -> str:
    """Return the text of a page with the current output of its commands.

    Raises:
        ValueError: The highest exit code of a block is not the expected one.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "examples", folder / "examples")
        shutil.copytree(ROOT / "docs/drafts", folder, dirs_exist_ok=True)
        _install(folder)
        return _BLOCK.sub(lambda block: _run(block, folder), page.read_text("utf-8"))


def _install(folder: Path) -> None:
    """Install the command where the documentation tells users to install it."""
    script = folder / SCRIPTS / "reportlint"
    script.parent.mkdir(parents=True)
    script.write_text(_COMMAND.format(root=ROOT, python=sys.executable), encoding="utf-8")
    script.chmod(0o755)


def _run(block: re.Match[str], folder: Path) -> str:
    """Run the commands of a block and return the block with their output."""
    environment = {name: value for name, value in os.environ.items() if not _NOT_PASSED_ON.match(name)}
    environment |= {"PATH": f"{folder / SCRIPTS}:{environment['PATH']}", "HOME": str(folder)}
    lines, code, highest = [], 0, 0
    for line in textwrap.dedent(block["commands"]).splitlines():
        if line.startswith("$ "):
            process = subprocess.run(
                ["bash", "-c", f"(exit {code}); {line[2:]}"],
                cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
                check=False,
            )  # fmt: skip
            code = process.returncode
            highest = max(highest, code)
            lines += [line, *process.stdout.splitlines()]
    if highest != int(block["code"] or min(highest, 1)):
        raise ValueError(f"exit code {highest}:\n" + "\n".join(lines))
    before = block[0].partition("```")[0]
    return before + textwrap.indent("\n".join(["```console", *lines, "```"]), block["indent"]).removeprefix(
        block["indent"]
    )


def main() -> None:
    """Update all pages."""
    for page in PAGES:
        page.write_text(refresh_page(page), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
