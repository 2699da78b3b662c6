"""Measure how processor time and memory grow with the length of a draft.

Run it from the project root (not on Windows, which cannot fork)::

    python benchmarks/scaling.py                          # all generators; with --jobs 2 about an hour
    python benchmarks/scaling.py --seconds 0.1            # shorter drafts
    python benchmarks/scaling.py "nested quotes" waivers  # the generators whose names contain these words
    python benchmarks/scaling.py --documents              # one document of 1, 2, 4 and 8 MB
    python benchmarks/scaling.py --list

Each generator in ``growth/`` repeats one thing: nested quotes, items of an agenda, waivers. Its draft is checked at two
lengths, one four times the other. The check of the shorter takes at least half a second of processor time, or the draft
has 4 MB. A check includes the report as text. Each runs in a process of its own, in which examples were checked before.

"time" is that for the longer draft as a multiple of that for the shorter, both without the time for a draft of one
sentence; the limit is 5. "memory" is the peak for the longer draft above that for one sentence, without 1 kB for each
finding, as a multiple of the size of the draft; the limit is 40. Rows beyond a limit are marked. The documents are
examples with continued numbering (see ``speed.py``); twice the length takes at most 2.15 times as long.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

import growth  # noqa: F401 - registers the generators
from growth.generators import GENERATORS
from growth.measuring import KB, MB, Plan, Row, measure_file, measure_growth, prepared_rules
from speed import example_drafts, prolonged

_DOCUMENTS = (1, 2, 4, 8)  # MB
_DOUBLING = 2.15
_LONGEST = 600  # seconds for one document
_HEADER = f"{'':44}{'shorter':>16}{'longer':>18}{'time':>8}{'memory':>8}{'findings':>10}"


def table_row(row: Row, plan: Plan) -> str:
    """Return the line of a generator in the table."""
    smaller, larger = (f"{each.size / KB:.0f} kB {each.seconds:6.2f} s" for each in (row.smaller, row.larger))
    mark = " !" if row.exceeds(plan.limits) else ""
    if row.failure:
        return f"{row.name:44}{smaller:>16}{larger:>18}  {row.failure}{mark}"
    figures = f"{row.ratio:8.2f}{row.memory:8.1f}{row.larger.findings:10}"
    return f"{row.name:44}{smaller:>16}{larger:>18}{figures}{mark}"


def _measure(name: str, plan: Plan) -> Row:
    generator = GENERATORS[name]
    return measure_growth(name, generator.sized, generator.suffix, generator.language, plan)


def measure_generators(names: Sequence[str], plan: Plan, jobs: int) -> list[str]:
    """Measure generators, print the table in the order of their ends, and return the names of those beyond a limit."""
    for language in {GENERATORS[name].language for name in names}:
        prepared_rules(language)  # before the processes are forked
    beyond = []
    print(_HEADER)
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
        for done in as_completed([pool.submit(_measure, name, plan) for name in names]):
            row = done.result()
            print(table_row(row, plan), flush=True)
            if row.exceeds(plan.limits):
                beyond.append(row.name)
    print(f"{len(names) - len(beyond)} of {len(names)} within the limits")
    return beyond


def measure_documents(sizes: Sequence[int], attempts: int = 3) -> Iterator[float]:
    """Measure one long document for each example that has a body, print the table, and yield the ratios.

    ``sizes`` are in bytes, each twice the one before. Of ``attempts``, the shortest time counts.
    """
    draft = example_drafts()[0]
    with tempfile.TemporaryDirectory() as folder:
        before = 0.0
        for size in sizes:
            path = Path(folder) / f"{size}-{draft.name}"
            with path.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(prolonged(draft.read_text(encoding="utf-8"), size))
            samples = [measure_file(path, None, _LONGEST) for _ in range(attempts)]
            seconds = min(sample.seconds for sample in samples)
            ratio = seconds / before if before else 0.0
            before = seconds
            mark = " !" if ratio > _DOUBLING else ""
            memory = max(sample.memory for sample in samples) / MB
            print(f"{size / MB:6.2f} MB{seconds:8.2f} s{ratio:8.2f} times{memory:8.0f} MB of memory{mark}", flush=True)
            if ratio:
                yield ratio


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the tables. Return 1 if a limit is exceeded, else 0."""
    parser = argparse.ArgumentParser(description="Measure how time and memory grow with the length of a draft.")
    parser.add_argument("names", nargs="*", help="measure the generators whose names contain one of these")
    parser.add_argument("--list", action="store_true", help="list the generators")
    parser.add_argument("--documents", action="store_true", help="measure one document of 1, 2, 4 and 8 MB instead")
    parser.add_argument("--jobs", type=int, default=1, help="generators measured at the same time (1)")
    parser.add_argument("--seconds", type=float, default=Plan().seconds, help="for the shorter draft (0.5)")
    parser.add_argument("--most", type=float, default=Plan().most / MB, help="megabytes of the shorter draft (4)")
    given = parser.parse_args(arguments)
    names = [name for name in GENERATORS if not given.names or any(word in name for word in given.names)]
    if not names:
        parser.error("no generator has such a name")
    if given.list:
        print("\n".join(names))
        return 0
    if given.documents:
        return int(max(measure_documents([size * MB for size in _DOCUMENTS])) > _DOUBLING)
    plan = Plan(given.seconds, int(given.most * MB))
    return int(bool(measure_generators(names, plan, max(1, given.jobs))))


if __name__ == "__main__":
    sys.exit(main())
