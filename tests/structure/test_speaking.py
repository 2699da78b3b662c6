"""The passages that may hold a phrase are found without looking at each: none that holds one is left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafts import EXAMPLES, rules_for

from reportlint.document import Source
from reportlint.language.phrases import PhraseFamily
from reportlint.structure import build_structure


@pytest.mark.parametrize("draft", sorted(EXAMPLES.glob("faulty/*.*")), ids=lambda path: path.name)
def test_no_passage_with_a_phrase_is_left_out(draft: Path) -> None:
    rules = rules_for()
    source = Source.from_bytes(draft.read_bytes(), draft.name)
    language = rules.language_of(source)
    assert language
    lexicon = rules.lexicon(language)
    structure = build_structure(rules.readers[draft.suffix](source), lexicon)
    found = 0
    for name in lexicon.data["phrases"]:
        family = lexicon.phrases(name)
        holding = [one for one in structure.speaking() if any(family.finditer(one))]
        assert set(holding) <= set(structure.speaking(family)), name
        found += len(holding)
    assert found
    assert structure.speaking(PhraseFamily()) == ()
