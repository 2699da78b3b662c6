"""Text that programs reading the output take for nothing else.

The log of GitHub Actions or Azure Pipelines may show any output of the linter, and both carry out commands in it: a
line that begins with ``::`` after white space, and ``##[…]`` or ``##vso[…]`` anywhere. A terminal carries out control
characters.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Iterator
from typing import Any

COMMAND = re.compile(r"^[^\S\n]*:(?=:)|##(?=\w*\[)", re.MULTILINE)
"""The beginning of a command in a log, up to the character that must not be followed by what follows it."""
# Characters that JSON allows in strings: control characters, those that change the direction of the text after them,
# and the lone surrogates that stand for the bytes of a file name that is not in UTF-8.
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|(?<=#)#(?=\w*\[)")


_ITEMS_BETWEEN_COLLECTIONS = 200


def json_text(data: Any, indent: int | None = 2) -> str:
    """Return data as JSON. Unsafe characters are escaped, so that reading the JSON returns exactly the same data.

    A byte of a file name that is not in UTF-8, such as E9, becomes ``\\udce9``, as in Python.
    """
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def json_chunks(data: Any, margin: str = "") -> Iterator[str]:
    """Yield data as JSON, as ``json_text`` returns it, in pieces. An iterator in the data becomes an array.

    ``margin`` is what stands before each line but the first.
    """
    inner = f"{margin}  "
    if isinstance(data, Iterator):
        separator = "["
        for number, item in enumerate(data, 1):
            if number % _ITEMS_BETWEEN_COLLECTIONS == 0:
                gc.collect(0)  # JSON with indents leaves cycles, and the program rarely looks for them
            yield f"{separator}\n{inner}{json_text(item).replace(chr(10), chr(10) + inner)}"
            separator = ","
        yield "[]" if separator == "[" else f"\n{margin}]"
    elif data and isinstance(data, dict | list):
        pairs = data.items() if isinstance(data, dict) else ((None, item) for item in data)
        opening, closing = "{}" if isinstance(data, dict) else "[]"
        for number, (key, item) in enumerate(pairs):
            yield f"{',' if number else opening}\n{inner}"
            if key is not None:
                yield f"{json_text(key)}: "
            yield from json_chunks(item, inner)
        yield f"\n{margin}{closing}"
    else:
        yield json_text(data)


def without_commands(text: str) -> str:
    """Return the lines of a text with a space in what a log would take for a command."""
    return COMMAND.sub(r"\g<0> ", text) if "::" in text or "##" in text else text


def without_commands_in_xml(text: str) -> str:
    """Return XML or HTML with a character reference in what a log would take for a command."""
    return COMMAND.sub(lambda match: f"{match.group()[:-1]}&#{ord(match.group()[-1])};", text)
