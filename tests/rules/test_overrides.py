"""One cause is one finding: without an override of its card, a second finding would be reported."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drafts import CARDS, check, rules_for

from reportlint.engine.rules import Rules
from reportlint.runner.draft_checking import check_text

MEETINGS = {
    "en": """1. At its 1st meeting, on 4 March 2019, the Committee on Harbour Safety elected its officers.

2. At its 2nd meeting, on 5 March 2019, the Committee considered the lighting of small harbours.

3. At its 2nd and 3rd meetings, on 7 March 2019, the Committee considered the training of harbour masters.

4. At its 4th meeting, on 6 March 2019, the Committee took note of the survey.
""",
    "fr": """1. À sa 1<sup>re</sup> séance, le 4 mars 2019, le Comité de la sûreté portuaire a élu son bureau.

2. À sa 2<sup>e</sup> séance, le 5 mars 2019, le Comité a examiné l'éclairage des petits ports.

3. À ses 2<sup>e</sup> et 3<sup>e</sup> séances, le 7 mars 2019, le Comité a examiné la formation des capitaines.

4. À sa 4<sup>e</sup> séance, le 6 mars 2019, le Comité a pris note de l'enquête.
""",
}


def without_override(code: str, overridden: str, language: str) -> Rules:
    card = next(card for card in CARDS if card.code == code)
    assert overridden in card.overrides
    kept = tuple(other for other in card.overrides if other != overridden)
    return rules_for(language=language).with_card(replace(card, overrides=kept))


@pytest.mark.parametrize("language", MEETINGS)
def test_a_meeting_with_two_dates_is_not_also_out_of_order(language: str) -> None:
    draft = MEETINGS[language]
    assert [finding.code for finding in check(draft, language=language).findings] == ["MTG002"]
    report = check_text(draft, "draft.md", ".md", without_override("MTG002", "MTG003", language))
    assert {finding.code for finding in report.findings} == {"MTG002", "MTG003"}


@pytest.mark.parametrize(("symbol", "codes"), [("xx", ["DRF001", "DRF001"]), ("", ["MST001", "DRF001"])])
def test_what_a_masthead_leaves_open_is_not_also_missing(symbol: str, codes: list[str]) -> None:
    draft = f"""{f"HARB/2019/{symbol}" if symbol else ""}

Distr.: General

XX March 2019

Original: English

# Report of the Committee on Harbour Safety on its third session

1. The Committee on Harbour Safety met in Lisbon to review the work of its secretariat.

2. It adopted its report.
"""
    assert [finding.code for finding in check(draft).findings if finding.code[:3] in ("MST", "DRF")] == codes
