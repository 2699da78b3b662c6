"""``explain`` and ``rules`` show the contents of the cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import takewhile

import pytest
from drafts import CARDS

from reportlint.config.options import Options
from reportlint.engine.rules import Rules
from reportlint.finding import Stage
from reportlint.knowledge.cards import Card
from reportlint.knowledge.rulebook import Rulebook
from reportlint.plugins.rule_loading import make_rules
from reportlint.reporters.card_texts import precision
from reportlint.reporters.layout import cells

from .conftest import run

LETTERS = {"en": {"error": "E", "warning": "W", "info": "I"}, "fr": {"error": "E", "warning": "A", "info": "R"}}
HEADINGS = {
    "en": ["Severity", "Confidence", "Measured precision", "Message", "Reason", "Authority"],
    "fr": ["Gravité", "Fiabilité", "Précision mesurée", "Message", "Motif", "Source"],
}
PRECISION = 2
"""Index of the heading that only measured rules have."""
EXAMPLE_HEADINGS = {
    "en": {True: "Example that breaks the rule", False: "Example that follows the rule"},
    "fr": {True: "Exemple non conforme à la règle", False: "Exemple conforme à la règle"},
}


@cache
def rules_in(language: str) -> Rules:
    return make_rules(Options(message_language=language))


@cache
def explain(code: str, language: str) -> str:
    """Return the output of ``explain`` for a rule."""
    result = run("explain", code, "--message-language", language)
    assert (result.code, result.err) == (0, "")
    return result.out


def flat(text: str) -> str:
    """Return ``text`` with single spaces between its words."""
    return " ".join(text.split())


def draft_shown(text: str, heading: str) -> str:
    """Return the words of the draft shown under a heading."""
    lines = takewhile(bool, text.split(f"\n{heading}\n")[1].splitlines())
    return flat(" ".join(line.removeprefix("  │").strip() for line in lines))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.code)
def test_explain_shows_the_whole_card(card: Card, language: str) -> None:
    text = explain(card.code, language)
    words = flat(text)
    lines = text.splitlines()
    assert lines[0] == f"{card.code}  {card.name}"
    headings = [line for line in lines if line in HEADINGS[language]]
    assert headings == [
        heading
        for number, heading in enumerate(HEADINGS[language])
        if number != PRECISION or precision(card, rules_in(language))
    ]
    for texts in card.message.values():
        assert flat(texts[language]) in words
    assert flat(card.why[language]) in words
    assert card.authority is not None
    assert flat(card.authority.texts[language]) in words
    assert (card.authority.url or "") in words
    for code in card.overrides:
        assert code in words
    for other in CARDS:
        if card.code in other.overrides:
            assert other.code in words
    for fails, heading in EXAMPLE_HEADINGS[language].items():
        examples = [example for example in card.examples if example.fails is fails]
        assert (heading in lines) == bool(examples)
        if examples:
            preferred = [example for example in examples if example.language == language] or examples
            assert draft_shown(text, heading).startswith(flat(preferred[0].draft))
    assert [line for line in lines if cells(line) > 80 and "://" not in line] == []
    assert "\n\n\n" not in text


def test_every_rule_has_both_kinds_of_examples() -> None:
    """Crashes and unreadable files are exceptions: no draft can show them."""
    without = {card.code for card in CARDS if {example.fails for example in card.examples} != {True, False}}
    assert without == {"RPL003", "RPL004"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_severities_are_shown_by_stage(language: str) -> None:
    stages = {"en": ("draft: ", "review: ", "publication: "), "fr": ("projet : ", "révision : ", "publication : ")}
    words = rules_in(language).lexicon(language).section("interface", "severities")
    off = rules_in(language).lexicon(language).section("interface", "off")
    for card in CARDS:
        values = [words[severity.value] if (severity := card.severity[stage]) else off for stage in Stage]
        line = ", ".join(stage + value for stage, value in zip(stages[language], values, strict=True))
        assert f"\n  {line}\n" in explain(card.code, language)


@pytest.mark.parametrize("name", ["AGD002", "agd002", "agenda-title-mismatch", "Agenda-Title-Mismatch"])
def test_rule_is_found_by_code_or_name(name: str) -> None:
    assert explain(name, "en").startswith("AGD002  agenda-title-mismatch\n")
    assert explain(name, "en") == run("explain", "AGD002").out


def test_several_rules_and_families_are_explained_once_each() -> None:
    family = [card.code for card in CARDS if card.family == "AGD"]
    assert len(family) > 3
    result = run("explain", "num001", "AGD", "agenda-title-mismatch")
    assert result.out == "".join(explain(code, "en") for code in ("NUM001", *family))
    assert run("explain", "AGD", "NUM001", "AGD").out == "".join(explain(code, "en") for code in (*family, "NUM001"))


def test_unknown_rule_among_several() -> None:
    result = run("explain", "NUM001", "AGX")
    assert (result.code, result.out) == (2, "")
    assert result.err == "reportlint: unknown rule “AGX”; did you mean “AGD”?\n"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_explain_as_json(language: str) -> None:
    given = ["--output-format", "json", "--message-language", language]
    data = run("explain", "TYP", "RPL001", *given).json
    listed = {rule["code"]: rule for rule in run("rules", *given).json["rules"]}
    cards = {card.code: card for card in CARDS}
    assert data["schema"] == 1
    assert [rule["code"] for rule in data["rules"]] == [code for code in cards if code[:3] == "TYP"] + ["RPL001"]
    for rule in data["rules"]:
        examples, measured = rule.pop("examples"), rule.pop("precision")
        assert rule == listed[rule["code"]]
        assert [example["draft"] for example in examples] == [ex.draft for ex in cards[rule["code"]].examples]
        assert {example["fails"] for example in examples} == {True, False}
        shown = precision(cards[rule["code"]], rules_in(language))
        assert measured == (shown and dict(shown[1]))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_rules_lists_every_rule_with_its_severities(language: str) -> None:
    result = run("rules", "--message-language", language)
    listed = [tuple(line.split()) for line in result.out.splitlines() if line.startswith("  ")]
    letters = LETTERS[language]
    assert listed == [
        (
            card.code,
            "/".join(letters[severity.value] if (severity := card.severity[stage]) else "–" for stage in Stage),
            card.name,
        )
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
    assert [rule["code"] for rule in data["rules"]] == [card.code for card in CARDS]
    for rule, card in zip(data["rules"], CARDS, strict=True):
        severities = {stage: card.severity[stage] for stage in Stage}
        assert rule["severity"] == {stage.value: value and value.value for stage, value in severities.items()}
        assert (rule["name"], rule["family"]) == (card.name, card.family)
        assert rule["messages"] == [texts["en"] for texts in card.message.values()]
        assert rule["authority"]["url"] == (card.authority.url if card.authority else None)
        assert rule["overrides"] == list(card.overrides)


class TestPrecision:
    """``explain`` shows the measured precision from the register."""

    @staticmethod
    def measure(monkeypatch: pytest.MonkeyPatch, **row: str) -> None:
        """Replace the register of precision by a row for NUM001."""
        read = Rulebook.register

        def register(self: Rulebook, name: str) -> Sequence[Mapping[str, str]]:
            return [{"code": "NUM001", **row}] if name == "precision.csv" else read(self, name)

        monkeypatch.setattr(Rulebook, "register", register)

    def test_judged_findings_and_documents_are_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.measure(monkeypatch, findings="33", true="31", debatable="0", documents="380")
        assert "31 of 33 judged findings right, on 380 documents" in flat(run("explain", "NUM001").out)

    def test_debatable_findings_are_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.measure(monkeypatch, findings="20", true="17", debatable="2", documents="9")
        words = flat(run("explain", "NUM001").out)
        assert "17 of 20 judged findings right and 2 debatable, on 9 documents" in words

    def test_rule_without_findings(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.measure(monkeypatch, findings="0", true="0", debatable="0", documents="9")
        assert "no finding on 9 documents" in flat(run("explain", "NUM001").out)

    def test_rule_that_was_not_measured(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.measure(monkeypatch, findings="1", true="1", debatable="0", documents="9")
        assert "Measured precision not yet measured" in flat(run("explain", "NUM002").out)
        assert "precision" not in run("explain", "RPL001").out
