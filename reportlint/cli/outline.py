"""``reportlint outline``: what was recognized in drafts, for editors (text) and programs (JSON, schema 1)."""

from __future__ import annotations

import json
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
    plan = make_plan([path], workspace, _STDIN)
    if not plan.drafts:
        return complain(printable_path(plan.notes[-1])), ""
    task = plan.drafts[0].read(stdin or BytesIO())
    parts = task.draft.parts
    part = next((part for part in parts if part.path in task.named), parts[0])
    try:
        lines = part.source().lines
    except UnreadableInput as error:
        translate = task.rules.lexicon(task.rules.options.message_language).translate
        return complain(f"{printable_path(part.path)}: {translate(error.message)}"), ""
    return 0, "".join(f"{number}\t{line}\n" for number, line in enumerate(lines, 1))


def run(given: Namespace) -> Result:
    """Show the outlines of drafts, or their texts, one after the other.

    A draft that cannot be shown does not stop the others; the exit code is the worst one. JSON for several drafts is
    an object with the list of their outlines.

    Raises:
        SetupError: a path is a folder, or standard input is closed.
        DataError: the configuration or the rules are invalid.
    """
    paths = [*dict.fromkeys(given.paths)]
    for path in paths:
        if path != STANDARD_INPUT and os.path.isdir(path):
            raise SetupError(f"an outline shows one draft, but “{printable_path(path)}” is a folder")
    stdin = standard_input(STANDARD_INPUT in paths)
    workspace = make_workspace(given)
    results = [_show(path, given, workspace, stdin) for path in paths]
    code = min((code for code, _ in results if code), default=0)  # 2 comes before 3
    texts = [text for _, text in results if text]
    if given.output_format == "json" and not given.text and len(paths) > 1:
        return code, json_text({"schema": 1, "outlines": [json.loads(text) for text in texts]}) + "\n"
    if given.text and len(paths) > 1:
        texts = [f"{printable_path(path)}\n{text}" for path, (_, text) in zip(paths, results, strict=True) if text]
    return code, "\n".join(texts)


def _show(path: str, given: Namespace, workspace: Workspace, stdin: BinaryIO | None) -> Result:
    if given.text:
        return _text(path, workspace, stdin)
    report = check_paths([path], workspace, stdin)
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
