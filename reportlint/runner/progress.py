"""A progress bar for long runs on a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE = 1.0
"""Seconds before the bar appears."""


@contextmanager
def progress_on(stream: TextIO, *, is_shown: bool = True) -> Iterator[Callable[[int, int], None]]:
    """Yield a function to call with the number of drafts done and the total.

    It shows a bar if ``stream`` is a terminal and ``is_shown`` is true. The bar is removed at the end.
    """
    start = time.monotonic()
    bar: Progress | None = None

    def update(done: int, total: int) -> None:
        nonlocal bar
        if is_shown and bar is None and done < total and time.monotonic() - start > _PATIENCE and stream.isatty():
            bar = _start_bar(stream, done, total)
        if bar is not None:
            bar.update(bar.task_ids[0], completed=done)

    try:
        yield update
    finally:
        if bar is not None:
            bar.stop()


def _start_bar(stream: TextIO, done: int, total: int) -> Progress:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

    bar = Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(file=stream), transient=True
    )
    bar.add_task("", completed=done, total=total)
    bar.start()
    return bar
