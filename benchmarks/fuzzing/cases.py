"""Cases: a mutated draft and how it is checked. A case depends only on the seed, its number and the base drafts."""

from __future__ import annotations

from functools import cached_property
from random import Random
from typing import NamedTuple

from fuzzing.base_drafts import BaseDraft, BaseDrafts, load_base_drafts
from fuzzing.byte_mutations import encoded
from fuzzing.content_mutations import CONTENT_MUTATIONS
from fuzzing.line_mutations import LINE_MUTATIONS
from fuzzing.vocabulary import Vocabulary
from reportlint.knowledge.levels import Stage
from reportlint.knowledge.rulebook import Rulebook, builtin_folder

LARGEST = 64_000  # bytes of a case
_MEDIAN = 1_300
_HEAD_LINES = 14
_LANGUAGES = ("en", "fr")
_STAGES = tuple(stage.value for stage in Stage)
_MUTATIONS = (*LINE_MUTATIONS, *CONTENT_MUTATIONS)


class Case(NamedTuple):
    """A draft with its settings. ``recipe`` names the base drafts and the mutations, in order."""

    number: int
    data: bytes
    path: str
    language: str | None
    stage: str
    message_language: str
    recipe: tuple[str, ...] = ()


class CaseMaker:
    """Makes the cases of a seed."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    @cached_property
    def _rulebook(self) -> Rulebook:
        return Rulebook((builtin_folder(),))

    @cached_property
    def drafts(self) -> BaseDrafts:
        return load_base_drafts(self._rulebook)

    @cached_property
    def _vocabularies(self) -> dict[str, Vocabulary]:
        return {code: Vocabulary(self._rulebook, code) for code in _LANGUAGES}

    def case(self, number: int) -> Case:
        """Return a case by its number."""
        rng = Random(f"{self.seed}:{number}")
        draft = self._draft(rng)
        size = _size(rng)
        text, recipe = _excerpt(rng, draft.text, size), [draft.name]
        if rng.random() < 0.12:
            other = self._draft(rng)
            recipe.append(other.name)
            text = _spliced(rng, text, _excerpt(rng, other.text, size))
        words = self._vocabularies[draft.language or rng.choice(_LANGUAGES)]
        for _ in range(rng.choice((1, 1, 2, 2, 3, 4, 6, 10))):
            mutation = rng.choice(_MUTATIONS)
            recipe.append(mutation.__name__)
            text = mutation(rng, words, text)[:LARGEST]
        data = encoded(rng, text)[:LARGEST]
        suffix = draft.suffix if rng.random() < 0.8 else rng.choice((".md", ".txt"))
        language = draft.language if rng.random() < 0.8 else rng.choice((None, *_LANGUAGES))
        return Case(
            number, data, f"case{suffix}", language, rng.choice(_STAGES), rng.choice(_LANGUAGES), tuple(recipe)
        )  # fmt: skip

    def _draft(self, rng: Random) -> BaseDraft:
        return rng.choice(rng.choice(self.drafts.groups))


def _size(rng: Random) -> int:
    if rng.random() < 0.004:
        return rng.randint(10_000, LARGEST)
    return min(LARGEST, int(_MEDIAN * rng.lognormvariate(0, 0.7)))


def _excerpt(rng: Random, text: str, size: int) -> str:
    """Return about ``size`` characters of a text in whole lines, usually with its first lines."""
    if len(text) <= size:
        return text
    lines = text.split("\n")
    head = lines[: rng.randint(1, _HEAD_LINES)] if rng.random() < 0.7 else []
    start = rng.randrange(len(lines))
    kept: list[str] = [line[:size] for line in head]
    length = sum(map(len, kept))
    for line in lines[start:]:
        if length >= size:
            break
        kept.append(line[:size])
        length += len(line) + 1
    return "\n".join(kept)


def _spliced(rng: Random, first: str, second: str) -> str:
    """Return the beginning of one text and the end of another, or one inside the other."""
    cut, other = rng.randint(0, len(first)), rng.randint(0, len(second))
    return first[:cut] + second[other:] + (first[cut:] if rng.random() < 0.3 else "")
