"""The registers and the grammar of symbols, as facts that do not change from one document to the next."""

from __future__ import annotations

from reportlint.knowledge.house import HouseNames
from reportlint.knowledge.registers import Bodies, States, load_bodies, load_states
from reportlint.knowledge.rulebook import Rulebook
from reportlint.language.lexicon import Lexicon
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.vocabulary import SymbolVocabulary


def body_register(rulebook: Rulebook, house: HouseNames) -> Bodies:
    """The register of organizations, with the names that the house knows."""
    return house.added_to(load_bodies(rulebook.register("bodies.yaml")))


def state_register(rulebook: Rulebook, bodies: Bodies, lexicon: Lexicon) -> States:
    """The register of States in one language; names of organizations that contain a State's name are no mention
    of it."""
    rows, names = rulebook.register("states.csv"), rulebook.register("states-names.yaml")
    return load_states(rows, names, bodies.masks, (lexicon.code,))


def symbol_grammar(rulebook: Rulebook) -> SymbolGrammar:
    """The grammar of document symbols."""
    return SymbolGrammar(SymbolVocabulary.from_data(rulebook.register("symbols.yaml")))
