"""MST: the masthead."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.checks.problem import Problem, Related, check
from reportlint.facts.masthead import Masthead
from reportlint.language.lexicon import Lexicon


@check("masthead.symbol_missing")
def symbol_missing(masthead: Masthead) -> Iterator[Problem]:
    """Report a masthead without a document symbol. Authority: Editorial Manual, Masthead."""
    if masthead.recognised and masthead.symbol is None:
        yield Problem(masthead.recognised[0])


@check("masthead.distribution", variants=("missing", "unknown", "wording"), fields=("expected", "found", "known"))
def distribution(masthead: Masthead, lexicon: Lexicon) -> Iterator[Problem]:
    """Report a missing or unknown distribution, or one in another language.

    Older mastheads, in capitals, may use another language.
    """
    line = masthead.distribution
    if line is None:
        if masthead.stands:
            yield Problem(masthead.recognised[0], variant="missing")
        return
    wordings = {value: words[0] for value, words in lexicon.section("masthead", "distributions").items()}
    fields: dict[str, object] = {"found": line.word, "known": list(wordings.values())}
    if not line.word:
        yield Problem(line.span, variant="missing")
    elif not line.value:
        yield Problem(line.span, fields, "unknown")
    elif line.word.casefold() != wordings[line.value].casefold() and not line.word.isupper():
        yield Problem(line.span, {**fields, "expected": wordings[line.value]}, "wording")


@check(
    "masthead.original_language",
    variants=("missing", "repeated", "unknown"),
    fields=("found", "known", "language"),
    related=("original",),
)
def original_language(masthead: Masthead, lexicon: Lexicon) -> Iterator[Problem]:
    """Report an original language that is missing, not an official language, or repeated as that of the version.

    Mastheads in capitals, which secretariats of conventions use, may repeat it.
    """
    line, version = masthead.original, masthead.version
    if line is None:
        if masthead.stands and masthead.sole is None:
            yield Problem(masthead.recognised[0], variant="missing")
    elif not line.value:
        languages = [words[0] for words in lexicon.section("masthead", "languages").values()]
        yield Problem(line.span, {"found": line.word, "known": languages}, "unknown")
    elif version and line.values == (version.value,) and not version.text.isupper():
        yield Problem(version.span, {"language": version.text}, "repeated", (Related("original", line.span),))


@check("masthead.date", variants=("malformed", "missing"), fields=("found",))
def date(masthead: Masthead) -> Iterator[Problem]:
    """Report a masthead without a date, or with a date that is not written as day, month and year."""
    if not masthead.stands or masthead.date is not None:
        return
    line = masthead.misdated
    if line:
        yield Problem(line.span, {"found": line.text}, "malformed")
    else:
        yield Problem(masthead.recognised[0], variant="missing")
