"""Statements about the session in the masthead, the title and the text."""

from __future__ import annotations

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.facts.event import Event
from reportlint.readers import read

Statements = list[tuple[int | None, str | None, str | None]]
TITLE = "# Report of the Committee on Roads on its sixth session, held in Bonn from 3 to 5 May 2021"


def stated(text: str) -> tuple[Statements, int | None]:
    event = rules_for().facts_for(read(Source.from_text(text), "markdown"), "en").get(Event)
    statements: Statements = [
        (
            statement.ordinal[0] if statement.ordinal else None,
            f"{statement.days[0]:%d.%m.}-{statement.days[1]:%d.%m.}" if statement.days else None,
            statement.place[0] if statement.place else None,
        )
        for statement in event.statements
    ]
    return statements, event.earlier.number if event.earlier else None


TITLE_STATEMENT = (6, "03.05.-05.05.", "Bonn")


@pytest.mark.parametrize(
    ("head", "text", "expected", "earlier"),
    [
        ("Sixth session\nBonn, 3–5 May 2021\n\n", "The Committee rose.", [TITLE_STATEMENT, TITLE_STATEMENT], None),
        (
            "Bonn, Germany, 3–5 May 2021\n\n",
            "The Committee rose.",
            [(None, "03.05.-05.05.", "Bonn"), TITLE_STATEMENT],
            None,
        ),
        # The session of the parent body, which receives the report.
        ("Fortieth session\nGeneva, 6–24 September 2021\n\n", "The Committee rose.", [TITLE_STATEMENT], None),
        (
            "",
            "The Committee on Roads held its sixth session in Bonn from 3 to 5 May 2021.",
            [TITLE_STATEMENT, TITLE_STATEMENT],
            None,
        ),
        (
            "",
            "The Committee held its sixth session from 3 to 6 May 2021.",
            [TITLE_STATEMENT, (6, "03.05.-06.05.", None)],
            None,
        ),
        # A venue before or after the town.
        (
            "",
            "The sixth session of the Committee was held at the Old Palace, Kiel, from 3 to 5 May 2021.",
            [TITLE_STATEMENT, (6, "03.05.-05.05.", "Kiel")],
            None,
        ),
        (
            "",
            "The sixth session of the Committee was held in Kiel, at Old Palace, from 3 to 5 May 2021.",
            [TITLE_STATEMENT, (6, "03.05.-05.05.", "Kiel")],
            None,
        ),
        (
            "",
            "The sixth session of the Committee was held at Holsten Hall, Kiel, from 3 to 5 May 2021.",
            [TITLE_STATEMENT, (6, "03.05.-05.05.", "Holsten Hall, Kiel")],
            None,
        ),
        (
            "",
            "The sixth session of the Committee was held at the Old Palace, North Wing, Bonn, from 3 to 5 May 2021.",
            [TITLE_STATEMENT, (6, "03.05.-05.05.", None)],
            None,
        ),
        # Not counted: another session of the body, a session of another body, a resumed session.
        ("", "The Committee held its fifth session in Lyon from 4 to 6 May 2020.", [TITLE_STATEMENT], None),
        ("", "The Forum held its sixth session in Lyon from 3 to 5 June 2021.", [TITLE_STATEMENT], None),
        ("", "The Committee held its resumed sixth session in Bonn from 4 to 6 May 2021.", [TITLE_STATEMENT], None),
        ("", "The Committee had held five sessions before the present one.", [TITLE_STATEMENT], 5),
        ("", "The Committee has held six sessions since.", [TITLE_STATEMENT], 6),
        ("", "The Forum has held two sessions since.", [TITLE_STATEMENT], None),
        # The report says which session it covers.
        ("", "The present report covers its seventh session.", [TITLE_STATEMENT, (7, None, None)], None),
        (
            "",
            "The present report covers its sixth session, which took place in Kiel from 3 to 6 May 2021.",
            [TITLE_STATEMENT, (6, "03.05.-06.05.", "Kiel")],
            None,
        ),
    ],
)
def test_statements(head: str, text: str, expected: Statements, earlier: int | None) -> None:
    draft = f"E/2021/1\n\n{head}{TITLE}\n\n1. {text}\n"
    assert stated(draft) == (expected, earlier)


def test_only_reports_have_statements() -> None:
    assert stated("# Provisional agenda\n\n1. The Committee held its sixth session from 3 to 6 May 2021.\n") == (
        [],
        None,
    )


def test_a_meeting_that_the_body_prepares_is_not_its_own() -> None:
    title = "# Report of the Preparatory Committee for the First Meeting of the Parties to the Roads Agreement"
    draft = f"E/2021/1\n\nThird session\n\nBonn, 3–5 May 2021\n\n{title}\n\n1. The Committee rose.\n"
    assert stated(draft)[0] == [(3, "03.05.-05.05.", "Bonn"), (None, None, None)]


@pytest.mark.parametrize(
    ("text", "opened", "closed"),
    [
        ("The session was opened on 2 May 2021 and closed on 5 May 2021.", ["05-02"], ["05-05"]),
        ("The session was opened on 3 May by the Chair. It was closed on 6 May.", ["05-03"], ["05-06"]),
        ("The Chair declared the session closed on 6 May 2021, at noon.", [], ["05-06"]),
        ("An exhibition was opened on 2 May 2021. The fifth session was opened on 3 June 2020.", [], []),
        ("The session of the Forum was opened on 2 May 2021.", [], []),
    ],
)
def test_opening_and_closing(text: str, opened: list[str], closed: list[str]) -> None:
    draft = read(Source.from_text(f"E/2021/1\n\n{TITLE}\n\n1. {text}\n"), "markdown")
    event = rules_for().facts_for(draft, "en").get(Event)
    assert [f"{day:%m-%d}" for day, _ in event.opened] == opened
    assert [f"{day:%m-%d}" for day, _ in event.closed] == closed
