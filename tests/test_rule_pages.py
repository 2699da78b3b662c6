"""The rule reference that the documentation build generates has a page for each rule."""

from __future__ import annotations

import sys

import pytest
from drafts import CARDS, ROOT

from reportlint.waivers.suppression import is_waivable

sys.path.insert(0, str(ROOT / "docs"))

import rule_pages
from rule_pages import INDEX, pages, write_pages


def test_every_rule_has_a_page_and_a_line_in_the_index() -> None:
    written = pages()
    assert set(written) == {INDEX, *(f"{card.code}.md" for card in CARDS)}
    for card in CARDS:
        assert f"[{card.code}]({card.code}.md) {card.name} |" in written[INDEX]
        page = written[f"{card.code}.md"]
        assert page.startswith(f"{rule_pages._NOTE}\n\n# {card.code} {card.name}\n")
        for texts in card.message.values():
            assert f"- English: {texts['en']}\n- French: {texts['fr']}\n" in page
        waiver = f'<!-- reportlint: ignore {card.code} reason="…" -->'
        assert (waiver in page, "cannot be waived" in page) == (is_waivable(card.code), not is_waivable(card.code))
        assert all(example.draft.rstrip("\n") in page for example in card.examples)


def test_pages_of_rules_that_are_gone_are_deleted(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("docs") / "rules"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rule_pages, "FOLDER", folder)
        folder.mkdir()
        (folder / "OLD001.md").write_text("# OLD001", encoding="utf-8")
        write_pages()
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == pages()
