"""The examples that are Word files. ``python tests/word_examples.py`` writes them from the drafts of the same name."""

from __future__ import annotations

from pathlib import Path

from drafts import EXAMPLES
from twin_findings import word_twin
from word_drafts import Way

WORD_EXAMPLES = {
    "first-report.txt": Way("typed", "geneva"),
    "clean/seed-heritage.en.md": Way("typed", "geneva"),
    "clean/navigation-fluviale.fr.md": Way("typed", "new york"),
    "faulty/seed-heritage-not-adopted.en.md": Way("automatic", "new york", "tracked"),
    "faulty/oasis.fr.md": Way("automatic", "geneva", "tracked"),
}
"""The drafts of which a Word file is an example, and how it is written."""


def word_path(name: str) -> Path:
    """Return the path of the Word file of an example, such as "clean/oasis.fr.md"."""
    return (EXAMPLES / name).with_suffix(".docx")


def word_example(name: str) -> bytes:
    """Return an example as a Word file."""
    return word_twin((EXAMPLES / name).read_text(encoding="utf-8"), name, WORD_EXAMPLES[name])


if __name__ == "__main__":
    for each in WORD_EXAMPLES:
        word_path(each).write_bytes(word_example(each))
