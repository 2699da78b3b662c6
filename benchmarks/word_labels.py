"""Compare the automatic labels of Word files with those that LibreOffice prints.

Run it from the project root; ``soffice`` must be on ``PATH``::

    python benchmarks/word_labels.py                   # the Word files of the examples and of the real documents
    python benchmarks/word_labels.py DRAFT.docx …
    python benchmarks/word_labels.py --all DRAFT.docx  # every difference, not only the first of each kind

LibreOffice accepts the tracked changes of each file and converts it to text, in which labels are characters. The
paragraphs of its text and of the text view are aligned by their words. A paragraph counts if either of the two prints a
number or a letter before it; bullets are not compared. The last lines are the share of these paragraphs whose labels
are equal, and the number of differences of each kind.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reportlint.word import EntryPlace, View, read_view  # noqa: E402
from reportlint.word.list_labels import Numbering, read_numbering  # noqa: E402
from reportlint.word.package import open_package  # noqa: E402
from reportlint.word.styles import read_styles  # noqa: E402

_FOLDERS = (ROOT / "examples", ROOT.parent / "shared" / "corpus")
# Kept apart until the end of the work on Word files, to judge it by documents that nobody has looked at.
KEPT_APART = frozenset({"a-81-6-sect13.en.docx", "ece-wp29-adas-37-02.en.docx"})
_SUFFIXES = (".docx", ".doc", ".docm", ".dotx")
_SECONDS = 300  # for one file
_LONGEST_LABEL = 24
_WORDS = 30  # characters by which a paragraph is known
_MARK = re.compile(r"\[\^(\w+|[*†‡§]+)\]")
_NOT_COMPARED = re.compile(r"[\s\u00ad\u200b-\u200f\ufeff\ufffc]+")
_HAS_SIGN = re.compile(r"[^\W_]")

_DOCTYPE = '<!DOCTYPE {0}:{1} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{1}.dtd">'
_LIBRARY = f"""<?xml version="1.0" encoding="UTF-8"?>
{_DOCTYPE.format("library", "library")}
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false">
<library:element library:name="Labels"/></library:library>
"""
_MACRO = f"""<?xml version="1.0" encoding="UTF-8"?>
{_DOCTYPE.format("script", "module")}
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Labels" script:language="StarBasic">
{{code}}</script:module>
"""
# Without the tracked changes, which LibreOffice numbers too as long as they are not accepted.
_BASIC = """
Sub Convert(folder As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden"
  hidden(0).Value = True
  Dim format(1) As New com.sun.star.beans.PropertyValue
  format(0).Name = "FilterName"
  format(0).Value = "Text (encoded)"
  format(1).Name = "FilterOptions"
  format(1).Value = "UTF8,LF"
  helper = createUnoService("com.sun.star.frame.DispatchHelper")
  file = Dir(folder & "/*.docx")
  Do While file <> ""
    url = ConvertToURL(folder & "/" & file)
    draft = StarDesktop.loadComponentFromURL(url, "_blank", 0, hidden())
    helper.executeDispatch(draft.CurrentController.Frame, ".uno:AcceptAllTrackedChanges", "", 0, Array())
    draft.storeToURL(url & ".txt", format())
    draft.close(True)
    file = Dir()
  Loop
  StarDesktop.terminate()
End Sub
"""


class Labelled(NamedTuple):
    """A line: its automatic label, "" without one, and its text without what is not compared."""

    label: str
    text: str
    listed: tuple[int, int] | None = None  # list and level


class Difference(NamedTuple):
    """A paragraph whose labels differ."""

    ours: str
    printed: str
    text: str
    listed: tuple[int, int] | None = None

    def kind(self, numbering: Numbering) -> str:
        """Return the kind, with the paragraph of ECMA-376 that the list uses and LibreOffice does not follow."""
        if not self.ours:
            return "only LibreOffice prints a label"
        if not self.printed:
            return "only the text view has a label"
        used = numbering.lists.get(self.listed[0]) if self.listed else None
        if used is None:
            return "two labels"
        levels = used.levels.values()
        if any(other.starts for other in numbering.lists.values() if other.abstract == used.abstract):
            return "two labels: first value of a list (17.9.26)"
        if any(level.restart is not None for level in levels):
            return "two labels: levels that begin again (17.9.10)"
        return "two labels: figures (17.9.4)" if any(level.is_legal for level in levels) else "two labels"


@dataclass
class Comparison:
    """What the two say about a file. ``missing`` are paragraphs of the view that LibreOffice does not print."""

    equal: int = 0
    differences: list[Difference] = field(default_factory=list)
    missing: list[Labelled] = field(default_factory=list)

    def add(self, ours: Labelled, label: str) -> None:
        """Compare a paragraph with the label that LibreOffice printed before it."""
        label = label if _HAS_SIGN.search(label) else ""
        if label == ours.label:
            self.equal += bool(label)
        else:
            self.differences.append(Difference(ours.label, label, ours.text, ours.listed))

    @property
    def compared(self) -> int:
        return self.equal + len(self.differences)

    @property
    def share(self) -> float:
        return self.equal / self.compared if self.compared else 1.0


def converted(files: Sequence[Path], folder: Path) -> dict[Path, str]:
    """Return the text that LibreOffice makes of each file.

    Raises:
        RuntimeError: LibreOffice is not installed, or wrote nothing.
    """
    program = shutil.which("soffice")
    if program is None:
        raise RuntimeError("soffice is not on PATH: install libreoffice-writer-nogui")
    drafts, profile = folder / "drafts", folder / "profile"
    drafts.mkdir()
    copies = [drafts / f"{number}.docx" for number in range(len(files))]
    for file, copy in zip(files, copies, strict=True):
        shutil.copyfile(file, copy)
    office = (program, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}")
    # The first start makes the profile and would write over a macro.
    subprocess.run((*office, "--terminate_after_init"), capture_output=True, timeout=_SECONDS, check=False)
    macros = profile / "user" / "basic" / "Standard"
    macros.mkdir(parents=True, exist_ok=True)
    (macros / "script.xlb").write_text(_LIBRARY, encoding="utf-8")
    (macros / "Labels.xba").write_text(_MACRO.format(code=escape(_BASIC)), encoding="utf-8")
    command = (*office, f'macro:///Standard.Labels.Convert("{drafts}")')
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS * len(files), check=False)
    texts: dict[Path, str] = {}
    for file, copy in zip(files, copies, strict=True):
        out = copy.with_name(f"{copy.name}.txt")
        if not out.exists():
            raise RuntimeError(f"{file.name}: soffice wrote nothing: {done.stdout}{done.stderr}")
        texts[file] = out.read_text(encoding="utf-8-sig")
    return texts


def compare(view: View, printed: str) -> Comparison:
    """Compare the labels of a view with the text that LibreOffice printed."""
    result = Comparison()
    ours = list(_labelled(view))
    lines = [_bare(line) for line in printed.split("\n")]
    ends = [*_anchors(ours, lines), (len(ours), len(lines))]
    start = next_line = 0
    for anchor, line in ends:
        for each in ours[start:anchor]:
            found = _aligned(each, lines, range(next_line, line))
            if found is not None:
                next_line = found[0] + 1
                result.add(each, found[1])
            elif each.label:
                result.missing.append(each)
        if anchor < len(ours):
            result.add(ours[anchor], lines[line].removesuffix(ours[anchor].text))
        start, next_line = anchor + 1, line + 1
    return result


def _anchors(ours: Sequence[Labelled], lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs and lines, in order, whose last words occur once in each of the two."""
    counts = Counter(line[-_WORDS:] for line in lines)
    places = {line[-_WORDS:]: number for number, line in enumerate(lines)}
    again = Counter(each.text[-_WORDS:] for each in ours)
    last = -1
    for number, each in enumerate(ours):
        words = each.text[-_WORDS:]
        if len(words) < _WORDS or counts[words] != 1 or again[words] != 1 or places[words] <= last:
            continue
        if lines[places[words]].endswith(each.text):
            last = places[words]
            yield number, last


def _aligned(ours: Labelled, lines: Sequence[str], among: range) -> tuple[int, str] | None:
    """Return the number of the printed line that has the same words, and its label."""
    if not ours.text:
        return next(((number, ours.label) for number in among if lines[number] == ours.label), None)
    for number in among:
        length = len(lines[number]) - len(ours.text)
        if 0 <= length < _LONGEST_LABEL and lines[number].endswith(ours.text):
            return number, lines[number][:length]
    beginning = ours.text[:_WORDS]
    if len(beginning) == _WORDS:
        for number in among:
            length = lines[number].find(beginning, 0, _LONGEST_LABEL + _WORDS)
            if length >= 0:
                return number, lines[number][:length]
    return None


def _bare(text: str) -> str:
    return _NOT_COMPARED.sub("", _MARK.sub(r"\1", text))


def _labelled(view: View) -> Iterator[Labelled]:
    """Yield the lines of the text itself; without headers, notes and boxes, which LibreOffice leaves out."""
    ends = {label.start: label.end for label in view.labels}
    for entry in view.entries:
        if entry.place in (EntryPlace.BODY, EntryPlace.ROW):
            starts = [entry.label.start] if entry.label else []
            for line in entry.lines or ((entry.label,) if entry.label else ()):
                start = starts.pop() if starts else line.start
                end = ends.get(start, start)
                label, text = _bare(view.text[start:end]), _bare(view.text[end : line.end])
                yield Labelled(label, text, entry.listed)


def numbering_of(data: bytes) -> Numbering:
    """Return the lists of a Word file."""
    package = open_package(data)
    parts = {each.kind: each.target for each in package.related(package.main).values()}
    styles, numbering = (package.tree(parts[kind]) if kind in parts else None for kind in ("styles", "numbering"))
    return read_numbering(numbering, read_styles(styles)[0])


def _print(name: str, result: Comparison, kinds: Sequence[str], shown: int) -> None:
    print(f"{name}: {result.equal} of {result.compared} equal ({result.share:.4f}), {len(result.missing)} not aligned")
    printed: Counter[str] = Counter()
    for difference, kind in zip(result.differences, kinds, strict=True):
        printed[kind] += 1
        if printed[kind] <= shown:
            ours, theirs = difference.ours or "none", difference.printed or "none"
            print(f"    {kind}: {ours} here, {theirs} there: {difference.text[:50]}")
    for line in result.missing[:shown]:
        print(f"    not aligned: {line.label} {line.text[:50]}")


def default_files() -> list[Path]:
    """Return the Word files of the examples, and of the real documents that may be looked at."""
    files = sorted(file for folder in _FOLDERS for file in folder.rglob("*") if file.suffix in _SUFFIXES)
    return [file for file in files if file.name not in KEPT_APART]


def main() -> int:
    """Print the share of equal labels in each file and in all. Return 1 if nothing could be compared."""
    parser = argparse.ArgumentParser(description="Compare automatic labels with those that LibreOffice prints.")
    parser.add_argument("files", nargs="*", type=Path, metavar="DRAFT.docx")
    parser.add_argument("--all", action="store_true", help="print every difference")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            texts = converted(given.files or default_files(), Path(folder))
        except RuntimeError as error:
            print(error, file=sys.stderr)
            return 1
    totals: dict[str, Comparison] = {}
    kinds: Counter[str] = Counter()
    for file, text in texts.items():
        data = file.read_bytes()
        result, numbering = compare(read_view(data), text), numbering_of(data)
        differing = [difference.kind(numbering) for difference in result.differences]
        _print(file.name, result, differing, sys.maxsize if given.all else 3)
        kinds.update(differing)
        group = next((folder.name for folder in _FOLDERS if file.is_relative_to(folder)), "other files")
        total = totals.setdefault(group, Comparison())
        total.equal += result.equal
        total.differences += result.differences
    for group, total in totals.items():
        print(f"{group}: {total.equal} of {total.compared} equal ({total.share:.4f})")
    print("differences:", ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()) or "none")
    return 0 if any(total.compared for total in totals.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
