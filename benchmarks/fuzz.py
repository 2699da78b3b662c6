"""Check mutated drafts, and verify what must hold for every draft.

Run it from the project root::

    python benchmarks/fuzz.py                              # 5,000 cases of seed 1
    python benchmarks/fuzz.py --seed 7 --cases 100000 --jobs 2
    python benchmarks/fuzz.py --seed 7 --start 4711 --cases 1   # one case again
    python benchmarks/fuzz.py --word                       # 2,000 Word files
    python benchmarks/fuzz.py --hash-seeds                 # the same output whatever PYTHONHASHSEED is

The drafts of the project, the examples of the cards and, if they are next to the project, the small cases and real
documents are cut, spliced and mutated. A case depends only on the seed and its number, as long as these drafts stay
the same; the summary shows their digest. With ``--word`` the mutated drafts are made into Word files with numbered
lists, notes, tables, headers, fields and changes, whose XML, parts and bytes are mutated again.

Every case is checked: no rule crashes, and nothing is raised or warned of; the JSON is valid; every place is in the
text, and its line, column and offsets name the same words. Every tenth case is also written in all formats and as an
outline, and every twentieth is checked again by another linter, which must give the same output. A case that takes more
than two seconds of processor time fails. A failing case is reduced and saved.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from fuzzing.cases import Case, CaseMaker
from fuzzing.minimising import minimised
from fuzzing.verification import Failure, Verifier
from fuzzing.word_cases import WordCaseMaker

_CASES = 5000
_WORD_CASES = 2000
_CHUNK = 50
_FORMATS_EVERY = 10
_TWICE_EVERY = 20
_NEW_TWIN_EVERY = 1000
_PROGRESS_EVERY = 10_000
_HASH_SEEDS = ("0", "1", "4242")
_MINIMISED_EACH = 2  # cases of one kind of failure that a process reduces


class Failed(NamedTuple):
    """A failing case, with the reduced draft if it was reduced."""

    case: Case
    failure: Failure
    reduced: bytes | None


@dataclass
class Totals:
    """The results of some cases."""

    cases: int = 0
    seconds: float = 0.0  # of processor time
    slowest: tuple[float, int] = (0.0, 0)
    memory: int = 0  # kB
    states: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    failed: list[Failed] = field(default_factory=list)

    def add(self, other: Totals) -> None:
        self.cases += other.cases
        self.seconds += other.seconds
        self.slowest = max(self.slowest, other.slowest)
        self.memory = max(self.memory, other.memory)
        self.states += other.states
        self.codes += other.codes
        self.failed += other.failed


class Worker:
    """Checks the cases of a seed in one process."""

    def __init__(self, seed: int, is_word: bool = False) -> None:
        self.maker, self.verifier, self.twin = _maker(seed, is_word), Verifier(), Verifier()
        self.is_word = is_word
        self._reduced: Counter[tuple[str, str]] = Counter()
        self._twice = 0

    def failures(self, case: Case, totals: Totals | None = None) -> Iterator[Failure]:
        """Yield the failures of a case, and count it in ``totals``."""
        outcome = self.verifier.outcome(case, all_formats=case.number % _FORMATS_EVERY == 0)
        if totals:
            totals.cases += 1
            totals.seconds += outcome.seconds
            totals.slowest = max(totals.slowest, (outcome.seconds, case.number))
            totals.states[outcome.state] += 1
            totals.codes.update(outcome.codes)
        yield from outcome.failures
        if case.number % _TWICE_EVERY == 0 and not outcome.failures:
            if self._twice % (_NEW_TWIN_EVERY // _TWICE_EVERY) == 0:
                self.twin = Verifier()
            self._twice += 1
            if self.twin.outcome(case).output != outcome.output:
                yield Failure("determinism", "another linter gives another output")

    def check(self, start: int, end: int) -> Totals:
        """Check the cases from ``start`` to before ``end``."""
        totals = Totals()
        for number in range(start, end):
            case = self.maker.case(number)
            for failure in self.failures(case, totals):
                self._reduced[failure.identity] += 1
                reduced = self._reduce(case, failure) if self._reduced[failure.identity] <= _MINIMISED_EACH else None
                totals.failed.append(Failed(case, failure, reduced))
        totals.memory = _memory()
        return totals

    def _reduce(self, case: Case, failure: Failure) -> bytes:
        if self.is_word:  # a part of a package is none
            return case.data

        def fails(data: bytes) -> bool:
            smaller = self.failures(case._replace(data=data))
            return any(other.identity == failure.identity for other in smaller)

        return minimised(case.data, fails)

    def digests(self, start: int, end: int) -> Iterator[str]:
        """Yield a digest of the output of each case."""
        for number in range(start, end):
            outcome = self.verifier.outcome(self.maker.case(number))
            yield f"{number} {hashlib.sha256(outcome.output.encode()).hexdigest()}"


def _memory() -> int:
    """Return the most memory that this process has taken, in kB; 0 on Windows."""
    if sys.platform == "win32":
        return 0
    import resource  # noqa: PLC0415 - not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def _maker(seed: int, is_word: bool) -> CaseMaker:
    return WordCaseMaker(seed) if is_word else CaseMaker(seed)


@cache
def _worker(seed: int, is_word: bool) -> Worker:
    return Worker(seed, is_word)


def _check(seed: int, is_word: bool, start: int, end: int) -> Totals:
    return _worker(seed, is_word).check(start, end)


def check_cases(
    seed: int, start: int, cases: int, jobs: int, seconds: float, is_word: bool = False
) -> Iterator[Totals]:
    """Check cases in ``jobs`` processes, for at most ``seconds``, and yield the totals of one chunk after another."""
    chunks = ((first, min(first + _CHUNK, start + cases)) for first in range(start, start + cases, _CHUNK))
    deadline = time.monotonic() + seconds
    if jobs == 1:
        for first, end in chunks:
            if time.monotonic() > deadline:
                return
            yield _check(seed, is_word, first, end)
        return
    with ProcessPoolExecutor(jobs) as pool:
        pending: set[Future[Totals]] = set()
        while True:
            if time.monotonic() < deadline:
                pending |= {
                    pool.submit(_check, seed, is_word, *chunk) for chunk in islice(chunks, 2 * jobs - len(pending))
                }
            if not pending:
                return
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()


def save(failed: Failed, seed: int, folder: Path) -> Path:
    """Write a failing draft, reduced if possible, and what is known of it, and return its path."""
    case, failure = failed.case, failed.failure
    path = folder / f"{failure.kind.replace(' ', '-')}-{seed}-{case.number}{Path(case.path).suffix}"
    path.write_bytes(case.data if failed.reduced is None else failed.reduced)
    about = {
        "seed": seed, "number": case.number, "language": case.language, "stage": case.stage,
        "message_language": case.message_language, "recipe": case.recipe, "failure": failure._asdict(),
    }  # fmt: skip
    path.with_name(path.name + ".json").write_text(json.dumps(about, indent=2, ensure_ascii=False), encoding="utf-8")
    return path


def differing_hash_seeds(seed: int, start: int, cases: int, is_word: bool = False) -> list[str]:
    """Return the numbers of the cases whose output depends on ``PYTHONHASHSEED``."""
    command = [sys.executable, __file__, "--digests", "--seed", str(seed), "--start", str(start), "--cases", str(cases)]
    command += ["--word"] * is_word
    outputs = [
        subprocess.run(
            command, env=os.environ | {"PYTHONHASHSEED": value}, stdout=subprocess.PIPE, encoding="utf-8", check=True
        ).stdout.splitlines()
        for value in _HASH_SEEDS
    ]  # fmt: skip
    return [lines[0].split()[0] for lines in zip(*outputs, strict=True) if len(set(lines)) > 1]


def _report(totals: Totals, seed: int, started: float, drafts: str) -> None:
    kinds = Counter(failed.failure.kind for failed in totals.failed)
    elapsed = time.monotonic() - started
    rate = totals.cases / max(elapsed, 1)
    rarest = [code for code, _ in totals.codes.most_common()[-8:]]
    print(f"seed {seed}: {totals.cases} cases from {drafts} in {elapsed:.0f} s ({rate:.0f} a second)")
    print(f"processor time: {totals.seconds:.0f} s without that for making and verifying the cases")
    print("states:", ", ".join(f"{state or 'none'} {count}" for state, count in totals.states.most_common()))
    print(f"rules that reported: {len(totals.codes)}; rarest: {', '.join(rarest)}")
    print(f"slowest case: {totals.slowest[1]} ({totals.slowest[0]:.2f} s); memory: {totals.memory // 1024} MB")
    print(f"failures: {len(totals.failed)}" + "".join(f"; {kind} {count}" for kind, count in kinds.most_common()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Check mutated drafts.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--word", action="store_true", help="check Word files")
    parser.add_argument("--cases", type=int, help="number of cases (default: 5000, or 2000 Word files)")
    parser.add_argument("--start", type=int, default=0, help="the number of the first case")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after this time")
    parser.add_argument("--save", type=Path, metavar="DIR", help="folder for failing cases (default: a new one)")
    parser.add_argument("--hash-seeds", action="store_true", help="compare the output under several PYTHONHASHSEED")
    parser.add_argument("--digests", action="store_true", help="only print a digest of the output of each case")
    given = parser.parse_args()
    given.cases = given.cases if given.cases is not None else _WORD_CASES if given.word else _CASES
    return given


def main() -> int:
    """Check the cases and print a summary. Return 1 if a case fails, else 0."""
    given = _arguments()
    if given.digests:
        for line in Worker(given.seed, given.word).digests(given.start, given.start + given.cases):
            print(line)
        return 0
    if given.hash_seeds:
        differing = differing_hash_seeds(given.seed, given.start, given.cases, given.word)
        print(f"seed {given.seed}: {given.cases} cases; output depends on the hash seed in {len(differing)}")
        print(*differing[:20])
        return 1 if differing else 0
    started, totals = time.monotonic(), Totals()
    folder: Path | None = given.save
    for part in check_cases(given.seed, given.start, given.cases, given.jobs, given.seconds, given.word):
        if (totals.cases + part.cases) // _PROGRESS_EVERY > totals.cases // _PROGRESS_EVERY:
            print(f"{totals.cases + part.cases} cases, {len(totals.failed)} failures", file=sys.stderr, flush=True)
        totals.add(part)
        for failed in part.failed:
            folder = folder or Path(tempfile.mkdtemp(prefix="reportlint-fuzz-"))
            folder.mkdir(parents=True, exist_ok=True)
            reduced = failed.reduced is not None
            saved = save(failed, given.seed, folder) if reduced else ""
            print(f"case {failed.case.number}: {failed.failure.kind}: {failed.failure.detail} {saved}", flush=True)
    drafts = _maker(given.seed, given.word).drafts
    _report(totals, given.seed, started, f"{drafts.size} drafts ({drafts.digest})")
    return 1 if totals.failed else 0


if __name__ == "__main__":
    sys.exit(main())
