"""Notes: their numbers, marks and texts."""

from __future__ import annotations

import pytest
from word_files import cell, paragraph, run, table, word_file

from reportlint.document import Block, BlockKind, MarkKind
from reportlint.readers.word_blocks import read_word_document
from reportlint.word import read_view, read_word

RAISED = '<w:vertAlign w:val="superscript"/>'
BREAK = "<w:sectPr/>"


def mark(identifier: int, kind: str = "footnote", properties: str = "") -> str:
    return f'<w:r><w:rPr>{RAISED}</w:rPr><w:{kind}Reference w:id="{identifier}"{properties}/></w:r>'


def note(identifier: int, text: str, kind: str = "footnote") -> str:
    return f'<w:{kind} w:id="{identifier}">{paragraph(f"<w:r><w:{kind}Ref/></w:r>", run(text))}</w:{kind}>'


def notes(count: int, kind: str = "footnote") -> str:
    return "".join(note(number, f"note {number}", kind) for number in range(1, count + 1))


def section(properties: str = "") -> str:
    return f"<w:sectPr>{properties}</w:sectPr>"


def settings(kind: str, **given: str) -> str:
    inner = "".join(f'<w:{name} w:val="{value}"/>' for name, value in given.items())
    return f"<w:{kind}Pr>{inner}</w:{kind}Pr>"


FOUR = (
    paragraph(run("a"), mark(1), run("b"), mark(2), properties=section())
    + paragraph(run("c"), mark(3))
    + paragraph(run("d"), mark(4))
    + section()
)
RESTARTED = settings("footnote", numRestart="eachSect")
NUMBERS = {
    "through": (FOUR, "", ["1", "2", "3", "4"]),
    "anew in each section": (FOUR, RESTARTED, ["1", "2", "1", "2"]),
    "letters": (FOUR, settings("footnote", numFmt="lowerLetter"), ["a", "b", "c", "d"]),
    "from 7": (FOUR, settings("footnote", numStart="7"), ["7", "8", "9", "10"]),
    "symbols": (FOUR, settings("footnote", numFmt="chicago"), ["*", "†", "‡", "§"]),
    "letters in the second section": (
        FOUR.removesuffix(section()) + section(settings("footnote", numFmt="lowerLetter", numRestart="eachSect")),
        "",
        ["1", "2", "a", "b"],
    ),
    "deleted": (
        paragraph(mark(1), f'<w:del w:id="9">{mark(2)}</w:del>', run("struck", "<w:strike/>"), mark(3)),
        "",
        ["1", "2"],
    ),
    "custom": (
        paragraph(mark(1), mark(2, properties=' w:customMarkFollows="1"'), run("*"), mark(3)),
        "",
        ["1", "*", "2"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers(name: str) -> None:
    body, given, numbers = NUMBERS[name]
    view = read_view(word_file(body, {"footnotes": notes(4), "settings": given}))
    assert [line.split("\t")[0] for line in view.text.splitlines() if "note" in line] == numbers


def test_footnotes_and_endnotes_are_numbered_apart() -> None:
    body = paragraph(run("a"), mark(1), mark(1, "endnote"), run("b"), mark(2), mark(2, "endnote"))
    parts = {"footnotes": notes(2), "endnotes": notes(2, "endnote")}
    assert read_view(word_file(body, parts)).text.splitlines() == [
        "a[^1][^i]b[^2][^ii]", "1\tnote 1", "i\tnote 1", "2\tnote 2", "ii\tnote 2",
    ]  # fmt: skip


def blocks(body: str, **parts: str) -> tuple[Block, ...]:
    return read_word_document(read_word(word_file(body, parts), "draft.docx")).blocks


def test_marks_are_no_text() -> None:
    text, *others = blocks(paragraph(run("1.\tThe lamps"), mark(1), run(" shone.")), footnotes=notes(1))
    assert text.text == "The lamps shone."
    assert [(each.kind, each.value) for each in text.marks] == [(MarkKind.FOOTNOTE, "1")]
    assert [(each.kind, each.text) for each in others] == [(BlockKind.FOOTNOTE, "note 1")]


@pytest.mark.parametrize(
    ("word", "raised", "text", "kinds"),
    [
        ("speed in m/s", "2", "speed in m/s2", [MarkKind.SUPERSCRIPT]),
        ("the 4", "th", "the 4th", [MarkKind.SUPERSCRIPT]),
        ("The lamps.", "3", "The lamps.", [MarkKind.FOOTNOTE]),
    ],
)
def test_raised_text(word: str, raised: str, text: str, kinds: list[MarkKind]) -> None:
    (block,) = blocks(paragraph(run(word), run(raised, RAISED)))
    assert block.text == text
    assert [each.kind for each in block.marks] == kinds


def test_raised_letters_in_tables_are_marks() -> None:
    row = cell(paragraph(run("Fiji"), run("a", RAISED))) + cell(paragraph(run("12"), run("b", RAISED)))
    (block,) = blocks(table(row))
    assert block.text == "Fiji\t12"


def test_asterisks_in_frames_are_notes() -> None:
    frame = '<w:framePr w:w="9000" w:wrap="around" w:vAnchor="page" w:hAnchor="page"/>'
    body = paragraph(run("Agenda*", "<w:b/>")) + paragraph(
        run("*"), "<w:r><w:tab/></w:r>", run("A/1."), properties=frame
    )
    assert [each.kind for each in blocks(body)][-1] is BlockKind.FOOTNOTE


def test_a_note_with_a_mark_of_itself_is_read_once() -> None:
    inner = paragraph(run("see"), mark(1), mark(2))
    footnotes = f'<w:footnote w:id="1">{inner}</w:footnote>' + note(2, "note 2")
    view = read_view(word_file(paragraph(run("a"), mark(1)), {"footnotes": footnotes}))
    assert view.text.splitlines() == ["a[^1]", "1\tsee[^2][^3]", "3\tnote 2"]
