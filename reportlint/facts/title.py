"""The title of the document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from reportlint.document import Span
from reportlint.facts.front import FrontLines
from reportlint.language.lexicon import Lexicon
from reportlint.language.phrases import lower_case
from reportlint.structure import Mention, Role, Structure

# The phrases of titles by the name that the lexicon gives them. The title of a report precedes any other, because the
# title page may also name its agenda item, and the decision that requested it.
TITLES = ("summary_record", "report", "agenda", "decisions", "submission", "instrument", "other")

_ITEM_LINES = 2
_MARKUP = "#*_ "
_LINE_BREAK = 2  # most characters between two lines of a block
_CONTINUED = ("-", ",")
_ENDS = ("*", ".", ":", ";")
_PROSE = (Role.PARAGRAPH, Role.TEXT, Role.ITEM)
_FEWEST_WORDS = 2  # that name an organ
_GLUED = ("decisions", "instrument", "other")


class Title(NamedTuple):
    """The title, up to its last line in the same block, and what it says of the document: a name in ``TITLES``.

    ``rest`` is what continues it in the next block. All parts are empty if no line before the body is a known title.
    ``is_of_item`` is true if the line follows that of an agenda item and may be the title of the item.
    """

    mention: Mention | None = None
    says: str = ""
    is_of_item: bool = False
    rest: tuple[Mention, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(part.text for part in (self.mention, *self.rest) if part)

    @property
    def span(self) -> Span | None:
        return self.mention.span if self.mention else None


def title(structure: Structure, front: FrontLines, lexicon: Lexicon) -> Title:
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
                    below = front.lines[index + 1 :]
                    whole = _whole(bare, below, lexicon)
                    return Title(whole, name, index in of_items, tuple(_rest(structure, whole, below, lexicon)))
    # Converters glue the title to the text that follows it.
    for name in _GLUED:
        family = lexicon.phrases(f"{name}_title")
        for passage in front.prose:
            match = family.search(passage)
            if match and match.start() == 0:
                return Title(Mention(passage, 0, _end_of_glued(passage.text, match.end())), name)
    return Title()


def _whole(first: Mention, below: Sequence[Mention], lexicon: Lexicon) -> Mention:
    """Return the title that begins with a line, with the lines on which it continues.

    A line is continued if it ends with a hyphen, a comma or a word such as "from" before dates, if the next one begins
    in lower case, or if it is so long that the next word did not fit in it. The mark of a note ends a title.
    """
    title, last = first, first
    lines = list(takewhile(lambda line: line.passage is first.passage, below))
    longest = max(len(line.text) for line in (first, *lines))
    others = [lexicon.phrases("masthead_item"), *(lexicon.phrases(f"{name}_title") for name in TITLES)]
    for line in lines:
        gap = line.passage.text[last.end : line.start]
        if gap.strip() or len(gap) > _LINE_BREAK or last.text.endswith(_ENDS):
            break
        open_ended = last.text.endswith(_CONTINUED) or _ends_with_lead(last.text, lexicon)
        begins_another = any(family.search(line.text) for family in others)
        word = line.text.split()[0]
        is_full = len(last.text) + 1 + len(word) > longest and not begins_another and not word.endswith(":")
        if not (open_ended or line.text[0].islower() or is_full):
            break
        title, last = Mention(first.passage, first.start, line.end), line
    return title


def _rest(structure: Structure, title: Mention, below: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the line of the next block that continues a title.

    The title ends with a word before dates, or its last two words go on with the first of the line in the text too:
    "Review of Harbour Lamps" in the text, "Report on the Review of Harbour" and "Lamps*" in two blocks.
    """
    line = next((line for line in below if line.passage is not title.passage), None)
    if line is None or line.passage.index != title.passage.index + 1 or title.text.endswith(_ENDS):
        return
    if title.end < len(title.passage.text.rstrip()):
        return
    if _ends_with_lead(title.text, lexicon):
        yield line
        return
    *_, before, last = ["", "", *title.text.split()]
    joined = lower_case(f"{before} {last} {line.text.split()[0].rstrip(_MARKUP)}")
    prose = (passage for passage in structure.passages if passage.role in _PROSE)
    if before and line.text[0].isupper() and any(joined in passage.folded for passage in prose):
        yield line


def _end_of_glued(text: str, end: int) -> int:
    """Return the end of a title glued to the text of a decision, where the organ is named again with a capital letter.

    "Decision of the Assembly of Ports on lamps The Assembly of Ports, Having considered …"
    """
    organ = " ".join(text[end:].split()[:_FEWEST_WORDS])
    begins = text.find(f" {organ[:1].upper()}{organ[1:]} ", end)
    return begins if organ[:1].islower() and begins != -1 else end


def _ends_with_lead(text: str, lexicon: Lexicon) -> bool:
    """Return whether a line ends with a word before dates ("on", "from") or between two ("to", "and")."""
    word = text.rpartition(" ")[2].casefold()
    return any(word in lexicon.words(*key) for key in (("dates", "lead"), ("lists", "to"), ("lists", "and")))
