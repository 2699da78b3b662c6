"""``outline`` shows what the linter recognized in a draft."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from drafts import EXAMPLES, corpus_text

from reportlint.reporters.layout import cells

from .conftest import CLEAN, run

EXPECTED = yaml.safe_load((Path(__file__).parent / "outlines.yaml").read_text(encoding="utf-8"))


def run_outline(path: str, *options: str) -> Any:
    """Return the outline of a draft as data."""
    result = run("outline", path, "--output-format", "json", *options)
    assert (result.code, result.err) == (0, "")
    return result.json


def spans(series: list[dict[str, str]]) -> list[str]:
    """Return series of numbers in the short form of outlines.yaml: "1-5", "Recommendation 1-5"."""
    return [
        f"{entry['word']} {entry['first']}-{entry['last']}" if "word" in entry else f"{entry['first']}-{entry['last']}"
        for entry in series
    ]


def all_sections(sections: list[dict[str, Any]], path: str = "") -> Iterator[tuple[str, list[str]]]:
    for section in sections:
        label = f"{path}{section['label']}." if section["label"] else path
        yield f"{label} {section['title']}".strip(), spans(section["paragraphs"]) + spans(section["recommendations"])
        yield from all_sections(section["sections"], label)


def all_items(agenda: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in agenda["items"]:
        yield item
        yield from item["items"]


def line_of(part: dict[str, Any] | None, key: str) -> list[Any] | None:
    return [part[key], part["line"]] if part else None


def targets(references: list[dict[str, Any]]) -> list[list[str | None]]:
    return [[reference["paragraph"], " ".join(reference["targets"])] for reference in references]


def facts(data: dict[str, Any]) -> dict[str, Any]:
    """Return an outline in the short form of outlines.yaml."""
    masthead, agenda, adoption = data["masthead"], data["agenda"], data["adoption"]
    return {
        **{name: data[name] for name in ("kind", "language", "date")},
        "symbol": line_of(masthead["symbol"], "text"),
        **{name: line_of(masthead[name], "value") for name in ("distribution", "original", "version")},
        "event": [[dates["first"], dates["last"], dates["line"]] for dates in masthead["event"]],
        "title": data["title"]["line"],
        "sections": dict(all_sections(data["sections"])),
        "paragraphs": spans(data["paragraphs"]),
        "recommendations": spans(data["recommendations"]),
        "agenda": [agenda["place"]["paragraph"], agenda["place"]["line"]],
        "items": [item["item"] for item in all_items(agenda)],
        "item_references": {
            item["item"]: [place["paragraph"] for place in item["references"]] for item in all_items(agenda)
        },
        "unknown_items": [[item["item"], len(item["references"])] for item in agenda["unknown"]],
        "session": [[dates["first"], dates["last"]] for dates in data["session"]],
        "stated_meetings": [[stated["number"], stated["paragraph"]] for stated in data["meetings"]["stated"]],
        "meetings": sorted(
            [meeting["numbers"], meeting["dates"], meeting["paragraph"]] for meeting in data["meetings"]["references"]
        ),
        "state_lists": {names["paragraph"]: [names["role"], names["count"]] for names in data["state_lists"]},
        "unknown_states": [name for names in data["state_lists"] for name in names["unknown"]],
        "symbols": len(data["symbols"]),
        "malformed": {
            symbol["symbol"]: symbol["meant"] for symbol in data["symbols"] if not symbol["well_formed"]
        },
        "adopted": adoption and adoption["place"]
        and [adoption["place"]["paragraph"], adoption["meeting"]["numbers"], adoption["sections"]],
        "not_adopted": [
            [section["section"], section["paragraph"]] for section in (adoption["not_adopted"] if adoption else [])
        ],
        "paragraph_references": targets(data["references"]["paragraphs"]),
        "section_references": targets(data["references"]["sections"]),
        "marks": [mark["label"] for mark in data["footnotes"]["marks"]],
        "notes": [note["label"] for note in data["footnotes"]["notes"]],
        "abbreviations": {
            definition["abbreviation"]: definition["line"] for definition in data["abbreviations"]["defined"]
        },
    }  # fmt: skip


@pytest.mark.parametrize("draft", EXPECTED)
def test_facts_of_the_examples(draft: str) -> None:
    outline = facts(run_outline(str(EXAMPLES / draft)))
    for name, value in EXPECTED[draft].items():
        if name in ("item_references", "state_lists"):
            # The file lists only some of them.
            assert {key: outline[name].get(key) for key in value} == value, name
        elif name == "meetings":
            assert outline[name] == sorted(value), name
        else:
            assert outline[name] == value, name


def every_place(data: Any) -> Iterator[dict[str, Any]]:
    """Yield every place in an outline, at any depth."""
    if isinstance(data, dict):
        if "where" in data:
            yield data
        for value in data.values():
            yield from every_place(value)
    elif isinstance(data, list):
        for value in data:
            yield from every_place(value)


@pytest.mark.parametrize("draft", EXPECTED)
def test_every_place_has_the_right_line(draft: str) -> None:
    text = (EXAMPLES / draft).read_text(encoding="utf-8")
    lines = text.split("\n")
    data = run_outline(str(EXAMPLES / draft))
    assert data["schema"] == 1
    places = list(every_place(data))
    assert len(places) > 60
    for place in places:
        assert place["paragraph"] is None or isinstance(place["paragraph"], str)
        assert place["where"]
        assert 1 <= place["line"] <= len(lines)
    for symbol in data["symbols"]:
        for place in symbol["places"]:
            # The draft may abbreviate the symbol, as in "and Add.1".
            assert symbol["symbol"].rpartition("/")[2] in lines[place["line"] - 1]
    for item in all_items(data["agenda"]):
        assert item["title"].replace("'", "’") in lines[item["line"] - 1].replace("'", "’")
    for definition in data["abbreviations"]["defined"]:
        assert f"{definition['abbreviation']})" in lines[definition["line"] - 1]
    for states in data["state_lists"]:
        for entry in states["entries"]:
            assert entry["name"].replace("'", "’") in lines[states["line"] - 1].replace("'", "’")
    for mark in data["footnotes"]["marks"]:
        assert mark["label"] in lines[mark["line"] - 1]


def test_data_are_the_same_in_every_message_language() -> None:
    path = str(EXAMPLES / "clean" / "navigation-fluviale.fr.md")
    english, french = run_outline(path), run_outline(path, "--message-language", "fr")
    assert {place["where"] for place in every_place(english)}.isdisjoint(
        place["where"] for place in every_place(french) if place["where"].startswith("par. ")
    )
    for data in (english, french):
        for place in every_place(data):
            place["where"] = ""
    assert english == french


HEADINGS = {
    "en": [
        "Masthead", "Title", "Sections", "Agenda", "Session", "Meetings", "Lists of States", "Symbols cited",
        "Adoption of the report", "References inside the document", "Footnotes", "Abbreviations",
    ],
    "fr": [
        "En-tête", "Titre", "Sections", "Ordre du jour", "Session", "Séances", "Listes d'États", "Cotes citées",
        "Adoption du rapport", "Renvois internes", "Notes", "Abréviations",
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("draft", EXPECTED)
def test_text_shows_the_data(draft: str, language: str) -> None:
    path = str(EXAMPLES / draft)
    text = run("outline", path, "--message-language", language).out
    data = run_outline(path)
    lines = text.splitlines()
    assert lines[0] == path
    assert [line for line in lines if line in HEADINGS[language]] == HEADINGS[language]
    assert [line for line in lines[1:] if cells(line) > 80] == []
    assert "{" not in text
    words = " ".join(text.split())
    for item in all_items(data["agenda"]):
        name = item["item"] if language == "en" else item["item"].replace("(", "")
        assert f"{name} {item['title']}" in words
    for symbol in data["symbols"]:
        assert symbol["symbol"] in words
    for title, _ in all_sections(data["sections"]):
        assert title.split(". ")[-1].removesuffix(".") in words
    for states in data["state_lists"]:
        assert f"({'line' if language == 'en' else 'ligne'} {states['line']})" in words
        assert all(name in words for name in states["unknown"])


def test_details_of_the_text() -> None:
    text = run("outline", str(EXAMPLES / "clean" / "seed-heritage.en.md")).out
    for line in (
        "  II. Recommendations [para. 4, Recommendation 1–8]",
        "    A. Strengthening local collections [Recommendation 1–3]",
        "  III. Summary of the deliberations [paras. 5–30]",
        "      1. National registers of traditional varieties [paras. 15–17]",
        "  Annex [paras. 1–4]",
        "  number of meetings stated: 6 (para. 31, line 160)",
        "  meeting 1, 14 October 2024: para. 33 (line 166), para. 35 (line 176)",
        "  meetings 1–2, 14 October 2024 and 15 October 2024: para. 6 (line 86)",
        "  para. 37 (line 208): 59 entries, attendance, members",
        "  sections adopted: I, II, IV, V, VI",
        "  section not adopted: III (para. 5, line 82)",
        "  para. 17 (line 114): to paragraph 16",
        "  marks in the text: 1–3",
    ):
        assert f"\n{line}\n" in text


def test_missing_parts_are_reported() -> None:
    text = run("outline", "-", stdin=CLEAN.encode()).out
    parts = dict(part.split("\n", 1) for part in text.strip().split("\n\n")[1:] if "\n" in part)
    for heading in ("Agenda", "Meetings", "Lists of States", "Footnotes", "Abbreviations"):
        assert parts[heading] == "  not found"
    assert "  Symbol: HARB/COM/2019/3 (masthead, line 3)" in parts["Masthead"]
    data = run("outline", "-", "--output-format", "json", stdin=CLEAN.encode()).json
    assert data["agenda"] is None
    assert data["meetings"] == {"stated": [], "references": []}


def test_file_that_is_not_a_report(folder: Path) -> None:
    result = run("outline", "readme.md", cwd=folder)
    assert result.code == 0
    assert "Kind of document: not a United Nations document" in result.out


def test_unusual_draft_has_an_outline(folder: Path) -> None:
    for name in ("nested.md", "long-word.md", "new\nline.md"):
        result = run("outline", name, "--language", "en", cwd=folder)
        assert result.code == 0
        assert [line for line in result.out.splitlines()[1:] if cells(line) > 80] == []


def test_reference_report() -> None:
    draft = corpus_text("ctoc-wg7-2022.fr.md")
    outline = facts(run("outline", "-", "--output-format", "json", stdin=draft.encode()).json)
    assert outline["kind"] == "report"
    assert outline["symbol"] is None
    assert outline["date"] == "2022-07-15"
    assert outline["paragraphs"] == ["1-56"]
    assert outline["recommendations"] == ["Recommandation 1-13"]
    assert outline["agenda"][0] == "45"
    assert outline["items"] == ["1", "1 (a)", "1 (b)", "2", "3", "4", "5", "6"]
    assert outline["stated_meetings"] == [[4, "33"]]
    assert outline["unknown_states"] == ["Tchèque"]
    assert outline["adopted"] == ["56", [4], ["I", "II", "IV", "V"]]
    assert outline["not_adopted"] == [["III", "4"]]
    assert (outline["marks"], outline["notes"]) == (["1"], ["1"])


def test_session_of_the_body_that_reports(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        "HARB/COM/2023/9\n\nDistr.: General\n\nCouncil on Ports\n\nFortieth session\n\nLisbon, 4–8 September 2023\n\n"
        "# Report of the Committee on Harbours\n\n## I. Opening\n\n"
        "1. The Committee on Harbours held its third session in Kiel from 24 to 26 April 2023.\n",
        encoding="utf-8",
    )
    event = run_outline(str(draft))["event"]
    assert event["is_of_another_body"]
    assert (event["body"]["text"], event["number"]["number"], event["place"]["text"]) == (
        "Committee on Harbours",
        3,
        "Kiel",
    )
    assert "Dates of the session of another body: 4 September 2023" in run("outline", str(draft)).out


def test_resumed_meeting_and_several_sessions(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text(
        "Distr.: General\n\n# Report of the Committee on Harbours on its third to fifth sessions, "
        "held in Kiel from 24 to 26 April 2023\n\n## I. Opening\n\n"
        "1. At its 2nd meeting, on 24 April, and its resumed 2nd meeting, on 26 April, it heard a statement.\n",
        encoding="utf-8",
    )
    outline = run_outline(str(draft))
    meetings = [(meeting["resumed"], meeting["dates"]) for meeting in outline["meetings"]["references"]]
    assert meetings == [(False, ["2023-04-24"]), (True, ["2023-04-26"])]
    assert (outline["event"]["number"], outline["event"]["numbers"]) == (None, [3, 4, 5])
    text = run("outline", str(draft)).out
    assert "resumed meeting 2, 26 April 2023: para. 1" in text
    assert "Number: 3–5 (masthead" in text


def test_several_drafts_one_after_another(folder: Path) -> None:
    names = ["clean.md", "faulty.md"]
    single = {name: run("outline", name, cwd=folder) for name in names}
    both = run("outline", *names, "clean.md", cwd=folder)
    assert (both.code, both.out) == (0, "\n".join(single[name].out for name in names))
    data = run("outline", *names, "--output-format", "json", cwd=folder).json
    assert data == {
        "schema": 1,
        "outlines": [run("outline", name, "--output-format", "json", cwd=folder).json for name in names],
    }
    texts = {name: run("outline", name, "--text", cwd=folder).out for name in names}
    both = run("outline", *names, "--text", cwd=folder)
    assert both.out == "\n".join(f"{name}\n{texts[name]}" for name in names)


@pytest.mark.parametrize(
    ("paths", "code"),
    [
        (["clean.md", "no-such.md"], 2),
        (["empty.md", "clean.md"], 3),
        (["empty.md", "no-such.md", "clean.md"], 2),
    ],
)
@pytest.mark.parametrize("options", [[], ["--output-format", "json"]], ids=str)
def test_a_draft_without_outline_does_not_stop_the_others(
    folder: Path, paths: list[str], code: int, options: list[str]
) -> None:
    result = run("outline", *options, *paths, cwd=folder)
    assert result.code == code
    assert [line.split(": ")[1] for line in result.err.splitlines()] == [path for path in paths if path != "clean.md"]
    if options:
        assert [outline["path"] for outline in result.json["outlines"]] == ["clean.md"]
    else:
        assert result.out == run("outline", "clean.md", cwd=folder).out
