"""What must hold for every case. A violation is a failure with a kind, which the reduction of a case keeps."""

from __future__ import annotations

import codecs
import json
import re
import signal
import time
import traceback
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from html.parser import HTMLParser
from typing import Any, NamedTuple
from unicodedata import category
from xml.etree import ElementTree

from fuzzing.cases import Case
from fuzzing.word_verification import word_faults
from reportlint import FileReport, FileState, Finding, Linter, Place, Reports, Run
from reportlint.cli.outline_data import outline_data
from reportlint.cli.outline_text import outline_lines
from reportlint.document import Source
from reportlint.document.source import fold
from reportlint.finding import Edit, SuppressedBy
from reportlint.word import WordSource

SLOW = 2.0  # seconds of processor time
_LIMIT = 30.0  # seconds of processor time after which a case is interrupted
_LINE_END = re.compile(r"\r\n|\n|\r")
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_JSON_FORMATS = ("json", "jsonl", "sarif", "gitlab")
_TERMINAL_FORMATS = ("text", "concise", "github")


class Failure(NamedTuple):
    """A violation: its kind, its details, and where the error was raised, if one was."""

    kind: str
    detail: str
    place: str = ""

    @property
    def identity(self) -> tuple[str, str]:
        return self.kind, self.place or re.sub(r"\d+", "0", self.detail)[:60]


class Outcome(NamedTuple):
    """The result of a case: its JSON, the codes of its findings, its state, its processor time and its failures."""

    output: str
    codes: frozenset[str]
    state: str
    seconds: float
    failures: tuple[Failure, ...]


class _Interrupted(BaseException):
    """A case takes too long. No handler of the linter may catch it."""


class Verifier:
    """Checks cases with linters that are kept."""

    def __init__(self) -> None:
        self._base = Linter()
        self._linters: dict[tuple[str | None, str, str], Linter] = {}

    def linter(self, case: Case) -> Linter:
        """Return the linter with the settings of a case."""
        settings = (case.language, case.stage, case.message_language)
        if settings not in self._linters:
            self._linters[settings] = self._base.with_settings(
                language=case.language, stage=case.stage, message_language=case.message_language
            )
        return self._linters[settings]

    def outcome(self, case: Case, *, all_formats: bool = False) -> Outcome:
        """Check a case, and with ``all_formats`` write it in all formats and as an outline."""
        linter = self.linter(case)
        failures: list[Failure] = []
        start = time.process_time()
        output, codes, state = "", frozenset[str](), ""
        try:
            with _time_limit(), warnings.catch_warnings():
                warnings.simplefilter("error")
                report = linter.check(case.data, case.path)
                run = Run(Reports.of([report]), linter.rules.options, linter.rules)
                output = "".join(linter.rules.reporters["json"](run))
                seconds = time.process_time() - start
                codes, state = frozenset(finding.code for finding in report.findings), report.state.value
                failures += violations(case, report, output)
                if isinstance(report.source, WordSource):
                    failures += (Failure("word", fault) for fault in word_faults(case.data, report.source.view))
                if all_formats:
                    failures += _format_violations(linter, report, run)
        except _Interrupted as error:
            seconds = time.process_time() - start
            failures.append(Failure("hangs", f"more than {_LIMIT:.0f} seconds", _raised_at(error)))
        except Exception as error:
            seconds = time.process_time() - start
            failures.append(Failure("raises", f"{type(error).__name__}: {error}", _raised_at(error)))
        if seconds > SLOW:
            failures.append(Failure("slow", f"{seconds:.1f} seconds of processor time"))
        return Outcome(output, codes, state, seconds, tuple(failures))


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raise an error in the block if it takes too much processor time; no limit where the system has no timer."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def interrupt(*_: object) -> None:
        raise _Interrupted

    previous = signal.signal(signal.SIGPROF, interrupt)
    signal.setitimer(signal.ITIMER_PROF, _LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)


def _raised_at(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "reportlint" in frame.filename] or list(frames)
    return f"{ours[-1].filename.rpartition('reportlint/')[2]}:{ours[-1].name}" if ours else ""


# -- the findings --------------------------------------------------------------


def violations(case: Case, report: FileReport, output: str) -> Iterator[Failure]:
    """Yield what is wrong with the findings of a case and with their JSON."""
    data = json.loads(output)
    for finding in report.findings:
        if finding.code == "RPL003":
            yield Failure("crash", finding.message, f"{finding.fields['check']} {finding.fields['error']}"[:80])
    if len(data["findings"]) != len(report.findings):
        yield Failure("json", "the numbers of findings differ")
    for finding, entry in zip(report.findings, data["findings"], strict=False):
        yield from _json_violations(finding, entry)
        yield from _field_violations(finding)
    keys = [finding.sort_key for finding in report.findings]
    if keys != sorted(keys):
        yield Failure("order", "the findings are not sorted")
    identities = {(finding.code, finding.fingerprint) for finding in report.findings}
    if len(identities) != len(report.findings):
        yield Failure("fingerprint", "two findings have the same code and fingerprint")
    if report.state is FileState.UNREADABLE:
        if not {finding.code for finding in report.findings} <= {"RPL003", "RPL004"} or not report.findings:
            yield Failure("state", "an unreadable file needs a finding that says so, and no other")
    elif report.source is None:
        yield Failure("state", "a file that was read has no text")
    else:
        text = _Text(case.data, report.source)
        for finding in report.findings:
            if finding.code not in ("RPL003", "RPL004"):
                yield from text.violations(finding)


def _json_violations(finding: Finding, entry: dict[str, Any]) -> Iterator[Failure]:
    place = finding.place
    stated = (entry["code"], entry["line"], entry["column"], entry["end_line"], entry["end_column"], entry["message"])
    actual = (finding.code, place.line, place.column, place.end_line, place.end_column, finding.message)
    if stated != actual:
        yield Failure("json", f"{stated} is not {actual}")
    if entry["severity"] not in ("error", "warning", "info") or entry["confidence"] not in ("high", "medium", "low"):
        yield Failure("json", f"severity {entry['severity']}, confidence {entry['confidence']}")


def _field_violations(finding: Finding) -> Iterator[Failure]:
    if not finding.message.strip() or not finding.why.strip():
        yield Failure("message", f"{finding.code} has an empty message")
    for name in finding.fields:
        if f"{{{name}}}" in finding.message.replace(str(finding.fields[name]), ""):
            yield Failure("message", f"{finding.code}: {{{name}}} is not filled in")
    if not _FINGERPRINT.fullmatch(finding.fingerprint):
        yield Failure("fingerprint", f"{finding.code}: “{finding.fingerprint}”")
    if finding.suppression and finding.suppression.by is not SuppressedBy.COMMENT:
        yield Failure("state", f"{finding.code} is suppressed by {finding.suppression.by}")


class _Text:
    """The text of a case, decoded here and independently of the linter; that of a Word file is its view."""

    def __init__(self, data: bytes, source: Source) -> None:
        if isinstance(source, WordSource):
            self.original = source.original
        else:
            encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8-sig")
            self.original = data.decode(encoding).removeprefix("\ufeff")
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(self.original))]
        self.ends = [*(match.start() for match in _LINE_END.finditer(self.original)), len(self.original)]
        self.source = source

    def violations(self, finding: Finding) -> Iterator[Failure]:
        for place in (finding.place, *finding.related):
            yield from self._place_violations(finding.code, place)
        for edit in finding.fix.edits if finding.fix else ():
            if self._range(edit) is None:
                yield Failure("position", f"{finding.code}: an edit is outside the text: {edit}", finding.code)

    def _place_violations(self, code: str, place: Place) -> Iterator[Failure]:
        text = self.source.text
        if not place.where.strip():
            yield Failure("position", f"{code}: the place has no name", code)
        if not 0 <= place.start <= place.end <= len(text):
            yield Failure("position", f"{code}: offsets outside the text: {place}", code)
            return
        span = self._range(place)
        if span is None:
            yield Failure("position", f"{code}: outside the text: {place}", code)
        elif self.source.position(place.start) != (place.line, place.column):
            yield Failure("position", f"{code}: the start is not at its offset: {place}", code)
        else:
            typed, words = fold(self.original[slice(*span)]), text[place.start : place.end]
            # A place includes the combining marks after its last letter.
            if not (typed.startswith(words) and all(category(mark)[0] == "M" for mark in typed[len(words) :])):
                yield Failure("position", f"{code}: “{typed[:60]}” is not “{words[:60]}”", code)

    def _range(self, place: Place | Edit) -> tuple[int, int] | None:
        """Return the range in the original text; ``None`` if the lines or columns are outside it."""
        start, end = self._offset(place.line, place.column), self._offset(place.end_line, place.end_column)
        return (start, end) if start is not None and end is not None and start <= end else None

    def _offset(self, line: int, column: int) -> int | None:
        if not (1 <= line <= len(self.starts) and column >= 1):
            return None
        offset = self.starts[line - 1] + column - 1
        return offset if offset <= self.ends[line - 1] else None


# -- the formats ---------------------------------------------------------------


def _written(reporter: Callable[..., str | Iterable[str]], run: Run) -> str:
    return "".join(reporter(run, colour=False, width=80))


def _format_violations(linter: Linter, report: FileReport, run: Run) -> Iterator[Failure]:
    for name, reporter in linter.rules.reporters.items():
        yield from _guarded(
            f"format {name}", partial(_written, reporter, run), partial(_misread, name)
        )  # fmt: skip
    if report.language is None or report.draft is None or report.state is FileState.UNREADABLE:
        return
    lexicon = linter.rules.lexicon(linter.rules.options.message_language)

    def outline() -> str:
        data = outline_data(report)
        text = "\n".join(outline_lines(data, lexicon))
        if json.loads(json.dumps(data, ensure_ascii=False)) != data:
            raise ValueError("the data of the outline cannot be written as JSON")
        return text

    yield from _guarded("outline", outline, _control_characters)


def _guarded(kind: str, write: Callable[[], str], fault: Callable[[str], str]) -> Iterator[Failure]:
    try:
        text = write()
    except Exception as error:
        yield Failure(kind, f"{type(error).__name__}: {error}", _raised_at(error))
        return
    try:
        message = fault(text)
        text.encode()
    except Exception as error:
        yield Failure(kind, f"{type(error).__name__}: {error}", f"{type(error).__name__} {str(error)[:25]}")
        return
    if message:
        yield Failure(kind, message)


def _misread(name: str, text: str) -> str:
    """Return what is wrong with an output, or ""."""
    if name in _JSON_FORMATS:
        for part in text.splitlines() if name == "jsonl" else [text]:
            json.loads(part)
    elif name == "junit":
        ElementTree.fromstring(text)
    elif name == "html":
        return _html_fault(text)
    elif name in _TERMINAL_FORMATS:
        return _control_characters(text)
    return ""


def _control_characters(text: str) -> str:
    """Return a message about a character that could rearrange or hide output in a terminal, or ""."""
    for character in set(text) - {"\n", "\t"}:
        if (
            category(character) in ("Cc", "Cs")
            or "\u202a" <= character <= "\u202e"
            or "\u2066" <= character <= "\u2069"
        ):
            return f"the character U+{ord(character):04X} is in the output"
    return ""


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.fault = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.fault = self.fault or f"</{tag}> closes another element"


def _html_fault(text: str) -> str:
    parser = _Elements()
    parser.feed(text)
    parser.close()
    return parser.fault or (f"<{parser.open[-1]}> is not closed" if parser.open else "")
