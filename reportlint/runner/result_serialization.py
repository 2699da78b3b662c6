"""Draft results as bytes for the cache, without paths and without the texts from the cards."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from reportlint.document import Span
from reportlint.engine.linting import Identity
from reportlint.engine.rules import Rules
from reportlint.engine.waiver_comments import WaiverComment
from reportlint.finding import Applicability, Edit, Finding, Fix, Place, Severity, Unlisted
from reportlint.knowledge.cards import choose_text
from reportlint.knowledge.levels import DocumentKind
from reportlint.report import FileState
from reportlint.runner.draft_checking import DraftResult

_FAST = 1


def pack(result: DraftResult, paths: Sequence[str]) -> bytes:
    """Return a result as bytes. Places refer to files by their index in ``paths``."""
    numbers = {path: number for number, path in enumerate(paths)}
    data = {
        "state": result.state.value,
        "language": result.language,
        "findings": [_packed(finding, numbers) for finding in result.findings],
        "comments": [_packed_comment(comment, numbers) for comment in result.waiver_comments],
        "identity": _packed_identity(result.identity),
        "looks_like_report": result.looks_like_report,
        "struck": result.struck,
    }
    return zlib.compress(
        json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), _FAST
    )


def unpack(data: bytes, paths: Sequence[str], rules: Rules) -> DraftResult:
    """Return the result that was packed. ``paths`` are the current paths of the files of the draft.

    Raises:
        ValueError, LookupError, TypeError, AttributeError: the bytes were not made by :func:`pack`.
    """
    try:
        read = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    except zlib.error as error:
        raise ValueError(str(error)) from None
    return DraftResult(
        FileState(read["state"]),
        read["language"],
        tuple(_unpacked(finding, read["language"], paths, rules) for finding in read["findings"]),
        tuple(_unpacked_comment(comment, paths) for comment in read["comments"]),
        _unpacked_identity(read["identity"]),
        read["looks_like_report"],
        tuple(read["struck"]),
    )


def _packed(finding: Finding, numbers: Mapping[str, int]) -> list[Any]:
    fix = finding.fix
    return [
        finding.code, finding.severity.value, finding.message, dict(finding.fields), _place(finding.place, numbers),
        [_place(place, numbers) for place in finding.related],
        [fix.applicability.value, [_edit(edit, numbers) for edit in fix.edits]] if fix else None,
        finding.fingerprint,
        [[each.severity.value, _place(each.place, numbers), each.fingerprint] for each in finding.unlisted],
    ]  # fmt: skip


def _place(place: Place, numbers: Mapping[str, int]) -> list[Any]:
    return [
        numbers[place.path], place.line, place.column, place.end_line, place.end_column, place.paragraph, place.where,
        place.start, place.end, place.message,
    ]  # fmt: skip


def _edit(edit: Edit, numbers: Mapping[str, int]) -> list[Any]:
    return [numbers[edit.path], edit.line, edit.column, edit.end_line, edit.end_column, edit.text]


def _unpacked(data: Sequence[Any], language: str | None, paths: Sequence[str], rules: Rules) -> Finding:
    code, severity, message, fields, place, related, fix, fingerprint, unlisted = data
    card, message_language = rules.by_code[code], rules.options.message_language
    return Finding(
        code, card.name, Severity(severity), card.confidence, message,
        choose_text(card.why, message_language), fields, _unpacked_place(place, paths), language,
        tuple(_unpacked_place(related_place, paths) for related_place in related),
        Fix(Applicability(fix[0]), tuple(Edit(paths[edit[0]], *edit[1:]) for edit in fix[1])) if fix else None,
        card.authority.in_language(message_language) if card.authority else None, fingerprint,
        unlisted=tuple(
            Unlisted(Severity(severity), _unpacked_place(place, paths), fingerprint)
            for severity, place, fingerprint in unlisted
        ),
    )  # fmt: skip


def _unpacked_place(data: Sequence[Any], paths: Sequence[str]) -> Place:
    return Place(paths[data[0]], *data[1:])


def _packed_comment(comment: WaiverComment, numbers: Mapping[str, int]) -> list[Any]:
    return [comment.text, comment.text_start, _place(comment.place, numbers), *comment.reach, comment.closed]


def _unpacked_comment(data: Sequence[Any], paths: Sequence[str]) -> WaiverComment:
    text, text_start, place, start, end, closed = data
    return WaiverComment(text, text_start, _unpacked_place(place, paths), Span(start, end), closed)


def _packed_identity(identity: Identity) -> list[Any]:
    return [identity.kind.value, identity.symbol, identity.title, identity.date and identity.date.isoformat()]


def _unpacked_identity(data: Sequence[Any]) -> Identity:
    kind, symbol, title, day = data
    return Identity(DocumentKind(kind), symbol, title, day and date.fromisoformat(day))
