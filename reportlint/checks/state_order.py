"""The alphabetical order of lists of States."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import pairwise, starmap
from operator import le
from typing import NamedTuple

from reportlint.facts.state_lists import ListEntry, ListRole, StateList
from reportlint.facts.states import Naming
from reportlint.knowledge.registers import NameState, States
from reportlint.language.collation import letters_key, words_key
from reportlint.language.lexicon import Lexicon

_MEMBER = "member"
_SHORTEST_ROLL = 3  # entries of a list of participants or speakers
_SHORTEST_ANNOUNCED = 5  # of another list after a colon
_SHORTEST_OTHER = 10  # of an enumeration in a sentence
_ENTRIES_FOR_TWO = 16  # entries of an enumeration in a sentence with two misplaced names
_MOST_MISPLACED = 2
_VALID = NameState.VALID  # in Python 3.11, looking up a member of an enumeration takes long
_Key = Callable[[ListEntry], tuple[str, ...]]


class Order(NamedTuple):
    """The order of a list of States.

    ``entries`` are those whose order matters, ``misplaced`` the indexes of those that are out of order, under ``key``.
    ``is_sorted`` is false if so many entries are out of order that the list is evidently in another order.
    """

    entries: tuple[ListEntry, ...]
    misplaced: tuple[int, ...]
    key: _Key
    is_sorted: bool

    @property
    def in_place(self) -> Iterator[ListEntry]:
        """The entries that are in alphabetical order."""
        return (entry for index, entry in enumerate(self.entries) if index not in self.misplaced)

    def entry_after(self, entry: ListEntry) -> ListEntry | None:
        """Return the first entry before which a name belongs, or ``None`` at the end of the list."""
        return next((item for item in self.in_place if self.key(item) > self.key(entry)), None)

    def is_in_place(self, entry: ListEntry) -> bool:
        """Return whether an entry that is not among ``entries`` is between the right neighbours."""
        before = [item for item in self.in_place if item.span < entry.span]
        after = [item for item in self.in_place if item.span > entry.span]
        key = self.key(entry)
        return not (before and self.key(before[-1]) > key) and not (after and self.key(after[0]) < key)


def order_of(state_list: StateList, states: States, lexicon: Lexicon, days: tuple[date, ...]) -> Order | None:
    """Return the order of a list, or ``None`` if the list need not be in alphabetical order.

    Lists of participants, lists of speakers and lists after a colon are expected to be in order, unless their
    introduction names another order. Long enumerations in sentences are if all but one or two names are; there, names
    such as "the Republic of Korea" may be sorted by either word. A list may be
    sorted letter by letter or word by word, by the list forms of the names or by the names as printed.
    """
    is_roll = state_list.role is not ListRole.OTHER
    shortest = _SHORTEST_ROLL if is_roll else _SHORTEST_ANNOUNCED if state_list.after_colon else _SHORTEST_OTHER
    if len(state_list.entries) < shortest or state_list.introduction.own_order:
        return None
    entries = _ordered(state_list, states, days)
    if not is_roll and not state_list.after_colon:
        entries = [entry for entry in entries if not _has_link(entry, lexicon)]
    if len(entries) < shortest:
        return None
    misplaced, key = _best_order(entries, _keys(states, lexicon))
    if is_roll or state_list.after_colon:
        most = max(_MOST_MISPLACED, len(entries) // 8)
        is_sorted = len(misplaced) <= most and len(misplaced) * 2 < len(entries)
        if not is_sorted and sum(entry.has_remark for entry in entries) * 2 >= len(entries):
            return None
        return Order(tuple(entries), tuple(misplaced), key, is_sorted)
    most = _MOST_MISPLACED if len(entries) >= _ENTRIES_FOR_TWO else 1
    return Order(tuple(entries), tuple(misplaced), key, True) if len(misplaced) <= most else None


def _ordered(state_list: StateList, states: States, days: tuple[date, ...]) -> list[ListEntry]:
    """Return the entries whose order matters.

    Observer States and entities may be listed in alphabetical place or after all Member States, and entities also
    before them. A State listed twice is left out, because one of its two entries is bound to be out of order; so are
    wrong names, and States that speak for a group, which speak first.
    """
    entries = [
        entry
        for entry in state_list.entries
        if not entry.content.for_group
        and (_is_right(entry.naming, states, days) or (entry.body and entry.body.lists_with_states))
    ]
    times = Counter(entry.content.meant for entry in entries)
    entries = [entry for entry in entries if entry.content.meant is None or times[entry.content.meant] == 1]
    while entries and not _is_member(entries[-1], states):
        entries.pop()
    while entries and entries[0].meant is None:
        entries.pop(0)
    return entries


def _has_link(entry: ListEntry, lexicon: Lexicon) -> bool:
    """Return whether a name consists of two names: "Republic of Korea"."""
    links = lexicon.section("name_links")
    return any(f" {link} " in entry.name or (link.endswith("'") and f" {link}" in entry.name) for link in links)


def _is_right(naming: Naming | None, states: States, days: tuple[date, ...]) -> bool:
    return naming is not None and states.status_over(naming.known, days).state is _VALID


def _is_member(entry: ListEntry, states: States) -> bool:
    return entry.meant is not None and states.rows[entry.meant].status == _MEMBER


def _keys(states: States, lexicon: Lexicon) -> tuple[_Key, ...]:
    """Return the accepted sort keys."""

    def list_form(entry: ListEntry) -> str:
        return states.list_name(entry.meant, lexicon.code) if entry.meant else entry.name

    return (
        lambda entry: (letters_key(list_form(entry)),),
        lambda entry: words_key(list_form(entry)),
        lambda entry: (letters_key(entry.name),),
        lambda entry: words_key(entry.name),
    )


def _best_order(entries: Sequence[ListEntry], keys: Sequence[_Key]) -> tuple[list[int], _Key]:
    """Return the indexes of the misplaced entries under the key that has the fewest, and that key."""
    orders: list[tuple[list[int], _Key]] = []
    for key in keys:
        misplaced = _misplaced([key(entry) for entry in entries])
        if not misplaced:
            return misplaced, key
        orders.append((misplaced, key))
    return min(orders, key=lambda order: len(order[0]))


def _misplaced(keys: Sequence[tuple[str, ...]]) -> list[int]:
    """Return the indexes of the fewest entries to move: those outside a longest sorted run.

    The keys are read from the end, so that of two swapped neighbours the second is reported: it belongs before the
    first.
    """
    if all(starmap(le, pairwise(keys))):
        return []
    tails: list[tuple[str, ...]] = []  # descending: the best start of a run of each length
    starts: list[int] = []
    following: dict[int, int] = {}
    for index in range(len(keys) - 1, -1, -1):
        low, high = 0, len(tails)
        while low < high:
            middle = (low + high) // 2
            if tails[middle] < keys[index]:
                high = middle
            else:
                low = middle + 1
        following[index] = starts[low - 1] if low else -1
        if low == len(tails):
            tails.append(keys[index])
            starts.append(index)
        else:
            tails[low], starts[low] = keys[index], index
    kept = set()
    index = starts[-1] if starts else -1
    while index >= 0:
        kept.add(index)
        index = following[index]
    return [index for index in range(len(keys)) if index not in kept]
