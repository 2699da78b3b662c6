"""``outline`` says what was understood of a draft."""

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
    result = run("outline", path, "--output-format", "json", *options)
    assert (result.code, result.err) == (0, "")
    return result.json


def spread(runs: list[dict[str, str]]) -> list[str]:
    return [
        f"{one['word']} {one['first']}-{one['last']}" if "word" in one else f"{one['first']}-{one['last']}"
        for one in runs
    ]


def all_sections(sections: list[dict[str, Any]], path: str = "") -> Iterator[tuple[str, list[str]]]:
    for section in sections:
        label = f"{path}{section['label']}." if section["label"] else path
        yield f"{label} {section['title']}".strip(), spread(section["paragraphs"]) + spread(section["recommendations"])
        yield from all_sections(section["sections"], label)


def all_items(agenda: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in agenda["items"]:
        yield item
        yield from item["items"]


def line_of(part: dict[str, Any] | None, key: str) -> list[Any] | None:
    return [part[key], part["line"]] if part else None


def targets(references: list[dict[str, Any]]) -> list[list[str | None]]:
    return [[one["paragraph"], " ".join(one["targets"])] for one in references]


def facts(data: dict[str, Any]) -> dict[str, Any]:
    """An outline in the short form of outlines.yaml."""
    masthead, agenda, adoption = data["masthead"], data["agenda"], data["adoption"]
    return {
        **{name: data[name] for name in ("kind", "language", "date")},
        "symbol": line_of(masthead["symbol"], "text"),
        **{name: line_of(masthead[name], "value") for name in ("distribution", "original", "version")},
        "event": [[one["first"], one["last"], one["line"]] for one in masthead["event"]],
        "title": data["title"]["line"],
        "sections": dict(all_sections(data["sections"])),
        "paragraphs": spread(data["paragraphs"]),
        "recommendations": spread(data["recommendations"]),
        "agenda": [agenda["place"]["paragraph"], agenda["place"]["line"]],
        "items": [item["item"] for item in all_items(agenda)],
        "item_references": {
            item["item"]: [place["paragraph"] for place in item["references"]] for item in all_items(agenda)
        },
        "unknown_items": [[one["item"], len(one["references"])] for one in agenda["unknown"]],
        "session": [[one["first"], one["last"]] for one in data["session"]],
        "stated_meetings": [[one["number"], one["paragraph"]] for one in data["meetings"]["stated"]],
        "meetings": sorted([one["numbers"], one["dates"], one["paragraph"]] for one in data["meetings"]["references"]),
        "state_lists": {one["paragraph"]: [one["role"], one["count"]] for one in data["state_lists"]},
        "unknown_states": [name for one in data["state_lists"] for name in one["unknown"]],
        "symbols": len(data["symbols"]),
        "malformed": {one["symbol"]: one["meant"] for one in data["symbols"] if not one["well_formed"]},
        "adopted": adoption and adoption["place"]
        and [adoption["place"]["paragraph"], adoption["meeting"]["numbers"], adoption["sections"]],
        "not_adopted": [[one["section"], one["paragraph"]] for one in adoption["not_adopted"]] if adoption else [],
        "paragraph_references": targets(data["references"]["paragraphs"]),
        "section_references": targets(data["references"]["sections"]),
        "marks": [one["label"] for one in data["footnotes"]["marks"]],
        "notes": [one["label"] for one in data["footnotes"]["notes"]],
        "abbreviations": {one["abbreviation"]: one["line"] for one in data["abbreviations"]["defined"]},
    }  # fmt: skip


@pytest.mark.parametrize("draft", EXPECTED)
def test_facts_of_the_examples(draft: str) -> None:
    found = facts(run_outline(str(EXAMPLES / draft)))
    for name, value in EXPECTED[draft].items():
        if name in ("item_references", "state_lists"):
            # Only those that the file names.
            assert {key: found[name].get(key) for key in value} == value, name
        elif name == "meetings":
            assert found[name] == sorted(value), name
        else:
            assert found[name] == value, name


def every_place(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        if "where" in data:
            yield data
        for value in data.values():
            yield from every_place(value)
    elif isinstance(data, list):
        for value in data:
            yield from every_place(value)


@pytest.mark.parametrize("draft", EXPECTED)
def test_every_place_is_a_line_of_the_draft(draft: str) -> None:
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
            # "and Add.1" stands for the whole symbol.
            assert symbol["symbol"].rpartition("/")[2] in lines[place["line"] - 1]
    for item in all_items(data["agenda"]):
        assert item["title"].replace("'", "’") in lines[item["line"] - 1].replace("'", "’")
    for one in data["abbreviations"]["defined"]:
        assert f"{one['abbreviation']})" in lines[one["line"] - 1]
    for found in data["state_lists"]:
        for entry in found["entries"]:
            assert entry["name"].replace("'", "’") in lines[found["line"] - 1].replace("'", "’")
    for mark in data["footnotes"]["marks"]:
        assert mark["label"] in lines[mark["line"] - 1]


def test_the_data_are_the_same_in_every_language_of_messages() -> None:
    path = str(EXAMPLES / "clean" / "navigation-fluviale.fr.md")
    one, other = run_outline(path), run_outline(path, "--message-language", "fr")
    assert {place["where"] for place in every_place(one)}.isdisjoint(
        place["where"] for place in every_place(other) if place["where"].startswith("par. ")
    )
    for data in (one, other):
        for place in every_place(data):
            place["where"] = ""
    assert one == other


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
def test_text_shows_what_the_data_say(draft: str, language: str) -> None:
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
    for found in data["state_lists"]:
        assert f"({'line' if language == 'en' else 'ligne'} {found['line']})" in words
        assert all(name in words for name in found["unknown"])


def test_the_tree_of_sections() -> None:
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


def test_what_is_missing_is_said() -> None:
    text = run("outline", "-", stdin=CLEAN.encode()).out
    parts = dict(part.split("\n", 1) for part in text.strip().split("\n\n")[1:] if "\n" in part)
    for heading in ("Agenda", "Meetings", "Lists of States", "Footnotes", "Abbreviations"):
        assert parts[heading] == "  not found"
    assert "  Symbol: HARB/COM/2019/3 (masthead, line 3)" in parts["Masthead"]
    data = run("outline", "-", "--output-format", "json", stdin=CLEAN.encode()).json
    assert data["agenda"] is None
    assert data["meetings"] == {"stated": [], "references": []}


def test_what_is_no_report_is_called_so(folder: Path) -> None:
    result = run("outline", "readme.md", cwd=folder)
    assert result.code == 0
    assert "Kind of document: no United Nations document" in result.out


def test_a_strange_draft_has_an_outline(folder: Path) -> None:
    for name in ("nested.md", "long-word.md", "new\nline.md"):
        result = run("outline", name, "--language", "en", cwd=folder)
        assert result.code == 0
        assert [line for line in result.out.splitlines()[1:] if cells(line) > 80] == []


def test_the_reference_report() -> None:
    draft = corpus_text("ctoc-wg7-2022.fr.md")
    found = facts(run("outline", "-", "--output-format", "json", stdin=draft.encode()).json)
    assert found["kind"] == "report"
    assert found["symbol"] is None
    assert found["date"] == "2022-07-15"
    assert found["paragraphs"] == ["1-56"]
    assert found["recommendations"] == ["Recommandation 1-13"]
    assert found["agenda"][0] == "45"
    assert found["items"] == ["1", "1 (a)", "1 (b)", "2", "3", "4", "5", "6"]
    assert found["stated_meetings"] == [[4, "33"]]
    assert found["unknown_states"] == ["Tchèque"]
    assert found["adopted"] == ["56", [4], ["I", "II", "IV", "V"]]
    assert found["not_adopted"] == [["III", "4"]]
    assert (found["marks"], found["notes"]) == (["1"], ["1"])
