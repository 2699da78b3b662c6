"""Rule folders: the built-in folder and later folders that extend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint.errors import DataError
from reportlint.knowledge.rulebook import Rulebook, builtin_folder

CARD = """- code: HSE001
  name: no-lamps
  check: house.lamps
  severity: {draft: off, review: warning, publication: error}
  confidence: high
  message: {en: "a lamp"}
  why: {en: "because"}
"""


@pytest.fixture
def house(tmp_path: Path) -> Path:
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "registers").mkdir()
    (tmp_path / "house.yaml").write_text(CARD, encoding="utf-8")
    return tmp_path


def test_built_in_languages_and_cards() -> None:
    book = Rulebook((builtin_folder(),))
    assert {"en", "fr"} <= set(book.languages)
    codes = [card.code for card in book.cards()]
    assert codes == sorted(set(codes))
    assert {"NUM001", "RPL003", "RPL004"} <= set(codes)
    assert set(book.frequent_words()) == set(book.languages)


def test_later_folder_adds_cards_languages_and_registers(house: Path) -> None:
    (house / "lexicons" / "xx.yaml").write_text("language: xx\ndetect: {words: [blah]}\n", encoding="utf-8")
    (house / "registers" / "ports.csv").write_text("name,city\nOld port,Lisbon\n", encoding="utf-8")
    book = Rulebook((builtin_folder(), house))
    assert "HSE001" in [card.code for card in book.cards()]
    assert "NUM001" in [card.code for card in book.full_cards()]
    assert "xx" in book.languages
    assert book.lexicon("xx")["language"] == "xx"
    assert book.register("ports.csv") == [{"name": "Old port", "city": "Lisbon"}]
    assert book.lexicon("en")["language"] == "en"


def test_the_last_folder_wins(house: Path) -> None:
    (house / "lexicons" / "en.yaml").write_text("language: en\nname: House English\n", encoding="utf-8")
    assert Rulebook((builtin_folder(), house)).lexicon("en")["name"] == "House English"
    assert Rulebook((house, builtin_folder())).lexicon("en")["name"] == "English"


def test_missing_files(house: Path) -> None:
    book = Rulebook((house,))
    assert book.languages == ()
    with pytest.raises(FileNotFoundError):
        book.register("nothing.yaml")


def test_mistakes_name_their_place(house: Path) -> None:
    (house / "lexicons" / "xx.yaml").write_text("language: xx\nlanguage: yy\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"xx\.yaml:2:1: duplicate key “language”"):
        Rulebook((house,)).lexicon("xx")
    (house / "broken.yaml").write_text("- code: [\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"broken\.yaml:\d+:\d+: not valid YAML"):
        Rulebook((house,)).cards()


def test_house_card_may_not_reuse_a_code(house: Path) -> None:
    (house / "house.yaml").write_text(CARD.replace("HSE001", "NUM001"), encoding="utf-8")
    with pytest.raises(DataError, match="another card already uses the code NUM001"):
        Rulebook((builtin_folder(), house)).full_cards()
