"""Word files made from drafts, with everything that such files may hold."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from random import Random
from xml.sax.saxutils import escape

DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PARTS = {
    "styles": "styles", "numbering": "numbering", "settings": "settings", "footnotes": "footnotes",
    "endnotes": "endnotes", "header1": "header", "header2": "header",
}  # fmt: skip
_ROOTS = {"header1": "hdr", "header2": "hdr"}
_NOTES = 6
_LISTS = 4
_NOT_IN_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LABEL = re.compile(r"(?:\d{1,3}\.|\(?[a-z]\))\s+")
_FORMATS = ("decimal", "lowerLetter", "lowerRoman", "upperRoman", "upperLetter", "decimalZero", "bullet", "none", "x")
_SETTINGS = ("", '<w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr>', "<w:evenAndOddHeaders/>")
_FRAMES = ('<w:framePr w:w="9"/>', '<w:ind w:left="567"/>', '<w:outlineLvl w:val="1"/>')
_SIGNS = ("tab", "br", "noBreakHyphen", "softHyphen", 'sym w:char="F0B7"', 'br w:type="page"', "cr")
_STARTS = (0, 1, 1, 1, 7, 32767, 999999999)
_TEXTS = ("%1.", "(%2)", "%1.%2.%9", "*")
_MORE = ("", "<w:isLgl/>", '<w:lvlRestart w:val="0"/>')
_STYLES = ("Normal", "H1", "HCh", "SingleTxt", "Struck")


def package(rng: Random, text: str) -> dict[str, bytes]:
    """Return the parts of a Word file with the text of a draft, by name."""
    body = "".join(_blocks(rng, _NOT_IN_XML.sub("", text).split("\n")))
    inner = {
        "styles": _styles(rng),
        "numbering": _numbering(rng),
        "settings": rng.choice(_SETTINGS),
        "footnotes": _notes(rng, "footnote"),
        "endnotes": _notes(rng, "endnote"),
        "header1": _paragraph(rng, "A/HRC/55/12"),
        "header2": _paragraph(rng, "A/HRC/54/12"),
    }  # fmt: skip
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_R}/{kind}" Target="{name}.xml"/>' for name, kind in _PARTS.items()
    )
    main = f'<Relationship Id="r" Type="{_R}/officeDocument" Target="{DOCUMENT}"/>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{main}</Relationships>',
        RELATIONS: f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        DOCUMENT: _part("document", f"<w:body>{body}{_section(rng)}</w:body>"),
    }
    parts |= {f"word/{name}.xml": _part(_ROOTS.get(name, name), content) for name, content in inner.items()}
    return {name: content.encode() for name, content in parts.items()}


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """Return the package with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _part(root: str, inner: str) -> str:
    spaces = f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:mc="{_MC}"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<w:{root} {spaces}>{inner}</w:{root}>'


def _blocks(rng: Random, lines: list[str]) -> Iterator[str]:
    at = 0
    while at < len(lines):
        if rng.random() < 0.05:
            count = rng.randint(1, 6)
            yield _table(rng, lines[at : at + count])
            at += count
            continue
        yield _paragraph(rng, lines[at])
        at += 1


def _table(rng: Random, lines: list[str]) -> str:
    properties = rng.choice(("", '<w:tblPr><w:tblpPr w:tblpX="1"/></w:tblPr>'))
    rows = []
    for line in lines:
        change = rng.choice(("", "", "", '<w:trPr><w:del w:id="1"/></w:trPr>'))
        cells = "".join(f"<w:tc>{_paragraph(rng, text)}</w:tc>" for text in line.split("|"))
        rows.append(f"<w:tr>{change}{cells}</w:tr>")
    return f"<w:tbl>{properties}{''.join(rows)}</w:tbl>"


def _paragraph(rng: Random, text: str) -> str:
    properties = f'<w:pStyle w:val="{rng.choice(_STYLES)}"/>' if rng.random() < 0.2 else ""
    label = _LABEL.match(text)
    if label and rng.random() < 0.5:
        text = text[label.end() :]
        level = rng.choice((0, 0, 0, 1, 2, 8, 9))
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{rng.randint(0, _LISTS)}"/></w:numPr>'
    if rng.random() < 0.04:
        properties += f'<w:rPr><w:{rng.choice(("del", "ins", "moveFrom", "vanish"))} w:id="1"/></w:rPr>'
    if rng.random() < 0.03:
        properties += rng.choice((_section(rng), *_FRAMES))
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(_runs(rng, text))}</w:p>"


def _runs(rng: Random, text: str) -> Iterator[str]:
    cuts = sorted(rng.randint(0, len(text)) for _ in range(rng.choice((0, 0, 1, 2, 5))))
    for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True):
        run = _run(text[start:end], rng.choice(("", "", "", "<w:b/>", "<w:i/>", '<w:vertAlign w:val="superscript"/>')))
        match rng.randrange(40):
            case 0:
                run = f'<w:ins w:id="2">{run}</w:ins>'
            case 1:
                run = f'<w:del w:id="3">{run.replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")}</w:del>'
            case 2:
                run = _run(text[start:end], rng.choice(("<w:strike/>", "<w:vanish/>", '<w:rStyle w:val="Struck"/>')))
            case 3:
                run = f'<w:hyperlink r:id="link">{run}</w:hyperlink>'
            case 4:
                run = f"<w:sdt><w:sdtContent>{run}</w:sdtContent></w:sdt>"
            case 5:
                choice, fallback = f"<mc:Choice>{run}</mc:Choice>", f"<mc:Fallback>{run}</mc:Fallback>"
                run = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
            case 6:
                instruction = rng.choice(("PAGE", "REF x", "DOCVARIABLE y", "TOC"))
                run = (
                    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                    f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
                    f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
                )
            case 7:
                box = f"<w:txbxContent><w:p>{run}</w:p></w:txbxContent>"
                run += f"<w:r><w:pict>{box}</w:pict></w:r>"
            case 8 | 9 | 10:
                run += f'<w:r><w:{rng.choice(("footnote", "endnote"))}Reference w:id="{rng.randint(0, _NOTES)}"/></w:r>'
            case 11:
                sign = rng.choice(
                    ("tab", "br", "noBreakHyphen", "softHyphen", 'sym w:char="F0B7"', 'br w:type="page"', "cr")
                )
                run += f"<w:r><w:{sign}/></w:r>"
        yield run


def _run(text: str, properties: str) -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _section(rng: Random) -> str:
    inner = rng.choice(("", "<w:titlePg/>", '<w:footnotePr><w:numFmt w:val="lowerLetter"/></w:footnotePr>'))
    for kind, name in (("first", "header1"), ("default", "header2"), ("even", "header1")):
        if rng.random() < 0.4:
            inner += f'<w:headerReference w:type="{kind}" r:id="{name}"/>'
    return f"<w:sectPr>{inner}</w:sectPr>"


def _notes(rng: Random, kind: str) -> str:
    return "".join(
        f'<w:{kind} w:id="{number}">{_paragraph(rng, f"See A/{number}/12, para. 3.")}</w:{kind}>'
        for number in range(_NOTES)
    )  # fmt: skip


def _styles(rng: Random) -> str:
    return "".join(_style(rng, name) for name in _STYLES)


def _style(rng: Random, name: str) -> str:
    number = f'<w:pPr><w:numPr><w:numId w:val="{rng.randint(0, 9)}"/></w:numPr></w:pPr>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{rng.choice(_STYLES)}"/>{number}'
        f"<w:rPr>{'<w:strike/>' if name == 'Struck' else ''}</w:rPr></w:style>"
    )


def _numbering(rng: Random) -> str:
    xml = ""
    for number in range(_LISTS):
        levels = "".join(_level(rng, level) for level in range(9))
        xml += f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'
    for number in range(1, _LISTS + 1):
        start = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{rng.randint(0, 9)}"/></w:lvlOverride>'
        abstract = rng.randint(0, _LISTS)
        xml += f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{rng.choice(("", start))}</w:num>'
    return xml


def _level(rng: Random, number: int) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{rng.choice(_STARTS)}"/><w:numFmt w:val="{rng.choice(_FORMATS)}"/>'
        f'<w:lvlText w:val="{rng.choice(_TEXTS)}"/>{rng.choice(_MORE)}</w:lvl>'
    )
