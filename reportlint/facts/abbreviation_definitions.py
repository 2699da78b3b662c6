"""The places where abbreviations are spelled out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from reportlint.document import Span
from reportlint.document.letters import UPPER
from reportlint.facts.abbreviation_words import (
    TOKEN,
    capital_words,
    in_columns,
    names_session,
    shortens,
    singular,
    stands_for,
)
from reportlint.language.collation import letters_key, words_key
from reportlint.language.lexicon import Lexicon
from reportlint.language.numerals import alternation
from reportlint.structure import Mention, Passage, Section

_SHORT = r"(?P<short>[A-Z][A-Za-z]{0,2}[A-Z](?:[A-Za-z0-9&-]{0,13}[A-Za-z0-9])?)"
_REST = r"[^()\[\]]{0,40}"
# Between a name and its abbreviation: "(2021–2030)", ", 1974", ", established in 2019".
_YEARS_AFTER_NAME = re.compile(r"\s*(?:\([\d\s–—/-]{4,12}\)|,\s(?:[^,;:.()]{0,40}\s)?(?:1[89]|20)\d\d)\s*\Z")
# "the Harbour School in Cork, Ireland (HSC)"
_PLACE_AFTER_NAME = re.compile(rf",(?:\s[{UPPER}][\w'’-]*){{1,4}}\s*\Z")
_CITED = re.compile(r",\s(?:1[89]|20)\d\d[a-z]?\s*\Z")  # "(KRI, 1998)" also cites an author
_SEPARATOR = re.compile(r"[,;:.()«»“”]")
_CLAUSE = re.compile(r"[.;:()–—]")
_DASH = re.compile(r"\s[–—-]\s\Z")
_DASH_AFTER = re.compile(r"\s[–—-]\s(?P<name>[^\W\d_][^.;:,()–—]{6,120})")
_COMMA_AFTER = re.compile(r",\s(?P<name>[^.;:,()–—]{6,120})")
_CAPITALISED = re.compile(rf"(?<!\w)[{UPPER}][\w'’-]*")
_IN_GLOSSARY = r"(?P<short>[A-Z][A-Za-z0-9&/-]{1,14})(?:\s*\t\s*|\s+[–—:=-]\s+|:\s+)"
# Two capital letters, as every abbreviation in a glossary has. Most lines begin with one.
_IS_GLOSSED = re.compile(rf"\s*(?=[A-Z][a-z0-9&/-]*+[A-Z]){_IN_GLOSSARY}")
_GLOSSED = re.compile(rf"{_IN_GLOSSARY}(?P<name>[^\W\d][^\t]{{3,160}})")
_SIGN_AFTER = re.compile(r"\s*[(|\t,–—:=-]")  # in every match of the patterns of what may follow an abbreviation
_EXPLAINED = re.compile(r"\s*(?:\(|\||\t|[–—:=-]\s)\s*(?P<name>[^()|]{6,160})")
_BRACKET_AFTER = re.compile(r"\s?\(\s*(?P<name>[^()]{6,160})\)")
_PART = re.compile(r"[A-Z][A-Za-z&]{2,}")
_COMPOUND = re.compile(r"\(\s?(?P<parts>[A-Z][A-Za-z&-]*(?:/[A-Z][A-Za-z&-]*)+)\s?\)")
# "Kelp Institute (KI), Lima, Peru." "Plan for Buoys (PB), 2006"
_ADDRESS_AFTER = re.compile(rf",(?:[ ](?:[{UPPER}][\w'’.-]*|\d{{4}}),?)+(?=[.;]|\Z)")
_NAME_LENGTH = 160
_REACH = 40
_FEWEST_CAPITALISED = 2
_FEWEST_WORDS = 3
_FIRST_WORDS = 4
_LONGEST_LINK = 3  # letters: "of the" in a name


class Definition(NamedTuple):
    """The place where an abbreviation is spelled out.

    ``name`` is the text before it, as far back as a name can reach. ``stands`` is true if the letters stand for the
    words before them, outside quotations and tables; ``sure`` if also the passage is not a list of names.
    ``in_name`` is true if the place belongs to a longer name, an address or the title of a publication.
    """

    short: str
    name: str
    mention: Mention
    sure: bool = False
    stands: bool = False
    in_name: bool = False

    @property
    def span(self) -> Span:
        return self.mention.span

    @property
    def section(self) -> Section | None:
        return self.mention.passage.section


class Definitions:
    """Reads the definitions of abbreviations in one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.names = capital_words(lexicon)
        self.plurals = tuple(lexicon.section("abbreviation", "plural_suffixes"))
        section = "abbreviation"
        introduced, after, articles, called, indefinite = (
            alternation(lexicon.words(section, key))
            for key in ("introduced_by", "introduced_before", "articles", "called", "indefinite_articles")
        )
        self.bracket = re.compile(
            rf"[(\[]\s*(?:(?i:{introduced})(?!\w)[^()\[\]{UPPER}“«\"]{{0,40}}?)?"
            rf"(?:[“«\"]\s?(?i:(?:{articles})\s?)?)?(?<![\w/.-]){_SHORT}"
            rf"(?P<rest>\s?[”»\"]{_REST}|[,;:]\s?(?![A-Z]{{2}}){_REST}|\s?[–—−-]\s{_REST}|\s\d\d/\d\d"
            rf"|\s(?i:{after})(?!\w){_REST})?\s*[)\]]"
        )
        titles = alternation(lexicon.section("persons", "titles"))
        self.letter_after = re.compile(rf"[ ](?!(?:{titles})\s)[^\W\d_]")
        self.called = re.compile(rf"(?<!\w)(?:{called})\s(?:(?:{articles})\s?)?[“«\"]?\s?\Z", re.IGNORECASE)
        self.gloss = re.compile(rf"(?:{indefinite})(?!\w)", re.IGNORECASE)
        self.article = re.compile(rf"(?:{articles})(?!\w)", re.IGNORECASE)

    def read(self, passage: Passage) -> Iterator[Definition]:
        """Yield the abbreviations in brackets after their full form.

        The brackets hold the abbreviation alone, after an introducing word ("hereinafter"), or before a remark.
        """
        text = passage.text
        if "(" not in text and "[" not in text:
            return
        listed: bool | None = None
        for match in self.bracket.finditer(text):
            begin = max(0, match.start() - _NAME_LENGTH)
            before = text[begin : match.start()].rstrip()
            if begin:
                before = before.partition(" ")[2]  # drop a truncated first word
            before = _YEARS_AFTER_NAME.sub("", before)
            short = singular(match["short"], self.plurals)
            before_place = _PLACE_AFTER_NAME.sub("", before)
            if before_place != before and stands_for(short, before_place):
                before = before_place
            name = _quoted_before(passage, match.start()) or _SEPARATOR.split(before)[-1].strip()
            # Text that cannot be a full name does not define the abbreviation.
            if not (len(name.split()) > 1 or shortens(short, name)) or name.isupper() or self.names.is_roman(short):
                continue
            if names_session(short):
                continue
            fits = stands_for(short, before)
            if not fits and match["rest"] and _CITED.match(match["rest"]):
                continue
            stands = fits and not passage.is_quoted(match.start()) and not in_columns(passage)
            if stands:
                listed = self.names.are_listed(passage) if listed is None else listed
            yield Definition(
                short,
                name,
                Mention(passage, *match.span("short")),
                stands and not listed,
                stands,
                self._in_name(passage, match.start(), match.end()),
            )

    def parts(self, passage: Passage) -> Iterator[Definition]:
        """Yield the parts of a compound in brackets whose letters are initials in the text before it."""
        text = passage.text
        for match in _COMPOUND.finditer(text):
            name = text[max(0, match.start() - _NAME_LENGTH) : match.start()].strip()
            initials = Counter(word[0] for word in words_key(name))
            for part in _PART.finditer(text, *match.span("parts")):
                if Counter(letters_key(part.group())) <= initials:
                    yield Definition(part.group(), name, Mention(passage, *part.span()))

    def explained(self, passage: Passage) -> Iterator[str]:
        """Yield abbreviations beside their full form or a gloss.

        "NGO (non-governmental organization)", "CARE – Cable Relief", "DRIFT (an experiment with buoys)", "now called
        KELP", "the Road Safety Authority, RSA".
        """
        text = passage.text
        for match in TOKEN.finditer(text):
            start, end = match.span()
            short = singular(match.group(), self.plurals)
            if (
                self.called.search(text, max(0, start - _REACH), start)
                or (_SIGN_AFTER.match(text, end) and self._has_gloss(short, passage, end))
                or ((quoted := _quoted_before(passage, start)) and stands_for(short, quoted))
                or _ends_with_full_form(short, text[max(0, start - _NAME_LENGTH) : start])
            ):
                yield short

    def glosses(self, passage: Passage) -> Iterator[Definition]:
        """Yield the abbreviations that lines and rows of two cells explain: "GHG | greenhouse gas"."""
        text, starts = passage.text, passage.block.line_starts
        if len(starts) == 1 and not _IS_GLOSSED.match(text):
            return  # true of most passages
        for start, end in pairwise((*starts, len(text))):
            if not _IS_GLOSSED.match(text, start):
                continue
            line = text[start:end]
            indent = len(line) - len(line.lstrip())
            gloss = _GLOSSED.fullmatch(line.strip())
            if gloss is None or sum(map(str.isupper, gloss["short"])) < _FEWEST_CAPITALISED:
                continue
            initials = {word[0] for word in words_key(gloss["name"])[:_FIRST_WORDS]}
            if letters_key(gloss["short"])[:1] in initials and any(map(str.islower, gloss["name"])):
                left = start + indent
                mention = Mention(passage, left, left + len(gloss["short"]))
                yield Definition(singular(gloss["short"], self.plurals), gloss["name"], mention)

    def _has_gloss(self, short: str, passage: Passage, end: int) -> bool:
        """Return whether the words after an abbreviation, set off by a sign, say what it is or spell it out."""
        return self._is_glossed(short, passage, end) or _has_name(short, passage, end)

    def _is_glossed(self, short: str, passage: Passage, end: int) -> bool:
        """Return whether brackets after an abbreviation say what it is."""
        bracket = _BRACKET_AFTER.match(passage.text, end)
        if bracket is None:
            return False
        words = bracket["name"]
        if self.gloss.match(words):
            return len(words.split()) > _FEWEST_WORDS
        article = self.article.match(words)
        return article is not None and _resembles(short, words[article.end() :])

    def _in_name(self, passage: Passage, start: int, end: int) -> bool:
        """Return whether brackets stand inside a longer name, or close a name in an address or list of references."""
        text = passage.text
        after = self.letter_after.match(text, end)
        if (after and after.group()[-1].isupper()) or self.names.is_before_named(passage, end):
            return True
        if not _ADDRESS_AFTER.match(text, end):
            return False
        first, _ = passage.sentence(start)
        words = re.findall(r"[^\W\d_]+", re.split(r"[;:]", text[first:start])[-1])
        return all(word[0].isupper() for word in words if len(word) > _LONGEST_LINK)


definitions_reader = lru_cache(maxsize=8)(Definitions)


def _quoted_before(passage: Passage, offset: int) -> str:
    """Return the words of the quotation that ends before ``offset``, without its marks: "the “words” (ABC)"."""
    quotations = passage.quotations
    if not quotations:
        return ""
    end = offset
    while end and passage.text[end - 1] in " ,":
        end -= 1
    index = bisect_left(quotations, (end,)) - 1
    if index < 0 or quotations[index][1] != end:
        return ""
    start = max(quotations[index][0] + 1, end - _NAME_LENGTH)
    return passage.text[start : end - 1].strip(" ,")


def _ends_with_full_form(short: str, before: str) -> bool:
    """Return whether text ends with a name and a dash, or with the full form of an abbreviation and a comma."""
    dash = _DASH.search(before[-3:])
    if dash:
        return _ends_with_name(_CLAUSE.split(before[: len(before) - 3])[-1])
    if not before.endswith(", "):
        return False
    words = _SEPARATOR.split(before[:-2])[-1]
    return _ends_with_name(words) and stands_for(short, words)


def _has_name(short: str, passage: Passage, end: int) -> bool:
    """Return whether the full form follows an abbreviation."""
    text = passage.text
    explanation = _EXPLAINED.match(text, end)
    if explanation and _begins_with(short, explanation["name"]):
        return True
    dash, comma = _DASH_AFTER.match(text, end), _COMMA_AFTER.match(text, end)
    if dash and dash["name"][0].isupper() and _opens_with_name(dash["name"]):
        return True
    return comma is not None and _opens_with_name(comma["name"]) and _begins_with(short, comma["name"])


def _begins_with(short: str, words: str) -> bool:
    return stands_for(short, " ".join(words.split()[: 2 * len(short) + 2]), whole=False)


def _resembles(short: str, words: str) -> bool:
    """Return whether words begin with a name and two thirds of the letters are initials of its words."""
    initials = Counter(word[0] for word in words_key(words))
    letters = Counter(letters_key(short))
    return _opens_with_name(words) and 3 * (letters & initials).total() >= 2 * letters.total()


def _opens_with_name(words: str) -> bool:
    """Return whether words begin with the name of an organization: two capitalised words near the beginning."""
    return _count_capitalised(" ".join(words.split()[:_FIRST_WORDS])) >= _FEWEST_CAPITALISED


def _ends_with_name(words: str) -> bool:
    """Return whether words end with the name of an organization: the last word and two others are capitalised."""
    last = words.rsplit(maxsplit=1)[-1] if words.split() else ""
    return _count_capitalised(words) > _FEWEST_CAPITALISED and last[:1].isupper()


def _count_capitalised(words: str) -> int:
    """Return the number of words that begin with a capital letter and also have a small one."""
    return sum(not word.isupper() for word in _CAPITALISED.findall(words))
