"""For those who write rules: runs the examples of cards, as ``reportlint test`` does. Public, as the package itself is.

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
from reportlint.knowledge.rulebook import card_files
from reportlint.knowledge.scales import Stage
from reportlint.plugins.loading import BUILTIN, Parts, load_parts
from reportlint.plugins.rule_sets import known_checks, make_rules
from reportlint.report import FileReport
from reportlint.runner.one_draft import check_text

__all__ = ["RuleCase", "rule_cases"]

_SUFFIX = ".md"
_STAGES = (Stage.REVIEW, Stage.PUBLICATION, Stage.DRAFT)


class _Bench:
    """The rules under test, made once for each stage and language."""

    def __init__(self, paths: tuple[Path, ...]) -> None:
        parts = load_parts()
        self.cards = load_cards((file for path in paths for file in card_files(path)), known_checks(parts))
        self.codes = frozenset(card.code for card in self.cards)
        # The cards under test stand for those of the same plugin as it is installed.
        self.parts = Parts.of(
            replace(one, folder=None) if one.name != BUILTIN and self.codes & _codes(one.folder) else one
            for one in parts.plugins
        )
        loaded = {folder.resolve() for folder in self.parts.folders}
        self.folders = tuple(one for one in paths if not {one.resolve(), one.resolve().parent} & loaded)
        self._made: dict[tuple[Stage, str | None], Rules] = {}

    def lint(self, text: str, card: Card, stage: Stage, language: str | None) -> FileReport:
        if (stage, language) not in self._made:
            # What is selected by its code speaks even where it is off.
            options = Options(stage, self.codes, language=language, folders=self.folders)
            self._made[stage, language] = make_rules(options, self.parts)
        return check_text(text, f"example{_SUFFIX}", _SUFFIX, self._made[stage, language].with_card(card))


def _codes(folder: Path | None) -> set[str]:
    files = [file.value for file in card_files(folder)] if folder else []
    return {str(card.get("code")) for cards in files for card in cards or () if isinstance(card, Mapping)}


@dataclass(frozen=True)
class RuleCase:
    """An example of a card, or that it has none that ``lacks``; ``str`` names it: "house.yaml:31: HSE001"."""

    card: Card
    example: Example | None
    lacks: str = ""
    bench: _Bench = field(kw_only=True, repr=False)

    def __str__(self) -> str:
        return f"{self.example.place if self.example else self.card.place}: {self.card.code}"

    def failure(self) -> str:
        """In what the rule does not do what its example says; empty if it does.

        Only the findings of the rule itself count. It is asked at the stage that the example names, else at the first
        of review, publication and draft at which it is on.
        """
        if self.example is None:
            return f"the card has no example that {self.lacks}"
        stage = next((one for one in _STAGES if self.card.severity[one]), Stage.REVIEW)
        card = replace(self.card, parameters=self.example.parameters)
        report = self.bench.lint(self.example.draft, card, Stage(self.example.stage or stage), self.example.language)
        for one in report.findings:
            if one.code == CRASHED and one.fields["check"] == self.card.check:
                return one.message
        findings = [one for one in report.findings if one.code == self.card.code]
        source = Source.from_text(self.example.draft)
        words = [source.text[one.place.start : one.place.end] for one in findings]
        said = "; ".join(f"“{marked}” ({one.message})" for marked, one in zip(words, findings, strict=True))
        if not self.example.fails:
            return f"the draft should pass, and has a finding at {said}" if findings else ""
        if not findings:
            unknown = "" if report.language else "; its language is not recognised: say which in the example"
            return f"the draft should fail, and passes{unknown}"
        if len(findings) > 1:
            return f"the draft should have one finding, and has {len(findings)}: {said}"
        if self.example.at is not None and fold(self.example.at) != words[0]:
            return f"the finding should be at “{self.example.at}”, and is at {said}"
        return ""

    def verify(self) -> None:
        """Raise ``AssertionError`` if the rule does not do what its example says."""
        failure = self.failure()
        assert not failure, f"{self}: {failure}"


def rule_cases(*rules: str | Path) -> tuple[RuleCase, ...]:
    """The examples of all cards in some folders or files of cards; a card must have some of either kind.

    Raises:
        DataError: cards are not as they should be, with every mistake.
        SetupError: there are no cards.
    """
    bench = _Bench(tuple(map(Path, rules)))
    if not bench.cards:
        raise SetupError(f"there are no rules in “{', '.join(map(str, rules))}”")
    return tuple(_cases(bench))


def _cases(bench: _Bench) -> Iterator[RuleCase]:
    for card in bench.cards:
        for example in card.examples:
            yield RuleCase(card, example, bench=bench)
        for fails, word in ((True, "fails"), (False, "passes")):
            if card.check != ENGINE_CHECK and not any(one.fails is fails for one in card.examples):
                yield RuleCase(card, None, word, bench=bench)
