"""Everything that must hold before a change is accepted; the environment needs what ``.[dev]`` installs.

The tools come first and pytest last, so that its summary ends the output. Every step runs, whatever failed
before it.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent


def steps(folder: str) -> tuple[tuple[str, ...], ...]:
    """The commands; the documentation is written to ``folder``."""
    return (
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy",),
        ("lint-imports", "--no-logo"),
        ("sphinx-build", "-q", "-W", "--keep-going", "-n", "-b", "html", "docs", folder),
        ("pytest", "--cov", "--numprocesses", "auto", "--dist", "loadfile"),
    )


def main() -> int:
    """Run all steps in the environment of this interpreter and return the exit code."""
    scripts = Path(sysconfig.get_path("scripts"))
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        for step in steps(folder):
            print("+", *step, flush=True)
            if subprocess.run([scripts / step[0], *step[1:]], cwd=ROOT, check=False).returncode:
                failed.append(" ".join(step))
    if failed:
        print("failed:", ", ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
