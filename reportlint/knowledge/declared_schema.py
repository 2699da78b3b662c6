"""JSON Schemas of what declarations accept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from types import NoneType
from typing import Any

from reportlint.knowledge.declared import AtLeast, Field, Matches, NotEmpty, Size, ValueForm, keys_of, plan_of

_SCALARS: Mapping[Any, Mapping[str, Any]] = {
    int: {"type": "integer"},
    str: {"type": "string"},
    date: {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
    NoneType: {"type": "null"},
}


def schema_of(declaration: Any) -> dict[str, Any]:
    """Return the JSON Schema of the values that a declaration accepts."""
    plan = plan_of(declaration)
    schema: dict[str, Any]
    if plan.form is ValueForm.RECORD:
        schema = _schema_of_record(keys_of(plan.kind))
    elif plan.form is ValueForm.UNION:
        schema = {"anyOf": [schema_of(choice) for choice in plan.inner]}
    elif plan.form is ValueForm.WORD:
        schema = {"type": "string", "enum": list(plan.inner)}
    elif plan.form is ValueForm.MAPPING:
        schema = {"type": "object", "additionalProperties": schema_of(plan.inner[1])}
    elif plan.form is ValueForm.LIST:
        schema = {"type": "array", "items": schema_of(plan.inner[0])}
    elif isinstance(plan.kind, type) and issubclass(plan.kind, Enum):
        schema = {"type": "string", "enum": [item.value for item in plan.kind]}
    else:
        schema = dict(_SCALARS[plan.kind])
    for constraint in plan.constraints:
        schema |= _limits(constraint)
    return schema


def _schema_of_record(fields: Mapping[str, Field]) -> dict[str, Any]:
    properties = {key: _described(field) for key, field in fields.items()}
    required = [key for key, field in fields.items() if field.is_required]
    schema: dict[str, Any] = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    return {**schema, "additionalProperties": False}


def _described(field: Field) -> dict[str, Any]:
    schema = schema_of(field.kind)
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
