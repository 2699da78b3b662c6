"""Mutations of the lines and characters of a draft.

Each takes the random numbers, the vocabulary of the draft's language and the text, and returns the new text.
"""

from __future__ import annotations

import re
import unicodedata
from random import Random

from fuzzing.random_edits import insert, random_place, random_span, replace_one
from fuzzing.vocabulary import Vocabulary

_SPACES = "\u00a0\u202f\u2007\u2009\u2003\u3000\t\x0b\x0c\u1680\u200a"
_INVISIBLE = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2066\u2067\u2068\u2069\ufeff"
)
_COMBINING = "\u0300\u0301\u0308\u0327\u0338\u0345\u0653\u20dd\ufe0f\u034f"
_LINE_SEPARATORS = ("\r\n", "\r", "\n\r", "\u2028", "\u2029", "\x85", "\x1c", "\x0b", "\x0c")
# Letters whose length changes in another case or normal form, and characters outside the first plane.
_ODD_LETTERS = "ßẞİıŉǰΐﬁﬄſÅΩÆŒœÑñÇçÉéΣσςЯяشא漢字한가😀👩‍🚀𝐀𝟙ªº№℡㎏Ⅻⅻ①⑴⒈٣३𐄇"
_DIGITS = ("٠١٢٣٤٥٦٧٨٩", "０１２３４５６７８９", "०१२३४५६७८९", "⁰¹²³⁴⁵⁶⁷⁸⁹", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⓪①②③④⑤⑥⑦⑧⑨")
_MARKS = "\"'«»“”‘’()[]{}<>*_#|`~&\\/.,;:!?-–—…•§°^=+%$@"


# -- lines ---------------------------------------------------------------------


def swap_lines(rng: Random, words: Vocabulary, text: str) -> str:
    lines = text.split("\n")
    first, second = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return "\n".join(lines)


def delete_lines(rng: Random, words: Vocabulary, text: str) -> str:
    lines = text.split("\n")
    start, end = random_span(rng, len(lines), rng.choice((1, 1, 2, 8)))
    return "\n".join(lines[:start] + lines[end:])


def duplicate_lines(rng: Random, words: Vocabulary, text: str) -> str:
    lines = text.split("\n")
    start, end = random_span(rng, len(lines), rng.choice((1, 3, 8)))
    at, times = rng.choice((end, rng.randint(0, len(lines)))), rng.choice((1, 1, 2, 10))
    return "\n".join(lines[:at] + lines[start:end] * times + lines[at:])


def join_lines(rng: Random, words: Vocabulary, text: str) -> str:
    lines = text.split("\n")
    start, end = random_span(rng, len(lines), rng.choice((2, 2, 4, 12)))
    return "\n".join([*lines[:start], rng.choice(("", " ", "  ", "\t")).join(lines[start:end]), *lines[end:]])


def break_lines(rng: Random, words: Vocabulary, text: str) -> str:
    for _ in range(rng.choice((1, 2, 10))):
        at = text.find(" ", random_place(rng, text))
        if at >= 0:
            text = text[:at] + rng.choice(("\n", "\n", "\n\n", "  \n", "\\\n", "\n    ", "-\n")) + text[at + 1 :]
    return text


def shuffle_lines(rng: Random, words: Vocabulary, text: str) -> str:
    lines = text.split("\n")
    start, end = random_span(rng, len(lines), rng.choice((4, 12, 60)))
    part = lines[start:end]
    rng.shuffle(part)
    return "\n".join(lines[:start] + part + lines[end:])


def indent_lines(rng: Random, words: Vocabulary, text: str) -> str:
    lines = text.split("\n")
    start, end = random_span(rng, len(lines), rng.choice((1, 3, 12, 60)))
    indent = rng.choice((" ", "  ", "    ", "\t", " \t", "        ", " " * 60))
    strip = rng.random() < 0.3
    lines[start:end] = [line.lstrip() if strip else indent + line for line in lines[start:end]]
    return "\n".join(lines)


def blank_lines(rng: Random, words: Vocabulary, text: str) -> str:
    match rng.randrange(3):
        case 0:
            return re.sub(r"\n{2,}", "\n", text)
        case 1:
            return text.replace("\n", "\n\n")
    start, end = random_span(rng, len(text), 200)
    return text[:start] + text[start:end].replace("\n", "\n" * rng.randint(2, 5)) + text[end:]


def cut_text(rng: Random, words: Vocabulary, text: str) -> str:
    at = random_place(rng, text)
    return text[at:] if rng.random() < 0.2 else text[:at]


# -- characters ----------------------------------------------------------------


def delete_characters(rng: Random, words: Vocabulary, text: str) -> str:
    start, end = random_span(rng, len(text), rng.choice((1, 3, 20, 200)))
    return text[:start] + text[end:]


def repeat_characters(rng: Random, words: Vocabulary, text: str) -> str:
    """Repeat a few characters, sometimes so often that anything slower than linear shows."""
    start, end = random_span(rng, len(text), rng.choice((1, 4, 20, 100)))
    times = rng.choice((2, 2, 3, 3, 10, 10, 10, 100, 100, 1000, 10_000))
    return text[:start] + text[start:end] * times + text[end:]


def insert_marks(rng: Random, words: Vocabulary, text: str) -> str:
    for _ in range(rng.choice((1, 1, 3, 8))):
        text = insert(rng, text, rng.choice(_MARKS) * rng.choice((1, 1, 1, 2, 3, 40)))
    return text


def insert_invisible(rng: Random, words: Vocabulary, text: str) -> str:
    for _ in range(rng.choice((1, 3, 20))):
        text = insert(rng, text, rng.choice(_INVISIBLE) * rng.choice((1, 1, 2)))
    return text


def insert_combining(rng: Random, words: Vocabulary, text: str) -> str:
    for _ in range(rng.choice((1, 3, 20))):
        text = insert(rng, text, rng.choice(_COMBINING) * rng.choice((1, 1, 2, 5)))
    return text


def insert_letters(rng: Random, words: Vocabulary, text: str) -> str:
    for _ in range(rng.choice((1, 3, 10))):
        text = insert(rng, text, rng.choice(_ODD_LETTERS))
    return text


def odd_spaces(rng: Random, words: Vocabulary, text: str) -> str:
    start, end = random_span(rng, len(text), rng.choice((20, 200, 5000)))
    space = rng.choice(_SPACES) * rng.choice((1, 1, 2)) + rng.choice(("", "", " "))
    return text[:start] + text[start:end].replace(" ", space) + text[end:]


def odd_line_ends(rng: Random, words: Vocabulary, text: str) -> str:
    if rng.random() < 0.4:
        return text.replace("\n", rng.choice(_LINE_SEPARATORS))
    for _ in range(rng.choice((1, 3, 10))):
        text = replace_one(rng, re.compile("[ \n]"), text, lambda _: rng.choice(_LINE_SEPARATORS))
    return text


def odd_digits(rng: Random, words: Vocabulary, text: str) -> str:
    digits = rng.choice(_DIGITS)
    start, end = random_span(rng, len(text), rng.choice((20, 200, 5000)))
    return text[:start] + text[start:end].translate(str.maketrans("0123456789", digits)) + text[end:]


def normal_form(rng: Random, words: Vocabulary, text: str) -> str:
    start, end = random_span(rng, len(text), rng.choice((20, 500, 100_000)))
    form = rng.choice(("NFD", "NFD", "NFKD", "NFKC"))
    changed = unicodedata.normalize(form, text[start:end])  # type: ignore[arg-type]
    return text[:start] + changed + text[end:]


def other_case(rng: Random, words: Vocabulary, text: str) -> str:
    start, end = random_span(rng, len(text), rng.choice((20, 200, 100_000)))
    change = rng.choice((str.upper, str.lower, str.title, str.swapcase, str.casefold))
    return text[:start] + change(text[start:end]) + text[end:]


def controls(rng: Random, words: Vocabulary, text: str) -> str:
    return insert(
        rng, text, rng.choice(("\x1b[31m", "\x07", "\x01", "\x7f", "\x9b31m", "\ufffe", "\ufffd", "\U0010ffff"))
    )


LINE_MUTATIONS = (
    swap_lines, delete_lines, duplicate_lines, join_lines, break_lines, shuffle_lines, indent_lines, blank_lines,
    cut_text, repeat_characters, delete_characters, insert_marks, insert_invisible, insert_combining, insert_letters,
    odd_spaces, odd_line_ends, odd_digits, normal_form, other_case, controls,
)  # fmt: skip
