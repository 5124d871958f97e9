"""A volunteer's own shifts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hostcity.core.middleware import acting
from hostcity.volunteers import policy
from hostcity.volunteers.duty.cells import cells_of
from hostcity.volunteers.duty.queries import own_duty
from hostcity.volunteers.own import own_shifts


@acting(policy.OWN_SHIFTS)
@require_safe
def show_own(request: Any) -> HttpResponse:
    """When and where one serves, by the roster that holds."""
    shifts = own_shifts(request.edition, request.user)
    duty = own_duty(cells_of(request.edition), request.user, timezone.now()) if shifts else {}
    told = [(each, duty.get((each.day, each.band_code))) for each in shifts]
    may_come = any(of and of.is_open and not of.attendance for _shift, of in told)
    return render(request, "volunteers/mine.html", {"shifts": told, "may_come": may_come})
