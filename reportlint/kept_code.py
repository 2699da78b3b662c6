"""What Python compiles while the program runs, kept from one run to the next.

Python compiles regular expressions, and what dataclasses and named tuples consist of, again in every process. For a
short report, this takes longer than everything else. This module keeps the results in a file, as Python itself keeps
compiled modules. They depend on the program and the rules and not on drafts, and so have nothing to do with the cache
of results.

The file is trusted, since its content is run. It is read only if it and its folder belong to the user and nobody else
may write them, it was written by the same build of CPython and the same version of reportlint, and its checksum is
right. Otherwise everything is compiled as usual, and nothing is reported.
"""

from __future__ import annotations

import atexit
import builtins
import collections
import dataclasses
import marshal
import os
import re
import stat
import sys
import typing
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import CodeType
from typing import Any

from reportlint.data_classes import quick_decorator
from reportlint.files import NO_CODE, is_private, make_cache_folder, write_private
from reportlint.named_tuples import quick_maker
from reportlint.version import __version__

SWITCH = NO_CODE
"""The environment variable that switches this off, with any value."""
_MOST = 6_000  # entries of a file: more are those of rules that have changed since
_CHECKSUM_SIZE = 4
_MISSING = object()
# Operations on flags of enum take long, and "re" does two for each pattern.
_DEBUG, _TEMPLATE = int(re.DEBUG), int(vars(re).get("T", 0))
_NO_FILE = "<string>"
_NAMED_TUPLES: Any = vars(typing)["NamedTupleMeta"]

_Pattern = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""The last arguments of ``_sre.compile``: flags, code, number of groups, and the groups by name and by number."""
_Code = dict[tuple[str, int | str], _Pattern | CodeType]
"""Compiled code by its source, and by the flags of a pattern or the mode of ``compile``."""


@contextmanager
def kept_code(folder: Path | None) -> Iterator[None]:
    """Keep the code that any module compiles in this context in a folder of the user; ``None``: keep none.

    The file is written at the end, if code is missing from it. What cannot be read or written is no error.
    """
    store = _open_store(folder)
    if store is None:
        yield
        return
    hooks = store.hooks()
    before = [vars(owner).get(name, _MISSING) for owner, name, _ in hooks]
    for owner, name, hook in hooks:
        setattr(owner, name, hook)
    outer, _Kept.folder = _Kept.folder, folder
    try:
        yield
    finally:
        _Kept.folder = outer
        for (owner, name, _), value in zip(hooks, before, strict=True):
            if value is _MISSING:
                delattr(owner, name)
            else:
                setattr(owner, name, value)
        store.save()


def folder_of_kept_code() -> Path | None:
    """Return the folder in which code is kept at present; ``None`` if none is kept."""
    return _Kept.folder


def use_kept_code(folder: Path | None) -> None:
    """Keep the code that this process compiles until it ends in a folder of the user; ``None``: keep none."""
    store = _open_store(folder)
    if store is not None:
        for owner, name, hook in store.hooks():
            setattr(owner, name, hook)
        atexit.register(store.save)


class _Kept:
    folder: Path | None = None


def _open_store(folder: Path | None) -> _Store | None:
    compiler = getattr(re, "_compiler", None) if _is_supported() else None
    if folder is None or compiler is None:
        return None
    return _Store(folder / f"code-{sys.implementation.cache_tag}.bin", compiler)


def _is_supported() -> bool:
    """Return whether code is kept. Other implementations of Python compile to something else.

    Some systems do not say who may write a file.
    """
    known = sys.implementation.name == "cpython" and sys.implementation.cache_tag and hasattr(os, "geteuid")
    return bool(known) and sys.platform != "emscripten" and not os.environ.get(SWITCH)


class _Store:
    """The code in a file, and what was compiled since."""

    def __init__(self, file: Path, compiler: Any) -> None:
        self._file, self._compiler = file, compiler
        self._compile, self._pattern_code = compiler.compile, compiler._code
        self._parse, self._sre = compiler._parser.parse, compiler._sre
        self._program = repr((sys.version, sys.byteorder, self._sre.MAGIC, self._sre.CODESIZE, __version__)).encode()
        self.make_named_tuple = staticmethod(quick_maker(_NAMED_TUPLES.__new__, self.evaluate))
        self.make_data_class = quick_decorator(dataclasses.dataclass, self.execute)
        self._kept = _read(file, self._program)
        self._used: _Code = {}
        self._is_complete = True

    def hooks(self) -> list[tuple[Any, str, Any]]:
        """Return what to put in place of the functions that compile or make classes: owners, names and values."""
        return [
            (re, "DEBUG", _DEBUG),
            (re, "T", _TEMPLATE),
            (self._compiler, "compile", self.compile_pattern),
            (dataclasses, "exec", self.execute),
            (dataclasses, "dataclass", self.make_data_class),
            (collections, "eval", self.evaluate),
            (typing, "compile", self.compile_source),
            (_NAMED_TUPLES, "__new__", self.make_named_tuple),
        ]

    def compile_pattern(self, pattern: Any, flags: int = 0) -> re.Pattern[str]:
        """Compile a pattern, as ``re._compiler.compile`` does."""
        if not isinstance(pattern, str) or flags & _DEBUG:
            return self._compile(pattern, flags)  # type: ignore[no-any-return]
        key = (pattern, int(flags))
        compiled: Any = self._kept.get(key)
        try:
            if compiled is None:
                compiled = self._compiled(pattern, key[1])
                self._is_complete = False
            all_flags, code, *groups = compiled
            result: re.Pattern[str] = self._sre.compile(
                pattern, all_flags, memoryview(code).cast("I").tolist(), *groups
            )
        except (AttributeError, LookupError, TypeError, ValueError, RuntimeError, OverflowError):
            return self._compile(pattern, flags)  # type: ignore[no-any-return]  # a Python with another layout
        self._used[key] = compiled
        return result

    def _compiled(self, pattern: str, flags: int) -> _Pattern:
        from array import array  # noqa: PLC0415 - kept patterns do not need it

        parsed = self._parse(pattern, flags)
        names = parsed.state.groupdict
        by_number: list[str | None] = [None] * parsed.state.groups
        for name, number in names.items():
            by_number[number] = name
        code = array("I", self._pattern_code(parsed, flags)).tobytes()
        return flags | parsed.state.flags, code, parsed.state.groups - 1, names, tuple(by_number)

    def execute(self, source: Any, *namespaces: Any) -> None:
        """Execute source text, as ``exec`` does."""
        builtins.exec(self._code(source, "exec"), *namespaces)

    def evaluate(self, source: Any, *namespaces: Any) -> Any:
        """Evaluate source text, as ``eval`` does."""
        return builtins.eval(self._code(source, "eval"), *namespaces)

    def compile_source(self, source: Any, *given: Any, **settings: Any) -> Any:
        """Compile source text, as ``compile`` does. What has a file or unusual settings is not kept."""
        if given != (_NO_FILE, "eval") or settings:
            return compile(source, *given, **settings)
        return self._code(source, "eval")

    def _code(self, source: Any, mode: str) -> Any:
        if not isinstance(source, str):
            return source
        key = (source, mode)
        code = self._kept.get(key)
        if code is None:
            code = self._used.get(key) or compile(source, _NO_FILE, mode, dont_inherit=True)
            self._is_complete = False
        self._used[key] = code
        return code

    def save(self) -> None:
        """Write the file if code is missing from it."""
        if self._is_complete:
            return
        everything: Any = self._kept | self._used
        data = marshal.dumps(everything if len(everything) <= _MOST else self._used)
        with suppress(OSError):
            make_cache_folder(self._file.parent)
            if is_private(os.stat(self._file.parent)):
                write_private(str(self._file), self._program + _checksum(data) + data)


def _read(file: Path, program: bytes) -> _Code:
    """Return the code in a file; none if there is any doubt about it."""
    try:
        if not is_private(os.stat(file.parent)):
            return {}
        with open(os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as stream:
            status = os.fstat(stream.fileno())
            content = stream.read() if stat.S_ISREG(status.st_mode) and is_private(status) else b""
    except OSError:
        return {}
    start = len(program) + _CHECKSUM_SIZE
    data = memoryview(content)[start:]
    if content[:start] != program + _checksum(data):
        return {}
    code: _Code = marshal.loads(data)
    return code


def _checksum(data: bytes | memoryview) -> bytes:
    from zlib import crc32  # noqa: PLC0415

    return crc32(data).to_bytes(_CHECKSUM_SIZE, "little")
