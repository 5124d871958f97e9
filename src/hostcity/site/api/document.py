"""The OpenAPI 3.1 document: what ninja says of the operations, and what all of them have in common."""

from __future__ import annotations

import json
from copy import deepcopy
from functools import cache
from http import HTTPStatus
from typing import Any

from django.utils import translation
from ninja import NinjaAPI

from hostcity.core.api.problems import KIND, Problem
from hostcity.plan.schema import plan_schema

ALWAYS = (401, 403, 404, 422, 429, 500, 503)
OF_CHANGES = (400, 409, 413, 415)
MEANINGS = {
    304: "It is still what the ETag of If-None-Match says.",
    400: "The body is not JSON, or the request cannot be read.",
    401: "It is not known who asks.",
    403: "Roles or token do not allow it.",
    404: "There is no such object in an edition in which you have a part.",
    409: "Somebody else was first (`diff`), or the Idempotency-Key is in use.",
    413: "The body is too large.",
    415: "The body is of another media type.",
    422: "The request was understood and refused: what is wrong and how to mend it, all at once.",
    428: "The change does not say which version it was made from.",
    429: "Too many requests; see Retry-After.",
    500: "An error of the program.",
    503: "The database is busy; see Retry-After.",
}
HEADERS = {
    "once": ("Idempotency-Key", "A new random text per request, so that sending it again has no second effect.", 100),
    "versioned": ("If-Match", 'ETag of the version that the change was made from, e.g. `"v3"`.', 100),
    "conditional": ("If-None-Match", "ETag of what is known already; the answer is 304 when nothing changed.", 200),
}
SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token made on the page *Tokens*."},
    "session": {
        "type": "apiKey", "in": "cookie", "name": "session",
        "description": "The site's own pages; a change also needs the header X-CSRFToken.",
    },
}  # fmt: skip


def document(api: NinjaAPI) -> dict[str, Any]:
    """The document, in English whatever the reader's language."""
    with translation.override("en"):
        said = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/"), default=str))
    for operations in said["paths"].values():
        for method, operation in operations.items():
            _complete(method, operation)
    components = said.setdefault("components", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    components.setdefault("schemas", {}).update(problem.pop("$defs") | {"Problem": problem})
    components["schemas"] |= _plan_schemas()
    components["schemas"] = dict(sorted(components["schemas"].items()))
    components["responses"] = {f"Status{status}": _response(status) for status in MEANINGS}
    components["securitySchemes"] = SCHEMES
    said["servers"] = [{"url": "/"}]
    said["tags"] = [{"name": name} for name in dict.fromkeys(each["tags"][0] for each in _operations(said))]
    return _without_titles(said)


@cache
def document_text() -> str:
    """The document of this site as it is committed and served."""
    from hostcity.site.api import api

    return json.dumps(document(api), ensure_ascii=False, indent=1) + "\n"


def _plan_schemas() -> dict[str, Any]:
    """The plan and the rows of its sheets, of the columns that make workbook and forms too."""
    plan = plan_schema()
    plan.pop("$schema")
    rows = {}
    for sheet, field in plan["properties"].items():
        rows[f"Row_{sheet}"] = field["items"]
        field["items"] = {"$ref": f"#/components/schemas/Row_{sheet}"}
    return {"Plan": plan, **rows}


def _operations(said: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for operations in said["paths"].values() for operation in operations.values()]


def _complete(method: str, operation: dict[str, Any]) -> None:
    """Add to an operation what its door does."""
    flags = {name: operation.pop(f"x-{name}", False) for name in ("once", "versioned")}
    flags["conditional"] = method == "get"
    for name, (header, meaning, most) in HEADERS.items():
        if flags[name]:
            schema = {"type": "string", "maxLength": most}
            operation["parameters"].append({"in": "header", "name": header, "schema": schema, "description": meaning})
    statuses = [*ALWAYS, *((304,) if method == "get" else OF_CHANGES), *((428,) if flags["versioned"] else ())]
    for status in sorted(statuses):
        operation["responses"][str(status)] = {"$ref": f"#/components/responses/Status{status}"}
    operation["security"] = [{"token": []}, {"session": []}]
    if action := operation.get("x-action"):
        operation["description"] = f"{operation.get('description', '')}\n\nNeeds the action `{action}`.".strip()


def _response(status: int) -> dict[str, Any]:
    said: dict[str, Any] = {"description": f"{HTTPStatus(status).phrase}. {MEANINGS[status]}"}
    if status >= 400:
        said["content"] = {KIND: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return said


def _without_titles(said: Any) -> Any:
    """Without the titles that pydantic makes of names: they say nothing that the name does not."""
    if isinstance(said, list):
        return [_without_titles(each) for each in said]
    if not isinstance(said, dict):
        return said
    return {
        name: _without_titles(value)
        for name, value in said.items()
        if not (name == "title" and isinstance(value, str) and {"type", "$ref", "anyOf", "enum", "allOf"} & set(said))
    }


def described(said: dict[str, Any]) -> list[dict[str, Any]]:
    """The document as the reference for people shows it: by tag, with the fields of bodies and answers."""
    tags: dict[str, list[dict[str, Any]]] = {}
    for path, operations in said["paths"].items():
        for method, operation in operations.items():
            tags.setdefault(operation["tags"][0], []).append(_shown(said, path, method, deepcopy(operation)))
    return [{"name": name, "operations": operations} for name, operations in tags.items()]


def _shown(said: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    success = next(status for status in operation["responses"] if status.startswith("2"))
    body = operation.get("requestBody", {}).get("content", {})
    return {
        "id": operation["operationId"],
        "method": method.upper(),
        "path": path,
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "parameters": [{**each, "kind": _kind(each["schema"])} for each in operation["parameters"]],
        "body_kind": next(iter(body), ""),
        "body": _fields(said, next(iter(body.values()), {}).get("schema", {})),
        "status": success,
        "answer": _fields(
            said, next(iter(operation["responses"][success].get("content", {}).values()), {}).get("schema", {})
        ),
        "errors": [status for status in operation["responses"] if status >= "4"],
    }


def _fields(said: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The fields of an object, one level deep."""
    schema = _resolved(said, schema)
    needed = schema.get("required", ())
    return [
        {
            "name": name,
            "kind": _kind(_resolved(said, field)),
            "of": field.get("$ref", field.get("items", {}).get("$ref", "")).rpartition("/")[2],
            "required": name in needed,
            "description": field.get("description", ""),
        }
        for name, field in schema.get("properties", {}).items()
    ]


def _resolved(said: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    return said["components"]["schemas"][name] if name else schema


def _kind(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " | ".join(_kind(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(json.dumps(each) for each in schema["enum"])
    kind = schema.get("format") or schema.get("type", "object" if "$ref" in schema else "any")
    return f"{_kind(schema['items'])}[]" if kind == "array" and "items" in schema else str(kind)
