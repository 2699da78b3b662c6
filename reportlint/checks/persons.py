"""PER: names of persons."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from reportlint.checks.problem import Problem, Related, check
from reportlint.facts.persons import Person, Persons

_SHORTEST_SURNAME = 4
_RECURS = 2
_SLOTS = 64  # for the keys of a name
_Name = tuple[tuple[str, ...], str]


@check("persons.two_spellings", variants=("exchanged", "spelling"), fields=("name", "other"), related=("other",))
def two_spellings(persons: Persons) -> Iterator[Problem]:
    """Report a person whose name is written in two ways: the surname one letter different, or the parts exchanged.

    Two persons who are named together, or with two States, are two persons. A name that is written in either way more
    than once is a matter of transliteration.
    """
    places: dict[_Name, list[Person]] = {}
    for person in persons.persons:
        places.setdefault(_name(person), []).append(person)
    may_recur = _recurring(places)
    candidates: dict[object, list[_Name]] = {}
    for name, named in places.items():
        seen: set[_Name] = set()
        for key in filter(may_recur, _keys(name)):
            for other in candidates.get(key, ()):
                if other in seen or min(len(named), len(places[other])) >= _RECURS:
                    continue
                seen.add(other)
                variant = _difference(name, other)
                if variant and not _are_two(named, places[other]):
                    # The rarer form is reported; of two that are as rare, the later.
                    rare, usual = (name, other) if len(named) <= len(places[other]) else (other, name)
                    first, kept = places[rare][0], places[usual][0]
                    fields = {"name": first.name, "other": kept.name}
                    yield Problem(first.mention.span, fields, variant, (Related("other", kept.mention.span, fields),))
            candidates.setdefault(key, []).append(name)


def _name(person: Person) -> _Name:
    return person.given, person.surname


def _keys(name: _Name) -> set[object]:
    """Return keys of which two names that may be one have at least one in common.

    These are the initial with the surname, and with the surname without one of its letters; and the parts in any order.
    """
    given, surname = name
    shortened = {surname[:index] + surname[index + 1 :] for index in range(len(surname))}
    return {*((given[0][:1], word) for word in {surname, *shortened}), frozenset((*given, surname))}


def _recurring(names: Collection[_Name]) -> Callable[[object], bool]:
    """Return a function that returns whether several names may share a key. It never returns false for a shared key.

    Most keys belong to one name only and need not be kept.
    """
    times = bytearray(_SLOTS * len(names))  # how often the keys that share a slot occur, up to two
    for name in names:
        for key in _keys(name):
            slot = hash(key) % len(times)
            times[slot] = min(times[slot] + 1, 2)
    return lambda key: times[hash(key) % len(times)] > 1


def _difference(name: _Name, other: _Name) -> str:
    """Return the variant of the message: the way in which two names differ, or "" if they are two names."""
    given, surname = name
    if sorted((*given, surname)) == sorted((*other[0], other[1])):
        return "exchanged"
    if min(len(surname), len(other[1])) < _SHORTEST_SURNAME or surname[0] != other[1][0]:
        return ""
    return "spelling" if _same_given(given, other[0]) and _is_one_edit(surname, other[1]) else ""


def _same_given(given: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether given names agree: the same, or one the initial of the other."""
    return all(
        left == right or (min(len(left), len(right)) == 1 and left[0] == right[0])
        for left, right in zip(given, other, strict=False)
    )


def _is_one_edit(first: str, second: str) -> bool:
    """Return whether one letter was added, dropped or changed, or two neighbours were exchanged."""
    shorter, longer = sorted((first, second), key=len)
    if len(longer) - len(shorter) > 1 or first == second:
        return False
    pairs = enumerate(zip(shorter, longer, strict=False))
    start = next((index for index, (left, right) in pairs if left != right), len(shorter))
    rest, longer_rest = shorter[start:], longer[start:]
    if len(shorter) < len(longer):
        return rest == longer_rest[1:]
    return rest[1:] == longer_rest[1:] or (rest[:2] == longer_rest[1::-1] and rest[2:] == longer_rest[2:])


def _are_two(places: list[Person], others: list[Person]) -> bool:
    """Return whether two names are those of two persons: named in one passage, or with different States."""
    passages = {person.mention.passage.index for person in places}
    if any(other.mention.passage.index in passages for other in others):
        return True
    states = [{person.state for person in group if person.state} for group in (places, others)]
    return bool(states[0] and states[1] and not states[0] & states[1])
