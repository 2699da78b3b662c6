"""Facts are given to whoever names their types: providers, and the facts of one document."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from reportlint.checks.problem import Problem
from reportlint.errors import SetupError
from reportlint.knowledge.parameters import CardParameters

_T = TypeVar("_T")


@cache
def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    try:
        return typing.get_type_hints(function)
    except NameError as error:
        raise SetupError(f"“{function.__name__}”: the type of a parameter is not known ({error})") from None


def made_by(provider: Callable[..., Any]) -> Any:
    made = _hints(provider).get("return")
    if made is None:
        raise SetupError(f"“{provider.__name__}”: the type of the fact it makes is not given")
    return made


@cache
def parameters(function: Callable[..., Any]) -> tuple[Any, ...]:
    """The facts that a function asks for, by the types of its parameters.

    Raises:
        SetupError: a parameter has no type, or one that is not known.
    """
    hints = _hints(function)
    names = inspect.signature(function).parameters
    missing = [name for name in names if name not in hints]
    if missing:
        raise SetupError(f"“{function.__name__}”: parameter “{missing[0]}” has no type, which names the fact it needs")
    return tuple(hints[name] for name in names)


def taken_from_card(function: Callable[..., Any]) -> type[CardParameters] | None:
    """The type of what a check takes from its card; ``None`` for a check that takes nothing."""
    kinds = (kind for kind in parameters(function) if isinstance(kind, type) and issubclass(kind, CardParameters))
    return next(kinds, None)


class Facts:
    """The facts of one document by their types. Each is computed once, when it is first asked for.

    What a provider makes of shared facts alone (a register for a language) is kept for the next document.
    """

    def __init__(
        self, providers: Mapping[Any, Callable[..., Any]], given: dict[type, Any], shared: dict[type, Any]
    ) -> None:
        self._providers, self._known, self._shared = providers, given, shared

    def get(self, kind: type[_T]) -> _T:
        if kind not in self._known:
            provider = self._providers[kind]
            needs = parameters(provider)
            value = provider(*map(self.get, needs))
            self._known[kind] = value
            if all(need in self._shared for need in needs):
                self._shared[kind] = value
        return self._known[kind]  # type: ignore[no-any-return]

    def call(
        self, function: Callable[..., Iterable[Problem]], from_card: CardParameters | None = None
    ) -> Iterable[Problem]:
        """Call a check with the facts that it needs and what its card has for it."""
        return function(
            *(from_card if from_card and kind is type(from_card) else self.get(kind) for kind in parameters(function))
        )
