"""What came of a draft as bytes, for the cache: without paths, and without what the card of a rule says."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from reportlint.engine.rules import Rules
from reportlint.finding import Applicability, Edit, Finding, Fix, Place, Severity, SuppressedBy, Suppression
from reportlint.knowledge.cards import choose_text
from reportlint.report import FileState
from reportlint.runner.one_draft import Checked

_FAST = 1


def pack(checked: Checked, paths: Sequence[str]) -> bytes:
    """The bytes; places name the files by their positions in ``paths``."""
    numbers = {path: number for number, path in enumerate(paths)}
    data = {
        "state": checked.state.value,
        "language": checked.language,
        "until": checked.until.isoformat() if checked.until else None,
        "findings": [_packed(one, numbers) for one in checked.findings],
    }
    return zlib.compress(
        json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), _FAST
    )


def unpack(data: bytes, paths: Sequence[str], rules: Rules) -> Checked:
    """What came of a draft whose files have these paths now.

    Raises:
        ValueError, LookupError, TypeError: these bytes were not made by :func:`pack`.
    """
    try:
        read = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    except zlib.error as error:
        raise ValueError(str(error)) from None
    return Checked(
        FileState(read["state"]),
        read["language"],
        tuple(_unpacked(one, read["language"], paths, rules) for one in read["findings"]),
        date.fromisoformat(read["until"]) if read["until"] else None,
    )


def _packed(finding: Finding, numbers: Mapping[str, int]) -> list[Any]:
    fix, suppression = finding.fix, finding.suppression
    return [
        finding.code, finding.severity.value, finding.message, dict(finding.fields), _place(finding.place, numbers),
        [_place(one, numbers) for one in finding.related],
        [fix.applicability.value, [[one.line, one.column, one.end_line, one.end_column, one.text] for one in fix.edits]]
        if fix else None,
        finding.fingerprint, [suppression.by.value, suppression.reason] if suppression else None,
    ]  # fmt: skip


def _place(place: Place, numbers: Mapping[str, int]) -> list[Any]:
    return [
        numbers[place.path], place.line, place.column, place.end_line, place.end_column, place.paragraph, place.where,
        place.start, place.end, place.message,
    ]  # fmt: skip


def _unpacked(data: Sequence[Any], language: str | None, paths: Sequence[str], rules: Rules) -> Finding:
    code, severity, message, fields, place, related, fix, fingerprint, suppression = data
    card = rules.by_code[code]
    return Finding(
        code, card.name, Severity(severity), card.confidence, message,
        choose_text(card.why, rules.options.message_language), fields, Place(paths[place[0]], *place[1:]), language,
        tuple(Place(paths[one[0]], *one[1:]) for one in related),
        Fix(Applicability(fix[0]), tuple(Edit(*one) for one in fix[1])) if fix else None,
        card.authority, fingerprint,
        Suppression(SuppressedBy(suppression[0]), suppression[1]) if suppression else None,
    )  # fmt: skip
