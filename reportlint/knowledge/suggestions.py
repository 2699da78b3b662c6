"""Suggestions for misspelt words."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "; did you mean “x”?" if a known word is close to ``word``, else ""."""
    near = nearest(word, known)
    return f"; did you mean “{near}”?" if near else ""


def nearest(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """Return the known word most similar to ``word``; "" if none has at least this likeness (0 to 1)."""
    import difflib  # noqa: PLC0415 - only mistakes need it

    names = list(known)
    near = difflib.get_close_matches(word, names, 1, likeness)
    if not near:
        folded = {name.casefold(): name for name in names}
        near = [folded[name] for name in difflib.get_close_matches(word.casefold(), list(folded), 1, likeness)]
    return near[0] if near else ""
