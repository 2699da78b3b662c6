"""Word files made for tests: a package with the parts that a test needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_R = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KINDS = {
    "styles": "styles", "numbering": "numbering", "settings": "settings",
    "footnotes": "footnotes", "endnotes": "endnotes",
    "comments": "comments", "header1": "header", "header2": "header",
}  # fmt: skip


def part(root: str, inner: str) -> str:
    """Return the XML of a part."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:{root} xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}">{inner}</w:{root}>'
    )


def word_file(body: str, parts: Mapping[str, str] | None = None, links: Mapping[str, str] | None = None) -> bytes:
    """Return a Word file with a body, and further parts by name: ``{"numbering": "<w:num …/>"}``.

    ``links`` are addresses by the identifier of their relationship.
    """
    parts = parts or {}
    relations = "".join(f'<Relationship Id="{name}" Type="{R}/{_KINDS[name]}" Target="{name}.xml"/>' for name in parts)
    relations += "".join(
        f'<Relationship Id="{name}" Type="{R}/hyperlink" Target="{address}" TargetMode="External"/>'
        for name, address in (links or {}).items()
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(parts))
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">'
            f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", part("document", f"<w:body>{body}</w:body>"))
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        )
        for name, inner in parts.items():
            root = {"header1": "hdr", "header2": "hdr"}.get(name, name)
            archive.writestr(f"word/{name}.xml", part(root, inner))
    return out.getvalue()


def _content_types(parts: Iterable[str]) -> str:
    """Return the part that says what each part is."""
    kinds = {"document": f"{_TYPE}.document.main+xml"} | {name: f"{_TYPE}.{_KINDS[name]}+xml" for name in parts}
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{kind}"/>' for name, kind in kinds.items())
    rels = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    xml = '<Default Extension="xml" ContentType="application/xml"/>'
    return f'<Types xmlns="{_PACKAGE}/content-types">{rels}{xml}{types}</Types>'


def paragraph(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, list_id: int = 1, level: int = 0) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return paragraph(run(text), properties=place)


def levels(*formats: tuple[str, str], more: str = "") -> str:
    """Return the levels of an abstract list: the format of each, and its text."""
    return "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for level, (format, text) in enumerate(formats)
    )


def field(instruction: str, *result: str) -> str:
    """Return the runs of a field with a cached result."""
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    return f"{begin}{code}{separate}{''.join(result)}{end}"


def table(*rows: str, properties: str = "") -> str:
    """Return a table of the cells of each row."""
    return f"<w:tbl>{properties}{''.join(f'<w:tr>{cells}</w:tr>' for cells in rows)}</w:tbl>"


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(paragraphs)}</w:tc>"


def read_texts(data: bytes, name: str = "word/document.xml") -> list[str]:
    """Return the content of each ``w:t`` and ``w:delText`` of a part, in order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = ElementTree.fromstring(archive.read(name))
    return [element.text or "" for element in root.iter() if element.tag in (f"{{{W}}}t", f"{{{W}}}delText")]
