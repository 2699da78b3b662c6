"""How much of a long run is done, on a terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress

_PATIENCE = 1.0
"""So many seconds pass before anything is shown."""


@contextmanager
def progress_on(stream: TextIO) -> Iterator[Callable[[int, int], None]]:
    """A function that is told how many of all drafts are done, and shows it if ``stream`` is a terminal.

    It leaves no trace when the run is over.
    """
    start = time.monotonic()
    shown: Progress | None = None

    def tell(done: int, total: int) -> None:
        nonlocal shown
        if shown is None and done < total and time.monotonic() - start > _PATIENCE and stream.isatty():
            shown = _bar(stream, done, total)
        if shown is not None:
            shown.update(shown.task_ids[0], completed=done)

    try:
        yield tell
    finally:
        if shown is not None:
            shown.stop()


def _bar(stream: TextIO, done: int, total: int) -> Progress:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn  # noqa: PLC0415

    bar = Progress(
        BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=Console(file=stream), transient=True
    )
    bar.add_task("", completed=done, total=total)
    bar.start()
    return bar
