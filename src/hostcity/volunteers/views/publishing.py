"""Publishing a draft: what would change for whom, then the act, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.models import Act
from hostcity.core.sayings import said
from hostcity.volunteers import policy
from hostcity.volunteers.acceptance.forms import PublishForm
from hostcity.volunteers.acceptance.services import publish_and_ask
from hostcity.volunteers.differing import differing
from hostcity.volunteers.drafts import last_number
from hostcity.volunteers.services import publish_roster, undo_publication
from hostcity.volunteers.services.publishing import publication
from hostcity.volunteers.views.drafts import asked_draft, of_draft

MOST_LISTED = 300  # people


@acting(policy.SEE_ROSTER)
@require_safe
def show_difference(request: Any, result: int) -> HttpResponse:
    """Who would get, lose or change shifts."""
    return _page(request, result, None)


def _page(request: Any, result: int, refused: Refused | None, form: PublishForm | None = None) -> HttpResponse:
    found, draft = asked_draft(request, result)
    diff = publication(request.edition, draft)
    people, counts = differing(draft, diff)
    values = {
        "differs": bool(diff), "people": people[:MOST_LISTED], "more": len(people) - len(people[:MOST_LISTED]), "counts": counts, "number": last_number(request.edition),
        "refusal": said(refused) if refused else "", "form": form or PublishForm(), **of_draft(request, found, "publish"),
    }  # fmt: skip
    return render(
        request, "volunteers/publish.html", values, status=refused.status if refused else 422 if form else 200
    )


@acting(policy.PUBLISH_ROSTER)
@require_POST
def publish(request: Any, result: int) -> HttpResponse:
    """Make the roster equal to a draft, if it is still what was looked at."""
    found, _draft = asked_draft(request, result)
    number = request.POST.get("number", "")
    is_number = number.isascii() and number.isdigit() and len(number) < 16
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _page(request, result, None, form)
    of = {"edition": request.edition, "result": found, "number": int(number) if is_number else 0, "by": request.user}
    due_at = form.cleaned_data["due_at"]
    try:
        act = publish_and_ask(**of, due_at=due_at) if due_at else publish_roster(**of)
    except Refused as refused:
        return _page(request, result, refused)
    messages.success(request, _("Published. It can be undone.") if act else _("The roster is this draft already."))
    return redirect("rosters", edition=request.edition.code)


@acting(policy.PUBLISH_ROSTER)
@require_POST
def undo(request: Any, number: int) -> HttpResponse:
    """Take the last publication back."""
    act = Act.objects.filter(edition=request.edition, number=number).first()
    if act is None:
        raise Http404(number)
    try:
        undo_publication(edition=request.edition, act=act, by=request.user)
        messages.success(request, _("No. {number} has been undone.").format(number=number))
    except Refused as refused:
        messages.error(request, said(refused))
    return redirect("rosters", edition=request.edition.code)
