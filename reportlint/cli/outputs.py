"""The outputs of a run: one format on standard output, and any number of formats in files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from reportlint.errors import SetupError, describe
from reportlint.files import write_text
from reportlint.knowledge.parameters import did_you_mean

if TYPE_CHECKING:
    from reportlint.report import Run

Reporter = Callable[..., str]
_WIDTH = 80


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


def verify_outputs(format: str, files: Sequence[OutputFile], reporters: Mapping[str, Reporter]) -> None:
    """Verify the format on standard output and the output files before anything is checked.

    Raises:
        SetupError: a format is unknown, or a file is named twice.
    """
    for name in (format, *(file.format for file in files)):
        if name not in reporters:
            near = did_you_mean(name, reporters) or f" (known formats: {', '.join(reporters)})"
            raise SetupError(f"unknown output format “{name}”{near}")
    seen: set[str] = set()
    for file in files:
        place = os.path.realpath(file.path)
        if place in seen:
            raise SetupError(f"--output-file: {file.path} is named twice")
        seen.add(place)


def render(name: str, run: Run, reporters: Mapping[str, Reporter], *, colour: bool = False, width: int = _WIDTH) -> str:
    """Return a run in a format.

    Raises:
        SetupError: the reporter does not return text.
        Exception: anything that the reporter raises, since it may come from a plugin.
    """
    text = reporters[name](run, colour=colour, width=width)
    if not isinstance(text, str):
        raise SetupError(f"the format “{name}” returned {type(text).__name__}, not text")
    return text


def write_files(files: Sequence[OutputFile], run: Run, reporters: Mapping[str, Reporter]) -> list[str]:
    """Write the output files of a run and return the errors. A failure does not stop the other files."""
    from reportlint.runner.inputs import WORD_SUFFIXES  # noqa: PLC0415 - a usage error must not load the runner

    drafts = {os.path.realpath(file.path) for file in run.files if file.has_text}
    errors = []
    for file in files:
        place = os.path.realpath(file.path)
        has_draft_suffix = os.path.splitext(place)[1].lower() in (*run.rules.readers, *WORD_SUFFIXES)
        if place in drafts or (has_draft_suffix and os.path.exists(place)):
            errors.append(f"{file.path} may be a draft and was not replaced: choose another name, or remove it first")
            continue
        try:
            write_text(file.path, render(file.format, run, reporters))
        except SetupError as error:
            errors.append(str(error))
        except (Exception, SystemExit) as error:
            errors.append(f"{file.path} was not written: the format “{file.format}” failed with {describe(error)}")
    return errors
