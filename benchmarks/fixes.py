"""Measure the fixes on planted faults: how many come back to the right text.

Run it from the project root, with the ``dev`` extra installed::

    python benchmarks/fixes.py            # print the table; exit code 1 if a target is missed
    python benchmarks/fixes.py --list     # also list the faults that safe fixes do not mend

The *named edits* (``tests/edits``) of the rules below are faults with one right text: that of the clean draft, or the
one that the edit states as ``fixed``. Edits without a single right text are left out. Each fault is fixed as ``--fix``
does it, with all other findings in the draft, first with safe fixes alone, then with unsafe ones too. A draft whose
text changes into any other text is fixed wrongly.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from fixing import ALL, SAFE, fixed_text
from named_edits import LANGUAGES, Edit, clean, edits

CLASSES = {
    "malformed symbols": ("SYM001",),
    "names of States": ("CTY001", "CTY002", "CTY006"),
    "order of States": ("CTY003",),
    "style of labels": ("NUM004",),
    "ordinals": ("MTG007",),
    "spaces": ("TYP001",),
    "repeated words": ("TYP003",),
}
SAFELY = 0.95


class Mended(NamedTuple):
    """What fixes of one grade make of a fault: the right text, another text, or nothing."""

    right: bool
    wrong: bool


class Outcome(NamedTuple):
    """A fault, its class, and what safe fixes and all fixes make of it."""

    edit: Edit
    kind: str
    safe: Mended
    all: Mended


def outcomes() -> Iterator[Outcome]:
    """Yield the outcome of each fault."""
    kinds = {code: kind for kind, codes in CLASSES.items() for code in codes}
    for language in LANGUAGES:
        for edit in edits(language):
            if edit.code in kinds and edit.fixed is not None:
                before = clean(edit.draft)[0]
                faulty, right = before.replace(edit.old, edit.new), before.replace(edit.old, edit.fixed)
                texts = [fixed_text(faulty, edit.draft, grades) for grades in (SAFE, ALL)]
                yield Outcome(
                    edit, kinds[edit.code], *(Mended(text == right, text not in (right, faulty)) for text in texts)
                )


def rows(results: list[Outcome]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{'':<20}{'faults':>8}{'safe':>8}{'wrong':>8}{'all':>8}{'wrong':>8}"
    for kind in (*CLASSES, "all"):
        counts: Counter[str] = Counter()
        for result in results:
            if kind in (result.kind, "all"):
                counts.update(
                    faults=1, safe=result.safe.right, safe_wrong=result.safe.wrong,
                    all=result.all.right, all_wrong=result.all.wrong,
                )  # fmt: skip
        columns = ("faults", "safe", "safe_wrong", "all", "all_wrong")
        yield f"{kind:<20}" + "".join(f"{counts[column]:>8}" for column in columns)
    share = sum(result.safe.right for result in results) / len(results)
    yield f"safe fixes mend {share:.3f} of {len(results)} faults; the target is {SAFELY}"


def main() -> int:
    """Print the table. Return 1 if safe fixes mend too few faults, or one of them wrongly; else 0."""
    parser = argparse.ArgumentParser(description="Measure the fixes on the named edits.")
    parser.add_argument("--list", action="store_true", help="list the faults that safe fixes do not mend")
    listed = parser.parse_args().list
    results = list(outcomes())
    print(*rows(results), sep="\n")
    for result in results:
        if listed and not result.safe.right:
            how = "wrongly" if result.safe.wrong else "unsafe" if result.all.right else "not"
            print(f"  {how}: {result.edit.language} {result.edit.code} {result.edit.name}")
    right = sum(result.safe.right for result in results)
    return int(right < SAFELY * len(results) or any(result.safe.wrong for result in results))


if __name__ == "__main__":
    sys.exit(main())
