"""The title of the document."""

from __future__ import annotations

from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.front import FrontLines
from reportlint.language.lexicon import Lexicon
from reportlint.structure import Mention

# The phrases of titles by the name that the lexicon gives them. The title of a report precedes any other, because the
# title page may also name its agenda item, and the decision that requested it.
TITLES = ("summary_record", "report", "agenda", "decisions", "submission", "instrument", "other")

_ITEM_LINES = 2
_MARKUP = "#*_ "
_GLUED = ("decisions", "instrument", "other")


class Title(NamedTuple):
    """The line with which the title begins, and what its words say of the document: a name in ``TITLES``.

    All parts are empty if no line before the body is a known title. ``is_of_item`` is true if the line follows that of
    an agenda item and may be the title of the item.
    """

    mention: Mention | None = None
    says: str = ""
    is_of_item: bool = False

    @property
    def text(self) -> str:
        return self.mention.text if self.mention else ""

    @property
    def span(self) -> Span | None:
        return self.mention.span if self.mention else None


def title(front: FrontLines, lexicon: Lexicon) -> Title:
    """Find the title among the lines before the body."""
    item = lexicon.phrases("masthead_item")
    items = {index for index, line in enumerate(front.lines) if item.search(line.text)}
    # Below "Agenda item 3" stands the title of the item: it counts if there is no other.
    of_items = {index + below for index in items for below in range(1, _ITEM_LINES + 1)}
    for skipped in (of_items, frozenset[int]()):
        for name in TITLES:
            family = lexicon.phrases(f"{name}_title")
            for index, line in enumerate(front.lines):
                # A reader may leave signs of Markdown before the words.
                begin = line.start + len(line.text) - len(line.text.lstrip(_MARKUP))
                bare = Mention(line.passage, begin, line.end)
                if index not in skipped and not bare.text[:1].islower() and family.search(bare.text):
                    return Title(bare, name, index in of_items)
    # Converters glue the title to the text that follows it.
    for name in _GLUED:
        family = lexicon.phrases(f"{name}_title")
        for passage in front.prose:
            match = family.search(passage)
            if match and match.start() == 0:
                return Title(Mention(passage, 0, match.end()), name)
    return Title()
