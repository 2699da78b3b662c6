"""Mutations of the labels, nesting and words of a draft.

Each takes the random numbers, the vocabulary of the draft's language and the text, and returns the new text.
"""

from __future__ import annotations

import re
from random import Random

from fuzzing.random_edits import insert, insert_at_word, insert_line, random_span, replace_one
from fuzzing.vocabulary import Vocabulary

_ENUMERATOR = re.compile(r"(?m)^([ \t>#*-]*)(\(?(?:\d{1,4}|[ivxIVX]{1,5}|[a-zA-Z])[.)])(?=[ \t])")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SYMBOL = re.compile(r"\b[A-Z][\w.-]*/[\w./-]+")
_BRACKETS = ("()", "[]", "{}", "“”", "«»", '""', "‘’", "''", "**", "__", "``", "~~", "<>", "«\u00a0\u00a0»")
_TAGS = (
    "sup", "sub", "b", "i", "em", "strong", "br", "div", "p", "h2", "li", "ul", "ol", "table", "tr", "td", "span",
    "section", "blockquote", "pre", "code", "script", "style", "a", "img", "u", "html", "body", "!--",
)  # fmt: skip
_LINE_MARKS = (
    "> ", ">", "- ", "* ", "+ ", "• ", "# ", "## ", "###### ", "####### ", "    ", "\t", "| ", "1. ", "1) ", "(a) ",
    "a) ", "i. ", "– ", "— ", "[^1]: ", "```", "~~~", "---", "===", ": ", "\\", "<!-- ", "[1]: ", "¶ ", "^1 ", "*1* ",
    "[", "§ ", "&nbsp;", "&#49;. ",
)  # fmt: skip
_STYLES = (
    "{}.", "{})", "({})", "[{}]", "{}", "{} .", "{}.-", "{}°", "§ {}.", "{}\\.", "**{}.**", "**{}**.", "*{}*", "{}:",
    "{}.{}.", "{}..", "<b>{}</b>.", "[{}.", "{}.]", "“{}.", "{}–", "({}", "{} bis.", "{}/",
)  # fmt: skip
_ENDINGS = ("/Rev.", "/Rev.0", "/Add.1-3", "/Add.1 and 2", "/Corr.1–4", "*", "/", "/CRP.1", "(Part I)")
_WAIVERS = ("ignore", "ignore-begin", "ignore-end", "ignor", "", "ignore:", "Ignore")
_WAIVED = (
    "NUM001", "CTY001", "CTY", "ABC999", "reason=", 'reason="x y"', "reason=«a»", "until=2020-01-01",
    "until=2099-12-31", "until=2023-02-30", "until=", ",", "=", '"', "numbering", "RPL003", "until=2099-1-1",
)  # fmt: skip


# -- labels --------------------------------------------------------------------


def change_label(rng: Random, words: Vocabulary, text: str) -> str:
    def relabelled(match: re.Match[str]) -> str:
        label: str = match[1] + rng.choice(_STYLES).replace("{}", words.number(rng))
        return label

    for _ in range(rng.choice((1, 1, 2, 6))):
        text = replace_one(rng, _ENUMERATOR, text, relabelled)
    return text


def change_all_labels(rng: Random, words: Vocabulary, text: str) -> str:
    style = rng.choice(_STYLES)
    return _ENUMERATOR.sub(lambda match: match[1] + style.replace("{}", match[2].strip("().")), text)


def change_number(rng: Random, words: Vocabulary, text: str) -> str:
    for _ in range(rng.choice((1, 1, 2, 6))):
        text = replace_one(rng, _NUMBER, text, lambda _: words.number(rng))
    return text


def insert_heading(rng: Random, words: Vocabulary, text: str) -> str:
    word, number = rng.choice(words.label_words), words.labels(rng)
    title = rng.choice(
        (
            f"{word} {number}",
            f"{number} {word}",
            f"{number}. {words.phrase(rng)}",
            f"{word} {number}. {words.phrase(rng)}",
        )
    )
    title = rng.choice(("# {}", "## {}", "**{}**", "{}\n===", "{}", "<h2>{}</h2>", "    {}")).replace("{}", title)
    return insert_line(rng, text, f"\n{rng.choice((title, title.upper()))}\n")


def insert_list(rng: Random, words: Vocabulary, text: str) -> str:
    style, indent = rng.choice(_STYLES), rng.choice(("", "   ", "\t"))
    labels = rng.choice((list("abcdefghij"), ["i", "ii", "iii", "iv", "v"], [*map(str, range(1, 14))], ["A", "B", "C"]))
    kept = [label for label in labels if rng.random() < 0.9]
    lines = [f"{indent}{style.replace('{}', label)} {words.phrase(rng)}" for label in kept]
    return insert_line(rng, text, f"\n{words.phrase(rng)}:\n\n" + "\n".join(lines) + "\n")


# -- nesting -------------------------------------------------------------------


def mark_lines(rng: Random, words: Vocabulary, text: str) -> str:
    lines = text.split("\n")
    start, end = random_span(rng, len(lines), rng.choice((1, 1, 3, 20)))
    mark = rng.choice(_LINE_MARKS) * rng.choice((1, 1, 1, 2, 30))
    lines[start:end] = [mark + line for line in lines[start:end]]
    return "\n".join(lines)


def wrap_in_brackets(rng: Random, words: Vocabulary, text: str) -> str:
    start, end = random_span(rng, len(text), rng.choice((10, 60, 2000)))
    pair = rng.choice(_BRACKETS)
    half, depth = len(pair) // 2, rng.choice((1, 1, 2, 50))
    closing = pair[half:] * depth if rng.random() < 0.8 else ""
    return text[:start] + pair[:half] * depth + text[start:end] + closing + text[end:]


def wrap_in_tag(rng: Random, words: Vocabulary, text: str) -> str:
    start, end = random_span(rng, len(text), rng.choice((3, 60, 2000)))
    tag = rng.choice(_TAGS)
    opening = rng.choice((f"<{tag}>", f"<{tag}>", f'<{tag} class="x">', f"<{tag}/>", f"<{tag}", f"<{tag.upper()}>"))
    closing = rng.choice((f"</{tag}>", f"</{tag}>", "-->", ""))
    return text[:start] + opening + text[start:end] + closing + text[end:]


def insert_table(rng: Random, words: Vocabulary, text: str) -> str:
    rows = [" | ".join(words.phrase(rng) for _ in range(rng.randint(1, 4))) for _ in range(rng.randint(1, 6))]
    separator = rng.choice(("|---|---|", "---|---", "| - |", "+---+---+", ""))
    edge = rng.choice(("| ", "", "|"))
    lines = [edge + row + rng.choice((" |", "", "|")) for row in rows]
    return insert_line(rng, text, "\n" + "\n".join([lines[0], separator, *lines[1:]]) + "\n")


def insert_footnote(rng: Random, words: Vocabulary, text: str) -> str:
    label = words.number(rng)
    mark = rng.choice(("[^{}]", "<sup>{}</sup>", "^{}^", "[{}]", "{}/", "\\[^{}\\]")).replace("{}", label)
    note = rng.choice(("[^{}]: ", "{} ", "<sup>{}</sup> ", "^{} ", "{}/ ", "* ")).replace("{}", label)
    text = insert(rng, text, mark)
    return text + f"\n{note}{words.sentence(rng)}\n" if rng.random() < 0.7 else text


def insert_link(rng: Random, words: Vocabulary, text: str) -> str:
    link = rng.choice(
        ("[{}](#a)", "![{}](b.png)", "[{}][1]", "<https://example.org/{}>", "[{}](<a b> 'c')", "[{}](", "[[{}]]")
    )
    return insert_at_word(rng, text, link.replace("{}", words.phrase(rng)))


def insert_waiver(rng: Random, words: Vocabulary, text: str) -> str:
    named = " ".join(rng.choice(_WAIVED) for _ in range(rng.randint(0, 4)))
    opening, closing = rng.choice((("<!--", "-->"), ("<!--", "-->"), ("<!--", ""), ("[//]: # (", ")"), ("%", "")))
    comment = f"{opening} reportlint{rng.choice((':', ':', ' :', '', ';'))} {rng.choice(_WAIVERS)} {named} {closing}"
    return insert_line(rng, text, comment) if rng.random() < 0.7 else insert(rng, text, comment)


def insert_front_matter(rng: Random, words: Vocabulary, text: str) -> str:
    end = rng.choice(("---\n", "...\n", ""))
    return f"---\ntitle: {words.phrase(rng)}\nsymbol: {words.symbol(rng)}\n{end}{text}"


# -- words ---------------------------------------------------------------------


def insert_sentence(rng: Random, words: Vocabulary, text: str) -> str:
    sentence = words.sentence(rng)
    match rng.randrange(4):
        case 0:
            return insert_line(rng, text, f"\n{rng.randint(1, 60)}. {sentence}\n")
        case 1:
            return insert_line(rng, text, f"\n{sentence}\n")
    return insert_at_word(rng, text, sentence)


def insert_words(rng: Random, words: Vocabulary, text: str) -> str:
    makers = (words.date, words.symbol, words.labels, words.states, words.quoted, words.ordinals, words.resolutions,
              words.abbreviation, words.phrase)  # fmt: skip
    for _ in range(rng.choice((1, 2, 5))):
        text = insert_at_word(rng, text, rng.choice(makers)(rng))
    return text


def change_symbol(rng: Random, words: Vocabulary, text: str) -> str:
    def changed(match: re.Match[str]) -> str:
        symbol = match.group()
        at = rng.randrange(len(symbol))
        changes = (
            words.symbol(rng),
            symbol[:at] + symbol[at + 1 :],
            symbol[:at] + rng.choice("/.- 0RevAddCorr(") + symbol[at:],
            symbol + rng.choice(_ENDINGS),
            symbol.lower(),
            symbol.replace("/", "//", 1),
        )
        return rng.choice(changes)

    return replace_one(rng, _SYMBOL, text, changed)


def change_word(rng: Random, words: Vocabulary, text: str) -> str:
    def changed(match: re.Match[str]) -> str:
        word = match.group()
        at = rng.randrange(len(word))
        return rng.choice(
            (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], words.state(rng), words.phrase(rng))
        )

    for _ in range(rng.choice((1, 2, 8))):
        text = replace_one(rng, _WORD, text, changed)
    return text


def insert_masthead(rng: Random, words: Vocabulary, text: str) -> str:
    masthead = words.lexicon["masthead"]
    wording = rng.choice([value for values in masthead["distributions"].values() for value in values])
    language = rng.choice([name for names in masthead["languages"].values() for name in names])
    lines = [
        words.symbol(rng), f"{masthead['distribution'][0]}: {wording}", words.date(rng),
        f"{masthead['original'][0]}: {language}", masthead["organization"][0], "", f"# {words.phrase(rng)}", "",
    ]  # fmt: skip
    kept = [line for line in lines if rng.random() < 0.8]
    return "\n".join(kept) + "\n" + text


CONTENT_MUTATIONS = (
    change_label, change_all_labels, change_number, insert_heading, insert_list, mark_lines, wrap_in_brackets,
    wrap_in_tag, insert_table, insert_footnote, insert_link, insert_waiver, insert_front_matter, insert_sentence,
    insert_words, change_symbol, change_word, insert_masthead,
)  # fmt: skip
