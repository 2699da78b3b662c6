"""The structure of small drafts, derived from their labels alone."""

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


def build(text: str, language: str = "en", format: str = "markdown") -> Structure:
    return build_structure(read(Source.from_text(text), format), rules_for().lexicon(language))


def section_line(section: Section) -> str:
    return f"{'.'.join(section.path) if section.name else '-'} {section.title}".strip()


def contents_line(entry: ContentsEntry) -> str:
    paragraphs = "–".join(map(str, entry.paragraphs)) if entry.paragraphs else ""
    return " | ".join(part for part in (section_line(entry.heading), paragraphs, entry.page) if part)


def numbers(series: Series) -> str:
    return " ".join(entry.label.bare.replace(" ", "") for entry in series.entries)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    structure = build(case["source"], case.get("language", "en"), case.get("format", "markdown"))
    assert [contents_line(entry) for contents in structure.contents for entry in contents.entries] == case.get(
        "contents", []
    )
    assert [section_line(section) for section in structure.sections] == case.get("sections", [])
    assert [numbers(series) for series in structure.paragraphs] == case.get("paragraphs", [])
    for name, all_series in (("lists", structure.lists), ("decimals", structure.decimals)):
        lines = [f"{series.parent.label.bare if series.parent else '-'}: {numbers(series)}" for series in all_series]
        assert lines == case.get(name, [])
    assert [caption.text for caption in structure.captions] == case.get("captions", [])
    labelled: dict[str, list[str]] = {}
    for heading in structure.labelled:
        labelled.setdefault(heading.section.name if heading.section else "-", []).append(str(heading.number))
    assert [f"{name}: {' '.join(values)}" for name, values in labelled.items()] == case.get("labelled", [])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_every_block_has_one_passage_and_every_label_its_span(case: dict[str, Any]) -> None:
    structure = build(case["source"], case.get("language", "en"), case.get("format", "markdown"))
    assert [passage.index for passage in structure.passages] == list(range(len(structure.document.blocks)))
    text = structure.document.source.text
    for series in (*structure.paragraphs, *structure.decimals, *structure.lists):
        for entry in series.entries:
            assert text[slice(*entry.span)].replace("\\", "").strip("*") == entry.label.text
            assert structure.passages[entry.passage].label == entry.label


def test_text_up_to_the_next_heading_belongs_to_its_paragraph() -> None:
    structure = build("## I. Work\n\n12. One:\n\n(a) two;\n\nmore of it.\n\n## II. End\n\nNo paragraph.\n\n13. Last.\n")
    numbers_of = {passage.text: passage.paragraph.bare if passage.paragraph else None for passage in structure.passages}
    assert numbers_of == {
        "Work": None,
        "One:": "12",
        "two;": "12",
        "more of it.": "12",
        "End": None,
        "No paragraph.": None,
        "Last.": "13",
    }
    offset = structure.document.source.text.index("two;")
    assert structure.number_at(offset) == "12"
    assert structure.number_at(structure.document.source.text.index("No paragraph")) is None


def test_the_front_ends_at_the_first_labelled_passage() -> None:
    structure = build("Distr.: General\n\n# Report of the Group\n\n## I. Work\n\n1. One.\n")
    assert [passage.text for passage in structure.front()] == ["Distr.: General", "Report of the Group"]
    assert structure.passages[0].role is Role.FRONT
    unlabelled = build("Only words.\n")
    assert [passage.text for passage in unlabelled.front()] == ["Only words."]


def test_the_last_paragraph_is_not_a_misprint() -> None:
    last = build("1. One.\n\n2. Two.\n\n83. Three.\n\n4. Four.\n\n5. Five.\n\n6. Six.\n").last_paragraph
    assert last
    assert last.label.value == 6


def test_nested_sections_and_annexes() -> None:
    structure = build("## I. Work\n\n### A. Lamps\n\n1. One.\n\n## Annex\n\n### I. Rules\n\n1. Two.\n")
    work, lamps, annex, rules = structure.sections
    assert lamps.within(work)
    assert not work.within(lamps)
    assert not rules.within(work)
    assert (work.is_annex, annex.is_annex, rules.is_annex) == (False, True, True)
    assert [section for section in structure.sections if section.label and section.parent is work] == [lamps]
    assert [section for section in structure.sections if section.label and section.parent is None] == [work]
