"""Annotated copies of real Word files and of the examples: nothing is lost, and other programs read the comments."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path

import docx
import pytest
from drafts import CORPUS, EXAMPLES, corpus_file, rules_for
from ooxml_integrity import INFO
from ooxml_integrity import check as check_integrity
from ooxml_integrity import compare as compare_integrity
from pypdf import PdfReader
from word_comments import comments, parts, without_insertions

from reportlint.cli.main import main
from reportlint.document import Position
from reportlint.finding import Finding
from reportlint.report import FileReport
from reportlint.runner.plan import SameRules
from reportlint.runner.run import check_paths
from reportlint.word import WordSource

STAGE = "publication"
# The Word files of the corpus without those of set B, which nobody looks at while working on the rules.
NAMES = (
    "a-80-6-sect-36.en.docx", "a-80-6-sect3-add6.en.docx", "a-80-604-add1.en.docx", "a-hrc-upr34-thematic.en.docx",
    "ece-cefact-2018-1.en.docx", "ece-cefact-2019-9.en.docx", "fccc-cma-2021.en.docx", "fccc-sbsta-art6.en.docx",
    "itu-e119.ar.docx", "itu-e119.en.docx", "itu-e119.es.docx", "itu-e119.fr.docx", "itu-e119.ru.docx",
    "upr-advance-questions.en.doc",
)  # fmt: skip
FILES = [*NAMES, *(path.relative_to(EXAMPLES).as_posix() for path in sorted(EXAMPLES.rglob("*.docx")))]
DOCUMENT = "word/document.xml"
MAY_CHANGE = {DOCUMENT, "[Content_Types].xml", "word/_rels/document.xml.rels"}
ELSEWHERE = re.compile(r"^The words .*cannot hold a comment")
NOT_IN_TEXT = re.compile(r"\[\^[^\]]*\]|[\s\u2011-]")  # marks of notes; tabs, line breaks and hyphens may be elements


def path_of(name: str) -> Path:
    return corpus_file(name) if name in NAMES else EXAMPLES / name


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the annotated copies."""
    folder = tmp_path_factory.mktemp("out")
    for name in FILES:
        annotate(path_of(name), folder / Path(name).with_suffix(".docx"))
    return folder


def annotate(path: Path, out: Path) -> str:
    """Write an annotated copy, and return what the command prints."""
    shown = StringIO()
    with chdir(path.parent), redirect_stdout(shown), redirect_stderr(StringIO()):
        assert main(["check", path.name, "--stage", STAGE, "--allow-unchecked", "--annotate", str(out)]) in (0, 1)
    return shown.getvalue()


@cache
def report(path: Path) -> FileReport:
    (file,) = check_paths([str(path)], SameRules(rules_for(STAGE))).files
    return file


@pytest.mark.parametrize("name", FILES)
def test_only_insertions_and_comments_change(name: str, out: Path) -> None:
    before, after = (parts(path.read_bytes()) for path in (path_of(name), (out / name).with_suffix(".docx")))
    assert [part for part in after if part in before] == list(before)
    changed = {part for part in after if after[part] != before.get(part)}
    assert {part for part in changed if "comments" not in part} <= MAY_CHANGE
    assert without_insertions(after[DOCUMENT], before[DOCUMENT]) == before[DOCUMENT]


@pytest.mark.parametrize("name", FILES)
def test_comments_stand_at_the_words_of_the_findings(name: str, out: Path) -> None:
    made = (out / name).with_suffix(".docx").read_bytes()
    earlier = comments(path_of(name).read_bytes())
    found = comments(made)
    assert found[: len(earlier)] == earlier
    checked = report(path_of(name))
    assert {comment.author for comment in found[len(earlier) :]} <= {"reportlint"}
    for comment, finding in zip(found[len(earlier) :], checked.shown, strict=True):
        assert comment.paragraphs[0] == f"{finding.code}: {finding.message}"
        assert comment.words is not None
        if not ELSEWHERE.match(comment.paragraphs[-1]):
            words = expected(finding, checked)
            assert NOT_IN_TEXT.sub("", comment.words) == NOT_IN_TEXT.sub("", words), finding.place


def expected(finding: Finding, checked: FileReport) -> str:
    """Return the words of a finding; for an automatic number or letter, the first words of its paragraph."""
    source, place = checked.source, finding.place
    assert isinstance(source, WordSource)
    start = source.original_offset(Position(place.line, place.column))
    end = source.original_offset(Position(place.end_line, place.end_column))
    for entry in source.view.entries:
        if entry.label and entry.label.start <= start and end <= entry.label.end + 1 and entry.lines:
            return " ".join(source.original[slice(*entry.lines[0])].split()[:3])
    return source.original[start:end]


@pytest.mark.parametrize("name", FILES)
def test_copy_has_the_findings_of_the_draft(name: str, out: Path) -> None:
    before, after = (report(path) for path in (path_of(name), (out / name).with_suffix(".docx")))
    assert [outline(finding) for finding in after.findings] == [outline(finding) for finding in before.findings]
    assert (after.state, after.struck, after.identity) == (before.state, before.struck, before.identity)


def outline(finding: Finding) -> tuple[object, ...]:
    places = [place._replace(path="") for place in (finding.place, *finding.related)]
    return finding.code, finding.message, finding.fingerprint, places


@pytest.mark.parametrize("name", FILES)
def test_annotating_a_copy_changes_no_comment(name: str, out: Path, tmp_path: Path) -> None:
    copy = (out / name).with_suffix(".docx")
    annotate(copy, tmp_path / "again.docx")
    assert sorted(map(str, comments((tmp_path / "again.docx").read_bytes()))) == sorted(
        map(str, comments(copy.read_bytes()))
    )


@pytest.mark.parametrize("name", FILES)
def test_other_programs_read_the_same_comments(name: str, out: Path) -> None:
    copy = (out / name).with_suffix(".docx")
    read = [
        (comment.author, tuple(paragraph.text for paragraph in comment.paragraphs))
        for comment in docx.Document(str(copy)).comments
    ]
    assert read == [(comment.author, comment.paragraphs) for comment in comments(copy.read_bytes())]


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_lost(name: str, out: Path, tmp_path: Path) -> None:
    original, copy = tmp_path / "original.docx", (out / name).with_suffix(".docx")
    shutil.copy(path_of(name), original)
    known = {(found.code, found.message) for found in check_integrity(original)}
    new = [found for found in check_integrity(copy) if (found.code, found.message) not in known]
    assert [found for found in (*new, *compare_integrity(original, copy)) if found.severity != INFO] == []


Converter = Callable[[str, list[Path], Path], None]


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Converter:
    """A function that has LibreOffice write files in a format to a folder."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    home = f"-env:UserInstallation={tmp_path_factory.mktemp('home').as_uri()}"

    def run(format: str, files: list[Path], folder: Path) -> None:
        command = [program, home, "--headless", "--convert-to", format, "--outdir", str(folder), *map(str, files)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)

    return run


@pytest.fixture(scope="module")
def printed(out: Path, convert: Converter, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the copies as PDF, in which LibreOffice writes each comment as a note."""
    folder = tmp_path_factory.mktemp("pdf")
    convert(
        'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}', list(out.rglob("*.docx")), folder
    )
    return folder


@pytest.mark.parametrize("name", FILES)
def test_pdf_has_a_note_for_each_comment(name: str, out: Path, printed: Path) -> None:
    copy = (out / name).with_suffix(".docx")
    notes = list(notes_of(printed / copy.with_suffix(".pdf").name))
    shown = [comment for comment in comments(copy.read_bytes()) if comment.author == "reportlint"]
    assert sum("reportlint" in author for author in notes) == len(shown)


def test_copy_that_libreoffice_has_saved(out: Path, convert: Converter, tmp_path: Path) -> None:
    convert("docx:MS Word 2007 XML", [out / "ece-cefact-2018-1.en.docx"], tmp_path)
    saved, again = tmp_path / "ece-cefact-2018-1.en.docx", tmp_path / "again.docx"
    earlier = comments(saved.read_bytes())
    assert len(earlier) == len(report(out / saved.name).shown)
    annotate(saved, again)
    found = comments(again.read_bytes())
    assert [comment.paragraphs[0] for comment in found] == [
        f"{finding.code}: {finding.message}" for finding in report(saved).shown
    ]
    assert all(comment.words for comment in found)


def notes_of(path: Path) -> Iterator[str]:
    """Yield the author of each note in a PDF."""
    for page in PdfReader(path).pages:
        for annotation in page.get("/Annots") or ():
            note = annotation.get_object()
            if note["/Subtype"] == "/Text":
                yield str(note.get("/T", ""))


def test_names_are_all_word_files_of_the_corpus_but_set_b() -> None:
    corpus_file(NAMES[0])
    others = {path.name for path in CORPUS.iterdir() if path.suffix in (".docx", ".doc")} - {*NAMES}
    assert len(others) == 2
