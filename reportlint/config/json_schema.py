"""The JSON Schema of ``reportlint.toml``, made from the declaration that validates it."""

from __future__ import annotations

from typing import Any

from reportlint.config.settings_shape import CONFIGURATION
from reportlint.knowledge.declared import AtLeast, Field, Matches, NotEmpty, Record, Size, ValueForm, plan_of

_DATE = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``reportlint.toml``."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "reportlint.toml",
        "description": "The configuration of reportlint; also accepted as [tool.reportlint] in pyproject.toml.",
        **_schema_of(CONFIGURATION),
    }


def _schema_of(declaration: Any) -> dict[str, Any]:
    """Return the JSON Schema of the values that a declaration accepts."""
    plan = plan_of(declaration)
    schema: dict[str, Any]
    if plan.form is ValueForm.RECORD:
        schema = _schema_of_record(plan.kind)
    elif plan.form is ValueForm.UNION:
        schema = {"anyOf": [_schema_of(choice) for choice in plan.inner]}
    elif plan.form is ValueForm.WORD:
        schema = {"type": "string", "enum": list(plan.inner)}
    elif plan.form is ValueForm.MAPPING:
        schema = {"type": "object", "additionalProperties": _schema_of(plan.inner[1])}
    elif plan.form is ValueForm.LIST:
        schema = {"type": "array", "items": _schema_of(plan.inner[0])}
    else:
        schema = {"type": "integer"} if plan.kind is int else {"type": "string"} if plan.kind is str else dict(_DATE)
    for constraint in plan.constraints:
        schema |= _limits(constraint)
    return schema


def _schema_of_record(record: Record) -> dict[str, Any]:
    properties = {key: _described(field) for key, field in record.fields.items()}
    required = [key for key, field in record.fields.items() if field.is_required]
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    return {**schema, "additionalProperties": False}


def _described(field: Field) -> dict[str, Any]:
    schema = _schema_of(field.kind)
    return {"description": field.description, **schema} if field.description else schema


def _limits(constraint: Any) -> dict[str, Any]:
    if isinstance(constraint, NotEmpty):
        return {"minLength": 1}
    if isinstance(constraint, Matches):
        return {"pattern": constraint.pattern}
    if isinstance(constraint, AtLeast):
        return {"minimum": constraint.least}
    if isinstance(constraint, Size):
        limits = {"minItems": constraint.least, "maxItems": constraint.most}
        return {key: limit for key, limit in limits.items() if limit is not None}
    return {}
