"""The comments of a Word file: adds those of reportlint, and takes out its earlier ones."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from reportlint.word.namespaces import TRANSITIONAL, WordNames

AUTHOR = "reportlint"
_EXTENDED = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_PARAGRAPH = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_EMPTY = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{TRANSITIONAL}"></w:comments>'
).encode()


def earlier(comments: bytes | None, extended: bytes | None) -> frozenset[str]:
    """Return the identifiers of earlier comments by reportlint that nobody answered or resolved."""
    if comments is None:
        return frozenset()
    root = ElementTree.fromstring(comments)
    names = WordNames(root)
    settled: set[str] = set()
    if extended is not None:
        for entry in ElementTree.fromstring(extended):
            if entry.get(f"{_EXTENDED}done") in ("1", "true"):
                settled.add(entry.get(f"{_EXTENDED}paraId", ""))
            settled.add(entry.get(f"{_EXTENDED}paraIdParent", ""))
    found: set[str] = set()
    for comment in root.iter(names.of("comment")):
        paragraphs = {paragraph.get(_PARAGRAPH) for paragraph in comment.iter(names.of("p"))} - {None}
        if names.attribute(comment, "author") == AUTHOR and settled.isdisjoint(paragraphs):
            found.add(names.attribute(comment, "id") or "")
    return frozenset(found)


def holds_comments(comments: bytes | None) -> bool:
    """Return whether a file has a comment by reportlint."""
    if comments is None:
        return False
    root = ElementTree.fromstring(comments)
    names = WordNames(root)
    return any(names.attribute(comment, "author") == AUTHOR for comment in root.iter(names.of("comment")))


def written(comments: bytes | None, texts: Mapping[int, Sequence[str]], dropped: Iterable[str]) -> bytes:
    """Return the part with comments added, by identifier, and others dropped.

    ``texts`` are the paragraphs of each comment.
    """
    data = comments if comments is not None else _EMPTY
    text = data.decode("utf-8-sig")
    prefix = re.search(r"<(?:(\w+):)?comments[\s>/]", text)
    p = f"{prefix[1]}:" if prefix and prefix[1] else ""
    for identifier in dropped:
        text = re.sub(
            rf'<{p}comment\s(?:[^>"]|"[^"]*")*?\b{p}id="{re.escape(identifier)}"(?:[^>"]|"[^"]*")*>.*?</{p}comment>',
            "",
            text,
            count=1,
            flags=re.DOTALL,
        )
    added = "".join(_comment(p, identifier, paragraphs) for identifier, paragraphs in texts.items())
    if f"</{p}comments>" in text:
        text = text.replace(f"</{p}comments>", f"{added}</{p}comments>")
    else:  # an empty element
        text = re.sub(r"/>\s*$", f">{added}</{p}comments>", text)
    return text.encode("utf-8")


def _comment(p: str, identifier: int, paragraphs: Sequence[str]) -> str:
    inner = "".join(
        f'<{p}p><{p}r><{p}t xml:space="preserve">{escape(_CONTROL.sub("", paragraph))}</{p}t></{p}r></{p}p>'
        for paragraph in paragraphs
    )
    return f'<{p}comment {p}id="{identifier}" {p}author="{AUTHOR}" {p}initials="rl">{inner}</{p}comment>'
