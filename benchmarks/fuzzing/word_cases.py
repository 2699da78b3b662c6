"""Cases that are Word files: mutated drafts as Word files, which are mutated again."""

from __future__ import annotations

from random import Random

from fuzzing.byte_mutations import mutated
from fuzzing.cases import Case, CaseMaker
from fuzzing.word_mutations import WORD_MUTATIONS
from fuzzing.word_packages import package, zipped

_SUFFIXES = (".docx", ".docx", ".docx", ".docm", ".doc", ".md")


class WordCaseMaker(CaseMaker):
    """Makes the Word files of a seed."""

    def case(self, number: int) -> Case:
        """Return a case by its number."""
        draft = super().case(number)
        rng = Random(f"word:{self.seed}:{number}")
        parts = package(rng, draft.data.decode(errors="replace"))
        recipe = list(draft.recipe)
        for _ in range(rng.choice((0, 1, 1, 2, 3))):
            mutation = rng.choice(WORD_MUTATIONS)
            recipe.append(mutation.__name__)
            if parts:
                mutation(rng, parts)
        data = zipped(parts)
        if rng.random() < 0.1:
            recipe.append(mutated.__name__)
            data = mutated(rng, data)
        return draft._replace(data=data, path=f"case{rng.choice(_SUFFIXES)}", recipe=tuple(recipe))
