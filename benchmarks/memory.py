"""Measure how the memory of a run grows with the number of files, in every format.

Run it from the project root::

    python benchmarks/memory.py                     # 270 and 2,700 files, one process and two
    python benchmarks/memory.py --files 10 100      # other numbers of files, to test the script itself
    python benchmarks/memory.py --formats json record

Each run checks a folder of small drafts, all different. Two in three have findings, but for the formats ``record`` and
``clearance``, which are written only if there are none. "MB" is the largest resident memory of the main process and its
other processes together, as Linux reports it (VmHWM), after a run that fills the cache of compiled code. "kB per file"
is the difference between the two runs, divided by that of their numbers of files. No result is cached. Only the
standard library is needed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ("text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "record", "clearance", "html")
_CLEAN = ("record", "clearance")
_INTERVAL = 0.02  # seconds
_FAILED = 2

_DRAFT = """# Report of the Committee on Harbour Safety on its second session

HARB/COM/2019/{number}
Distr.: General
12 March 2019
Original: English

## I. Opening

1. The Committee on Harbour Safety met in Lisbon to review the work of its secretariat on harbour {number}.

2. The Chair recalled the decisions taken at the previous session on lamps {number} to {next}.

{third}. Several delegations described the lighting of small harbours.

## II. Adoption of the report

{fourth}. The Committee adopted the present report.
"""


def write_drafts(folder: Path, count: int, *, clean: bool) -> None:
    """Write a number of small drafts, all different, into subfolders."""
    for number in range(count):
        place = folder / f"year-{2000 + number // 1000}"
        place.mkdir(parents=True, exist_ok=True)
        third = 3 if clean or number % 3 == 0 else 5
        text = _DRAFT.format(number=number, next=number + 1, third=third, fourth=third + 1)
        (place / f"report-{number:06}.en.md").write_text(text, encoding="utf-8")


def peak_memory(command: Sequence[str], folder: Path) -> float:
    """Run a command and return the largest resident memory of all its processes together, in MB.

    Raises:
        RuntimeError: the command failed.
    """
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors)
        most: dict[int, int] = {}
        while process.poll() is None:
            for pid in _with_descendants(process.pid):
                most[pid] = max(most.get(pid, 0), _high_water(pid))
            time.sleep(_INTERVAL)
        if process.returncode >= _FAILED:
            errors.seek(0)
            raise RuntimeError(f"{' '.join(command)}: {errors.read().decode('utf-8', 'replace')}")
    return sum(most.values()) / 1000


def _with_descendants(pid: int) -> Iterator[int]:
    """Yield a process and those of its descendants that run Python, and not Git.

    A process that has yet to become another program is left out: for a moment, it shares the memory of its parent.
    """
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, _read(task).split()):
            command = _read(Path(f"/proc/{child}/cmdline"))
            if command.startswith(sys.executable) and command != _read(Path(f"/proc/{pid}/cmdline")):
                yield from _with_descendants(child)


def _read(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:  # the process has ended
        return ""


def _high_water(pid: int) -> int:
    """Return the largest resident memory that a process has had, in kB."""
    lines = _read(Path(f"/proc/{pid}/status")).splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)


def run_command(format: str, processes: int, out: Path) -> list[str]:
    """Return the command that writes a format, to a new file if it is one of files only."""
    out.unlink(missing_ok=True)
    output = ["--output-file", f"{format}={out}", "--output-format", "concise"]
    if format not in _CLEAN:
        output = ["--output-format", format]
    options = ["--no-cache", "--quiet", "--jobs", str(processes)]
    return [sys.executable, "-P", "-m", "reportlint", "check", *options, *output, "."]


def main() -> None:
    """Print a table of the formats, for one process and for two."""
    parser = argparse.ArgumentParser(description="Measure how memory grows with the number of files.")
    parser.add_argument("--files", type=int, nargs=2, default=[270, 2700], metavar="COUNT")
    parser.add_argument("--formats", nargs="+", default=FORMATS, choices=FORMATS, metavar="FORMAT")
    parser.add_argument("--jobs", type=int, nargs="+", default=[1, 2], metavar="N")
    given = parser.parse_args()
    few, many = given.files
    with tempfile.TemporaryDirectory() as temporary:
        for count in given.files:
            for clean in (False, True):
                write_drafts(Path(temporary, f"{count}-{clean}"), count, clean=clean)
        peak_memory(run_command("json", 1, Path(temporary, "out.json")), Path(temporary, f"{few}-False"))
        for processes in given.jobs:
            print(f"{processes} process{'es' if processes > 1 else ''}")
            print(f"  {'format':<10}{few:>9,} files{many:>9,} files     ratio   kB per file")
            for format in given.formats:
                peaks = []
                for count in given.files:
                    folder = Path(temporary, f"{count}-{format in _CLEAN}")
                    peaks.append(peak_memory(run_command(format, processes, folder / "out.json"), folder))
                growth = (peaks[1] - peaks[0]) * 1000 / (many - few)
                print(
                    f"  {format:<10}{peaks[0]:>12.1f} MB{peaks[1]:>12.1f} MB"
                    f"{peaks[1] / peaks[0]:>10.3f}{growth:>14.2f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
