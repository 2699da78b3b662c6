"""Write the JSON Schema that editors use to validate ``reportlint.toml``: python docs/config_schema.py"""

from __future__ import annotations

import json
from pathlib import Path

from reportlint.config.json_schema import schema

SCHEMA = Path(__file__).parent / "reportlint.schema.json"


def schema_text() -> str:
    """Return the text of the schema file."""
    return json.dumps(schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
