"""Mutations of Word files: of their XML, of their parts and of their bytes."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from xml.etree import ElementTree

from fuzzing.byte_mutations import mutated
from fuzzing.word_packages import DOCUMENT

Parts = dict[str, bytes]
_VALUES = (
    "",
    "0",
    "1",
    "9",
    "-1",
    "-2147483649",
    "99999999999999999999",
    "true",
    "on",
    "x",
    "\u0660",
    "１",
    "Ⅳ",
    "%",
    "%9",
)
_TAGS = (
    "p", "r", "t", "tbl", "tr", "tc", "pPr", "rPr", "numPr", "ins", "del", "sdt", "sdtContent", "txbxContent", "pict",
    "fldChar", "instrText", "footnoteReference", "sectPr", "body", "ruby", "rubyBase", "hyperlink", "sym", "lvl", "num",
)  # fmt: skip
_DEPTHS = (3, 30, 60, 100, 3000)
_DECLARATIONS = (b'<!DOCTYPE w [<!ENTITY a "aaaa">]>', b'<?xml version="1.1"?>', b"\xef\xbb\xbf", b"<!-- -->", b"\0")


def change_xml(rng: Random, parts: Parts) -> None:
    """Change a few elements or attributes of a part."""
    name = _part(rng, parts)
    try:
        root = ElementTree.fromstring(parts[name])
    except (ElementTree.ParseError, ValueError, LookupError):
        return
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        _change_element(rng, root)
    parts[name] = ElementTree.tostring(root, encoding=rng.choice(("utf-8", "utf-8", "utf-16", "us-ascii")))


def _change_element(rng: Random, root: ElementTree.Element) -> None:
    parents = [element for element in root.iter() if len(element)]
    if not parents:
        return
    parent = rng.choice(parents)
    at = rng.randrange(len(parent))
    child = parent[at]
    space = root.tag.partition("}")[0] + "}" if root.tag.startswith("{") else ""
    match rng.randrange(9):
        case 0:
            parent.remove(child)
        case 1:
            parent.insert(at, copy.deepcopy(child))
        case 2:
            rng.choice(parents).append(copy.deepcopy(child))
        case 3:
            child.tag = space + rng.choice(_TAGS)
        case 4:
            parent[:] = rng.sample(list(parent), len(parent))
        case 5:
            child.text = rng.choice(("", "x", "\n\t ", "1. ", "[^1]", "\u200f(a) ", None))
        case 6 if child.attrib:
            child.set(rng.choice(list(child.attrib)), rng.choice(_VALUES))
        case 7 if child.attrib:
            del child.attrib[rng.choice(list(child.attrib))]
        case _:
            parent.insert(at, ElementTree.Element(space + rng.choice(_TAGS)))


def nest_elements(rng: Random, parts: Parts) -> None:
    """Put a paragraph of a part into many elements."""
    name, tag, depth = _part(rng, parts), rng.choice(_TAGS).encode(), rng.choice(_DEPTHS)
    around = rng.choice(((b"<w:p>", b"</w:p>"), (b"<w:r>", b"</w:r>"), (b"<w:tbl>", b"</w:tbl>")))
    start = parts[name].find(around[0], rng.randint(0, len(parts[name])))
    end = parts[name].find(around[1], start)
    if 0 <= start < end:
        end += len(around[1])
        opened, closed = b"<w:" + tag + b">", b"</w:" + tag + b">"
        inner = parts[name][start:end]
        parts[name] = parts[name][:start] + opened * depth + inner + closed * depth + parts[name][end:]


def change_parts(rng: Random, parts: Parts) -> None:
    """Leave out, exchange, cut or empty a part."""
    name, other = rng.choice(list(parts)), rng.choice(list(parts))
    match rng.randrange(7):
        case 0:
            del parts[name]
        case 1:
            parts[name], parts[other] = parts[other], parts[name]
        case 2:
            parts[name] = parts[name][: rng.randint(0, len(parts[name]))]
        case 3:
            parts[name] = b""
        case 4:
            parts[name.upper()] = parts[other]
        case 5:
            parts[name.replace("/", "\\")] = parts.pop(name)
        case _:
            at = parts[name].find(b"?>") + 2
            parts[name] = parts[name][:at] + rng.choice(_DECLARATIONS) + parts[name][at:]


def change_bytes(rng: Random, parts: Parts) -> None:
    """Change a few bytes of a part."""
    name = _part(rng, parts)
    parts[name] = mutated(rng, parts[name])


def _part(rng: Random, parts: Parts) -> str:
    return DOCUMENT if DOCUMENT in parts and rng.random() < 0.6 else rng.choice(list(parts))


WORD_MUTATIONS: tuple[Callable[[Random, Parts], None], ...] = (
    change_xml,
    change_xml,
    change_xml,
    change_parts,
    change_bytes,
)
