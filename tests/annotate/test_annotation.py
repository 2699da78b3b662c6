"""Comments in Word files: at the exact words, and nothing else changes."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from word_files import paragraph, run, word_file

from reportlint.annotate import Remark, annotate
from reportlint.document import Span
from reportlint.word import read_view

BODY = paragraph(run("The Chair &amp; the Bur"), run("eau met on 3 May.", "<w:b/>")) + paragraph(
    f'<w:ins w:id="7">{run("It left.")}</w:ins>', run(" Later.")
)


def annotated(data: bytes, *words: str) -> bytes:
    view = read_view(data)
    remarks = [
        Remark(Span(view.text.index(word), view.text.index(word) + len(word)), (f"on {word}",), "elsewhere")
        for word in words
    ]
    return annotate(data, view, remarks, "{} more".format)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def anchored(data: bytes) -> dict[str, str]:
    """Return the text between the marks of each comment."""
    xml = parts(data)["word/document.xml"].decode()
    found = {}
    for mark in re.finditer(r'<w:commentRangeStart w:id="(\d+)"/>', xml):
        inner = xml[mark.end() : xml.index(f'<w:commentRangeEnd w:id="{mark[1]}"/>')]
        found[mark[1]] = "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", inner))
    return found


@pytest.mark.parametrize(
    "words", [("Chair",), ("& the",), ("Bureau met",), ("left",), ("Chair", "& the Bureau", "3 May")]
)
def test_comments_stand_at_the_words(words: tuple[str, ...]) -> None:
    data = word_file(BODY)
    out = annotated(data, *words)
    assert list(anchored(out).values()) == [word.replace("&", "&amp;") for word in words]
    assert read_view(out).text == read_view(data).text
    comments = parts(out)["word/comments.xml"].decode()
    assert re.findall(r"<w:t [^>]*>([^<]*)</w:t>", comments) == [f"on {word}".replace("&", "&amp;") for word in words]
    assert comments.count('w:author="reportlint"') == len(words)


def test_only_the_text_the_comments_and_their_registration_change() -> None:
    data = word_file(BODY, {"settings": ""})
    before, after = parts(data), parts(annotated(data, "Chair"))
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        "word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml",
    }  # fmt: skip


def test_a_reference_never_stands_in_an_insertion() -> None:
    xml = parts(annotated(word_file(BODY), "left"))["word/document.xml"].decode()
    inside = xml[xml.index("<w:ins ") : xml.index("</w:ins>")]
    assert "commentRangeStart" in inside
    assert "commentReference" not in inside


def test_annotating_again_replaces_the_comments() -> None:
    once = annotated(word_file(BODY), "Chair", "met")
    twice = annotated(once, "Bureau")
    assert list(anchored(twice).values()) == ["Bureau"]
    assert parts(twice)["word/comments.xml"].count(b"<w:comment ") == 1
    assert parts(twice)["word/document.xml"].count(b"commentReference") == 1


def test_without_remarks_the_file_is_the_same() -> None:
    data = word_file(BODY)
    assert annotated(data) == data
