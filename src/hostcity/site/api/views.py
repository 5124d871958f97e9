"""The OpenAPI document and the reference, which anybody may read."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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
        "tags": described(said),
        "about": said["info"]["description"].split("\n\n"),
        "statuses": {status: meaning for status, meaning in MEANINGS.items() if status >= 400},
    }
    return render(request, "site/api.html", values)
