"""The text view of Word files: what Word shows, with automatic numbers, notes, headers and changes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from word_files import levels, numbered, paragraph, run, word_file

from reportlint.cli.main import main
from reportlint.document import Span
from reportlint.errors import UnreadableInput
from reportlint.word import EntryPlace, read_view
from reportlint.word.story import ORIGINAL

LISTS = (
    f'<w:abstractNum w:abstractNumId="0">{levels(("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))}'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


def lines(body: str, **parts: str) -> list[str]:
    return read_view(word_file(body, parts)).text.splitlines()


def test_automatic_numbers_are_those_that_word_prints() -> None:
    body = numbered("One") + numbered("a", level=1) + numbered("i", level=2) + numbered("b", level=1) + numbered("Two")
    assert lines(body, numbering=LISTS) == ["1.\tOne", "(a)\ta", "(i)\ti", "(b)\tb", "2.\tTwo"]


def test_a_start_override_begins_anew_once() -> None:
    body = numbered("One") + numbered("Seven", 2) + numbered("Eight", 2) + numbered("Nine")
    assert lines(body, numbering=LISTS) == ["1.\tOne", "7.\tSeven", "8.\tEight", "9.\tNine"]


def test_number_zero_ends_the_numbers() -> None:
    assert lines(numbered("Plain", 0) + numbered("One"), numbering=LISTS) == ["Plain", "1.\tOne"]


@pytest.mark.parametrize(
    ("format", "printed"),
    [("upperRoman", ["I.", "II."]), ("decimalZero", ["01.", "02."]), ("upperLetter", ["A.", "B."])],
)
def test_formats_of_numbers(format: str, printed: list[str]) -> None:
    lists = f'<w:abstractNum w:abstractNumId="0">{levels((format, "%1."))}</w:abstractNum>'
    lists += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    assert [line.split("\t")[0] for line in lines(numbered("a") + numbered("b"), numbering=lists)] == printed


def test_a_style_gives_number_and_level() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="P"><w:name w:val="Para"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/><w:basedOn w:val="P"/></w:style>'
    )
    body = paragraph(run("Text"), properties='<w:pStyle w:val="P"/>')
    body += paragraph(run("Title"), properties='<w:pStyle w:val="H"/>')
    view = read_view(word_file(body, {"styles": styles, "numbering": LISTS}))
    assert view.text.splitlines() == ["1.\tText", "2.\tTitle"]
    assert [entry.level for entry in view.entries] == [None, 2]


def test_runs_fields_and_signs_are_joined() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("7") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = paragraph(run("12 Ju"), run("ly "), "<w:r><w:noBreakHyphen/><w:softHyphen/><w:tab/></w:r>", field)
    assert lines(body) == ["12 July -\t7"]


def test_variables_hidden_text_and_fallbacks_are_not_read() -> None:
    variable = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DOCVARIABLE "x"</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("X1") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    choice = f"<mc:AlternateContent><mc:Choice>{run('yes')}</mc:Choice><mc:Fallback>{run('no')}</mc:Fallback>"
    body = paragraph(variable, run("hidden", "<w:vanish/>"), choice + "</mc:AlternateContent>")
    assert lines(body) == ["yes"]


CHANGED = (
    paragraph(
        run("Annex "), run("3", "<w:strike/>"), f'<w:ins w:id="1">{run("2")}</w:ins>',
        '<w:del w:id="2"><w:r><w:delText>9</w:delText></w:r></w:del>',
    )
    + paragraph(run("Joined "), properties='<w:rPr><w:del w:id="3"/></w:rPr>')
    + numbered("one")
    + numbered("two")
)  # fmt: skip


def test_changes_are_read_as_accepted_or_as_before() -> None:
    data = word_file(CHANGED, {"numbering": LISTS})
    view = read_view(data)
    assert (view.text.splitlines(), view.struck) == (["Annex 2", "1.\tJoined one", "2.\ttwo"], 1)
    assert read_view(data, ORIGINAL).text.splitlines() == ["Annex 39", "Joined ", "1.\tone", "2.\ttwo"]


def test_notes_headers_boxes_and_tables() -> None:
    note = '<w:r><w:footnoteReference w:id="5"/></w:r>'
    box = f"<w:r><w:pict><w:txbxContent>{paragraph(run('Box'))}</w:txbxContent></w:pict></w:r>"
    table = f"<w:tbl><w:tr><w:tc>{paragraph(run('A'))}</w:tc><w:tc>{paragraph(run('B'))}</w:tc></w:tr></w:tbl>"
    section = (
        '<w:sectPr><w:headerReference w:type="first" r:id="header1"/>'
        '<w:headerReference w:type="default" r:id="header2"/><w:titlePg/></w:sectPr>'
    )
    notes = f'<w:footnote w:type="separator" w:id="0">{paragraph()}</w:footnote>'
    notes += f'<w:footnote w:id="5">{paragraph(run("See A/1."))}</w:footnote>'
    body = paragraph(run("Text"), note, box) + table + section
    headers = {"header1": paragraph(run("A/78/1")), "header2": paragraph(run("A/77/1"))}
    view = read_view(word_file(body, {"footnotes": notes, **headers}))
    assert view.text.splitlines() == ["A/78/1", "Text[^1]", "Box", "A", "B", "1\tSee A/1.", "A/77/1"]
    assert [entry.place for entry in view.entries] == [
        EntryPlace.FIRST_HEADER, EntryPlace.BODY, EntryPlace.BOX, EntryPlace.ROW, EntryPlace.NOTE, EntryPlace.HEADER,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04broken", "a damaged Word file"),
        (word_file(paragraph())[:300], "a damaged Word file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a Word file of the old binary format; save it as .docx"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (word_file("<w:p>" * 300 + "</w:p>" * 300), "a Word file with elements nested too deeply"),
        (word_file("<w:p>"), "word/document.xml is damaged (line 2)"),
    ],
)
def test_what_cannot_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput) as raised:
        read_view(data)
    assert str(raised.value.message) == reason


def test_a_document_type_declaration_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word_file(paragraph(run("x"))))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            declared = b'<!DOCTYPE x [<!ENTITY a "b">]><w:document'
            new.writestr(name, old.read(name).replace(b"<w:document", declared, 1))
    with pytest.raises(UnreadableInput, match="damaged"):
        read_view(out.getvalue())


def test_text_view_of_a_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    struck = run("old ", "<w:strike/>")
    body = numbered("The Committee met.") + paragraph(struck, run("Annex 2"))
    file = tmp_path / "a.docx"
    file.write_bytes(word_file(body, {"numbering": LISTS}))
    assert main(["outline", "--text", str(file)]) == 0
    assert capsys.readouterr().out == "1\t1.\tThe Committee met.\n2\tAnnex 2\n"
    assert main(["outline", "--text", "--tracked-changes", "original", str(file)]) == 0
    assert capsys.readouterr().out == "1\t1.\tThe Committee met.\n2\told Annex 2\n"
    main(["check", "--no-cache", str(file)])
    assert "1 passage that is struck through was read as deleted" in capsys.readouterr().err


def test_raised_text_may_be_cut_by_the_border_of_a_run() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    whole = read_view(word_file(paragraph(run("Text"), run(" 12, ", raised), run("more"))))
    cut = read_view(word_file(paragraph(run("Text"), *(run(char, raised) for char in " 12, "), run("more"))))
    assert cut.entries == whole.entries
    assert [each.span for each in cut.entries[0].raised] == [Span(4, 9)]
