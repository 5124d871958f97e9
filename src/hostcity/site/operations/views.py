"""Health, and what is answered when the program fails."""

from __future__ import annotations

import sys

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from hostcity.core.api import problems
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
    error = sys.exc_info()[1] or RuntimeError()
    if request.path.startswith(f"{problems.ROOT}/"):
        return problems.respond(request, error)
    return answer_busy() if is_busy(error) else HttpResponse(render_to_string("500.html"), status=500)
