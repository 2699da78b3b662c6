"""``reportlint test``: runs the examples in rule cards."""

from __future__ import annotations

from argparse import Namespace

from reportlint.cli.terminal import Result, complain_of_plugins
from reportlint.plugins.plugin_loading import load_components
from reportlint.testing import installed_rule_cases


def run(given: Namespace) -> Result:
    """Run the examples of cards and list those that fail. A broken plugin makes the command fail.

    Raises:
        DataError: a card is invalid.
        SetupError: there are no cards.
    """
    installed = load_components()
    broken = complain_of_plugins(installed.broken)
    cases = installed_rule_cases(installed, *given.cards)
    failures = [f"{case}: {failure}" for case in cases if (failure := case.failure())]
    rules = len({case.card.code for case in cases})
    examples = sum(case.example is not None for case in cases)
    total = f"{_count(examples, 'example')} of {_count(rules, 'rule')}: {_count(len(failures), 'failure')}"
    return broken or int(bool(failures)), "".join(f"{line}\n" for line in (*failures, total))


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
