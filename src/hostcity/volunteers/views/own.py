"""A volunteer's own shifts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hostcity.core.middleware import acting
from hostcity.volunteers import policy
from hostcity.volunteers.own import own_shifts


@acting(policy.OWN_SHIFTS)
@require_safe
def show_own(request: Any) -> HttpResponse:
    """When and where one serves, by the roster that holds."""
    return render(request, "volunteers/mine.html", {"shifts": own_shifts(request.edition, request.user)})
