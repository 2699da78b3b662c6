"""Bytecode of an installation that has none and cannot be written, kept in the user's cache folder."""

from __future__ import annotations

import os
import sys

_NAME = "bytecode"


def keep_bytecode() -> None:
    """Let Python keep bytecode in the user's cache folder, if it keeps none beside the program.

    That is the case for a program installed without bytecode where the user may not write, or if Python is told not to
    write any. Python runs what it finds in that folder, so nobody else may be able to write it, and it must not be
    inside the current folder or one on the command line.
    """
    cached = __spec__.cached
    if not cached or sys.pycache_prefix or os.path.exists(cached) or sys.implementation.name != "cpython":
        return
    if not sys.dont_write_bytecode and os.access(os.path.dirname(__file__), os.W_OK):
        return  # Python will write it
    from reportlint.files import NO_CODE, is_inside, is_reserved, make_cache_folder, user_cache_folder  # noqa: PLC0415

    folder = user_cache_folder()
    if folder is None or NO_CODE in os.environ or any(is_inside(str(folder), path) for path in (".", *sys.argv[1:])):
        return
    try:
        make_cache_folder(folder)
        bytecode = os.path.join(folder, _NAME)
        os.makedirs(bytecode, mode=0o700, exist_ok=True)
        if is_reserved(bytecode):
            sys.pycache_prefix, sys.dont_write_bytecode = bytecode, False
    except (OSError, ValueError):  # a path with a null character
        return
