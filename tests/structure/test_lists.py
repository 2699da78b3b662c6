"""Nested lists of every style and in any order, without the help of indentation."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import NamedTuple

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.document.enumerators import letters, roman
from reportlint.readers import read
from reportlint.structure import Structure, build_structure, diagnose


class Kind(NamedTuple):
    """The labels of a list: their punctuation, and how a value is printed."""

    shape: str
    printed: Callable[[int], str]


def small_roman(value: int) -> str:
    return roman(value).lower()


KINDS = [Kind(shape, printed) for shape in ("({})", "{})", "{}.") for printed in (letters, small_roman)]
KINDS += [Kind("({})", str), Kind("{})", str)]
MOST_ITEMS = 12
MOST_NESTED_ITEMS = 4
DEEPEST = 3


class Item(NamedTuple):
    depth: int
    label: str
    text: str


def nested(rng: random.Random, above: tuple[Kind, ...] = ()) -> list[Item]:
    """Return the items of a list whose items may hold lists of other kinds."""
    kind = rng.choice([kind for kind in KINDS if kind not in above])
    items: list[Item] = []
    for value in range(1, rng.randint(2, MOST_NESTED_ITEMS if above else MOST_ITEMS) + 1):
        is_divided = len(above) < DEEPEST and rng.random() < 0.35
        items.append(
            Item(len(above), kind.shape.format(kind.printed(value)), "the harbour" + (":" if is_divided else ";"))
        )
        if is_divided:
            items += nested(rng, (*above, kind))
    return items


def structure_of(items: list[Item], format: str) -> Structure:
    indent = 4 if format == "text" else 0
    lines = (f"{' ' * indent * item.depth}{item.label} {item.text}" for item in items)
    body = "\n\n".join(("1. The Group met.", "2. The notice holds:", *lines, "3. The Group rose.", "4. It left."))
    return build_structure(read(Source.from_text(body), format), rules_for().lexicon("en"))


def breaks(structure: Structure) -> int:
    """Return the number of breaks in the paragraphs and in all lists of two items or more."""
    series = [*structure.paragraphs, *(one for one in structure.lists if len(one.values) > 1)]
    return sum(len(list(diagnose(one.values, one.values[0] if one.values[0] > 2 else 1))) for one in series)


@pytest.mark.parametrize("format", ["markdown", "text"])
@pytest.mark.parametrize("seed", range(60))
def test_nested_lists_have_no_break(seed: int, format: str) -> None:
    assert breaks(structure_of(nested(random.Random(seed)), format)) == 0


@pytest.mark.parametrize(
    ("labels", "lists"),
    [
        ("(a) (b) (i) a. b. (ii) (iii) (c)", ["(a) (b) (c)", "(i) (ii) (iii)", "a. b."]),
        ("(a) (i) a. b. (ii) (b)", ["(a) (b)", "(i) (ii)", "a. b."]),
        ("a) i) a. b. ii) iii) b)", ["a) b)", "i) ii) iii)", "a. b."]),
        ("(i) (a) (b) (ii) (a) (b) (iii)", ["(i) (ii) (iii)", "(a) (b)", "(a) (b)"]),
        ("(a) (1) (2) (b)", ["(a) (b)", "(1) (2)"]),
        ("(gg) (hh) (ii) (jj) (kk)", ["(gg) (hh) (ii) (jj) (kk)"]),
        ("(a) (b) (a) (b)", ["(a) (b)", "(a) (b)"]),
        # What is missing or misprinted stays in its list.
        ("(a) (b) (i) a. b. (iii) (iv) (c)", ["(a) (b) (c)", "(i) (iii) (iv)", "a. b."]),
        ("(a) (a) (c)", ["(a) (a) (c)"]),
        ("(f) (g) (i) (j)", ["(f) (g) (i) (j)"]),
        ("(a) b) (c)", ["(a) b) (c)"]),
    ],
)
def test_a_label_belongs_to_the_innermost_list_that_it_continues(labels: str, lists: list[str]) -> None:
    structure = structure_of([Item(0, label, "the harbour;") for label in labels.split()], "markdown")
    assert [" ".join(entry.label.text for entry in series.entries) for series in structure.lists] == lists
