"""Cards: every mistake of a file at once, each with its place and what was probably meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reportlint.errors import DataError
from reportlint.knowledge.cards import Authority, Card, choose_text, did_you_mean, load_cards
from reportlint.knowledge.scales import Confidence, Severity, Stage
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
    def loading(*texts: str) -> tuple[Card, ...]:
        files = []
        for number, text in enumerate(texts):
            path = tmp_path / f"{number}.yaml"
            path.write_text(text, encoding="utf-8")
            files.append(read_yaml(path, "cards.yaml" if len(texts) == 1 else f"{number}.yaml"))
        return load_cards(files, CHECKS)

    return loading


def mistakes(load: Any, *texts: str) -> list[str]:
    with pytest.raises(DataError) as raised:
        load(*texts)
    return [str(one) for one in raised.value.mistakes]


def test_a_good_card(load: Any) -> None:
    (card,) = load(CARD)
    assert (card.code, card.name, card.check, card.family) == ("HSE001", "no-lamps", "house.lamps", "HSE")
    assert card.severity == {Stage.DRAFT: None, Stage.REVIEW: Severity.WARNING, Stage.PUBLICATION: Severity.ERROR}
    assert card.confidence is Confidence.HIGH
    assert card.message == {"": {"en": "a lamp", "fr": "une lampe"}}
    assert card.overrides == ("NUM001",)
    assert card.authority == Authority("House style", "https://example.org/style")
    assert [(one.fails, one.draft, one.at) for one in card.examples] == [
        (True, "Lamps.", "Lamps"),
        (False, "None.", None),
    ]


def test_a_message_with_variants(load: Any) -> None:
    (card,) = load(CARD.replace('message: {en: "a lamp", fr: "une lampe"}', "message: {one: {en: a}, two: {en: b}}"))
    assert card.message == {"one": {"en": "a"}, "two": {"en": "b"}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("code: HSE001", "code: hse1", "cards.yaml:1:9: “hse1” is no code: capitals and three figures, such as HSE001"),
        ("code: HSE001", "code: [a]", "cards.yaml:1:9: “['a']” is no code: capitals and three figures, such as HSE001"),
        ("code: HSE001", "code:", "cards.yaml:1:3: “code” is missing"),
        ("name: no-lamps", "name: No Lamps", "cards.yaml:2:9: “No Lamps” is no name: small letters and hyphens"),
        (
            "check: house.lamps",
            "check: house.lampe",
            "cards.yaml:3:10: there is no check “house.lampe”; did you mean “house.lamps”?",
        ),
        ("check: house.lamps", "check: [x]", "cards.yaml:3:10: there is no check “['x']”"),
        ("check: house.lamps", "chekc: house.lamps", "cards.yaml:3:10: a card has no “chekc”; did you mean “check”?"),
        ("draft: off", "drafft: off", "cards.yaml:4:22: there is no stage “drafft”; did you mean “draft”?"),
        ("review: warning", "review: warn", "cards.yaml:4:34: “warn” is no severity (error, warning, info or off)"),
        (
            "review: warning",
            "review: [warning]",
            "cards.yaml:4:34: “['warning']” is no severity (error, warning, info or off)",
        ),
        (
            "severity: {draft: off, review: warning, publication: error}",
            "severity: loud",
            "cards.yaml:4:13: error, warning, info or off is expected, or one for each stage",
        ),
        ("confidence: high", "confidence: sure", "cards.yaml:5:15: “sure” is not high, medium or low"),
        (
            'message: {en: "a lamp", fr: "une lampe"}',
            "message: a lamp",
            "cards.yaml:6:12: a text for each language is expected (en: …)",
        ),
        (
            'message: {en: "a lamp", fr: "une lampe"}',
            "message: {fr: une lampe}",
            "cards.yaml:6:12: the text in English (en) is missing",
        ),
        (
            'message: {en: "a lamp", fr: "une lampe"}',
            "message: {one: {fr: x}}",
            "cards.yaml:6:18: the text in English (en) is missing",
        ),
        (
            'message: {en: "a lamp", fr: "une lampe"}',
            "message: {one: {en: x}, two: y}",
            "cards.yaml:6:32: a text for each language is expected (en: …)",
        ),
        (
            'why: {en: "because", fr: "parce que"}',
            "why: {en: 12}",
            "cards.yaml:7:8: a text for each language is expected (en: …)",
        ),
        ("overrides: [NUM001]", "overrides: NUM001", "cards.yaml:8:14: a list of codes is expected"),
        ('{en: "there", fr: "là"}', "there", "cards.yaml:10:12: a text for each language is expected (en: …)"),
        (
            'authority: {text: "House style", url: "https://example.org/style"}',
            "authority: House style",
            "cards.yaml:11:14: an authority has a text, and a url where there is one",
        ),
        (
            'authority: {text: "House style"',
            "authority: {text: [House style]",
            "cards.yaml:11:14: an authority has a text, and a url where there is one",
        ),
        (
            "https://example.org/style",
            "the handbook, https://example.org/style",
            "cards.yaml:11:41: “the handbook, https://example.org/style” is no address that begins with https://",
        ),
        ('at: "Lamps"', 'at: "Mud"', "cards.yaml:13:43: “Mud” does not occur in the draft"),
        (
            'fails: "Lamps."',
            'failed: "Lamps."',
            "cards.yaml:13:7: an example has a draft under either “fails” or “passes”",
        ),
        (
            'passes: "None."',
            'passes: "None.", stagee: draft',
            "cards.yaml:14:47: an example has no “stagee”; did you mean “stage”?",
        ),
        ('passes: "None."', "passes: [None]", "cards.yaml:14:7: the draft is a text"),
    ],
)
def test_one_mistake(load: Any, old: str, new: str, expected: str) -> None:
    assert CARD.count(old) == 1
    found = mistakes(load, CARD.replace(old, new))
    assert expected in found
    # A key that is misspelt is missing too.
    assert [one for one in found if one != expected and "is missing" not in one] == []


def test_all_mistakes_of_all_files_at_once(load: Any) -> None:
    bad = CARD.replace("high", "hihg").replace("HSE001", "HSE1").replace("review: warning", "review: warn")
    found = mistakes(load, bad, "code: HSE002\n", "- just a text\n", "- [\n", CARD + CARD)
    assert [one.partition(":")[0] for one in found] == ["0.yaml"] * 3 + ["1.yaml", "2.yaml", "3.yaml", "4.yaml"]
    assert "1.yaml:1:1: a list of cards is expected" in found
    assert "2.yaml:1:3: a card is expected, with code, name, check and so on" in found
    assert "4.yaml:15:9: there is another card HSE001" in found


def test_an_empty_file_is_no_list_of_cards(load: Any) -> None:
    assert mistakes(load, "") == ["cards.yaml:1:1: a list of cards is expected"]


def test_everything_that_is_missing(load: Any) -> None:
    found = mistakes(load, "- examples:\n")
    assert [one.rpartition(": ")[2] for one in found] == [
        f"“{key}” is missing" for key in ("code", "name", "check", "severity", "confidence", "message", "why")
    ]


def test_texts_fall_back_to_english() -> None:
    assert choose_text({"en": "a", "fr": "b"}, "fr") == "b"
    assert choose_text({"en": "a"}, "fr") == "a"
    assert choose_text({"es": "c"}, "fr") == "c"
    assert choose_text({}, "fr") == ""


def test_did_you_mean_only_what_is_near() -> None:
    assert did_you_mean("NUM01", ["NUM001", "REF001"]) == "; did you mean “NUM001”?"
    assert did_you_mean("elephant", ["NUM001"]) == ""
    assert did_you_mean("x", []) == ""
