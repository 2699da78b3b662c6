"""The rule data compiled into the wheel equals the YAML it is made from."""

from __future__ import annotations

import dataclasses
import shutil

import pytest
from drafts import ROOT

from reportlint.knowledge.registers import load_states
from reportlint.knowledge.rulebook import COMPILED, Rulebook, compile_folder
from reportlint.language.lexicon import COMPILED_PHRASES, Lexicon, with_compiled_phrases

RULES = ROOT / "rules"
REGISTERS = sorted(path.name for path in (RULES / "registers").iterdir())


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[Rulebook, Rulebook]:
    """The rulebook read from compiled files, and the one read from YAML."""
    folder = tmp_path_factory.mktemp("wheel") / "rules"
    shutil.copytree(RULES, folder)
    (folder / COMPILED).mkdir()
    for name, content in compile_folder(RULES, with_compiled_phrases):
        (folder / COMPILED / name).write_text(content, encoding="utf-8")
    return Rulebook((folder,)), Rulebook((RULES,), compiled=False)


def test_cards(books: tuple[Rulebook, Rulebook]) -> None:
    compiled, read = books
    without_examples = tuple(dataclasses.replace(card, examples=()) for card in read.cards())
    assert compiled.cards() == without_examples
    assert without_examples != read.cards()  # so the compiled cards were read
    assert compiled.full_cards() == read.full_cards() == read.cards()


def test_languages(books: tuple[Rulebook, Rulebook]) -> None:
    compiled, read = books
    assert compiled.languages == read.languages
    assert compiled.frequent_words() == read.frequent_words()


@pytest.mark.parametrize("code", Rulebook((RULES,)).languages)
def test_lexicon(books: tuple[Rulebook, Rulebook], code: str) -> None:
    compiled, read = books
    data = compiled.lexicon(code)
    assert {key: value for key, value in data.items() if key != COMPILED_PHRASES} == read.lexicon(code)
    from_compiled, from_yaml = Lexicon(code, data), Lexicon(code, read.lexicon(code))
    for name in [*data["phrases"], "no_such_phrase"]:
        assert from_compiled.phrases(name) == from_yaml.phrases(name)
    assert "slots" not in vars(from_compiled)  # so the compiled phrases were read


@pytest.mark.parametrize("name", REGISTERS)
def test_register(books: tuple[Rulebook, Rulebook], name: str) -> None:
    compiled, read = books
    assert compiled.register(name) == read.register(name)


@pytest.mark.parametrize("code", ["en", "fr", "ar"])
def test_states_in_one_language(books: tuple[Rulebook, Rulebook], code: str) -> None:
    compiled, read = books
    names = read.register("states-names.yaml")
    of_language, of_all = (load_states(book.register("states.csv", code), names, None, (code,)) for book in books)
    assert compiled.register("states.csv", code) != compiled.register("states.csv")
    assert of_language.rows == of_all.rows
    assert of_language.words(code) == of_all.words(code)


def test_states_in_a_language_without_names(books: tuple[Rulebook, Rulebook]) -> None:
    compiled, read = books
    assert compiled.register("states.csv", "xx") == read.register("states.csv")
