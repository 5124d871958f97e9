"""The OpenAPI document and the reference, which anybody may read."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from hostcity.site.api.document import MEANINGS, described, document_text


@require_safe
@login_not_required
def show_document(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document of this site."""
    return HttpResponse(document_text(), content_type="application/json", headers={"Cache-Control": "max-age=300"})


@require_safe
@login_not_required
def show_reference(request: HttpRequest) -> HttpResponse:
    """The same for people."""
    said = json.loads(document_text())
    values = {
        "tags": [{**tag, "operations": [_for_people(each) for each in tag["operations"]]} for tag in described(said)],
        "about": _paragraphs(said["info"]["description"]),
        "statuses": {status: meaning for status, meaning in MEANINGS.items() if status >= 400},
    }
    return render(request, "site/api.html", values)


def _for_people(operation: dict[str, Any]) -> dict[str, Any]:
    return operation | {
        "parts": operation["path"].strip("/").split("/"),
        "description": _paragraphs(operation["description"]),
    }


def _paragraphs(text: str) -> list[SafeString]:
    """Paragraphs, with what stands between backquotes as code."""
    return [
        format_html_join(
            "", "{}", ((format_html("<code>{}</code>", part) if n % 2 else part,) for n, part in enumerate(pieces))
        )
        for pieces in (each.split("`") for each in text.split("\n\n"))
    ]
