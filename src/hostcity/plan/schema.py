"""The JSON schema of a plan (draft 2020-12), made from the columns."""

from __future__ import annotations

from typing import Any

from hostcity.plan.characters import LINES, ONE_LINE
from hostcity.plan.columns import Column, columns_of, is_required
from hostcity.plan.plan import SHEETS
from hostcity.plan.tables import NEEDED_SHEETS

CLOCK = r"^\d{1,2}:[0-5]\d(:[0-5]\d(\.\d+)?)?$"


def plan_schema() -> dict[str, Any]:
    """The schema of what `plan_to_json` writes."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hostcity plan",
        "type": "object",
        "additionalProperties": False,
        "required": list(NEEDED_SHEETS),
        "properties": {name: {"type": "array", "items": _row(row_type)} for name, row_type in SHEETS.items()},
    }


def _row(row_type: type) -> dict[str, Any]:
    columns = columns_of(row_type)
    return {
        "type": "object",
        "description": (row_type.__doc__ or "").split("\n\n")[0],
        "additionalProperties": False,
        "required": [name for name in columns if is_required(row_type, name)],
        "properties": {name: _field(column, is_required(row_type, name)) for name, column in columns.items()},
    }


def _field(column: Column, required: bool) -> dict[str, Any]:
    told = {"title": f"{column.heading_en} {column.heading_zh}", "description": f"{column.help_en} {column.help_zh}"}
    if column.unit not in ("-", "HH:MM"):
        told["description"] += f" [{column.unit}]"
    kind: dict[str, Any] = {**_KINDS.get(column.kind, {"type": "string"})}
    if column.kind in ("number", "integer"):
        if column.low is not None:
            kind["minimum"] = column.low
        if column.high is not None:
            kind["maximum"] = column.high
    if column.most:
        text = {"type": "string", "maxLength": column.most, "pattern": LINES if column.has_lines else ONE_LINE}
        kind = {"type": "array", "items": text} if column.kind == "refs" else text
    if column.kind == "choice":
        kind = {"enum": [*column.choices]}
    if required:
        return {**told, **kind}
    return {**told, "anyOf": [kind, {"type": "null"}]}


_KINDS: dict[str, dict[str, Any]] = {
    "number": {"type": "number"},
    "integer": {"type": "integer"},
    "clock": {"type": "string", "pattern": CLOCK},
    "date": {"type": "string", "format": "date"},
    "flag": {"type": "boolean"},
    "outline": {
        "type": "array",
        "items": {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2},
    },
}
