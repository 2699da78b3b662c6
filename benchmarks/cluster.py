"""Check many files on a local Dask cluster, kill a worker meanwhile, and compare the rows with those of one process.

Run it from the project root::

    python benchmarks/cluster.py                 # 5,000 files, two workers
    python benchmarks/cluster.py --files 200     # fewer, to test the script itself

The files are those of ``memory.py``. Each run prints its rows as JSON Lines; the rows of both must be the same, in any
order. "seconds" is the processor time of all processes of a run, the killed worker included, and "ms per file" that
time divided by the number of files. Linux only; ``reportlint[dask]`` must be installed.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from memory import write_drafts

_WORKER = "multiprocessing.spawn"


class Outcome(NamedTuple):
    """The rows of a run without that of the run itself, sorted; its processor time; and whether a worker was killed."""

    rows: list[str]
    seconds: float
    killed: bool


def run(folder: Path, *options: str, kill_after: int = 0) -> Outcome:
    """Check a folder; kill a worker once a number of rows has been read, if that is not 0.

    Raises:
        RuntimeError: the run failed.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        sys.executable,
        "-P",
        "-m",
        "reportlint",
        "check",
        "--no-cache",
        "--output-format",
        "jsonl",
        *options,
        ".",
    ]
    rows: list[str] = []
    killed = False
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdout
        for line in process.stdout:
            rows.append(line)
            if kill_after and not killed and len(rows) >= kill_after:
                os.kill(worker_of(process.pid), signal.SIGKILL)
                killed = True
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{' '.join(command)}: exit code {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Outcome(sorted(rows[:-1]), seconds, killed)


def worker_of(pid: int) -> int:
    """Return the process of a worker that a process has started.

    Raises:
        LookupError: there is none.
    """
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in task.read_text().split():
            if _WORKER in Path(f"/proc/{child}/cmdline").read_text():
                return int(child)
    raise LookupError("no worker is alive")


def main() -> int:
    """Print the comparison; return 1 if the rows differ."""
    parser = argparse.ArgumentParser(description="Compare a local Dask cluster with one process.")
    parser.add_argument("--files", type=int, default=5000, metavar="COUNT")
    parser.add_argument("--workers", type=int, default=2, metavar="N")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_drafts(folder, given.files, clean=False)
        alone = run(folder, "--jobs", "1")
        cluster = run(folder, "--dask", f"local:{given.workers}", kill_after=given.files // 5)
    print(f"{given.files:,} files{'seconds':>20}{'ms per file':>16}{'rows':>10}")
    for name, outcome in (("one process", alone), (f"{given.workers} workers, one killed", cluster)):
        milliseconds = 1000 * outcome.seconds / given.files
        print(f"  {name:<22}{outcome.seconds:>9.1f}{milliseconds:>16.1f}{len(outcome.rows):>10,}")
    same = alone.rows == cluster.rows and cluster.killed
    print("the rows are the same" if same else "THE ROWS DIFFER" if cluster.killed else "NO WORKER WAS KILLED")
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
