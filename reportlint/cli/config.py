"""``reportlint config``: the settings in force for a file, and where each is set."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from reportlint.cli.arguments import make_workspace
from reportlint.cli.terminal import Result
from reportlint.config.config_file import Configuration, StatedSetting
from reportlint.reporters.escaping import json_text
from reportlint.reporters.layout import cells, printable_path

_WIDEST = 60


def run(given: Namespace) -> Result:
    """List the settings in force for a draft, or for the drafts of a folder.

    Raises:
        DataError: the configuration is invalid.
    """
    workspace = make_workspace(given)
    configuration = workspace.configuration(given.path)
    settings = workspace.settings(given.path)
    excluded = configuration is not None and configuration.excludes(given.path)
    if given.output_format == "json":
        data = {
            "schema": 1,
            "path": given.path,
            "configuration": configuration.path if configuration else None,
            "excluded": excluded,
            "settings": [
                {
                    "key": setting.name,
                    "value": setting.value,
                    "origin": setting.origin.name,
                    "line": setting.origin.line,
                }
                for setting in settings
            ],
        }
        return 0, json_text(data) + "\n"
    return 0, "".join(f"{line}\n" for line in _lines(given.path, configuration, settings, excluded))


def _lines(
    path: str, configuration: Configuration | None, settings: Sequence[StatedSetting], excluded: bool
) -> list[str]:
    source = printable_path(configuration.path) if configuration else "defaults only"
    lines = [f"{printable_path(path)}: configured by {source}{', which excludes it' if excluded else ''}", ""]
    rows = [
        (f"{setting.name} = {json_text(setting.value, on_one_line=True)}", str(setting.origin)) for setting in settings
    ]
    width = min(max(cells(setting) for setting, _ in rows), _WIDEST)
    lines += [f"{setting}{' ' * (width - cells(setting))}  {printable_path(origin)}" for setting, origin in rows]
    return lines
