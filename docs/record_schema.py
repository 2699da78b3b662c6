"""Write the JSON Schema of clearance records: python docs/record_schema.py"""

from __future__ import annotations

import json
from pathlib import Path

from reportlint.clearance.record_shape import PREDICATE_TYPE, STATEMENT
from reportlint.knowledge.declared_schema import schema_of

SCHEMA = Path(__file__).parent / "clearance.schema.json"


def schema_text() -> str:
    """Return the text of the schema file."""
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": PREDICATE_TYPE,
        "description": "A clearance record of reportlint: an in-toto Statement with this type of predicate.",
        **schema_of(STATEMENT),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(schema_text(), encoding="utf-8")
