"""``--output-format html``: a safe page with the whole text, every finding and working links."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from drafts import EXAMPLES, rules_for
from html_tree import Element, parse
from hypothesis import given
from hypothesis import strategies as st

from reportlint.document import Document, Source
from reportlint.reporters.html.prose import Range, weave

from .conftest import CLEAN, FAULTY, check_json, run

TAGS = {
    "html", "head", "meta", "title", "style", "script", "body", "header", "main", "nav", "article", "div", "h1", "h2",
    "h3", "h4", "h5", "h6", "p", "span", "a", "mark", "strong", "em", "sup", "code", "q", "ul", "ol", "li",
    "blockquote", "pre", "table", "tr", "td", "br", "form", "fieldset", "legend", "label", "input", "button",
    "details", "summary", "small", "wbr", "del", "ins",
}  # fmt: skip
ATTACK = "</script><img src=x onerror=alert(1)>"
HOSTILE = """# Report of the Committee on Harbour Safety on its second session

HARB/COM/2019/3

## I. Opening ATTACK

1. The Committee ATTACK met in Lisbon.[^"onx=1]

2. Under agenda item 2, entitled “Lights ATTACK of harbours”, it spoke of [a chart](javascript:alert(1)).

| a ATTACK | b |
|---|---|
| c | "' onmouseover=alert(1) |

    ATTACK

4. The agenda read as follows:

   1. Opening.

   2. Lights of harbours.

[^"onx=1]: A note ATTACK
"""


def page_of(*arguments: str, cwd: Path | None = None) -> Element:
    """Return the page of a run after verifying that it is safe and that its links have targets."""
    page = parse(run("check", "--output-format", "html", *arguments, cwd=cwd).out)
    elements = list(page.all())
    assert {element.tag for element in elements} <= TAGS
    (script,), (style,) = page.tagged("script"), page.tagged("style")
    (policy,) = [element.attributes["content"] for element in elements if "http-equiv" in element.attributes]
    assert policy.startswith("default-src 'none'; ")
    for kind, element in (("script", script), ("style", style)):
        digest = b64encode(sha256(element.text().encode()).digest()).decode()
        assert re.findall(rf"{kind}-src ([^;]*)", policy) == [f"'sha256-{digest}'"]
        assert not element.attributes
    ids = [element.attributes["id"] for element in elements if "id" in element.attributes]
    assert len(set(ids)) == len(ids)
    for element in elements:
        assert not any(name.startswith("on") or name in ("src", "style", "action") for name in element.attributes)
        link = element.attributes.get("href", "#text")
        assert link.startswith("https://") if "://" in link else link[1:] in ids
    return page


def squeezed(text: str) -> str:
    """Return ``text`` without white space."""
    return re.sub(r"\s+", "", text)


def read(path: Path) -> Document:
    rules = rules_for()
    return rules.readers[path.suffix](Source.from_bytes(path.read_bytes(), str(path)))


def is_added(element: Element) -> bool:
    """Return whether an element is not text of the draft."""
    return bool(element.classes & {"numbers", "notes"})


@pytest.mark.parametrize("path", sorted((EXAMPLES / "faulty").glob("*.md")), ids=lambda path: path.stem)
def test_page_has_the_whole_text_with_the_words_of_findings_marked(path: Path) -> None:
    page = page_of("--stage", "publication", str(path))
    (text,) = page.classed("text")
    document = read(path)
    expected = ""
    for block in document.blocks:
        expected += "•" if block.bullet and not block.enumerator else ""
        expected += block.enumerator.text if block.enumerator else ""
        marks = {mark.start: mark.value for mark in block.marks if mark.value and mark.kind.value == "footnote"}
        expected += "".join(marks.get(at, "") + char for at, char in enumerate(block.text + " "))
    shown = Source.from_text(text.text(is_added)).text
    assert squeezed(shown) == squeezed(expected)

    findings = check_json([str(path)], "--stage", "publication")["findings"]
    notes = {int(note.attributes["id"][1:]): note for note in page.classed("note")}
    assert sorted(notes) == list(range(1, len(findings) + 1))
    lines = document.source.text.split("\n")
    for number, finding in enumerate(findings, 1):
        note = notes[number]
        assert (note.attributes["data-severity"], note.attributes["data-family"]) == (
            finding["severity"],
            finding["code"][:3],
        )
        assert squeezed(finding["message"]) in squeezed(note.text())
        for place in (finding, *finding["related"]):
            assert squeezed(place["where"]) in squeezed(note.text())
        words = lines[finding["line"] - 1][finding["column"] - 1 : finding["end_column"] - 1]
        if finding["line"] == finding["end_line"] and words and not set(words) & set("*_[]<\\"):
            spot = note.attributes["data-spot"]
            marks_of_spot = [mark for mark in text.tagged("mark") if mark.attributes.get("data-spot") == spot]
            marked = "".join(mark.text(is_added) for mark in marks_of_spot)
            assert Source.from_text(marked).text.strip() == words.strip()


@pytest.mark.parametrize(
    ("suffix", "written"), [(".md", ATTACK.replace("<", "&lt;")), (".md", ATTACK), (".txt", ATTACK)]
)
def test_text_of_the_draft_is_never_markup(suffix: str, written: str, tmp_path: Path) -> None:
    """Covers text, file name, message, footnote label and link."""
    name = ATTACK.replace("/", "&lt;") + suffix
    (tmp_path / name).write_text(HOSTILE.replace("ATTACK", written), encoding="utf-8")
    page = page_of("--language", "en", name, cwd=tmp_path)
    assert page.tagged("h2")[0].text() == name
    (text,) = page.classed("text")
    if written != ATTACK or suffix == ".txt":
        assert text.text().count(ATTACK) >= 5
        assert any(f"Lights {ATTACK} of" in note.text() for note in page.classed("note"))


def test_files_of_every_kind(folder: Path) -> None:
    """Checked, unreadable and skipped files are reported as in the text format."""
    names = ["faulty.md", "clean.md", "latin.md", "readme.md", "russian.md", "mixed", "new\nline.md"]
    page = page_of(*names, cwd=folder)
    lines = run("check", *names, cwd=folder).out.splitlines()
    end_of_text = squeezed(" ".join(lines[-8:]))
    assert squeezed(page.tagged("h1")[0].text()) in end_of_text
    for not_checked in page.tagged("header")[0].tagged("p")[1:]:
        assert squeezed(not_checked.text()) in end_of_text
    articles = {article.tagged("h2")[0].text(): article for article in page.tagged("article")}
    assert list(articles) == ["faulty.md", "latin.md", "mixed/a.md", "mixed/b.md", "new\\nline.md"]
    (unreadable,) = articles["latin.md"].classed("note")
    assert "0xe9" in unreadable.text()
    assert not articles["latin.md"].classed("text")
    (files,) = page.tagged("nav")
    assert [link.text() for link in files.tagged("a")] == list(articles)
    assert [entry.text() for entry in files.tagged("details")[0].tagged("li")] == ["clean.md", "mixed/c.md"]


@pytest.mark.parametrize("name", ["clean.md", "readme.md", "empty.md", "empty-folder"])
def test_nothing_to_report(name: str, folder: Path) -> None:
    page = page_of(name, cwd=folder)
    assert not page.tagged("article")
    assert not page.tagged("form")
    text = run("check", name, cwd=folder).out or "no report was checked"
    assert page.tagged("title")[0].text() == page.tagged("h1")[0].text() == text.splitlines()[-1]


def test_counts_and_languages(tmp_path: Path) -> None:
    """The page is in the language of the messages and the text in its own. Waived findings are counted and listed."""
    draft = tmp_path / "draft.md"
    text = (EXAMPLES / "faulty" / "seed-heritage-not-adopted.en.md").read_text(encoding="utf-8")
    waived = f"<!-- reportlint: ignore-begin NUM -->\n\n{text}\n\n<!-- reportlint: ignore-end -->\n"
    draft.write_text(waived, encoding="utf-8")
    data = check_json([str(draft)])
    page = page_of("--message-language", "fr", str(draft))
    shown = [finding for finding in data["findings"] if not finding["suppressed"]]
    assert 0 < len(shown) < len(data["findings"])
    counts = {field.attributes["value"]: 0 for field in page.tagged("input") if "value" in field.attributes}
    for finding in shown:
        counts[finding["severity"]] += 1
        counts[finding["code"][:3]] += 1
    for label in page.tagged("label"):
        for choice in label.tagged("input"):
            if "value" in choice.attributes:
                assert label.classed("count")[0].text() == str(counts[choice.attributes["value"]])
    assert f"{len(data['findings']) - len(shown)} signalements écartés" in page.tagged("h1")[0].text()
    (listed,) = page.classed("suppressed")
    assert len(listed.tagged("li")) == len(data["findings"]) - len(shown)
    assert page.tagged("html")[0].attributes == {"lang": "fr", "dir": "ltr"}
    assert page.classed("text")[0].attributes["lang"] == "en"
    added = page.classed("notes") + page.classed("numbers")
    assert {element.attributes["lang"] for element in added} == {"fr"}


def test_parts_of_a_report_link_to_one_another(tmp_path: Path) -> None:
    (tmp_path / "reportlint.toml").write_text('[report]\nparts = ["a.md", "b.md"]\n', encoding="utf-8")
    footnote = "[^1]\n\n[^1]: See {}.\n\n"
    head, _, tail = FAULTY.replace("session.\n\n", "session." + footnote.format("the charts")).partition("5. Several")
    (tmp_path / "a.md").write_text(head, encoding="utf-8")
    tail = tail.replace("harbours.\n\n", "harbours." + footnote.format("the lists"))
    (tmp_path / "b.md").write_text("<!-- a remark -->\n\n5. Several" + tail, encoding="utf-8")
    page = page_of("b.md", cwd=tmp_path)
    first, second = page.tagged("article")
    for article in (first, second):
        (mark,), (label,) = (element.tagged("a") for element in article.tagged("sup") + article.classed("footnote"))
        assert (mark.attributes["href"], label.attributes["href"]) == (
            f"#{label.attributes['id']}",
            f"#{mark.attributes['id']}",
        )
    assert "Several" not in first.text()
    assert "Lisbon" not in second.text()
    (note,) = page.classed("note")
    assert note in second.classed("note")
    targets = {link.attributes["href"] for link in note.tagged("a")}
    (related,) = [numbers for numbers in first.classed("numbers") if "#" + numbers.attributes["id"] in targets]
    assert related.tagged("a")[0].attributes["href"] == "#" + note.attributes["id"]
    assert "a.md" in note.text()


def test_size_of_the_page_is_linear_in_the_draft() -> None:
    """It stays so if many findings are about the same words."""
    paragraph = "{}. The Committee recalled resolution 5/2, adopted at its fourth session, and agenda item 99.\n\n"

    def size(count: int) -> tuple[int, int]:
        text = CLEAN + "".join(map(paragraph.format, range(5, 5 + count)))
        out = run("check", "--output-format", "html", "-", stdin=text.encode()).out
        return len(out), len(parse(out).classed("note"))

    (small, few), (large, many) = size(100), size(400)
    assert few >= 100
    assert many >= 400
    assert large < 4.2 * small


ranges = st.builds(
    lambda tag, start, length: Range("ab".index(tag), start, start + length, f"<{tag}>", f"</{tag}>"),
    st.sampled_from("ab"), st.integers(0, 40), st.integers(0, 40),
)  # fmt: skip


@given(st.text(st.sampled_from("ab*_[]^1<>& \n’\u00ad"), max_size=60), st.lists(ranges, max_size=30))
def test_overlapping_ranges_nest_and_keep_the_text(text: str, marks: list[Range]) -> None:
    document = rules_for().readers[".md"](Source.from_text(text))
    for block in document.blocks:
        page = parse(weave(block, document.source, marks, {0: "<i></i>", 3: "<i></i>"}))
        assert squeezed(Source.from_text(page.text()).text) == squeezed(Source.from_text(block.text).text)
        assert len(page.tagged("i")) == 1 + (len(block.text) >= 3)
