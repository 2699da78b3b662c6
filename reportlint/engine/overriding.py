"""Problems that another rule explains, so that one cause is one finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reportlint.checks.problem import Problem
from reportlint.document import Span
from reportlint.document.span_index import SpanIndex
from reportlint.knowledge.cards import Card


class Explanations:
    """The places reported by rules that override others. A problem that another rule reports there is explained."""

    def __init__(self) -> None:
        self._by_code: dict[str, list[tuple[SpanIndex, SpanIndex]]] = {}

    def add(self, card: Card, places: Sequence[Span], related: Iterable[Span]) -> None:
        """Add the places and related places of all problems that a rule reported."""
        if not places:
            return  # true of most rules
        indexes = SpanIndex(places), SpanIndex(related)
        for code in card.overrides:
            self._by_code.setdefault(code, []).append(indexes)

    def explain(self, code: str, problem: Problem) -> bool:
        """Return whether a problem is explained: the places, or a place and a related place, overlap.

        A common third place does not count.
        """
        return any(
            places.overlaps(problem.span)
            or related.overlaps(problem.span)
            or any(places.overlaps(place.span) for place in problem.related)
            for places, related in self._by_code.get(code, ())
        )


def overriding_first(cards: Sequence[Card]) -> list[Card]:
    """Return the cards in an order in which each follows those that override it."""
    overriding: dict[str, list[Card]] = {}
    for card in cards:
        for code in card.overrides:
            overriding.setdefault(code, []).append(card)
    ordered: dict[str, Card] = {}

    def add(card: Card) -> None:
        if card.code not in ordered:
            for other in overriding.get(card.code, ()):
                add(other)
            ordered[card.code] = card

    for card in cards:
        add(card)
    return [*ordered.values()]
