"""Replacements of the entries of lists of States: by another name, in another place.

A list keeps its separators and joiners ("and"): a name that moves changes places with those between, and each takes
along its article and the remark in brackets after it.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from reportlint.checks.name_fixes import article_before, may_continue, name_fix
from reportlint.checks.problem import FixWords
from reportlint.checks.state_order import Order
from reportlint.document import Source, Span
from reportlint.facts.state_lists import ListEntry, StateList
from reportlint.knowledge.registers import States
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Mention, Role

_LINE_START = re.compile(r"\n[^\w\n]*")
_REMARK = r"(?:[ \n]\([^()]{1,400}\))?"


class _Slot(NamedTuple):
    """The place of an entry in a list: the range that moves, that of its name, and the words that move."""

    span: Span
    name: Span
    words: Mention


class ListFixes(NamedTuple):
    """Makes the fixes for the lists of one draft. ``source`` is its text."""

    states: States
    lexicon: Lexicon
    source: Source

    def renamed(self, state_list: StateList, order: Order | None, entry: ListEntry, proper: str) -> FixWords:
        """Return the replacement of a wrong name of an entry by the proper one, in its place in the order.

        It is unsafe if articles stand in the list, or the list runs on in its sentence, and the article of the name
        changes; if the name is printed in capitals, if the entry cannot be moved, if the list has the State already, or
        if the words after the name may belong to it.
        """
        plain = self._plain(state_list, entry, proper)
        listed = sum(other.meant == entry.meant for other in state_list.entries)
        if listed > 1 or may_continue(entry.mention, proper) or _is_cut(state_list, entry):
            return plain.safe_if(False)
        if order is None or not order.is_sorted or order.is_in_place(right := entry.renamed(proper)):
            return plain
        if plain.span != entry.span:
            return plain.safe_if(False)
        moved = self._moved(state_list, order, right, plain.text)
        return moved._replace(safe=plain.safe) if moved else plain.safe_if(False)

    def _plain(self, state_list: StateList, entry: ListEntry, proper: str) -> FixWords:
        if _is_in_capitals(entry):
            return FixWords(entry.span, proper.upper(), safe=False)
        has_articles = any(self._has_article(other) for other in state_list.entries)
        if entry.state and (has_articles or self._needs_article(state_list, entry, proper)):
            return name_fix(entry.state, proper, self.states, self.lexicon)
        return FixWords(entry.span, proper)

    def _needs_article(self, state_list: StateList, entry: ListEntry, proper: str) -> bool:
        """Return whether a name has an article in the sentence of its list. Lists after a colon have none."""
        if entry.meant is None or state_list.after_colon or entry.mention.passage.role is Role.ROW:
            return False
        return bool(self.states.article(entry.meant, self.lexicon.code, proper))

    def _has_article(self, entry: ListEntry) -> bool:
        passage, start, _ = entry.mention
        return passage.role is not Role.ROW and article_before(passage, start, self.lexicon) < start

    def moved(self, state_list: StateList, order: Order) -> FixWords | None:
        """Return the replacements that move the only displaced entry to its place; ``None`` if that is uncertain."""
        if not order.is_sorted or len(order.misplaced) != 1:
            return None
        entry = order.entries[order.misplaced[0]]
        return None if _is_cut(state_list, entry) else self._moved(state_list, order, entry)

    def _moved(self, state_list: StateList, order: Order, entry: ListEntry, words: str = "") -> FixWords | None:
        """Return the replacements that move an entry to its place in the order, with its new name as ``words``."""
        spans = [other.span for other in state_list.entries]
        start = spans.index(entry.span)
        following = order.entry_after(entry)
        last = [*order.in_place][-1]
        target = spans.index(following.span) if following else spans.index(last.span) + 1
        first, end = (start, target) if start < target else (target, start + 1)
        slots = self._slots(state_list)
        neighbours = pairwise(slots[first : end + 1])
        slots = slots[first:end]
        if any(slot is None for slot in slots) or not self._are_alike(state_list.entries[first:end]):
            return None
        if not all(self._is_text_between(left, right) for left, right in neighbours if left and right):
            return None
        spans = [slot.span for slot in slots if slot]
        if any(left.overlaps(right) for left, right in pairwise(sorted(spans))):
            return None
        texts = [sys.intern(self.source.typed(*span)) for span in spans]  # the same names come back
        here = start - first
        name = slots[here]
        if name is not None and words:
            new = self.source.as_written(words, name.name.start)
            before = self.source.typed(name.span.start, name.name.start)
            texts[here] = before + new + self.source.typed(name.name.end, name.span.end)
        moving = texts.pop(here)
        texts = [*texts, moving] if here == 0 else [moving, *texts]
        edits = [FixWords(span, text, typed=True) for span, text in zip(spans, texts, strict=True)]
        changing = [edit for edit in edits if edit.text != self.source.typed(*edit.span)]
        return changing[0]._replace(also=tuple(changing[1:])) if changing else None

    def _are_alike(self, entries: tuple[ListEntry, ...]) -> bool:
        """Return whether entries may change places: all have a preposition in their article, or none has.

        An article that begins the sentence stays there.
        """
        kinds = set()
        first = entries[0].mention
        opens = not first.passage.text[first.passage.sentence(first.start)[0] : first.start].strip()
        for entry in entries:
            passage, start, _ = entry.mention
            begin = article_before(passage, start, self.lexicon)
            words = passage.text[begin:start]
            if words != words.lower() or (words and opens and passage is first.passage):
                return False
            kinds.add(_has_preposition(self.lexicon, words))
        return len(kinds) < 2

    def _slots(self, state_list: StateList) -> list[_Slot | None]:
        """Return the slot of each entry; ``None`` where the text around the name is not understood."""
        entries = state_list.entries
        if all(entry.mention.passage.role is Role.ROW for entry in entries):
            return [self._line(entry.mention) for entry in entries]
        by_place = sorted(entries, key=lambda entry: entry.span)
        words = _separators(self.lexicon)
        slots: dict[Span, _Slot | None] = {}
        for index, entry in enumerate(by_place):
            passage, start, end = entry.mention
            text = passage.text
            before = by_place[index - 1].mention if index else None
            after = by_place[index + 1].mention if index + 1 < len(by_place) else None
            begin = article_before(passage, start, self.lexicon)
            if before and before.passage is passage:
                opens = words.between.fullmatch(text, before.end, begin) is not None
            else:
                # The words before the first name of a list in a sentence introduce it.
                opens = not text[:begin].strip() or (before is None and bool(after and after.passage is passage))
            remark = words.remark.match(text, end)
            close = remark.end() if remark else end
            if after and after.passage is passage:
                closes = words.between.fullmatch(text, end, article_before(passage, after.start, self.lexicon))
            else:
                closes = words.after.fullmatch(text, end) if after or not begin else words.after_last.match(text, end)
            span = _with_markup(Mention(passage, begin, close), state_list)
            is_known = opens and closes is not None
            slots[entry.span] = _Slot(span, entry.span, Mention(passage, begin, close)) if span and is_known else None
        return [slots[entry.span] for entry in entries]

    def _line(self, mention: Mention) -> _Slot | None:
        """Return the slot of an entry of a table: its row, if the row is one line."""
        line = self.source.line_at(mention.span.start)
        whole = mention.passage.span()
        return _Slot(line, mention.span, mention) if line.start <= whole.start and whole.end <= line.end else None

    def _is_text_between(self, left: _Slot, right: _Slot) -> bool:
        """Return whether there is neither markup nor a note between two entries of a sentence."""
        passage, _, start = left.words
        if passage is not right.words.passage or passage.role is Role.ROW:
            return True
        typed = _LINE_START.sub(" ", self.source.text[left.span.end : right.span.start])
        return typed.split() == passage.text[start : right.words.start].split()


def _is_cut(state_list: StateList, entry: ListEntry) -> bool:
    """Return whether the next entry may be the end of a name: "Iran, Islamic Republic of"."""
    following = [other for other in state_list.entries if other.span.start > entry.span.start][:1]
    return any(other.is_unknown and other.meant is None for other in following)


def _is_in_capitals(entry: ListEntry) -> bool:
    """Return whether a name is printed in capitals. Abbreviations of names are not."""
    return entry.name.isupper() and (entry.naming is None or entry.name != entry.naming.known.name)


def _with_markup(mention: Mention, state_list: StateList) -> Span | None:
    """Return the range of an entry with the markup around it or in it, which moves with it.

    Return ``None`` if the entry has a note, or shares markup with a part of the list only.
    """
    passage, start, end = mention
    listed = [entry.mention for entry in state_list.entries if entry.mention.passage is passage]
    span = passage.span(start, end)
    for mark in passage.block.marks:
        if mark.end < start or mark.start > end or (mark.start < mark.end and (mark.end == start or mark.start == end)):
            continue
        if start <= mark.start and mark.end <= end and not (mark.start == mark.end and mark.start in (start, end)):
            span = Span(min(span.start, mark.span.start), max(span.end, mark.span.end))
        elif mark.start > listed[0].start or mark.end < listed[-1].end or mark.start == mark.end:
            return None
    return span


class _Separators(NamedTuple):
    """Patterns for the text after a name, with a remark: up to the next name, and to the end of its line."""

    remark: re.Pattern[str]
    between: re.Pattern[str]
    after: re.Pattern[str]
    after_last: re.Pattern[str]


@lru_cache(maxsize=8)
def _separators(lexicon: Lexicon) -> _Separators:
    and_ = rf"(?:{alternation(lexicon.words('lists', 'and'))})"
    return _Separators(
        re.compile(_REMARK),
        re.compile(rf"{_REMARK}(?:\s*[,;]\s*(?:{and_}\s+)?|\s+{and_}\s+|\s*[\n\t]\s*)", re.IGNORECASE),
        re.compile(rf"{_REMARK}\s*[,;.]?\s*(?:{and_})?\s*", re.IGNORECASE),
        re.compile(_REMARK),
    )


@lru_cache(maxsize=256)
def _has_preposition(lexicon: Lexicon, words: str) -> bool:
    """Return whether the article of a name has a preposition: it is not the first of the forms of an article."""
    words = " ".join(words.split())
    section = lexicon.mapping("name_articles")
    return bool(words) and all(words != forms[0] for forms in section.get("forms", {}).values())
