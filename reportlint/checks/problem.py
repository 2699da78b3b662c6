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
    """A function that yields problems. It is given the facts that the types of its parameters name."""

    name: str
    function: Callable[..., Iterable[Problem]]


def check(name: str) -> Callable[[Callable[..., Iterable[Problem]]], Check]:
    """Make a function the check that cards call ``name``."""

    def make(function: Callable[..., Iterable[Problem]]) -> Check:
        return Check(name, function)

    return make


def checks_of(module: Mapping[str, Any]) -> tuple[Check, ...]:
    """All checks among the names of a module (its ``vars()``)."""
    return tuple(value for value in module.values() if isinstance(value, Check))
