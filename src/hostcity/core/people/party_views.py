"""Pages of bureaus and organizations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hostcity.core import policy
from hostcity.core.attempts import tried
from hostcity.core.middleware import acting
from hostcity.core.models import Edition
from hostcity.core.paging import keyset_page
from hostcity.core.people import parties, queries
from hostcity.core.people.forms import PARTIES, ChangePartyForm, PartyForm
from hostcity.core.people.views import form_page, powers


@acting(policy.SEE_BUREAUS)
@require_GET
def list_parties(request: Any, kind: str) -> HttpResponse:
    """Bureaus or organizations."""
    page = keyset_page(_rows(kind, request.edition), order=("code",), after=request.GET.get("after", ""))
    may_change = policy.may(request.user, policy.CHANGE_BUREAUS, request.edition)
    shown = {"page": page, "kind": kind, "may_change": may_change}
    return render(request, "people/parties.html", shown | powers(request))


@acting(policy.CHANGE_BUREAUS)
@require_http_methods(["GET", "POST"])
def add_party(request: Any, kind: str) -> HttpResponse:
    """Add a bureau or an organization."""
    form = PartyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"edition": request.edition, "by": request.user, **form.cleaned_data}
        if tried(form, lambda: parties.add_party(PARTIES[kind], **given)):
            messages.success(request, _("Saved."))
            return redirect(f"{kind}s", edition=request.edition.code)
    return form_page(request, "people/party.html", form, kind=kind)


@acting(policy.CHANGE_BUREAUS)
@require_http_methods(["GET", "POST"])
def change_party(request: Any, kind: str, code: str) -> HttpResponse:
    """Change the names of one."""
    party = get_object_or_404(_rows(kind, request.edition), code=code)
    stored = {"name_en": party.name_en, "name_zh": party.name_zh, "version": party.version}
    form = ChangePartyForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data.pop("version")
        given = {"party": party, "changes": form.cleaned_data, "version": version, "by": request.user}
        if tried(form, lambda: parties.change_party(**given)):
            messages.success(request, _("Saved."))
            return redirect(f"{kind}s", edition=request.edition.code)
    return form_page(request, "people/party.html", form, kind=kind, party=party)


def _rows(kind: str, edition: Edition) -> Any:
    return queries.bureaus_of(edition) if kind == "bureau" else queries.organizations_of(edition)
