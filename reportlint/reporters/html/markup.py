"""Escaping of text for HTML, and small elements used all over the page."""

from __future__ import annotations

from html import escape

from reportlint.language.lexicon import Lexicon
from reportlint.reporters.escaping import without_commands_in_xml
from reportlint.reporters.layout import bind_punctuation, clean, printable_path
from reportlint.reporters.sentences import Wording

_WIDE_SPACE = "\u2003"


def safe(text: str) -> str:
    """Return ``text`` as the content of an element or attribute: escaped, without control characters and commands."""
    return without_commands_in_xml(escape(clean(text.replace("\t", _WIDE_SPACE))))


def path_html(path: str) -> str:
    """Return a path as the content of an element that may break after each folder."""
    return safe(printable_path(path)).replace("/", "/<wbr>")


def safe_wording(text: str) -> str:
    """Return text of the linter itself as the content of an element or attribute."""
    return safe(bind_punctuation(text))


def phrase(wording: Wording, name: str, **fields: object) -> str:
    """Return a phrase from the lexicon section of the page, with its fields filled in."""
    return safe_wording(wording.lexicon.fill(wording.words["page"][name], fields))


def number_link(number: int, kind: str, target: str, name: str) -> str:
    """Return the number of a finding as a link; ``name`` is its accessible name."""
    return f'<a class="number {kind}" href="#{target}" aria-label="{name}">{number}</a>'


def language_attributes(lexicon: Lexicon) -> str:
    """Return the attributes for the language of an element and its direction of writing."""
    return f'lang="{lexicon.code}" dir="{lexicon.section("direction")}"'
