"""Run the examples of cards as tests, as ``reportlint test`` does. This module is public, like the package itself.

.. code-block:: python

    from reportlint.testing import RuleCase, rule_cases

    @pytest.mark.parametrize("case", rule_cases("rules"), ids=str)
    def test_rule(case: RuleCase) -> None:
        case.verify()
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from reportlint.config.options import Options
from reportlint.document import Source
from reportlint.document.source import fold
from reportlint.engine.finding_writer import CRASHED
from reportlint.engine.rules import ENGINE_CHECK, Rules
from reportlint.errors import SetupError
from reportlint.knowledge.cards import Card, Example, load_cards
from reportlint.knowledge.levels import Stage
from reportlint.knowledge.rulebook import card_files
from reportlint.plugins.plugin_loading import BUILTIN, Components, load_components
from reportlint.plugins.rule_loading import known_checks, make_rules, usable_components
from reportlint.report import FileReport
from reportlint.runner.draft_checking import check_text
from reportlint.runner.inputs import suffix_of

__all__ = ["RuleCase", "rule_cases"]

_STAGES = (Stage.REVIEW, Stage.PUBLICATION, Stage.DRAFT)


class _Bench:
    """The rules under test, which are made once for each stage and language."""

    def __init__(self, paths: tuple[Path, ...], installed: Components) -> None:
        self.cards = load_cards((file for path in paths for file in card_files(path)), known_checks(installed))
        self.codes = frozenset(card.code for card in self.cards)
        # The cards under test replace the installed cards of the same plugin.
        self.components = usable_components(
            Components.of(
                replace(plugin, folder=None)
                if plugin.name != BUILTIN and self.codes & _codes(plugin.folder)
                else plugin
                for plugin in installed.plugins
            )
        )
        loaded = {folder.resolve() for folder in self.components.folders}
        self.folders = tuple(path for path in paths if not {path.resolve(), path.resolve().parent} & loaded)
        self._rules: dict[tuple[Stage, str | None], Rules] = {}

    def lint(self, example: Example, card: Card, stage: Stage) -> FileReport:
        """Check an example with the rules under test and this version of a card."""
        language = example.language
        if (stage, language) not in self._rules:
            # A rule selected by its code is on at every stage.
            options = Options(stage, self.codes, language=language, folders=self.folders)
            self._rules[stage, language] = make_rules(options, self.components)
        rules = self._rules[stage, language].with_card(card)
        return check_text(example.draft, example.path, suffix_of(example.path, rules.readers), rules)


def _codes(folder: Path | None) -> set[str]:
    files = [file.value for file in card_files(folder)] if folder else []
    return {str(card.get("code")) for cards in files for card in cards or () if isinstance(card, Mapping)}


@dataclass(frozen=True)
class RuleCase:
    """An example of a card, or a missing example: ``lacks`` is then "fails" or "passes".

    ``str(case)`` identifies the case: "house.yaml:31: HSE001".
    """

    card: Card
    example: Example | None
    lacks: str = ""
    bench: _Bench = field(kw_only=True, repr=False)

    def __str__(self) -> str:
        return f"{self.example.place if self.example else self.card.place}: {self.card.code}"

    def failure(self) -> str:
        """Return how the result of the rule differs from its example; "" if it does not.

        Only the findings of the rule itself count. The stage is that of the example, or else the first of review,
        publication and draft at which the rule is on.
        """
        if self.example is None:
            return f"the card has no example that {self.lacks}"
        stage = next((stage for stage in _STAGES if self.card.severity[stage]), Stage.REVIEW)
        card = replace(self.card, parameters=self.example.parameters)
        report = self.bench.lint(self.example, card, Stage(self.example.stage or stage))
        for finding in report.findings:
            if finding.code == CRASHED and finding.fields["check"] in (self.card.check, ENGINE_CHECK):
                return finding.message
        findings = [finding for finding in report.findings if finding.code == self.card.code]
        source = Source.from_text(self.example.draft)
        words = [source.text[finding.place.start : finding.place.end] for finding in findings]
        listed = "; ".join(f"“{marked}” ({finding.message})" for marked, finding in zip(words, findings, strict=True))
        if not self.example.fails:
            return f"the draft should pass but has a finding at {listed}" if findings else ""
        if not findings:
            hint = "" if report.language else "; its language is not recognized: add “language” to the example"
            return f"the draft should fail but passes{hint}"
        if len(findings) > 1:
            return f"the draft should have one finding but has {len(findings)}: {listed}"
        if self.example.at is not None and fold(self.example.at) != words[0]:
            return f"the finding should be at “{self.example.at}” but is at {listed}"
        return ""

    def verify(self) -> None:
        """Raise ``AssertionError`` if the result of the rule differs from its example."""
        if failure := self.failure():
            raise AssertionError(f"{self}: {failure}")


def rule_cases(*rules: str | Path) -> tuple[RuleCase, ...]:
    """Return a case for every example of the cards in some folders or files.

    A card without a failing or without a passing example gives a case that fails.

    Raises:
        DataError: a card is invalid; the error lists every mistake.
        SetupError: there are no cards.
    """
    return installed_rule_cases(load_components(), *rules)


def installed_rule_cases(installed: Components, *rules: str | Path) -> tuple[RuleCase, ...]:
    """Return the same as :func:`rule_cases`, with these plugins."""
    bench = _Bench(tuple(map(Path, rules)), installed)
    if not bench.cards:
        raise SetupError(f"no rules in “{', '.join(map(str, rules))}”")
    return tuple(_cases(bench))


def _cases(bench: _Bench) -> Iterator[RuleCase]:
    for card in bench.cards:
        for example in card.examples:
            yield RuleCase(card, example, bench=bench)
        for fails, word in ((True, "fails"), (False, "passes")):
            if card.check != ENGINE_CHECK and not any(example.fails is fails for example in card.examples):
                yield RuleCase(card, None, word, bench=bench)
