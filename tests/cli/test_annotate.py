"""``--annotate``: a copy of each Word file with a comment at the words of every finding, and nothing else changed."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from unittest.mock import patch

import pytest
from word_comments import Comment, comments, marked, parts, without_insertions
from word_files import R, W, levels, numbered, paragraph, word_file
from word_files import run as text

from reportlint import lint_path
from reportlint.annotate import annotation

from .conftest import FAULTY, Result, check_json, run

DOCUMENT = "word/document.xml"
OPENING = (
    "Report of the Committee on Harbour Safety on its second session", "HARB/COM/2019/3", "Distr.: General",
    "12 March 2019", "Original: English", "I. Opening",
    "1. The Committee on Harbour Safety met in Lisbon and adopted the present report.",
)  # fmt: skip
MISSING = "3. Several delegations described the lighting of small harbours."  # no paragraph has the number 2
STOP = "4. The Committee thanked the Government of Portugal ."


def plain(*lines: str) -> str:
    return "".join(paragraph(text(line)) for line in lines)


def draft(*more: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a Word file with the opening of a report and more paragraphs, as XML."""
    return word_file(plain(*OPENING) + "".join(more), parts)


FINDINGS = draft(plain(MISSING, STOP))
CLEAN = draft(plain("2. The Committee rose."))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a draft that has findings, in Word and in Markdown, and one without."""
    (tmp_path / "draft.docx").write_bytes(FINDINGS)
    (tmp_path / "clean.docx").write_bytes(CLEAN)
    (tmp_path / "notes.md").write_text(FAULTY, encoding="utf-8")
    return tmp_path


def annotated(data: bytes, folder: Path, *options: str) -> bytes:
    """Return the annotated copy of a draft."""
    (folder / "given.docx").write_bytes(data)
    result = run("check", "given.docx", "--annotate", "made.docx", *options, cwd=folder)
    assert result.code in (0, 1), result.err
    return (folder / "made.docx").read_bytes()


def files(folder: Path) -> dict[str, bytes]:
    """Return the contents of all files in a folder, by name."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def codes(found: list[Comment]) -> list[str]:
    return [comment.paragraphs[0].partition(":")[0] for comment in found]


# -- the comments -----------------------------------------------------------------------------------------------------


def test_each_finding_has_a_comment_by_reportlint_at_its_words(folder: Path) -> None:
    found = comments(annotated(FINDINGS, folder))
    assert {comment.author for comment in found} == {"reportlint"}
    assert [(code, comment.words) for code, comment in zip(codes(found), found, strict=True)] == [
        ("NUM001", "3."), ("TYP001", " ."),
    ]  # fmt: skip


def test_comment_has_code_message_other_side_reason_and_authority(folder: Path) -> None:
    found = comments(annotated(FINDINGS, folder))
    for comment, finding in zip(found, lint_path(folder / "given.docx"), strict=True):
        related = [f"see {place.where}: {place.message}" for place in finding.related]
        assert finding.authority is not None
        authority = f"Authority: {finding.authority.text.partition(':')[0]}"
        assert comment.paragraphs == (f"{finding.code}: {finding.message}", *related, finding.why, authority)
    assert len(found[0].paragraphs) == 4  # with the number before


def test_related_words_are_quoted_if_the_message_does_not_say_them(folder: Path) -> None:
    body = plain("2. The Committee recalled the note ITEM/HARB/2019/1.", "2. The Committee took note of it.")
    (comment, *_) = comments(annotated(draft(body), folder))
    assert any("“" in line for line in comment.paragraphs[1:2]), comment


def test_comments_on_infos_and_none_on_suppressed_findings(folder: Path) -> None:
    body = plain("2. The Committee heard the SDMA.", MISSING.replace("3.", "4."))
    info = [comment for comment in comments(annotated(draft(body), folder)) if comment.words == "SDMA"]
    severities = {each["code"]: each["severity"] for each in check_json(["given.docx"], cwd=folder)["findings"]}
    assert severities[codes(info)[0]] == "info"
    run("check", "given.docx", "--write-baseline", "known.json", cwd=folder)
    assert comments(annotated(draft(body), folder, "--baseline", "known.json")) == []


def test_waived_findings_have_no_comment(folder: Path) -> None:
    run("check", "draft.docx", "--select", "TYP", "--add-waivers", "as typed", cwd=folder)
    result = run("check", "draft.docx", "--annotate", "out.docx", cwd=folder)
    assert result.code == 1
    assert codes(comments((folder / "out.docx").read_bytes())) == ["NUM001"]


def test_comments_are_in_the_language_of_the_messages(folder: Path) -> None:
    found = comments(annotated(FINDINGS, folder, "--message-language", "fr"))
    assert found[0].paragraphs[0].startswith("NUM001 : numéro de paragraphe manquant")
    assert found[0].paragraphs[-1].startswith("Source : ")


def test_stage_decides_which_findings_have_comments(folder: Path) -> None:
    data = draft(plain("2. The Committee met at [to be completed].", "3. The Committee adopted the report"))
    for stage in ("draft", "publication"):
        shown = check_json(["given.docx"], "--stage", stage, cwd=folder) if (folder / "given.docx").exists() else None
        found = comments(annotated(data, folder, "--stage", stage))
        shown = shown or check_json(["given.docx"], "--stage", stage, cwd=folder)
        assert codes(found) == [finding["code"] for finding in shown["findings"]]


def test_text_before_tracked_changes(folder: Path) -> None:
    change = f'<w:ins w:id="1">{text("2")}</w:ins><w:del w:id="2"><w:r><w:delText>3</w:delText></w:r></w:del>'
    data = draft(paragraph(change, text(". Several delegations spoke.")), plain("3. The Committee rose."))
    assert comments(annotated(data, folder)) == []
    (comment, *_) = comments(annotated(data, folder, "--tracked-changes", "original"), ("t", "delText"))
    assert (comment.paragraphs[0][:6], comment.words) == ("NUM001", "3.")


# -- the place of a comment -------------------------------------------------------------------------------------------

AUTOMATIC = {
    "numbering": f'<w:abstractNum w:abstractNumId="1">{levels(("decimal", "%1."))}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/>'
    "</w:lvlOverride></w:num>"
}


def test_comment_on_an_automatic_number_stands_at_the_first_words(folder: Path) -> None:
    body = numbered("The Committee met in Lisbon and adopted the present report.") + numbered(
        "The delegation of Portugal spoke first.", 2
    )
    data = word_file(plain(*OPENING[:-1]) + body, AUTOMATIC)
    assert [(comment.paragraphs[0][:6], comment.words) for comment in comments(annotated(data, folder))] == [
        ("NUM001", "The delegation of")
    ]


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
HOLDERS = {
    "w:ins": '<w:ins w:id="9">{}</w:ins>',
    "w:moveTo": '<w:moveTo w:id="9">{}</w:moveTo>',
    "w:hyperlink": '<w:hyperlink w:anchor="x">{}</w:hyperlink>',
    "w:fldSimple": '<w:fldSimple w:instr="REF x">{}</w:fldSimple>',
    "field": FIELD,
    "field in an insertion": f'<w:ins w:id="9">{FIELD}</w:ins>',
    "hyperlink in a field": FIELD.format('<w:hyperlink w:anchor="x">{}</w:hyperlink>'),
}


@pytest.mark.parametrize("holder", HOLDERS)
def test_reference_stands_in_no_change_hyperlink_or_field(holder: str, folder: Path) -> None:
    data = draft(paragraph(HOLDERS[holder].format(text("3. Several") + text(" delegations")), text(" spoke.")))
    out = annotated(data, folder)
    (comment,) = comments(out)
    assert comment.words == "3."
    assert depth_of_references(parts(out)[DOCUMENT].decode()) == [("w:p", 0)]


def depth_of_references(xml: str) -> list[tuple[str, int]]:
    """Return, for each reference run, the element that holds it and how many fields are open there."""
    found: list[tuple[str, int]] = []
    stack: list[str] = []
    fields = 0
    for tag in re.finditer(r"<(/?)([\w:]+)([^>]*?)(/?)>", xml):
        if tag[2] == "w:fldChar":
            fields += ("begin" in tag[3]) - ("end" in tag[3])
        if tag[2] == "w:commentReference":
            found.append((stack[-2], fields))
        if tag[1]:
            stack.pop()
        elif not tag[4]:
            stack.append(tag[2])
    return found


HEADER = f'<w:headerReference xmlns:r="{R}" w:type="default" r:id="header1"/>'
SHAPE = '<w:r><w:pict><v:shape xmlns:v="urn:v"><w:txbxContent>{}</w:txbxContent></v:shape></w:pict></w:r>'
BOX = SHAPE.format(plain("A remark ended ."))
NOTE = '<w:r><w:footnoteReference w:id="2"/></w:r>'
ELSEWHERE = {
    "header": (
        plain(*OPENING, "2. It rose.") + f"<w:sectPr>{HEADER}</w:sectPr>",
        {"header1": paragraph(text("HARB/COM/2018/3"))}, "MST005", "HARB/COM/2018/3", "Report",
    ),
    "note": (
        plain(*OPENING) + paragraph(text("2. The Committee rose"), NOTE, text(" at noon.")),
        {"footnotes": f'<w:footnote w:id="2">{plain("The draft said so .")}</w:footnote>'}, "TYP001", ".", "rose",
    ),
    "text box": (
        plain(*OPENING) + paragraph(text("2. The Committee rose."), BOX),
        {}, "TYP001", ".", "rose",
    ),
}  # fmt: skip


@pytest.mark.parametrize("place", ELSEWHERE)
def test_comment_that_cannot_stand_at_its_words_stands_near_and_says_so(place: str, folder: Path) -> None:
    body, more, code, about, words = ELSEWHERE[place]
    out = annotated(word_file(body, more), folder)
    (comment,) = (comment for comment in comments(out) if comment.paragraphs[0].startswith(code))
    assert comment.words == words
    assert comment.paragraphs[-1] == (
        f"The words “{about}” cannot hold a comment, so it stands at the nearest ones in the text."
    )


def test_text_without_words_holds_the_comments_in_its_first_paragraph(folder: Path) -> None:
    header = {"header1": plain(*OPENING, MISSING)}
    section = f'<w:sectPr><w:headerReference xmlns:r="{R}" w:type="first" r:id="header1"/><w:titlePg/></w:sectPr>'
    for body in ("<w:p/>", "<w:p></w:p>", paragraph()):
        out = annotated(word_file(body + section, header), folder)
        (comment,) = comments(out)
        assert (comment.paragraphs[0][:6], comment.words) == ("NUM001", "")


SPLITS: dict[str, tuple[str, ...]] = {
    "runs": (text("3"), text(". Sev"), text("eral spoke .")),
    "a run for each character": tuple(map(text, "3. Several spoke .")),
    "references": (text("3. Several &amp; more spoke &#x2e;").replace(" &#x2e;", " &#46;"),),
    "data": ('<w:r><w:t xml:space="preserve">3. Sev<![CDATA[eral <spoke> .]]></w:t></w:r>',),
    "a comment in the XML": ('<w:r><w:t xml:space="preserve">3. Sev<!-- x -->eral<?x y?> spoke .</w:t></w:r>',),
    "without xml:space": ("<w:r><w:t>3. Several spoke .</w:t></w:r>",),
    "other letters": (text("3. Δεύτερη 😀 spoke ."),),
    "two texts in a run": ("<w:r><w:t>3.</w:t><w:tab/><w:t>Several spoke .</w:t></w:r>",),
    "empty elements": ("<w:r><w:t/></w:r>", '<w:r><w:t>3.</w:t><w:t xml:space="preserve"> So .</w:t><w:t/></w:r>'),
    "content controls": (f"<w:sdt><w:sdtContent>{text('3. Several')}</w:sdtContent></w:sdt>", text(" spoke .")),
    "a mark of a note": (
        text("3. Several"), '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>',
        text(" spoke ."),
    ),
    "ruby": (
        text("3. Several "),
        f"<w:r><w:ruby><w:rt>{text('x')}</w:rt><w:rubyBase>{text('y')}</w:rubyBase></w:ruby></w:r>",
        text(" spoke ."),
    ),
    "a text outside runs": ("<w:t>lost</w:t>", text("3. Several spoke .")),
    "deleted text": ('<w:del w:id="3"><w:r><w:delText>2. </w:delText></w:r></w:del>', text("3. Several spoke .")),
}  # fmt: skip


@pytest.mark.parametrize("name", SPLITS)
def test_comments_stand_at_the_exact_words_in_any_xml(name: str, folder: Path) -> None:
    data = draft(paragraph(*SPLITS[name]), parts={"footnotes": f'<w:footnote w:id="2">{plain("* So.")}</w:footnote>'})
    out = annotated(data, folder)
    found = [comment.words for comment in comments(out) if comment.paragraphs[0][:6] in ("NUM001", "TYP001")]
    assert found == ["3.", " ."]
    before, after = parts(data)[DOCUMENT], parts(out)[DOCUMENT]
    if name == "data":  # which is cut too
        after = after.replace(b"]]></w:t></w:r>", b"</w:t></w:r>").replace(b'"preserve"><![CDATA[', b'"preserve">')
        before = before.replace(b"]]></w:t></w:r>", b"</w:t></w:r>")
    assert without_insertions(after, before) == before


def test_copied_properties_get_new_identifiers(folder: Path) -> None:
    style = '<w:b/><w:rPrChange w:id="7" w:author="A"><w:rPr><w:i/></w:rPr></w:rPrChange>'
    xml = parts(annotated(draft(paragraph(text("3. Several", style), text(" spoke."))), folder))[DOCUMENT].decode()
    changes = re.findall(r'<w:rPrChange w:id="(\d+)" w:author="A"><w:rPr><w:i/></w:rPr></w:rPrChange>', xml)
    assert len(changes) == 2
    identifiers = re.findall(r'<w:(?:rPrChange|commentReference) w:id="(\d+)"', xml)
    assert len(set(identifiers)) == len(identifiers) == 3


# -- the file ---------------------------------------------------------------------------------------------------------


def test_only_the_text_and_the_comments_change(folder: Path) -> None:
    data = draft(plain(MISSING), parts={"settings": "", "styles": "", "header1": plain("A")})
    out = annotated(data, folder)
    before, after = parts(data), parts(out)
    assert [name for name in after if name in before] == list(before)
    assert {name for name in after if after[name] != before.get(name)} == {
        DOCUMENT, "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml",
    }  # fmt: skip
    assert without_insertions(after[DOCUMENT], before[DOCUMENT]) == before[DOCUMENT]
    old, new = (
        {entry.filename: entry for entry in zipfile.ZipFile(io.BytesIO(each)).infolist()} for each in (data, out)
    )
    for name, entry in old.items():
        assert (new[name].date_time, new[name].compress_type) == (entry.date_time, entry.compress_type)


def test_parts_that_do_not_change_need_not_be_readable(folder: Path) -> None:
    """An image with a wrong checksum or an unknown compression is copied as it is."""
    stream = io.BytesIO(FINDINGS)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("word/media/image1.png", b"picture" * 50, zipfile.ZIP_STORED)
    data = stream.getvalue().replace(b"picture", b"PICTURE", 1)
    annotated(data, folder)
    assert b"PICTURE" + b"picture" * 49 in (folder / "made.docx").read_bytes()


def test_standard_output_and_exit_code_stay(folder: Path) -> None:
    for name in ("draft.docx", "clean.docx", "."):
        expected = run("check", name, cwd=folder)
        result = run("check", name, "--annotate", str(folder.with_name(f"{folder.name}-out") / "x"), cwd=folder)
        assert (result.code, result.out) == (expected.code, expected.out)


def test_annotated_copy_has_the_findings_of_the_draft(folder: Path) -> None:
    annotated(FINDINGS, folder)
    before, after = (check_json([name], cwd=folder)["findings"] for name in ("given.docx", "made.docx"))
    assert json.dumps(after).replace("made.docx", "given.docx") == json.dumps(before)


def test_annotating_again_replaces_the_comments(folder: Path) -> None:
    once = annotated(FINDINGS, folder)
    assert comments(annotated(once, folder)) == comments(once)
    files_once = parts(once)
    files_once[DOCUMENT] = files_once[DOCUMENT].replace(b"> .<", b">.<")
    mended = packed(files_once)
    assert codes(comments(annotated(mended, folder))) == ["NUM001"]
    again = parts((folder / "made.docx").read_bytes())[DOCUMENT]
    assert again.count(b"commentReference") == again.count(b"commentRangeEnd") == 1


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def anchored(identifier: int, inner: str) -> str:
    """Return XML between the marks of a comment."""
    mark = f'w:id="{identifier}"/>'
    return f"<w:commentRangeStart {mark}{inner}<w:commentRangeEnd {mark}<w:r><w:commentReference {mark}</w:r>"


W14, W15 = (
    "http://schemas.microsoft.com/office/word/2010/wordml",
    "http://schemas.microsoft.com/office/word/2012/wordml",
)
CID = "http://schemas.microsoft.com/office/word/2016/wordml/cid"


def discussed(folder: Path) -> bytes:
    """Return an annotated draft after an editor answered its first comment, resolved the second and left the third."""
    name = "word/comments.xml"
    body = plain(MISSING, STOP, "5. The Committee thanked the secretariat .")
    found = parts(annotated(draft(body), folder))
    xml = found[name].decode().replace("<w:comments ", f'<w:comments xmlns:w14="{W14}" ')
    identifiers = iter(["0000000A", "0000000B", "0000000C"])
    xml = re.sub(
        r"<w:p>((?:(?!<w:p>).)*)</w:comment>",
        lambda last: f'<w:p w14:paraId="{next(identifiers)}">{last[1]}</w:comment>', xml,
    )  # fmt: skip
    answer = (
        '<w:comment w:id="77" w:author="Editor"><w:p w14:paraId="0000000D"><w:r><w:t>No.</w:t></w:r></w:p></w:comment>'
    )
    found[name] = xml.replace("</w:comments>", f"{answer}</w:comments>").encode()
    entries = "".join(
        f'<w15:commentEx w15:paraId="{key}" w15:done="{int(key[-1] == "B")}"'
        f"{' w15:paraIdParent=' + chr(34) + '0000000A' + chr(34) if key[-1] == 'D' else ''}/>"
        for key in ("0000000A", "0000000B", "0000000C", "0000000D")
    )
    found["word/commentsExtended.xml"] = f'<w15:commentsEx xmlns:w15="{W15}">{entries}</w15:commentsEx>'.encode()
    ids = "".join(f'<i:commentId i:paraId="0000000{key}" i:durableId="2000000{key}"/>' for key in "ABCD")
    found["word/commentsIds.xml"] = f'<i:commentsIds xmlns:i="{CID}">{ids}</i:commentsIds>'.encode()
    relations = "".join(
        f'<Relationship Id="x{kind}" Type="http://schemas.microsoft.com/office/2011/relationships/{kind}"'
        f' Target="{kind}.xml"/>'
        for kind in ("commentsExtended", "commentsIds")
    )
    rels = "word/_rels/document.xml.rels"
    found[rels] = found[rels].replace(b"</Relationships>", relations.encode() + b"</Relationships>")
    anchor = f"<w:p>{anchored(77, '')}</w:p></w:body>"
    found[DOCUMENT] = found[DOCUMENT].replace(b"</w:body>", anchor.encode())
    return packed(found)


def test_comments_that_somebody_answered_or_resolved_stay(folder: Path) -> None:
    data = discussed(folder)
    assert codes(comments(data)) == ["NUM001", "TYP001", "TYP001", "No."]
    out = annotated(data, folder, "--select", "SYM")
    assert codes(comments(out)) == ["NUM001", "TYP001", "No."]
    assert [comment.words for comment in comments(out)] == ["3.", " .", ""]
    files = parts(out)
    assert re.findall(rb'paraId="(\w+)"', files["word/commentsExtended.xml"]) == [b"0000000A", b"0000000B", b"0000000D"]
    assert re.findall(rb'durableId="(\w+)"', files["word/commentsIds.xml"]) == [b"2000000A", b"2000000B", b"2000000D"]


def test_comments_and_changes_of_others_keep_their_anchors(folder: Path) -> None:
    change = f'<w:ins w:id="1" w:author="B">{text("eral")}</w:ins>'
    body = paragraph(anchored(0, text("3. Sev")), change, text(" rose."))
    inner = f'<w:comment w:id="0" w:author="A">{plain("Sure?")}</w:comment>'
    found = comments(annotated(draft(body, parts={"comments": inner}), folder))
    assert found[0] == Comment("A", ("Sure?",), "3. Sev")
    assert (found[1].author, found[1].words) == ("reportlint", "3.")
    assert b'<w:ins w:id="1" w:author="B"><w:r>' in parts((folder / "made.docx").read_bytes())[DOCUMENT]


def test_number_of_comments_is_limited(folder: Path) -> None:
    body = plain(*(f"{number}. The Committee rose ." for number in range(2, 12)))
    with patch.object(annotation, "MOST_COMMENTS", 5):
        found = comments(annotated(draft(body), folder))
    assert len(found) == 5
    assert found[-1].paragraphs == ("There are 6 more findings; Word opens no file with more comments.",)


# -- files of other programs ------------------------------------------------------------------------------------------


def rewritten(change: Callable[[str], bytes], names: tuple[str, ...] = (DOCUMENT,), data: bytes = FINDINGS) -> bytes:
    return packed({name: change(xml.decode()) if name in names else xml for name, xml in parts(data).items()})


def with_prefix(prefix: str) -> Callable[[str], bytes]:
    return lambda xml: re.sub(r"(</?|\s)w:", rf"\1{prefix}:", xml).replace("xmlns:w=", f"xmlns:{prefix}=").encode()


def without_prefix(xml: str) -> bytes:
    return re.sub(r"(</?)w:", r"\1", xml).replace(f'xmlns:w="{W}"', f'xmlns="{W}"').encode()


UTF_16 = '<?xml version="1.0" encoding="UTF-16"?>'
OTHER_PROGRAMS: dict[str, bytes] = {
    "another prefix": rewritten(with_prefix("ns0")),
    "no prefix": rewritten(without_prefix),
    "UTF-16": rewritten(lambda xml: re.sub(r"<\?.*?\?>", UTF_16, xml).encode("utf-16")),
    "UTF-16 with the large end first": rewritten(
        lambda xml: b"\xfe\xff" + re.sub(r"<\?.*?\?>", UTF_16, xml).encode("utf-16-be")
    ),
    "Latin-1": rewritten(lambda xml: xml.replace("UTF-8", "ISO-8859-1").replace("Portugal", "Pérou").encode("latin-1")),
    "a byte order mark": rewritten(lambda xml: xml.encode("utf-8-sig")),
    "another prefix of relationships": rewritten(
        lambda xml: re.sub(r"(</?)Rel", r"\1p:Rel", xml).replace("xmlns=", "xmlns:p=").encode(),
        ("word/_rels/document.xml.rels",),
    ),
    "an empty comments part": draft(plain(MISSING, STOP), parts={"comments": ""}),
    "no relationships": packed(
        {name: xml for name, xml in parts(FINDINGS).items() if name != "word/_rels/document.xml.rels"}
    ),
    "one empty tag of relationships": rewritten(
        lambda xml: re.sub(r"></Relationships>", "/>", xml).encode(), ("word/_rels/document.xml.rels",)
    ),
    "comments named but missing": rewritten(
        lambda xml: xml.replace(
            "</Rel", f'<Relationship Id="c" Type="{R}/comments" Target="comments.xml"/></Rel'
        ).encode(),
        ("word/_rels/document.xml.rels",),
    ),
    "comments that nothing names": packed({**parts(FINDINGS), "word/comments.xml": b"<x/>"}),
    "the strict form": rewritten(
        lambda xml: xml.replace(W, "http://purl.oclc.org/ooxml/wordprocessingml/main").encode()
    ),
}  # fmt: skip


@pytest.mark.parametrize("program", OTHER_PROGRAMS)
def test_files_of_other_programs(program: str, folder: Path) -> None:
    data = OTHER_PROGRAMS[program]
    out = annotated(data, folder)
    findings = [check_json([name], cwd=folder)["findings"] for name in ("given.docx", "made.docx")]
    assert [finding["code"] for finding in findings[0]] == ["NUM001", "TYP001"]
    assert json.dumps(findings[1]).replace("made.docx", "given.docx") == json.dumps(findings[0])
    raw = parts(out)[DOCUMENT]
    encoding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1" if b"8859" in raw[:60] else "utf-8"
    xml = raw.decode(encoding).removeprefix("\ufeff")
    namespaces = r"http://schemas\.openxmlformats\.org/wordprocessingml/2006/main|http://purl\.oclc\.org/ooxml/wordprocessingml/main"
    same = re.sub(namespaces, W, re.sub(r"^<\?.*?\?>", "", xml))
    assert list(marked(same.encode()).values()) == ["3.", " ."]
    again = annotated(out, folder)
    assert parts(again) == parts(out) or list(parts(again)) == list(parts(out))
    name = next(name for name in reversed(parts(out)) if "comments" in name and parts(out)[name] != b"<x/>")
    assert parts(again)[name].count(b"comment ") == parts(out)[name].count(b"comment ") == 2


# -- OUT --------------------------------------------------------------------------------------------------------------


def refused(folder: Path, *arguments: str) -> Result:
    """Run a check that must end with 2 and one line, and write nothing; return its result."""
    before = files(folder)
    result = run("check", *arguments, cwd=folder)
    assert result.code == 2
    assert result.err.count("\n") == 1
    assert files(folder) == before
    return result


def test_several_word_files_go_into_a_folder(folder: Path) -> None:
    (folder / "old.doc").write_bytes(CLEAN)
    (folder / "macros.docm").write_bytes(CLEAN)
    result = run("check", ".", "--annotate", "new/out", cwd=folder)
    assert result.err.splitlines() == [
        "reportlint: new/out: 2 comments written",
        "reportlint: --annotate: 1 file is no Word file, and gets no comments: notes.md",
    ]
    assert {path.name for path in (folder / "new/out").iterdir()} == {
        "clean.docx", "draft.docx", "macros.docm", "old.docx",
    }  # fmt: skip
    assert (folder / "new/out/clean.docx").read_bytes() == CLEAN


@pytest.mark.parametrize("out", ["out.d/", "existing.d", "out"])
def test_name_of_a_folder(out: str, folder: Path) -> None:
    (folder / "existing.d").mkdir()
    assert run("check", "draft.docx", "--annotate", out, cwd=folder).code == 1
    assert (folder / out / "draft.docx").is_file()


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        ("out.pdf", "out.pdf is no Word file (.docx); end the name of a new folder with /"),
        ("plain", "plain is no Word file (.docx); end the name of a new folder with /"),
    ],
)
def test_name_of_neither_a_word_file_nor_a_folder(out: str, reason: str, folder: Path) -> None:
    (folder / "plain").write_text("mine")
    assert refused(folder, "draft.docx", "--annotate", out).err == f"reportlint: --annotate: {reason}\n"


def test_two_drafts_of_one_name_are_refused(folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other/Draft.doc").write_bytes(CLEAN)
    result = refused(folder, "draft.docx", "other/Draft.doc", "--annotate", "out")
    assert result.err == (
        "reportlint: --annotate: draft.docx and other/Draft.doc would both be written to "
        f"{os.path.join('out', 'Draft.docx')}\n"
    )


def test_one_file_for_several_drafts_is_refused(folder: Path) -> None:
    result = refused(folder, "draft.docx", "clean.docx", "--annotate", "out.docx")
    assert result.err == "reportlint: --annotate: out.docx is one file for 2 Word files; name a folder\n"


@pytest.mark.parametrize("way", ["name", "path", "link", "hard link", "folder", "linked folder"])
def test_out_that_is_the_input_is_refused(way: str, folder: Path) -> None:
    (folder / "sub").mkdir()
    out = {"path": "sub/../draft.docx", "folder": ".", "linked folder": "here"}.get(way, "other.docx")
    if way == "name":
        out = "draft.docx"
    elif way == "link":
        (folder / out).symlink_to("draft.docx")
    elif way == "hard link":
        (folder / out).hardlink_to(folder / "draft.docx")
    elif way == "linked folder":
        (folder / out).symlink_to(".")
    result = refused(folder, "draft.docx", "--annotate", out)
    assert "was not replaced: it is an input of this run" in result.err


@pytest.mark.parametrize("word", ["mine", "configuration", "other output"])
def test_files_that_are_never_replaced(word: str, folder: Path) -> None:
    if word == "mine":
        (folder / "out.docx").write_bytes(CLEAN)
        before = files(folder)
        result = run("check", "draft.docx", "--annotate", "out.docx", cwd=folder)
        assert result.err == (
            "reportlint: out.docx was not replaced: it holds no comment by reportlint; choose another name\n"
        )
        assert (result.code, result.out) == (2, run("check", "draft.docx", cwd=folder).out)
        assert files(folder) == before
    elif word == "configuration":
        (folder / "out.docx").write_text('stage = "draft"\n')
        result = refused(folder, "draft.docx", "--config", "out.docx", "--annotate", "out.docx")
        assert "was not replaced: it is a configuration file" in result.err
    else:
        result = refused(folder, "draft.docx", "--output-file", "html=out.docx", "--annotate", "out.docx")
        assert "out.docx is also the file of another output" in result.err


def test_out_is_replaced_if_it_holds_comments_by_reportlint_or_is_the_draft(folder: Path) -> None:
    arguments = ("check", "draft.docx", "--annotate", "out.docx")
    assert run(*arguments, cwd=folder).code == 1
    (folder / "draft.docx").write_bytes(CLEAN)
    for _ in range(2):  # the second time it is a copy of the draft
        assert run(*arguments, cwd=folder).code == 0
        assert (folder / "out.docx").read_bytes() == CLEAN
    (folder / "out.docx").write_bytes(b"")
    assert run(*arguments, cwd=folder).code == 0


@pytest.mark.parametrize("state", ["clean", "unknown language", "not a UN document", "empty"])
def test_draft_without_findings_or_not_checked_is_copied_byte_for_byte(state: str, folder: Path) -> None:
    data = {
        "clean": CLEAN,
        "unknown language": word_file(plain("1. Комитет провёл свою сессию в Женеве.", "2. Комитет принял доклад.")),
        "not a UN document": word_file(plain("A program", "How to install it, and how to use it with other tools.")),
        "empty": word_file("<w:p/>"),
    }[state]
    assert annotated(data, folder) == data


def test_unreadable_file_gets_no_copy_and_the_others_do(folder: Path) -> None:
    (folder / "damaged.docx").write_bytes(FINDINGS[:400])
    expected = run("check", "damaged.docx", "draft.docx", cwd=folder)
    result = run("check", "damaged.docx", "draft.docx", "--annotate", "out", cwd=folder)
    assert (result.code, result.out) == (expected.code, expected.out)
    assert [path.name for path in (folder / "out").iterdir()] == ["draft.docx"]


def test_file_that_is_no_word_file(folder: Path) -> None:
    result = refused(folder, "notes.md", "--annotate", "out.docx")
    assert result.err == "reportlint: --annotate: out.docx was not written: no Word file was checked (notes.md)\n"
    result = run("check", "notes.md", "draft.docx", "--annotate", "out.docx", cwd=folder)
    assert "1 file is no Word file, and gets no comments: notes.md" in result.err
    assert len(comments((folder / "out.docx").read_bytes())) == 2


def test_standard_input(folder: Path) -> None:
    result = run("check", "-", "--annotate", "out.docx", cwd=folder, stdin=FINDINGS)
    assert (result.code, len(comments((folder / "out.docx").read_bytes()))) == (1, 2)
    result = run("check", "-", "--annotate", "out", cwd=folder, stdin=FINDINGS)
    assert result.err == ("reportlint: --annotate: standard input has no name; name a file, or use --stdin-filename\n")
    result = run("check", "-", "--stdin-filename", "my.docx", "--annotate", "out", cwd=folder, stdin=FINDINGS)
    assert len(comments((folder / "out/my.docx").read_bytes())) == 2


def test_out_that_is_open_in_word(folder: Path) -> None:
    (folder / "out.docx").write_bytes(FINDINGS)
    with patch("reportlint.files.os.replace", side_effect=PermissionError(13, "Permission denied")):
        result = run("check", "draft.docx", "--annotate", "out.docx", "--no-cache", cwd=folder)
    assert result.err == "reportlint: out.docx cannot be written: Permission denied (is it open in Word?)\n"
    assert (result.code, result.out) == (2, run("check", "draft.docx", cwd=folder).out)
    assert (folder / "out.docx").read_bytes() == FINDINGS
    assert not [name for name in files(folder) if "tmp" in name]


def test_draft_that_is_open_in_word(folder: Path) -> None:
    with patch("reportlint.runner.file_reading.os.open", side_effect=PermissionError(13, "Permission denied")):
        result = run("check", "draft.docx", "--annotate", "out", cwd=folder)
    assert result.code == 2
    assert "Permission denied" in result.out
    assert not (folder / "out").exists()


def test_each_part_of_a_report_gets_its_own_comments(folder: Path) -> None:
    (folder / "one.docx").write_bytes(FINDINGS)
    (folder / "two.docx").write_bytes(word_file(plain("5. The delegation of Portugal spoke .", "8. It left.")))
    (folder / "three.md").write_text("9. The Committee rose .\n", encoding="utf-8")
    (folder / "reportlint.toml").write_text('[report]\nparts = ["one.docx", "two.docx", "three.md"]\n')
    result = run("check", "one.docx", "two.docx", "three.md", "--annotate", "out", cwd=folder)
    found = {name: comments((folder / "out" / name).read_bytes()) for name in ("one.docx", "two.docx")}
    assert [comment.words for comment in found["one.docx"]] == ["3.", " ."]
    assert [comment.words for comment in found["two.docx"]] == [" .", "8."]
    assert result.err.splitlines()[0] == f"reportlint: out: {sum(map(len, found.values()))} comments written"


def test_part_of_a_report_that_cannot_be_checked_is_copied(folder: Path) -> None:
    (folder / "reportlint.toml").write_text('[report]\nparts = ["draft.docx", "two.docx"]\n')
    (folder / "two.docx").write_bytes(b"")
    result = run("check", "draft.docx", "two.docx", "--annotate", "out", cwd=folder)
    assert result.code == 2
    assert (folder / "out/draft.docx").read_bytes() == FINDINGS


def test_the_cache_changes_nothing(folder: Path) -> None:
    for name in ("first.docx", "second.docx"):
        run("check", "draft.docx", "--annotate", name, "--cache-dir", "cache", cwd=folder)
    assert (folder / "first.docx").read_bytes() == (folder / "second.docx").read_bytes()


@pytest.mark.parametrize("name", ["word/comments.xml", "word/commentsIds.xml", "[Content_Types].xml"])
def test_damaged_part_is_named_and_nothing_is_written(name: str, folder: Path) -> None:
    damaged = {**parts(discussed(folder)), name: b"<a"}
    if name == "[Content_Types].xml":  # which changes only with the first comment
        damaged = {**parts(FINDINGS), name: b"<a"}
    (folder / "given.docx").write_bytes(packed(damaged))
    expected = run("check", "given.docx", cwd=folder)
    result = run("check", "given.docx", "--annotate", "out.docx", cwd=folder)
    assert (result.code, result.out) == (2, expected.out)
    assert result.err == f"reportlint: out.docx was not written: {name} is damaged (line 1)\n"
    assert not (folder / "out.docx").exists()


def test_copy_has_the_suffix_of_its_draft(folder: Path) -> None:
    before = files(folder)
    result = run("check", "draft.docx", "--annotate", "out.docm", cwd=folder)
    assert (result.code, result.out) == (2, "")
    assert "its name must end in .docx" in result.err
    assert files(folder) == before


def test_numbers_of_comments_are_not_those_of_notes(folder: Path) -> None:
    mark = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    notes = f'<w:footnote w:id="7">{plain("See the report.")}</w:footnote>'
    body = paragraph(text("2. The Committee rose ."), mark)
    made = annotated(draft(body, parts={"footnotes": notes}), folder)
    assert re.findall(rb'comment [^>]*w:id="(\d+)"', parts(made)["word/comments.xml"]) == [b"8"]


def test_words_that_cannot_hold_a_comment_are_named_though_the_paragraph_holds_it(folder: Path) -> None:
    ruby = f"<w:r><w:ruby><w:rubyBase>{text('Burma')}</w:rubyBase></w:ruby></w:r>"
    made = annotated(draft(paragraph(text("2. It thanked "), ruby, text("."))), folder, "--select", "CTY001")
    (comment,) = comments(made)
    assert comment.paragraphs[-1].startswith("The words “Burma” cannot hold a comment")


@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="this system does not name standard input")
def test_draft_that_is_redirected_to_standard_input_is_not_replaced(folder: Path) -> None:
    with (folder / "draft.docx").open("rb") as stream:
        command = [sys.executable, "-m", "reportlint", "check", "-", "--annotate", "draft.docx"]
        done = subprocess.run(command, cwd=folder, stdin=stream, capture_output=True, check=False)
    assert done.returncode == 2
    assert b"it is an input of this run" in done.stderr
    assert (folder / "draft.docx").read_bytes() == FINDINGS
