"""The notation of phrases: the meaning of each sign, the mistakes reported, and needles that never hide a match."""

from __future__ import annotations

import itertools
import re

import pytest
from drafts import EFFORT
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.errors import DataError
from reportlint.knowledge.rulebook import Rulebook, builtin_folder
from reportlint.language.lexicon import Lexicon
from reportlint.language.phrases import Phrase, PhraseError, PhraseFamily, compile_phrase, lower_case

SLOTS = {"item": r"\d+", "title": r"“[^”]+”"}
BOOK = Rulebook((builtin_folder(),))
LEXICONS = {code: Lexicon(code, BOOK.lexicon(code)) for code in ("en", "fr")}
NOTATIONS = [
    pytest.param(code, notation, id=f"{code}-{name}-{index}")
    for code, lexicon in LEXICONS.items()
    for name, notations in lexicon.data["phrases"].items()
    for index, notation in enumerate(notations)
]


def matches(notation: str, text: str) -> list[str]:
    family = PhraseFamily((compile_phrase(notation, SLOTS),))
    return [match.group() for match in family.finditer(text)]


@pytest.mark.parametrize(
    ("notation", "text", "expected"),
    [
        # Words match in any case; a space matches any white space.
        ("the agenda", "On the  agenda.", ["the  agenda"]),
        ("the agenda", "THE AGENDA", ["THE AGENDA"]),
        ("the agenda", "the agendas", []),
        ("the agenda", "bathe agenda", []),
        ("the agenda", "theagenda", []),
        ("par. 3", "par. 3", ["par. 3"]),
        ("par. 3", "parx 3", []),
        ("Côte d'or", "la côte d'or", ["côte d'or"]),
        # Words before and after a gap are whole.
        ("report … adopted", "the report, as amended, was adopted", ["report, as amended, was adopted"]),
        ("report … adopted", "the Reporter said that it was adopted", []),
        ("report … adopted", "the report was unadopted", []),
        ("l'… été", "il l'a été", ["l'a été"]),
        # Choices.
        ("(was|were) held", "it was held, they were held, they are held", ["was held", "were held"]),
        (
            "statement(s|) made",
            "statement made, statements made, statementx made",
            ["statement made", "statements made"],
        ),
        ("meeting(s|)", "meeting meetings meetingss", ["meeting", "meetings"]),
        ("(been held|held)", "been held", ["been held"]),
        ("(été (négocié(e|)(s|)) | adopté)", "été négociées", ["été négociées"]),
        # Optional elements: first, in the middle, last.
        ("[draft] report", "report", ["report"]),
        ("[draft] report", "draft report", ["draft report"]),
        ("[draft] report", "draftreport", []),
        ("the [draft] report", "the report; the draft report", ["the report", "the draft report"]),
        ("the [draft|final] report", "the final report", ["the final report"]),
        ("the report [now]", "the report now", ["the report now"]),
        ("the report [now]", "the report nowhere", ["the report"]),
        (
            "[also] [then] made",
            "also then made, then made, also made, made",
            ["also then made", "then made", "also made", "made"],
        ),
        (
            "adopted [,] [as amended,] its report",
            "adopted, as amended, its report",
            ["adopted, as amended, its report"],
        ),
        ("adopted [,] [as amended,] its report", "adopted its report", ["adopted its report"]),
        ("[,] of the agenda", ", of the agenda", [", of the agenda"]),
        ("[,] of the agenda", "of the agenda", ["of the agenda"]),
        ("adopté[e] la", "adopté la, adoptée la", ["adopté la", "adoptée la"]),
        # Any words of the same sentence.
        ("adopted … report", "adopted, by consensus, its report", ["adopted, by consensus, its report"]),
        ("adopted … report", "adopted report", ["adopted report"]),
        ("adopted … report", "adopted it. The report", []),
        ("adopted … report", "adopted it; the report", []),
        ("adopted … report", "adopted: the report", []),
        ("adopted … report", "adopted para. 3 of the report", ["adopted para. 3 of the report"]),
        ("adopted … report", "adopted " + "x " * 120 + "report", []),
        # Slots, and a literal parenthesis around a slot.
        ("item {item}", "item 12", ["item 12"]),
        ("item {item}", "item twelve", []),
        ("({item})", "(12)", ["(12)"]),
        ("({item})", "12", []),
        ("item {item} and {item}", "item 3 and 4", ["item 3 and 4"]),
        # The beginning of a block.
        ("^ report of", "Report of", ["Report of"]),
        ("^ report of", "The report of", []),
        # No space is needed after an apostrophe.
        ("(de|de l') ordre", "de l'ordre", ["de l'ordre"]),
        ("(de|de l') ordre", "de l' ordre", ["de l' ordre"]),
        ("(de|de l') ordre", "de ordre", ["de ordre"]),
        ("(de|de l') ordre", "deordre", []),
        ("de l'ordre", "de l'ordre", ["de l'ordre"]),
        ("au nom (de|d')", "au nom d'un groupe", ["au nom d'"]),
    ],
)
def test_notation(notation: str, text: str, expected: list[str]) -> None:
    assert matches(notation, text) == expected


@pytest.mark.parametrize(
    ("notation", "reason"),
    [
        ("(was|were held", "“)” is missing"),
        ("the [draft report", "“]” is missing"),
        ("was) held", "unexpected “)”"),
        ("draft] report", "unexpected “]”"),
        ("was|were", "unexpected “|”"),
        ("the (draft] report", "unexpected “]”"),
        ("the [draft) report", "unexpected “)”"),
        ("item {item", "“}” is missing"),
        ("item {itme}", "unknown slot “itme” (known slots: item, title)"),
        ("item }", "unexpected “}”"),
    ],
)
def test_mistakes_quote_the_phrase(notation: str, reason: str) -> None:
    with pytest.raises(PhraseError) as raised:
        compile_phrase(notation, SLOTS)
    assert f"“{notation}”" in str(raised.value)
    assert reason in str(raised.value)
    assert re.search(r"character \d+", str(raised.value))


def test_mistake_in_a_lexicon_names_the_family() -> None:
    data = {**LEXICONS["en"].data, "phrases": {"meeting": ["{ordinal} meeting"]}}
    with pytest.raises(DataError, match=r"lexicon “en”, phrases\.meeting: .*“ordinal”"):
        Lexicon("en", data).phrases("meeting")
    assert Lexicon("en", data).phrases("unheard_of") == PhraseFamily()


@pytest.mark.parametrize(("code", "notation"), NOTATIONS)
def test_every_phrase_of_the_lexicons_compiles(code: str, notation: str) -> None:
    phrase = compile_phrase(notation, LEXICONS[code].slots, LEXICONS[code].needles)
    # A phrase that matches the empty text would match everywhere.
    assert phrase.pattern.fullmatch("") is None


# Candidate texts for slots; fillings() selects those that a slot accepts.
FILLINGS = {
    "en": [
        "1st",
        "2nd and 3rd",
        "ninth",
        "4.2",
        "4.2 and 4.3",
        "4",
        "four",
        "27 June 2022",
        "27 and 28 June",
        "4 (a) and (b)",
        "12 to 14",
        "II",
        "I, II and IV",
        "“A title”",
        "A/80/12",
        "77/1",
        "1/CP.21",
        "Board",
        "UNEP",
    ],
    "fr": [
        "1re",
        "2e et 3e",
        "neuvième",
        "4.2",
        "4.2 et 4.3",
        "4",
        "quatre",
        "le 27 juin 2022",
        "les 27 et 28 juin",
        "4 a) et b)",
        "12 à 14",
        "II",
        "I, II et IV",
        "« Un titre »",
        "A/80/12",
        "77/1",
        "1/CP.21",
        "Bureau",
        "PNUE",
    ],
}


def fillings(code: str, slot: str) -> list[str]:
    pattern = re.compile(LEXICONS[code].slots[slot], re.IGNORECASE)
    return [text for text in FILLINGS[code] if pattern.fullmatch(text)]


def instance(draw: st.DrawFn, notation: str, code: str) -> str:
    """Draw a text that a phrase should match, built from the notation alone."""
    position = 0

    def sequence(closers: str) -> str:
        nonlocal position
        out = ""
        while position < len(notation) and notation[position] not in closers:
            char = notation[position]
            position += 1
            if char in "([":
                opened = position
                options = [sequence("|)]")]
                while notation[position] == "|":
                    position += 1
                    options.append(sequence("|)]"))
                position += 1
                if char == "[":
                    options.append("")
                chosen = draw(st.sampled_from(options))
                # A parenthesis around only a slot is literal.
                literal = char == "(" and len(options) == 1 and notation[opened] == "{"
                out += f"({chosen})" if literal else chosen
            elif char == "{":
                end = notation.index("}", position)
                name = notation[position:end]
                position = end + 1
                out += draw(st.sampled_from(fillings(code, name)))
            elif char == "…":
                out += draw(st.sampled_from(["", "any words"]))
            else:
                out += char
        return out

    text = sequence("").lstrip("^")
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r" (?=[,;.)])|(?<=\() ", "", text)


@pytest.mark.parametrize("code", ["en", "fr"])
def test_every_slot_can_be_filled(code: str) -> None:
    assert [slot for slot in LEXICONS[code].slots if not fillings(code, slot)] == []


@settings(max_examples=1500 * EFFORT, deadline=None)
@given(case=st.sampled_from([tuple(param.values) for param in NOTATIONS]), data=st.data())
def test_text_described_by_a_notation_matches_and_contains_its_needles(
    case: tuple[str, str], data: st.DataObject
) -> None:
    code, notation = case
    phrase = compile_phrase(notation, LEXICONS[code].slots, LEXICONS[code].needles)

    @st.composite
    def instances(draw: st.DrawFn) -> str:
        return instance(draw, notation, code)

    text = data.draw(instances())
    match = PhraseFamily((phrase,)).search(text)
    assert match, (notation, text)
    assert phrase.may_occur(text.casefold())
    assert phrase.may_occur(match.group().casefold())


WORDS = st.lists(st.sampled_from(["report", "the", "draft", "of", "adopted", "was", ",", ".", "5"]), max_size=9).map(
    " ".join
)
FAMILY = PhraseFamily(
    tuple(
        compile_phrase(notation, SLOTS)
        for notation in ("the [draft] report", "report", "report of the", "adopted … report", "of {item}")
    )
)


@settings(max_examples=500 * EFFORT)
@given(text=WORDS)
def test_matches_are_ordered_leftmost_and_without_overlap(text: str) -> None:
    spans = [match.span() for match in FAMILY.finditer(text)]
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
    first = FAMILY.search(text)
    assert (first.start() if first else None) == (spans[0][0] if spans else None)
    if first:
        at = FAMILY.match_at(text, first.start())
        longest = max(match.end() for phrase in FAMILY.phrases if (match := phrase.pattern.match(text, first.start())))
        assert at
        assert at.end() == longest == spans[0][1]


def test_search_stays_in_its_range() -> None:
    text = "the report and the draft report"
    assert FAMILY.search(text, 4, 10)
    assert FAMILY.search(text, 4, 9) is None
    match = FAMILY.search(text, 11)
    assert match
    assert match.group() == "the draft report"


def test_match_at_skips_spaces() -> None:
    text = "x   report of the rest"
    match = FAMILY.match_at(text, 1)
    assert match
    assert match.group() == "report of the"
    assert FAMILY.match_at(text, 0) is None
    assert FAMILY.match_at(text, len(text)) is None


def test_phrase_without_needles_is_always_searched() -> None:
    assert Phrase("{item}", r"\d+", ()).may_occur("no figures here")
    assert not compile_phrase("(report|account) of {item}", SLOTS).may_occur("a text without either")
    assert compile_phrase("(report|account) of {item}", SLOTS).may_occur("an account")


def test_lower_case_keeps_offsets() -> None:
    assert lower_case("À İzmir et à Straße") == "à izmir et à straße"
    assert matches("the report", "İzmir: THE Report") == ["THE Report"]


def test_slot_may_be_case_sensitive() -> None:
    family = PhraseFamily((compile_phrase("section {label}", {"label": "(?-i:[A-Z])"}),))
    assert [match["label"] for match in family.finditer("Section B and SECTION c")] == ["B"]
