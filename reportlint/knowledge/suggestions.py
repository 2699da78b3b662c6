"""Suggestions for misspelt words."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean “x”?" if a known word is close to ``word``, else ""."""
    near = nearest(word, known)
    return f"; did you mean “{near}”?" if near else ""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most similar to ``word``; "" if none is similar."""
    import difflib  # noqa: PLC0415 - only mistakes need it

    names = list(known)
    near = difflib.get_close_matches(word, names, 1, 0.6)
    if not near:
        folded = {name.casefold(): name for name in names}
        near = [folded[name] for name in difflib.get_close_matches(word.casefold(), list(folded), 1, 0.6)]
    return near[0] if near else ""
