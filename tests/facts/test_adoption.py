"""The phrases about the adoption of the report: each is recognized, and none is superfluous."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import yaml
from drafts import rules_for

from reportlint.document import Source
from reportlint.facts.adoption import Adoptions, label_ranges, read_labels
from reportlint.language.numerals import roman
from reportlint.language.phrases import Phrase, PhraseFamily
from reportlint.readers import read

SENTENCES: Mapping[str, Mapping[str, Sequence[str]]] = yaml.safe_load(
    Path(__file__).with_name("adoption_sentences.yaml").read_text(encoding="utf-8")
)
CASES = [(language, family) for language, families in SENTENCES.items() for family in families]
TITLES = {"en": "Adoption of the report", "fr": "Adoption du rapport"}


def plain(sentence: str) -> str:
    return sentence.replace("[", "").replace("]", "")


def adoptions(draft: str, language: str) -> Adoptions:
    return rules_for().facts_for(read(Source.from_text(draft, "draft.md"), "markdown"), language).get(Adoptions)


def found(phrases: Sequence[Phrase], sentence: str) -> str:
    """Return a sentence with the words in square brackets that a family of phrases recognizes first."""
    match = PhraseFamily(tuple(phrases)).search(sentence)
    return f"{sentence[: match.start()]}[{match[0]}]{sentence[match.end() :]}" if match else sentence


@pytest.mark.parametrize(("language", "family"), CASES)
def test_every_sentence_is_recognized(language: str, family: str) -> None:
    phrases = rules_for().lexicon(language).phrases(family).phrases
    assert [found(phrases, plain(sentence)) for sentence in SENTENCES[language][family]] == SENTENCES[language][family]


@pytest.mark.parametrize(("language", "family"), CASES)
def test_every_phrase_is_needed(language: str, family: str) -> None:
    phrases = rules_for().lexicon(language).phrases(family).phrases

    def is_needed(phrase: Phrase) -> bool:
        others = [other for other in phrases if other is not phrase]
        return any(found(others, plain(sentence)) != sentence for sentence in SENTENCES[language][family])

    assert [phrase.notation for phrase in phrases if not is_needed(phrase)] == []


@pytest.mark.parametrize("language", SENTENCES)
def test_every_family_has_sentences(language: str) -> None:
    families = rules_for().lexicon(language).data["phrases"]
    assert {name for name in families if "adopt" in name and name != "agenda_adopted"} - set(
        SENTENCES[language]
    ) == set()


@pytest.mark.parametrize("language", SENTENCES)
def test_every_statement_is_an_adoption(language: str) -> None:
    for sentence in SENTENCES[language]["adoption"]:
        assert adoptions(f"1. {plain(sentence)}\n", language).adoption, sentence
    for sentence in SENTENCES[language]["adoption_under_title"]:
        assert adoptions(f"## II. {TITLES[language]}\n\n1. {plain(sentence)}\n", language).adoption, sentence
    for sentence in SENTENCES[language]["not_adopted"]:
        assert adoptions(f"## I. Lamps\n\n1. {plain(sentence)}\n", language).not_adopted, sentence


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The Committee adopted the report of the Drafting Group."),
        ("en", "Once the credentials of the delegations were checked, the Committee adopted the report."),
        ("fr", "Le Comité a adopté le rapport du Bureau."),
        ("fr", "Après la vérification des pouvoirs, le Comité a adopté le rapport."),
    ],
)
def test_the_adoption_of_another_report_does_not_count(language: str, sentence: str) -> None:
    assert adoptions(f"1. {sentence}\n", language).adoption is None


@pytest.mark.parametrize(
    ("language", "sentence", "day"),
    [
        ("en", "On 12 March 2019, the Committee adopted the present report.", True),
        ("en", "On 12 March 2019, the Committee adopted the present report by correspondence.", False),
        ("fr", "Le 12 mars 2019, le Comité a adopté le présent rapport.", True),
        ("fr", "Le 12 mars 2019, le Comité a adopté le présent rapport par correspondance.", False),
    ],
)
def test_the_day_of_an_adoption_after_the_event_does_not_count(language: str, sentence: str, day: bool) -> None:
    adoption = adoptions(f"1. {sentence}\n", language).adoption
    assert adoption is not None
    assert bool(adoption.days) == day


@pytest.mark.parametrize(
    ("text", "labels", "ranges"),
    [
        ("II and IV", ["II", "IV"], []),
        ("I to V", ["I", "II", "III", "IV", "V"], [("I", "V")]),
        ("II–IV and VI", ["II", "III", "IV", "VI"], [("II", "IV")]),
        ("A to C, E", ["A", "B", "C", "E"], [("A", "C")]),
        ("C to D", ["C", "D"], [("C", "D")]),
        ("C to A", ["C", "A"], [("C", "A")]),
        ("II.A to II.C", ["II.A", "II.C"], [("II.A", "II.C")]),
        ("A to VIII", ["A", "VIII"], [("A", "VIII")]),
        # A range of more than thirty sections is none.
        ("XX to XLIX", [roman(number) for number in range(20, 50)], [("XX", "XLIX")]),
        ("XX to L", ["XX", "L"], [("XX", "L")]),
    ],
)
def test_labels_of_sections(text: str, labels: list[str], ranges: list[tuple[str, str]]) -> None:
    lexicon = rules_for().lexicon("en")
    assert [label for label, _, _ in read_labels(text, lexicon)] == labels
    assert list(label_ranges(text, lexicon)) == ranges
    for label, start, end in read_labels(text, lexicon):
        assert text[start:end] == label or text[start:end] in [last for _, last in ranges]
