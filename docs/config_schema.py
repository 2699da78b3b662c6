"""Writes the JSON Schema of ``reportlint.toml``, by which editors verify it: python docs/config_schema.py"""

from __future__ import annotations

import json
from pathlib import Path

from reportlint.config.settings import schema

SCHEMA = Path(__file__).parent / "reportlint.schema.json"


def written() -> str:
    """The text of the file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(written(), encoding="utf-8")
