"""``reportlint test``: runs the examples in rule cards."""

from __future__ import annotations

from argparse import Namespace

from reportlint.cli.terminal import Result
from reportlint.testing import rule_cases


def run(given: Namespace) -> Result:
    """Run the examples of cards and list those that fail.

    Raises:
        DataError: a card is invalid.
        SetupError: there are no cards.
    """
    cases = rule_cases(*given.cards)
    failures = [f"{case}: {failure}" for case in cases if (failure := case.failure())]
    rules = len({case.card.code for case in cases})
    examples = sum(case.example is not None for case in cases)
    total = f"{_count(examples, 'example')} of {_count(rules, 'rule')}: {_count(len(failures), 'failure')}"
    return int(bool(failures)), "".join(f"{line}\n" for line in (*failures, total))


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
