"""The agenda reproduced in the draft, and references to its items."""

from __future__ import annotations

from functools import cache

import pytest
from drafts import rules_for

from reportlint.document import Source
from reportlint.engine.fact_store import Facts
from reportlint.facts.agenda import Agenda, AgendaItem
from reportlint.facts.agenda_references import AgendaReference, AgendaReferences, MastheadItem, read_items
from reportlint.readers import read


@cache
def facts(text: str, language: str = "en") -> Facts:
    return rules_for().facts_for(read(Source.from_text(text), "markdown"), language)


def name(item: AgendaItem | AgendaReference) -> str:
    return f"{item.number} ({item.sub})" if item.sub else str(item.number)


ENGLISH = """1. The Committee met in the spring to review the work of its secretariat.

2. It took up the following questions under its agenda:

1. A list that nobody adopted;

2. Another entry.

3. The Committee adopted its agenda, as follows:

1. Organizational matters:

    (a) Opening of the session;

    (b) Adoption of the agenda.

2. Lighting of harbours.

3. Other matters.

4. Adoption of the report.

4. The Committee began its work.
"""
FRENCH = """1. Le Comité a adopté son ordre du jour, qui se lit comme suit :

1. Questions d'organisation :

a) Ouverture de la session ;

b) Adoption de l'ordre du jour.

2. Éclairage des ports.

3. Questions diverses.

2. Le Comité a commencé ses travaux.
"""


def test_adopted_agenda() -> None:
    agenda = facts(ENGLISH).get(Agenda)
    assert [(name(item), item.title) for item in agenda.items] == [
        ("1", "Organizational matters:"),
        ("1 (a)", "Opening of the session;"),
        ("1 (b)", "Adoption of the agenda."),
        ("2", "Lighting of harbours."),
        ("3", "Other matters."),
        ("4", "Adoption of the report."),
    ]
    assert agenda.paragraph
    assert agenda.paragraph.bare == "3"
    assert all(ENGLISH[slice(*item.span)] == item.title for item in agenda.items)
    assert (agenda.has(1, "b"), agenda.has(1, "c"), agenda.has(5)) == (True, False, False)


def test_adopted_agenda_in_french() -> None:
    agenda = facts(FRENCH, "fr").get(Agenda)
    assert [name(item) for item in agenda.items] == ["1", "1 (a)", "1 (b)", "2", "3"]
    assert agenda.items[1].title == "Ouverture de la session ;"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "1. It adopted the following agenda: 1. Lamps; 2. Mud; 3. Report. It then rose.\n\n2. It rested.\n"),
        ("en", "1. It adopted the agenda, as follows: (1) Lamps; (2) Mud; and (3) Report.\n\n2. It rested.\n"),
        ("en", "1. It adopted its agenda:\n\n- Item 1: Lamps\n- Item 2: Mud\n- Item 3: Report\n\n2. It rested.\n"),
        ("en", "1. It adopted its agenda:\n\nItem 1. Lamps\n\nItem 2. Mud\n\nItem 3. Report\n\n2. It rested.\n"),
        ("en", "1. It adopted its agenda:\n\nItem 1 – Lamps\nItem 2 – Mud\nItem 3 – Report\n\n2. It rested.\n"),
        ("en", "1. It met.\n\n## Annex I\n\n### Agenda\n\nItem 1. Lamps\n\nItem 2. Mud\n\nItem 3. Report\n"),
        ("fr", "1. Il a adopté l'ordre du jour suivant : 1. Lampes ; 2. Boue ; 3. Rapport.\n\n2. Il s'est reposé.\n"),
        ("fr", "1. Il a adopté l'ordre du jour :\n\n- Point 1 : Lampes\n- Point 2 : Boue\n- Point 3 : Rapport\n"),
        ("fr", "1. Bien.\n\n## Annexe\n\n### Ordre du jour\n\nPoint 1. Lampes\n\nPoint 2. Boue\n\nPoint 3. Rapport\n"),
    ],
)  # fmt: skip
def test_forms_of_agendas(language: str, text: str) -> None:
    agenda = facts(text, language).get(Agenda)
    titles = ["Lamps", "Mud", "Report"] if language == "en" else ["Lampes", "Boue", "Rapport"]
    assert [(item.number, item.title.rstrip(" .;")) for item in agenda.items] == list(enumerate(titles, 1))


@pytest.mark.parametrize(
    "text",
    [
        "1. The Committee adopted its agenda.\n\n2. It began its work.\n",
        "1. The Committee adopted the following rules:\n\n1. One.\n\n2. Two.\n\n2. It began.\n",
        "1. The Committee adopted its agenda:\n\n(a) One;\n\n(b) Two.\n\n2. It began.\n",
        "",
    ],
)
def test_no_agenda(text: str) -> None:
    assert facts(text).get(Agenda).items == ()


def references(sentence: str, language: str) -> list[tuple[str, str | None]]:
    agenda_references = facts(f"7. {sentence}\n", language).get(AgendaReferences)
    return [(name(reference), reference.title.text if reference.title else None) for reference in agenda_references]


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "It considered agenda item 4.", [("4", None)]),
        ("en", "It considered item 4 of the agenda.", [("4", None)]),
        ("en", "It considered items 2 and 3.", [("2", None), ("3", None)]),
        ("en", "It considered items 2 to 5.", [("2", None), ("3", None), ("4", None), ("5", None)]),
        ("en", "It considered items 2–4 together.", [("2", None), ("3", None), ("4", None)]),
        ("en", "It considered item 4 (a) and (b).", [("4 (a)", None), ("4 (b)", None)]),
        ("en", "It considered items 4 (a) and 5.", [("4 (a)", None), ("5", None)]),
        ("en", "It considered agenda item 4(c).", [("4 (c)", None)]),
        ("en", "It considered agenda item 4, entitled “Lighting of harbours”.", [("4", "Lighting of harbours")]),
        ("en", 'It considered agenda item 4, "Lighting".', [("4", "Lighting")]),
        ("en", "It considered items 2 and 3, entitled “Lamps” and “Mud”, together.", [("2", "Lamps"), ("3", "Mud")]),
        ("en", "It considered items 2, 3 and 4, entitled “Lamps” and “Mud”.", [("2", None), ("3", None), ("4", None)]),
        ("fr", "Il a examiné le point 4 de l'ordre du jour.", [("4", None)]),
        ("fr", "Il a examiné les points 2 et 3.", [("2", None), ("3", None)]),
        ("fr", "Il a examiné les points 2 à 4 de son ordre du jour.", [("2", None), ("3", None), ("4", None)]),
        ("fr", "Il a examiné le point 4 a) et b) de l'ordre du jour.", [("4 (a)", None), ("4 (b)", None)]),
        (
            "fr",
            "Il a examiné le point 4 de l'ordre du jour, intitulé « Éclairage des ports ».",
            [("4", "Éclairage des ports")],
        ),
        (
            "fr",
            "Il a examiné les points 2 et 3, intitulés « Lampes » et « Boue », ensemble.",
            [("2", "Lampes"), ("3", "Boue")],
        ),
        # Not references: agendas of other bodies, quotations, decimals and similar words.
        ("en", "It recalled item 67 of the agenda of the General Assembly.", []),
        ("en", "The General Assembly would consider the matter under item 67 of its agenda.", []),
        ("en", "It took up item 3 of the annex.", []),
        ("en", "He said “item 9 of the agenda” aloud.", []),
        ("en", "It considered line item 4.5 of the budget.", []),
        ("fr", "Elle a rappelé le point 67 de l'ordre du jour de l'Assemblée générale.", []),
        ("fr", "Il a examiné le point 3 de la résolution.", []),
        ("fr", "Il a parlé du « point 9 de l'ordre du jour ».", []),
    ],
)
def test_references(language: str, sentence: str, expected: list[tuple[str, str | None]]) -> None:
    assert references(sentence, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4", [(4, "")]),
        ("4 (a)", [(4, "a")]),
        ("4 (a), (b) and (d)", [(4, "a"), (4, "b"), (4, "d")]),
        ("4 (a) and 5 (b)", [(4, "a"), (5, "b")]),
        ("2, 3 and 6 to 8", [(2, ""), (3, ""), (6, ""), (7, ""), (8, "")]),
        ("4 a) et b)", [(4, "a"), (4, "b")]),
        ("5 to 3", [(5, ""), (3, "")]),
        ("1 to 999", [(1, ""), (999, "")]),
        ("", []),
        ("(a)", []),
    ],
)
def test_read_items(text: str, expected: list[tuple[int, str]]) -> None:
    code = "fr" if " et " in text else "en"
    assert list(read_items(text, rules_for().lexicon(code))) == expected


HEAD = "# Report of the Committee on Harbours\n\n1. The Committee adopted the following agenda:\n\n"
ITEMS = ["1 Opening of the session", "2 Lamps", "2 (a) Oil lamps", "2 (b) Gas lamps", "3 Adoption of the report"]
IN_PARAGRAPHS = """> 1. Opening of the session.
>
> 2. Lamps:
>
>    (a) Oil lamps;
>
>    (b) Gas lamps.
>
> 3. Adoption of the report.
"""
ON_LINES = IN_PARAGRAPHS.replace(">\n", "")
IN_A_TABLE = """| Item | Title |
|---|---|
| 1 | Opening of the session |
| 2. | Lamps: |
| (a) | Oil lamps |
| 2 (b) | Gas lamps |
| 3 | Adoption of the report |
"""
IN_TABS = IN_PARAGRAPHS.replace(">    (", "\t\t(").replace("> ", "\t").replace(") ", ")\t").replace(">\n", "\n")
ANNEX = "2. The Committee began its work.\n\n## Annex I\n\n### Agenda\n\n"


@pytest.mark.parametrize("agenda", [IN_PARAGRAPHS, ON_LINES, IN_A_TABLE, IN_TABS])
def test_agenda_formats(agenda: str) -> None:
    items = facts(HEAD + agenda).get(Agenda).items
    assert [f"{name(item)} {item.title.rstrip(' .;:')}" for item in items] == ITEMS


@pytest.mark.parametrize(("heading", "expected"), [("Agenda", ITEMS), ("Provisional agenda of the fourth session", [])])
def test_agenda_in_an_annex(heading: str, expected: list[str]) -> None:
    text = HEAD.split("1. ", maxsplit=1)[0] + "1. The Committee met.\n\n" + ANNEX.replace("Agenda", heading)
    items = facts(text + ON_LINES.replace("> ", "")).get(Agenda).items
    assert [f"{name(item)} {item.title.rstrip(' .;:')}" for item in items] == expected


@pytest.mark.parametrize(("title", "count"), [("Lamps", len(ITEMS)), ("Buoys", 0)])
def test_two_agendas_adopted(title: str, count: int) -> None:
    """A repeated agenda changes nothing. A different agenda belongs to another session."""
    again = "\n2. At its resumed session, the Committee adopted its agenda:\n\n"
    text = HEAD + IN_PARAGRAPHS + again + IN_PARAGRAPHS.replace("2. Lamps", f"2. {title}")
    assert len(facts(text).get(Agenda).items) == count


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Item 6 of the provisional agenda*", 6),
        ("Agenda item 6", 6),
        ("Agenda items 6 and 7", None),
        ("Item 6 (a) of the provisional agenda", None),
    ],
)
def test_item_in_the_masthead(line: str, number: int | None) -> None:
    draft_facts = facts(f"# Committee on Harbours\n\n{line}\n\nLamps on\nouter moles\n\n{HEAD}{ON_LINES}")
    masthead = draft_facts.get(MastheadItem)
    assert (masthead.number, len(masthead.lines)) == (number, 1)
    assert "Lamps on outer moles" in masthead.titles
    assert list(draft_facts.get(AgendaReferences)) == []
