"""Facts by type: the providers that compute them, and the facts of one document."""

from __future__ import annotations

import typing
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from types import FunctionType
from typing import Any, TypeVar

from reportlint.checks.problem import Problem
from reportlint.errors import SetupError
from reportlint.knowledge.parameters import CardParameters

_T = TypeVar("_T")
_STARRED = 0x04 | 0x08  # CO_VARARGS and CO_VARKEYWORDS of the module inspect


@cache
def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    try:
        return typing.get_type_hints(function)
    except NameError as error:
        raise SetupError(f"“{function.__name__}”: unknown type in the signature ({error})") from None


def _hint(function: Callable[..., Any], name: str) -> Any:
    """Return the type of a parameter, or the type returned for the name "return"; ``None`` if there is none.

    Nearly all are names of the module of the function. ``typing`` takes long to evaluate them.
    """
    written = getattr(function, "__annotations__", {}).get(name)
    known = getattr(function, "__globals__", {}).get(written) if isinstance(written, str) else None
    return known or _hints(function).get(name)


def fact_type(provider: Callable[..., Any]) -> Any:
    """Return the type of the fact that a provider computes: its return type.

    Raises:
        SetupError: the return type is missing or unknown.
    """
    returned = _hint(provider, "return")
    if returned is None:
        raise SetupError(f"“{provider.__name__}”: the return type, which identifies the fact, is missing")
    return returned


def _parameters(function: Callable[..., Any]) -> Iterable[str]:
    """Return the names of a function's parameters."""
    if type(function) is FunctionType and not vars(function) and not function.__code__.co_flags & _STARRED:
        code = function.__code__
        return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    import inspect  # noqa: PLC0415 - it takes long, and only other callables and decorated functions need it

    return inspect.signature(function).parameters


@cache
def parameter_types(function: Callable[..., Any]) -> tuple[Any, ...]:
    """Return the types of a function's parameters, which identify the facts that it needs.

    Raises:
        SetupError: a parameter has no type, or an unknown one.
    """
    hints = {name: _hint(function, name) for name in _parameters(function)}
    missing = [name for name, kind in hints.items() if kind is None]
    if missing:
        raise SetupError(
            f"“{function.__name__}”: the type of parameter “{missing[0]}”, which identifies the fact, is missing"
        )
    return tuple(hints.values())


def card_parameters_type(check: Callable[..., Any]) -> type[CardParameters] | None:
    """Return the type of the card parameters of a check; ``None`` if it takes none."""
    kinds = (kind for kind in parameter_types(check) if isinstance(kind, type) and issubclass(kind, CardParameters))
    return next(kinds, None)


class Facts:
    """The facts of one document by type. Each is computed once, when it is first needed.

    Facts that depend on shared facts only (a register in one language) are added to ``shared`` for later documents.
    """

    def __init__(
        self, providers: Mapping[Any, Callable[..., Any]], given: dict[type, Any], shared: dict[type, Any]
    ) -> None:
        self._providers, self._known, self._shared = providers, given, shared

    def get(self, kind: type[_T]) -> _T:
        """Return the fact of a type."""
        if kind not in self._known:
            provider = self._providers[kind]
            needs = parameter_types(provider)
            value = provider(*map(self.get, needs))
            self._known[kind] = value
            if all(need in self._shared for need in needs):
                self._shared[kind] = value
        return self._known[kind]  # type: ignore[no-any-return]

    def last_uses(self, functions: Iterable[Callable[..., Any]]) -> list[list[Any]]:
        """Return for each function, if they are called in this order, the facts that are not needed after it."""
        needs = [parameter_types(function) for function in functions]
        last: dict[Any, int] = {}
        for number, kinds in enumerate(needs):
            for kind in kinds:
                self._use(kind, number, last)
        done: list[list[Any]] = [[] for _ in needs]
        for kind, number in last.items():
            done[number].append(kind)
        return done

    def _use(self, kind: Any, number: int, last: dict[Any, int]) -> None:
        """Record that function ``number`` is the last that uses a fact and, if it is not known, what that needs."""
        if kind not in self._providers:
            return
        if kind not in last and kind not in self._known:
            for need in parameter_types(self._providers[kind]):
                self._use(need, number, last)
        last[kind] = number

    def forget(self, kinds: Iterable[Any]) -> None:
        """Drop facts, which take much memory in a long document, but not shared ones."""
        for kind in kinds:
            if kind not in self._shared:
                self._known.pop(kind, None)

    def call(
        self, check: Callable[..., Iterable[Problem]], card_parameters: CardParameters | None = None
    ) -> Iterable[Problem]:
        """Call a check with the facts that it needs and the parameters of its card."""
        return check(
            *(
                card_parameters if card_parameters and kind is type(card_parameters) else self.get(kind)
                for kind in parameter_types(check)
            )
        )
