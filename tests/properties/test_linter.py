"""Properties of the linter that hold for every text."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

import pytest
from drafts import CARDS, EFFORT, EXAMPLES, check
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.report import FileReport

LINE_END = re.compile(r"\r\n|\n|\r")
FORMATS = st.sampled_from(["draft.md", "draft.txt"])
LANGUAGES = st.sampled_from(["en", "fr"])
DRAFTS = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*/*.md"))]
DRAFTS += [example.draft for card in CARDS for example in card.examples]
CHARACTERS = st.sampled_from(
    [*"«»“”\"()[]{}*_#|<>&`~.,;:!?-–—…/\\ \t\n\r\x0b\x0c\u00a0\u202f\u00ad\ufeff\u2028'’123iIvXaAéÉß第①😀\u0301"]
)


def lines_of(text: str) -> list[str]:
    return LINE_END.split(text.removeprefix("\ufeff"))


def assert_invariants(report: FileReport, text: str) -> None:
    """Assert what must hold for the findings on any text."""
    lines = lines_of(text)
    length = len(report.source.text) if report.source else 0
    for finding in report.findings:
        assert finding.code not in ("RPL003", "RPL004"), finding.message
        assert finding.message
        assert re.search(r"\{\w+\}", finding.message) is None or "{" in text
        for place in (finding.place, *finding.related):
            assert 1 <= place.line <= place.end_line <= len(lines)
            assert 1 <= place.column <= len(lines[place.line - 1]) + 1
            assert 1 <= place.end_column <= len(lines[place.end_line - 1]) + 1
            assert (place.line, place.column) <= (place.end_line, place.end_column)
            assert 0 <= place.start <= place.end <= length
            assert place.where
        if finding.fix:
            for edit in finding.fix.edits:
                assert (1, 1) <= (edit.line, edit.column) <= (edit.end_line, edit.end_column)
                assert edit.end_line <= len(lines)
    keys = [finding.sort_key for finding in report.findings]
    assert keys == sorted(keys)
    assert len({(finding.code, finding.fingerprint) for finding in report.findings}) == len(report.findings)


@settings(max_examples=300 * EFFORT, deadline=None)
@given(text=st.text(max_size=300), path=FORMATS, language=LANGUAGES)
def test_any_text(text: str, path: str, language: str) -> None:
    assert_invariants(check(text, path, "publication", language), text)


PIECES = [
    *(
        "\n\n",
        "\n",
        "1. ",
        "2. ",
        "4. ",
        "12 bis. ",
        "(a) ",
        "(c) ",
        "i) ",
        "## ",
        "II. ",
        "IV. ",
        "B. ",
        "**Recommendation 2**\n\n",
        "Annex I\n\n",
    ),
    *(
        "Distr.: General\n\n",
        "Distr. limitée\n\n",
        "Original: English\n\n",
        "15 July 2022\n\n",
        "A/AC.1/2022/L.1",
        "A/AC1/2022/Rev1",
        "CRP 1",
    ),
    *(
        "At its 2nd meeting, on 27 June 2022, ",
        "À sa 3e séance, le 31 juin, ",
        "held four meetings",
        "a tenu quatre séances",
        "the Committee ",
        "le Comité ",
    ),
    *(
        "adopted its agenda:",
        "a adopté son ordre du jour :",
        "adopted sections I to IV of its report",
        "a adopté les sections I, III et IX du rapport",
    ),
    *(
        "considered agenda item 4 (a) and (b), entitled “Lamps” and “Mud”",
        "le point 9 de l'ordre du jour, intitulé « Boue »",
        "see paragraph 99 above",
    ),
    *(
        "The following States were represented: ",
        "Les États suivants étaient représentés : ",
        "Chad, Mali, Peru and Oman",
        "Tchad, Malli, Pérou et Oman",
    ),
    *(
        "statements were made by ",
        "ont fait des déclarations",
        "the representatives of ",
        "Turkey",
        "Turquie",
        "South Korea",
        "the United Kingdom",
    ),
    *(
        "the Harbour Fund (HFUNDS) ",
        "HFUNDZ ",
        "XX",
        "[…]",
        "to be completed.",
        "<sup>1</sup>",
        "[^2]",
        "[^2]: note\n\n",
        " .",
        " ,",
        ". ",
        ", ",
        "; ",
        " and ",
        " et ",
    ),
]
SHUFFLED_PIECES = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@settings(max_examples=500 * EFFORT, deadline=None)
@given(text=SHUFFLED_PIECES, path=FORMATS, language=LANGUAGES)
def test_pieces_of_reports_in_any_order(text: str, path: str, language: str) -> None:
    text = "Distr.: General\n\n" + text
    assert_invariants(check(text, path, "publication", language), text)


HEADING_WORDS = ["Part", "Chapter", "Annex", "Appendix", "Section", "Table", "Chapitre", "Annexe", "Partie", "Tableau"]
NUMBERS = [
    *("one", "Two", "premier", "PREMIÈRE", "twenty-first", "XIIX", "IIII", "iv", "AB", "A.1", "12", "²", "①", "٣"),
    *("2023001", "0", "1.2.3", "12 bis", "Ⅳ", "ONE HUNDRED", "", "?"),
]
HEADINGS = st.builds(
    lambda word, number, first, upper: (text.upper() if upper else text)
    if (text := f"{number} {word}".strip() if first else f"{word} {number}".strip())
    else word,
    st.sampled_from(HEADING_WORDS), st.sampled_from(NUMBERS), st.booleans(), st.booleans(),
)  # fmt: skip


@settings(max_examples=200 * EFFORT, deadline=None)
@given(headings=st.lists(HEADINGS, min_size=1, max_size=4), path=FORMATS, language=LANGUAGES)
def test_any_numbered_heading(headings: list[str], path: str, language: str) -> None:
    mark = "# " if path.endswith(".md") else ""
    text = "Distr.: General\n\n" + "".join(f"{mark}{heading}\n\n1. The Committee met.\n\n" for heading in headings)
    assert_invariants(check(text, path, "publication", language), text)


@given(label=st.sampled_from([*filter(None, NUMBERS), "a", "*", "1234567"]), language=LANGUAGES)
def test_any_footnote_label(label: str, language: str) -> None:
    text = f"Distr.: General\n\n1. The Committee met[^{label}] in Lisbon, see footnote {label}.\n\n[^{label}]: There.\n"
    assert_invariants(check(text, "draft.md", "publication", language), text)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Draw a draft and delete, duplicate, move or change some of its lines and characters."""
    lines = draw(st.sampled_from(DRAFTS)).split("\n")
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["drop", "double", "swap", "cut", "insert", "join", "shift"])):
            case "drop":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "swap":
                other = draw(st.integers(0, len(lines) - 1))
                lines[at], lines[other] = lines[other], lines[at]
            case "cut":
                lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
            case "insert":
                where = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:where] + "".join(draw(st.lists(CHARACTERS, max_size=4))) + lines[at][where:]
            case "join" if at + 1 < len(lines):
                lines[at] += lines.pop(at + 1)
            case "shift":
                lines[at] = " " * draw(st.integers(0, 6)) + lines[at].lstrip()
        if not lines:
            return ""
    return "\n".join(lines)


@settings(max_examples=150 * EFFORT, deadline=None)
@given(text=mutated(), path=FORMATS)
def test_mutated_drafts(text: str, path: str) -> None:
    first = check(text, path, "publication")
    assert_invariants(first, text)
    # No state is kept between drafts.
    assert check(text, path, "publication") == first


def summary(text: str) -> list[tuple[str, str, int, str]]:
    return [
        (finding.code, finding.message, finding.place.line, finding.fingerprint) for finding in check(text).findings
    ]


@settings(max_examples=60 * EFFORT, deadline=None)
@given(text=mutated())
def test_line_ends_and_byte_order_mark_do_not_matter(text: str) -> None:
    expected = summary(text)
    for variant in (text.replace("\n", "\r\n"), "\ufeff" + text):
        assert summary(variant) == expected


@cache
def report() -> str:
    return (EXAMPLES / "clean" / "seed-heritage.en.md").read_text(encoding="utf-8")


WORDS = "the Committee adopted the report of the session and the agenda of its meetings "


def many(count: int) -> int:
    """Return the repetitions in a huge draft: all of them in a full run, otherwise a fifth."""
    return count if EFFORT > 1 else count // 5


HUGE: dict[str, Callable[[], str]] = {
    "one long line": lambda: "1. " + "the lamps of harbours are in the night " * many(130_000),
    "one sentence of a report": lambda: "1. " + WORDS * many(1_000),
    "nested lists": lambda: (
        "1. The Committee:\n\n" + "".join(" " * (level % 400) + "(a) the\n" for level in range(many(10_000)))
    ),
    "nested bullets": lambda: "- " * many(10_000) + "the",
    **{
        f"many {mark}": lambda mark=mark: f"1. The report of the Group {mark * many(200_000)} the\n"  # type: ignore[misc]
        for mark in (
            "(",
            ")",
            "[",
            "*",
            "_",
            "«",
            "“",
            '"',
            "» ",
            "« ",
            "(a",
            "[x",
            "/",
            "A/",
            "A/1",
            ", ",
            "and ",
            "I, ",
            "1 (a), ",
            "–",
            "<sup>",
            ". ",
        )
    },
    "numbers": lambda: "".join(f"{number}. The report of the Group is here.\n\n" for number in range(1, many(8_000))),
    "numbers all the same": lambda: "7. The report of the Group is here.\n\n" * many(5_000),
    "States": lambda: (
        "1. The following States were represented: " + "Chad, Mali, the Gambia, Peruu, " * many(4_000) + "Oman.\n"
    ),
    "meetings": lambda: "1. " + "At its 1st and 2nd meetings, on 27 and 28 June 2022, it met. " * many(3_000),
    "dates": lambda: "1. It was held on " + "27, 28 and 29 June, " * many(10_000) + "2022.\n",
    "items": lambda: "1. The Committee considered items " + "2 (a) and (b), " * many(20_000) + "of the agenda.\n",
    "references": lambda: "1. " + "see paragraph 12 above and section II.B below, " * many(3_000),
    "abbreviations": lambda: (
        "1. "
        + "".join(
            f"the Global Harbour Fund (GHF{chr(65 + n % 26)}{chr(65 + n // 26 % 26)}) " for n in range(many(3_000))
        )
    ),
    "a quotation without end": lambda: "1. He said “" + WORDS * many(1_000),
    "headings": lambda: "".join(f"## {'I' * (1 + n % 3)}. The title of it\n\n" for n in range(many(8_000))),
    "white space": lambda: "1. The report of the Group" + " " * many(500_000) + "is here.\n",
    "many reports": lambda: report() * many(30),
}


@pytest.mark.parametrize("path", ["draft.md", "draft.txt"])
@pytest.mark.parametrize("name", HUGE)
def test_huge_drafts_are_checked(name: str, path: str) -> None:
    text = "A/80/12\n\nDistr.: General\n\n" + HUGE[name]()
    result = check(text, path, "publication", "en")
    assert result.state.value == "checked"
    assert_invariants(result, text)
