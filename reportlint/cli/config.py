"""The settings in force for a file, and where each of them is said."""

from __future__ import annotations

import json

from reportlint.config.configuration import Configuration, StatedSetting
from reportlint.reporters.layout import cells, printable_path
from reportlint.workspace import Workspace

_WIDEST = 60


def list_settings(path: str, workspace: Workspace, as_json: bool) -> str:
    """The settings in force for ``path``, as text or as a JSON object."""
    configuration = workspace.configuration(path)
    entries = workspace.settings(path)
    excluded = configuration is not None and configuration.excludes(path)
    if as_json:
        data = {
            "schema": 1,
            "path": path,
            "configuration": configuration.path if configuration else None,
            "excluded": excluded,
            "settings": [
                {"key": one.name, "value": one.value, "origin": one.origin.name, "line": one.origin.line}
                for one in entries
            ],
        }
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"
    return "".join(line + "\n" for line in _lines(path, configuration, entries, excluded))


def _lines(
    path: str, configuration: Configuration | None, entries: tuple[StatedSetting, ...], excluded: bool
) -> list[str]:
    found = printable_path(configuration.path) if configuration else "nothing but defaults"
    lines = [f"{printable_path(path)}: configured by {found}{', which excludes it' if excluded else ''}", ""]
    said = [(f"{one.name} = {json.dumps(one.value, ensure_ascii=False)}", str(one.origin)) for one in entries]
    width = min(max(cells(setting) for setting, _ in said), _WIDEST)
    lines += [f"{setting}{' ' * (width - cells(setting))}  {printable_path(origin)}" for setting, origin in said]
    return lines
