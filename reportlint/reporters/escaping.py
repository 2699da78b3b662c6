"""Text that programs reading the output take for nothing else.

The log of GitHub Actions or Azure Pipelines may show any output of the linter, and both carry out commands in it: a
line that begins with ``::`` after white space, and ``##[…]`` or ``##vso[…]`` anywhere. A terminal carries out control
characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from json.encoder import encode_basestring
from typing import Any

COMMAND = re.compile(r"^[^\S\n]*:(?=:)|##(?=\w*\[)", re.MULTILINE)
"""The beginning of a command in a log, up to the character that must not be followed by what follows it."""
# Characters that JSON allows in strings: control characters, those that change the direction of the text after them,
# and the lone surrogates that stand for the bytes of a file name that is not in UTF-8.
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|(?<=#)#(?=\w*\[)")
_encode = json.JSONEncoder(ensure_ascii=False).encode


def json_text(data: Any, *, on_one_line: bool = False) -> str:
    """Return data as JSON with an indent of two spaces, or on one line. All keys are strings.

    Unsafe characters are escaped, so that reading the JSON returns exactly the same data. A byte of a file name that is
    not in UTF-8, such as E9, becomes ``\\udce9``, as in Python.
    """
    return _safe(_encode(data) if on_one_line else _indented(data, "\n"))


def _safe(text: str) -> str:
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def _indented(data: Any, line: str) -> str:
    """Return data as JSON with indents; ``line`` is a line end and the indent of the data.

    With indents, ``json`` leaves cycles of objects for each text, which fill the memory of a run over many files.
    """
    kind = type(data)
    if kind is str:
        return encode_basestring(data)
    if kind is int:
        return str(data)
    inner = f"{line}  "
    if data and isinstance(data, dict):
        pairs = f",{inner}".join([f"{encode_basestring(key)}: {_indented(item, inner)}" for key, item in data.items()])
        return f"{{{inner}{pairs}{line}}}"
    if data and isinstance(data, list | tuple):
        items = f",{inner}".join([_indented(item, inner) for item in data])
        return f"[{inner}{items}{line}]"
    return _encode(data)


def json_chunks(data: Any, line: str = "\n") -> Iterator[str]:
    """Yield data as JSON, as ``json_text`` returns it, in pieces. An iterator in the data becomes an array.

    ``line`` is a line end and the indent of the data.
    """
    inner = f"{line}  "
    if isinstance(data, Iterator):
        separator = "["
        for item in data:
            yield f"{separator}{inner}{_safe(_indented(item, inner))}"
            separator = ","
        yield "[]" if separator == "[" else f"{line}]"
    elif data and isinstance(data, dict | list):
        pairs = data.items() if isinstance(data, dict) else ((None, item) for item in data)
        opening, closing = "{}" if isinstance(data, dict) else "[]"
        for number, (key, item) in enumerate(pairs):
            yield f"{',' if number else opening}{inner}"
            if key is not None:
                yield f"{json_text(key)}: "
            yield from json_chunks(item, inner)
        yield f"{line}{closing}"
    else:
        yield json_text(data)


def without_commands(text: str) -> str:
    """Return the lines of a text with a space in what a log would take for a command."""
    return COMMAND.sub(r"\g<0> ", text) if "::" in text or "##" in text else text


def without_commands_in_xml(text: str) -> str:
    """Return XML or HTML with a character reference in what a log would take for a command."""
    return COMMAND.sub(lambda match: f"{match.group()[:-1]}&#{ord(match.group()[-1])};", text)
