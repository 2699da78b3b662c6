"""The JSON Schema of ``reportlint.toml``, made from the declaration that validates it."""

from __future__ import annotations

from typing import Any

from reportlint.config.settings_shape import CONFIGURATION
from reportlint.knowledge.declared_schema import schema_of


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``reportlint.toml``."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "reportlint.toml",
        "description": "The configuration of reportlint; also accepted as [tool.reportlint] in pyproject.toml.",
        **schema_of(CONFIGURATION),
    }
