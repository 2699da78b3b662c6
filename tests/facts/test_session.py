"""The days of the session reported on, as masthead, title and text state them."""

from __future__ import annotations

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.facts.document_dates import DocumentDate, NameDates
from reportlint.facts.session import Session
from reportlint.readers import read

HEAD = {
    "en": "HARB/COM/2021/9\n\nDistr.: General\n\n12 March 2021\n\n# Report of the Committee on Harbours{title}\n\n1. ",
    "fr": "HARB/COM/2021/9\n\nDistr. générale\n\n12 mars 2021\n\n# Rapport du Comité des ports{title}\n\n1. ",
}


def periods(text: str, language: str, title: str = "") -> list[str]:
    draft = read(Source.from_text(HEAD[language].format(title=title) + text + "\n"), "markdown")
    session = rules_for().facts_for(draft, language).get(Session)
    return [f"{period.first:%Y-%m-%d}/{period.last:%m-%d}" for period in session.periods]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The Committee held its sixth session from 3 to 5 March 2021.", ["2021-03-03/03-05"]),
        # A session of November cannot be of the year of a masthead of March.
        ("en", "The sixth session of the Committee was held from 3 to 5 November.", ["2020-11-03/11-05"]),
        ("en", "The sixth session of the Committee was held from 3 to 5 March.", ["2021-03-03/03-05"]),
        (
            "en",
            "The first and second sessions were held from 4 to 8 May and from 3 to 5 August 2020, respectively.",
            ["2020-05-04/05-08", "2020-08-03/08-05"],
        ),
        (
            "fr",
            "Les première et deuxième sessions se sont tenues du 4 au 8 mai 2020 et la troisième du 3 au 5 mars 2021.",
            ["2020-05-04/05-08", "2021-03-03/03-05"],
        ),
        # The meetings of others.
        ("en", "It took note of the technical meeting on lamps that was held in Bonn on 16 May 2020.", []),
        ("fr", "Il a pris note de la réunion technique sur les feux tenue à Lomé le 16 mai 2020.", []),
        ("en", "The Council held its sixth session from 3 to 5 May 2020.", []),
        # Beside the session reported on too.
        (
            "en",
            "The Committee held its sixth session from 3 to 5 March 2021. It thanked the Council, which held its "
            "fourth session from 2 to 4 May 2020.",
            ["2021-03-03/03-05"],
        ),
        # The days of the masthead may differ from those of the text; both stand.
        (
            "en",
            "The Committee held its sixth session from 3 to 9 March 2021. Its sixth session was held from "
            "3 to 5 March 2021.",
            ["2021-03-03/03-09", "2021-03-03/03-05"],
        ),
        # The day of the resumption is a part of a period.
        (
            "en",
            "The Committee held its sixth session from 3 to 5 March 2021. It decided to resume its session on "
            "4 March 2021.",
            ["2021-03-03/03-05"],
        ),
        # The date of a meeting of the session.
        ("en", "The Committee held its 1st meeting on 3 March 2021.", []),
    ],
)
def test_periods(language: str, text: str, expected: list[str]) -> None:
    assert periods(text, language) == expected


def test_the_title_states_the_session() -> None:
    title = " on its sixth session, held in Bonn from 3 to 5 March 2021"
    assert periods("The Committee rose.", "en", title) == ["2021-03-03/03-05"]


def test_the_dates_of_the_title_run_over_two_lines() -> None:
    title = "\n# on its sixth session, held in Bonn from 28 February to\n# 5 March 2021"
    assert periods("The Committee met.", "en", title.replace("# ", "")) == ["2021-02-28/03-05"]


def test_another_session_of_the_body() -> None:
    text = "The Committee recalled that it had held its fifth session from 2 to 4 May 2020."
    assert periods(text, "en", " on its sixth session, held in Bonn from 3 to 5 March 2021") == ["2021-03-03/03-05"]


@pytest.mark.parametrize(
    ("head", "number", "expected"),
    [
        # The masthead names the session of the body that receives the report.
        ("Council on Ports\n\nFortieth session\n\nBonn, 6–24 September 2021", "sixth", ["2021-03-03/03-05"]),
        ("Committee on Harbours\n\nSixth session\n\nBonn, 3–5 March 2021", "sixth", ["2021-03-03/03-05"]),
    ],
)
def test_session_of_a_parent_body(head: str, number: str, expected: list[str]) -> None:
    text = f"HARB/COM/2021/9\n\n{head}\n\n# Report of the Committee on Harbours\n\n"
    text += f"1. The Committee on Harbours held its {number} session from 3 to 5 March 2021.\n"
    session = rules_for().facts_for(read(Source.from_text(text), "markdown"), "en").get(Session)
    assert [f"{period.first:%Y-%m-%d}/{period.last:%m-%d}" for period in session.periods] == expected


@pytest.mark.parametrize(
    ("head", "day", "days"),
    [
        ("", "2021-03-12", ["2021-03-12", "2018-05-05"]),
        ("12 March 2021\n\n", "2018-05-05", ["2018-05-05"]),
    ],
)
def test_names_are_judged_by_the_document_and_the_session(head: str, day: str, days: list[str]) -> None:
    text = HEAD["en"].format(title=" on its sixth session, held in Bonn from 3 to 5 May 2018").replace(head or "~", "")
    # A later day that the text mentions dates nothing.
    facts = rules_for().facts_for(read(Source.from_text(f"{text}It will meet on 9 May 2030.\n"), "markdown"), "en")
    assert str(facts.get(DocumentDate).day) == day
    assert [str(known) for known in facts.get(NameDates).days] == days
