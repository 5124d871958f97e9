"""A volunteer's own answers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.sayings import said
from hostcity.volunteers import policy
from hostcity.volunteers.acceptance import services


@acting(policy.OWN_ANSWERS)
@require_POST
def answer(request: Any) -> HttpResponse:
    """Accept or decline a shift, or (without one) accept all that are not answered for."""
    of = {"edition": request.edition, "by": request.user}
    day, band = (request.POST.get(name, "") for name in ("day", "band"))
    accepts = request.POST.get("answer") == "accept"
    try:
        if request.POST.get("answer") == "all":
            services.accept_shifts(**of)
            accepts = True
        else:
            services.answer_shift(**of, day=day, band=band, accepts=accepts)
        text = _("Accepted. Thank you.") if accepts else _("Declined. Until the deadline you can still change that.")
        messages.success(request, text)
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("my-shifts", edition=request.edition.code)
