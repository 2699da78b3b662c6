"""Check files, folders and standard input."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.report import Run
from reportlint.runner.draft_checking import file_reports
from reportlint.runner.execution import Execution
from reportlint.runner.plan import RuleChooser, make_plan


def check_paths(
    paths: Sequence[str],
    chooser: RuleChooser,
    stdin: bytes = b"",
    stdin_name: str = "<stdin>",
    execution: Execution | None = None,
) -> Run:
    """Check files, folders and standard input ("-"). A file that cannot be checked does not stop the others.

    By default, drafts are checked in this process and no cache is used.

    Raises:
        DataError: a configuration or card is invalid.
    """
    plan = make_plan(paths, chooser, stdin, stdin_name)
    results, statistics = (execution or Execution()).check(plan.tasks)
    files = [
        report
        for task, result in zip(plan.tasks, results, strict=True)
        for report in file_reports(task.draft, result, task.rules)
    ]
    return Run(
        tuple(sorted(files, key=lambda file: file.path)),
        plan.base.options,
        plan.base,
        plan.notes,
        plan.excluded,
        statistics,
    )
