"""The comments of a Word file: adds those of reportlint, and takes out its earlier ones."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from reportlint.annotate.xml_edits import Prefix, XmlEdit, XmlText, edited, read_root, read_xml
from reportlint.word.namespaces import WordNames
from reportlint.word.package import Package

AUTHOR: Final = "reportlint"
_INITIALS = "rl"
COMMENTS: Final = "comments"
_EXTENDED = "commentsExtended"
# The parts with more about comments. Their entries name a paragraph of a comment, or what another entry names with it.
_MORE = (_EXTENDED, "commentsIds", "commentsExtensible")
_PARAGRAPH_KEY, _KEYS = "paraId", ("paraId", "durableId")
_DONE, _PARENT = "done", "paraIdParent"
_PARAGRAPH = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class FileComment(NamedTuple):
    """A comment in a file: its identifier, whether it is by reportlint, and the identifiers of its paragraphs."""

    identifier: str
    is_ours: bool
    paragraphs: frozenset[str]


class Comments(NamedTuple):
    """The comments of a file, and the names of the parts that hold them and what belongs to them; "" if there is none.

    ``replaced`` are the earlier comments by reportlint that nobody answered or resolved.
    """

    part: str
    more: tuple[str, ...]
    all: tuple[FileComment, ...]
    replaced: frozenset[str]

    @property
    def has_ours(self) -> bool:
        """Whether a comment is by reportlint."""
        return any(comment.is_ours for comment in self.all)


def read_comments(package: Package) -> Comments:
    """Return the comments of a file.

    Raises:
        UnreadableInput: a part with comments cannot be read.
    """
    related = package.related(package.main).values()
    targets = {each.kind: each.target for each in related if each.kind in (COMMENTS, *_MORE)}
    part = targets.get(COMMENTS, "")
    more = tuple(targets[kind] for kind in _MORE if kind in targets and package.has(targets[kind]))
    comments = tuple(_read(package.tree(part))) if part and package.has(part) else ()
    settled: set[str] = set()
    if targets.get(_EXTENDED) in more:
        for entry in package.tree(targets[_EXTENDED]):
            values = {name.rpartition("}")[2]: value for name, value in entry.attrib.items()}
            settled.add(values.get(_PARENT, ""))
            if values.get(_DONE) in ("1", "true", "on"):
                settled.add(values.get(_PARAGRAPH_KEY, ""))
    replaced = (each.identifier for each in comments if each.is_ours and settled.isdisjoint(each.paragraphs))
    return Comments(part, more, comments, frozenset(replaced))


def _read(root: ElementTree.Element) -> Sequence[FileComment]:
    names = WordNames(root)
    found: list[FileComment] = []
    for comment in root.iter(names.of("comment")):
        paragraphs = frozenset(paragraph.get(_PARAGRAPH, "") for paragraph in comment.iter(names.of("p"))) - {""}
        identifier = names.attribute(comment, "id") or ""
        found.append(FileComment(identifier, names.attribute(comment, "author") == AUTHOR, paragraphs))
    return found


def written(package: Package, comments: Comments, uri: str, new: Mapping[int, Sequence[str]]) -> dict[str, bytes]:
    """Return the changed parts with comments, without the replaced comments and with new ones.

    Args:
        package: the file.
        comments: its comments; ``part`` names the part to write, which need not exist.
        uri: the namespace of a part that does not exist yet.
        new: the paragraphs of each new comment, by identifier.
    """
    if package.has(comments.part):
        xml = read_xml(package, comments.part)
    else:
        declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        xml = XmlText(f'{declaration}\n<w:comments xmlns:w="{uri}"></w:comments>'.encode())
    root = read_root(xml.data, comments.part)
    prefix = Prefix.chosen(root.uri, root.declared)
    gone = [child for child in root.children if child.attributes.get("id") in comments.replaced]
    added = "".join(_comment(prefix, identifier, paragraphs) for identifier, paragraphs in new.items())
    edits = [*(XmlEdit(child.start, child.end) for child in gone), root.added(added.encode())]
    changed = {comments.part: xml.encoded(edited(xml.data, edits))}
    keys = {key for each in comments.all if each.identifier in comments.replaced for key in each.paragraphs}
    return changed | _without(package, comments.more, keys)


def _without(package: Package, parts: Sequence[str], keys: set[str]) -> dict[str, bytes]:
    """Return the parts that change when the entries with some keys, and with the keys named beside them, are gone."""
    changed: dict[str, bytes] = {}
    for part in parts if keys else ():
        xml = read_xml(package, part)
        edits: list[XmlEdit] = []
        for child in read_root(xml.data, part).children:
            named = {child.attributes[key] for key in _KEYS if key in child.attributes}
            if not keys.isdisjoint(named):
                keys |= named
                edits.append(XmlEdit(child.start, child.end))
        if edits:
            changed[part] = xml.encoded(edited(xml.data, edits))
    return changed


def _comment(prefix: Prefix, identifier: int, paragraphs: Collection[str]) -> str:
    p = prefix.prefix
    inner = "".join(
        f'<{p}p><{p}r><{p}t xml:space="preserve">{escape(_CONTROL.sub("", paragraph))}</{p}t></{p}r></{p}p>'
        for paragraph in paragraphs
    )
    attributes = f'{p}id="{identifier}" {p}author="{AUTHOR}" {p}initials="{_INITIALS}"'
    return f"<{p}comment{prefix.declaration} {attributes}>{inner}</{p}comment>"
