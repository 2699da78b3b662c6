"""Collation, language detection, sentence ends, and formatting of lists and values."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.knowledge.rulebook import Rulebook, builtin_folder
from reportlint.language.collation import letters_key, words_key
from reportlint.language.detect import detect_language
from reportlint.language.lexicon import Lexicon

BOOK = Rulebook((builtin_folder(),))
EN, FR = (Lexicon(code, BOOK.lexicon(code)) for code in ("en", "fr"))


@pytest.mark.parametrize(
    "names",
    [
        ["République de Corée", "République démocratique du Congo", "République de Moldova", "République dominicaine"],
        [
            "Égypte",
            "El Salvador",
            "Émirats arabes unis",
            "Équateur",
            "Érythrée",
            "Espagne",
            "Estonie",
            "État de Palestine",
            "États-Unis d'Amérique",
            "Éthiopie",
        ],
        ["Guinée", "Guinée-Bissau", "Guinée équatoriale"],
        ["Côte d'Ivoire", "Croatie", "Cuba"],
        ["Ukraine", "Union européenne", "Uruguay"],
        ["Netherlands (Kingdom of the)", "New Zealand", "Nicaragua", "Niger", "Nigeria"],
        ["Lao People's Democratic Republic", "Latvia", "Lebanon"],
    ],
)
def test_letter_by_letter_order(names: list[str]) -> None:
    assert sorted(set(names), key=letters_key) == names


def test_word_by_word_order() -> None:
    names = ["République de Corée", "République de Moldova", "République démocratique du Congo"]
    assert sorted(set(names), key=words_key) == names
    assert sorted(names, key=letters_key) != names


@given(st.text(max_size=12))
def test_case_spaces_hyphens_and_apostrophes_are_ignored(name: str) -> None:
    assert letters_key(f" {name}' - ") == letters_key(name)
    assert letters_key(letters_key(name)) == letters_key(name)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Committee took note of the report and decided to hold its next session in the autumn.", "en"),
        ("The meeting was held in the margins of the Conference, at the invitation of the host country.", "en"),
        (
            "Le Comité a pris note du rapport et a décidé de tenir sa session dans les locaux du secrétariat.",
            "fr",
        ),
        ("Les représentants des États ont salué les efforts qui ont été faits par le secrétariat.", "fr"),
        (
            "El Comité tomó nota del informe y decidió celebrar su próximo período de sesiones en la sede.",
            None,
        ),
        (
            "Il Comitato ha preso atto della relazione e ha deciso di tenere la prossima sessione nella sede centrale.",
            None,
        ),
        ("O Comitê tomou nota do relatório e decidiu realizar a sua próxima sessão na sede da organização.", None),
        ("Der Ausschuss nahm von dem Bericht Kenntnis und beschloss, seine nächste Tagung im Herbst abzuhalten.", None),
        ("Комитет принял к сведению доклад и постановил провести следующую сессию осенью.", None),
        ("委员会注意到该报告，并决定在秋季举行下届会议。", None),
        ("أحاطت اللجنة علما بالتقرير وقررت عقد دورتها المقبلة في الخريف.", None),
        ("def read(path):\n    stream = open(path)\n    return json.load(stream)\nfoo = bar(baz[1:], qux)\n", None),
        ("a = 1; b = 2; c = a + b; print(c)", None),
        ("", None),
        ("12. 34/56 — 7 %", None),
    ],
)
def test_detection(text: str, expected: str | None) -> None:
    assert detect_language(text, BOOK.frequent_words()) == expected


@given(st.text(max_size=200))
def test_detection_never_raises(text: str) -> None:
    assert detect_language(text, BOOK.frequent_words()) in (None, "en", "fr")
    assert detect_language(text, {"en": ["the"]}) in (None, "en")


def sentences(lexicon: Lexicon, text: str) -> list[str]:
    ends = lexicon.sentence_ends(text)
    assert list(ends) == sorted(ends)
    assert ends[-1] == len(text)
    return [text[start:end].strip() for start, end in zip((0, *ends), ends, strict=False) if text[start:end].strip()]


@pytest.mark.parametrize(
    ("lexicon", "text", "expected"),
    [
        (EN, "It met. It adjourned.", ["It met.", "It adjourned."]),
        (EN, "See para. 3 of the report. Next.", ["See para. 3 of the report.", "Next."]),
        (EN, "Mr. Ali spoke. Ms. Bo replied.", ["Mr. Ali spoke.", "Ms. Bo replied."]),
        (EN, "J. R. Smith spoke. Others did not.", ["J. R. Smith spoke.", "Others did not."]),
        (
            EN,
            "A/AC.1/2 and Add.1 and Corr.1. They were issued.",
            ["A/AC.1/2 and Add.1 and Corr.1.", "They were issued."],
        ),
        (EN, "He said “Yes.” She left.", ["He said “Yes.", "” She left."]),
        (EN, "at 3.30 p.m. on Monday", ["at 3.30 p.m. on Monday"]),
        (EN, "Was it? It was! Yes.", ["Was it?", "It was!", "Yes."]),
        (EN, "no stop", ["no stop"]),
        (EN, "The session closed. Černý Vrch was thanked.", ["The session closed.", "Černý Vrch was thanked."]),
        (EN, "It weighs 3 lit. šest in all.", ["It weighs 3 lit. šest in all."]),
        (FR, "Voir par. 3 du rapport. Ensuite.", ["Voir par. 3 du rapport.", "Ensuite."]),
        (FR, "M. Ali a parlé. Mme. Bo aussi.", ["M. Ali a parlé.", "Mme. Bo aussi."]),
        (FR, "C'était en juin. À la reprise, il a parlé.", ["C'était en juin.", "À la reprise, il a parlé."]),
    ],
)
def test_sentences(lexicon: Lexicon, text: str, expected: list[str]) -> None:
    assert sentences(lexicon, text) == expected


@given(st.text(alphabet="Aa. !?»”)(1\n", max_size=60))
def test_sentences_cover_the_text(text: str) -> None:
    ends = EN.sentence_ends(text)
    assert ends[-1] == len(text)
    assert list(ends) == sorted(ends)


def test_formatting_of_values() -> None:
    assert EN.format_value(date(2022, 7, 1)) == "1 July 2022"
    assert FR.format_value(date(2022, 7, 1)) == "1er juillet 2022"
    assert EN.format_value([date(2022, 7, 1), date(2022, 7, 2)]) == "1 July 2022 and 2 July 2022"
    assert FR.format_value(["I", "II", "IV"]) == "I, II et IV"
    assert EN.format_list([]) == ""
    assert EN.format_list(["I"]) == "I"
    assert EN.fill("{a} and {b}, {c}", {"a": 1, "b": "{c}"}) == "1 and {c}, {c}"


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"word": "mud", "paragraph": "3"}, "mud (para. 3) is [3]"),
        ({"word": "mud", "paragraph": None}, "mud is [None]"),
        ({"word": "mud", "paragraph": ""}, "mud is []"),
        ({"word": "[ {x}]"}, "[ {x}] is [{paragraph}]"),
    ],
)
def test_optional_part_of_a_message(fields: dict[str, object], text: str) -> None:
    """A part in brackets after a space or punctuation needs its fields; other brackets are text."""
    assert EN.fill("{word}[ (para. {paragraph})] is [{paragraph}]", fields) == text
