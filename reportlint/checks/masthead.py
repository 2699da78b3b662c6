"""MST: the masthead."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.checks.problem import Problem, Related, check
from reportlint.document import Document, Span
from reportlint.facts.document_kind import KindOfDocument
from reportlint.facts.masthead import Masthead
from reportlint.facts.past_dates import PastDates
from reportlint.facts.placeholders import Placeholders
from reportlint.knowledge.levels import DocumentKind
from reportlint.language.lexicon import Lexicon
from reportlint.symbols.grammar import SymbolGrammar
from reportlint.symbols.model import Symbol


@check("masthead.symbol_missing")
def symbol_missing(masthead: Masthead, placeholders: Placeholders) -> Iterator[Problem]:
    """Report a masthead without a document symbol, even one to be completed. Authority: Editorial Manual, Masthead."""
    if any("/" in placeholder for placeholder in placeholders.in_masthead()):
        return
    if masthead.recognised and masthead.symbol is None and not masthead.is_of_others:
        yield Problem(masthead.recognised[0].span)


@check("masthead.distribution", variants=("missing", "unknown", "wording"), fields=("expected", "found", "known"))
def distribution(masthead: Masthead, lexicon: Lexicon) -> Iterator[Problem]:
    """Report a missing or unknown distribution, or one in another language.

    Older mastheads, in capitals, may use another language. The front page of Official Records has no distribution.
    """
    line = masthead.distribution
    wordings = {value: words[0] for value, words in lexicon.mapping("masthead", "distributions").items()}
    if not wordings or not lexicon.section("masthead", "distribution"):
        return
    if line is None:
        if masthead.stands and not masthead.is_front_page:
            yield Problem(masthead.recognised[0].span, variant="missing")
        return
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
def original_language(masthead: Masthead, kind: KindOfDocument, lexicon: Lexicon) -> Iterator[Problem]:
    """Report an original language that is missing, not an official language, or repeated as that of the version.

    Mastheads in capitals, which secretariats of conventions use, may repeat it. Decisions and resolutions need not
    state it.
    """
    line, version = masthead.original, masthead.version
    if not lexicon.mapping("masthead", "languages"):
        return
    if line is None:
        has_words = bool(lexicon.section("masthead", "original"))
        if has_words and masthead.stands and masthead.sole is None and not kind.is_one_of(DocumentKind.DECISIONS):
            yield Problem(masthead.recognised[0].span, variant="missing")
    elif masthead.is_of_others:
        return
    elif not line.value:
        languages = [words[0] for words in lexicon.mapping("masthead", "languages").values()]
        yield Problem(line.span, {"found": line.word, "known": languages}, "unknown")
    elif version and line.values == (version.value,) and not version.text.isupper():
        yield Problem(version.span, {"language": version.text}, "repeated", (Related("original", line.span),))


@check(
    "masthead.date",
    variants=("earlier", "malformed", "missing"),
    fields=("date", "found", "later"),
    related=("later",),
)
def date(masthead: Masthead, past: PastDates, placeholders: Placeholders) -> Iterator[Problem]:
    """Report a masthead without a date, with a malformed one, or with one before a day described as past.

    A date to be completed ("XX March 2021") is not reported.
    """
    if not masthead.stands:
        return
    if masthead.date is not None:
        later = max(past.days, key=lambda told: told[0], default=None)
        if later and masthead.date_mention and later[0] > masthead.date:
            fields = {"date": masthead.date, "later": later[0]}
            yield Problem(masthead.date_mention.span, fields, "earlier", (Related("later", later[1].span, fields),))
        return
    line = masthead.misdated
    if line:
        yield Problem(line.span, {"found": line.text}, "malformed")
    elif all("/" in placeholder for placeholder in placeholders.in_masthead()):
        yield Problem(masthead.recognised[0].span, variant="missing")


@check("masthead.running_head", fields=("head", "symbol"), related=("symbol",))
def running_head(masthead: Masthead, document: Document, symbol_grammar: SymbolGrammar) -> Iterator[Problem]:
    """Report a running head whose symbol is not that of the masthead; once for each symbol.

    A head may give the symbol of the masthead among others. Job numbers and page numbers are no symbols.
    """
    if masthead.symbol is None or masthead.symbol_mention is None:
        return
    wanted = masthead.symbol.text.rstrip("*")
    reported: set[str] = set()
    for head in document.running_heads:
        line = document.source.text[head.start : head.end]
        found = [candidate for candidate in symbol_grammar.find_symbols(line) if isinstance(candidate.value, Symbol)]
        symbols = [candidate.symbol.text.rstrip("*") for candidate in found]
        if not symbols or wanted in symbols or symbols[0] in reported:
            continue
        reported.add(symbols[0])
        fields = {"head": symbols[0], "symbol": wanted}
        span = Span(head.start + found[0].start, head.start + found[0].end)
        yield Problem(span, fields, related=(Related("symbol", masthead.symbol_mention.span, fields),))
