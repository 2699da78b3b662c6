"""The text format, and the layout of texts in terminal columns."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from drafts import EXAMPLES
from hypothesis import given
from hypothesis import strategies as st

from reportlint.document import Source
from reportlint.reporters.layout import cells, clean, excerpt, printable_path, shorten, shorten_start, wrap

from .conftest import CLEAN, FAULTY, check_json, run

WIDTH = 80
RELATED_SHOWN = 5
WORDS = {
    "en": {"error": "error", "warning": "warning", "info": "info", "line": "line", "see": "see"},
    "fr": {"error": "erreur", "warning": "avertissement", "info": "remarque", "line": "ligne", "see": "voir"},
}


def flat(text: str) -> str:
    """Return ``text`` with single spaces between its words."""
    return " ".join(text.split())


def marked_words(text: str) -> list[str]:
    """Return the words above the carets of each excerpt."""
    result: list[str] = []
    for line, marks in pairwise(text.splitlines()):
        if re.fullmatch(r"\s+│ +\^+", marks):
            words, column, first = "", 0, marks.index("^")
            for char in line:
                if first <= column < len(marks):
                    words += char
                column += cells(char)
            result.append(words)
    return result


def source_words(path: str, place: dict[str, Any]) -> str:
    """Return the words of a place from the file, up to the end of its first line."""
    lines = Path(path).read_bytes().decode("utf-8").replace("\r\n", "\n").split("\n")
    line = lines[place["line"] - 1]
    end = place["end_column"] - 1 if place["end_line"] == place["line"] else None
    return str(line[place["column"] - 1 : end])


@pytest.fixture(scope="module", params=["en", "fr"])
def text_and_data(request: pytest.FixtureRequest, examples: list[str]) -> tuple[str, str, dict[str, Any]]:
    """A language, the text report in it, and the JSON report with the same findings."""
    options = ("--message-language", request.param)
    return request.param, run("check", *options, *examples).out, check_json(examples, *options)


def test_no_line_is_wider_than_80_columns(text_and_data: tuple[str, str, dict[str, Any]], examples: list[str]) -> None:
    lines = [line for line in text_and_data[1].splitlines() if line not in examples]
    assert len(lines) > 500
    assert [line for line in lines if cells(line) > WIDTH] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_each_finding_begins_with_its_place(text_and_data: tuple[str, str, dict[str, Any]]) -> None:
    language, text, data = text_and_data
    words = WORDS[language]
    heads = [line for line in text.splitlines() if re.search(rf"  [A-Z]{{3}}\d{{3}}  {words['line']} \d+:\d+$", line)]
    assert heads == [
        f"{finding['where']}  {words[finding['severity']]}  {finding['code']}  "
        f"{words['line']} {finding['line']}:{finding['column']}"
        for finding in data["findings"]
    ]


AUTHORITY = {"en": "Authority: ", "fr": "Source : "}
COLON = {"en": ": ", "fr": " : "}


def test_findings_have_messages_and_related_places_and_rules_one_reason(
    text_and_data: tuple[str, str, dict[str, Any]],
) -> None:
    language, text, data = text_and_data
    blocks = iter([flat(block) for block in text.split("\n\n")])
    explained = set()
    for finding in data["findings"]:
        block = next(block for block in blocks if f" {finding['code']} " in block)
        assert flat(finding["message"]) in block
        first = finding["code"] not in explained
        explained.add(finding["code"])
        assert (AUTHORITY[language] in block) is first
        source, colon, _ = finding["authority"]["text"].partition(COLON[language])
        assert colon
        assert (f"{AUTHORITY[language]}{source}" in block) is first
        assert f"{source}{colon}" not in block
        for place in finding["related"][:RELATED_SHOWN]:
            where = f"{WORDS[language]['see']} {place['where']} ({WORDS[language]['line']} {place['line']})"
            assert where in block
            assert flat(place["message"]) in block


@pytest.mark.parametrize(
    ("texts", "language", "line"),
    [
        ('"House style"', "en", "Authority: House style"),
        ('"House style"', "fr", "Source : House style"),
        ('"House style: terms"', "en", "Authority: House style"),
        ('"House style: terms"', "fr", "Source : House style"),
        ('{en: "House style: terms", fr: "Usage interne : termes"}', "en", "Authority: House style"),
        ('{en: "House style: terms", fr: "Usage interne : termes"}', "fr", "Source : Usage interne"),
    ],
)
def test_authority_is_shortened_to_its_source(texts: str, language: str, line: str, tmp_path: Path) -> None:
    (tmp_path / "rules.yaml").write_text(
        "- code: HSE001\n  name: harbours\n  check: pattern\n  severity: warning\n  confidence: high\n"
        "  with: {pattern: harbours}\n  message: {en: words}\n  why: {en: reason}\n"
        f"  authority:\n    text: {texts}\n"
    )
    (tmp_path / "draft.md").write_text(CLEAN)
    options = ("--rules", "rules.yaml", "--select", "HSE", "--message-language", language)
    assert f"\n    {line}\n" in run("check", "draft.md", *options, cwd=tmp_path).out


def test_marks_are_under_the_words(text_and_data: tuple[str, str, dict[str, Any]]) -> None:
    _, text, data = text_and_data
    places = [
        source_words(finding["path"], place)
        for finding in data["findings"]
        for place in (finding, *finding["related"][:RELATED_SHOWN])
        if (place["line"], place["column"]) != (place["end_line"], place["end_column"])
    ]
    assert len(places) > 100
    marked = marked_words(text)
    assert len(marked) == len(places)
    for words, place in zip(marked, places, strict=True):
        assert words
        assert clean(Source.from_text(place).text).startswith(words)


def test_last_line_is_the_summary(text_and_data: tuple[str, str, dict[str, Any]], examples: list[str]) -> None:
    language, text, data = text_and_data
    errors, warnings, infos = (data["summary"][key] for key in ("errors", "warnings", "infos"))
    summaries = {
        "en": f"{errors} errors, {warnings} warnings, {infos} infos in {len(examples)} reports",
        "fr": f"{errors} erreurs, {warnings} avertissements, {infos} remarques dans {len(examples)} rapports",
    }
    assert text.splitlines()[-1] == summaries[language]


@pytest.mark.parametrize(
    ("paths", "language", "summary"),
    [
        (["faulty.md"], "en", "1 error in 1 report"),
        (["faulty.md"], "fr", "1 erreur dans 1 rapport"),
        (["faulty.md", "clean.md"], "en", "1 error in 2 reports"),
        (["placeholder.md", "faulty.md"], "en", "1 error, 1 warning in 2 reports"),
        (["clean.md"], "en", "nothing to report in 1 report: clean.md"),
        (["clean.md"], "fr", "rien à signaler dans 1 rapport : clean.md"),
        (["readme.md"], "en", "no report was checked"),
        (["readme.md"], "fr", "aucun rapport vérifié"),
        (["readme.md", "clean.md"], "en", "nothing to report in 1 report: clean.md"),
        (["latin.md"], "en", "1 error in 1 report"),
    ],
)
def test_summary(paths: list[str], language: str, summary: str, folder: Path) -> None:
    assert run("check", "--message-language", language, *paths, cwd=folder).out.splitlines()[-1] == summary


def test_unchecked_files_are_listed(folder: Path) -> None:
    out = run("check", "readme.md", "russian.md", "clean.md", cwd=folder).out
    assert out.splitlines() == [
        "not checked, unknown language: russian.md",
        "not checked, not a United Nations document: readme.md",
        "nothing to report in 1 report: clean.md",
    ]


def test_long_lists_of_unchecked_files_are_shortened(tmp_path: Path) -> None:
    for number in range(14):
        (tmp_path / f"note-{number:02}.md").write_text(
            "# Notes\n\nHow to install it, and how to use it with the tools.\n"
        )
    out = flat(run("check", ".", cwd=tmp_path).out)
    assert "note-09.md, and 4 more" in out
    assert "note-10.md" not in out


@pytest.mark.parametrize("path", ["latin.md", "binary.md", "no-such.md", "word.doc"])
def test_unreadable_file_has_no_line(path: str, folder: Path) -> None:
    lines = run("check", path, cwd=folder).out.splitlines()
    assert lines[:3] == [path, "", "error  RPL004"]
    assert lines[3].startswith("    this file cannot be read: ")
    assert not any(re.search(r"line \d+:\d+", line) for line in lines)
    assert not any("│" in line for line in lines)


def test_long_lists_of_related_places_are_shortened(tmp_path: Path) -> None:
    uses = "\n\n".join(f"{number}. The Committee used the NETXI in harbour {number}." for number in range(5, 17))
    draft = CLEAN.replace(
        "## II", f"4. The Network for the Exchange of Tide Information (NETIX) was opened.\n\n{uses}\n\n## II"
    ).replace("4. The Committee adopted", "17. The Committee adopted")
    (tmp_path / "draft.md").write_text(draft)
    (finding,) = check_json(["draft.md"], cwd=tmp_path)["findings"]
    assert finding["code"] == "ABB003"
    hidden = len(finding["related"]) - RELATED_SHOWN
    assert hidden > 3
    out = run("check", "draft.md", cwd=tmp_path).out
    assert out.count("    see ") == RELATED_SHOWN
    assert f"    and {hidden} more places\n" in out
    assert (
        f"    et {hidden} autres endroits\n" in run("check", "draft.md", "--message-language", "fr", cwd=tmp_path).out
    )


UNUSUAL_LINES = {
    "tabs": "the\tlighting\tof XX\tharbours",
    "no-break spaces": "the lighting\u00a0of\u202fthe XX\u00a0harbours",
    "combining letters": "la\u0301 lumie\u0300re de\u0301s x\u0323\u0302 XX po\u0302rts",
    "wide letters": "the harbours 港湾安全 of XX 委員会",
    "soft hyphens": "the light\u00ading of har\u00adbours XX is good",
    "controls": "the lighting \x1b[31mof\x07 XX \x9b31m harbours \u202e of",
    "a long line": "the lighting of the harbours is good " * 40 + "XX " + "and the beacons too " * 40,
    "one long word": "x" * 500 + " XX " + "y" * 500,
}


@pytest.mark.parametrize("line", UNUSUAL_LINES.values(), ids=UNUSUAL_LINES)
def test_marks_are_under_the_words_of_unusual_lines(line: str, tmp_path: Path) -> None:
    draft = CLEAN.replace("the lighting of small harbours", line)
    (tmp_path / "draft.md").write_text(draft, encoding="utf-8")
    out = run("check", "draft.md", "--select", "DRF001", cwd=tmp_path).out
    assert marked_words(out) == ["XX"]
    assert all(cells(text) <= WIDTH for text in out.splitlines())
    assert not [char for char in out if unicodedata.category(char) == "Cc" and char != "\n"]
    assert "\u202e" not in out


def test_words_across_lines_are_marked_to_the_end_of_the_first(tmp_path: Path) -> None:
    draft = CLEAN.replace("small harbours.", "small harbours, as said in section\nXII below.")
    (tmp_path / "draft.md").write_text(draft)
    (finding,) = check_json(["draft.md"], cwd=tmp_path)["findings"]
    assert (finding["code"], finding["end_line"] - finding["line"]) == ("REF002", 1)
    lines = run("check", "draft.md", cwd=tmp_path).out.splitlines()
    (words,) = marked_words("\n".join(lines))
    assert words == "section"
    assert any(line.endswith("section…") for line in lines)


def test_long_words_of_a_finding_are_cut(tmp_path: Path) -> None:
    draft = (EXAMPLES / "clean" / "seed-heritage.en.md").read_text(encoding="utf-8")
    title = "Safe transport of seed samples across borders"
    assert draft.count(f"“{title}”") == 1
    (tmp_path / "draft.md").write_text(
        draft.replace(f"“{title}”", f"“{title} {'and of tools ' * 12}”"), encoding="utf-8"
    )
    out = run("check", "draft.md", "--select", "AGD002", cwd=tmp_path).out
    words = marked_words(out)[0]
    assert words.startswith(f"{title} and of tools")
    assert cells(words) > 60
    assert all(cells(text) <= WIDTH for text in out.splitlines())


def test_long_name_of_a_place_is_cut_before_its_line(tmp_path: Path) -> None:
    title = "Lighting of small harbours and of the approaches to them"
    draft = CLEAN.replace("3. Several", f"## {title}\n\nNames of the XX harbours.\n\n3. Several")
    (tmp_path / "draft.md").write_text(draft)
    (finding,) = check_json(["draft.md"], cwd=tmp_path)["findings"]
    assert title in finding["where"]
    (head,) = (line for line in run("check", "draft.md", cwd=tmp_path).out.splitlines() if "DRF001" in line)
    assert cells(head) <= WIDTH
    assert head.endswith(f"…  warning  DRF001  line {finding['line']}:{finding['column']}")


def test_long_and_unusual_paths_stay_on_one_line(tmp_path: Path) -> None:
    name = f"{'long ' * 30}\x1b[31m\n.md"
    (tmp_path / name).write_text(FAULTY)
    out = run("check", name, cwd=tmp_path).out
    assert out.splitlines()[0] == f"{'long ' * 30}\\x1b[31m\\n.md"


# -- layout of arbitrary texts --------------------------------------------------------------------------------------

PIECES = ["a", "the ", "harbours ", "of", " ", " ", "(", "«", "»", "; ", "port", "\t", "\n", "\r", "\u00a0", "\u202f"]
ODD_PIECES = [
    "\u00ad",
    "\u0301",
    "\u20dd",
    "\u200b",
    "\u202e",
    "\x1b",
    "\x85",
    "\u2028",
    "港",
    "湾 ",
    "é",
    "「",
    "…",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=80).map("".join),
    st.lists(st.sampled_from(PIECES + ODD_PIECES), max_size=80).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=200),
)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("é", 1),
        ("e\u0301", 1),
        ("港湾", 4),
        ("Ａ", 2),
        ("a\u200bb", 2),
        ("\u00adx", 1),
        ("…│«", 3),
        ("", 0),
    ],
)
def test_cells(text: str, columns: int) -> None:
    assert cells(text) == columns


@given(TEXTS, st.integers(0, 200), st.integers(0, 60), st.integers(20, 100))
def test_excerpt_fits_and_equals_the_source(text: str, start: int, length: int, room: int) -> None:
    source = Source.from_text(text)
    start = min(start, len(source.text))
    line = source.line_at(start)
    end = min(start + length, len(source.text))
    result = excerpt(source, start, end, room)
    shown = result.before + result.marked + result.after
    assert cells(shown) <= room
    assert len(result.marks.rstrip("^")) == cells(result.before)
    assert clean(source.text[start : min(end, line.end)]).startswith(result.marked)
    assert clean(source.text[line.start : start]).endswith(result.before.removeprefix("…"))
    assert clean(source.text[line.start : line.end]).find(result.marked + result.after.removesuffix("…")) >= 0
    assert not [char for char in shown if unicodedata.category(char) == "Cc"]


@given(TEXTS, st.integers(10, 60))
def test_wrap_keeps_all_words_within_the_width(text: str, width: int) -> None:
    lines = list(wrap(text, width, first="    ", rest="  "))
    assert all(cells(line) <= max(width, 6) for line in lines)
    assert "".join("".join(lines).split()) == "".join(clean(text).split())


@given(TEXTS, st.integers(2, 60))
def test_shorten(text: str, room: int) -> None:
    for shortened in (shorten(text, room), shorten_start(text, room)):
        assert cells(shortened) <= room
    if cells(clean(text)) <= room:
        assert shorten(text, room) == shorten_start(text, room) == clean(text)
    else:
        assert shorten(text, room).endswith("…")
        assert shorten_start(text, room).startswith("…")


@given(st.text(max_size=60))
def test_path_is_printed_on_one_line(path: str) -> None:
    printed = printable_path(path)
    assert len(printed.splitlines()) <= 1
    assert not [char for char in printed if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]


def test_lines_do_not_break_between_a_word_and_its_punctuation() -> None:
    lines = list(wrap("le point est cité « Bonnes pratiques » ; il faut : ceci", 24))
    assert lines == ["le point est cité", "« Bonnes pratiques » ;", "il faut : ceci"]
