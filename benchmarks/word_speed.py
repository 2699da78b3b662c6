"""Measure how long reading a Word file takes, compared with reading its text view as Markdown.

Run it from the project root::

    python benchmarks/word_speed.py                # generated files, the examples and the real documents
    python benchmarks/word_speed.py DRAFT.docx …

The generated files are a clean example, prolonged to the size that is named (of ``word/document.xml``), with
automatic numbers and several runs in each paragraph. Each step is run several times in turn; the times are of the
processor, and the least of them counts. "ratio" is the time for the Word file (package, XML, labels, text view, blocks)
over that for its text view (decoding, Markdown, blocks). Garbage is collected as rarely as by the command.
"""

from __future__ import annotations

import argparse
import gc
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from typing import NamedTuple
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from speed import prolonged  # noqa: E402
from word_labels import default_files  # noqa: E402

from reportlint.cli.main import _OBJECTS_BETWEEN_COLLECTIONS  # noqa: E402
from reportlint.readers import decode, read  # noqa: E402

_DRAFT = ROOT / "examples" / "clean" / "dry-stone-walls.en.md"
_SIZES = (1, 2, 4, 8, 14)  # MB
_MB = 1_000_000
_RUNS = 3
_LABEL = re.compile(r"(?:\d+\.|\([a-z]\))\s+")
_RUN_LENGTH = 60  # characters
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


class Measured(NamedTuple):
    """A file: the size of its main part in bytes, and the seconds that reading takes."""

    size: int
    word: float
    markdown: float

    @property
    def ratio(self) -> float:
        return self.word / self.markdown


def generated(size: int) -> bytes:
    """Return a Word file whose main part has about ``size`` bytes."""
    rng = Random(size)
    paragraphs: list[str] = []
    written = 0
    for line in filter(str.strip, prolonged(_DRAFT.read_text(encoding="utf-8"), size)):
        paragraphs.append(_paragraph(rng, line.strip()))
        written += len(paragraphs[-1])
        if written >= size:
            break
    document = _part("document", f"<w:body>{''.join(paragraphs)}</w:body>")
    related = f'<Relationship Id="n" Type="{_R}/numbering" Target="numbering.xml"/>'
    main = f'<Relationship Id="r" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{main}</Relationships>')
        archive.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>'
        )
        archive.writestr("word/document.xml", document)
        archive.writestr("word/numbering.xml", _part("numbering", _NUMBERING))
    return out.getvalue()


def _part(root: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:{root} xmlns:w="{_W}">{inner}</w:{root}>'


def _paragraph(rng: Random, text: str) -> str:
    """Return a paragraph as Word writes it: with properties, identifiers of revisions and several runs."""
    label = _LABEL.match(text)
    text = text[label.end() :] if label else text
    level = 1 if label and label.group().startswith("(") else 0
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>' if label else ""
    identifier = f'w:rsidR="{rng.randrange(2**32):08X}" w:rsidRDefault="{rng.randrange(2**32):08X}"'
    properties = f'<w:pPr>{number}<w:spacing w:after="120"/><w:jc w:val="both"/></w:pPr>'
    return f"<w:p {identifier}>{properties}{''.join(_runs(rng, text))}</w:p>"


def _runs(rng: Random, text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        end = at + rng.randint(1, 2 * _RUN_LENGTH)
        yield (
            f'<w:r w:rsidRPr="{rng.randrange(2**32):08X}"><w:rPr><w:lang w:val="en-GB"/></w:rPr>'
            f'<w:t xml:space="preserve">{escape(text[at:end])}</w:t></w:r>'
        )
        at = end


def measured(data: bytes, runs: int = _RUNS) -> Measured:
    """Read a Word file, and its text view as Markdown, and return how long each takes."""
    source = decode(data, "draft.docx")
    view = source.original.encode()

    def read_word() -> None:
        read(decode(data, "draft.docx"), "word")

    def read_markdown() -> None:
        read(decode(view, "draft.md"), "markdown")

    times: dict[Callable[[], None], list[float]] = {read_word: [], read_markdown: []}
    for _ in range(runs):
        for step, seconds in times.items():
            started = time.process_time()
            step()
            seconds.append(time.process_time() - started)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        size = next((each.file_size for each in archive.infolist() if each.filename.endswith("document.xml")), 0)
    return Measured(size, min(times[read_word]), min(times[read_markdown]))


def main() -> int:
    """Print a line for each file."""
    parser = argparse.ArgumentParser(description="Measure how long reading Word files takes.")
    parser.add_argument("files", nargs="*", type=Path, metavar="DRAFT.docx")
    parser.add_argument("--quick", action="store_true", help="one small generated file, to test the script itself")
    given = parser.parse_args()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    print(f"{'file':44} {'MB':>6} {'Word':>9} {'per MB':>9} {'Markdown':>9} {'ratio':>6}")
    sizes = (0.02,) if given.quick else () if given.files else _SIZES
    for size in sizes:
        _print(f"generated, {size:g} MB", measured(generated(int(size * _MB))))
    for file in given.files or (() if given.quick else default_files()):
        _print(file.name, measured(file.read_bytes()))
    return 0


def _print(name: str, result: Measured) -> None:
    word, markdown = 1000 * result.word, 1000 * result.markdown
    mb = result.size / _MB
    print(f"{name:44} {mb:6.2f} {word:6.0f} ms {word / mb:6.0f} ms {markdown:6.0f} ms {result.ratio:6.2f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
