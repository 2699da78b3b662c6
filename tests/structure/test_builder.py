"""The structure of small drafts, read from their labels alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from drafts import rules_for

from reportlint.document import Source
from reportlint.readers import read
from reportlint.structure import ContentsEntry, Role, Section, Series, Structure, build_structure

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yaml").read_text("utf-8"))


def structure(text: str, language: str = "en", format: str = "markdown") -> Structure:
    return build_structure(read(Source.from_text(text), format), rules_for().lexicon(language))


def section(found: Section) -> str:
    return f"{'.'.join(found.path) if found.name else '-'} {found.title}".strip()


def announced(entry: ContentsEntry) -> str:
    paragraphs = "–".join(map(str, entry.paragraphs)) if entry.paragraphs else ""
    return " | ".join(part for part in (section(entry.heading), paragraphs, entry.page) if part)


def numbers(found: Series) -> str:
    return " ".join(entry.label.bare.replace(" ", "") for entry in found.entries)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = structure(case["source"], case.get("language", "en"), case.get("format", "markdown"))
    assert [entry for contents in found.contents for entry in map(announced, contents.entries)] == case.get(
        "contents", []
    )
    assert [section(one) for one in found.sections] == case.get("sections", [])
    assert [numbers(series) for series in found.paragraphs] == case.get("paragraphs", [])
    for name, all_series in (("lists", found.lists), ("decimals", found.decimals)):
        counted = [f"{one.parent.label.bare if one.parent else '-'}: {numbers(one)}" for one in all_series]
        assert counted == case.get(name, [])
    assert [one.text for one in found.captions] == case.get("captions", [])
    labelled: dict[str, list[str]] = {}
    for one in found.labelled:
        labelled.setdefault(one.section.name if one.section else "-", []).append(str(one.number))
    assert [f"{name}: {' '.join(values)}" for name, values in labelled.items()] == case.get("labelled", [])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_block_has_one_passage_and_every_label_its_place(case: dict[str, Any]) -> None:
    found = structure(case["source"], case.get("language", "en"), case.get("format", "markdown"))
    assert [passage.index for passage in found.passages] == list(range(len(found.document.blocks)))
    text = found.document.source.text
    for series in (*found.paragraphs, *found.decimals, *found.lists):
        for entry in series.entries:
            assert text[slice(*entry.span)].replace("\\", "").strip("*") == entry.label.text
            assert found.passages[entry.passage].label == entry.label


def test_what_belongs_to_a_paragraph() -> None:
    found = structure("## I. Work\n\n12. One:\n\n(a) two;\n\nmore of it.\n\n## II. End\n\nNo paragraph.\n\n13. Last.\n")
    numbers_of = {passage.text: passage.paragraph.bare if passage.paragraph else None for passage in found.passages}
    assert numbers_of == {
        "Work": None,
        "One:": "12",
        "two;": "12",
        "more of it.": "12",
        "End": None,
        "No paragraph.": None,
        "Last.": "13",
    }
    at = found.document.source.text.index("two;")
    assert found.number_at(at) == "12"
    assert found.number_at(found.document.source.text.index("No paragraph")) is None


def test_the_front_ends_where_the_body_begins() -> None:
    found = structure("Distr.: General\n\n# Report of the Group\n\n## I. Work\n\n1. One.\n")
    assert [passage.text for passage in found.front()] == ["Distr.: General", "Report of the Group"]
    assert found.passages[0].role is Role.FRONT
    nothing = structure("Only words.\n")
    assert [passage.text for passage in nothing.front()] == ["Only words."]


def test_the_last_paragraph_is_no_misprint() -> None:
    last = structure("1. One.\n\n2. Two.\n\n83. Three.\n\n4. Four.\n\n5. Five.\n\n6. Six.\n").last_paragraph
    assert last
    assert last.label.value == 6


def test_sections_within_and_annexes() -> None:
    found = structure("## I. Work\n\n### A. Lamps\n\n1. One.\n\n## Annex\n\n### I. Rules\n\n1. Two.\n")
    work, lamps, annex, rules = found.sections
    assert lamps.within(work)
    assert not work.within(lamps)
    assert not rules.within(work)
    assert (work.is_annex, annex.is_annex, rules.is_annex) == (False, True, True)
    assert [one for one in found.sections if one.label and one.parent is work] == [lamps]
    assert [one for one in found.sections if one.label and one.parent is None] == [work]
