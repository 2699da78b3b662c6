"""What must hold for Word files besides: their texts have the right numbers, and comments change no text."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from reportlint.annotate import Remark, annotate
from reportlint.document import Span
from reportlint.errors import UnreadableInput
from reportlint.word import View, read_view
from reportlint.word.namespaces import WordNames
from reportlint.word.package import open_package
from reportlint.word.story import numbered

_REMARKS = 40


def word_faults(data: bytes, view: View) -> Iterator[str]:
    """Yield what is wrong with the view of a Word file, or with a copy of it that has comments."""
    package = open_package(data)
    for part in sorted({node.part for node in view.nodes}):
        root = package.tree(part)
        texts = [element.text or "" for element in numbered(root, WordNames(root))]
        for node in view.nodes:
            if node.part == part and _blank(texts[node.number]) != _blank(view.text[slice(*node.span)]):
                yield f"text {node.number} of {part} is another"
    spans = [entry.label or entry.lines[0] for entry in view.entries if entry.label or entry.lines]
    step = max(1, len(spans) // _REMARKS)
    remarks = [Remark(Span(*span), ("remark",), "elsewhere") for span in spans[::step]]
    try:
        copy = annotate(data, view, remarks, str)
        again = annotate(copy, read_view(copy), remarks, str)
    except UnreadableInput:
        return
    if read_view(copy).text != view.text or read_view(again).text != view.text:
        yield "comments change the text"
    if len(_comments(copy)) != len(_comments(again)):
        yield "comments are doubled"


def _blank(text: str) -> str:
    return text.translate({ord(char): " " for char in "\n\r\t"})


def _comments(data: bytes) -> list[ElementTree.Element]:
    """Return the comments of a Word file."""
    package = open_package(data)
    parts = [each.target for each in package.related(package.main).values() if each.kind == "comments"]
    return [comment for part in parts if package.has(part) for comment in package.tree(part)]
