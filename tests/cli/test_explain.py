"""``explain`` and ``rules`` say what the cards say."""

from __future__ import annotations

from functools import cache

import pytest
from drafts import CARDS

from reportlint.cli.explain import explain
from reportlint.config.options import Options
from reportlint.engine.rules import Rules
from reportlint.finding import Stage
from reportlint.knowledge.cards import Card
from reportlint.knowledge.rulebook import Rulebook
from reportlint.plugins.rule_sets import make_rules
from reportlint.reporters.cardtext import precision
from reportlint.reporters.layout import cells

from .conftest import run

LETTERS = {"en": {"error": "E", "warning": "W", "info": "I"}, "fr": {"error": "E", "warning": "A", "info": "R"}}
HEADINGS = {
    "en": ["Severity", "Confidence", "Measured precision", "Message", "Reason", "Authority"],
    "fr": ["Gravité", "Degré de certitude", "Exactitude mesurée", "Message", "Motif", "Source"],
}
MEASURED = 2
EXAMPLE_HEADINGS = {
    "en": {True: "Example with the fault", False: "Example without the fault"},
    "fr": {True: "Exemple fautif", False: "Exemple correct"},
}


@cache
def rules_in(language: str) -> Rules:
    return make_rules(Options(message_language=language))


def flat(text: str) -> str:
    return " ".join(text.split())


def drafts_shown(text: str, heading: str) -> str:
    """The words of the draft shown under a heading."""
    lines = text.split(f"\n{heading}\n")[1].splitlines()
    bars = [
        line.removeprefix("  │").strip() for line in lines[: next((n for n, one in enumerate(lines) if not one), None)]
    ]
    return flat(" ".join(line for line in bars))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.code)
def test_explain_shows_the_whole_card(card: Card, language: str) -> None:
    text = explain(card.code, rules_in(language))
    words = flat(text)
    lines = text.splitlines()
    assert lines[0] == f"{card.code}  {card.name}"
    headings = [line for line in lines if line in HEADINGS[language]]
    assert headings == [
        heading
        for number, heading in enumerate(HEADINGS[language])
        if number != MEASURED or precision(card.code, rules_in(language))
    ]
    for texts in card.message.values():
        assert flat(texts[language]) in words
    assert flat(card.why[language]) in words
    assert card.authority is not None
    assert flat(card.authority.text) in words
    assert (card.authority.url or "") in words
    for code in card.overrides:
        assert code in words
    for other in CARDS:
        if card.code in other.overrides:
            assert other.code in words
    for fails, heading in EXAMPLE_HEADINGS[language].items():
        own = [one for one in card.examples if one.fails is fails]
        assert (heading in lines) == bool(own)
        if own:
            spoken = [one for one in own if one.language == language] or own
            assert drafts_shown(text, heading).startswith(flat(spoken[0].draft))
    assert [line for line in lines if cells(line) > 80 and "://" not in line] == []
    assert "\n\n\n" not in text


def test_every_rule_has_both_kinds_of_examples() -> None:
    """The linter's own codes excepted: no draft makes a rule crash."""
    without = {card.code for card in CARDS if {one.fails for one in card.examples} != {True, False}}
    assert without == {"RPL003", "RPL004"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_severities_are_shown_by_stage(language: str) -> None:
    stages = {"en": ("draft: ", "review: ", "publication: "), "fr": ("projet : ", "révision : ", "publication : ")}
    words = rules_in(language).lexicon(language).section("interface", "severities")
    off = rules_in(language).lexicon(language).section("interface", "off")
    for card in CARDS:
        values = [words[severity.value] if (severity := card.severity[stage]) else off for stage in Stage]
        line = ", ".join(stage + value for stage, value in zip(stages[language], values, strict=True))
        assert f"\n  {line}\n" in explain(card.code, rules_in(language))


@pytest.mark.parametrize("name", ["AGD002", "agd002", "agenda-title-mismatch", "Agenda-Title-Mismatch"])
def test_a_rule_goes_by_code_or_name(name: str) -> None:
    result = run("explain", name)
    assert (result.code, result.err) == (0, "")
    assert result.out == explain("AGD002", rules_in("en"))


def test_the_command_speaks_french() -> None:
    assert run("explain", "AGD002", "--message-language", "fr").out == explain("AGD002", rules_in("fr"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_rules_lists_every_rule_with_its_severities(language: str) -> None:
    result = run("rules", "--message-language", language)
    listed = [tuple(line.split()) for line in result.out.splitlines() if line.startswith("  ")]
    letters = LETTERS[language]
    assert listed == [
        (card.code, "/".join(letters[s.value] if (s := card.severity[stage]) else "–" for stage in Stage), card.name)
        for card in CARDS
    ]
    families = [line.split("  ") for line in result.out.splitlines() if line[:3].isupper() and line[3:5] == "  "]
    assert [family for family, _ in families] == sorted({card.family for card in CARDS})
    assert all(title for _, title in families)
    legend = flat(result.out.split("\n\n")[-1])
    words = rules_in(language).lexicon(language).section("interface", "severities")
    assert all(f"{letter} {words[severity]}" in legend for severity, letter in letters.items())


def test_rules_as_json() -> None:
    data = run("rules", "--output-format", "json").json
    assert data["schema"] == 1
    assert [one["code"] for one in data["rules"]] == [card.code for card in CARDS]
    for one, card in zip(data["rules"], CARDS, strict=True):
        assert one["severity"] == {stage.value: s.value if (s := card.severity[stage]) else None for stage in Stage}
        assert (one["name"], one["family"]) == (card.name, card.family)
        assert one["messages"] == [texts["en"] for texts in card.message.values()]
        assert one["authority"]["url"] == (card.authority.url if card.authority else None)
        assert one["overrides"] == list(card.overrides)


class TestPrecision:
    """The measured precision is that of the register, whatever it says."""

    @staticmethod
    def rules(monkeypatch: pytest.MonkeyPatch, **row: str) -> Rules:
        rules = rules_in("en")
        monkeypatch.setattr(Rulebook, "register", lambda self, name: [{"code": "NUM001", **row}])
        return rules

    def test_share_with_debatable_findings_as_half(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rules = self.rules(monkeypatch, findings="20", true="17", debatable="2", documents="9")
        words = flat(explain("NUM001", rules))
        assert "90 per cent of the findings are true (20 on 9 published documents" in words
        assert "17 true, 2 debatable, 1 false" in words

    def test_rule_that_found_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rules = self.rules(monkeypatch, findings="0", true="0", debatable="0", documents="9")
        assert "it found nothing on 9 published documents" in flat(explain("NUM001", rules))

    def test_rule_that_was_not_measured(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rules = self.rules(monkeypatch, findings="1", true="1", debatable="0", documents="9")
        assert precision("NUM002", rules) is None
