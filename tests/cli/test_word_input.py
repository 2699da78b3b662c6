"""Word files that cannot be read: one clear line for each, and the other files are checked. Odd files that can be."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from word_files import STRICT, STRICT_R, R, W, paragraph, part, word_file
from word_files import run as text_run

from reportlint.document.signatures import OLE

from .conftest import FAULTY, run

DOCUMENT = "word/document.xml"
TEXT = paragraph(text_run("The Committee met ."))
GOOD = word_file(TEXT)
_MB = 1_000_000


def changed(parts: Mapping[str, bytes | None], data: bytes = GOOD) -> bytes:
    """Return a package with parts replaced, added, or left out (``None``)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def document(body: bytes, before: bytes = b"") -> bytes:
    xml = part("document", f"<w:body>{TEXT}</w:body>").encode()
    head, _, rest = xml.partition(b"<w:document")
    return head + before + b"<w:document" + rest.replace(b"<w:body>", b"<w:body>" + body)


def flagged() -> bytes:
    """Return a package whose parts are encrypted, by their flags."""
    data = bytearray(GOOD)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = data.find(signature)
        while found >= 0:
            data[found + at] |= 1
            found = data.find(signature, found + 4)
    return bytes(data)


def declared(size: int) -> bytes:
    """Return a package whose main part declares a size that it has not."""
    data = bytearray(GOOD)
    at = data.rfind(DOCUMENT.encode()) - 46
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = size.to_bytes(4, "little")
    return bytes(data)


def many_parts_of(size: int, count: int) -> bytes:
    return changed({f"word/media/{number}.bin": b"\0" * size for number in range(count)})


def relation(kinds: str, name: str) -> bytes:
    """Return the part that names the main part."""
    given = f'<Relationship Id="r" Type="{kinds}/officeDocument" Target="{name}"/>'
    return f'<Relationships xmlns="x">{given}</Relationships>'.encode()


def main_part_named(name: str) -> bytes:
    return changed({DOCUMENT: None, "_rels/.rels": relation(R, name), name.lstrip("/"): document(b"")})


PASSWORD = "protected by a password"
DAMAGED = "a damaged Word file"
TOO_MUCH = "a Word file with too much in it"
BAD: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "truncated.docx": (lambda: GOOD[: len(GOOD) // 2], DAMAGED),
    "beginning.docx": (lambda: b"PK\x03\x04", DAMAGED),
    "password.docx": (lambda: OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), PASSWORD),
    "flags.docx": (flagged, PASSWORD),
    "old.doc": (lambda: OLE + bytes(1200), "a Word file of the old binary format; save it as .docx"),
    "no-relations.docx": (lambda: changed({"_rels/.rels": None}), "not a Word file"),
    "no-document.docx": (lambda: changed({DOCUMENT: None}), f"a Word file without the part {DOCUMENT}"),
    "sheet.docx": (lambda: changed({DOCUMENT: b'<workbook xmlns="urn:sheet"/>'}), "not a Word file"),
    "folder.docx": (lambda: changed({DOCUMENT: None, "_rels/.rels": None, "a.txt": b"x"}), "not a Word file"),
    "part.docx": (lambda: changed({DOCUMENT: document(b" " * 64 * _MB)}), f"{TOO_MUCH} ({DOCUMENT})"),
    "ratio.docx": (lambda: changed({DOCUMENT: document(b"<w:p/>" * (_MB * 2))}), f"{TOO_MUCH} ({DOCUMENT})"),
    "package.docx": (lambda: many_parts_of(32 * _MB, 9), TOO_MUCH),
    "small-declared.docx": (lambda: declared(90), DAMAGED),
    "large-declared.docx": (lambda: declared(65 * _MB), f"{TOO_MUCH} ({DOCUMENT})"),
    "cut-xml.docx": (lambda: changed({DOCUMENT: document(b"<w:p>")[:-40]}), f"{DOCUMENT} is damaged (line 2)"),
    "no-xml.docx": (lambda: changed({DOCUMENT: b"PK"}), f"{DOCUMENT} is damaged (line 1)"),
    "empty-xml.docx": (lambda: changed({DOCUMENT: b""}), f"{DOCUMENT} is damaged (line 1)"),
    "encoding.docx": (
        lambda: changed({DOCUMENT: b'<?xml version="1.0" encoding="lamp"?><w:document/>'}), f"{DOCUMENT} is damaged"
    ),
    "entities.docx": (
        lambda: changed({DOCUMENT: document(b"", b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>')}),
        f"{DOCUMENT} is damaged",
    ),
    "external.docx": (
        lambda: changed({DOCUMENT: document(b"", b'<!DOCTYPE d SYSTEM "file:///dev/null">')}), f"{DOCUMENT} is damaged"
    ),
    "deep.docx": (
        lambda: changed({DOCUMENT: document(b"<w:sdt>" * 300 + b"</w:sdt>" * 300)}),
        "a Word file with elements nested too deeply",
    ),
    "deeper.docx": (
        lambda: changed({DOCUMENT: document(b"<w:tbl><w:tr><w:tc>" * 20_000 + b"</w:tc></w:tr></w:tbl>" * 20_000)}),
        "a Word file with elements nested too deeply",
    ),
    "styles.docx": (
        lambda: changed({"word/styles.xml": b"<w:styles"}, word_file(TEXT, {"styles": ""})),
        "word/styles.xml is damaged (line 1)",
    ),
    "text.docx": (lambda: b"1. The Committee met .\n", "not a Word file"),
    "page.docx": (lambda: b"<html><body><p>The Committee met .</p></body></html>", "not a Word file"),
    "rich.docx": (lambda: rb"{\rtf1\ansi The Committee met .}", "RTF file, not plain text"),
    "empty.docx": (lambda: b"", "not a Word file"),
}  # fmt: skip


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for name, (make, _) in BAD.items():
        (tmp_path / name).write_bytes(make())
    (tmp_path / "good.md").write_text(FAULTY, encoding="utf-8")
    result = run("check", "--output-format", "json", *BAD, "good.md", cwd=tmp_path)
    assert result.code == 2
    messages = {each["path"]: each["message"] for each in result.json["findings"] if each["code"] == "RPL004"}
    assert messages == {name: f"this file cannot be read: {reason}" for name, (_, reason) in BAD.items()}
    assert [each["code"] for each in result.json["findings"] if each["path"] == "good.md"] == ["NUM001"]
    assert {each["state"] for each in result.json["files"]} == {"unreadable", "checked"}
    assert "Traceback" not in result.err


def strict() -> bytes:
    main = document(b"").replace(W.encode(), STRICT.encode()).replace(R.encode(), STRICT_R.encode())
    return changed({DOCUMENT: main, "_rels/.rels": relation(STRICT_R, f"/{DOCUMENT}")})


def twice() -> bytes:
    out = io.BytesIO(GOOD)
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(out, "a") as archive:
        archive.writestr(DOCUMENT, document(b""))
    return out.getvalue()


def in_utf_16() -> bytes:
    xml = document(b"").decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return changed({DOCUMENT: xml.encode("utf-16")})


STYLES = (
    '<w:style w:type="paragraph" w:styleId="A"><w:basedOn w:val="B"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    '<w:style w:type="paragraph" w:default="1"><w:basedOn w:val="C"/></w:style>'
    "<w:style><w:name/></w:style>"
)
STYLED = paragraph(text_run("The Committee met ."), properties='<w:pStyle w:val="A"/>')
ATTRIBUTES = " ".join(f'a{number}="1"' for number in range(200_000)).encode()
ODD: Mapping[str, Callable[[], bytes]] = {
    "attributes.docx": lambda: changed({DOCUMENT: document(b"<w:p " + ATTRIBUTES + b"/>")}),
    "utf-16.docx": in_utf_16,
    "main-part.docx": lambda: main_part_named("/word/document2.xml"),
    "at-the-top.docx": lambda: main_part_named("main.xml"),
    "styles.docx": lambda: word_file(STYLED, {"styles": STYLES}),
    "missing-styles.docx": lambda: changed({"word/styles.xml": None}, word_file(TEXT, {"styles": STYLES})),
    "strict.docx": strict,
    "twice.docx": twice,
    "new.doc": lambda: GOOD,
    "macros.docm": lambda: GOOD,
    "template.dotx": lambda: GOOD,
}  # fmt: skip


def test_odd_files_that_can_be_read(tmp_path: Path) -> None:
    for name, make in ODD.items():
        (tmp_path / name).write_bytes(make())
    given = ("--select", "TYP001", "--language", "en", "--kind", "report")
    result = run("check", "--output-format", "json", *given, *ODD, cwd=tmp_path)
    found = [(each["path"], each["code"]) for each in result.json["findings"]]
    assert found == [(name, "TYP001") for name in sorted(ODD)]
