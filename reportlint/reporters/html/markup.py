"""Words made safe for HTML, and the small elements that stand everywhere on the page."""

from __future__ import annotations

from html import escape

from reportlint.language.lexicon import Lexicon
from reportlint.reporters.layout import bound, clean, printable_path
from reportlint.reporters.sentences import Wording

_WIDE_SPACE = "\u2003"


def safe(text: str) -> str:
    """``text`` as the content of an element or an attribute: escaped, without control characters."""
    return escape(clean(text.replace("\t", _WIDE_SPACE)))


def path_shown(path: str) -> str:
    """A path as the content of an element, which may break after each folder."""
    return safe(printable_path(path)).replace("/", "/<wbr>")


def said(text: str) -> str:
    """Words of the linter as the content of an element or an attribute."""
    return safe(bound(text))


def phrase(wording: Wording, name: str, **fields: object) -> str:
    """A phrase that only this page has, with its fields."""
    return said(wording.lexicon.fill(wording.words["page"][name], fields))


def number_link(number: int, kind: str, target: str, name: str) -> str:
    """The number of a finding as a link; ``name`` is what it is called where it is not seen."""
    return f'<a class="number {kind}" href="#{target}" aria-label="{name}">{number}</a>'


def language_of(lexicon: Lexicon) -> str:
    """The attributes that say in which language an element is, and from which side it is read."""
    return f'lang="{lexicon.code}" dir="{lexicon.section("direction")}"'
