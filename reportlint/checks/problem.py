"""The problems that checks yield, and the decorator that declares a check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from reportlint.document import Span
from reportlint.knowledge.levels import Severity

_NO_FIELDS: Mapping[str, object] = MappingProxyType({})


class Related(NamedTuple):
    """Another place that a problem concerns.

    ``key`` selects the card's text for the place, ``fields`` fill its placeholders.
    """

    key: str
    span: Span
    fields: Mapping[str, object] = _NO_FIELDS


class FixWords(NamedTuple):
    """A replacement for a range of the source.

    ``also`` are replacements that must be made with it. ``safe`` is true if there is only one correct result.
    ``typed`` is true if the text comes from the draft as typed; any other text takes the apostrophes, the Unicode form
    and the line ends of the draft.
    """

    span: Span
    text: str
    safe: bool = True
    also: Sequence[FixWords] = ()
    typed: bool = False

    def safe_if(self, condition: bool) -> FixWords:
        """Return the replacement. It remains safe only if the condition holds."""
        return self if condition or not self.safe else self._replace(safe=False)


class Problem(NamedTuple):
    """A problem at ``span`` of the source.

    ``variant`` selects one of the card's messages, ``fields`` fill its placeholders. ``severity`` lowers the card's
    severity for a weaker case.
    """

    span: Span
    fields: Mapping[str, object] = _NO_FIELDS
    variant: str = ""
    related: Sequence[Related] = ()
    severity: Severity | None = None
    fix: FixWords | None = None


class Check(NamedTuple):
    """A function that yields problems, with the names that these problems use.

    The annotations of the function's parameters select the facts it receives. ``variants``, ``fields`` and ``related``
    are compared with the check's cards when rules load.
    """

    name: str
    function: Callable[..., Iterable[Problem]]
    variants: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    related: tuple[str, ...] = ()


def check(
    name: str, *, variants: Iterable[str] = (), fields: Iterable[str] = (), related: Iterable[str] = ()
) -> Callable[[Callable[..., Iterable[Problem]]], Check]:
    """Declare a function as the check that cards call ``name``.

    Args:
        name: ``family.what``, such as ``agenda.quoted_title``.
        variants: the variants of the message. A card must have exactly these; without variants it has one message.
        fields: the fields that messages may use.
        related: the keys of related places. A card may have a text for each.
    """

    def declare(function: Callable[..., Iterable[Problem]]) -> Check:
        return Check(name, function, tuple(variants), tuple(fields), tuple(related))

    return declare


def checks_of(module: Mapping[str, Any]) -> tuple[Check, ...]:
    """Return all checks in the namespace of a module (its ``vars()``)."""
    return tuple(value for value in module.values() if isinstance(value, Check))
