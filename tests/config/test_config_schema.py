"""The published schema is that of the settings as they are."""

from __future__ import annotations

import sys

from drafts import ROOT

sys.path.insert(0, str(ROOT / "docs"))

from config_schema import SCHEMA, schema_text


def test_the_schema_is_current() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run: python docs/config_schema.py"
