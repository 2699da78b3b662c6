"""Interrupts (Ctrl+C) of the program: it ends within a second, with one line on standard error and exit code 130."""

from __future__ import annotations

import os
import signal
import sys
import time
from _thread import start_new_thread
from contextlib import suppress

INTERRUPTED = 130
_SECONDS = 0.7
"""The time that the program has to store results and to end its processes."""


class _State:
    announced = False


def exit_when_interrupted() -> None:
    """Let an interrupt end the process at once. Use this while there is nothing to put in order.

    An interrupt that the caller of the program ignores stays ignored.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _exit)


def unwind_when_interrupted() -> None:
    """Let an interrupt raise ``KeyboardInterrupt``, and end the process if that takes too long or has no effect."""
    if signal.getsignal(signal.SIGINT) is _exit:
        signal.signal(signal.SIGINT, _unwind)


def die_when_interrupted() -> None:
    """Let an interrupt end the process without a word. Use this when the command is done."""
    if signal.getsignal(signal.SIGINT) in (_exit, _unwind):
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def was_interrupted() -> bool:
    """Return whether an interrupt has raised ``KeyboardInterrupt``, which some code may have replaced."""
    return sys.unraisablehook is _exit


def consider_announced() -> None:
    """End the process silently if it takes too long from now on."""
    _State.announced = True


def _unwind(*_: object) -> None:
    signal.signal(signal.SIGINT, _exit)  # a second interrupt
    sys.unraisablehook = _exit  # Python ignores an exception in a destructor
    start_new_thread(_exit_later, ())  # a Thread needs a lock, which the code interrupted may hold
    raise KeyboardInterrupt


def _exit_later() -> None:
    time.sleep(_SECONDS)
    _exit()


def _exit(*_: object) -> None:
    if not _State.announced:
        with suppress(OSError):
            os.write(2, b"reportlint: interrupted\n")
    os._exit(INTERRUPTED)
