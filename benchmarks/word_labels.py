"""Compare the automatic labels of Word files with those that LibreOffice prints.

Run it from the project root; ``soffice`` must be on ``PATH``::

    python benchmarks/word_labels.py                   # the Word files of the examples and of the real documents
    python benchmarks/word_labels.py DRAFT.docx …
    python benchmarks/word_labels.py --all DRAFT.docx  # every difference, not only the first of each kind

LibreOffice converts each file to text, in which labels are characters. The paragraphs of its text and of the text view
are aligned by their words. A paragraph counts if either of the two prints a number or a letter before it; bullets are
not compared. The last line is the share of these paragraphs whose labels are equal.
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

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from reportlint.word import EntryPlace, View, read_view  # noqa: E402

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


class Labelled(NamedTuple):
    """A line: its automatic label, "" without one, and its text without what is not compared."""

    label: str
    text: str


class Difference(NamedTuple):
    """A paragraph whose labels differ."""

    ours: str
    printed: str
    text: str

    @property
    def kind(self) -> str:
        if not self.ours:
            return "only LibreOffice prints a label"
        return "only the text view has a label" if not self.printed else "two labels"


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
            self.differences.append(Difference(ours.label, label, ours.text))

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
    copies = [folder / f"{number}.docx" for number in range(len(files))]
    for file, copy in zip(files, copies, strict=True):
        shutil.copyfile(file, copy)
    command = [
        program, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder), *map(str, copies),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS * len(files), check=False)
    texts: dict[Path, str] = {}
    for file, copy in zip(files, copies, strict=True):
        out = copy.with_suffix(".txt")
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
                yield Labelled(_bare(view.text[start:end]), _bare(view.text[end : line.end]))


def _print(name: str, result: Comparison, shown: int) -> None:
    print(f"{name}: {result.equal} of {result.compared} equal ({result.share:.4f}), {len(result.missing)} not aligned")
    printed: Counter[str] = Counter()
    for difference in result.differences:
        printed[difference.kind] += 1
        if printed[difference.kind] <= shown:
            ours, theirs = difference.ours or "none", difference.printed or "none"
            print(f"    {difference.kind}: {ours} here, {theirs} there: {difference.text[:50]}")
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
    total = Comparison()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        try:
            texts = converted(given.files or default_files(), Path(folder))
        except RuntimeError as error:
            print(error, file=sys.stderr)
            return 1
    for file, text in texts.items():
        result = compare(read_view(file.read_bytes()), text)
        _print(file.name, result, sys.maxsize if given.all else 3)
        total.equal += result.equal
        total.differences += result.differences
    kinds = Counter(difference.kind for difference in total.differences)
    print(f"all: {total.equal} of {total.compared} equal ({total.share:.4f})")
    print("differences:", ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()) or "none")
    return 0 if total.compared else 1


if __name__ == "__main__":
    sys.exit(main())
