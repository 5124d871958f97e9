"""Who has come, post by post; checking people in and out by hand; the code of a post."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.policy import Reach
from hostcity.core.sayings import said
from hostcity.venue.ways.posters import code_svg
from hostcity.volunteers import policy
from hostcity.volunteers.duty import services
from hostcity.volunteers.duty.cells import Cell, Cells, cells_of
from hostcity.volunteers.duty.codes import code_of, secret_of, step_ends_s, step_of, token_of
from hostcity.volunteers.duty.leading import require_may_check
from hostcity.volunteers.duty.queries import people_at, posts_in
from hostcity.volunteers.own import name_of


@acting(policy.SEE_DUTY)
@require_safe
def show_today(request: Any) -> HttpResponse:
    """The posts of a band: who is rostered, came, is missing, and where too few may be."""
    cells, now = cells_of(request.edition), timezone.now()
    day, band = request.GET.get("day", ""), request.GET.get("band", "")
    if day not in cells.days or band not in cells.bands:
        day, band = cells.band_of(now) or ("", "")
    zone = request.GET.get("zone", "")
    lines = posts_in(cells, day, band, now, zone=zone) if day else []
    hours = cells.hours(day, band) if day else None
    values = {
        "is_over": hours is not None and hours.is_over(now), "lines": lines, "at_risk": sum(each.is_at_risk for each in lines), "asked": {"day": day, "band": band, "zone": zone},
        "totals": {name: sum(getattr(each, name) for each in lines) for name in ("needed", "came", "there")},
        "rostered": sum(len(each.people) for each in lines), "hours": hours, "now": now,
        "choices": {name: [(code, name_of(row)) for code, row in getattr(cells, name).items()] for name in ("days", "bands", "zones")},
        "may_check": Reach.EDITION in matrix.reach_of(request.user, policy.CHECK_DUTY, request.edition),
    }  # fmt: skip
    return render(request, "volunteers/duty/today.html", values)


@acting(policy.CHECK_DUTY)
@require_safe
def show_post(request: Any) -> HttpResponse:
    """Who is rostered at a post in a band, with what checks them in and out."""
    cells, cell = _asked(request, request.GET)
    now, hours = timezone.now(), cells.hours(cell.day, cell.band)
    line = people_at(cells, cell, now)
    values = {
        "line": line,
        "cell": cell,
        "said": cells.said(cell),
        "hours": hours,
        "is_open": hours.is_open(now),
        "is_over": hours.is_over(now),
    }
    values["may_see_all"] = matrix.may(request.user, policy.SEE_DUTY, request.edition)
    return render(request, "volunteers/duty/post.html", values)


@acting(policy.CHECK_DUTY)
@require_POST
def check(request: Any) -> HttpResponse:
    """Check somebody in or out by hand, or take that back."""
    _cells, cell = _asked(request, request.POST)
    volunteer, act = request.POST.get("volunteer", ""), request.POST.get("act", "")
    of = {"edition": request.edition, "volunteer": volunteer, "day": cell.day, "band": cell.band, "by": request.user}
    told = {
        "in": _("{volunteer} is checked in."), "out": _("{volunteer} is checked out."),
        "undo-in": _("Taken back: {volunteer} has not come."), "undo-out": _("Taken back: {volunteer} has not left."),
    }  # fmt: skip
    try:
        if act == "in":
            services.check_in_by_hand(**of)
        elif act == "out":
            services.check_out_by_hand(**of)
        elif act in told:
            services.undo_check(**of, what=act.removeprefix("undo-"))
        else:
            raise Http404(act)
        messages.success(request, told[act].format(volunteer=volunteer))
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect(f"{reverse('duty-post', args=[request.edition.code])}?{urlencode(cell._asdict())}")


@acting(policy.CHECK_DUTY)
@require_safe
@never_cache
def show_code(request: Any) -> HttpResponse:
    """The code of a post as digits and as a picture; it renews itself, or (``part``) is what that asks for."""
    cells, cell = _asked(request, request.GET)
    now, edition = timezone.now(), request.edition
    code = code_of(secret_of(edition), cell, step_of(now))
    address = request.build_absolute_uri(
        f"{reverse('duty-come', args=[edition.code])}?{urlencode({'t': token_of(edition, cell, step_of(now))})}"
    )
    hours = cells.hours(cell.day, cell.band)
    values = {
        "cell": cell, "said": cells.said(cell), "digits": f"{code[:3]} {code[3:]}", "seconds": step_ends_s(now), "hours": hours,
        "is_open": hours.is_open(now), "picture": mark_safe(code_svg(address)),  # noqa: S308 -- our own SVG
        "address": reverse("duty-come", args=[edition.code]), "query": urlencode(cell._asdict()),
    }  # fmt: skip
    page = "volunteers/duty/code_part.html" if request.GET.get("part") else "volunteers/duty/code.html"
    return render(request, page, values)


def _asked(request: Any, values: Any) -> tuple[Cells, Cell]:
    """The cell that is asked for, where the plan has it and one may check people in. Raises ``Http404``, ``NotAllowed``."""
    cells = cells_of(request.edition)
    cell = Cell(*(values.get(name, "") for name in Cell._fields))
    if cell not in cells:
        raise Http404("cell")
    require_may_check(request.edition, request.user, cell)
    return cells, cell
