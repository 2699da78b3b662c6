"""The words and patterns of one language, compiled from ``rules/lexicons/<code>.yaml``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from reportlint.document.letters import UPPER
from reportlint.errors import DataError, Message, Mistake
from reportlint.language.dates import DAY_FIRST, MONTH_FIRST, DateReader, Dates
from reportlint.language.numerals import alternation, words_value
from reportlint.language.phrases import (
    CASED,
    Phrase,
    PhraseError,
    PhraseFamily,
    compile_phrase,
    pack_phrase,
    unpack_phrase,
)
from reportlint.language.plurals import plural_form

_NUMBERED_NAME = re.compile(rf"(?<![^\W\d_])(?=[^\W\d_])[{UPPER}./-]{{2,}}(?<=[^\W\d_])\s\Z")
_ONE_NUMBER = re.compile(r"\d{1,2}\s+(?P<month>[^\W\d_]+)")
_FIRST_NUMBER = re.compile(r"(?P<number>\d{1,2})")
_NUMBER_BEFORE_DAY = re.compile(r"\d{1,2}\s+\D{0,20}(?=\d{1,2}\s+[^\W\d_])")
_DIGIT_BEFORE = re.compile(r"\d\s\Z")
_LAST_DAY = 31
_NAME_LENGTH = 30  # characters before a date in which a name in capitals is searched
_ROMAN_OR_LETTER = r"(?-i:(?:[IVXLC]+|[A-Z])(?:\.(?:[A-Z]|\d{1,2}|[IVX]+))*)(?![\w'])"
_ITEM = r"\d{1,3}(?:\s?\([a-z]{1,3}\)|\s[a-z]\))*(?![\w/]|\.\d)"
_SUB_ITEM = r"(?:\([a-z]{1,3}\)|[a-z]\))"
_NUMBER = r"\d{1,4}(?:\s?\([a-z]{1,4}\)|\s[a-z]\))*(?![\w/]|\.\d|,\d)"
_DECIMAL = r"\d{1,3}(?:\.\d{1,3})+(?![\w/])"
_SYMBOL = r"(?-i:[A-Z][A-Za-z.&]*(?:/[A-Za-z0-9.()&*-]+)+)"
# 31/1, S-8/1, 2022/3; 1757 (2007), 3363 (XXX), 3362 (S-VII); 1/CP.21; XI/10.
_RESOLUTION = (
    r"(?-i:(?:E?S-)?\d{1,5}/(?:\d{1,4}(?:\s?[A-Z](?!\w))?|[A-Z]{2,4}\.\d{1,3})"
    r"|\d{1,4}\s?\((?:\d{4}|(?:E?S-)?[IVXLC]+)\)|[IVXLC]+/\d{1,3})(?!\w)"
)
_NAME_OF_PERSON = rf"(?-i:[{UPPER}])[\w'-]*\.?"
_FIELD = re.compile(r"\{(\w+)\}")
_COUNTED = re.compile(r"\{(\w+)\|([^{}]*)\}")
_OPTIONAL = r"\[([\s,;:.][^\[\]{}]*\{[^\[\]]*)\]"
_SENTENCE_END = re.compile(rf"[.!?](?=[\s»”\"')]*\s+[{UPPER}«“\"\d(])")
_LAST_WORD = re.compile(r"[\w.]+$")
_LONGEST_SENTENCE = 5_000  # characters
_MOST_LISTED = 40  # ordinals or days before the word that they belong to: a longer row is searched at each of them
_MOST_PARTS = 12  # of a number in words
_SHORT = 40  # characters


SLOTS = (
    "ordinals", "number", "date", "items", "numbers", "labels", "decimals", "quoted", "resolutions", "symbol",
    "abbreviation", "capitalised", "person",
)  # fmt: skip
"""The names of the slots that phrases may use in every language."""


COMPILED_PHRASES = "compiled_phrases"
"""The key of the compiled phrases in the data of a lexicon in the wheel; files of editors do not have it."""


class Ordinal(int):
    """A number that messages write as an ordinal: "the 4th meeting"."""


class Weekday(int):
    """A weekday (Monday is 0) that messages write by name."""


@dataclass(frozen=True, eq=False)
class Lexicon:
    """The lexicon of one language.

    ``data`` is the content of the file. A fact reads the sections that only its rule needs with :meth:`section`.
    Lexicons compare by identity, so that values computed from a lexicon can be cached under it.
    """

    code: str
    data: Mapping[str, Any]
    _words: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict, init=False, repr=False)
    _families: dict[str, PhraseFamily] = field(default_factory=dict, init=False, repr=False)

    def section(self, *names: str) -> Any:
        """Return the data under a path of keys; an empty tuple if the lexicon lacks it.

        A rule whose words are missing is silent. Which sections are required is declared in ``lexicon_shape.py``.
        """
        data: Any = self.data
        for name in names:
            if name not in data:
                return ()
            data = data[name]
        return data

    def mapping(self, *names: str) -> Mapping[str, Any]:
        """Return the mapping under a path of keys; an empty mapping if the lexicon lacks it."""
        return self.section(*names) or {}

    def _error(self, message: str) -> DataError:
        return DataError([Mistake(f"lexicons/{self.code}.yaml", 1, 1, message)])

    def words(self, *names: str) -> tuple[str, ...]:
        """Return the list of words under a path of keys, casefolded; an empty tuple if the lexicon lacks it."""
        words = self._words.get(names)
        if words is None:
            words = self._words[names] = tuple(word.casefold() for word in self.section(*names))
        return words

    def phrases(self, name: str) -> PhraseFamily:
        """Return the phrases called ``name``; an empty family if the language has none.

        Raises:
            DataError: a phrase is malformed.
        """
        family = self._families.get(name)
        if family is None:
            compiled = self.data.get(COMPILED_PHRASES)
            phrases = map(unpack_phrase, compiled.get(name, ())) if compiled else self._compiled_phrases(name)
            family = self._families[name] = PhraseFamily(tuple(phrases))
        return family

    def _compiled_phrases(self, name: str) -> list[Phrase]:
        notations: Sequence[str] = self.data.get("phrases", {}).get(name, ())
        try:
            return [compile_phrase(notation, self.slots, self.needles, self.initials) for notation in notations]
        except PhraseError as error:
            raise self._error(f"lexicon “{self.code}”, phrases.{name}: {error}") from None

    # -- slots -------------------------------------------------------------------------------------------------

    @cached_property
    def slots(self) -> dict[str, str]:
        """The pattern of each slot, by name."""
        and_, to = alternation(self.words("lists", "and")), alternation(self.words("lists", "to"))
        or_ = alternation(self.words("lists", "or"))
        join = rf"(?:,?\s+(?:{and_}|{or_})\s+|\s+(?:{to})\s+|\s?[–—-]\s?)"

        def listed(entry: str, following: str | None = None) -> str:
            # Atomic, because in a long list the engine would keep all the ways to match each entry.
            return rf"{entry}(?>(?>\s*,\s*{following or entry})*{join}{following or entry})*"

        suffixes = alternation(self.words("numbers", "ordinal_suffixes"))
        ordinal_words, cardinal_words = self._words_of_numbers
        possessive = "(?:(?:" + alternation(self.words("numbers", "before_ordinal")) + r")\s+)?"
        titles = alternation(self.section("persons", "titles"))
        ordinal = rf"(?:\d{{1,4}}\s?(?:{suffixes})(?!\w)|{ordinal_words})"
        beginnings = {re.escape(word[:2]) for kind in ("words", "ordinals") for word in self.words("numbers", kind)}
        begins = rf"(?=\d|{'|'.join(sorted(beginnings))})"
        return {
            # A single repeated element, because long patterns are slow to compile. The lookahead keeps a joiner from
            # beginning the match, and rules out most words at once.
            "ordinals": rf"{begins}(?:(?:(?:\s*,\s*|{join}){possessive})?{ordinal}){{1,{_MOST_LISTED}}}",
            "number": rf"(?:\d{{1,3}}(?![\w./,])|{cardinal_words})",
            "date": self._date_pattern(),
            "items": listed(_ITEM, f"(?:{_ITEM}|{_SUB_ITEM})"),
            "numbers": listed(_NUMBER),
            "labels": listed(_ROMAN_OR_LETTER),
            "decimals": listed(_DECIMAL),
            "quoted": "|".join(
                rf"{re.escape(left)}[^{re.escape(left + right)}]{{1,800}}{re.escape(right)}"
                for left, right in self.section("lists", "quotes")
            ),
            "resolutions": listed(_RESOLUTION),
            "symbol": _SYMBOL,
            "abbreviation": r"(?-i:[A-Z]{3,10})(?![\w-])",
            "capitalised": rf"(?-i:[{UPPER}])[\w'-]*",
            # A title, or a capital, begins the name; a State or a body in brackets may follow.
            "person": rf"(?:(?:{titles})\s+)?{_NAME_OF_PERSON}(?:\s{_NAME_OF_PERSON}){{0,4}}(?:\s\([^()]{{1,60}}\))?",
        }

    @cached_property
    def initials(self) -> dict[str, str]:
        """For some slots, the set of letters and digits with which a match begins."""
        letters = {re.escape(word[:1]) for kind in ("words", "ordinals") for word in self.words("numbers", kind)}
        return {"ordinals": rf"[\d{''.join(sorted(letters))}]"}

    @cached_property
    def needles(self) -> dict[str, tuple[str, ...]]:
        """For some slots, lower-case words and signs; every match of the slot contains one of them."""
        return {
            "date": self.words("dates", "months"),
            "quoted": tuple(left for left, _ in self.section("lists", "quotes")),
            "decimals": (".",),
            "symbol": ("/",),
        }

    @cached_property
    def _words_of_numbers(self) -> tuple[str, str]:
        """The patterns for an ordinal and for a cardinal number in words."""
        return self._number_words("ordinals"), self._number_words("words")

    def _number_words(self, kind: str) -> str:
        """Return a pattern for one number in words: "twenty-first".

        Parts are joined by a joiner only after twenty or more and by a space only before or after a hundred, so that
        "one and two" is two numbers.
        """
        values = {word.casefold(): value for word, value in self.section("numbers", "words").items()}
        last = self.section("numbers", kind)
        units = alternation(word for word, value in values.items() if value < 100)
        tens = alternation(word for word, value in values.items() if value >= 20)
        hundreds = alternation(word for word, value in values.items() if value >= 100)
        hundred = alternation(word.casefold() for word, value in {**values, **last}.items() if value >= 100)
        joiner = alternation(self.words("numbers", "joiner"))
        # No two alternatives match the same words: a long row of numbers would take exponential time.
        before = rf"(?:{units})(?:-|\s(?=(?:{hundred})))|(?:{hundreds})[-\s]|(?:{tens})\s(?:{joiner})\s"
        return rf"(?:{before}){{0,{_MOST_PARTS}}}(?:{alternation(word.casefold() for word in last)})(?!\w)"

    def _date_pattern(self) -> str:
        months = rf"(?:{alternation(self.words('dates', 'months'))})"
        if no_months := self.section("dates", "no_months"):
            months = rf"(?!{CASED}{alternation(no_months)})){months}"
        weekdays = alternation(self.words("dates", "weekdays"))
        suffixes = alternation(self.words("dates", "day_suffixes"))
        lead = alternation(self.words("dates", "lead"))
        join = alternation(word for kind in ("and", "or", "to") for word in self.words("lists", kind))
        # A single repeated element, as for ordinals. A number before ", on 3 May" is not a day: "session 12, on 3 May".
        before = rf"(?:(?:\s*,\s*|\s*,?\s(?:{join})\s+|\s?[–—-]\s?)?(?:(?:{lead})\s+)?)"
        day = rf"(?:(?:{weekdays}),?\s+)?\d{{1,2}}(?:{suffixes})?(?![\w./]|\s*,\s*(?:{lead})\s)"
        to_month, to_year = (self._date_link(part) for part in ("month", "year"))
        year = rf"(?:,?\s+{to_year}\d{{4}}(?!\d))?"
        # The lookahead keeps a joiner from beginning the match, and rules out most words at once.
        kinds = ("lead", "weekdays") if self.date_order == DAY_FIRST else ("lead", "months")
        letters = {re.escape(word[:1]) for kind in kinds for word in self.words("dates", kind)}
        begins = rf"(?=[\d{''.join(sorted(letters))}])"
        if self.date_order == DAY_FIRST:
            return rf"{begins}(?>(?>{before}{day}){{1,{_MOST_LISTED}}}\s+{to_month}{months}(?!\w){year})+"
        if self.date_order == MONTH_FIRST:
            return rf"{begins}(?:{before}{months}\s+(?:{before}{day})+{year})+"
        return rf"{begins}(?:{before}(?:\d{{4}}\s+{to_month})?{months}\s*(?:{before}{day})+)+"

    def _date_link(self, part: str) -> str:
        """Return a pattern for the words before a part of a date: "de" in "12 de novembro de 2025"."""
        words = self.words("dates", "links", part)
        return rf"(?:(?:{alternation(words)})\s+)?" if words else ""

    # -- numbers and dates -------------------------------------------------------------------------------------

    @cached_property
    def _values(self) -> dict[str, int]:
        numbers = self.section("numbers")
        return {word.casefold(): value for kind in ("words", "ordinals") for word, value in numbers[kind].items()}

    @cached_property
    def _number_tokens(self) -> re.Pattern[str]:
        suffixes = alternation(self.words("numbers", "ordinal_suffixes"))
        to = alternation(self.words("lists", "to"))
        words = "|".join(self._words_of_numbers)
        return re.compile(
            rf"(?P<to>(?<!\w)(?:{to})(?!\w)|(?<=[\w)])\s?[–—-]\s?(?=\d))"
            rf"|(?P<figures>\d+)(?:\s?(?:{suffixes})(?!\w))?|(?P<words>(?<!\w)(?:{words}))"
        )

    def joins_range(self, between: str) -> bool:
        """Return whether the text between two entries of a list makes them the ends of a range ("to", a dash)."""
        return self._range_joiner.search(between) is not None

    @cached_property
    def _range_joiner(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w)(?:{alternation(self.words('lists', 'to'))})(?!\w)|[–—-]", re.IGNORECASE)

    def read_numbers(self, text: str) -> tuple[int, ...]:
        """Return the numbers in a match of the slot ``ordinals`` or ``number``, with ranges expanded."""
        numbers: list[int] = []
        for value, link in self._numbers(text):
            if link and numbers and numbers[-1] < value <= numbers[-1] + 500:
                numbers += range(numbers[-1] + 1, value)
            numbers.append(value)
        return tuple(numbers)

    def number_ranges(self, text: str) -> Iterator[tuple[int, int, bool]]:
        """Yield the ranges in a match of the slot ``ordinals`` or ``number``.

        Each is the first number, the last number, and whether a dash (not a word) joins them.
        """
        first = 0
        for value, link in self._numbers(text):
            if link and first:
                yield first, value, not link[0].isalpha()
            first = value

    def _numbers(self, text: str) -> Iterable[tuple[int, str]]:
        """Return the numbers in ``text``, each with the word or dash that makes it the end of a range, else ""."""
        return _recent_numbers(self, text) if len(text) <= _SHORT else self._read_numbers(text)

    def _read_numbers(self, text: str) -> Iterator[tuple[int, str]]:
        link = ""
        for match in self._number_tokens.finditer(text.casefold()):
            if match["to"]:
                link = match["to"].strip()
                continue
            value = (
                int(match["figures"])
                if match["figures"]
                else words_value(match["words"], self._values, self.words("numbers", "joiner"))
            )
            if value is not None:
                yield value, link
                link = ""

    def is_in_figures(self, text: str) -> bool:
        """Return whether an ordinal is written in figures."""
        return text[:1].isdecimal()

    @cached_property
    def dates(self) -> DateReader:
        """The reader of dates in this language."""
        months = {name.casefold(): number for name, number in self.section("dates", "months").items()}
        weekdays = {name.casefold(): number for name, number in self.mapping("dates", "weekdays").items()}
        to = self.words("lists", "to")
        tokens = re.compile(
            rf"(?P<to>(?<!\w)(?:{alternation(to)})(?!\w)|[–—-])|(?P<year>\d{{4}})"
            rf"|(?P<month>(?<!\w)(?:{alternation(months)})(?!\w))|(?P<day>(?P<number>\d{{1,2}}))"
            rf"|(?P<weekday>(?<!\w)(?:{alternation(weekdays)})(?!\w))"
        )
        return DateReader(months, weekdays, tokens, self.date_order)

    @property
    def date_order(self) -> str:
        """The order in which the parts of a date are written."""
        return str(self.section("dates", "order") or DAY_FIRST)

    @cached_property
    def date_pattern(self) -> re.Pattern[str]:
        """Matches an expression of one or more dates."""
        return re.compile(rf"(?<![\w/.-])(?:{self.slots['date']})", re.IGNORECASE)

    @cached_property
    def month_of_date(self) -> re.Pattern[str]:
        """Matches the month, in lower case, in every expression of dates; not "may", the verb, where the day is first.

        Searching for it is faster than searching for dates.
        """
        months = alternation(self.words("dates", "months"))
        if self.date_order != DAY_FIRST:
            return re.compile(months)
        suffixes = alternation(self.words("dates", "day_suffixes"))
        return re.compile(rf"\d(?:{suffixes})?\s+{self._date_link('month')}(?:{months})")

    @cached_property
    def date_lead(self) -> re.Pattern[str]:
        """Matches a word before dates that is not part of them ("on", "from")."""
        return re.compile(rf"(?:{alternation(self.words('dates', 'lead'))})\s+", re.IGNORECASE)

    def find_dates(self, text: str, line_starts: Sequence[int] = ()) -> Iterator[tuple[int, int, Dates]]:
        """Yield every expression of dates in ``text`` as its start, its end and the dates.

        A number after a name in capitals in the same line (``line_starts`` are the offsets at which lines begin) is
        that of a session or paper, not a day: "SBI 48 April–May 2018". A number
        that is no day, before a day, is the mark of a note: "21 October 33 and 28 October".
        """
        for match in self.date_pattern.finditer(text):
            start, end = match.span()
            line = bisect_left(line_starts, start)
            begins_line = line < len(line_starts) and line_starts[line] == start
            after_capital = text[start - 2 : start - 1].isupper()
            if after_capital and not begins_line and _NUMBERED_NAME.search(text, max(0, start - _NAME_LENGTH), start):
                first = _ONE_NUMBER.match(text, start, end)
                if first and not first["month"].isupper():
                    continue
            first = _FIRST_NUMBER.match(text, start, end)
            if first and not 1 <= int(first["number"]) <= _LAST_DAY:
                mark = _NUMBER_BEFORE_DAY.match(text, start, end)
                if mark:
                    start = mark.end()
                elif _DIGIT_BEFORE.search(text, max(0, start - 2), start):
                    continue
            dates = self.dates.read(text[start:end])
            if dates:
                yield start, end, dates

    # -- writing -----------------------------------------------------------------------------------------------

    def plural(self, forms: Sequence[str], number: int) -> str:
        """Return the form of a word or text that ``number`` requires; ``forms`` are in the order of ``plurals``."""
        return forms[min(plural_form(self.data.get("plurals", ()), number), len(forms) - 1)]

    def format_date(self, day: date) -> str:
        """Return a date as this language writes it: "1 July 2022"."""
        months = {number: name for name, number in reversed(self.section("dates", "months").items())}
        number = self.mapping("formats", "days").get(str(day.day), str(day.day))
        return str(self.section("formats", "date")).format(day=number, month=months[day.month], year=day.year)

    def format_ordinal(self, value: int, *, in_list: bool = False) -> str:
        """Return a number as an ordinal in figures; ``in_list``: as word processors number the paragraphs of a list."""
        forms = (self.mapping("formats", "list_ordinals") if in_list else None) or self.section("formats", "ordinals")
        keys = (("whole", value), ("last_two", value % 100), ("last", value % 10))
        suffixes = (forms.get(kind, {}).get(str(part)) for kind, part in keys)
        return f"{int(value)}{next(filter(None, suffixes), forms['other'])}"

    @cached_property
    def figures_with_suffix(self) -> re.Pattern[str]:
        """Matches an ordinal in figures, with a right or wrong suffix, but not a fraction or a part of a code."""
        suffixes = alternation(self.words("numbers", "ordinal_suffixes"))
        return re.compile(rf"(?P<number>\d(?<![\w.,/-]\d)\d{{0,2}})(?P<suffix>{suffixes})(?![\w-])")

    @cached_property
    def ordinal_in_figures(self) -> re.Pattern[str]:
        """The pattern of an ordinal in figures, in lower case. It occurs in each match of ``ordinals`` with figures."""
        return re.compile(rf"\d[^\S\n]?(?:{alternation(self.words('numbers', 'ordinal_suffixes'))})(?!\w)")

    def may_end(self, value: int, suffix: str) -> bool:
        """Return whether an ordinal in figures may have this suffix."""
        alternatives = self.mapping("formats", "ordinals_also").get(str(value), ())
        return suffix in alternatives or self.format_ordinal(value) == f"{value}{suffix}"

    def right_suffix(self, value: int, suffix: str) -> tuple[str, bool]:
        """Return the suffix to write instead of a wrong one, and whether it is the only one that is possible."""
        short = self.mapping("formats", "ordinals_long").get(suffix)
        if short and self.may_end(value, short):
            return short, True
        is_only = str(value) not in self.mapping("formats", "ordinals_also")
        return self.format_ordinal(value).removeprefix(str(value)), is_only

    def ordinal_word(self, value: int) -> str | None:
        """Return the ordinal of a number in words; ``None`` if it has no word of its own, or several."""
        words = [word for word, number in self.mapping("numbers", "ordinals").items() if number == value]
        return words[0] if len(words) == 1 else None

    def format_item(self, number: int, sub: str) -> str:
        """Return an agenda item as citations write it: "4 (a)", "4 a)"."""
        return self.fill(self.section("formats", "sub_item"), {"number": number, "sub": sub}) if sub else str(number)

    def format_list(self, words: Sequence[str]) -> str:
        """Return the words as a list: "I, II and IV"."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self.section('formats', 'and')} {words[-1]}"

    def format_value(self, value: object) -> str:
        """Return a message field as this language writes it.

        Dates, ordinals, weekdays and lists are written out; any other value is converted with ``str``.
        """
        if isinstance(value, date):
            return self.format_date(value)
        if isinstance(value, Ordinal):
            return self.format_ordinal(value)
        if isinstance(value, Weekday):
            return next(str(name) for name, number in self.mapping("dates", "weekdays").items() if number == value)
        if isinstance(value, (tuple, list)):
            return self.format_list([self.format_value(part) for part in value])
        return str(value)

    def translate(self, message: Message) -> str:
        """Return a message of the program in this language, or in English if the lexicon does not translate it."""
        fields: dict[str, Any] = dict(message.fields)
        translation = self.data.get("translations", {}).get(message.template, message.template)
        template = translation if isinstance(translation, str) else self.plural(translation, fields["count"])
        return self.fill(template, fields)

    def fill(self, template: str, fields: Mapping[str, object]) -> str:
        """Return ``template`` with its ``{fields}`` filled in. A missing field stays visible.

        A part in square brackets that begins with a space or punctuation and names fields is optional: all of
        "[ (para. {paragraph})]" disappears if a field is missing or empty, and only its brackets otherwise. Other
        brackets are text. "{count|paragraph|paragraphs}" is the form of a word for the number in ``count``.
        """

        def optional(match: re.Match[str]) -> str:
            part = match[1]
            filled = all(
                fields.get(name) is not None and self.format_value(fields[name]) for name in _FIELD.findall(part)
            )
            return part if filled else ""

        def counted(match: re.Match[str]) -> str:
            number = fields.get(match[1])
            return self.plural(match[2].split("|"), number) if isinstance(number, int) else match[0]

        # Most templates have no optional part and no counted word.
        template = re.sub(_OPTIONAL, optional, template) if "[" in template else template
        template = _COUNTED.sub(counted, template) if "|" in template else template
        return _FIELD.sub(
            lambda match: self.format_value(fields[match[1]]) if match[1] in fields else match[0], template
        )

    # -- sentences ---------------------------------------------------------------------------------------------

    @cached_property
    def _stops(self) -> frozenset[str]:
        return frozenset(word.casefold() for word in self.section("abbreviations"))

    def sentence_ends(self, text: str) -> tuple[int, ...]:
        """Return the end offset of each sentence of ``text``, including the last.

        An overlong sentence is cut between words, because each match in it causes the whole sentence to be searched.
        """
        ends: list[int] = []
        for match in _SENTENCE_END.finditer(text):
            word = _LAST_WORD.search(text, max(0, match.start() - 12), match.start())
            before = word.group().casefold() if word else ""
            # An abbreviation or an initial.
            if match.group() == "." and (before in self._stops or (len(before) == 1 and before.isalpha())):
                continue
            ends += _cuts(text, ends[-1] if ends else 0, match.end())
            ends.append(match.end())
        ends += _cuts(text, ends[-1] if ends else 0, len(text))
        ends.append(len(text))
        return tuple(ends)


@lru_cache(maxsize=256)
def _recent_numbers(lexicon: Lexicon, text: str) -> tuple[tuple[int, str], ...]:
    """Return the numbers in a short text. Most numbers of a draft are written several times."""
    return tuple(lexicon._read_numbers(text))


def with_compiled_phrases(code: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the data of a lexicon with its phrases compiled, as the wheel contains it.

    Raises:
        DataError: a phrase is malformed.
    """
    lexicon = Lexicon(code, data)
    names = data.get("phrases", {})
    return {**data, COMPILED_PHRASES: {name: [*map(pack_phrase, lexicon.phrases(name).phrases)] for name in names}}


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the offsets at which ``text[start:end]`` is cut so that no piece exceeds the longest sentence."""
    while end - start > _LONGEST_SENTENCE:
        space = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        start = space + 1 if space > 0 else start + _LONGEST_SENTENCE
        yield start
