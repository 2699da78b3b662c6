"""The cache of draft results, keyed by everything that a result depends on.

The key covers the bytes of the draft, the settings, the cards, lexicons and registers, the plugins, and the program
itself, but no paths or file times. Of the text of a draft, only what findings quote is stored.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from enum import Enum
from functools import cached_property
from hashlib import blake2b
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import unidata_version

from reportlint.config.options import Options
from reportlint.document import Draft
from reportlint.engine.finding_writer import CRASHED, UNREADABLE
from reportlint.engine.rules import Rules
from reportlint.knowledge.parameters import CardParameters
from reportlint.knowledge.rulebook import rule_files
from reportlint.plugins.plugin_loading import Plugin
from reportlint.runner.draft_checking import DraftResult, Task
from reportlint.runner.result_serialization import pack, unpack

_T = TypeVar("_T")
_FILE = "results-2.db"  # a new number for each layout of the table
_CREATE = "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, used TEXT, result BLOB) WITHOUT ROWID"
_TIMEOUT = 5.0  # seconds that a run waits for another one
_BATCH = 500
_KEPT = timedelta(days=14)  # after the last use


def default_folder() -> Path | None:
    """Return the cache folder of the user on this system; ``None`` for a user without a home folder."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA", "")
    elif sys.platform == "darwin":
        base = "~/Library/Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        base = base if os.path.isabs(base) else "~/.cache"
    folder = os.path.expanduser(base)
    return Path(folder, "reportlint") if os.path.isabs(folder) else None


class Cache:
    """The cache in a folder. If it cannot be used, it acts as an empty one, and ``error`` says why."""

    def __init__(self, folder: Path, plugins: Sequence[Plugin]) -> None:
        self.error = ""
        self._folder = folder
        self._plugins = plugins
        self._settings: dict[Options, bytes] = {}

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
            digest.update(file.read_bytes())
        for plugin in self._plugins:
            digest.update(f"{plugin.name} {plugin.origin} {plugin.error}".encode())
            for module in _modules_beside(Path(plugin.file)):
                digest.update(module.read_bytes())
        return digest.digest()

    def recall(self, keys: Sequence[bytes], tasks: Sequence[Task]) -> dict[int, DraftResult]:
        """Return the cached results by the index of their task."""
        today = date.today().isoformat()
        results: dict[int, DraftResult] = {}
        rows = self._use(lambda store: _read(store, keys, today), dict[bytes, bytes]())
        for index, (key, task) in enumerate(zip(keys, tasks, strict=True)):
            if key in rows:
                paths = [part.path for part in task.draft.parts]
                # Skip a row that is damaged or was not written by reportlint.
                with suppress(ValueError, LookupError, TypeError, AttributeError):
                    results[index] = unpack(rows[key], paths, task.rules)
        return results

    def remember(self, fresh: Iterable[tuple[bytes, Draft, DraftResult]]) -> None:
        """Store results, in one transaction. Crashes and unreadable drafts are not stored: the next run may succeed."""
        today = date.today()
        rows = [
            (
                key,
                today.isoformat(),
                pack(result, [part.path for part in draft.parts]),
            )
            for key, draft, result in fresh
            if not any(finding.code in (CRASHED, UNREADABLE) for finding in result.findings)
        ]
        if rows:
            self._use(lambda store: _write(store, rows, (today - _KEPT).isoformat()), None)

    def _use(self, action: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        """Return the result of an action on the store, or ``otherwise`` if it fails. A corrupt store is deleted."""
        file = self._folder / _FILE
        try:
            if not self._folder.is_dir():
                self._folder.mkdir(mode=0o700, parents=True)
                (self._folder / ".gitignore").write_text("*\n", encoding="utf-8")
            with closing(sqlite3.connect(file, timeout=_TIMEOUT)) as store, store:
                # A power failure may corrupt the store, which is acceptable for a cache.
                store.execute("PRAGMA synchronous = OFF")
                store.execute(_CREATE)
                return action(store)
        except (OSError, sqlite3.OperationalError) as error:
            self.error = str(error)
        except sqlite3.DatabaseError:
            with suppress(OSError):
                file.unlink()
        return otherwise


def _read(store: sqlite3.Connection, keys: Sequence[bytes], today: str) -> dict[bytes, bytes]:
    """Return the stored results by key, and mark them as used today."""
    rows: dict[bytes, bytes] = {}
    outdated: list[tuple[str, bytes]] = []
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        marks = ",".join("?" * len(batch))
        for key, used, result in store.execute(f"SELECT key, used, result FROM results WHERE key IN ({marks})", batch):
            rows[key] = result
            outdated += [(today, key)] if used != today else []
    store.executemany("UPDATE results SET used = ? WHERE key = ?", outdated)
    return rows


def _write(store: sqlite3.Connection, rows: Sequence[tuple[bytes, str, bytes]], oldest: str) -> None:
    store.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
    store.execute("DELETE FROM results WHERE used < ?", (oldest,))


def _modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def _modules_beside(module: Path) -> list[Path]:
    """Return the modules of the outermost package that contains a module, or the module alone."""
    packages = list(takewhile(lambda folder: (folder / "__init__.py").is_file(), module.parents))
    if packages:
        return _modules(packages[-1])
    return [module] if module.is_file() else []


def _settings(rules: Rules) -> bytes:
    """Return the digest of the settings that affect findings, and of the files that hold the rules."""
    # Files count by their content, not their path. Waivers, baseline and fail-on are applied after the cache.
    options = replace(
        rules.options, folders=(), parts=(), waivers=None, baseline=None, fail_on=Options.fail_on
    )  # fmt: skip
    digest = blake2b(json.dumps(_plain(options)).encode())
    given = [card.parameters for card in rules.cards if card.parameters]
    if given:
        import regex  # noqa: PLC0415 - only house rules need it

        digest.update(regex.__version__.encode())
    for file in (file for parameters in given for file in _files_in(parameters)):
        data = file.read_bytes()
        digest.update(f"{len(data)}\0".encode())
        digest.update(data)
    for folder in rules.rulebook.folders:
        for file in rule_files(folder):
            data = file.read_bytes()
            digest.update(f"{file.relative_to(folder).as_posix()} {len(data)}\0".encode())
            digest.update(data)
    return digest.digest()


def _files_in(parameters: CardParameters) -> Iterator[Path]:
    """Yield the files that the parameters of a card name, such as a term base next to the card."""
    for value in (getattr(parameters, item.name) for item in fields(parameters)):
        values = value.values() if isinstance(value, Mapping) else value if isinstance(value, tuple) else (value,)
        yield from (file for file in values if isinstance(file, Path))


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
