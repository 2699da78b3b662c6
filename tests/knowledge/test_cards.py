"""Loading cards: all mistakes are reported at once, each with its place and a suggestion."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportlint.errors import DataError
from reportlint.knowledge.cards import Card, CardAuthority, choose_text, load_cards
from reportlint.knowledge.levels import Confidence, Severity, Stage
from reportlint.knowledge.suggestions import did_you_mean
from reportlint.knowledge.yamlfile import read_yaml

CARD = """- code: HSE001
  name: no-lamps
  check: house.lamps
  severity: {draft: off, review: warning, publication: error}
  confidence: high
  message: {en: "a lamp", fr: "une lampe"}
  why: {en: "because", fr: "parce que"}
  overrides: [NUM001]
  related:
    other: {en: "there", fr: "là"}
  authority: {text: "House style", url: "https://example.org/style"}
  examples:
    - {language: en, fails: "Lamps.", at: "Lamps"}
    - {language: en, passes: "None."}
"""
CHECKS = dict.fromkeys(("house.lamps", "house.mud"))


@pytest.fixture
def load(tmp_path: Path) -> Any:
    def load_texts(*texts: str) -> tuple[Card, ...]:
        files = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}.yaml"
            path.write_text(text, encoding="utf-8")
            files.append(read_yaml(path, "cards.yaml" if len(texts) == 1 else f"{number}.yaml"))
        return load_cards(files, CHECKS)

    return load_texts


def mistakes(load: Any, *texts: str) -> list[str]:
    with pytest.raises(DataError) as raised:
        load(*texts)
    return [str(mistake) for mistake in raised.value.mistakes]


def test_valid_card(load: Any) -> None:
    (card,) = load(CARD)
    assert (card.code, card.name, card.check, card.family) == ("HSE001", "no-lamps", "house.lamps", "HSE")
    assert card.severity == {Stage.DRAFT: None, Stage.REVIEW: Severity.WARNING, Stage.PUBLICATION: Severity.ERROR}
    assert card.confidence is Confidence.HIGH
    assert card.message == {"": {"en": "a lamp", "fr": "une lampe"}}
    assert card.overrides == ("NUM001",)
    assert card.authority == CardAuthority({"en": "House style"}, "https://example.org/style")
    assert [(example.fails, example.draft, example.at) for example in card.examples] == [
        (True, "Lamps.", "Lamps"),
        (False, "None.", None),
    ]


def test_message_with_variants(load: Any) -> None:
    (card,) = load(CARD.replace('message: {en: "a lamp", fr: "une lampe"}', "message: {one: {en: a}, two: {en: b}}"))
    assert card.message == {"one": {"en": "a"}, "two": {"en": "b"}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "code: HSE001",
            "code: hse1",
            "cards.yaml:1:9: “hse1” is not a rule code: use two to eight capital letters and three digits (HSE001)",
        ),
        (
            "code: HSE001",
            "code: [a]",
            "cards.yaml:1:9: “['a']” is not a rule code: use two to eight capital letters and three digits (HSE001)",
        ),
        ("code: HSE001", "code:", "cards.yaml:1:3: “code” is missing"),
        (
            "name: no-lamps",
            "name: No Lamps",
            "cards.yaml:2:9: “No Lamps” is not a rule name: use lower-case letters, digits and hyphens (no-lamps)",
        ),
        (
            "check: house.lamps",
            "check: house.lampe",
            "cards.yaml:3:10: unknown check “house.lampe”; did you mean “house.lamps”?",
        ),
        ("check: house.lamps", "check: [x]", "cards.yaml:3:10: expected a single value"),
        (
            "check: house.lamps",
            "chekc: house.lamps",
            "cards.yaml:3:3: unknown key “chekc”; did you mean “check”?",
        ),
        ("draft: off", "drafft: off", "cards.yaml:4:14: unknown stage “drafft”; did you mean “draft”?"),
        (
            "review: warning",
            "review: warn",
            "cards.yaml:4:34: “warn” is not a severity: use error, warning, info or off",
        ),
        (
            "review: warning",
            "review: [warning]",
            "cards.yaml:4:34: “['warning']” is not a severity: use error, warning, info or off",
        ),
        (
            "severity: {draft: off, review: warning, publication: error}",
            "severity: loud",
            "cards.yaml:4:13: expected error, warning, info or off, or one of these for each stage",
        ),
        (
            "confidence: high",
            "confidence: sure",
            "cards.yaml:5:15: “sure” is not a confidence: use high, medium or low",
        ),
        (
            'message: {en: "a lamp", fr: "une lampe"}',
            "message: a lamp",
            "cards.yaml:6:12: expected a text for each language (en: …)",
        ),
        (
            'message: {en: "a lamp", fr: "une lampe"}',
            "message: {fr: une lampe}",
            "cards.yaml:6:12: the English text (en) is missing",
        ),
        (
            'message: {en: "a lamp", fr: "une lampe"}',
            "message: {one: {fr: x}}",
            "cards.yaml:6:18: the English text (en) is missing",
        ),
        (
            'message: {en: "a lamp", fr: "une lampe"}',
            "message: {one: {en: x}, two: y}",
            "cards.yaml:6:32: expected a text for each language (en: …)",
        ),
        (
            'why: {en: "because", fr: "parce que"}',
            "why: {en: 12}",
            "cards.yaml:7:13: expected a text; put the value in quotation marks",
        ),
        ("overrides: [NUM001]", "overrides: NUM001", "cards.yaml:8:14: expected a list of rule codes"),
        ('{en: "there", fr: "là"}', "there", "cards.yaml:10:12: expected a text for each language (en: …)"),
        (
            'authority: {text: "House style", url: "https://example.org/style"}',
            "authority: House style",
            "cards.yaml:11:14: an authority needs a “text”, or one for each language, and may have a “url”",
        ),
        (
            'authority: {text: "House style"',
            "authority: {text: [House style]",
            "cards.yaml:11:21: expected a single value",
        ),
        (
            "https://example.org/style",
            "the handbook, https://example.org/style",
            "cards.yaml:11:41: “the handbook, https://example.org/style” is not a web address (https://…)",
        ),
        ('at: "Lamps"', 'at: "Mud"', "cards.yaml:13:43: “Mud” does not occur in the draft"),
        (
            'fails: "Lamps."',
            'failed: "Lamps."',
            "cards.yaml:13:22: unknown key “failed”; did you mean “fails”?",
        ),
        (
            'passes: "None."',
            'passes: "None.", stagee: draft',
            "cards.yaml:14:39: unknown key “stagee”; did you mean “stage”?",
        ),
        ('passes: "None."', "passes: [None]", "cards.yaml:14:30: expected a single value"),
    ],
)
def test_mistake(load: Any, old: str, new: str, expected: str) -> None:
    assert CARD.count(old) == 1
    reported = mistakes(load, CARD.replace(old, new))
    assert expected in reported
    assert reported == [expected]


def test_mistakes_of_all_files_are_reported_at_once(load: Any) -> None:
    bad = CARD.replace("high", "hihg").replace("HSE001", "HSE1").replace("review: warning", "review: warn")
    reported = mistakes(load, bad, "code: HSE002\n", "- just a text\n", "- [\n", CARD + CARD)
    files = [mistake.partition(":")[0] for mistake in reported]
    assert files == ["0.yaml"] * 3 + ["1.yaml", "2.yaml", "3.yaml", "4.yaml"]
    assert "1.yaml:1:1: expected a list of cards" in reported
    assert "2.yaml:1:3: expected a card, with “code”, “name”, “check” and other keys" in reported
    assert "4.yaml:15:9: another card already uses the code HSE001" in reported


@pytest.mark.parametrize("example", ["{language: en}", '{fails: "a", passes: "b"}'])
def test_an_example_is_one_draft(load: Any, example: str) -> None:
    reported = mistakes(load, CARD.replace('{language: en, passes: "None."}', example))
    assert reported == ["cards.yaml:14:7: an example needs a draft under either “fails” or “passes”"]


def test_empty_file_is_not_a_list_of_cards(load: Any) -> None:
    assert mistakes(load, "") == ["cards.yaml:1:1: expected a list of cards"]


def test_every_missing_key_is_reported(load: Any) -> None:
    reported = mistakes(load, "- examples:\n")
    assert [mistake.rpartition(": ")[2] for mistake in reported] == [
        f"“{key}” is missing" for key in ("code", "name", "check", "severity", "confidence", "message", "why")
    ]


def test_texts_fall_back_to_english() -> None:
    assert choose_text({"en": "a", "fr": "b"}, "fr") == "b"
    assert choose_text({"en": "a"}, "fr") == "a"
    assert choose_text({"es": "c"}, "fr") == "c"
    assert choose_text({}, "fr") == ""


def test_did_you_mean_suggests_only_similar_words() -> None:
    assert did_you_mean("NUM01", ["NUM001", "REF001"]) == "; did you mean “NUM001”?"
    assert did_you_mean("elephant", ["NUM001"]) == ""
    assert did_you_mean("x", []) == ""
