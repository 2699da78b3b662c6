"""Meetings and their days, the dates of the session, and the adoption of the report."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.engine.fact_store import Facts
from reportlint.facts.adoption import Adoptions, read_labels
from reportlint.facts.meetings import Meetings
from reportlint.facts.session import Session
from reportlint.readers import read


@cache
def facts(text: str, language: str = "en") -> Facts:
    return rules_for().facts_for(read(Source.from_text(text), "markdown"), language)


def june(*days: int) -> set[date]:
    return {date(2022, 6, day) for day in days}


HELD = {
    "en": "# Report of the Committee\n\n1. The Committee held its sixth session in Vienna from 27 to 30 June 2022.\n\n2. {}\n",  # noqa: E501
    "fr": "# Rapport du Comité\n\n1. Le Comité a tenu sa sixième session à Vienne du 27 au 30 juin 2022.\n\n2. {}\n",
}


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "At its 1st meeting, on 27 June, it began.", [((1,), june(27))]),
        ("en", "At its 1st meeting, chaired by Ms. Doe, on 27 June, it began.", [((1,), june(27))]),
        ("en", "At its 1st meeting, chaired by Mr. J. R. Doe (Norway), on 27 June, it began.", [((1,), june(27))]),
        ("en", "At its 1st meeting, co-chaired by Ms. Doe and Mr. Roe, on 27 June, it began.", [((1,), june(27))]),
        ("en", "At its 1st meeting, chaired by Ms. Doe, Vice-Chair, on 27 June, it began.", [((1,), june(27))]),
        ("en", "At its 1st meeting, chaired by the Vice-Chair, Ms. Doe, on 27 June, it began.", [((1,), june(27))]),
        ("en", "At its 1st meeting, with Ms. Doe in the chair, on 27 June, it began.", [((1,), june(27))]),
        (
            "en",
            "At its 1st meeting, chaired by Ms. Doe, it read a letter received, on 28 June, from Chad.",
            [((1,), set())],
        ),
        ("fr", "À sa 1re séance, présidée par M. J. Doe (Norvège), le 27 juin, il a commencé.", [((1,), june(27))]),
        (
            "fr",
            "À sa 1re séance, présidée par Mme Doe, Vice-Présidente, le 27 juin, il a commencé.",
            [((1,), june(27))],
        ),
        ("fr", "À sa 1re séance, sous la présidence de Mme Doe, le 27 juin, il a commencé.", [((1,), june(27))]),
        (
            "fr",
            "À sa 1re séance, présidée par Mme Doe, il a lu une lettre reçue, le 28 juin, du Tchad.",
            [((1,), set())],
        ),
        ("en", "At its 1st and 2nd meetings, on 27 June 2022, it began.", [((1, 2), june(27))]),
        ("en", "At its 1st to 3rd meetings, on 27 and 28 June, it began.", [((1, 2, 3), june(27, 28))]),
        (
            "en",
            "At its 2nd, 3rd and 5th plenary meetings, held from 27 to 29 June, it went on.",
            [((2, 3, 5), june(27, 28, 29))],
        ),
        ("en", "At its 4th meeting it went on.", [((4,), set())]),
        # Below the text of a decision.
        ("en", "It decides.\n\n4th plenary meeting\n30 June 2022", [((4,), june(30))]),
        ("en", "It decides.\n\n4th plenary meeting\n\n30 June 2022", [((4,), june(30))]),
        ("en", "It decides.\n\n4th plenary meeting\n\nLamps of 30 June 2022", [((4,), set())]),
        ("en", "At its 2nd meeting, in the afternoon of 28 June, it went on.", [((2,), june(28))]),
        ("en", "At its 2nd meeting, held on the morning of 28 June 2022, it went on.", [((2,), june(28))]),
        ("fr", "À sa 2e séance, l'après-midi du 28 juin, il a continué.", [((2,), june(28))]),
        (
            "en",
            "At its 1st meeting (27 June 2022), it began; at its 2nd meeting, on 28 June, it went on.",
            [((1,), june(27)), ((2,), june(28))],
        ),
        ("fr", "À sa 1re séance, le 27 juin, il a commencé.", [((1,), june(27))]),
        ("fr", "À ses 1re et 2e séances, le 27 juin 2022, il a commencé.", [((1, 2), june(27))]),
        ("fr", "À ses 1re, 2e et 3e séances, les 27 et 28 juin, il a commencé.", [((1, 2, 3), june(27, 28))]),
        ("fr", "À sa quatrième séance, il a continué.", [((4,), set())]),
        ("fr", "À ses première et deuxième séances, le 27 juin, il a commencé.", [((1, 2), june(27))]),
        ("fr", "À sa vingt et unième séance, le 30 juin, il a continué.", [((21,), june(30))]),
        ("en", "The segment was the 2nd meeting of the Committee, on 28 June 2022.", [((2,), june(28))]),
        ("en", "It was the 2nd meeting of the Committee, on 28 June 2019.", []),
        ("en", "It was the 2nd meeting of the Board, on 28 June 2022.", []),
        ("fr", "Ce débat a occupé la 2e séance du Comité, le 28 juin.", [((2,), june(28))]),
        # Not references: the event itself, meetings of other bodies or sessions, quotations.
        ("en", "The ninth meeting of the Working Group was short.", []),
        ("en", "At the 5th meeting of its second session, on 3 May 2018, it rose.", []),
        ("en", "At the 3rd meeting of the Bureau, it was agreed.", []),
        ("en", "At the 9000th meeting of the Security Council, it was agreed.", []),
        ("en", "He wrote “the 7th meeting, on 2 May,” in a letter.", []),
        ("fr", "À la 3e séance du Bureau, il a été convenu.", []),
        ("fr", "À la 5e séance de sa deuxième session, il s'est levé.", []),
    ],
)
def test_meeting_references(language: str, sentence: str, expected: list[tuple[tuple[int, ...], set[date]]]) -> None:
    meetings = facts(HELD[language].format(sentence), language).get(Meetings)
    assert [(reference.numbers, set(reference.days)) for reference in meetings.references] == expected


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "The Committee held four meetings.", [4]),
        ("en", "The session comprised a total of 12 plenary meetings.", [12]),
        ("en", "The Committee has held five meetings since 2019.", []),
        ("en", "The Committee held six informal meetings.", []),
        ("en", "The Bureau held four meetings prior to the session.", []),
        ("fr", "La session a comporté quatre séances.", [4]),
        ("fr", "Le Comité a tenu au total 12 séances.", [12]),
        ("fr", "Le Comité a tenu trois séances officieuses.", []),
    ],
)
def test_meeting_counts(language: str, sentence: str, expected: list[int]) -> None:
    meetings = facts(HELD[language].format(sentence), language).get(Meetings)
    assert [count.number for count in meetings.counts] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", HELD["en"].format("It met."), [("2022-06-27", "2022-06-30")]),
        ("fr", HELD["fr"].format("Il a siégé."), [("2022-06-27", "2022-06-30")]),
        (
            "en",
            "Distr.: General\n\n15 July 2022\n\n# Report of the Committee on its sixth session, held in Vienna from 27 to 30 June 2022\n\n1. It met.\n",  # noqa: E501
            [("2022-06-27", "2022-06-30")],
        ),
        (
            "en",
            "Distr.: General\n\n15 July 2022\n\nVienna, 27–30 June 2022\n\n# Report of the Committee\n\n1. It met.\n",
            [("2022-06-27", "2022-06-30")],
        ),
        (
            "fr",
            "Distr. générale\n\n15 juillet 2022\n\nVienne, 30 mai-1er juin 2012\n\n# Rapport du Comité\n\n1. Il a siégé.\n",  # noqa: E501
            [("2012-05-30", "2012-06-01")],
        ),
        (
            "en",
            "1. The Committee held its sixth session in Vienna on 27 and 28 June 2022.\n",
            [("2022-06-27", "2022-06-28")],
        ),
        ("en", "1. It met in the spring of 2022.\n", []),
    ],
)
def test_session_periods(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    periods = facts(text, language).get(Session).periods
    assert [(str(period.first), str(period.last)) for period in periods] == expected


REPORT = {
    "en": "## I. Introduction\n\n1. It met.\n\n## II. Debate\n\n2. It spoke.\n\n## III. Adoption of the report\n\n3. {}\n",  # noqa: E501
    "fr": "## I. Introduction\n\n1. Il a siégé.\n\n## II. Débat\n\n2. Il a parlé.\n\n## III. Adoption du rapport\n\n3. {}\n",  # noqa: E501
}


@pytest.mark.parametrize(
    ("language", "sentence", "sections", "meeting"),
    [
        ("en", "At its 4th meeting, on 28 June, the Committee adopted its report.", [], (4,)),
        (
            "en",
            "At its 4th meeting, on 28 June, the Committee adopted sections I, II and IV of the present report.",
            ["I", "II", "IV"],
            (4,),
        ),
        ("en", "The Committee adopted sections I to III of its report.", ["I", "II", "III"], None),
        ("en", "The Committee adopted by consensus sections I–III and V of the report.", ["I", "II", "III", "V"], None),
        ("en", "The Committee adopted section II.B of the report.", ["II.B"], None),
        ("en", "The Committee adopted, by consensus, as orally amended, its draft report.", [], None),
        ("en", "The report of the Committee, as amended, was adopted at the 4th meeting.", [], (4,)),
        ("en", "Sections I and II of the report were adopted.", ["I", "II"], None),
        ("en", "The Committee approved its report.", [], None),
        ("fr", "À sa 4e séance, le 28 juin, le Comité a adopté son rapport.", [], (4,)),
        (
            "fr",
            "À sa 4e séance, le 28 juin, le Comité a adopté les sections I, II et IV du présent rapport.",
            ["I", "II", "IV"],
            (4,),
        ),
        ("fr", "Le Comité a adopté les sections I à III de son rapport.", ["I", "II", "III"], None),
        (
            "fr",
            "Le Comité a adopté, par consensus, tel qu'il a été modifié oralement, son projet de rapport.",
            [],
            None,
        ),
        ("fr", "Le rapport du Comité a été adopté à la 4e séance.", [], (4,)),
        ("fr", "Les sections I et II du rapport ont été adoptées.", ["I", "II"], None),
        ("fr", "Le Comité a approuvé le présent rapport.", [], None),
    ],
)
def test_adoption(language: str, sentence: str, sections: list[str], meeting: tuple[int, ...] | None) -> None:
    adoption = facts(REPORT[language].format(sentence), language).get(Adoptions).adoption
    assert adoption
    assert [label.name for label in adoption.sections] == sections
    assert (adoption.meeting.numbers if adoption.meeting else None) == meeting


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The Committee adopted its agenda."),
        ("en", "The Committee adopted the report of the Credentials Committee."),
        ("en", "The Committee adopted the annual report of its secretariat."),
        ("en", "He said that “the Committee adopted its report”."),
        ("en", "The Committee considered its draft report."),
        ("en", "The Committee approved the changes to sections II and IV of the plan."),
        ("en", "The Committee adopted the report of its Working Group."),
        ("fr", "Le Comité a adopté son ordre du jour."),
        ("fr", "Il a dit : « le Comité a adopté son rapport »."),
        ("fr", "Le Comité a examiné son projet de rapport."),
    ],
)
def test_no_adoption_of_the_report(language: str, sentence: str) -> None:
    assert facts(REPORT[language].format(sentence), language).get(Adoptions).adoption is None


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The Credentials Committee submitted its report. The Committee adopted the report."),
        ("fr", "Le Comité de vérification des pouvoirs a présenté son rapport. Le Comité a adopté le rapport."),
    ],
)
def test_adoption_of_the_credentials_report_does_not_count(language: str, sentence: str) -> None:
    text = REPORT[language].replace("It spoke.", sentence).replace("Il a parlé.", sentence)
    assert facts(text.format("…"), language).get(Adoptions).adoption is None


@pytest.mark.parametrize(
    ("paragraphs", "days"),
    [
        ("2. At its 4th meeting, on 28 June, it took up its report.\n\n3. The Committee adopted its report.", june(28)),
        ("2. The Committee adopted its report. At its 4th meeting, on 28 June, it rested.", set()),
        (
            "2. At its 4th meeting, on 28 June, it took up its report.\n\n"
            "3. The Committee adopted its report by correspondence.",
            set(),
        ),
        (
            "2. At its 4th meeting, on 28 June, it rested.\n\n## III. Adoption of the report\n\n"
            "3. The Committee adopted its report.",
            set(),
        ),
    ],
)
def test_adoption_without_a_date(paragraphs: str, days: set[date]) -> None:
    """The date is that of the last meeting before it in the section about the adoption."""
    text = HELD["en"].replace("2. {}\n", f"## II. Adoption of the report\n\n{paragraphs}\n")
    adoption = facts(text).get(Adoptions).adoption
    assert adoption
    assert adoption.days == days


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The summary was not negotiated and was not adopted by the Committee."),
        ("en", "The summary has not been adopted."),
        ("fr", "Le résumé n'a été ni négocié ni adopté par le Comité."),
        ("fr", "Ce texte n'a pas été adopté."),
    ],
)
def test_sections_not_adopted(language: str, sentence: str) -> None:
    text = REPORT[language].replace("It spoke.", sentence).replace("Il a parlé.", sentence)
    not_adopted = facts(text.format("…"), language).get(Adoptions).not_adopted
    assert [section.name for section, _ in not_adopted] == ["II"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I to III", ["I", "II", "III"]),
        ("I–IV", ["I", "II", "III", "IV"]),
        ("I, II and V to VII", ["I", "II", "V", "VI", "VII"]),
        ("A to D", ["A", "B", "C", "D"]),
        ("II.A and II.B", ["II.A", "II.B"]),
        ("V to II", ["V", "II"]),
        ("I to CC", ["I", "CC"]),
        ("", []),
    ],
)
def test_label_ranges_are_expanded(text: str, expected: list[str]) -> None:
    assert [name for name, _, _ in read_labels(text, rules_for().lexicon("en"))] == expected


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "The Committee adopted the list of decisions of its session."),
        ("en", "The present report was finalized by the secretariat."),
        ("en", "The secretariat was requested to complete the report."),
        ("fr", "Le Comité a approuvé les recommandations."),
        ("fr", "Le Comité a chargé la Rapporteuse de mettre au point le rapport."),
    ],
)
def test_adoption_in_other_forms(language: str, sentence: str) -> None:
    assert facts(REPORT[language].format(sentence), language).get(Adoptions).adoption


def test_report_on_a_part_of_the_session() -> None:
    text = "At its 3rd meeting, the Committee adopted the draft report on the first part of the session."
    adoption = facts(REPORT["en"].format(text), "en").get(Adoptions).adoption
    assert adoption
    assert adoption.is_partial


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("At its 2nd meeting, on 28 June, it went on.\n\n3. At its 2nd meeting, it adopted its report.", june(28)),
        ("At its 2nd meeting, on 28 June, it went on.\n\n3. At its resumed 2nd meeting, it adopted its report.", set()),
        ("At its 1st meeting, on 28 June, it went on.\n\n3. At its 2nd meeting, it adopted its report.", set()),
    ],
)
def test_day_of_adoption_stated_elsewhere(text: str, days: set[date]) -> None:
    adoption = facts(HELD["en"].format(text)).get(Adoptions).adoption
    assert adoption
    assert adoption.days == days
    assert adoption.days_mention is None
