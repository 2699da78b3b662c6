"""``reportlint outline``: what was recognized in a draft, for editors (text) and programs (JSON, schema 1)."""

from __future__ import annotations

import json
import os
from argparse import Namespace

from reportlint.cli.arguments import make_workspace
from reportlint.cli.outline_data import outline_data
from reportlint.cli.outline_text import outline_lines
from reportlint.cli.terminal import NO_DRAFT, Result, complain, standard_input
from reportlint.errors import SetupError
from reportlint.report import FileState
from reportlint.reporters.layout import printable_path
from reportlint.runner import check_paths
from reportlint.runner.inputs import STANDARD_INPUT


def run(given: Namespace) -> Result:
    """Show the outline of one draft.

    Raises:
        SetupError: the path is a folder, or standard input is closed.
        DataError: the configuration or the rules are invalid.
    """
    if given.path != STANDARD_INPUT and os.path.isdir(given.path):
        raise SetupError(f"an outline shows one draft, but “{printable_path(given.path)}” is a folder")
    report = check_paths([given.path], make_workspace(given), standard_input(given.path == STANDARD_INPUT))
    if report.excluded:
        return complain(printable_path(report.notes[-1])), ""
    file = report.files[0]
    if file.state is FileState.UNREADABLE:
        return complain(f"{printable_path(file.path)}: {file.findings[0].message}"), ""
    lexicon = report.rules.lexicon(report.options.message_language)
    if file.language is None:
        words = lexicon.section("interface")
        complain(words[file.state.value].replace("{paths}", printable_path(file.path)))
        return NO_DRAFT, ""
    data = outline_data(file)
    if given.output_format == "json":
        return 0, json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return 0, "".join(line.rstrip() + "\n" for line in outline_lines(data, lexicon))
