"""What waiver files and baselines must contain. Only what reads one imports this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from reportlint.knowledge.declared import Accepts, FileStyle, Says

BASELINE_VERSION = 1


@dataclass(frozen=True, kw_only=True)
class WaiverShape:
    """An entry of a waiver file."""

    path: str
    code: str
    fingerprint: str
    paragraph: str = ""
    reason: str = ""
    until: date | None = None


_Waiver = Annotated[WaiverShape, Says("expected a waiver")]
WAIVERS = Annotated[tuple[_Waiver, ...], Says("expected a list of waivers")]
WAIVER_STYLE = FileStyle(numbers_are_texts=True, empty_is_absent=True)


@dataclass(frozen=True, kw_only=True)
class AnyBaselineShape:
    """A baseline of any version: the fingerprints by draft and code."""

    schema: int
    findings: Mapping[str, Mapping[str, tuple[str, ...]]]


def _other_version(version: int) -> str:
    return "" if version == BASELINE_VERSION else "another version of reportlint wrote it"


_Version = Annotated[int, Accepts(_other_version)]


@dataclass(frozen=True, kw_only=True)
class BaselineShape(AnyBaselineShape):
    """A baseline of this version."""

    schema: _Version
