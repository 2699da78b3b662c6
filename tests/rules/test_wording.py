"""Messages that depend on the draft: optional parts, singular and plural, and the author's own word."""

from __future__ import annotations

from textwrap import dedent

import pytest
from drafts import rules_with

from reportlint.config.options import Options
from reportlint.runner.draft_checking import check_text

PARAGRAPHS = """
1. The Committee on Harbour Safety reviewed the lighting of small harbours.

{second} The secretariat described the dredging of harbours, work on which ended on
3 July 2019.

{third} Several delegations described the training of pilots.

4. The Committee thanked the secretariat.
"""
HEADINGS = """
## I. Introduction

1. The Committee on Harbour Safety reviewed the lighting of small harbours.

## II Dredging

2. The secretariat described the dredging of harbours.

## III. Other matters

3. No other matters were raised.
"""
LIST = """
1. The Committee on Harbour Safety adopted the following agenda:

   1. Opening of the session.
   2. Lighting of small harbours.
   3. Dredging.
   4 Training of pilots.
   5. Other matters.
"""
AGENDA = """
1. The Committee on Harbour Safety adopted the following agenda:

   1. Opening of the session.
   2. Lighting of small harbours:
      (a) Lamps;
      (b) Shades.
   3. Adoption of the report.

2. The Committee considered agenda {items}.
"""
CHAPTERS = """
## Chapter I

### A. Lighting

1. The Committee on Harbour Safety reviewed the lighting of small harbours.

### B. Dredging

2. The secretariat described the dredging of harbours.

## Chapter II

3. The Committee resumed its deliberations (see {reference}).
"""


def message(text: str, code: str, language: str = "en", message_language: str = "en") -> str:
    """Return the message of the only finding of a rule."""
    rules = rules_with(Options(language=language, message_language=message_language))
    report = check_text(dedent(text).lstrip(), "draft.md", ".md", rules)
    (found,) = {finding.message for finding in report.findings if finding.code == code}
    return found.replace("\u00a0", " ")


def paragraphs(second: str = "2.", third: str = "3.") -> str:
    return PARAGRAPHS.format(second=second, third=third)


@pytest.mark.parametrize(
    ("text", "code", "english", "french"),
    [
        (
            paragraphs().replace("3. Several", "Several"),
            "NUM001",
            "paragraph number missing: 3; the numbering continues with “4.” (1 paragraph to renumber)",
            "numéro de paragraphe manquant : 3 ; la numérotation reprend à « 4. » (1 paragraphe à renuméroter)",
        ),
        (
            paragraphs().replace("2. The", "The"),
            "NUM001",
            "paragraph number missing: 2; the numbering continues with “3.” (2 paragraphs to renumber)",
            "numéro de paragraphe manquant : 2 ; la numérotation reprend à « 3. » (2 paragraphes à renuméroter)",
        ),
        (
            paragraphs(third="3"),
            "NUM001",
            "the label “3”, before “4.”, has no full stop",
            "le libellé « 3 », avant « 4. », n'est pas suivi d'un point",
        ),
        (
            HEADINGS,
            "NUM002",
            "the label “II”, before “III.”, has no full stop",
            "le libellé « II », avant « III. », n'est pas suivi d'un point",
        ),
        (
            LIST,
            "NUM003",
            "the label “4”, before “5.”, has no full stop",
            "le libellé « 4 », avant « 5. », n'est pas suivi d'un point",
        ),
        (
            AGENDA.format(items="item 19"),
            "AGD001",
            "the agenda has no item 19; the last is 3",
            "l'ordre du jour n'a pas de point 19 ; le dernier est le 3",
        ),
        (
            AGENDA.format(items="items 8 and 9"),
            "AGD001",
            "the agenda has no items 8 and 9; the last is 3",
            "l'ordre du jour n'a pas de points 8 et 9 ; le dernier est le 3",
        ),
        (
            AGENDA.format(items="item 2 (d)"),
            "AGD001",
            "the agenda has no item 2 (d); the last is 2 (b)",
            "l'ordre du jour n'a pas de point 2 (d) ; le dernier est le 2 (b)",
        ),
        (
            AGENDA.format(items="item 3 (a)"),
            "AGD001",
            "the agenda has no item 3 (a)",
            "l'ordre du jour n'a pas de point 3 (a)",
        ),
        (
            CHAPTERS.format(reference="chapter IV"),
            "REF002",
            "this document has no chapter IV",
            "ce document n'a pas de chapitre IV",
        ),
        (
            CHAPTERS.format(reference="chap. I, sect. C"),
            "REF002",
            "this document has no section I.C",
            "ce document n'a pas de section I.C",
        ),
        (
            CHAPTERS.format(reference="section B"),
            "REF002",
            "there is no section B here, only elsewhere in the document: I.B",
            "il n'y a pas de section B ici, mais seulement ailleurs dans le document : I.B",
        ),
    ],
)
def test_wording(text: str, code: str, english: str, french: str) -> None:
    assert message(text, code) == english
    assert message(text, code, message_language="fr") == french


def test_a_date_at_the_beginning_of_a_line_is_not_a_label_without_a_full_stop() -> None:
    assert message(paragraphs().replace("3. Several", "Several"), "NUM001").startswith("paragraph number missing: 3;")
