"""The outputs of a run: one format on standard output, and any number of formats in files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import IO, TYPE_CHECKING, NamedTuple

from reportlint.cli.terminal import message_stream, result_stream
from reportlint.errors import SetupError, describe
from reportlint.files import Protected, is_stream, refusal, same_file, write_guarded
from reportlint.knowledge.suggestions import did_you_mean
from reportlint.reporters import FORMATS_WITHOUT_TEXT, REPORTERS, Reporter

if TYPE_CHECKING:
    from reportlint.engine.rules import Rules
    from reportlint.language.lexicon import Lexicon
    from reportlint.report import Run

_WIDTH = 80
_STREAMS = {
    "/dev/stdout": result_stream,
    "/dev/fd/1": result_stream,
    "/dev/stderr": message_stream,
    "/dev/fd/2": message_stream,
}
_SHORTEST_FIRST_LINE = 8
_HELD = 100_000
"""The number of characters of an output up to which it stays in memory."""
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


class Rendered:
    """The complete text of an output, in pieces. A long text is in a temporary file.

    Raises:
        OSError: the temporary file cannot be written.
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self._held: list[str] = []
        self._file: IO[str] | None = None
        size = 0
        for piece in pieces:
            self._held.append(piece)
            size += len(piece)
            if size > _HELD:
                self._file = self._file or _temporary_file()
                self._file.writelines(self._held)
                self._held.clear()
                size = 0

    def __iter__(self) -> Iterator[str]:
        if self._file:
            self._file.seek(0)
            while piece := self._file.read(_HELD):
                yield piece
        yield from self._held


def _temporary_file() -> IO[str]:
    import tempfile  # noqa: PLC0415 - only long outputs need it

    return tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass", newline="", prefix="reportlint-")


def render(
    name: str, run: Run, reporters: Mapping[str, Reporter], *, colour: bool = False, width: int = _WIDTH
) -> Rendered:
    """Return a run in a format.

    Raises:
        SetupError: the reporter, which may come from a plugin, fails or returns something else than text or pieces of
            text; or a temporary file cannot be written.
    """
    try:
        text = reporters[name](run, colour=colour, width=width)
        if isinstance(text, str):
            return Rendered([text])
        if isinstance(text, Iterable):
            return Rendered(_only_text(name, text))
    except (KeyboardInterrupt, SetupError):
        raise
    except BaseException as error:
        raise SetupError(f"the format “{name}” failed with {describe(error)}") from error
    raise SetupError(f"the format “{name}” returned {type(text).__name__}, not text")


def _only_text(name: str, pieces: Iterable[object]) -> Iterator[str]:
    for piece in pieces:
        if not isinstance(piece, str):
            raise SetupError(f"the format “{name}” returned {type(piece).__name__}, not text")
        yield piece


def needs_text(formats: Iterable[str], reporters: Mapping[str, Reporter]) -> bool:
    """Return whether one of these formats shows the text of drafts, or may do so because it comes from a plugin."""
    return any(
        format not in CLEARANCE_FORMATS
        and (format not in FORMATS_WITHOUT_TEXT or reporters[format] is not REPORTERS[format])
        for format in formats
    )


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


def _write_to_stream(path: str, text: Iterable[str]) -> None:
    stream = _STREAMS[path]()
    try:
        stream.writelines(text)
        stream.flush()
    except OSError as error:
        raise SetupError(f"{path} cannot be written: {error.strerror}") from None


def _begins_like(text: Iterable[str]) -> Callable[[str], bool]:
    """Return a function that recognizes files in a plugin's format: their first line is that of ``text``.

    A short line, or one that may begin any HTML or XML file, is not enough.
    """
    first = next(iter(text), "").partition("\n")[0]
    is_telling = len(first.strip()) >= _SHORTEST_FIRST_LINE and not first.startswith("<")
    return lambda old: is_telling and old.partition("\n")[0].rstrip("\r") == first
