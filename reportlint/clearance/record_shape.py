"""What a clearance record is: an in-toto Statement, whose predicate states under which conditions files were cleared.

One declaration serves for writing and reading records, and for the published JSON Schema.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any, Literal

from reportlint.config.settings_shape import KINDS
from reportlint.errors import Mistake
from reportlint.finding import Severity, Stage, SuppressedBy
from reportlint.knowledge.declared import Accepts, At, AtLeast, Field, Matches, NotEmpty, OneOf, Record, Size
from reportlint.knowledge.levels import DocumentKind

STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "urn:reportlint:clearance:1"
CHECKED = "checked"
OFF = "off"
PATHS_IN_SETTINGS = ("rules", "baseline")
"""The settings of the command line whose values are paths."""
COMMAND_LINE_SETTINGS = (
    "stage", "language", "kind", "fail-on", "select", "ignore", "tracked-changes", *PATHS_IN_SETTINGS,
)  # fmt: skip
_OTHER_SEPARATORS = (os.sep,) if os.sep != "/" else ()


def _fault_of_name(name: str) -> str:
    parts = name.split("/")
    leaves = ".." in parts or "" in parts or "\0" in name or any(map(name.__contains__, _OTHER_SEPARATORS))
    if leaves or os.path.splitdrive(name)[0] or ("." in parts and name != "."):
        return f"“{name}” is no path inside the folder of the record"
    return ""


def _fault_of_time(text: str) -> str:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return f"“{text}” is not a time in UTC"
    return ""


Name = Annotated[str, Accepts(_fault_of_name)]
"""A path inside the folder of the record, relative to it, with slashes."""
_Count = Annotated[int, AtLeast(0)]
_Text = Annotated[str, NotEmpty()]
_Severity = Literal["error", "warning", "info", "off"]
RuleSeverities = Mapping[str, _Severity]
"""The severities of rules, by code; "off": the rule did not run."""


@dataclass(frozen=True)
class Digest:
    """A SHA-256 hash in hexadecimal."""

    sha256: Annotated[str, Matches("^[0-9a-f]{64}$", "is no SHA-256 hash")]


@dataclass(frozen=True)
class Subject:
    """A file that was checked, and the digest of its bytes."""

    name: Name
    digest: Digest


@dataclass(frozen=True)
class PluginVersion:
    """An installed plugin, and the name and version of its distribution."""

    name: _Text
    version: str


@dataclass(frozen=True)
class HouseFile:
    """A file that the rules or settings come from, or that suppresses findings; ``path`` may lie outside the folder."""

    path: _Text
    kind: Literal["configuration", "rules", "waivers", "baseline"]
    digest: Digest


@dataclass(frozen=True, kw_only=True)
class FileConditions:
    """The conditions under which one file is checked; ``rules`` are those that differ from the rules of the run."""

    stage: Stage
    configuration: Digest
    rules: RuleSeverities


@dataclass(frozen=True, kw_only=True)
class RecordedFile:
    """A file of the run: what it is, its findings, and how it was checked, if it was."""

    path: Name
    state: Literal["checked", "unreadable", "unknown-language", "not-a-un-document", "empty", "excluded"]
    reason: str | None = None
    symbol: str | None = None
    title: str | None = None
    date: date | None = None
    language: str | None = None
    kind: DocumentKind | None = None
    errors: _Count
    warnings: _Count
    infos: _Count
    suppressed: _Count
    conditions: FileConditions | None = None


@dataclass(frozen=True, kw_only=True)
class SuppressingPlace:
    """The place of a waiver or baseline; a baseline has no lines."""

    path: _Text
    line: Annotated[int, AtLeast(1)] | None = None


@dataclass(frozen=True, kw_only=True)
class RecordedWaiver:
    """A finding that does not count, with the waiver or the baseline that says so."""

    path: Name
    line: Annotated[int, AtLeast(1)]
    where: str
    code: _Text
    by: SuppressedBy
    reason: str
    until: date | None = None
    place: SuppressingPlace


_SETTINGS = Record({key: Field(key, KINDS[key], is_required=False) for key in COMMAND_LINE_SETTINGS})


@dataclass(frozen=True, kw_only=True)
class CommandLine:
    """What the command line said about the conditions: a configuration file, and settings by key."""

    config: Name | None = None
    settings: Annotated[Mapping[str, Any], _SETTINGS]

    def mistakes(self, at: At) -> Iterator[Mistake]:
        for key in PATHS_IN_SETTINGS:
            value = self.settings.get(key, ())
            for name in (value,) if isinstance(value, str) else value:
                if fault := _fault_of_name(name):
                    yield at("settings", key, fault)


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """The conditions of a run as a whole. ``configuration`` is the digest of the settings in force."""

    version: _Text
    stage: Stage
    select: tuple[_Text, ...]
    ignore: tuple[_Text, ...]
    fail_on: Severity
    rules: RuleSeverities
    plugins: tuple[PluginVersion, ...]
    configuration: Digest
    house_files: tuple[HouseFile, ...]


@dataclass(frozen=True, kw_only=True)
class Predicate(Conditions):
    """What a record states about its subjects. ``time`` is that of the run, in UTC."""

    time: Annotated[str, Matches(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", "is not a time in UTC"), Accepts(_fault_of_time)]
    command_line: CommandLine
    files: Annotated[tuple[RecordedFile, ...], Size(1)]
    waivers: tuple[RecordedWaiver, ...]


def _word(word: str) -> Any:
    return Annotated[str, OneOf((word,))]


STATEMENT = Record(
    {
        "_type": Field("type", _word(STATEMENT_TYPE), description="The version of in-toto Statements."),
        "subject": Field(
            "subject", Annotated[tuple[Subject, ...], Size(1)], description="The files that were checked, by name."
        ),
        "predicateType": Field("predicateType", _word(PREDICATE_TYPE), description="The version of this format."),
        "predicate": Field("predicate", Predicate, description="How the files were checked, and with which result."),
    }
)
"""The declaration of a record."""
