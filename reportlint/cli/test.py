"""The examples of cards, run for their authors."""

from __future__ import annotations

from collections.abc import Sequence

from reportlint.testing import rule_cases


def rule_tests(paths: Sequence[str]) -> tuple[bool, str]:
    """Whether every rule does what its examples say, and which do not.

    Raises:
        DataError: cards are not as they should be.
        SetupError: there are none.
    """
    cases = rule_cases(*paths)
    failures = [f"{case}: {failure}" for case in cases if (failure := case.failure())]
    rules = len({case.card.code for case in cases})
    examples = sum(case.example is not None for case in cases)
    total = f"{_count(examples, 'example')} of {_count(rules, 'rule')}: {_count(len(failures), 'failure')}"
    return not failures, "".join(f"{line}\n" for line in (*failures, total))


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
