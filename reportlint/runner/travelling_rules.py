"""House rules as bytes, so that a machine without the files can check drafts with them."""

from __future__ import annotations

import os
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from reportlint.config.options import Options
from reportlint.engine.rules import Rules
from reportlint.knowledge.parameters import files_named
from reportlint.knowledge.rulebook import rule_files


class TravellingRules(NamedTuple):
    """Options whose folders of house rules are relative to a folder, and the files there by their path."""

    options: Options
    files: tuple[tuple[str, bytes], ...] = ()


def packed_rules(rules: Rules) -> TravellingRules:
    """Return the options of rules, and the files of the house rules and of what they name, such as term bases.

    Raises:
        OSError: a file cannot be read.
    """
    # What suppresses findings, and which files form a report, is known before and after a draft is checked.
    options = replace(rules.options, waivers=None, baseline=None, parts=())
    if not options.folders:
        return TravellingRules(options)
    found = {file.absolute() for folder in options.folders for file in rule_files(folder)}
    found |= {file.absolute() for card in rules.cards if card.parameters for file in files_named(card.parameters)}
    folders = [folder.absolute() for folder in options.folders]
    top = os.path.commonpath([os.path.normpath(path) for path in (*folders, *(file.parent for file in found))])
    return TravellingRules(
        replace(options, folders=tuple(Path(os.path.relpath(folder, top)) for folder in folders)),
        tuple((os.path.relpath(file, top), file.read_bytes()) for file in sorted(found)),
    )


@cache
def unpacked_options(rules: TravellingRules) -> Options:
    """Return the options, whose house rules are in a temporary folder of this process from now on."""
    if not rules.files:
        return rules.options
    top = Path(_temporary_folder().name, os.urandom(8).hex())
    for name, data in rules.files:
        file = top / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return replace(rules.options, folders=tuple(top / folder for folder in rules.options.folders))


@cache
def _temporary_folder() -> tempfile.TemporaryDirectory[str]:
    """Return the folder for house rules, which is removed when the process ends."""
    return tempfile.TemporaryDirectory(prefix="reportlint-")
