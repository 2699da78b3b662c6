"""Measure whether a draft has the same findings as a Word file as in Markdown or plain text.

Run it from the project root, with the ``dev`` extra installed::

    python benchmarks/word_twins.py               # all examples, and 200 named edits
    python benchmarks/word_twins.py --edits 2000  # all named edits
    python benchmarks/word_twins.py --differences # also name every difference

Each draft is written as a Word file in several ways (``tests/word_drafts.py``). A finding is the same if its code and
its place as a reader cites it ("para. 3") are. *Equal* is the share of drafts whose findings are all the same, *same*
the share of findings that the Word file has too, and *extra* counts the findings that only the Word file has. The exit
code is 1 if a share is below 0.98 or anything is extra. Drafts in which a note has no mark are left out: Word cannot
have such notes.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from drafts import examples
from twin_findings import Comparison, chosen_edits, compare_text, edited, has_twin
from word_drafts import WAYS

TARGET = 0.98


class Twin(NamedTuple):
    """A draft: what it is called, its text, and the file whose suffix it has."""

    name: str
    text: str
    path: str


def twins_of_examples() -> Iterator[Twin]:
    """Yield the examples."""
    for folder in ("clean", "faulty"):
        for path in examples(folder):
            yield Twin(f"{folder}/{path.name}", path.read_text(encoding="utf-8"), path.name)


def measure(twins: Iterator[Twin], differences: bool) -> bool:
    """Print the shares by way of writing; return whether the targets are met."""
    left_out = 0
    compared: dict[str, list[Comparison]] = {name: [] for name in WAYS}
    for twin in twins:
        if not has_twin(twin.text, twin.path):
            left_out += 1
            continue
        for way, comparison in zip(WAYS, compare_text(twin.text, twin.path), strict=True):
            compared[way].append(comparison)
            if differences and not comparison.is_equal:
                print(
                    f"  {twin.name} | {way} | lacks {_listed(comparison.missing)} | extra {_listed(comparison.extra)}"
                )
    width = max(map(len, WAYS))
    print(f"  {'way of writing':{width}}  drafts  equal  findings   same  extra")
    met = True
    for way, comparisons in compared.items():
        equal = sum(each.is_equal for each in comparisons) / len(comparisons)
        same = sum(each.same for each in comparisons)
        findings = same + sum(sum(each.missing.values()) for each in comparisons)
        extra = sum(sum(each.extra.values()) for each in comparisons)
        share = same / findings if findings else 1.0
        print(f"  {way:{width}}  {len(comparisons):6}  {equal:.3f}  {findings:8}  {share:.3f}  {extra:5}")
        met = met and equal >= TARGET and share >= TARGET and not extra
    if left_out:
        print(f"  left out, since a note has no mark: {left_out}")
    return met


def _listed(places: Counter[tuple[str, str]]) -> str:
    return ", ".join(f"{code} ({where})" for code, where in places.elements()) or "nothing"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the shares for examples and named edits."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--edits", type=int, default=200, help="number of named edits (default: 200)")
    parser.add_argument("--differences", action="store_true", help="name every difference")
    options = parser.parse_args(arguments)
    print("examples")
    met = measure(twins_of_examples(), options.differences)
    print("\nnamed edits")
    twins = (Twin(edit.name, edited(edit), edit.draft) for edit in chosen_edits(options.edits))
    return 0 if measure(twins, options.differences) and met else 1


if __name__ == "__main__":
    sys.exit(main())
