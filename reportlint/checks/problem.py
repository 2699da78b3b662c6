"""What a check yields, and how a function becomes a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from reportlint.document import Span
from reportlint.knowledge.scales import Severity

_NONE: Mapping[str, object] = MappingProxyType({})


class Related(NamedTuple):
    """Another place that a problem concerns; ``key`` names the card's text for it."""

    key: str
    span: Span
    fields: Mapping[str, object] = _NONE


class FixWords(NamedTuple):
    """A replacement for a range of the source, with ``also`` what is to be replaced with it.

    ``safe`` says there is one right answer.
    """

    span: Span
    text: str
    safe: bool = True
    also: tuple[FixWords, ...] = ()


class Problem(NamedTuple):
    """A fault at ``span`` of the source, in terms of the card: which of its messages, and the fields for it.

    ``severity`` lowers the card's where this case is weaker than the rule's usual one.
    """

    span: Span
    fields: Mapping[str, object] = _NONE
    variant: str = ""
    related: tuple[Related, ...] = ()
    severity: Severity | None = None
    fix: FixWords | None = None


class Check(NamedTuple):
    """A function that yields problems, and what those problems may hold.

    The function receives the facts that the types of its parameters name. ``variants``, ``fields`` and ``related`` are
    what its problems name; the cards of the check are compared with them when rules load.
    """

    name: str
    function: Callable[..., Iterable[Problem]]
    variants: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


def check(
    name: str, *, variants: Iterable[str] = (), fields: Iterable[str] = (), related: Iterable[str] = ()
) -> Callable[[Callable[..., Iterable[Problem]]], Check]:
    """Declare a function to be the check that cards call ``name``.

    Args:
        name: ``family.what``, such as ``agenda.quoted_title``.
        variants: the messages that the check chooses from. A card has exactly these; without any, it has one message.
        fields: the fields that messages may use.
        related: the keys of the related places. A card may have a text for each.
    """

    def declare(function: Callable[..., Iterable[Problem]]) -> Check:
        return Check(name, function, tuple(variants), tuple(fields), tuple(related))

    return declare


def checks_of(module: Mapping[str, Any]) -> tuple[Check, ...]:
    """All checks among the names of a module (its ``vars()``)."""
    return tuple(value for value in module.values() if isinstance(value, Check))
