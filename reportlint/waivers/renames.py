"""Drafts that were renamed: which draft a path in a waiver file or baseline stands for when it is gone."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping, Set
from typing import NamedTuple

from reportlint.config.config_file import relative
from reportlint.files import is_inside
from reportlint.report import FileReport, FileState
from reportlint.waivers.suppression import codes_named, have_run

Mark = tuple[str, str]
"""The code and fingerprint by which an entry names a finding."""


class Paths(NamedTuple):
    """The paths that a file names and that are gone.

    ``renamed`` maps a path to the draft that its entries apply to instead. ``orphans`` lead to no draft, and are below
    the folders that were checked. All are relative to the folder of the file.
    """

    renamed: Mapping[str, str] = {}
    orphans: frozenset[str] = frozenset()


def paths_gone(
    entries: Mapping[str, Collection[Mark]], files: Iterable[FileReport], folder: str, checked: Iterable[str] | None
) -> Paths:
    """Return what became of the paths that are gone.

    The entries of such a path apply to the draft, named by no entry, in which most of them match: at least half of
    those whose rules ran, and at least one. A draft takes over one path only.

    Args:
        entries: the findings that the file names, by path.
        files: the checked files to which the file applies; they are looked at only if a path is gone.
        folder: the folder of the file.
        checked: the folders that were checked; ``None``: nothing can be said, because other runs check other files.
    """
    if checked is None:
        return Paths()
    missing = [path for path in entries if not os.path.lexists(os.path.join(folder, path))]
    if not missing:
        return Paths()
    naming: dict[Mark, list[str]] = {}
    for path in missing:
        for mark in entries[path]:
            naming.setdefault(mark, []).append(path)
    here: set[str] = set()
    matches: list[tuple[int, str, str]] = []
    for file in files:
        if file.state is FileState.CHECKED:
            name = relative(file.path, folder)
            here.add(name)
            if name not in entries:
                present = file.marks
                similar = {path for mark in present for path in naming.get(mark, ())}
                counts = ((_matching(entries[path], present, file), path) for path in similar)
                matches += [(-count, path, name) for count, path in counts if count]
    gone = {path for path in missing if path not in here}
    renamed: dict[str, str] = {}
    for _, path, name in sorted(matches):
        if path in gone and path not in renamed and name not in renamed.values():
            renamed[path] = name
    tops = [*checked]
    orphans = (path for path in gone if path not in renamed)
    below = (path for path in orphans if any(is_inside(os.path.join(folder, path), top) for top in tops))
    return Paths(renamed, frozenset(below))


def _matching(marks: Collection[Mark], present: Set[Mark], file: FileReport) -> int:
    """Return how many of the findings a draft has; 0 if it has less than half of those whose rules ran.

    ``present`` are the findings that it has, at least one of them among ``marks``.
    """
    count = sum(mark in present for mark in marks)
    judged = sum(have_run(codes_named(code, file.rules), file.rules, file.crashed) for code, _ in marks)
    return count if 2 * count >= judged else 0
