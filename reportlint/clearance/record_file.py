"""Reads a clearance record: as it was written, or in the envelope of a signature."""

from __future__ import annotations

import base64
import json
import os
import stat
from collections import Counter
from collections.abc import Mapping
from typing import Any, NamedTuple

from reportlint.clearance.record import Clearance
from reportlint.clearance.record_shape import CHECKED, PREDICATE_TYPE, STATEMENT
from reportlint.errors import SetupError
from reportlint.knowledge.data_file import DataFile
from reportlint.knowledge.declared import FileStyle, read_declared
from reportlint.reporters.layout import shorten

PAYLOAD_TYPE = "application/vnd.in-toto+json"
_MAX_SIZE = 50_000_000
_LONGEST_REASON = 200
_STYLE = FileStyle(names_from=0)
_BUNDLED = "dsseEnvelope"
"""The key of the envelope in the bundles of Sigstore."""


class ReadRecord(NamedTuple):
    """What a record states, and whether it is in an envelope with signatures."""

    clearance: Clearance
    is_enveloped: bool


def read_record(path: str) -> ReadRecord:
    """Read a record, or a DSSE envelope with a record in it, whose signatures are not verified.

    Raises:
        SetupError: the file cannot be read, or is no valid record; the error has one line.
    """
    try:
        data = _parsed(_bytes(path))
        envelope = data.get(_BUNDLED, data) if isinstance(data, dict) else data
        is_enveloped = isinstance(envelope, dict) and "payload" in envelope
        return ReadRecord(_clearance(path, _parsed(_payload(envelope)) if is_enveloped else data), is_enveloped)
    except _Invalid as error:
        raise SetupError(f"{path} is no valid record: {shorten(str(error), _LONGEST_REASON)}") from None


def is_record(text: str) -> bool:
    """Return whether the text of a file is a record, not in an envelope; it need not be valid."""
    try:
        data = _parsed(text.encode("utf-8", "surrogatepass"))
    except _Invalid:
        return False
    return isinstance(data, dict) and data.get("predicateType") == PREDICATE_TYPE


class _Invalid(Exception):
    """A file is no valid record; the message says why."""


def _bytes(path: str) -> bytes:
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise SetupError(f"{path} cannot be read: not a regular file")
        with open(path, "rb") as file:
            data = file.read(_MAX_SIZE + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the name
        raise SetupError(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    if len(data) > _MAX_SIZE:
        raise _Invalid(f"larger than {_MAX_SIZE // 1_000_000} MB")
    return data


def _parsed(data: bytes) -> Any:
    """Return JSON, in which no key may be given twice: programs differ in which of the two they read."""
    try:
        return json.loads(data.decode("utf-8-sig"), object_pairs_hook=_unique, parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        raise _Invalid("not UTF-8") from None
    except (RecursionError, MemoryError):
        raise _Invalid("too deeply nested") from None
    except ValueError as error:
        raise _Invalid(f"not JSON: {error}") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        ((key, _),) = Counter(key for key, _ in pairs).most_common(1)
        raise _Invalid(f"the key “{key}” is given twice")
    return result


def _refuse_constant(word: str) -> Any:
    raise _Invalid(f"not JSON: {word}")


def _payload(envelope: Mapping[str, Any]) -> bytes:
    """Return the content of a DSSE envelope."""
    if envelope.get("payloadType") != PAYLOAD_TYPE:
        raise _Invalid(f"the envelope must have the payloadType {PAYLOAD_TYPE}")
    if not isinstance(envelope.get("signatures"), list) or not envelope["signatures"]:
        raise _Invalid("the envelope has no signatures")
    if not all(isinstance(entry, dict) and _is_text(entry.get("sig")) for entry in envelope["signatures"]):
        raise _Invalid("a signature of the envelope has no “sig”")
    payload = envelope["payload"]
    if not isinstance(payload, str):
        raise _Invalid("the payload of the envelope is not base64")
    try:
        return base64.b64decode(payload.translate(str.maketrans("-_", "+/")), validate=True)
    except ValueError:
        raise _Invalid("the payload of the envelope is not base64") from None


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _clearance(path: str, data: Any) -> Clearance:
    if not isinstance(data, dict):
        raise _Invalid("not a JSON object")
    statement, mistakes = read_declared(STATEMENT, DataFile(path, data), _STYLE)
    if mistakes:
        raise _Invalid(mistakes[0].message)
    subjects, predicate = statement["subject"], statement["predicate"]
    names = [subject.name for subject in subjects]
    checked = [file.path for file in predicate.files if file.state == CHECKED]
    for kind, paths in (("subject", names), ("file", [file.path for file in predicate.files])):
        (name, count), *_ = Counter(paths).most_common(1)
        if count > 1:
            raise _Invalid(f"the {kind} “{name}” is given twice")
    if sorted(names) != sorted(checked):
        raise _Invalid("the subjects are not the files that were checked")
    for file in predicate.files:
        if file.state == CHECKED and not (file.conditions and file.kind):
            raise _Invalid(f"the file “{file.path}” was checked, but its kind or conditions are missing")
    return Clearance(subjects, predicate)
