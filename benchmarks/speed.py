"""Measure the speed of the linter against other linters and against the cost of importing its libraries.

Run it from the project root::

    python benchmarks/speed.py            # the package installed in this interpreter, else this checkout
    python benchmarks/speed.py --command /path/to/venv/bin/reportlint
    python benchmarks/speed.py --quick    # a tiny corpus and one run, to test the script itself
    python benchmarks/speed.py --peers ~/peers  # the wheel of this checkout and the others, installed in a new folder
    python benchmarks/speed.py --against eaed896  # this checkout against another commit, both as wheels

``--peers`` builds the wheel of this checkout and installs it with ``rumdl`` and ``proselint`` (PyPI),
``markdownlint-cli2`` and ``textlint`` (npm) in a folder, which is used as it is if it exists. It needs hatchling and
npm. Otherwise, the others are looked up next to the measured interpreter, then on ``PATH``. Those that are missing are
listed and skipped. Measure a wheel: it contains compiled rules, while a checkout reads YAML.

The files come from the drafts in ``examples/``, each extended to the required size with continued numbering of
paragraphs and sections. Every repetition in every file has other States, numbers and years and another order of
paragraphs (``variation.py``). If the real documents are available, the longest one is measured too, whole and in parts.
"reportlint" is a normal run without a cache, because the other linters use none; "warm" is a run with a filled cache,
"without bytecode" one of an installation that has none, where Python must not write any.
The commands of a table take turns (A B C, A B C, …), so that load on the machine affects all of them. Times are
medians; "reportlint takes" is the median of the ratios within one round, of processor time where it is known.
"Processor" is the CPU time of all processes of the command, which load affects least. Memory is the sum over all
processes of the command, sampled while they run on Linux; on other systems it is the maximum of a single process.
Neither is available on Windows. Only the standard library is needed.

``--against`` needs git and hatchling, which builds both wheels. They are unpacked, compiled to bytecode and run with
one process at the stage ``publication``. "× the other" is the processor time as a multiple of that of the other commit,
"× the libraries" as a multiple of that of importing the libraries: the medians over the rounds.
"""

from __future__ import annotations

import argparse
import json
import operator
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
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from variation import variation

ROOT = Path(__file__).resolve().parent.parent
IMPORTS = "import argparse, regex, yaml, pluggy, rich.console, json, dataclasses"
BASELINE = "importing the libraries"
OURS = "reportlint"

_KB = 1000
_MB = 1_000_000
_FILE_SIZE = 37 * _KB
_SECONDS = 600  # time limit of a run
_SAMPLING_INTERVAL = 0.05  # seconds
_FINDINGS = 1  # exit code of all these linters if they report findings
_NUMBERED = re.compile(r"((?:\*\*)?)(\d+)(\.(?:\*\*)?\s.*)", re.DOTALL)
_SECTION = re.compile(r"(## |\*\*)([IVXLC]+)(\. .*)", re.DOTALL)
_PYPI = ("rumdl", "proselint")
_TEXTLINT_RULES = ("terminology", "write-good")
_NPM = ("markdownlint-cli2", "textlint", *(f"textlint-rule-{rule}" for rule in _TEXTLINT_RULES))
_TENS = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


# -- the corpus ----------------------------------------------------------------


@dataclass(frozen=True)
class Plan:
    """What to measure, and how often.

    ``folders`` are the numbers of files in each folder, of ``file_size`` bytes each. ``documents`` are the sizes of
    single documents in bytes. ``runs`` applies to a single file, ``long_runs`` to everything else.
    """

    folders: tuple[int, ...]
    file_size: int
    documents: tuple[int, ...]
    runs: int
    long_runs: int
    real: bool = True  # also measure the longest real document


FULL = Plan((1, 27, 270), _FILE_SIZE, (_MB, 2 * _MB, 4 * _MB, 8 * _MB), runs=15, long_runs=3)
QUICK = Plan((1, 2), 2 * _KB, (20 * _KB, 40 * _KB), runs=1, long_runs=1, real=False)


def roman(value: int) -> str:
    """Return the Roman numeral of a positive number."""
    numerals = []
    for number, numeral in _TENS:
        count, value = divmod(value, number)
        numerals.append(numeral * count)
    return "".join(numerals)


def _unvaried(draft: str) -> str:
    return draft


def prolonged(draft: str, size: int, vary: Callable[[str], str] = _unvaried) -> Iterator[str]:
    """Yield the lines of ``draft`` repeatedly, with continued numbering, until they amount to ``size`` bytes.

    ``vary`` returns a variant of the draft for each repetition, with the same lines but other words. The text before
    the first section or paragraph is not repeated. A numbered line is a paragraph if it has the next paragraph number
    of the draft or the one after that (faulty drafts skip one). Other numbered lines belong to lists and are not
    changed. The first paragraph becomes paragraph 1, in a part of a report too.

    Raises:
        ValueError: The draft has no sections and no numbered paragraphs.
    """
    lines = draft.splitlines(keepends=True)
    begins = (index for index, line in enumerate(lines) if _SECTION.fullmatch(line) or _NUMBERED.fullmatch(line))
    body = next(begins, 0)
    offset = next((int(match[2]) - 1 for line in lines if (match := _NUMBERED.fullmatch(line))), 0)
    written = sections = paragraphs = start = 0
    while written < size:
        before_sections, before_paragraphs, current = sections, paragraphs, offset
        for line in vary(draft).splitlines(keepends=True)[start:]:
            section, numbered = _SECTION.fullmatch(line), _NUMBERED.fullmatch(line)
            printed = line
            if section:
                sections += 1
                printed = f"{section[1]}{roman(sections)}{section[3]}"
            elif numbered and current < int(numbered[2]) <= current + 2:
                current = int(numbered[2])
                paragraphs = before_paragraphs + current - offset
                printed = f"{numbered[1]}{paragraphs}{numbered[3]}"
            yield printed
            written += len(printed.encode())
            if written >= size and not printed.strip():
                return
        if (sections, paragraphs) == (before_sections, before_paragraphs):
            raise ValueError("a draft without sections and numbered paragraphs cannot be prolonged")
        yield "\n"
        start = body


def write_corpus(folder: Path, drafts: Sequence[Path], count: int, size: int) -> None:
    """Write ``count`` different files of about ``size`` bytes, taking the drafts in turn."""
    folder.mkdir()
    for index in range(count):
        draft = drafts[index % len(drafts)]
        # Write line by line: the memory of a large parent would be counted for the processes it starts.
        with (folder / f"{index + 1:03}-{draft.name}").open("w", encoding="utf-8", newline="\n") as file:
            vary = variation(Path(draft.stem).suffix.removeprefix("."), f"{index} {draft.name}")
            file.writelines(prolonged(draft.read_text(encoding="utf-8"), size, vary))


# -- the commands --------------------------------------------------------------


@dataclass(frozen=True)
class Tool:
    """A command to measure.

    The target is appended to ``command`` unless ``bare`` is set. If ``rehearsed`` is set, the command is run once
    before the measured runs, which then use the cache or bytecode of that run.
    """

    name: str
    command: tuple[str, ...]
    bare: bool = False
    rehearsed: bool = False
    packages: Path | None = None
    settings: Mapping[str, str] = field(default_factory=dict)

    def on(self, target: Path) -> tuple[str, ...]:
        """Return the command line for a file or folder."""
        return self.command if self.bare else (*self.command, str(target))

    def variables(self, given: Mapping[str, str]) -> Mapping[str, str]:
        """Return the environment of the command."""
        return {**given, **({"PYTHONPATH": str(self.packages)} if self.packages else {}), **self.settings}


def reportlint_runs(command: Sequence[str], cache: Path, *, folder: bool) -> list[Tool]:
    """Return the runs of reportlint: a normal run, a warm run and, for a folder, runs with one and two processes."""
    check, cold = (*command, "check"), (*command, "check", "--no-cache")
    tools = [Tool(OURS, cold)]
    if folder:
        tools += [
            Tool(f"{OURS}, one process", (*cold, "--jobs", "1")),
            Tool(f"{OURS}, two processes", (*cold, "--jobs", "2")),
        ]
    return [*tools, Tool(f"{OURS}, warm", (*check, "--cache-dir", str(cache)), rehearsed=True)]


def interpreter_of(command: Sequence[str]) -> str:
    """Return the Python that runs ``command``: the one given with ``-m``, the one next to a script, or this one."""
    first = shutil.which(command[0]) or command[0]
    if "-m" in command:
        return first
    neighbours = (Path(first).parent / name for name in ("python", "python.exe"))
    return next((str(path) for path in neighbours if path.is_file()), sys.executable)


def other_linters(interpreter: str) -> tuple[list[Tool], list[str]]:
    """Return the linters to compare with, and the names of those that are not installed."""
    beside = Path(interpreter).parent
    npm = beside.parent.parent / "node_modules" / ".bin"  # of --peers
    path = os.pathsep.join((str(beside), str(npm), os.environ.get("PATH", "")))
    rules = tuple(part for rule in _TEXTLINT_RULES for part in ("--rule", rule))
    wanted = {"rumdl": ("check", "--no-cache"), "proselint": ("check",), "markdownlint-cli2": (), "textlint": rules}
    installed, absent = [], []
    for name, arguments in wanted.items():
        program = shutil.which(name, path=path)
        if program:
            installed.append(Tool(name, (program, *arguments)))
        else:
            absent.append(name)
    return installed, absent


def environment(interpreter: str) -> dict[str, str]:
    """Return the environment of all processes. It allows bytecode and falls back to this checkout."""
    variables = {
        key: value for key, value in os.environ.items() if key not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")
    }
    command = (interpreter, "-c", "import reportlint")
    if subprocess.run(command, env=variables, cwd=tempfile.gettempdir(), capture_output=True, check=False).returncode:
        variables["PYTHONPATH"] = str(ROOT)
    return variables


def describe(interpreter: str, variables: Mapping[str, str]) -> str:
    """Describe in one line the Python, the reportlint installation and whether its rules are compiled."""
    program = (
        "import pathlib, platform, reportlint.knowledge.rulebook as book; folder = book.builtin_folder();"
        "print(platform.python_implementation(), platform.python_version(), platform.platform());"
        "print(pathlib.Path(book.__file__).parent.parent);"
        "print((folder / book.COMPILED).is_dir())"
    )
    command = (interpreter, "-c", program)
    result = subprocess.run(
        command,
        env=variables,
        cwd=tempfile.gettempdir(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if result.returncode:
        return f"{interpreter}: reportlint cannot be imported"
    python, place, compiled = result.stdout.splitlines()
    kind = "compiled rules (as in the wheel)" if compiled == "True" else "rules read from YAML (a source checkout)"
    return f"{python}; reportlint in {place}, {kind}"


# -- measuring -----------------------------------------------------------------


@dataclass(frozen=True)
class Sample:
    """The measurements of one run.

    ``seconds`` is the elapsed time, ``work`` the CPU time in seconds and ``memory`` the memory in bytes; the latter two
    are ``None`` if unknown. ``failure`` describes an error and is "" on success.
    """

    seconds: float
    work: float | None
    memory: int | None
    failure: str = ""


def run(command: Sequence[str], variables: Mapping[str, str], folder: Path) -> Sample:
    """Run a command and discard its output. Exit codes 0 and 1 count as success."""
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
    failure = "" if code in (0, _FINDINGS) else f"exit {code}" if code >= 0 else f"stopped by signal {-code}"
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
        # Popen.wait() would discard the resource usage. The alarm kills a process that hangs.
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
    """Samples the memory of a process and its descendants. ``most`` is the maximum of the sum in bytes.

    Shared memory is counted once. Without ``/proc``, ``most`` stays 0.
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
        while not self._over.wait(_SAMPLING_INTERVAL):
            self.most = max(self.most, sum(map(_memory, _family(self._pid))))


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all its descendants."""
    yield pid
    for thread in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = thread.read_text().split()
        except OSError:  # the process has ended
            continue
        for child in children:
            yield from _family(int(child))


def _memory(pid: int) -> int:
    """Return the memory of a process in bytes, including its share of memory used by several processes."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    share = re.search(r"(?m)^Pss: +(\d+) kB", rollup)
    return int(share[1]) * 1024 if share else 0


def take_turns(tools: Sequence[Tool], target: Path, runs: int, variables: Mapping[str, str]) -> dict[str, list[Sample]]:
    """Run every tool on ``target``, ``runs`` times in turn. A tool that fails is not run again."""
    for tool in tools:
        if tool.rehearsed:
            run(tool.on(target), tool.variables(variables), target.parent)
    samples: dict[str, list[Sample]] = {tool.name: [] for tool in tools}
    for _ in range(runs):
        for tool in tools:
            taken = samples[tool.name]
            if not taken or not taken[-1].failure:
                taken.append(run(tool.on(target), tool.variables(variables), target.parent))
    return samples


def ratio(ours: Sequence[Sample], other: Sequence[Sample]) -> float:
    """Return the time of reportlint as a multiple of the other's: the median over the rounds."""
    return statistics.median(
        (our_run.work or our_run.seconds) / (other_run.work or other_run.seconds)
        for our_run, other_run in zip(ours, other, strict=True)
    )


# -- the tables ----------------------------------------------------------------


def report(title: str, samples: Mapping[str, Sequence[Sample]]) -> Iterator[str]:
    """Yield the lines of a table."""
    width = max(map(len, samples)) + 2
    yield title
    yield f"  {'':{width}}{'time':>10}{'processor':>11}{'memory':>9}   reportlint takes"
    ours = samples[OURS]
    for name, taken in samples.items():
        failure = taken[-1].failure
        if failure:
            yield f"  {name:{width}}{'failed':>10}{'':>20}   {failure}"
            continue
        seconds = statistics.median(sample.seconds for sample in taken)
        memory = max((sample.memory for sample in taken if sample.memory is not None), default=None)
        size = "?" if memory is None else f"{memory / _MB:.0f} MB"
        works = [sample.work for sample in taken if sample.work is not None]
        work = _duration(statistics.median(works)) if works else "?"
        takes = "" if name.startswith(OURS) or ours[-1].failure else f"× {ratio(ours, taken):.2f}"
        yield f"  {name:{width}}{_duration(seconds):>10}{work:>11}{size:>9}   {takes}".rstrip()


def _duration(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 10 else f"{seconds:.1f} s"


def example_drafts() -> list[Path]:
    """Return the Markdown drafts in ``examples/``.

    Raises:
        SystemExit: there are none.
    """
    drafts = [path for kind in ("clean", "faulty") for path in sorted((ROOT / "examples" / kind).glob("*.md"))]
    if not drafts:
        raise SystemExit("there are no drafts in examples/")
    return drafts


def measure(command: Sequence[str], plan: Plan, folder: Path, variables: Mapping[str, str], interpreter: str) -> bool:
    """Make the corpus in ``folder``, measure, and print. Return whether every run of reportlint succeeded.

    Raises:
        SystemExit: ``examples/`` contains no drafts.
    """
    drafts = example_drafts()
    others, absent = other_linters(interpreter)
    for name in absent:
        print(f"{name}: not installed")
    succeeded = True
    memory: dict[int, int] = {}
    for count in plan.folders:
        target = folder / f"{count}-files"
        write_corpus(target, drafts, count, plan.file_size)
        tools = [*reportlint_runs(command, folder / f"{count}-cache", folder=count > 1), *others]
        size = sum(path.stat().st_size for path in target.iterdir())
        title = f"{count} files of about {plan.file_size // _KB} kB, together {size / _MB:.1f} MB"
        if count == 1:
            target, title = next(target.iterdir()), f"one file of {size / _KB:.0f} kB"
            tools.insert(0, Tool(BASELINE, (interpreter, "-c", IMPORTS), bare=True))
            if package := _without_bytecode(interpreter, variables, folder / "bare"):
                cold, settings = (
                    (interpreter, "-m", "reportlint", "check", "--no-cache"),
                    {"PYTHONDONTWRITEBYTECODE": "1"},
                )
                tools.insert(2, Tool(f"{OURS}, without bytecode", cold, packages=package, settings=settings))
            tools = [replace(tool, rehearsed=True) for tool in tools]  # writes the bytecode
        samples = take_turns(tools, target, plan.runs if count == 1 else plan.long_runs, variables)
        _print(report(title, samples))
        if count > 1:
            one_process = samples[f"{OURS}, one process"]
            memory[count] = max((sample.memory for sample in one_process if sample.memory), default=0)
        succeeded = succeeded and not any(taken[-1].failure for name, taken in samples.items() if name.startswith(OURS))
    for line in _memory_of_files(memory):
        print(f"\n{line}", flush=True)
    ours = reportlint_runs(command, folder, folder=False)[0]
    return _measure_all_documents(ours, plan, folder, variables, drafts[:1]) and succeeded


def _without_bytecode(interpreter: str, variables: Mapping[str, str], folder: Path) -> Path | None:
    """Return a folder with a copy of the installed package without bytecode; ``None`` if it is not that of a wheel."""
    program = "import reportlint.knowledge.rulebook as book; print(book.builtin_folder())"
    command = (interpreter, "-c", program)
    done = subprocess.run(
        command, env=variables, cwd=tempfile.gettempdir(), capture_output=True, text=True, check=False
    )
    package = Path(done.stdout.strip()).parent
    if done.returncode or not (package / "__init__.py").is_file():
        return None
    shutil.copytree(package, folder / package.name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def _memory_of_files(memory: Mapping[int, int]) -> Iterator[str]:
    """Yield the line that says how memory grows with the number of files."""
    (fewest, less), (most, more) = min(memory.items()), max(memory.items())
    if fewest < most and less and more:
        each = (more - less) / (most - fewest) / _KB
        yield f"memory of one process, {fewest} to {most} files: {each:.0f} kB for each more, {more / less:.2f} times"


# -- the others --------------------------------------------------------------------


def install_peers(folder: Path) -> str:
    """Install the wheel of this checkout and the other linters in a folder, unless it exists. Return the command.

    Raises:
        SystemExit: hatchling or npm is missing, or an installation fails.
    """
    programs = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    if not folder.exists():
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit("--peers: npm is not installed")
        folder.mkdir(parents=True)
        variables = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
        wheel = ("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
        try:
            subprocess.run((sys.executable, *wheel), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            subprocess.run((sys.executable, "-m", "venv", str(folder / "venv")), check=True)
            python = str(programs / "python")
            packages = (*map(str, folder.glob("*.whl")), *_PYPI)
            subprocess.run((python, "-m", "pip", "install", "--quiet", *packages), env=variables, check=True)
            subprocess.run((npm, "install", "--silent", "--prefix", str(folder), *_NPM), check=True)
        except subprocess.CalledProcessError as error:
            shutil.rmtree(folder)
            raise SystemExit(f"--peers: {error}") from None
    return shlex.join((str(programs / "reportlint"),))


# -- another commit --------------------------------------------------------------


_SHORT_REPORT = "# Report of the Committee on Harbour Safety\n\n1. The Committee adopted its agenda.\n"
_OTHER = "the other"
_MOST_REAL_SIZE = 200 * _KB
_REAL_DOCUMENTS = 9


def unpacked_wheel(checkout: Path, folder: Path) -> Path:
    """Build the wheel of a checkout, unpack and compile it in ``folder``, and return the folder to import from."""
    build = (sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    subprocess.run(build, cwd=checkout, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    shutil.unpack_archive(wheel, folder / "unpacked", "zip")
    subprocess.run((sys.executable, "-m", "compileall", "-q", str(folder / "unpacked")), check=True)
    return folder / "unpacked"


def checked_out(commit: str, folder: Path) -> Path:
    """Return a folder with the files of a commit."""
    archive = folder.with_suffix(".tar")
    subprocess.run(("git", "archive", "--output", str(archive), commit), cwd=ROOT, check=True)
    shutil.unpack_archive(archive, folder)
    return folder


def comparisons(folder: Path, drafts: Sequence[Path], count: int) -> Iterator[tuple[str, Path, bool]]:
    """Write what ``--against`` measures. Yield a title, a file or folder, and whether to use the cache of results.

    ``count`` is the number of different files.
    """
    start, one, clean, real = folder / "start", folder / "one", folder / "clean", folder / "real"
    start.mkdir()
    (start / "short.md").write_text(_SHORT_REPORT, encoding="utf-8")
    write_corpus(one, drafts[:1], 1, _FILE_SIZE)
    (file,) = one.iterdir()
    yield "a report of one paragraph", start / "short.md", False
    yield f"one file of {file.stat().st_size / _KB:.0f} kB", file, False
    yield "the same file, its result cached", file, True
    shutil.copytree(ROOT / "examples" / "clean", clean)
    yield f"the {len(list(clean.iterdir()))} clean examples", clean, False
    write_corpus(folder / "different", drafts, count, _FILE_SIZE)
    yield f"{count} different files", folder / "different", False
    corpus = sorted(path for kind in ("*.en.txt", "*.fr.txt", "*.md") for path in real_documents().glob(kind))
    small = [path for path in corpus if path.stat().st_size <= _MOST_REAL_SIZE]
    if small:
        real.mkdir()
        for path in small[:: max(1, len(small) // _REAL_DOCUMENTS)][:_REAL_DOCUMENTS]:
            shutil.copy(path, real)
        yield f"{len(list(real.iterdir()))} real documents", real, False


def verify_result(tool: Tool, target: Path, variables: Mapping[str, str]) -> None:
    """Verify that a command prints a result: the exit code of findings is also that of a Python that cannot start it.

    Raises:
        SystemExit: it does not.
    """
    command, environment = tool.on(target), tool.variables(variables)
    done = subprocess.run(command, env=environment, cwd=target.parent, capture_output=True, check=False)
    try:
        json.loads(done.stdout)["findings"]
    except (ValueError, LookupError):
        raise SystemExit(f"{tool.name} does not print findings: {done.stderr.decode(errors='replace')}") from None


def compare(commit: str, plan: Plan, folder: Path, variables: Mapping[str, str], drafts: Sequence[Path]) -> bool:
    """Measure this checkout against a commit, and print. Return whether every run succeeded."""
    trees = {
        OURS: unpacked_wheel(ROOT, folder / "this"),
        _OTHER: unpacked_wheel(checked_out(commit, folder / "source"), folder / "other"),
    }
    variables = {**variables, "XDG_CACHE_HOME": str(folder / "cache")}
    baseline = Tool(BASELINE, (sys.executable, "-c", IMPORTS), bare=True, rehearsed=True)
    succeeded = True
    print(f"\nprocessor time against {commit}\n  {'':34}{'time':>10}{'× the other':>13}{'× the libraries':>17}")
    for title, target, cached in comparisons(folder, drafts, plan.folders[-1]):
        tools = [baseline]
        for name, tree in trees.items():
            options = ("check", "--jobs", "1", "--stage", "publication", "--output-format", "json")
            cache = ("--cache-dir", str(folder / f"cache of {name}")) if cached else ("--no-cache",)
            tool = Tool(name, (sys.executable, "-m", "reportlint", *options, *cache), rehearsed=True, packages=tree)
            verify_result(tool, target, variables)
            tools.append(tool)
        samples = take_turns(tools, target, plan.long_runs if target.is_dir() else plan.runs, variables)
        failures = [f"{name}: {taken[-1].failure}" for name, taken in samples.items() if taken[-1].failure]
        if failures:
            print(f"  {title:34}  failed: {'; '.join(failures)}", flush=True)
            succeeded = False
            continue
        ours, other, libraries = ([sample.work or sample.seconds for sample in taken] for taken in (
            samples[OURS], samples[_OTHER], samples[BASELINE]
        ))  # fmt: skip
        times = [statistics.median(map(operator.truediv, ours, others)) for others in (other, libraries)]
        time = _duration(statistics.median(ours))
        print(f"  {title:34}{time:>10}{times[0]:>13.2f}{times[1]:>17.2f}", flush=True)
    return succeeded


# -- the longest documents -------------------------------------------------------


def real_documents() -> Path:
    """Return the folder of the real documents, which may not exist."""
    return Path(os.environ.get("REPORTLINT_CORPUS", ROOT.parent / "shared" / "corpus"))


def longest_real_document() -> Path | None:
    """Return the longest plain-text file among the real documents, or ``None`` if they are not available."""
    folder = real_documents()
    return max(folder.glob("*.txt"), key=lambda path: path.stat().st_size, default=None)


def write_parts(folder: Path, document: Path) -> list[Path]:
    """Write a quarter of a document, half of it (both by lines), the whole, and the whole twice. Return the paths."""
    folder.mkdir()
    lines = document.read_text(encoding="utf-8").splitlines(keepends=True)
    parts = {"quarter": lines[: len(lines) // 4], "half": lines[: len(lines) // 2], "whole": lines, "twice": lines * 2}
    for name, part in parts.items():
        (folder / f"{name}-{document.name}").write_text("".join(part), encoding="utf-8", newline="\n")
    return [folder / f"{name}-{document.name}" for name in parts]


def _measure_all_documents(
    ours: Tool, plan: Plan, folder: Path, variables: Mapping[str, str], drafts: Sequence[Path]
) -> bool:
    documents: list[Path] = []
    for size in plan.documents:
        write_corpus(folder / f"document-{size}", drafts, 1, size)
        documents += (folder / f"document-{size}").iterdir()
    succeeded = _measure_documents("one document", ours, plan, variables, documents)
    real = longest_real_document() if plan.real else None
    if real is None:
        return succeeded
    parts = write_parts(folder / "real", real)
    return _measure_documents(f"{real.name} in parts", ours, plan, variables, parts) and succeeded


def _measure_documents(
    title: str, ours: Tool, plan: Plan, variables: Mapping[str, str], documents: Sequence[Path]
) -> bool:
    succeeded = True
    smallest: Sequence[Sample] = ()
    print(f"\n{title}: the time for each MB is constant if time is linear in the length")
    for document in documents:
        size = document.stat().st_size / _MB
        taken = take_turns([ours], document, plan.long_runs, variables)[OURS]
        if taken[-1].failure:
            print(f"  {size:6.2f} MB  failed: {taken[-1].failure}")
            succeeded = False
            continue
        smallest = smallest or taken
        seconds = statistics.median(sample.seconds for sample in taken)
        first = statistics.median(sample.seconds for sample in smallest)
        memory = max((sample.memory for sample in taken if sample.memory is not None), default=0)
        print(
            f"  {size:6.2f} MB  {_duration(seconds):>10}  {_duration(seconds / size)} for each MB, "
            f"{seconds / first:.2f} times the smallest, {memory / _MB:.0f} MB of memory",
            flush=True,
        )
    return succeeded


def _print(lines: Iterator[str]) -> None:
    print()
    for line in lines:
        print(line, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the tables. Return 1 if any run of reportlint failed, else 0."""
    parser = argparse.ArgumentParser(description="Measure the speed of reportlint against other linters.")
    parser.add_argument(
        "--command", help="reportlint command to measure (default: python -m reportlint with this interpreter)"
    )
    parser.add_argument("--runs", type=int, help="number of measured runs of each command with one file")
    parser.add_argument("--long-runs", type=int, help="the same with folders and long documents")
    parser.add_argument("--quick", action="store_true", help="use a tiny corpus and one run")
    parser.add_argument("--against", metavar="COMMIT", help="compare this checkout with another commit instead")
    parser.add_argument(
        "--peers", type=Path, metavar="FOLDER", help="install reportlint and the others there, and measure them"
    )
    given = parser.parse_args(arguments)
    plan = QUICK if given.quick else FULL
    runs = plan.runs if given.runs is None else given.runs
    long_runs = plan.long_runs if given.long_runs is None else given.long_runs
    if min(runs, long_runs) < 1:
        parser.error("--runs and --long-runs must be 1 or more")
    plan = replace(plan, runs=runs, long_runs=long_runs)
    if given.peers and (given.command or given.against):
        parser.error("--peers goes with neither --command nor --against")
    chosen = install_peers(given.peers.absolute()) if given.peers else given.command
    command = tuple(shlex.split(chosen)) if chosen else (sys.executable, "-m", "reportlint")
    if not command:
        parser.error("--command is empty")
    interpreter = interpreter_of(command)
    variables = environment(interpreter)
    with tempfile.TemporaryDirectory() as folder:
        if given.against:
            return 0 if compare(given.against, plan, Path(folder), variables, example_drafts()) else 1
        print(describe(interpreter, variables))
        succeeded = measure(command, plan, Path(folder), variables, interpreter)
    return 0 if succeeded else 1


if __name__ == "__main__":
    sys.exit(main())
