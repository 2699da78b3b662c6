"""Check files, folders and standard input."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import BinaryIO

from reportlint.errors import message
from reportlint.report import Run
from reportlint.runner.draft_checking import file_reports
from reportlint.runner.execution import Execution
from reportlint.runner.plan import RuleChooser, make_plan
from reportlint.runner.shards import Shard

_STRUCK = "{path}: {count} passages that are struck through were read as deleted"


def check_paths(
    paths: Sequence[str],
    chooser: RuleChooser,
    stdin: BinaryIO | None = None,
    stdin_name: str = "<stdin>",
    execution: Execution | None = None,
    shard: Shard | None = None,
) -> Run:
    """Check files, folders and standard input ("-"). A file that cannot be checked does not stop the others.

    By default, drafts are checked in this process and no cache is used. With a shard, the drafts outside it are left
    out.

    Raises:
        DataError: a configuration or card is invalid.
    """
    plan = make_plan(paths, chooser, stdin or BytesIO(), stdin_name, shard)
    results, statistics = (execution or Execution()).check(plan.tasks)
    files = [
        *plan.skipped,
        *(report for task, result in zip(plan.tasks, results, strict=True) for report in file_reports(task, result)),
    ]
    files.sort(key=lambda file: file.path)
    translate = plan.base.lexicon(plan.base.options.message_language).translate
    struck = (translate(message(_STRUCK, path=file.path, count=file.struck)) for file in files if file.struck)
    return Run(
        tuple(files), plan.base.options, plan.base, (*plan.notes, *struck), statistics, waiver_files=plan.waiver_files,
        is_shard=plan.is_shard,
    )  # fmt: skip
