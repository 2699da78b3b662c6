"""Run everything that must pass before a change is accepted, in an environment that has ``.[dev]`` installed.

The linters come first and pytest last, so that its summary ends the output. Every step runs, even after a failure; a
step that exceeds its time budget fails. ``--full`` adds long property tests and measures coverage, which must not fall
below the limit in ``pyproject.toml``.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Step(NamedTuple):
    """A command, and the seconds that it may take on a slow machine with two processors."""

    seconds: int
    command: tuple[str, ...]


def steps(folder: str, *, full: bool) -> tuple[Step, ...]:
    """Return the steps in order; the documentation is built in ``folder``."""
    pytest = ("pytest", "--numprocesses", "auto", "--dist", "loadfile")
    return (
        Step(60, ("ruff", "check", ".")),
        Step(60, ("ruff", "format", "--check", ".")),
        Step(300, ("mypy",)),
        Step(60, ("lint-imports", "--no-logo")),
        Step(180, ("sphinx-build", "-q", "-W", "--keep-going", "-n", "-b", "html", "docs", folder)),
        Step(600, ("python", "benchmarks/fuzz.py", "--cases", "5000", "--jobs", "2")),
        Step(7200, (*pytest, "--cov")) if full else Step(1500, pytest),
    )


def run(step: Step, *, full: bool) -> str:
    """Run a step in the environment of this interpreter and return the reason for a failure, or ""."""
    print("+", *step.command, flush=True)
    program = Path(sysconfig.get_path("scripts"), step.command[0])
    environment = os.environ | ({"REPORTLINT_FULL": "1"} if full else {})
    try:
        done = subprocess.run(
            [program, *step.command[1:]], cwd=ROOT, env=environment, timeout=step.seconds, check=False
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"took more than {step.seconds} seconds"
    return f"exit code {done.returncode}" if done.returncode else ""


def main() -> int:
    """Run all steps and return the exit code."""
    parser = argparse.ArgumentParser(description="Run all checks and tests.")
    parser.add_argument(
        "--full", action="store_true", help="also run long property tests and measure coverage (up to two hours)"
    )
    full = parser.parse_args().full
    failures = []
    with tempfile.TemporaryDirectory() as folder:
        for step in steps(folder, full=full):
            if failure := run(step, full=full):
                failures.append(f"{' '.join(step.command)}: {failure}")
    for failure in failures:
        print("failed:", failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
