"""The table of all settings, in the order of ``reportlint config``. ``settings_shape`` declares their values."""

from __future__ import annotations

from enum import Enum
from typing import Any, NamedTuple

from reportlint.config.options import MEGABYTE, Options
from reportlint.knowledge.levels import Severity, Stage


class Join(Enum):
    """How the values of a setting combine if it is set in several places."""

    LAST = "the last value applies"
    ALL = "all values apply"


class Names(Enum):
    """What the values of a setting name: rules and languages are verified, files are resolved."""

    RULES = "rules"
    LANGUAGE = "language"
    FILES = "files"


class Setting(NamedTuple):
    """A setting: its key and description. ``in_overrides``: it may also be set under ``[[overrides]]``."""

    key: str
    description: str
    join: Join = Join.LAST
    names: Names | None = None
    in_overrides: bool = False
    default: Any = None


SETTINGS = (
    Setting("extends", "Configuration files whose settings apply unless this file overrides them.", Join.ALL),
    Setting("stage", "How strict to be.", in_overrides=True, default=Stage.REVIEW.value),
    Setting(
        "language", "The language of the drafts; detected if not set.", names=Names.LANGUAGE, in_overrides=True,
    ),
    Setting("kind", "The kind of the documents; recognized if not set.", in_overrides=True),
    Setting("message-language", "The language of the messages.", names=Names.LANGUAGE),
    Setting("fail-on", "The lowest severity that makes a run fail.", default=Severity.WARNING.value),
    Setting(
        "select", "Report only these rules: codes, families or names.", names=Names.RULES, in_overrides=True,
    ),
    Setting(
        "ignore", "Do not report these rules: codes, families or names.", Join.ALL, Names.RULES, in_overrides=True,
    ),
    Setting(
        "severity", "The severity of rules at every stage, by code, family or name.",
        names=Names.RULES, in_overrides=True,
    ),
    Setting("exclude", "Files and folders to skip, as patterns.", Join.ALL),
    Setting("rules", "Folders of house rules.", Join.ALL, Names.FILES),
    Setting("waivers", "The waiver file.", names=Names.FILES),
    Setting("baseline", "The file of known findings, which do not count.", names=Names.FILES),
    Setting(
        "names", "Names to recognize in addition to the registers; “Name (ABBREVIATION)” gives both.", Join.ALL,
    ),
    Setting(
        "meeting", "What the masthead and title do not state about the session or meeting, in the words of the draft.",
        in_overrides=True,
    ),
    Setting("report", "A report issued in parts, which are checked as one.", names=Names.FILES, in_overrides=True),
    Setting(
        "tracked-changes", "The text of a Word file to check: with its tracked changes, or as it was before them.",
        in_overrides=True,
    ),
    Setting(
        "max-size", "The largest size of a draft in megabytes (millions of bytes). A larger file is not read.",
        default=Options.max_bytes // MEGABYTE,
    ),
    Setting("documentation", "The address of these pages, to which codes of rules on a terminal are linked."),
)  # fmt: skip
BY_KEY = {setting.key: setting for setting in SETTINGS}
OVERRIDES = "overrides"
PATHS = "paths"
