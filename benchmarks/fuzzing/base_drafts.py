"""The drafts that are mutated: those of the project, and the small cases and real documents if they are next to it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from reportlint.knowledge.rulebook import Rulebook

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
SUFFIXES = (".md", ".txt")
_FOLDERS = ("examples", "tests/trials", "docs/drafts")
# The real documents for everyday work; the others are kept for measuring.
_CORPUS = (
    "a-hrc-14-15.en.md", "a-hrc-28-15.en.md", "a-hrc-43-15.en.txt", "a-hrc-43-2.en.txt", "a-hrc-wg6-7-ita-1.en.txt",
    "a-hrc-wg6-7-ita-1.fr.txt", "a-res-48-161.en.txt", "a-res-48-161.fr.txt", "ctoc-wg7-2022.fr.md",
    "ece-cefact-2020-19.en.txt", "fccc-pa-cma-2018-3-add1.en.txt", "fccc-sbi-2014-8.en.txt", "fccc-sbi-2015-22.en.txt",
    "fccc-sbi-2016-8.en.txt", "fccc-sbi-2018-9.en.txt", "fccc-sbi-2021-16-add1.en.txt", "fccc-sbi-2021-16.en.txt",
    "fccc-sbsta-2014-5.en.txt", "fccc-sbsta-2019-5.en.txt", "ipbes-1-12.en.md", "ipbes-ilk-2020.en.md",
    "isba-18-a-11.fr.txt", "isba-19-c-17.en.txt", "isba-19-c-17.fr.txt", "itlos-case17.fr.txt",
)  # fmt: skip


class BaseDraft(NamedTuple):
    """A draft to mutate. ``language`` is ``None`` if its name does not say it."""

    name: str
    text: str
    suffix: str
    language: str | None


class BaseDrafts(NamedTuple):
    """All drafts to mutate, by group, so that no group crowds out the others."""

    groups: tuple[tuple[BaseDraft, ...], ...]

    @property
    def size(self) -> int:
        """The number of drafts."""
        return sum(map(len, self.groups))

    @property
    def digest(self) -> str:
        """A short digest of all drafts: cases are the same only if it is."""
        digest = blake2b(digest_size=4)
        for draft in (draft for group in self.groups for draft in group):
            digest.update(f"{draft.name}\0{draft.text}\0".encode())
        return digest.hexdigest()


def load_base_drafts(rulebook: Rulebook) -> BaseDrafts:
    """Read the drafts of the project, the examples in the cards of ``rulebook``, and what is next to the project."""
    corpus = Path(os.environ.get("REPORTLINT_CORPUS", SHARED / "corpus"))
    groups = (
        tuple(_read(path) for folder in _FOLDERS for path in _files(ROOT / folder)),
        tuple(
            BaseDraft(f"{card.code}-{number}", example.draft, ".md", example.language)
            for card in rulebook.full_cards()
            for number, example in enumerate(card.examples)
        ),
        tuple(_read(path) for path in _files(SHARED / "cases")),
        tuple(_read(corpus / name) for name in _CORPUS if (corpus / name).is_file()),
    )
    return BaseDrafts(tuple(group for group in groups if group))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES and path.is_file())


def _read(path: Path) -> BaseDraft:
    code = Path(path.stem).suffix.removeprefix(".")
    text = path.read_text(encoding="utf-8", errors="replace")
    return BaseDraft(path.name, text, path.suffix, code if code in ("en", "fr") else None)
