"""Facts that are the same for every draft: the registers and the grammar of document symbols."""

from __future__ import annotations

from reportlint.knowledge.house_data import HouseNames
from reportlint.knowledge.registers import Bodies, States, load_bodies, load_states
from reportlint.knowledge.rulebook import Rulebook
from reportlint.language.lexicon import Lexicon
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.vocabulary import SymbolVocabulary


def body_register(rulebook: Rulebook, house: HouseNames) -> Bodies:
    """Return the register of organizations, extended with the names from the house rules."""
    return house.added_to(load_bodies(rulebook.register("bodies.yaml")), rulebook.languages)


def state_register(rulebook: Rulebook, bodies: Bodies, lexicon: Lexicon) -> States:
    """Return the register of States in the language of ``lexicon``.

    A State's name inside the name of an organization is not a mention of that State.
    """
    rows, names = rulebook.register("states.csv", lexicon.code), rulebook.register("states-names.yaml")
    return load_states(rows, names, bodies.masks, (lexicon.code,))


def symbol_grammar(rulebook: Rulebook) -> SymbolGrammar:
    """Return the grammar of document symbols."""
    return SymbolGrammar(SymbolVocabulary.from_data(rulebook.register("symbols.yaml")))
