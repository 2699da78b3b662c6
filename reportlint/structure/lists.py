"""Decides to which open list a label belongs: every possible place is scored, together with the labels that follow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from typing import NamedTuple

from reportlint.document.enumerators import Label, Style

# Costs of a place for a label. One break of a series costs more than any number of regular steps.
_OPENING = 0.3
_OPENING_AFTER_COLON = -0.1
_RESTART = 0.9
_RESTART_AFTER_TEXT = 0.25
_SAME_STYLE_ABOVE = 1.2
_SECOND_READING = 0.1
_CLOSING = 0.03
_OTHER_INDENT = 0.1
_OTHER_SHAPE = 2.2
_GAP = 2.0
_STEP = 0.04
_MOST_STEPS = 10
_DISORDER = 2.45
_NOT_FROM_FIRST = 2.6
_SETTLED = 0.2
_CLEAR = 1.2
# "i)" near the ninth letter of a list is probably that letter, not a roman numeral.
_NINTH = 9
_NINTH_LETTER = 2.2
_BEAM = 6


class Frame(NamedTuple):
    """An open list: the style and shape of its labels, its last value and its indentation.

    The paragraphs of the report are the outermost frame, with ``is_paragraphs`` true.
    """

    style: Style
    shape: str
    last: int
    indent: int
    is_paragraphs: bool = False


class Item(NamedTuple):
    """A block with a label: the readings of the label, and what precedes the block.

    ``after_colon`` is true if the block before it ends in a colon, ``after_text`` if a block without a label stands
    between it and the label before it.
    """

    readings: tuple[Label, ...]
    indent: int
    after_colon: bool
    after_text: bool


class Placement(NamedTuple):
    """The place of a label: in the list at ``depth``, or in a new list that takes this depth (``opens``).

    All deeper lists are closed.
    """

    label: Label
    depth: int
    opens: bool


class _Option(NamedTuple):
    """A place for a label, and the value that the list has from there: the label's, or that which it should have."""

    cost: float
    placement: Placement
    value: int


# The same as plain tuples: of the places for the labels that follow, many are compared.
_Step = tuple[float, tuple[Label, int, bool], int]


def place(
    frames: tuple[Frame, ...],
    item: Item,
    following: Callable[[], Sequence[Item]],
    bias: Callable[[Placement], float] | None = None,
) -> Placement:
    """Return the best place for the label of ``item`` among the open lists ``frames``, the outermost first.

    ``following`` returns the next labelled blocks; it is called only if the label alone does not decide. ``bias``
    returns a cost to be added for a place of this label, infinite if it is impossible.
    """
    options = [_Option(cost, Placement(*where), value) for cost, where, value in _options(frames, item)]
    if bias:
        options = [option._replace(cost=option.cost + bias(option.placement)) for option in options]
    options = [option for option in options if option.cost < inf]
    options.sort(key=_cost)
    best = options[0]
    is_first = any(label.value == 1 for label in item.readings)
    rival = next((option.cost for option in options if option.placement != best.placement), inf)
    if rival == inf or (best.cost < _SETTLED and not is_first and rival - best.cost > _CLEAR):
        return best.placement
    ahead = following()
    least = best.cost + _greedy_cost_of(_placed(frames, item, best.placement, best.value), ahead)
    for option in options:
        # What follows cannot cost less than this.
        if option.cost + _OPENING_AFTER_COLON * len(ahead) >= least:
            break
        placed = _placed(frames, item, option.placement, option.value)
        total = option.cost + _cost_of(placed, ahead, least - option.cost)
        if total < least:
            best, least = option, total
    return best.placement


def _cost(option: _Option | _Step) -> float:
    return option[0]


def _cost_of(frames: tuple[Frame, ...], items: Sequence[Item], most: float) -> float:
    """Return the least cost at which all of ``items`` can be placed, as far as a beam search finds it.

    The result is infinite if that is not less than ``most``.
    """
    states = {frames: 0.0}
    for left, item in zip(range(len(items) - 1, -1, -1), items, strict=True):
        limit = most - _OPENING_AFTER_COLON * left  # from here on, what follows cannot cost less
        after: dict[tuple[Frame, ...], float] = {}
        for state, cost in states.items():
            for step, where, value in _options(state, item):
                total = cost + step
                if total < limit:
                    placed = _placed(state, item, where, value)
                    if total < after.get(placed, inf):
                        after[placed] = total
        states = dict(sorted(after.items(), key=lambda pair: pair[1])[:_BEAM])
    return min(states.values(), default=inf)


def _greedy_cost_of(frames: tuple[Frame, ...], items: Sequence[Item]) -> float:
    """Return the cost if each of ``items`` is placed where it costs least, whatever follows."""
    total = 0.0
    for item in items:
        cost, where, value = min(_options(frames, item), key=_cost)
        total += cost
        frames = _placed(frames, item, where, value)
    return total


def _placed(frames: tuple[Frame, ...], item: Item, where: tuple[Label, int, bool], value: int) -> tuple[Frame, ...]:
    """Return the open lists after a label has taken its place."""
    label, depth, opens = where
    if opens:
        return (*frames[:depth], Frame(label.style, label.shape, value, item.indent))
    # The rest of the list has the shape of its last label.
    frame = frames[depth]
    return (*frames[:depth], Frame(frame.style, label.shape, value, frame.indent, frame.is_paragraphs))


def _options(frames: tuple[Frame, ...], item: Item) -> list[_Step]:
    """Return the possible places for the label of an item, in all its readings, each with its cost."""
    steps: list[_Step] = []
    for number, label in enumerate(item.readings):
        reading = number * _SECOND_READING
        for depth, frame in enumerate(frames):
            if frame.style is label.style:
                _add_joining(steps, frame, depth, label, item, reading + _CLOSING * (len(frames) - 1 - depth))
        _add_opening(steps, frames, label, item, reading)
    return steps


def _add_joining(steps: list[_Step], frame: Frame, depth: int, label: Label, item: Item, base: float) -> None:
    """Add the costs of a label in the list at ``depth``. After a break, either value may be the right one."""
    value = label.value
    if frame.shape != label.shape:
        base += _OTHER_SHAPE
    if frame.indent != item.indent:
        base += _OTHER_INDENT
    where = (label, depth, False)
    expected = frame.last + 1
    if value == expected or (value == frame.last and label.suffix):
        steps.append((base, where, value))
        return
    base += _GAP + _STEP * min(value - expected, _MOST_STEPS) if value > expected else _DISORDER
    steps.append((base, where, value))
    steps.append((base, where, expected))


def _add_opening(steps: list[_Step], frames: tuple[Frame, ...], label: Label, item: Item, base: float) -> None:
    """Add the costs of a label as the first of a list inside the innermost list, or instead of one of its kind."""
    same = [
        depth
        for depth, frame in enumerate(frames)
        if frame.style is label.style and frame.shape == label.shape and not frame.is_paragraphs
    ]
    if label.value != 1:
        base += _NOT_FROM_FIRST
    elif (
        label.style is Style.LOWER_ROMAN
        and not item.after_colon
        and any(
            frame.style is Style.LOWER and frame.shape == label.shape and abs(frame.last - _NINTH) <= 1
            for frame in frames
        )
    ):
        base += _NINTH_LETTER
    opening = base + (_OPENING_AFTER_COLON if item.after_colon else _OPENING)
    steps.append((opening + (_SAME_STYLE_ABOVE if same else 0), (label, len(frames), True), label.value))
    for depth in same if label.value == 1 else ():
        restart = base + (_RESTART_AFTER_TEXT if item.after_text else _RESTART)
        steps.append((restart, (label, depth, True), label.value))
