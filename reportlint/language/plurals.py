"""Plural forms: which form of a word a number requires."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Rule = Mapping[str, Sequence[int]]
"""The numbers for which a form is used, as whole numbers or by their last digits."""


def plural_form(rules: Sequence[Rule], number: int) -> int:
    """Return the index of the form for ``number``: that of the first rule that fits, or else the last form.

    A rule fits if the number is in each of its lists that it has, and in none that begins with ``not_``.
    """
    values = {"numbers": number, "last": number % 10, "last_two": number % 100}
    for index, rule in enumerate(rules):
        if all(_fits(kind, numbers, values) for kind, numbers in rule.items()):
            return index
    return len(rules)


def _fits(kind: str, numbers: Sequence[int], values: Mapping[str, int]) -> bool:
    plain = kind.removeprefix("not_")
    return (values[plain] in numbers) is (plain == kind)
