"""Text that programs reading the output take for nothing else.

The log of GitHub Actions or Azure Pipelines may show any output of the linter, and both carry out commands in it: a
line that begins with ``::`` after white space, and ``##[…]`` or ``##vso[…]`` anywhere. A terminal carries out control
characters.
"""

from __future__ import annotations

import json
import re
from typing import Any

COMMAND = re.compile(r"^[^\S\n]*:(?=:)|##(?=\w*\[)", re.MULTILINE)
"""The beginning of a command in a log, up to the character that must not be followed by what follows it."""
# Characters that JSON allows in strings: control characters, those that change the direction of the text after them,
# and the lone surrogates that stand for the bytes of a file name that is not in UTF-8.
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]|(?<=#)#(?=\w*\[)")


def json_text(data: Any, indent: int | None = 2) -> str:
    """Return data as JSON. Unsafe characters are escaped, so that reading the JSON returns exactly the same data.

    A byte of a file name that is not in UTF-8, such as E9, becomes ``\\udce9``, as in Python.
    """
    text = json.dumps(data, ensure_ascii=False, indent=indent)
    return _UNSAFE_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def without_commands(text: str) -> str:
    """Return the lines of a text with a space in what a log would take for a command."""
    return COMMAND.sub(r"\g<0> ", text)


def without_commands_in_xml(text: str) -> str:
    """Return XML or HTML with a character reference in what a log would take for a command."""
    return COMMAND.sub(lambda match: f"{match.group()[:-1]}&#{ord(match.group()[-1])};", text)
