"""AGD: what the draft says of the agenda is what the agenda says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint.checks.problem import Problem, Related, check
from reportlint.document import Span
from reportlint.facts.agenda import Agenda, AgendaReference, AgendaReferences
from reportlint.language.lexicon import Lexicon

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]")
# A remark behind a title, such as "(item held in abeyance)", need not be quoted.
_REMARK = re.compile(r"\s*\([^()]*\)[\s.;]*$")
_SAME = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "–": "-", "—": "-"})


@check("agenda.unknown_item")
def unknown_item(agenda: Agenda, references: AgendaReferences, lexicon: Lexicon) -> Iterator[Problem]:
    """A reference to an item or sub-item that the agenda does not have; once for each place.

    Where the agenda itself is misnumbered, that is the fault (NUM003), and only numbers beyond its length count.
    """
    if not agenda.items:
        return
    unknown: dict[Span, list[str]] = {}
    for reference in references:
        if not _is_known(agenda, reference):
            unknown.setdefault(reference.span, []).append(lexicon.format_item(reference.number, reference.sub))
    for span, items in unknown.items():
        yield Problem(span, {"item": items}, related=(Related("agenda", agenda.span),) if agenda.span else ())


def _is_known(agenda: Agenda, reference: AgendaReference) -> bool:
    if agenda.has(reference.number, reference.sub):
        return True
    if agenda.is_misnumbered:
        return reference.number <= len(agenda.items)
    # A report may cite sub-items that it does not reproduce, if it reproduces none at all.
    return bool(reference.sub) and agenda.has(reference.number) and not any(item.sub for item in agenda.items)


@check("agenda.quoted_title")
def quoted_title(agenda: Agenda, references: AgendaReferences, lexicon: Lexicon) -> Iterator[Problem]:
    """A title quoted for an item differs from the agenda. Case of the first letter, final stop and typography aside."""
    for reference in references:
        item = agenda.by_name.get((reference.number, reference.sub))
        if item is None or reference.title is None:
            continue
        quoted, title = _words(reference.title.text), _words(item.title)
        if quoted in (title, _words(_REMARK.sub("", item.title))):
            continue
        found, expected = _first_difference(quoted, title)
        fields = {
            "item": lexicon.format_item(reference.number, reference.sub),
            "quoted": reference.title.text,
            "title": item.title.rstrip(" .;:"),
            "paragraph": agenda.paragraph.bare if agenda.paragraph else "–",
            "found": found,
            "expected": expected,
        }
        yield Problem(reference.title.span, fields, related=(Related("agenda", item.span, fields),))


def _words(title: str) -> list[str]:
    words = _WORD.findall(title.translate(_SAME).rstrip(" .;:,"))
    if words and not words[0].isupper():
        words[0] = words[0][:1].casefold() + words[0][1:]
    return words


def _first_difference(quoted: list[str], title: list[str]) -> tuple[str, str]:
    """The first words that differ, with one word of context where one side lacks a word."""
    start = next(
        (i for i, (one, other) in enumerate(zip(quoted, title, strict=False)) if one != other),
        min(len(quoted), len(title)),
    )
    context = max(0, start - 1)
    return _excerpt(quoted, context, start), _excerpt(title, context, start)


def _excerpt(words: list[str], context: int, start: int) -> str:
    return " ".join(words[context : start + 3]) or "…"
