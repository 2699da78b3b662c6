"""What a run is written as: one format to standard output, and any of them to files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from reportlint.errors import SetupError
from reportlint.files import write_text
from reportlint.knowledge.cards import did_you_mean
from reportlint.plugins.loading import describe
from reportlint.report import FileState, Run
from reportlint.runner.inputs import WORD_SUFFIXES

Reporter = Callable[..., str]
_WIDTH = 80


class OutputFile(NamedTuple):
    """A file that is to be written in a format."""

    format: str
    path: str


def output_file(text: str) -> OutputFile:
    """Read what is written as "sarif=report.sarif".

    Raises:
        ValueError: one of the two is not there.
    """
    name, _, path = text.partition("=")
    if not (name and path):
        raise ValueError("write it as FORMAT=PATH, such as sarif=report.sarif")
    return OutputFile(name, path)


def verify(shown: str, files: Sequence[OutputFile], reporters: Mapping[str, Reporter]) -> None:
    """See to it that files can be asked for together, beside what is shown in a format.

    Raises:
        SetupError: a format does not exist, or a file is named twice.
    """
    for name in (shown, *(one.format for one in files)):
        if name not in reporters:
            near = did_you_mean(name, reporters) or f" (there are {', '.join(reporters)})"
            raise SetupError(f"there is no output format “{name}”{near}")
    seen: set[str] = set()
    for one in files:
        place = os.path.realpath(one.path)
        if place in seen:
            raise SetupError(f"--output-file: {one.path} is named twice")
        seen.add(place)


def rendered(
    name: str, run: Run, reporters: Mapping[str, Reporter], *, colour: bool = False, width: int = _WIDTH
) -> str:
    """A run in a format.

    Raises:
        SetupError: what its reporter gives is no text.
        Exception: whatever the reporter raises, which may be somebody else's code.
    """
    text = reporters[name](run, colour=colour, width=width)
    if not isinstance(text, str):
        raise SetupError(f"the format “{name}” gives no text, but {type(text).__name__}")
    return text


def write_files(files: Sequence[OutputFile], run: Run, reporters: Mapping[str, Reporter]) -> list[str]:
    """Write files of a run; returns what went wrong. One that cannot be written keeps no other from being so."""
    drafts = {os.path.realpath(file.path) for file in run.with_state(FileState.CHECKED)}
    errors = []
    for one in files:
        place = os.path.realpath(one.path)
        is_of_draft = os.path.splitext(place)[1].lower() in (*run.rules.readers, *WORD_SUFFIXES)
        if place in drafts or (is_of_draft and os.path.exists(place)):
            errors.append(f"{one.path} may be a draft, and is left as it is: choose another name, or remove it first")
            continue
        try:
            write_text(one.path, rendered(one.format, run, reporters))
        except SetupError as error:
            errors.append(str(error))
        except Exception as error:
            errors.append(f"{one.path} is not written: the format “{one.format}” failed with {describe(error)}")
    return errors
