"""The outputs of a run: one format on standard output, and any number of formats in files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reportlint.cli.terminal import message_stream, result_stream
from reportlint.errors import SetupError, describe
from reportlint.files import Protected, is_stream, refusal, same_file, write_guarded
from reportlint.knowledge.suggestions import did_you_mean
from reportlint.reporters import REPORTERS

if TYPE_CHECKING:
    from reportlint.engine.rules import Rules
    from reportlint.language.lexicon import Lexicon
    from reportlint.report import Run

Reporter = Callable[..., str]
_WIDTH = 80
_STREAMS = {
    "/dev/stdout": result_stream,
    "/dev/fd/1": result_stream,
    "/dev/stderr": message_stream,
    "/dev/fd/2": message_stream,
}
_SHORTEST_FIRST_LINE = 8
RECORD, CLEARANCE = "record", "clearance"
CLEARANCE_FORMATS = (RECORD, CLEARANCE)
"""The formats of files that are written only if nothing fails the run; see ``clearance_files``."""


class OutputFile(NamedTuple):
    """A file to be written in a format."""

    format: str
    path: str


def parse_output_file(text: str) -> OutputFile:
    """Parse the value of ``--output-file``, such as "sarif=report.sarif".

    Raises:
        ValueError: the format or the path is missing.
    """
    name, _, path = text.partition("=")
    if not (name and path):
        raise ValueError("write it as FORMAT=PATH, such as sarif=report.sarif")
    return OutputFile(name, path)


def verify_outputs(
    format: str, files: Sequence[OutputFile], reporters: Mapping[str, Reporter], baseline: str | None = None
) -> None:
    """Verify the format on standard output, the output files and the baseline to write before anything is checked.

    Raises:
        SetupError: a format is unknown, a file is named twice, or a clearance is to be written to what is no file.
    """
    if format in CLEARANCE_FORMATS:
        raise SetupError(f"“{format}” is a format of files only; use --output-file {format}=PATH")
    for name in (format, *(file.format for file in files)):
        if name not in (*reporters, *CLEARANCE_FORMATS):
            near = did_you_mean(name, reporters) or f" (known formats: {', '.join(reporters)})"
            raise SetupError(f"unknown output format “{name}”{near}")
    for index, file in enumerate(files):
        if file.format in CLEARANCE_FORMATS and (file.path in _STREAMS or is_stream(file.path)):
            raise SetupError(f"--output-file: {file.format} needs a file, not {file.path}")
        if any(_are_same(file.path, other.path) for other in files[:index]):
            raise SetupError(f"--output-file: {file.path} is named twice")
        if baseline and _are_same(file.path, baseline):
            raise SetupError(f"--output-file: {file.path} is also the file of --write-baseline")


def _are_same(path: str, other: str) -> bool:
    # While a command runs, the path of a standard stream may lead to another stream.
    return path == other if path in _STREAMS or other in _STREAMS else same_file(path, other)


def refusals(
    files: Sequence[OutputFile], rules: Callable[[], Rules], reporters: Mapping[str, Reporter], protected: Protected
) -> dict[str, str]:
    """Return why output files cannot be written, by path, as far as that is known before anything is checked.

    ``rules`` returns the rules of the run as a whole.
    """
    reasons: dict[str, str] = {}
    for file in files:
        if file.path not in _STREAMS:
            recognizes = _recognizer(file.format, rules, reporters)
            if reason := refusal(file.path, recognizes, protected):
                reasons[file.path] = reason
    return reasons


def _recognizer(
    format: str, rules: Callable[[], Rules], reporters: Mapping[str, Reporter]
) -> Callable[[str], bool] | None:
    """Return a function that recognizes files in a built-in format; ``None`` for a plugin's format."""
    if format == RECORD:
        from reportlint.clearance.record_file import is_record  # noqa: PLC0415 - few runs write a record

        return is_record
    if format == CLEARANCE:
        from reportlint.clearance.page import is_page  # noqa: PLC0415 - few runs write a record

        return is_page
    from reportlint.reporters.recognition import recognizer  # noqa: PLC0415 - only output files need it

    if reporters[format] is not REPORTERS.get(format):
        return None
    return recognizer(format, lambda: _languages(rules()))


def _languages(rules: Rules) -> Iterator[Lexicon]:
    """Yield the lexicons of all languages of messages, that of the options first."""
    first = rules.options.message_language
    for code in sorted(rules.rulebook.message_languages, key=lambda code: code != first):
        yield rules.lexicon(code)


def render(name: str, run: Run, reporters: Mapping[str, Reporter], *, colour: bool = False, width: int = _WIDTH) -> str:
    """Return a run in a format.

    Raises:
        SetupError: the reporter, which may come from a plugin, fails or does not return text.
    """
    try:
        text = reporters[name](run, colour=colour, width=width)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise SetupError(f"the format “{name}” failed with {describe(error)}") from error
    if not isinstance(text, str):
        raise SetupError(f"the format “{name}” returned {type(text).__name__}, not text")
    return text


def write_files(
    files: Sequence[OutputFile], run: Run, reporters: Mapping[str, Reporter], protected: Protected
) -> list[str]:
    """Write the output files of a run and return the errors. A failure does not stop the other files."""
    errors = []
    for file in files:
        try:
            text = render(file.format, run, reporters)
        except SetupError as error:
            errors.append(f"{file.path} was not written: {error}")
            continue
        try:
            if file.path in _STREAMS:
                _write_to_stream(file.path, text)
            else:
                recognizes = _recognizer(file.format, lambda: run.rules, reporters) or _begins_like(text)
                write_guarded(file.path, text, recognizes, protected)
        except SetupError as error:
            errors.append(str(error))
    return errors


def _write_to_stream(path: str, text: str) -> None:
    stream = _STREAMS[path]()
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        raise SetupError(f"{path} cannot be written: {error.strerror}") from None


def _begins_like(text: str) -> Callable[[str], bool]:
    """Return a function that recognizes files in a plugin's format: their first line is that of ``text``.

    A short line, or one that may begin any HTML or XML file, is not enough.
    """
    first = text.partition("\n")[0]
    is_telling = len(first.strip()) >= _SHORTEST_FIRST_LINE and not first.startswith("<")
    return lambda old: is_telling and old.partition("\n")[0].rstrip("\r") == first
