"""Comments at any words of any structure: the words, and everything else, stay as they are."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from drafts import EFFORT
from hypothesis import given, settings
from hypothesis import strategies as st
from word_comments import marked, parts, without_insertions
from word_files import W, word_file

from reportlint.annotate import Remark, annotate
from reportlint.document import Span
from reportlint.word import read_view

DOCUMENT = "word/document.xml"
STYLES = ("", "<w:rPr/>", '<w:rPr><w:b/><w:rPrChange w:id="3" w:author="A"><w:rPr><w:i/></w:rPr></w:rPrChange></w:rPr>')
NOT_TEXT = (
    "<w:tab/>",
    "<w:br/>",
    "<w:noBreakHyphen/>",
    '<w:footnoteReference w:id="2"/>',
    "<w:lastRenderedPageBreak/>",
)
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
NOTES = {"footnotes": '<w:footnote w:id="2"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>'}
FORMATS = (
    "{}", '<w:ins w:id="4">{}</w:ins>', '<w:hyperlink w:anchor="a">{}</w:hyperlink>',
    "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", '<w:fldSimple w:instr="REF a">{}</w:fldSimple>',
    f'{FIELD("begin")}<w:r><w:instrText>REF a</w:instrText></w:r>{FIELD("separate")}{{}}{FIELD("end")}',
    '<w:commentRangeStart w:id="9"/>{}<w:commentRangeEnd w:id="9"/>', '<w:smartTag w:element="a">{}</w:smartTag>',
    '<w:r><w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:pict></w:r>',
    '<w:r><mc:AlternateContent><mc:Choice Requires="x"><w:drawing><w:txbxContent><w:p>{0}</w:p></w:txbxContent>'
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>{0}</w:p></w:txbxContent></w:pict>"
    "</mc:Fallback></mc:AlternateContent></w:r>",
)  # fmt: skip

letters = st.sampled_from(
    ["a", "b ", " c", "é", "😀", "&amp;", "&#233;", "\r\n", "e\u0301", "\u00a0", "<![CDATA[<]]>", "<!-- -->"]
)
texts = st.lists(letters, max_size=5).map("".join)
spaced = st.sampled_from(["", ' xml:space="preserve"'])
elements = st.builds("<w:t{}>{}</w:t>".format, spaced, texts) | st.sampled_from(NOT_TEXT) | st.just("<w:t/>")
runs = st.builds("<w:r>{}{}</w:r>".format, st.sampled_from(STYLES), st.lists(elements, max_size=3).map("".join))
deleted = st.builds('<w:del w:id="5"><w:r><w:delText>{}</w:delText></w:r></w:del>'.format, st.just("gone"))
content = st.recursive(
    runs | deleted,
    lambda inner: st.builds(str.format, st.sampled_from(FORMATS), st.lists(inner, max_size=3).map("".join)),
    max_leaves=6,
)
paragraphs = st.lists(content, max_size=4).map(lambda inner: f"<w:p>{''.join(inner)}</w:p>") | st.just("<w:p/>")
tables = st.lists(paragraphs, min_size=1, max_size=3).map(
    lambda cells: f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"
)
bodies = st.lists(paragraphs | tables, min_size=1, max_size=4).map("".join)
places = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 8)), min_size=1, max_size=6)


@settings(max_examples=100 * EFFORT)
@given(body=bodies, chosen=places)
def test_only_insertions_at_the_words(body: str, chosen: list[tuple[float, int]]) -> None:
    data = word_file(body, NOTES)
    view = read_view(data)
    length = len(view.text)
    spans = [Span(start := int(at * length), min(length, start + size)) for at, size in chosen]
    spans = sorted([*spans, *(node.span for node in view.nodes[:4])])
    out = annotate(data, view, [Remark(span, ("on",), "elsewhere") for span in spans], str)
    after = read_view(out)
    assert (after.text, after.entries, after.struck) == (view.text, view.entries, view.struck)
    before, xml = parts(data)[DOCUMENT], parts(out)[DOCUMENT]
    if out == data:  # there is no paragraph
        return
    if b"CDATA" not in before and b"<w:p/>" not in before:
        assert without_insertions(xml, before) == before
    words = marked(xml)
    ours = identifiers(parts(out)["word/comments.xml"])
    assert set(ours) <= set(words)
    nodes = [node for node in view.nodes if node.part == DOCUMENT]
    for identifier, span in zip(ours, spans, strict=True):
        held = [node for node in nodes if node.span.start <= span.start and span.end <= node.span.end]
        if held and span.start < span.end and "elsewhere" not in said(out, identifier):
            assert words[identifier].translate({10: " ", 13: " "}) == view.text[span.start : span.end]
    assert no_reference_within(xml.decode())


def identifiers(comments: bytes) -> list[str]:
    return [element.get(f"{{{W}}}id", "") for element in ElementTree.fromstring(comments)]


def said(data: bytes, identifier: str) -> str:
    comments = ElementTree.fromstring(parts(data)["word/comments.xml"])
    return "".join(next(each for each in comments if each.get(f"{{{W}}}id") == identifier).itertext())


def no_reference_within(xml: str) -> bool:
    """Return whether each reference run is a child of a paragraph outside fields and text boxes."""
    stack: list[str] = []
    fields = 0
    for tag in re.finditer(r"<(/?)([\w:]+)([^>]*?)(/?)>", xml):
        if tag[2] == "w:fldChar":
            fields += ("begin" in tag[3]) - ("end" in tag[3])
        if tag[2] == "w:commentReference" and (
            stack[-2] != "w:p" or fields or {"w:txbxContent", "mc:AlternateContent"} & set(stack)
        ):
            return False
        if tag[1]:
            stack.pop()
        elif not tag[4]:
            stack.append(tag[2])
    return True
