"""Replacements of the names of States in sentences, with the articles before them."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from reportlint.checks.plain_words import in_title
from reportlint.checks.problem import FixWords
from reportlint.facts.states import StateMention, StateMentions
from reportlint.knowledge.registers import NameState, States
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Mention, Passage, Role

_JOINING = frozenset("/&-–")
_BRACKET = re.compile(r"\s*\(")
_LONGEST_ARTICLE = 20  # characters before a name that are searched for its article


class _Article(NamedTuple):
    """The article before a name: ``start`` of its words, the article, and its form; "" if there is none."""

    start: int
    article: str
    form: int


class _Articles:
    """The articles of names in one language, with their forms in sentences."""

    def __init__(self, lexicon: Lexicon) -> None:
        section = lexicon.mapping("name_articles")
        self.without = section.get("without") or ("",)
        self.elided = section.get("elided") or self.without
        self.vowels = section.get("vowels") or ""
        self.forms = {"": self.without, **section.get("forms", {})}
        self.hiding_gender = frozenset(section.get("hiding_gender") or ())
        listed = [*self.forms.items(), ("", self.elided)]
        self.by_words = {
            words: (article, form) for article, forms in reversed(listed) for form, words in enumerate(forms) if words
        }
        before = rf"(?<!\w)(?P<words>{alternation(self.by_words)})(?:(?<=')|\s+)\Z"
        self.before = re.compile(before, re.IGNORECASE)
        self.dependent = _words_before(section.get("dependent") or ())
        self.bare_after = _words_before(section.get("bare_after") or ())
        self.of_plural = re.compile(rf"\s+(?:{alternation(section.get('plural_verbs') or ())})(?!\w)")

    def before_name(self, text: str, start: int) -> _Article:
        """Return the article before a name."""
        match = self.before.search(text, _near(start), start)
        if match is None:
            return _Article(start, "", 0)
        return _Article(match.start(), *self.by_words[match["words"].lower()])

    def form(self, article: str, form: int, name: str) -> str:
        """Return a form of an article, with the space after it."""
        forms = self.forms[article]
        if not article and name[:1].casefold() in self.vowels:
            forms = self.elided
        words = str(forms[form])
        return words if not words or words.endswith("'") else f"{words} "


_articles = lru_cache(maxsize=8)(_Articles)


def _words_before(words: tuple[str, ...] | list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(words)})\s+\Z", re.IGNORECASE)


def _near(start: int) -> int:
    return max(0, start - _LONGEST_ARTICLE)


def article_before(passage: Passage, start: int, lexicon: Lexicon) -> int:
    """Return the offset at which the article before the name at ``start`` begins; ``start`` if there is none."""
    return _articles(lexicon).before_name(passage.text, start).start


class Usage(Enum):
    """The form of the names of States that stand in brackets in a draft."""

    LIST = "list"
    IN_TEXT = "in_text"
    UNKNOWN = "unknown"


def bracket_usages(mentions: StateMentions, states: States, days: tuple[date, ...]) -> Mapping[bool, Usage]:
    """Return the form of names in brackets, keyed by whether the brackets follow the name of a person.

    Names that have one form for lists and another for sentences show it. Without any, the States of persons have the
    form for sentences.
    """
    seen: dict[bool, set[Usage]] = {True: set(), False: set()}
    for mention in mentions.states:
        if mention.in_brackets:
            status = states.status_over(mention.known, days)
            if status.state is NameState.VALID and status.list_name != status.in_text:
                shown = {status.list_name: Usage.LIST, status.in_text: Usage.IN_TEXT}.get(mention.name)
                seen[mention.of_person] |= {shown} if shown else set()
    unseen = {True: Usage.IN_TEXT, False: Usage.UNKNOWN}
    return {
        of_person: next(iter(shown)) if len(shown) == 1 else Usage.UNKNOWN if shown else unseen[of_person]
        for of_person, shown in seen.items()
    }


def may_continue(mention: Mention, proper: str) -> bool:
    """Return whether the words after a name may belong to it.

    These are brackets, if the proper name has some ("Iran  (Islamic Republic of)"), and words after a slash or a hyphen
    ("Burma/Myanmar").
    """
    text, end = mention.passage.text, mention.end
    return text[end : end + 1] in _JOINING or ("(" in proper and _BRACKET.match(text, end) is not None)


def name_fix(mention: StateMention, proper: str, states: States, lexicon: Lexicon) -> FixWords:
    """Return the replacement of a name in a sentence by the proper one, with the article that this one has.

    The replacement is safe if it changes nothing but the name: the article and its form stay and show the same gender,
    and no verb in the plural follows the subject. In brackets and in tables, names have no article. The name may be
    part of a title, or of a formal name that the United Nations did not use ("the Republic of Vietnam"): then it is
    unsafe.
    """
    fix = _name_fix(mention, proper, states, lexicon)
    is_alone = not in_title(mention.mention) and not _ends_formal_name(mention, states, lexicon)
    return fix.safe_if(is_alone)


def _ends_formal_name(mention: StateMention, states: States, lexicon: Lexicon) -> bool:
    """Return whether words with which formal names begin stand before a name: "Republic of"."""
    return mention.passage.text.endswith(_formal_openings(states, lexicon.code), 0, mention.start)


@lru_cache(maxsize=8)
def _formal_openings(states: States, language: str) -> tuple[str, ...]:
    names = (row.names[language] for row in states.rows.values())
    openings = {name.formal.removesuffix(name.in_text) for name in names if name.formal.endswith(name.in_text)}
    return tuple(openings - {""})


def _name_fix(mention: StateMention, proper: str, states: States, lexicon: Lexicon) -> FixWords:
    articles = _articles(lexicon)
    passage, start, end = mention.mention
    text = passage.text
    if may_continue(mention.mention, proper):
        return FixWords(mention.span, proper, safe=False)
    if mention.in_brackets:
        return FixWords(mention.span, proper)
    if passage.role is Role.ROW:
        names = states.rows[mention.iso3].names[lexicon.code]
        return FixWords(mention.span, proper, safe=names.list == names.in_text)
    article = states.article(mention.iso3, lexicon.code, proper)
    found = articles.before_name(text, start)
    if article is None or article not in articles.forms or articles.bare_after.search(text, _near(start), start):
        return FixWords(mention.span, proper, safe=False)
    words = articles.form(article, found.form, proper)
    typed = text[found.start : start]
    begins = not text[passage.sentence(start)[0] : found.start].strip() or typed[:1].isupper()
    if words.strip() == " ".join(typed.lower().split()):
        is_hidden = article in articles.hiding_gender or articles.dependent.search(text, _near(start), start)
        is_plural = begins and articles.of_plural.match(text, end)
        return FixWords(mention.span, proper, safe=not is_hidden and not is_plural)
    if begins and words:
        words = words[0].upper() + words[1:]
    return FixWords(passage.span(found.start, end), sys.intern(words + proper), safe=False)
