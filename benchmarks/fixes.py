"""Measure the fixes on planted faults: how many come back to the right text.

Run it from the project root, with the ``dev`` extra installed::

    python benchmarks/fixes.py            # print the table; exit code 1 if a target is missed
    python benchmarks/fixes.py --list     # also list the faults that safe fixes do not mend
    python benchmarks/fixes.py --others   # also fix all other named edits, which must stay as they are

The *named edits* (``tests/edits``) of the rules below are faults with one right text: that of the clean draft, or the
one that the edit states as ``fixed``. Edits without a single right text are left out. Each fault is fixed as ``--fix``
does it, with all other findings in the draft, first with safe fixes alone, then with unsafe ones too. A draft whose
text changes into any other text is fixed wrongly.

The first rows are faults of which the fix has one right result. The target is for them. The fixes of the other rows
need review (``docs/commands.md``): those of some rules, and those of the kinds in ``needs_review`` in
``tests/fixing.py``. No safe fix may change their drafts. Which row a fault is in depends on the edit alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from fixing import ALL, SAFE, fixed_text, needs_review
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
REVIEWED = {
    "articles of names": ("CTY001", "CTY002", "CTY006"),
    "sessions in words": ("MTG007",),
    "other repeated words": ("TYP003",),
    "short names": ("CTY005", "CTY007"),
    "agenda titles": ("AGD002",),
    "abbreviations": ("ABB003",),
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

    @property
    def is_reviewed(self) -> bool:
        """Whether the fix needs review."""
        return self.kind in REVIEWED


def kind_of(edit: Edit) -> str | None:
    """Return the class of a fault; ``None`` if it is not measured."""
    if edit.fixed is None:
        return None
    classes = REVIEWED if needs_review(edit) else {**CLASSES, **REVIEWED}
    return next((kind for kind, codes in classes.items() if edit.code in codes), None)


def outcomes() -> Iterator[Outcome]:
    """Yield the outcome of each fault."""
    for language in LANGUAGES:
        for edit in edits(language):
            kind = kind_of(edit)
            if kind and edit.fixed is not None:
                before = clean(edit.draft)[0]
                faulty, right = before.replace(edit.old, edit.new), before.replace(edit.old, edit.fixed)
                texts = [fixed_text(faulty, edit.draft, grades) for grades in (SAFE, ALL)]
                yield Outcome(edit, kind, *(Mended(text == right, text not in (right, faulty)) for text in texts))


def changed_others() -> Iterator[Edit]:
    """Yield the other named edits, legitimate ones too, of which safe fixes change the draft in any way."""
    for language in LANGUAGES:
        for edit in edits(language):
            faulty = clean(edit.draft)[0].replace(edit.old, edit.new)
            if kind_of(edit) is None and fixed_text(faulty, edit.draft, SAFE) != faulty:
                yield edit


def rows(results: list[Outcome]) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"{'':<24}{'faults':>8}{'safe':>8}{'wrong':>8}{'all':>8}{'wrong':>8}"
    safe = [result for result in results if not result.is_reviewed]
    reviewed = [result for result in results if result.is_reviewed]
    for title, classes, group in (
        ("one right result", CLASSES, safe),
        ("to be reviewed", REVIEWED, reviewed),
    ):
        for kind in classes:
            yield _row(kind, [result for result in group if result.kind == kind])
        yield _row(f"all: {title}", group)
    yield _row("all", results)
    yield f"safe fixes mend {_share(safe):.3f} of {len(safe)} faults with one right result; the target is {SAFELY}"
    codes = {code for codes in CLASSES.values() for code in codes}
    of_rules = [result for result in results if result.edit.code in codes]
    yield f"safe fixes mend {_share(of_rules):.3f} of all {len(of_rules)} faults of the same rules"


def _row(name: str, results: list[Outcome]) -> str:
    counts = (
        len(results),
        sum(result.safe.right for result in results),
        sum(result.safe.wrong for result in results),
        sum(result.all.right for result in results),
        sum(result.all.wrong for result in results),
    )
    return f"{name:<24}" + "".join(f"{count:>8}" for count in counts)


def _share(results: list[Outcome]) -> float:
    return sum(result.safe.right for result in results) / len(results)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table.

    Return 1 if safe fixes mend too few faults with one right result, or change a draft wrongly or without review;
    else 0.
    """
    parser = argparse.ArgumentParser(description="Measure the fixes on the named edits.")
    parser.add_argument("--list", action="store_true", help="list the faults that safe fixes do not mend")
    parser.add_argument("--others", action="store_true", help="also fix all other named edits")
    given = parser.parse_args(arguments)
    results = list(outcomes())
    print(*rows(results), sep="\n")
    for result in results:
        if given.list and not result.safe.right:
            how = "wrongly" if result.safe.wrong else "unsafe" if result.all.right else "not"
            print(f"  {how}: {result.kind}: {result.edit.language} {result.edit.code} {result.edit.name}")
    others = list(changed_others()) if given.others else []
    if given.others:
        number = sum(kind_of(edit) is None for language in LANGUAGES for edit in edits(language))
        print(f"safe fixes change {len(others)} of the {number} other named edits")
    is_missed = _share([result for result in results if not result.is_reviewed]) < SAFELY
    is_wrong = any(result.safe.wrong or (result.is_reviewed and result.safe.right) for result in results)
    return int(is_missed or is_wrong or bool(others))


if __name__ == "__main__":
    sys.exit(main())
