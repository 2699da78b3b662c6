"""One file on the page: its text, with notes beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from reportlint.document import Document, Draft
from reportlint.language.lexicon import Lexicon
from reportlint.report import FileReport
from reportlint.reporters.html.body import PageUnit, page_units
from reportlint.reporters.html.finding_spots import NumberedFinding, PlacedSpots, Spots, place_spots
from reportlint.reporters.html.margin_notes import Notes
from reportlint.reporters.html.marked_text import MarkedText
from reportlint.reporters.html.markup import language_attributes, path_html, safe_wording
from reportlint.reporters.sentences import Wording
from reportlint.structure import Structure, build_structure


def article(number: int, file: FileReport, spots: Spots, wording: Wording) -> str:
    """Return the HTML of a file with the findings in its margin.

    Findings without a place in the text come first, above it. In a file without text these are all of its findings.
    """
    notes = Notes(spots, file.source, wording)
    findings = spots.findings.get(file.path, [])
    text, by_block = "", dict[int, list[NumberedFinding]]()
    if file.has_text and file.draft and file.language:
        lexicon = file.rules.lexicon(file.language)
        structure = _structure(file.draft, lexicon)
        indexes = _blocks_of_file(structure.document, file.path)
        placed = place_spots(structure.document, indexes, spots.in_file(file.path))
        by_block = _findings_by_block(placed)
        passages = structure.passages[indexes.start : indexes.stop]
        marked_text = MarkedText(structure.document.source, passages, placed, wording, f"file-{number}-")
        units = page_units(passages, _body_start(structure), marked_text)
        groups = "\n".join(_groups(units, by_block, notes))
        text = f'<div class="text" {language_attributes(lexicon)}>\n{groups}\n</div>'
    at_words = {finding.number for in_block in by_block.values() for finding in in_block}
    general = notes.notes(finding for finding in findings if finding.number not in at_words)
    return (
        f'<article id="file-{number}" aria-labelledby="file-{number}-name">'
        f'<header><h2 id="file-{number}-name">{path_html(file.path)}</h2>'
        f"<p>{safe_wording(wording.counts(file))}</p></header>\n{general}{text}</article>"
    )


@lru_cache(maxsize=1)  # the parts of a report come one after the other and share one structure
def _structure(draft: Draft, lexicon: Lexicon) -> Structure:
    return build_structure(draft.read([part.source() for part in draft.parts]), lexicon)


def _body_start(structure: Structure) -> int:
    """Return the index of the first block after masthead and title, or 0 if the draft has no numbered part."""
    return structure.body_start if structure.body_start < len(structure.passages) else 0


def _blocks_of_file(document: Document, path: str) -> range:
    """Return the indexes of the blocks of one file of a draft."""
    indexes = [index for index, block in enumerate(document.blocks) if document.source.path_at(block.start) == path]
    return range(indexes[0], indexes[-1] + 1) if indexes else range(0)


def _findings_by_block(placed: PlacedSpots) -> dict[int, list[NumberedFinding]]:
    """Return the findings by the index of the block in which their words begin."""
    return {
        index: sorted(finding for stretch in stretches for finding in stretch.spot.findings)
        for index, stretches in placed.starts.items()
    }


def _groups(units: Iterable[PageUnit], by_block: dict[int, list[NumberedFinding]], notes: Notes) -> Iterator[str]:
    """Yield the text in groups: a unit with notes, its notes, and the units without notes that follow."""
    head, following = "", list[str]()
    for unit in units:
        unit_notes = notes.notes(finding for index in unit.blocks for finding in by_block.get(index, ()))
        if unit_notes:
            yield _group(head, following)
            head, following = f'<div class="lead">{unit.html}</div>{unit_notes}', []
        else:
            following.append(unit.html)
    yield _group(head, following)


def _group(head: str, following: list[str]) -> str:
    rest = f'<div class="rest">{"".join(following)}</div>' if following else ""
    return f'<div class="group">{head}{rest}</div>' if head or rest else ""
