"""How fast the linter is, beside other linters and beside the cost of merely importing its libraries.

How to run, from the root of the project::

    python benchmarks/speed.py            # what is installed in this interpreter, else this checkout
    python benchmarks/speed.py --command /path/to/venv/bin/reportlint
    python benchmarks/speed.py --quick    # a tiny corpus and one run: does the script itself work?

Measure the installed wheel (``python -m build``, then ``pip install dist/*.whl rumdl proselint`` into a new
environment, and ``--command`` with its ``reportlint``): it holds compiled rules, a checkout reads YAML.
``rumdl``, ``proselint`` and ``markdownlint-cli2`` (npm) are taken from beside the measured interpreter, else
from the ``PATH``. What is not there is named and left out.

The corpus is made of the drafts in ``examples/``, each prolonged to the wanted size with its paragraphs and
sections numbered on; where the real documents lie beside the checkout, the longest of them is measured too,
whole and in parts. "reportlint" is a run as users start it, but without a cache, as the others are without one;
"warm" is a run with a cache that an earlier run filled. The commands of a table take turns (A B C, A B C, …), so that
a busy machine disturbs all alike; shown are medians, and "reportlint takes" is the median of the ratios of times
within one round. "Processor" is the time that all processors worked for the command, which a busy machine changes
least. Memory is that of all processes of the command together, as Linux tells it while they run; elsewhere the
greatest of one of them. (Both are not known on Windows.) Only the standard library is needed.
"""

from __future__ import annotations

import argparse
import os
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMPORTS = "import argparse, regex, yaml, pluggy, rich.console, json, dataclasses"
BASELINE = "importing the libraries"
OURS = "reportlint"

_KB = 1000
_MB = 1_000_000
_FILE_SIZE = 37 * _KB
_SECONDS = 600  # what no run may exceed
_BETWEEN_LOOKS = 0.05  # seconds
_FOUND = 1  # exit code of every linter here that found something
_NUMBERED = re.compile(r"(\d+)(\. .*)", re.DOTALL)
_SECTION = re.compile(r"(## )([IVXLC]+)(\. .*)", re.DOTALL)
_TENS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


# -- the corpus ----------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """What to make (folders of so many files of ``file_size`` bytes, documents) and how often to measure."""

    folders: tuple[int, ...]
    file_size: int
    documents: tuple[int, ...]
    runs: int
    long_runs: int
    real: bool = True  # the longest real document too


FULL = Plan((1, 27, 270), _FILE_SIZE, (_MB, 2 * _MB, 4 * _MB), runs=11, long_runs=3)
QUICK = Plan((1, 2), 2 * _KB, (20 * _KB, 40 * _KB), runs=1, long_runs=1, real=False)


def roman(value: int) -> str:
    """The roman numeral of a positive number."""
    out = []
    for number, numeral in _TENS:
        count, value = divmod(value, number)
        out.append(numeral * count)
    return "".join(out)


def prolonged(draft: str, size: int) -> Iterator[str]:
    """The lines of ``draft``, again and again until they are ``size`` bytes, with numbering that goes on.

    What stands before the first section or paragraph comes once. A numbered line is a paragraph if it has the next
    number of the draft's paragraphs or the one after (faulty drafts skip one); others are lists, which stay.
    """
    lines = draft.splitlines(keepends=True)
    begins = (index for index, line in enumerate(lines) if _SECTION.fullmatch(line) or _NUMBERED.fullmatch(line))
    body = next(begins, 0)
    written = sections = paragraphs = start = 0
    while written < size:
        before_sections, before_paragraphs, own = sections, paragraphs, 0
        for line in lines[start:]:
            section, numbered = _SECTION.fullmatch(line), _NUMBERED.fullmatch(line)
            printed = line
            if section:
                sections += 1
                printed = f"{section[1]}{roman(sections)}{section[3]}"
            elif numbered and own < int(numbered[1]) <= own + 2:
                own = int(numbered[1])
                paragraphs = before_paragraphs + own
                printed = f"{paragraphs}{numbered[2]}"
            yield printed
            written += len(printed.encode())
            if written >= size and not printed.strip():
                return
        if (sections, paragraphs) == (before_sections, before_paragraphs):
            raise ValueError("a draft without sections and numbered paragraphs cannot be prolonged")
        yield "\n"
        start = body


def write_corpus(folder: Path, drafts: Sequence[Path], count: int, size: int) -> None:
    """Write ``count`` files of about ``size`` bytes, the drafts in turn."""
    folder.mkdir()
    for index in range(count):
        draft = drafts[index % len(drafts)]
        # Line by line: a big parent would count as memory of the processes it starts.
        with (folder / f"{index + 1:03}-{draft.name}").open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(prolonged(draft.read_text(encoding="utf-8"), size))


# -- the commands --------------------------------------------------------------


@dataclass(frozen=True)
class Tool:
    """A command to measure; it takes files or folders after ``command`` (nothing, if ``bare``).

    ``rehearsed``: it is run once before its runs count, and finds what that run left.
    """

    name: str
    command: tuple[str, ...]
    bare: bool = False
    rehearsed: bool = False

    def on(self, target: Path) -> tuple[str, ...]:
        return self.command if self.bare else (*self.command, str(target))


def own_runs(command: Sequence[str], cache: Path, *, folder: bool) -> list[Tool]:
    """The runs of reportlint that are compared: as users start it, for a folder by one and by two processes; warm."""
    check, cold = (*command, "check"), (*command, "check", "--no-cache")
    found = [Tool(OURS, cold)]
    if folder:
        found += [
            Tool(f"{OURS}, one process", (*cold, "--jobs", "1")),
            Tool(f"{OURS}, two processes", (*cold, "--jobs", "2")),
        ]
    return [*found, Tool(f"{OURS}, warm", (*check, "--cache-dir", str(cache)), rehearsed=True)]


def interpreter_of(command: Sequence[str]) -> str:
    """The Python that runs ``command``: itself, or the one beside an installed script, else this one."""
    first = shutil.which(command[0]) or command[0]
    if "-m" in command:
        return first
    beside = (Path(first).parent / name for name in ("python", "python.exe"))
    return next((str(path) for path in beside if path.is_file()), sys.executable)


def other_linters(interpreter: str) -> tuple[list[Tool], list[str]]:
    """The linters to compare with, and the names of those that are not installed."""
    path = os.pathsep.join((str(Path(interpreter).parent), os.environ.get("PATH", "")))
    wanted = {"rumdl": ("check", "--no-cache"), "proselint": ("check",), "markdownlint-cli2": ()}
    found, absent = [], []
    for name, arguments in wanted.items():
        program = shutil.which(name, path=path)
        if program:
            found.append(Tool(name, (program, *arguments)))
        else:
            absent.append(name)
    return found, absent


def environment(interpreter: str) -> dict[str, str]:
    """The environment of every process: bytecode is kept, a checkout serves where nothing is installed."""
    variables = {
        key: value for key, value in os.environ.items() if key not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
    }
    command = (interpreter, "-c", "import reportlint")
    if subprocess.run(command, env=variables, cwd=tempfile.gettempdir(), capture_output=True, check=False).returncode:
        variables["PYTHONPATH"] = str(ROOT)
    return variables


def describe(interpreter: str, variables: Mapping[str, str]) -> str:
    """One line: which Python, which reportlint, and whether its rules are compiled."""
    program = (
        "import pathlib, platform, reportlint.knowledge.rulebook as book; folder = book.builtin_folder();"
        "print(platform.python_implementation(), platform.python_version(), platform.platform());"
        "print(pathlib.Path(book.__file__).parent.parent);"
        "print((folder / book.COMPILED).is_dir())"
    )
    command = (interpreter, "-c", program)
    asked = subprocess.run(
        command,
        env=variables,
        cwd=tempfile.gettempdir(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if asked.returncode:
        return f"{interpreter}: reportlint cannot be imported"
    python, place, compiled = asked.stdout.splitlines()
    kind = "compiled rules (as in the wheel)" if compiled == "True" else "rules read from YAML (a source checkout)"
    return f"{python}; reportlint in {place}, {kind}"


# -- measuring -----------------------------------------------------------------


@dataclass(frozen=True)
class Sample:
    """One run: seconds by the clock and of all processors, bytes (``None``: not known), and what went wrong."""

    seconds: float
    work: float | None
    memory: int | None
    failure: str = ""


def run(command: Sequence[str], variables: Mapping[str, str], folder: Path) -> Sample:
    """Run a command to its end with its output thrown away. Exit codes 0 and 1 are success for a linter."""
    start = time.perf_counter()
    try:
        process = subprocess.Popen(
            command,
            env=variables,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        return Sample(0.0, None, None, error.strerror or str(error))
    work, memory, code = _wait(process)
    seconds = time.perf_counter() - start
    failure = "" if code in (0, _FOUND) else f"exit {code}" if code >= 0 else f"stopped by signal {-code}"
    return Sample(seconds, work, memory, failure)


if sys.platform == "win32":

    def _wait(process: subprocess.Popen[bytes]) -> tuple[float | None, int | None, int]:
        try:
            return None, None, process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return None, None, -1

else:
    import signal

    def _wait(process: subprocess.Popen[bytes]) -> tuple[float | None, int | None, int]:
        # Popen.wait() would throw the usage away; the alarm ends what hangs.
        before = signal.signal(signal.SIGALRM, lambda *_: process.kill())
        signal.alarm(_SECONDS)
        try:
            with _Watch(process.pid) as watch:
                _, status, usage = os.wait4(process.pid, 0)
        finally:
            signal.alarm(0)
            signal.signal(signal.SIGALRM, before)
        process.returncode = os.waitstatus_to_exitcode(status)
        unit = 1 if sys.platform == "darwin" else 1024
        memory = max(watch.most, usage.ru_maxrss * unit)
        return usage.ru_utime + usage.ru_stime, memory, process.returncode


class _Watch(threading.Thread):
    """Asks now and then how much memory a process and those that it started use; ``most`` is the greatest sum.

    What processes share counts once. Where there is no ``/proc`` the sum stays 0.
    """

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self._pid = pid
        self._over = threading.Event()

    def __enter__(self) -> _Watch:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while not self._over.wait(_BETWEEN_LOOKS):
            self.most = max(self.most, sum(map(_memory, _family(self._pid))))


def _family(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = thread.read_text().split()
        except OSError:  # it is over
            continue
        for child in children:
            yield from _family(int(child))


def _memory(pid: int) -> int:
    """The memory of a process in bytes, its share of what it has in common with others."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    share = re.search(r"(?m)^Pss: +(\d+) kB", told)
    return int(share[1]) * 1024 if share else 0


def take_turns(tools: Sequence[Tool], target: Path, runs: int, variables: Mapping[str, str]) -> dict[str, list[Sample]]:
    """Run every tool on ``target``, ``runs`` times in turn. A tool that fails is not run again."""
    for tool in tools:
        if tool.rehearsed:
            run(tool.on(target), variables, target.parent)
    samples: dict[str, list[Sample]] = {tool.name: [] for tool in tools}
    for _ in range(runs):
        for tool in tools:
            kept = samples[tool.name]
            if not kept or not kept[-1].failure:
                kept.append(run(tool.on(target), variables, target.parent))
    return samples


def ratio(ours: Sequence[Sample], other: Sequence[Sample]) -> float:
    """How many times the other's time we take: the median over the rounds."""
    return statistics.median(one.seconds / two.seconds for one, two in zip(ours, other, strict=True))


# -- the tables ----------------------------------------------------------------


def report(title: str, samples: Mapping[str, Sequence[Sample]]) -> Iterator[str]:
    """The lines of one table."""
    width = max(map(len, samples)) + 2
    yield title
    yield f"  {'':{width}}{'time':>10}{'processor':>11}{'memory':>9}   reportlint takes"
    ours = samples[OURS]
    for name, taken in samples.items():
        failure = taken[-1].failure
        if failure:
            yield f"  {name:{width}}{'failed':>10}{'':>20}   {failure}"
            continue
        seconds = statistics.median(one.seconds for one in taken)
        memory = max((one.memory for one in taken if one.memory is not None), default=None)
        size = "?" if memory is None else f"{memory / _MB:.0f} MB"
        works = [one.work for one in taken if one.work is not None]
        work = _duration(statistics.median(works)) if works else "?"
        beside = "" if name.startswith(OURS) or ours[-1].failure else f"× {ratio(ours, taken):.2f}"
        yield f"  {name:{width}}{_duration(seconds):>10}{work:>11}{size:>9}   {beside}".rstrip()


def _duration(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 10 else f"{seconds:.1f} s"


def measure(command: Sequence[str], plan: Plan, folder: Path, variables: Mapping[str, str], interpreter: str) -> bool:
    """Make the corpus in ``folder``, measure and print. Returns whether every run of our own succeeded."""
    drafts = [path for kind in ("clean", "faulty") for path in sorted((ROOT / "examples" / kind).glob("*.md"))]
    if not drafts:
        raise SystemExit("there are no drafts in examples/")
    others, absent = other_linters(interpreter)
    for name in absent:
        print(f"{name}: not installed")
    good = True
    for count in plan.folders:
        target = folder / f"{count}-files"
        write_corpus(target, drafts, count, plan.file_size)
        tools = [*own_runs(command, folder / f"{count}-cache", folder=count > 1), *others]
        size = sum(path.stat().st_size for path in target.iterdir())
        title = f"{count} files of about {plan.file_size // _KB} kB, together {size / _MB:.1f} MB"
        if count == 1:
            target, title = next(target.iterdir()), f"one file of {size / _KB:.0f} kB"
            tools.insert(0, Tool(BASELINE, (interpreter, "-c", IMPORTS), bare=True))
            tools = [replace(tool, rehearsed=True) for tool in tools]  # that writes bytecode
        samples = take_turns(tools, target, plan.runs if count == 1 else plan.long_runs, variables)
        _print(report(title, samples))
        good = good and not any(taken[-1].failure for name, taken in samples.items() if name.startswith(OURS))
    ours = own_runs(command, folder, folder=False)[0]
    return _measure_all_documents(ours, plan, folder, variables, drafts[:1]) and good


def longest_real_document() -> Path | None:
    """The longest text among the real documents beside the checkout, if they are there."""
    folder = Path(os.environ.get("REPORTLINT_CORPUS", ROOT.parent / "shared" / "corpus"))
    return max(folder.glob("*.txt"), key=lambda path: path.stat().st_size, default=None)


def write_parts(folder: Path, document: Path) -> list[Path]:
    """A quarter and half of a document (cut at the end of a line), the whole, and twice the whole."""
    folder.mkdir()
    lines = document.read_text(encoding="utf-8").splitlines(keepends=True)
    parts = {"quarter": lines[: len(lines) // 4], "half": lines[: len(lines) // 2], "whole": lines, "twice": lines * 2}
    for name, part in parts.items():
        (folder / f"{name}-{document.name}").write_text("".join(part), encoding="utf-8", newline="\n")
    return [folder / f"{name}-{document.name}" for name in parts]


def _measure_all_documents(
    ours: Tool, plan: Plan, folder: Path, variables: Mapping[str, str], drafts: Sequence[Path]
) -> bool:
    made: list[Path] = []
    for size in plan.documents:
        write_corpus(folder / f"document-{size}", drafts, 1, size)
        made += (folder / f"document-{size}").iterdir()
    good = _measure_documents("one document", ours, plan, variables, made)
    real = longest_real_document() if plan.real else None
    if real is None:
        return good
    return (
        _measure_documents(f"{real.name} in parts", ours, plan, variables, write_parts(folder / "real", real)) and good
    )


def _measure_documents(
    title: str, ours: Tool, plan: Plan, variables: Mapping[str, str], documents: Sequence[Path]
) -> bool:
    good = True
    smallest: Sequence[Sample] = ()
    print(f"\n{title}: the time for each MB stays the same where time is linear in the length")
    for document in documents:
        size = document.stat().st_size / _MB
        taken = take_turns([ours], document, plan.long_runs, variables)[OURS]
        if taken[-1].failure:
            print(f"  {size:6.2f} MB  failed: {taken[-1].failure}")
            good = False
            continue
        smallest = smallest or taken
        seconds = statistics.median(one.seconds for one in taken)
        first = statistics.median(one.seconds for one in smallest)
        memory = max((one.memory for one in taken if one.memory is not None), default=0)
        print(
            f"  {size:6.2f} MB  {_duration(seconds):>10}  {_duration(seconds / size)} for each MB, "
            f"{seconds / first:.2f} times the smallest, {memory / _MB:.0f} MB of memory",
            flush=True,
        )
    return good


def _print(lines: Iterator[str]) -> None:
    print()
    for line in lines:
        print(line, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the tables. Returns 1 if reportlint failed on some of the corpus."""
    parser = argparse.ArgumentParser(description="Measures reportlint beside other linters.")
    parser.add_argument("--command", help="the reportlint to measure (default: this interpreter's -m reportlint)")
    parser.add_argument("--runs", type=int, help="runs that count, for each command and table")
    parser.add_argument("--quick", action="store_true", help="a tiny corpus and one run")
    given = parser.parse_args(arguments)
    plan = QUICK if given.quick else FULL
    if given.runs is not None:
        if given.runs < 1:
            parser.error("--runs must be 1 or more")
        plan = replace(plan, runs=given.runs, long_runs=given.runs)
    command = tuple(shlex.split(given.command)) if given.command else (sys.executable, "-m", "reportlint")
    if not command:
        parser.error("--command is empty")
    interpreter = interpreter_of(command)
    variables = environment(interpreter)
    print(describe(interpreter, variables))
    with tempfile.TemporaryDirectory() as folder:
        good = measure(command, plan, Path(folder), variables, interpreter)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
