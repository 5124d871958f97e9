"""Registering operations: under which edition, for which action, behind which door."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from ninja import Path, Router
from ninja.decorators import decorate_view
from ninja.utils import contribute_operation_args

from hostcity.core.api.door import JSON, Door

IN_EDITION = "/editions/{edition}"
EditionPath = Path(..., description="Code of the edition.", max_length=40)


class Operations:
    """The operations of a slice. Each names the action of the policy matrix for which its caller needs the right."""

    def __init__(self, tag: str) -> None:
        self.router = Router(tags=[tag])

    def get(self, path: str, action: str, answer: Any, **more: Any) -> Callable[..., Any]:
        """Look something up."""
        return self._add("GET", path, action, {200: answer}, **more)

    def post(self, path: str, action: str, answer: Any, *, status: int = 201, **more: Any) -> Callable[..., Any]:
        """Do something; takes an Idempotency-Key."""
        return self._add("POST", path, action, {status: answer}, **more)

    def patch(self, path: str, action: str, answer: Any, **more: Any) -> Callable[..., Any]:
        """Change something that has a version."""
        return self._add("PATCH", path, action, {200: answer}, is_versioned=True, **more)

    def put(self, path: str, action: str, answer: Any, **more: Any) -> Callable[..., Any]:
        """Put something in place of what is there."""
        return self._add("PUT", path, action, {200: answer}, **more)

    def delete(self, path: str, action: str, **more: Any) -> Callable[..., Any]:
        """Take something away."""
        return self._add("DELETE", path, action, {204: None}, **more)

    def _add(
        self,
        method: str,
        path: str,
        action: str | None,
        answers: dict[int, Any],
        *,
        of_site: bool = False,
        kind: str = JSON,
        most_bytes: int = 256 * 1024,
        is_secret: bool = False,
        is_versioned: bool = False,
        for_tokens: bool = True,
        gives: str = "",
        schema: dict[str, Any] | None = None,
    ) -> Callable[..., Any]:
        door = Door(action=action, kind=kind, most_bytes=most_bytes, is_secret=is_secret, for_tokens=for_tokens)

        def register(function: Callable[..., Any]) -> Callable[..., Any]:
            summary, _line, description = inspect.cleandoc(function.__doc__ or "").partition("\n")
            operation = function if of_site else _of_edition(function)
            self.router.api_operation(
                [method],
                path if of_site else IN_EDITION + path,
                response=answers,
                operation_id=function.__name__,
                summary=summary.rstrip("."),
                description=description.strip(),
                url_name=function.__name__,
                openapi_extra={
                    "x-action": action,
                    "x-versioned": is_versioned,
                    "x-once": method == "POST" and not is_secret,
                    **_given(gives, schema or {"type": "string", "format": "binary"}),
                },
            )(decorate_view(door)(operation))
            return function

        return register


def _given(kind: str, schema: dict[str, Any]) -> dict[str, Any]:
    """What is said of an answer that the operation writes by itself, of this media type."""
    return {"responses": {200: {"content": {kind: {"schema": schema}}}}} if kind else {}


def _of_edition(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function with the edition's code among the parameters of its address; the door has found it already."""

    @functools.wraps(function)
    def called(request: HttpRequest, **values: Any) -> Any:
        values.pop("edition")
        return function(request, **values)

    called.__signature__ = inspect.signature(function, eval_str=True)  # type: ignore[attr-defined]
    contribute_operation_args(called, "edition", str, EditionPath)
    return called
