"""The cache: what came of drafts in earlier runs, found again by everything that it depends on.

That is the bytes of a draft, the settings, the cards, lexicons and registers, the plugins, and the program itself;
never a path or the time of a file. Nothing of the text is kept but what findings quote.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Sequence
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
from reportlint.knowledge.rulebook import rule_files
from reportlint.plugins.loading import Plugin
from reportlint.runner.one_draft import DraftResult, Task
from reportlint.runner.packing import pack, unpack

_T = TypeVar("_T")
_FILE = "results-2.db"  # another number for another layout of the table
_CREATE = "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, used TEXT, result BLOB) WITHOUT ROWID"
_SECONDS = 5.0  # as long do runs wait for each other
_AT_ONCE = 500
_KEPT = timedelta(days=14)  # after its last use


def default_folder() -> Path | None:
    """Where the operating system wants what can be made again; ``None`` for a user who has no home."""
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
    """The cache in a folder, for the rules of some plugins. ``error`` says why one that cannot be used is as empty."""

    def __init__(self, folder: Path, plugins: Sequence[Plugin]) -> None:
        self.error = ""
        self._folder = folder
        self._plugins = plugins
        self._settings: dict[Options, bytes] = {}

    def key(self, draft: Draft, rules: Rules) -> bytes:
        """All that the outcome for a draft depends on, in a few bytes."""
        if rules.options not in self._settings:
            self._settings[rules.options] = _settings(rules)
        found = blake2b(self._program + self._settings[rules.options], digest_size=16)
        for part in draft.parts:
            data = part.data if isinstance(part.data, bytes) else part.data.encode("utf-8", "surrogatepass")
            found.update(json.dumps([part.suffix, part.error, type(part.data).__name__, len(data)]).encode())
            found.update(data)
        return found.digest()

    @cached_property
    def _program(self) -> bytes:
        """The program and the plugins by their files: a version does not change with every change."""
        found = blake2b(f"{sys.version} {unidata_version}".encode())
        for file in _modules(Path(__file__).parents[1]):
            found.update(file.read_bytes())
        for plugin in self._plugins:
            found.update(f"{plugin.name} {plugin.origin} {plugin.error}".encode())
            for module in _modules_beside(Path(plugin.file)):
                found.update(module.read_bytes())
        return found.digest()

    def recall(self, keys: Sequence[bytes], tasks: Sequence[Task]) -> dict[int, DraftResult]:
        """What is known of some drafts, by their numbers."""
        today = date.today().isoformat()
        results: dict[int, DraftResult] = {}
        found = self._do(lambda store: _read(store, keys, today), dict[bytes, bytes]())
        for number, (key, task) in enumerate(zip(keys, tasks, strict=True)):
            if key in found:
                paths = [part.path for part in task.draft.parts]
                # Whoever wrote into the file, what cannot be used is not there.
                with suppress(ValueError, LookupError, TypeError, AttributeError):
                    results[number] = unpack(found[key], paths, task.rules)
        return results

    def remember(self, fresh: Iterable[tuple[bytes, Draft, DraftResult]]) -> None:
        """Keep what came of some drafts, all or nothing, unless it may go better another time."""
        today = date.today()
        rows = [
            (
                key,
                today.isoformat(),
                pack(checked, [part.path for part in draft.parts]),
            )
            for key, draft, checked in fresh
            if not any(finding.code in (CRASHED, UNREADABLE) for finding in checked.findings)
        ]
        if rows:
            self._do(lambda store: _write(store, rows, (today - _KEPT).isoformat()), None)

    def _do(self, action: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        """What an action on the store gives; a store that is broken is removed, as if it had not been there."""
        file = self._folder / _FILE
        try:
            if not self._folder.is_dir():
                self._folder.mkdir(mode=0o700, parents=True)
                (self._folder / ".gitignore").write_text("*\n", encoding="utf-8")
            with closing(sqlite3.connect(file, timeout=_SECONDS)) as store, store:
                # A loss of power may break the store, which is no loss.
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
    found: dict[bytes, bytes] = {}
    unmarked: list[tuple[str, bytes]] = []
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        marks = ",".join("?" * len(some))
        for key, used, result in store.execute(f"SELECT key, used, result FROM results WHERE key IN ({marks})", some):
            found[key] = result
            unmarked += [(today, key)] if used != today else []
    store.executemany("UPDATE results SET used = ? WHERE key = ?", unmarked)
    return found


def _write(store: sqlite3.Connection, rows: Sequence[tuple[bytes, str, bytes]], oldest: str) -> None:
    store.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
    store.execute("DELETE FROM results WHERE used < ?", (oldest,))


def _modules(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.py"))


def _modules_beside(module: Path) -> list[Path]:
    """A module with those of the package that it is in."""
    packages = list(takewhile(lambda folder: (folder / "__init__.py").is_file(), module.parents))
    if packages:
        return _modules(packages[-1])
    return [module] if module.is_file() else []


def _settings(rules: Rules) -> bytes:
    """The settings that change findings, with the folders of rules by what is in them."""
    # Of files that are named only what they hold counts; waivers, baseline and what fails a run come after the cache.
    options = replace(
        rules.options, folders=(), parts=(), waivers=None, baseline=None, fail_on=Options.fail_on
    )  # fmt: skip
    found = blake2b(json.dumps(_plain(options)).encode())
    if any(card.parameters for card in rules.cards):
        import regex  # noqa: PLC0415 - only rules of a house have patterns for it

        found.update(regex.__version__.encode())
    for folder in rules.rulebook.folders:
        for file in rule_files(folder):
            data = file.read_bytes()
            found.update(f"{file.relative_to(folder).as_posix()} {len(data)}\0".encode())
            found.update(data)
    return found.digest()


def _plain(value: Any) -> Any:
    """A setting as JSON has it, the same in every process: sets have no order of their own."""
    if is_dataclass(value):
        return [_plain(getattr(value, one.name)) for one in fields(value)]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
