"""Many paths: finding the drafts, reading them, running the rules over each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reportlint.document import Source, UnreadableInput
from reportlint.engine import CRASHED, UNREADABLE, lint, stopped, unreadable
from reportlint.facts.masthead import DocumentKind
from reportlint.finding import Severity
from reportlint.knowledge.rulebook import Rulebook
from reportlint.options import Options
from reportlint.plugins import Parts, load_parts
from reportlint.reporters.run import FileReport, Run, State
from reportlint.ruleset import Rules

STANDARD_INPUT = "-"
_WORD_SUFFIXES = (".docx", ".doc")
_MARKDOWN_SUFFIX = ".md"
_TEXT_SUFFIX = ".txt"
_GIT_SECONDS = 30


def exit_code(run: Run, fail_on: Severity) -> int:
    """0 clean, 1 findings at or above ``fail_on``, 2 something could not be read or a rule crashed, 3 no draft."""
    codes = {finding.code for finding in run.findings}
    if codes & {CRASHED, UNREADABLE} or run.rules.broken_plugins:
        return 2
    if not run.files:
        return 3
    return int(any(one.severity.weight >= fail_on.weight for one in run.findings if not one.suppressed))


def make_rules(options: Options, parts: Parts | None = None) -> Rules:
    """The rules in force for some options.

    Raises:
        SetupError: the options or a plugin ask for what does not exist.
        DataError: a card, lexicon or register is not as it should be.
    """
    parts = parts or load_parts()
    rulebook = Rulebook(parts.folders)
    checks = parts.checks
    names = {check.name for check in checks} | {"engine"}
    return Rules(
        rulebook,
        rulebook.cards(names),
        checks,
        parts.facts,
        options,
        readers=parts.readers,
        reporters=parts.reporters,
        broken_plugins=parts.broken,
    )


def suffix_of(path: str, rules: Rules) -> str:
    """The suffix by which a file is read; a file with another suffix is read as plain text."""
    suffix = Path(path).suffix.lower()
    return suffix if suffix in rules.readers else _TEXT_SUFFIX


def check_source(source: Source, suffix: str, rules: Rules) -> FileReport:
    """Check one text already decoded, read as a file with that suffix would be."""
    document = rules.readers[suffix](source)
    outcome = lint(document, rules)
    state = State.CHECKED
    if outcome.kind is DocumentKind.NOT_UN:
        state = State.NOT_UN
    elif outcome.language is None:
        state = State.NO_LANGUAGE
    return FileReport(source.path, state, outcome.language, outcome.findings, source, outcome.facts)


def check_bytes(data: bytes, path: str, suffix: str, rules: Rules) -> FileReport:
    """Check the content of one file; what is no text becomes a finding."""
    try:
        source = Source.from_bytes(data, path)
    except UnreadableInput as error:
        return _unreadable(path, str(error), rules)
    try:
        return check_source(source, suffix, rules)
    except Exception as error:  # a file must not take the others with it
        return FileReport(path, State.UNREADABLE, findings=(stopped(path, error, rules),))


def _unreadable(path: str, error: str, rules: Rules) -> FileReport:
    return FileReport(path, State.UNREADABLE, findings=(unreadable(path, error, rules),))


def check_paths(
    paths: Sequence[str],
    rules: Rules,
    stdin: bytes = b"",
    stdin_name: str = "<stdin>",
    *,
    keep_facts: bool = False,
) -> Run:
    """Check files, folders and standard input ("-"). No file keeps another from being checked.

    ``keep_facts``: the reports have the facts, which take many times the memory of the texts.
    """
    reports: dict[str, FileReport] = {}

    def kept(report: FileReport) -> FileReport:
        return report if keep_facts else replace(report, facts=None)

    notes = list(rules.broken_plugins)
    seen: set[str] = set()  # one file may be named in several ways
    for path in paths or (".",):
        if path == STANDARD_INPUT:
            suffix = suffix_of(stdin_name, rules) if Path(stdin_name).suffix else _MARKDOWN_SUFFIX
            reports[stdin_name] = kept(check_bytes(stdin, stdin_name, suffix, rules))
            continue
        for file, error in _drafts(Path(path), tuple(rules.readers), notes):
            name, place = file.as_posix(), os.path.abspath(file)
            if place not in seen:
                seen.add(place)
                report = _unreadable(name, error, rules) if error else _check_file(file, name, rules)
                reports[name] = kept(report)
    files = tuple(reports[name] for name in sorted(reports))
    return Run(files, rules.options, rules, tuple(notes))


def _check_file(path: Path, name: str, rules: Rules) -> FileReport:
    try:
        data = path.read_bytes()
    except OSError as error:
        return _unreadable(name, error.strerror or str(error), rules)
    return check_bytes(data, name, suffix_of(name, rules), rules)


def _drafts(path: Path, suffixes: tuple[str, ...], notes: list[str]) -> Iterator[tuple[Path, str]]:
    """The drafts that a named path means, with an error for one that cannot be used."""
    try:
        is_folder, exists = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:  # a name too long, a folder that may not be entered
        yield path, getattr(error, "strerror", None) or str(error)
        return
    if is_folder:
        word = []
        for file in _files_below(path):
            if file.suffix.lower() in suffixes:
                yield file, ""
            elif file.suffix.lower() in _WORD_SUFFIXES:
                word.append(file.as_posix())
        notes += [f"{name}: Word files are not read yet; skipped" for name in word]
    elif not exists:
        yield path, "no such file"
    elif path.suffix.lower() in _WORD_SUFFIXES:
        yield path, "Word files are not read yet; save it as text or Markdown"
    else:
        yield path, ""


def _files_below(folder: Path) -> list[Path]:
    """The files of a folder, without what git ignores where the folder is in a repository."""
    import subprocess  # noqa: PLC0415 - only folders need it

    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "-co", "--exclude-standard"],
            cwd=folder,
            capture_output=True,
            timeout=_GIT_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        listed = None
    if listed is not None and listed.returncode == 0:
        names = listed.stdout.decode("utf-8", "surrogateescape").split("\0")
        found: Iterable[Path] = (folder / name for name in names if name)
    else:
        found = folder.rglob("*")
    return sorted(file for file in found if file.is_file() and ".git" not in file.parts)
