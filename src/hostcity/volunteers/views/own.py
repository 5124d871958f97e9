"""A volunteer's own shifts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hostcity.core import policy as matrix
from hostcity.core.middleware import acting
from hostcity.volunteers import policy
from hostcity.volunteers.acceptance.queries import own_answers
from hostcity.volunteers.duty.cells import cells_of
from hostcity.volunteers.duty.queries import own_duty
from hostcity.volunteers.own import own_shifts
from hostcity.volunteers.swaps.queries import pending_offers


@acting(policy.OWN_SHIFTS)
@require_safe
def show_own(request: Any) -> HttpResponse:
    """When and where one serves, by the roster that holds, and what one has offered of it."""
    now, shifts = timezone.now(), own_shifts(request.edition, request.user)
    duty = own_duty(cells_of(request.edition), request.user, now) if shifts else {}
    may_swap = matrix.may(request.user, policy.OWN_SWAPS, request.edition)
    offers = pending_offers(request.edition, request.user) if shifts and may_swap else {}
    may_answer = matrix.may(request.user, policy.OWN_ANSWERS, request.edition)
    deadline, asked = own_answers(request.edition, request.user, now) if shifts and may_answer else (None, {})
    told = []
    for each in shifts:
        seat = each.volunteer, each.day, each.band_code
        told.append((each, duty.get(seat[1:]), offers.get(seat), now < each.starts_at, asked.get(seat)))
    values = {
        "shifts": told, "may_come": any(of and of.is_open and not of.attendance for _shift, of, *_more in told), "may_swap": may_swap,
        "deadline": deadline if asked else None, "unanswered": sum(each.accepts is None for each in asked.values()),
    }  # fmt: skip
    return render(request, "volunteers/mine.html", values)
