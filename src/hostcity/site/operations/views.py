"""Health, and what is answered when the program fails."""

from __future__ import annotations

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hostcity.core.busy import answer_busy, is_busy


@login_not_required
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """For monitors: whether this process answers and reaches its database. Says nothing else."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        return JsonResponse({"status": "no database"}, status=503)
    return JsonResponse({"status": "ok"})


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for an error that nobody expected; a busy database is none."""
    if is_busy(sys.exc_info()[1]):
        return answer_busy(request)
    number = getattr(request, "number", "")
    if request.path.startswith("/api/"):
        told = {"type": "about:blank", "title": "Error", "status": 500, "code": "site.error", "request": number}
        return JsonResponse(told, status=500, content_type="application/problem+json")
    return HttpResponse(render_to_string("core/server_error.html", {"number": number}), status=500)
