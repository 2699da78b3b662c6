"""Many paths: finding the drafts, reading them, running the rules over each."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from reportlint.decision import decide
from reportlint.document import Document, Source, UnreadableInput, join
from reportlint.engine import CRASHED, UNREADABLE, Outcome, lint, stopped, unreadable
from reportlint.facts.masthead import DocumentKind
from reportlint.injection import taken_from_card
from reportlint.knowledge.cards import Checks
from reportlint.knowledge.rulebook import Rulebook
from reportlint.knowledge.yamlfile import DataError
from reportlint.options import Options, SetupError
from reportlint.plugins import BUILTIN, Parts, load_parts
from reportlint.reporters.run import FileReport, Run, State
from reportlint.ruleset import ENGINE_CHECK, Rules

STANDARD_INPUT = "-"
_WORD_SUFFIXES = (".docx", ".doc")
_MARKDOWN_SUFFIX = ".md"
_TEXT_SUFFIX = ".txt"
_GIT_SECONDS = 30


class Chooser(Protocol):
    """Says which rules are for which file."""

    def base(self, path: str) -> Rules:
        """The rules of the run as a whole, in which its summary speaks; ``path`` is the first that is asked for."""

    def assign(self, paths: Sequence[str]) -> list[Rules | None]:
        """The rules for each of some files; ``None`` for one that is excluded.

        Raises:
            DataError: configuration or cards are not as they should be, with every mistake.
        """


@dataclass(frozen=True)
class Everywhere:
    """The same rules for every file."""

    rules: Rules

    def base(self, path: str) -> Rules:
        return self.rules

    def assign(self, paths: Sequence[str]) -> list[Rules | None]:
        return [self.rules for _ in paths]


def exit_code(run: Run) -> int:
    """0 clean, 1 findings that fail the run, 2 something could not be read or a rule crashed, 3 no draft."""
    codes = {finding.code for finding in run.findings}
    if codes & {CRASHED, UNREADABLE} or run.rules.broken_plugins:
        return 2
    if not run.files:
        return 0 if run.excluded else 3
    return int(any(map(_fails, run.files)))


def _fails(file: FileReport) -> bool:
    return any(
        decide(file.rules.by_code[one.code], file.rules.options, one.severity, waived=one.suppressed).fails
        for one in file.findings
    )


def make_rules(options: Options, parts: Parts | None = None) -> Rules:
    """The rules in force for some options.

    Raises:
        SetupError: the options or a plugin ask for what does not exist.
        DataError: a card, lexicon or register is not as it should be.
    """
    parts = parts or load_parts()
    try:
        return _rules_of(options, parts)
    except (SetupError, DataError):
        sound = sound_parts(parts)
        if sound.broken == parts.broken:
            raise
        return _rules_of(options, sound)


def sound_parts(parts: Parts) -> Parts:
    """The parts without those plugins whose cards, checks or facts cannot be used beside the others'."""
    kept = [one for one in parts.plugins if one.name == BUILTIN]
    waiting = {one.name: one for one in parts.plugins if one.name != BUILTIN and not one.error}
    errors: dict[str, str] = {}
    fits = True
    while fits:  # one may need what another provides
        fits = False
        for name, plugin in list(waiting.items()):
            try:
                _rules_of(Options(), Parts.of([*kept, plugin]))
            except (SetupError, DataError) as error:
                errors[name] = f"is broken: {error}"
            else:
                kept.append(waiting.pop(name))
                fits = True
    return Parts.of(replace(one, error=errors[one.name]) if one.name in waiting else one for one in parts.plugins)


def _rules_of(options: Options, parts: Parts) -> Rules:
    rulebook = Rulebook((*parts.folders, *options.folders))
    return Rules(
        rulebook,
        rulebook.cards(known_checks(parts)),
        parts.checks,
        parts.facts,
        options,
        readers=parts.readers,
        reporters=parts.reporters,
        broken_plugins=parts.broken,
    )


def known_checks(parts: Parts) -> Checks:
    """The checks that a card may name, with what they take from it."""
    return {ENGINE_CHECK: None, **{check.name: taken_from_card(check.function) for check in parts.checks}}


def suffix_of(path: str, rules: Rules) -> str:
    """The suffix by which a file is read; a file with another suffix is read as plain text."""
    suffix = Path(path).suffix.lower()
    return suffix if suffix in rules.readers else _TEXT_SUFFIX


def check_source(source: Source, suffix: str, rules: Rules) -> FileReport:
    """Check one text already decoded, read as a file with that suffix would be."""
    return _report(rules.readers[suffix](source), rules)


def _report(document: Document, rules: Rules) -> FileReport:
    outcome, source = lint(document, rules), document.source
    return FileReport(
        source.path, _state(outcome), rules, outcome.language, outcome.findings, source, outcome.facts
    )  # fmt: skip


def _state(outcome: Outcome) -> State:
    if outcome.kind is DocumentKind.NOT_UN:
        return State.NOT_UN
    return State.NO_LANGUAGE if outcome.language is None else State.CHECKED


def _unreadable(path: str, error: str, rules: Rules) -> FileReport:
    return FileReport(path, State.UNREADABLE, rules, findings=(unreadable(path, error, rules),))


def _stopped(path: str, error: Exception, rules: Rules) -> FileReport:
    return FileReport(path, State.UNREADABLE, rules, findings=(stopped(path, error, rules),))


def check_paths(
    paths: Sequence[str],
    chooser: Chooser,
    stdin: bytes = b"",
    stdin_name: str = "<stdin>",
    *,
    keep_facts: bool = False,
) -> Run:
    """Check files, folders and standard input ("-"). No file keeps another from being checked.

    ``keep_facts``: the reports have the facts, which take many times the memory of the texts.

    Raises:
        DataError: configuration or cards are not as they should be.
    """
    base = chooser.base(paths[0] if paths else ".")
    notes = list(base.broken_plugins)
    inputs = list(_inputs(paths, base, stdin_name, notes))
    reports: dict[str, FileReport] = {}
    excluded: list[str] = []
    files = {os.path.abspath(one.name): one for one in inputs}
    for one, rules in zip(inputs, chooser.assign([one.name for one in inputs]), strict=True):
        if one.name in reports:
            continue  # with another part of its report
        if one.error:
            reports[one.name] = _unreadable(one.name, one.error, rules or base)
        elif rules is None:
            excluded.append(one.name)
            if one.named:
                notes.append(f"{one.name}: excluded by the configuration; skipped")
        else:
            parts = _parts(one, rules, files)
            if parts:
                rules = chooser.assign([parts[0].name])[0] or rules  # noqa: PLW2901
            for report in _check(parts or [one], stdin, rules):
                reports[report.path] = report if keep_facts else replace(report, facts=None)
    return Run(
        tuple(reports[name] for name in sorted(reports)), base.options, base, tuple(notes), tuple(excluded)
    )  # fmt: skip


@dataclass(frozen=True)
class _Input:
    """One thing to check: a file, or standard input (no file). ``named``: a path says this very file."""

    name: str
    file: Path | None
    error: str = ""
    named: bool = True


def _inputs(paths: Sequence[str], rules: Rules, stdin_name: str, notes: list[str]) -> Iterator[_Input]:
    """What the paths mean, each once, though one file may be named in several ways."""
    seen: set[str] = set()
    for path in paths or (".",):
        if path == STANDARD_INPUT:
            if STANDARD_INPUT not in seen:
                seen.add(STANDARD_INPUT)
                yield _Input(stdin_name, None)
            continue
        for file, error in _drafts(Path(path), tuple(rules.readers), notes):
            place = os.path.abspath(file)
            if place not in seen:
                seen.add(place)
                yield _Input(file.as_posix(), file, error, file == Path(path))


def _parts(one: _Input, rules: Rules, files: Mapping[str, _Input]) -> list[_Input]:
    """All parts of the report that a file is a part of; those in ``files`` as they were named."""
    parts = {os.path.abspath(part): part for part in rules.options.parts}
    if os.path.abspath(one.name) not in parts:
        return []
    found: list[_Input] = []
    for place, part in parts.items():
        error = "" if part.is_file() else "no such file"
        found.append(files.get(place) or _Input(part.as_posix(), part, error, named=False))
    return found


def _check(inputs: Sequence[_Input], stdin: bytes, rules: Rules) -> Iterator[FileReport]:
    """Check one file, or the parts of a report as one document; each finding is that of the file it stands in."""
    documents: list[Document] = []
    for one in inputs:
        try:
            documents.append(_read(one, stdin, rules))
        except UnreadableInput as error:
            yield _unreadable(one.name, str(error), rules)
        except Exception as error:  # a file must not take the others with it
            yield _stopped(one.name, error, rules)
    if len(documents) < len(inputs):
        # Rules would report what only the missing part says.
        for document in documents:
            yield _unreadable(document.source.path, "another part of its report cannot be read", rules)
        return
    whole = documents[0] if len(documents) == 1 else join(documents)
    try:
        report = _report(whole, rules)
    except Exception as error:
        yield _stopped(whole.source.path, error, rules)
        return
    for document in documents:
        path = document.source.path
        yield replace(report, path=path, findings=tuple(one for one in report.findings if one.place.path == path))


def _read(one: _Input, stdin: bytes, rules: Rules) -> Document:
    """The document of one input.

    Raises:
        UnreadableInput: it is not there, cannot be opened, or is no text.
    """
    if one.error:
        raise UnreadableInput(one.error)
    try:
        data = one.file.read_bytes() if one.file else stdin
    except OSError as error:
        raise UnreadableInput(error.strerror or str(error)) from None
    suffix = suffix_of(one.name, rules) if one.file or Path(one.name).suffix else _MARKDOWN_SUFFIX
    return rules.readers[suffix](Source.from_bytes(data, one.name))


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
