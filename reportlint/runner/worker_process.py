"""Prepare a process that checks drafts for the main process.

This module imports nothing of the project at first: the process must watch the main process before it loads the rest.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from multiprocessing.connection import wait
from pathlib import Path

_OBJECTS_BETWEEN_COLLECTIONS = 50_000  # what is made lives until a draft is done


def prepare_process(folder_of_code: Path | None, prefix_of_bytecode: str | None, without_bytecode: bool) -> None:
    """End this process with the main process, and silently on Ctrl+C, which a terminal sends to all processes.

    ``folder_of_code`` has the code that the main process keeps, if any. The other two are its settings of ``sys`` for
    bytecode, which a new process does not inherit.
    """
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    sys.stdout = sys.stderr  # what plugins print is not part of the result
    sys.pycache_prefix, sys.dont_write_bytecode = prefix_of_bytecode, without_bytecode
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    from reportlint.kept_code import use_kept_code  # noqa: PLC0415

    use_kept_code(folder_of_code)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
