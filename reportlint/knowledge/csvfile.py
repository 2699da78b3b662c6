"""CSV with the place of every cell, which ``csv`` does not provide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from reportlint.errors import Mistake, UnreadableInput
from reportlint.knowledge.data_file import DataFile, Place, PlaceTree, read_limited

# A cell in quotation marks (unclosed: up to the end), whose text doubles them, or any other cell; then what ends it.
_CELL = re.compile(r'(?:"(?P<quoted>(?:[^"]|"")*+)(?P<close>"?)(?P<stray>[^,\n]*)|(?P<plain>[^,\n]*))(?P<end>,|\n|\Z)')


class _Cell(NamedTuple):
    text: str
    place: Place


def read_csv(path: Path, name: str | None = None) -> DataFile:
    """Read a file, called ``name`` in messages, as a list of rows: mappings of columns to texts without outer spaces.

    The first line names the columns. Empty lines are left out, and missing cells at the end of a row are empty. Errors
    are collected in ``mistakes``.
    """
    file = DataFile(name or path.as_posix())
    try:
        text = read_limited(path)
    except UnreadableInput as error:
        file.mistakes.append(Mistake(file.path, 1, 1, str(error)))
        return file
    rows = _rows(text, file)
    columns = next(rows, [])
    seen: set[str] = set()
    for cell in columns:
        if cell.text in seen:
            file.mistakes.append(Mistake(file.path, *cell.place, f"duplicate column “{cell.text}”"))
        seen.add(cell.text)
    keys = {cell.text: cell.place for cell in columns}
    values: list[dict[str, str]] = []
    spots: list[PlaceTree] = []
    for row in rows:
        if not any(cell.text for cell in row):
            continue
        for cell in row[len(columns) :]:
            if cell.text:
                file.mistakes.append(
                    Mistake(file.path, *cell.place, f"“{cell.text}” has no column: put a text with a comma in quotes")
                )
                break
        cells = [*row, *[_Cell("", row[-1].place)] * (len(columns) - len(row))]
        values.append({column.text: cell.text for column, cell in zip(columns, cells, strict=False)})
        parts: dict[str | int, PlaceTree] = {
            column.text: PlaceTree(cell.place) for column, cell in zip(columns, cells, strict=False)
        }
        spots.append(PlaceTree(row[0].place, parts, keys))
    file.value, file.spot = values, PlaceTree((1, 1), spots, keys)
    return file


def _rows(text: str, file: DataFile) -> Iterator[list[_Cell]]:
    line, line_start, row = 1, 0, list[_Cell]()
    for match in _CELL.finditer(text):
        place = line, match.start() - line_start + 1
        if match["quoted"] is None:
            row.append(_Cell(match["plain"].strip(), place))
        else:
            row.append(_Cell(match["quoted"].replace('""', '"').strip(), place))
            if not match["close"]:
                file.mistakes.append(Mistake(file.path, *place, "this quotation mark is never closed"))
            elif match["stray"].strip():
                text_after = match["stray"].strip()
                file.mistakes.append(Mistake(file.path, *place, f"“{text_after}” after the closing quotation mark"))
        breaks = text.count("\n", match.start(), match.end())
        if breaks:
            line, line_start = line + breaks, text.rfind("\n", 0, match.end()) + 1
        if match["end"] != ",":
            yield row
            row = []
        if match.end() == len(text) and match["end"] != ",":
            return
