"""``reportlint outline``: what was recognized in a draft, for editors (text) and programs (JSON, schema 1)."""

from __future__ import annotations

import os
from argparse import Namespace
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from reportlint.cli.arguments import make_workspace
from reportlint.cli.outline_data import outline_data
from reportlint.cli.outline_text import outline_lines
from reportlint.cli.terminal import FAILED, NOT_CHECKED, Result, complain, standard_input
from reportlint.errors import SetupError, UnreadableInput
from reportlint.report import FileState
from reportlint.reporters.escaping import json_text
from reportlint.reporters.layout import printable_path
from reportlint.reporters.sentences import Wording
from reportlint.runner.inputs import STANDARD_INPUT
from reportlint.runner.plan import make_plan
from reportlint.runner.run import check_paths

if TYPE_CHECKING:
    from reportlint.workspace import Workspace

_STDIN = "<stdin>"


def _text(path: str, workspace: Workspace, stdin: BinaryIO | None) -> Result:
    """Return the lines of a draft as they are read, each after its number and a tab."""
    plan = make_plan([path], workspace, stdin or BytesIO(), _STDIN)
    if not plan.tasks:
        return complain(printable_path(plan.notes[-1])), ""
    task = plan.tasks[0]
    parts = task.draft.parts
    part = next((part for part in parts if part.path in task.named), parts[0])
    try:
        lines = part.source().lines
    except UnreadableInput as error:
        translate = task.rules.lexicon(task.rules.options.message_language).translate
        return complain(f"{printable_path(part.path)}: {translate(error.message)}"), ""
    return 0, "".join(f"{number}\t{line}\n" for number, line in enumerate(lines, 1))


def run(given: Namespace) -> Result:
    """Show the outline of one draft, or its text.

    Raises:
        SetupError: the path is a folder, or standard input is closed.
        DataError: the configuration or the rules are invalid.
    """
    if given.path != STANDARD_INPUT and os.path.isdir(given.path):
        raise SetupError(f"an outline shows one draft, but “{printable_path(given.path)}” is a folder")
    stdin = standard_input(given.path == STANDARD_INPUT)
    if given.text:
        return _text(given.path, make_workspace(given), stdin)
    report = check_paths([given.path], make_workspace(given), stdin)
    file = report.files[0]
    code = FAILED if report.rules.broken_plugins else 0
    if file.state is FileState.EXCLUDED:
        return complain(printable_path(report.notes[-1])), ""
    if file.state is FileState.UNREADABLE:
        return complain(f"{printable_path(file.path)}: {file.findings[0].message}"), ""
    lexicon = report.rules.lexicon(report.options.message_language)
    if file.language is None:
        complain(f"{printable_path(file.path)}: {Wording(lexicon).status(file)}")
        return code or NOT_CHECKED, ""
    data = outline_data(file)
    if given.output_format == "json":
        return code, json_text(data) + "\n"
    return code, "".join(line.rstrip() + "\n" for line in outline_lines(data, lexicon))
