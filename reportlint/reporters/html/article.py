"""One file of the page: its text, and the notes beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from reportlint.document import Document, Draft
from reportlint.language.lexicon import Lexicon
from reportlint.report import FileReport
from reportlint.reporters.html.body import PageUnit, units
from reportlint.reporters.html.marked import MarkedText
from reportlint.reporters.html.markup import language_of, path_shown, said
from reportlint.reporters.html.notes import Notes
from reportlint.reporters.html.spots import Placed, Remark, Spots, placed
from reportlint.reporters.sentences import Wording
from reportlint.structure import Structure, build_structure


def article(number: int, file: FileReport, spots: Spots, wording: Wording) -> str:
    """A file with the findings in its margin; above its text those that stand in no words, as all do if it has none."""
    notes = Notes(spots, file.source, wording)
    remarks = spots.remarks.get(file.path, [])
    text, beside = "", dict[int, list[Remark]]()
    if file.has_text and file.draft and file.language:
        lexicon = file.rules.lexicon(file.language)
        structure = _structure(file.draft, lexicon)
        own = _own_blocks(structure.document, file.path)
        places = placed(structure.document, own, spots.of(file.path))
        beside = _by_block(places)
        passages = structure.passages[own.start : own.stop]
        written = MarkedText(structure.document.source, passages, places, wording, f"file-{number}-")
        pieces = units(passages, _body_start(structure), written)
        groups = "\n".join(_groups(pieces, beside, notes))
        text = f'<div class="text" {language_of(lexicon)}>\n{groups}\n</div>'
    at_words = {remark.number for found in beside.values() for remark in found}
    general = notes.notes(one for one in remarks if one.number not in at_words)
    return (
        f'<article id="file-{number}" aria-labelledby="file-{number}-name">'
        f'<header><h2 id="file-{number}-name">{path_shown(file.path)}</h2>'
        f"<p>{said(wording.counts(file))}</p></header>\n{general}{text}</article>"
    )


@lru_cache(maxsize=1)  # the parts of a report follow one another
def _structure(draft: Draft, lexicon: Lexicon) -> Structure:
    return build_structure(draft.read([part.source() for part in draft.parts]), lexicon)


def _body_start(structure: Structure) -> int:
    """The block with which masthead and title end. Where nothing is numbered nothing tells them from the rest."""
    return structure.body_start if structure.body_start < len(structure.passages) else 0


def _own_blocks(document: Document, path: str) -> range:
    """The blocks of one file of a draft."""
    own = [index for index, block in enumerate(document.blocks) if document.source.path_at(block.start) == path]
    return range(own[0], own[-1] + 1) if own else range(0)


def _by_block(places: Placed) -> dict[int, list[Remark]]:
    """The findings by the index of the block that their words begin in."""
    return {
        index: sorted(remark for stretch in found for remark in stretch.spot.about)
        for index, found in places.begun.items()
    }


def _groups(pieces: Iterable[PageUnit], beside: dict[int, list[Remark]], notes: Notes) -> Iterator[str]:
    """The text in groups: a piece with notes, the notes, and the pieces without notes that follow."""
    head, following = "", list[str]()
    for unit in pieces:
        found = notes.notes(one for index in unit.blocks for one in beside.get(index, ()))
        if found:
            yield _group(head, following)
            head, following = f'<div class="lead">{unit.html}</div>{found}', []
        else:
            following.append(unit.html)
    yield _group(head, following)


def _group(head: str, following: list[str]) -> str:
    rest = f'<div class="rest">{"".join(following)}</div>' if following else ""
    return f'<div class="group">{head}{rest}</div>' if head or rest else ""
