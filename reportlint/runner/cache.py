"""The cache of draft results, keyed by everything that a result depends on.

The key covers the bytes of the draft, the settings, the cards, lexicons and registers, the plugins, and the program
itself, but no paths or file times. Of the text of a draft, only what findings quote is stored.
"""

from __future__ import annotations

import json
import math
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from unicodedata import unidata_version

from reportlint.config.options import Options
from reportlint.document import Draft
from reportlint.engine.finding_writer import CRASHED, UNREADABLE
from reportlint.engine.rules import Rules
from reportlint.files import make_cache_folder
from reportlint.hashes import blake2b
from reportlint.knowledge.parameters import files_named
from reportlint.knowledge.rulebook import rule_files
from reportlint.plugins.plugin_loading import Plugin
from reportlint.runner.draft_checking import DraftResult, Task
from reportlint.runner.result_serialization import pack, unpack

_T = TypeVar("_T")
_FILE = "results-2.db"  # a new number for each layout of the table
_TABLE = "CREATE TABLE results (key BLOB PRIMARY KEY, used TEXT, result BLOB) WITHOUT ROWID"
_PATIENCE = 0.5  # seconds that a run waits for others, in total
_SEAL_SIZE = 16
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
_BATCH = 500
_KEPT = timedelta(days=14)  # after the last use


class Cache:
    """The cache in a folder. If it cannot be used, it acts as an empty one, and ``error`` says why.

    ``is_locked``: the reason is that other processes use it for too long.
    """

    def __init__(self, folder: Path, plugins: Sequence[Plugin]) -> None:
        self.error = ""
        self.is_locked = False
        self.folder = folder
        self._patience = _PATIENCE
        self._plugins = plugins
        self._settings: dict[Options, bytes] = {}

    def keys(self, tasks: Sequence[Task]) -> list[bytes]:
        """Return the key of each task; nothing if the cache cannot be used."""
        try:
            return [self.key(task.draft, task.rules) for task in tasks]
        except OSError as error:  # a file of a plugin cannot be read
            self.error = str(error)
            return []

    def key(self, draft: Draft, rules: Rules) -> bytes:
        """Return the key of a draft under these rules."""
        if rules.options not in self._settings:
            self._settings[rules.options] = _settings(rules)
        digest = blake2b(self._program + self._settings[rules.options], digest_size=16)
        for part in draft.parts:
            data = part.data if isinstance(part.data, bytes) else part.data.encode("utf-8", "surrogatepass")
            digest.update(json.dumps([part.suffix, part.error, type(part.data).__name__, len(data)]).encode())
            digest.update(data)
        return digest.digest()

    @cached_property
    def _program(self) -> bytes:
        """The digest of the files of the program and the plugins, which may change without a new version."""
        digest = blake2b(f"{sys.version} {unidata_version}".encode())
        for file in _modules(Path(__file__).parents[1]):
            digest.update(_content(file))
        for plugin in self._plugins:
            digest.update(f"{plugin.name} {plugin.origin} {plugin.error}".encode())
            for module in _modules_beside(Path(plugin.file)):
                digest.update(_content(module))
        return digest.digest()

    def recall(self, keys: Sequence[bytes], tasks: Sequence[Task]) -> dict[int, DraftResult]:
        """Return the cached results by the index of their task."""
        today = date.today().isoformat()
        results: dict[int, DraftResult] = {}
        rows = self._use(lambda store: _read(store, keys), dict[bytes, _Row](), writes=False)
        for index, (key, task) in enumerate(zip(keys, tasks, strict=False)):
            if key in rows:
                paths = [part.path for part in task.draft.parts]
                with suppress(ValueError, LookupError, TypeError, AttributeError):
                    results[index] = unpack(rows[key].result, paths, task.rules)
        outdated = [(today, key) for key, row in rows.items() if row.used != today]
        if outdated:
            self._use(lambda store: _mark_used(store, outdated), None)
        return results

    def remember(self, fresh: Iterable[tuple[bytes, Draft, DraftResult]], seconds: float = math.inf) -> None:
        """Store results, in one transaction: those that can be prepared in a number of seconds.

        Crashes and unreadable drafts are not stored: the next run may succeed.
        """
        today = date.today()
        end = time.monotonic() + seconds
        rows = [
            (
                key,
                today.isoformat(),
                _sealed(key, pack(result, [part.path for part in draft.parts])),
            )
            for key, draft, result in takewhile(lambda _: time.monotonic() < end, fresh)
            if not any(finding.code in (CRASHED, UNREADABLE) for finding in result.findings)
        ]
        if rows:
            self._use(lambda store: _write(store, rows, (today - _KEPT).isoformat()), None)

    def _use(self, action: Callable[[sqlite3.Connection], _T], otherwise: _T, *, writes: bool = True) -> _T:
        """Return the result of an action on the store, or ``otherwise`` if it fails. A damaged store is made again."""
        for _ in range(2):
            if self.error:
                break
            try:
                make_cache_folder(self.folder)
                with self._transaction(writes) as store:
                    return action(store)
            except (OSError, sqlite3.Error) as error:
                self.is_locked = getattr(error, "sqlite_errorcode", None) in _BUSY
                if self.is_locked or not _remove(self.folder / _FILE):
                    self.error = str(error)
        return otherwise

    @contextmanager
    def _transaction(self, writes: bool) -> Iterator[sqlite3.Connection]:
        """Open the store, with its table, for a transaction. It waits for other processes only at the two ends."""
        with closing(sqlite3.connect(self.folder / _FILE, isolation_level=None)) as store:
            with self._waiting(store):
                # A power failure may corrupt the store, which is acceptable for a cache.
                store.execute("PRAGMA synchronous = OFF")
                store.execute("BEGIN IMMEDIATE" if writes else "BEGIN")
                layout = [sql for (sql,) in store.execute("SELECT sql FROM sqlite_master")]
            if not layout:
                store.execute(_TABLE)
            elif layout != [_TABLE]:
                raise sqlite3.DatabaseError("the table has another layout")
            yield store
            with self._waiting(store):
                store.execute("COMMIT")

    @contextmanager
    def _waiting(self, store: sqlite3.Connection) -> Iterator[None]:
        """Wait for other processes, but not longer than the run may wait in total."""
        store.execute(f"PRAGMA busy_timeout = {int(self._patience * 1000)}")
        start = time.monotonic()
        yield
        self._patience = max(0.0, self._patience - (time.monotonic() - start))


class _Row(NamedTuple):
    used: Any
    result: bytes


def _read(store: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, _Row]:
    """Return the stored results by key, without the rows that reportlint did not write."""
    rows: dict[bytes, _Row] = {}
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        marks = ",".join("?" * len(batch))
        for key, used, sealed in store.execute(f"SELECT key, used, result FROM results WHERE key IN ({marks})", batch):
            if isinstance(sealed, bytes) and sealed == _sealed(key, sealed[_SEAL_SIZE:]):
                rows[key] = _Row(used, sealed[_SEAL_SIZE:])
    return rows


def _mark_used(store: sqlite3.Connection, rows: Sequence[tuple[str, bytes]]) -> None:
    store.executemany("UPDATE results SET used = ? WHERE key = ?", rows)


def _write(store: sqlite3.Connection, rows: Sequence[tuple[bytes, str, bytes]], oldest: str) -> None:
    store.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
    store.execute("DELETE FROM results WHERE used < ?", (oldest,))


def _sealed(key: bytes, data: bytes) -> bytes:
    """Return the packed result of a key, after a digest that shows damage."""
    return blake2b(key + data, digest_size=_SEAL_SIZE).digest() + data


def _remove(file: Path) -> bool:
    """Remove the store and return whether that was possible."""
    try:
        for suffix in ("-journal", "-wal", "-shm"):
            Path(f"{file}{suffix}").unlink(missing_ok=True)
        if file.is_dir() and not file.is_symlink():
            file.rmdir()
        else:
            file.unlink()
    except OSError:
        return False
    return True


def _modules(folder: Path) -> list[str]:
    return sorted(
        os.path.join(place, name) for place, _, names in os.walk(folder) for name in names if name[-3:] == ".py"
    )


def _content(file: str) -> bytes:
    with open(file, "rb") as stream:
        return stream.read()


def _modules_beside(module: Path) -> list[str]:
    """Return the modules of the outermost package that contains a module, or the module alone."""
    packages = list(takewhile(lambda folder: (folder / "__init__.py").is_file(), module.parents))
    if packages:
        return _modules(packages[-1])
    return [str(module)] if module.is_file() else []


def _settings(rules: Rules) -> bytes:
    """Return the digest of the settings that affect findings, and of the files that hold the rules."""
    # Files count by their content, not their path. Waivers, baseline and fail-on are applied after the cache, and the
    # size limit before it; the address of the documentation is for terminals.
    options = replace(
        rules.options, folders=(), parts=(), waivers=None, baseline=None, fail_on=Options.fail_on,
        max_bytes=Options.max_bytes, documentation=Options.documentation,
    )  # fmt: skip
    digest = blake2b(json.dumps(_plain(options)).encode())
    given = [card.parameters for card in rules.cards if card.parameters]
    if given:
        import regex  # noqa: PLC0415 - only house rules need it

        digest.update(regex.__version__.encode())
    for file in (file for parameters in given for file in files_named(parameters)):
        data = file.read_bytes()
        digest.update(f"{len(data)}\0".encode())
        digest.update(data)
    for folder in rules.rulebook.folders:
        for file in rule_files(folder):
            data = file.read_bytes()
            digest.update(f"{file.relative_to(folder).as_posix()} {len(data)}\0".encode())
            digest.update(data)
    return digest.digest()


def _plain(value: Any) -> Any:
    """Convert a setting to its JSON form. Sets are sorted: their order differs between processes."""
    if is_dataclass(value):
        return [_plain(getattr(value, item.name)) for item in fields(value)]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
