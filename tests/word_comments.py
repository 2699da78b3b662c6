"""What tests ask of the comments in a Word file."""

from __future__ import annotations

import io
import re
import zipfile
from typing import NamedTuple
from xml.etree import ElementTree

from word_files import W

_W = f"{{{W}}}"
_MARK = '<w:commentRange(?:Start|End) w:id="{0}"/>|<w:r><w:commentReference w:id="{0}"/></w:r>'
_AGAIN = r"<w:r>(?:<w:rPr>(?:(?!</w:r>|<w:t[ >/]).)*</w:rPr>|<w:rPr/>)?"
_SPACE = b' xml:space="preserve"'


class Comment(NamedTuple):
    """A comment: its author, its paragraphs, and the words between its marks; ``None`` if it has no marks."""

    author: str
    paragraphs: tuple[str, ...]
    words: str | None


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def comments(data: bytes, texts: tuple[str, ...] = ("t",)) -> list[Comment]:
    """Return the comments of a file, in their order; ``texts`` are the elements whose text counts as words."""
    files = parts(data)
    if "word/comments.xml" not in files:
        return []
    words = marked(files["word/document.xml"], texts)
    found = []
    for comment in ElementTree.fromstring(files["word/comments.xml"]).iter(f"{_W}comment"):
        paragraphs = (
            "".join(text.text or "" for text in paragraph.iter(f"{_W}t")) for paragraph in comment.iter(f"{_W}p")
        )
        identifier = comment.get(f"{_W}id", "")
        found.append(Comment(comment.get(f"{_W}author", ""), tuple(paragraphs), words.get(identifier)))
    return found


def marked(document: bytes, texts: tuple[str, ...] = ("t",)) -> dict[str, str]:
    """Return the words between the marks of each comment that has all three marks, by identifier."""
    opened: dict[str, list[str]] = {}
    closed: dict[str, str] = {}
    referred: set[str] = set()
    for element in ElementTree.fromstring(document).iter():
        identifier = element.get(f"{_W}id", "")
        match element.tag.removeprefix(_W):
            case "commentRangeStart":
                opened[identifier] = []
            case "commentRangeEnd":
                closed[identifier] = "".join(opened.pop(identifier, []))
            case "commentReference":
                referred.add(identifier)
            case name if name in texts:
                for words in opened.values():
                    words.append(element.text or "")
    return {identifier: words for identifier, words in closed.items() if identifier in referred}


def without_insertions(annotated: bytes, original: bytes) -> bytes:
    """Return the XML of an annotated document without what annotating inserts, guided by the original."""
    inserted = _inserted(annotated, original)
    kept = bytearray()
    at = 0
    while at < len(annotated):
        same = _common(original, len(kept), annotated, at)
        kept += annotated[at : at + same]
        at += same
        if at == len(annotated):
            break
        # The insertion may begin with the bytes that follow it.
        found = next(filter(None, (inserted.match(annotated, at - back) for back in range(same + 1))), None)
        if annotated.startswith(_SPACE, at):
            at += len(_SPACE)
        elif found is None:
            raise AssertionError(f"not an insertion: {annotated[at - 60 : at + 60]!r}")
        else:
            del kept[len(kept) - (at - found.start()) :]
            at = found.end()
    return bytes(kept)


def _inserted(annotated: bytes, original: bytes) -> re.Pattern[bytes]:
    """Return a pattern for the marks of new comments, within a text, within a run or between runs."""
    new, old = (set(re.findall(rb'<w:comment\w+ w:id="(\d+)"', xml)) for xml in (annotated, original))
    numbers = f"(?:{'|'.join(map(bytes.decode, new - old))})"
    marks = f"(?:{_MARK.format(numbers)})+"
    cuts = rf'</w:t></w:r>{marks}{_AGAIN}<w:t xml:space="preserve">|</w:r>{marks}{_AGAIN}|{marks}'
    return re.compile(cuts.encode(), re.DOTALL)


def _common(first: bytes, at: int, second: bytes, start: int) -> int:
    """Return how many bytes two texts have in common from two offsets."""
    size, step = 0, 1 << 20
    while step:
        if first[at + size : at + size + step] == second[start + size : start + size + step] and (
            at + size + step <= len(first) and start + size + step <= len(second)
        ):
            size += step
        else:
            step >>= 1
    return size
