"""Find the inputs: files, the drafts in folders, and standard input."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from reportlint.config.options import Options
from reportlint.document import Part, Readers
from reportlint.document.signatures import OLE
from reportlint.errors import Message, UnreadableInput, message, system_message
from reportlint.files import is_url
from reportlint.readers import decode, suffix_of_content
from reportlint.runner.file_reading import read_file, read_stream
from reportlint.waivers.waiver_file import FILE_NAME

if TYPE_CHECKING:
    from reportlint.runner.folder_listing import Listing

STANDARD_INPUT = "-"
WORD_PROCESSOR_SUFFIXES = (".rtf", ".odt")
_OTHER_SUFFIXES = (".pdf", ".pages", ".wpd")  # rarer, or published documents: reported only if named
_BINARY_SUFFIX = ".doc"  # of Word files in either format
_LOCK = "~$"  # begins the name of a file that Word keeps while a document is open
_MARKDOWN_SUFFIX = ".md"
_TEXT_SUFFIX = ".txt"

NO_SUCH_FILE = message("no such file")
_BINARY_WORD = message("a Word file of the old binary format; save it as .docx")


class Input(NamedTuple):
    """A file, or standard input under the name given for it.

    ``error`` says why it cannot be read. ``named``: the file itself was given, not only its folder. ``has_reader``: its
    format is one that reportlint reads.
    """

    name: str
    error: Message | None = None
    named: bool = True
    has_reader: bool = True
    is_stdin: bool = False

    def part(self, readers: Readers, stdin: BinaryIO, options: Options) -> Part:
        """Read the input under the options for it."""
        suffix = suffix_of(self.name, readers) if not self.is_stdin or _suffix(self.name) else _MARKDOWN_SUFFIX
        if self.error:
            return Part(self.name, suffix, b"", self.error)
        try:
            limit = options.max_bytes
            data = self._read(stdin, limit)
        except UnreadableInput as error:
            return Part(self.name, suffix, b"", error.message)
        decoder = partial(decode, changes=options.tracked_changes)
        return Part(self.name, suffix_of_content(data) or suffix, data, decode=decoder)

    def _read(self, stdin: BinaryIO, limit: int) -> bytes:
        if self.is_stdin:
            return read_stream(stdin, limit)
        if not is_url(self.name):
            return read_file(self.name, limit)
        from reportlint.runner.remote_files import read_url  # noqa: PLC0415 - few runs have URLs

        return read_url(self.name, limit)

    def size(self) -> int:
        """Return the length of the file in bytes before it is read; 0 if that is not known."""
        try:
            return 0 if self.is_stdin else os.stat(self.name).st_size
        except (OSError, ValueError):
            return 0


def suffix_of(path: str, readers: Readers) -> str:
    """Return the suffix that selects the reader of a file. A file with an unknown suffix is read as plain text."""
    suffix = _suffix(path)
    return suffix if suffix in readers else _TEXT_SUFFIX


class Inputs(NamedTuple):
    """The inputs of a run, and the paths of the waiver files in its folders."""

    files: tuple[Input, ...]
    waiver_files: tuple[str, ...]


def _suffix(path: str) -> str:
    """Return the suffix of a path in lower case, as ``Path`` has it, which would keep every name in memory."""
    name = os.path.basename(path)
    dot = name.rfind(".")
    return name[dot:].lower() if 0 < dot < len(name) - 1 else ""


def find_inputs(paths: Sequence[str], readers: Readers, stdin_name: str) -> Inputs:
    """Return the inputs for the given paths, each file once. Standard input replaces the file called ``stdin_name``.

    A path or subfolder that cannot be used becomes an input with an error.
    """
    given = [path for path in paths if path != STANDARD_INPUT]
    local = [path for path in given if not is_url(path)]
    listings = [(folder, _listing(folder)) for folder in map(Path, local) if folder.is_dir()]
    stdin = [Input(stdin_name, is_stdin=True)] if STANDARD_INPUT in paths else []
    # A file that is named and also lies in a folder given before it counts as named.
    named = (_named_input(path) for path in local if not os.path.isdir(path))
    found = (item for folder, listing in listings for item in _found(folder, listing, readers))
    remote = (item for path in given if is_url(path) for item in _at_url(path, readers))
    files: dict[str, Input] = {}
    for item in chain(stdin, named, found, remote):
        files.setdefault(item.name if is_url(item.name) else os.path.abspath(item.name), item)
    listed = (_named_below(folder, file) for folder, listing in listings for file in listing.files)
    return Inputs(tuple(files.values()), tuple(name for name in listed if os.path.basename(name) == FILE_NAME))


def _listing(folder: Path) -> Listing:
    from reportlint.runner.folder_listing import list_files  # noqa: PLC0415 - many runs check single files

    return list_files(folder)


def _named_input(path: str) -> Input:
    """Return the input for a path on the command line that is not a folder."""
    file = Path(path)
    error = None
    try:
        os.stat(path)
    except FileNotFoundError:
        error = NO_SUCH_FILE
    except (OSError, ValueError) as failure:  # a name that is too long, a folder without permission
        error = system_message(failure)
    has_reader = file.suffix.lower() not in (*WORD_PROCESSOR_SUFFIXES, *_OTHER_SUFFIXES)
    if error is None and file.name.startswith(_LOCK):
        error = message("Word keeps this file while a document is open; it is not a document")
    if error is None and not has_reader:
        text = "{suffix} files are not supported yet; save it as a Word file (.docx)"
        error = message(text, suffix=file.suffix)
    return Input(file.as_posix(), error, has_reader=has_reader or error is NO_SUCH_FILE)


def _found(folder: Path, listing: Listing, readers: Readers) -> Iterator[Input]:
    """Yield the drafts in a folder, and what cannot be read there."""
    for path, reason in listing.unreadable:
        yield Input(path.as_posix(), reason, named=path == folder)
    for file in listing.files:
        name, suffix = _named_below(folder, file), _suffix(file)
        if os.path.basename(file).startswith(_LOCK):
            continue
        if suffix == _BINARY_SUFFIX and _is_binary_word(name):
            yield Input(name, _BINARY_WORD, named=False, has_reader=False)
        elif suffix in readers:
            yield Input(name, named=False)
        elif suffix in WORD_PROCESSOR_SUFFIXES:
            reason = message("{suffix} files are not supported yet", suffix=name[-len(suffix) :])
            yield Input(name, reason, named=False, has_reader=False)


def _named_below(folder: Path, file: str) -> str:
    return file if folder == Path() else f"{folder.as_posix().rstrip('/')}/{file}"


def _at_url(url: str, readers: Readers) -> Iterator[Input]:
    """Yield the file at a URL, or the drafts in the folder there."""
    from reportlint.runner.remote_files import list_url  # noqa: PLC0415 - few runs have URLs

    try:
        below = list_url(url)
    except UnreadableInput as error:
        yield Input(url, error.message)
        return
    if below is None:
        yield Input(url)
    else:
        yield from (Input(name, named=False) for name in below if _suffix(name) in readers)


def _is_binary_word(file: str) -> bool:
    """Return whether a file has the old binary format of Word."""
    with suppress(OSError), open(file, "rb") as stream:
        return stream.read(len(OLE)) == OLE
    return False
