"""Random words, numbers, dates, symbols and sentences of a language, made from the rule data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from random import Random
from typing import Any

from reportlint.knowledge.rulebook import Rulebook

_PIECE = re.compile(r"\{(\w+)\}|\(([^()]*)\)|\[([^][]*)\]|…|\^ ?")
_ODD_NUMBERS = (
    "0", "00", "007", "1", "99", "100", "1000", "2022", "999999999", "9" * 25, "9" * 4301, "-1", "1.1.1.1", "1.0", "½",
    "²", "①", "٣", "３", "Ⅳ", "ⅻ", "IIII", "XIIX", "MMMMCMXCIX", "iv", "A", "aa", "zz", "12 bis", "12 ter", "1/2", "ⅠⅤ",
    "1er", "1st", "22th", "(a)(i)", "(a) (i)", "5 (b) (ii)", "*", "†", "?", "…", "xx", "1,000", "1 000", "१", "〇",
)  # fmt: skip
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
_ROMAN_SMALL = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_SYMBOL_SEPARATORS = ("/", "/", "/", "/", ".", "-", "", " ", "//", "/-", "∕")


def roman(number: int) -> str:
    """Return a positive number as a roman numeral."""
    text = ""
    for value, letters in (*_ROMAN, *_ROMAN_SMALL):
        count, number = divmod(number, value)
        text += letters * count
    return text


class Vocabulary:
    """Random text of one language."""

    def __init__(self, rulebook: Rulebook, code: str) -> None:
        self.lexicon: Mapping[str, Any] = rulebook.lexicon(code)
        self._states = [row[key] for row in rulebook.register("states.csv") for key in _state_columns(row, code)]
        symbols = rulebook.register("symbols.yaml")
        self._components: list[str] = [entry["name"] for section in symbols.values() for entry in _entries(section)]
        self._slots: Mapping[str, Callable[[Random], str]] = {
            "ordinals": self.ordinals, "number": self.number, "date": self.date, "items": self.labels,
            "numbers": self.labels, "labels": self.labels, "decimals": self.labels, "targets": self.labels,
            "quoted": self.quoted, "symbol": self.symbol, "resolutions": self.resolutions,
            "abbreviation": self.abbreviation, "capitalised": self.state,
        }  # fmt: skip

    @cached_property
    def phrases(self) -> Sequence[str]:
        """The phrases of the lexicon, in its notation."""
        return [phrase for phrases in self.lexicon["phrases"].values() for phrase in phrases]

    @cached_property
    def label_words(self) -> Sequence[str]:
        """The words before the number of a heading, such as "Annex"."""
        return [word for words in self.lexicon["labels"].values() for word in words]

    def number(self, rng: Random) -> str:
        """Return a number in digits, roman numerals, letters or words, often an odd one."""
        value = rng.choice((rng.randint(0, 12), rng.randint(0, 120), rng.randint(0, 3000)))
        match rng.randrange(9):
            case 0:
                return roman(value or 1)
            case 1:
                return roman(value or 1).lower()
            case 2:
                return chr(ord("a") + value % 26)
            case 3:
                return _any_case(rng, rng.choice(list(self.lexicon["numbers"]["words"])))
            case 4:
                return _any_case(rng, rng.choice(list(self.lexicon["numbers"]["ordinals"])))
            case 5:
                return rng.choice(_ODD_NUMBERS)
            case _:
                return str(value)

    def labels(self, rng: Random) -> str:
        """Return labels in an enumeration or a range, such as "3 (a), 4 and 7–9"."""
        lists = self.lexicon["lists"]
        text = self.number(rng)
        for _ in range(rng.choice((0, 0, 0, 1, 2, 5))):
            joined = (*lists["and"], *lists["to"], *lists["or"])
            joiner = rng.choice((", ", "–", "-", "; ", " – ", *(f" {word} " for word in joined)))
            text += joiner + self.number(rng)
        return text

    def ordinals(self, rng: Random) -> str:
        """Return ordinal numbers, right or wrong, in digits or words."""
        numbers = self.lexicon["numbers"]
        suffixes = [*numbers["ordinal_suffixes"], ""]
        texts = [
            f"{rng.randint(0, 130)}{rng.choice(suffixes)}"
            if rng.random() < 0.7
            else rng.choice(list(numbers["ordinals"]))
            for _ in range(rng.choice((1, 1, 1, 2, 3)))
        ]
        return f" {rng.choice(self.lexicon['lists']['and'])} ".join(texts)

    def date(self, rng: Random) -> str:
        """Return a date or a period, which need not exist."""
        lists = self.lexicon["lists"]
        joiner = rng.choice(("–", *(f" {word} " for word in (*lists["to"], *lists["and"]))))
        days = f"{rng.randint(0, 32)}" + rng.choice(("", f"{joiner}{rng.randint(1, 31)}"))
        month = _any_case(rng, rng.choice(list(self.lexicon["dates"]["months"])))
        year = rng.choice(("", f" {rng.randint(1945, 2035)}", f" {rng.choice(('0', '99', '10000', '20222', '0000'))}"))
        parts = [days, month]
        if rng.random() < 0.1:
            parts.reverse()
        return " ".join(parts) + year

    def symbol(self, rng: Random) -> str:
        """Return a document symbol, right or wrong."""
        parts = [rng.choice(self._components) for _ in range(rng.randint(1, 5))]
        text = parts[0]
        for part in parts[1:]:
            text += rng.choice(_SYMBOL_SEPARATORS) + part
            if rng.random() < 0.6:
                text += rng.choice((".", "/", "", " ")) + rng.choice(
                    (str(rng.randint(0, 2030)), rng.choice(_ODD_NUMBERS))
                )
        return text

    def resolutions(self, rng: Random) -> str:
        """Return numbers of resolutions."""
        number = f"{rng.randint(0, 80)}/{rng.randint(0, 300)}"
        return (
            number if rng.random() < 0.7 else f"{number} {rng.choice(self.lexicon['lists']['and'])} {self.number(rng)}"
        )

    def abbreviation(self, rng: Random) -> str:
        return "".join(chr(ord("A") + rng.randrange(26)) for _ in range(rng.randint(2, 10)))

    def state(self, rng: Random) -> str:
        """Return a name of a State."""
        return str(rng.choice(self._states))

    def states(self, rng: Random) -> str:
        """Return a list of States, usually out of order."""
        names = [self.state(rng) for _ in range(rng.randint(1, 12))]
        return ", ".join(names[:-1]) + f" {rng.choice(self.lexicon['lists']['and'])} {names[-1]}"

    def quoted(self, rng: Random) -> str:
        """Return a few words in quotation marks, which need not match."""
        opening, closing = rng.choice(self.lexicon["lists"]["quotes"])
        if rng.random() < 0.1:
            opening, closing = closing, opening
        return f"{opening}{self.phrase(rng, depth=1)}{closing if rng.random() < 0.9 else ''}"

    def phrase(self, rng: Random, *, depth: int = 0) -> str:
        """Return words that a phrase of the lexicon matches, or nearly matches."""
        return self.expand(rng, rng.choice(self.phrases), depth=depth)

    def expand(self, rng: Random, phrase: str, *, depth: int = 0) -> str:
        """Return words that a phrase matches, with random alternatives and slots."""

        def replaced(match: re.Match[str]) -> str:
            slot, choice, option = match.groups()
            if slot:
                if depth > 1:
                    return "1"
                return self._slots.get(slot, self.number)(rng)
            if choice is not None:
                alternatives: list[str] = choice.split("|")
                return rng.choice(alternatives)
            if option is not None:
                options: list[str] = [*option.split("|"), "", ""]
                return rng.choice(options)
            return "" if match.group().startswith("^") else self.state(rng)

        for _ in range(4):  # choices may be nested
            phrase, count = _PIECE.subn(replaced, phrase)
            if not count:
                break
        return phrase

    def sentence(self, rng: Random) -> str:
        """Return a sentence of one or two phrases, possibly with a list."""
        text = self.phrase(rng)
        if rng.random() < 0.5:
            text += rng.choice((" ", ", ", ": ", " : ", "; ")) + rng.choice((self.phrase, self.states, self.labels))(
                rng
            )
        return text[:1].upper() + text[1:] + rng.choice((".", ".", ".", ":", "", " .", ";"))


def _any_case(rng: Random, text: str) -> str:
    return rng.choice((text, text, text.upper(), text.capitalize(), text.lower()))


def _state_columns(row: Mapping[str, str], code: str) -> list[str]:
    return [key for key in (f"{code}_short", f"{code}_formal") if row.get(key)]


def _entries(section: Any) -> list[Mapping[str, Any]]:
    entries = section if isinstance(section, list) else []
    return [entry for entry in entries if isinstance(entry, Mapping) and "name" in entry]
