"""Leaving the process at once: Python would first take apart everything that the run has made, which nobody needs."""

from __future__ import annotations

import atexit
import os
import sys

from reportlint.cli.terminal import message_stream, result_stream


class _State:
    allowed = False


def allow_leaving() -> None:
    """Say that no code of others, such as a plugin, runs in this process and may expect its usual end."""
    _State.allowed = True


def leave_at_once(code: int) -> None:
    """End the process with an exit code; return if something may still have to be done at its end.

    That is the case if a stream cannot be flushed, a function is registered for the end of the process (as tools that
    measure coverage do), a thread or a child process is alive, or the process is traced, profiled or interactive.
    """
    if not _State.allowed or _is_watched() or _has_company():
        return
    try:
        for stream in (result_stream(), message_stream(), sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError, AttributeError):  # Python reports it
        return
    os._exit(code)


def _is_watched() -> bool:
    # coverage.py may use sys.monitoring, which Python 3.11 lacks.
    monitoring = getattr(sys, "monitoring", None)
    registered = getattr(atexit, "_ncallbacks", lambda: 1)
    return bool(
        sys.gettrace()
        or sys.getprofile()
        or (monitoring and any(map(monitoring.get_tool, range(6))))
        or "coverage" in sys.modules
        or sys.flags.inspect
        or registered()
    )


def _has_company() -> bool:
    threading, multiprocessing = sys.modules.get("threading"), sys.modules.get("multiprocessing")
    return bool((threading and threading.active_count() > 1) or (multiprocessing and multiprocessing.active_children()))
