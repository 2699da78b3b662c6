"""The prefilter for passages that may contain a phrase never leaves out a passage or a title that contains it."""

from __future__ import annotations

from pathlib import Path

import pytest
from drafts import examples, rules_for

from reportlint.document import Source
from reportlint.language.phrases import PhraseFamily
from reportlint.structure import build_structure


@pytest.mark.parametrize("draft", examples("faulty"), ids=lambda path: path.name)
def test_the_prefilter_keeps_every_passage_with_a_phrase(draft: Path) -> None:
    rules = rules_for()
    source = Source.from_bytes(draft.read_bytes(), draft.name)
    language = rules.language_of(source)
    assert language
    lexicon = rules.lexicon(language)
    structure = build_structure(rules.readers[draft.suffix](source), lexicon)
    count = 0
    for name in lexicon.data["phrases"]:
        family = lexicon.phrases(name)
        matching = [passage for passage in structure.checked_passages() if any(family.finditer(passage))]
        assert set(matching) <= set(structure.checked_passages(family)), name
        titled = [section for section in structure.sections if family.search(section.title)]
        assert structure.sections_titled(family) == titled, name
        count += len(matching)
    assert count
    assert structure.checked_passages(PhraseFamily()) == ()
