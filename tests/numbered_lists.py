"""Makes the Word files of ``word/numbered_lists.yaml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from word_files import paragraph, run, word_file

CASES: Mapping[str, Mapping[str, Any]] = {
    case["name"]: case
    for case in yaml.safe_load((Path(__file__).parent / "word/numbered_lists.yaml").read_text(encoding="utf-8"))
}
_PARAGRAPH = re.compile(
    r"(?P<style>[A-Z]\w+)?\s*(?:(?P<list>\d*)/(?P<level>\d*))?\s*(?P<kind>[a-z]+)?\s*=\s*(?P<label>.+)"
)
_SECTION = "<w:sectPr/>"
_HIDDEN = "<w:rPr><w:vanish/></w:rPr>"


def file_of(case: Mapping[str, Any]) -> bytes:
    """Return the Word file of a case. The text of each paragraph is "text of paragraph N"."""
    body = "".join(_paragraph(each, number) for number, each in enumerate(case["paragraphs"], 1))
    numbering = "".join(_abstract(identifier, each) for identifier, each in case["abstracts"].items())
    numbering += "".join(_list(identifier, each) for identifier, each in case["lists"].items())
    styles = "".join(_style(name, each) for name, each in case.get("styles", {}).items())
    return word_file(body, {"numbering": numbering, "styles": styles})


def labels_of(case: Mapping[str, Any], key: str = "paragraphs") -> list[tuple[int, str]]:
    """Return the number and the label of each paragraph that has one; "•" for a bullet."""
    labels = [_parsed(each)["label"] for each in case[key]]
    return [(number, label) for number, label in enumerate(labels, 1) if label and label != "none"]


def _parsed(text: str) -> Mapping[str, str | None]:
    match = _PARAGRAPH.fullmatch(text)
    assert match, text
    return match.groupdict()


def _paragraph(text: str, number: int) -> str:
    given = _parsed(text)
    properties = f'<w:pStyle w:val="{given["style"]}"/>' if given["style"] else ""
    place = _element("ilvl", given["level"] or None) + _element("numId", given["list"] or None)
    properties += f"<w:numPr>{place}</w:numPr>" if place else ""
    content = run(f"text of paragraph {number}")
    if given["kind"] == "hidden":
        return paragraph(run("hidden", "<w:vanish/>"), properties=properties + _HIDDEN)
    if given["kind"] in ("section", "empty"):
        return paragraph(properties=properties + (_SECTION if given["kind"] == "section" else ""))
    return paragraph(content, properties=properties)


def _abstract(identifier: int, given: Any) -> str:
    if isinstance(given, list):
        given = {"levels": given}
    inner = _element("styleLink", given.get("style")) + _element("numStyleLink", given.get("link"))
    inner += "".join(_level(number, each) for number, each in enumerate(given.get("levels", ())))
    return (
        f'<w:abstractNum w:abstractNumId="{identifier}"><w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'
    )


def _list(identifier: int, given: Mapping[str, Any]) -> str:
    inner = _element("abstractNumId", given["abstract"])
    for level, start in given.get("starts", {}).items():
        inner += f'<w:lvlOverride w:ilvl="{level}">{_element("startOverride", start)}</w:lvlOverride>'
    for level, each in given.get("levels", {}).items():
        inner += f'<w:lvlOverride w:ilvl="{level}">{_level(level, each)}</w:lvlOverride>'
    return f'<w:num w:numId="{identifier}">{inner}</w:num>'


def _level(number: int, given: list[Any]) -> str:
    format, text, *more = given
    properties = more[0] if more else {}
    inner = _element("start", properties.get("start", 1)) + _element("numFmt", format)
    inner += _element("lvlRestart", properties.get("restart")) + _element("pStyle", properties.get("style"))
    inner += "<w:isLgl/>" if properties.get("legal") else ""
    inner += _element("suff", properties.get("suffix")) + _element("lvlText", text)
    return f'<w:lvl w:ilvl="{number}">{inner}</w:lvl>'


def _style(name: str, given: Mapping[str, Any]) -> str:
    place = _element("ilvl", given.get("level")) + _element("numId", given.get("list"))
    return (
        f'<w:style w:type="{given.get("type", "paragraph")}" w:styleId="{name}">{_element("name", name)}'
        f"{_element('basedOn', given.get('based'))}<w:pPr><w:numPr>{place}</w:numPr></w:pPr></w:style>"
    )


def _element(name: str, value: object) -> str:
    return "" if value is None else f'<w:{name} w:val="{value}"/>'
