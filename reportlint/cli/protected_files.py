"""The files that no output may replace: the inputs of a run, and everything that it is configured by."""

from __future__ import annotations

import os
from collections.abc import Iterable
from os.path import dirname
from pathlib import Path

from reportlint.config.config_file import Configuration, StatedSetting
from reportlint.files import Protected
from reportlint.knowledge.rulebook import rule_files
from reportlint.waivers.applying import BASELINE, WAIVER_FILE
from reportlint.workspace import Workspace

_KINDS = {"waivers": WAIVER_FILE, "baseline": BASELINE}


def protected_files(
    inputs: Iterable[str], workspace: Workspace, rules: Iterable[str], baseline: str | None
) -> Protected:
    """Return the files that must not be replaced, each with what it is.

    Args:
        inputs: the paths of the drafts; folders only stand for the configuration of the drafts in them.
        workspace: the settings of the drafts.
        rules: the house rules that the command line names.
        baseline: the baseline that the command line names.
    """
    suppressing: dict[str, str] = {baseline: BASELINE} if baseline else {}
    others = _rule_files(rules)
    known: set[tuple[int, str]] = set()
    for path in inputs:
        is_folder = os.path.isdir(path)
        configuration = workspace.configuration(path)
        folder = path if is_folder else dirname(path)
        if (id(configuration), folder) not in known:
            known.add((id(configuration), folder))
            suppressing[workspace.waivers(f"{folder}/*" if is_folder else path)] = WAIVER_FILE
            if configuration:
                suppressing |= _suppressing(configuration)
                others |= _configured(configuration)
        if not is_folder:
            others[path] = "an input of this run"
    # A file that is also something else is not replaced by a waiver file or a baseline either.
    return suppressing | others


def _suppressing(configuration: Configuration) -> dict[str, str]:
    return {str(entry.value): _KINDS[entry.key] for entry in _entries(configuration) if entry.key in _KINDS}


def _configured(configuration: Configuration) -> dict[str, str]:
    files = dict.fromkeys((configuration.path, *configuration.extended), "a configuration file")
    for entry in _entries(configuration):
        if entry.key == "rules":
            files |= _rule_files(entry.value)
        elif entry.name == "report.parts":
            files |= dict.fromkeys(map(str, entry.value), "a part of a report")
    return files


def _entries(configuration: Configuration) -> list[StatedSetting]:
    overridden = [entry for override in configuration.overrides for entry in override.entries]
    return [*configuration.entries, *overridden]


def _rule_files(folders: Iterable[str]) -> dict[str, str]:
    return {str(file): "a file of house rules" for folder in folders for file in rule_files(Path(folder))}
