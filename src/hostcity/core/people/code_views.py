"""The page on which one-time codes are made."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hostcity.core import policy
from hostcity.core.accounts import codes
from hostcity.core.attempts import tried
from hostcity.core.middleware import acting
from hostcity.core.people import queries
from hostcity.core.people.crowd import let_in
from hostcity.core.people.forms import CodesForm
from hostcity.core.people.views import form_page, person_here


@acting(policy.MAKE_CODES)
@never_cache
@require_http_methods(["GET", "POST"])
def make_codes(request: Any) -> HttpResponse:
    """Make one-time codes, to print or as a file: the only moment at which they can be read."""
    one = request.GET.get("person", "")
    form = CodesForm(
        request.POST or None, edition=request.edition, initial={**request.GET.dict(), "hours": 72, "form": "page"}
    )
    if request.method == "POST" and form.is_valid():
        asked = {} if one else {name: form.cleaned_data[name] for name in ("role", "bureau", "text")}
        found = queries.people_of(request.user, request.edition, **asked).filter(is_active=True)
        if one:
            found = found.filter(code=one)
        people = let_in(request.user, found.order_by("name", "pk")[: codes.MOST + 1], request.edition)
        fresh = tried(
            form, lambda: codes.make_codes(edition=request.edition, people=people, lasts=form.lasts, by=request.user)
        )
        if fresh:
            return _codes(request, fresh, form.cleaned_data["form"])
    if one:
        for name in ("role", "bureau", "text"):
            del form.fields[name]
    return form_page(request, "people/codes.html", form, one=one and person_here(request, one))


def _codes(request: Any, fresh: list[codes.FreshCode], form: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("account_code"))
    if form == "csv":
        answer = HttpResponse(codes.codes_as_csv(fresh, address), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="codes-{request.edition.code}.csv"'
    else:
        answer = render(request, "people/codes_printed.html", {"fresh": fresh, "address": address})
    answer["Cache-Control"] = "no-store"
    return answer
