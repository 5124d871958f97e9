"""Pages of editions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hostcity.core import policy
from hostcity.core.attempts import tried
from hostcity.core.editions import queries, services
from hostcity.core.editions.forms import ChangeEditionForm, OpenEditionForm
from hostcity.core.middleware import acting

SEEN = "hostcity_edition"  # the cookie with the code of the edition whose first screen was seen last


@require_GET
def go_to_edition(request: Any) -> HttpResponse:
    """Where signing in leads: the first screen of the edition seen last, else of that which runs or comes next."""
    edition = queries.edition_to_open(request.user, seen=request.COOKIES.get(SEEN, ""))
    return redirect("edition-home", edition=edition.code) if edition else redirect("editions")


@require_GET
def list_editions(request: Any) -> HttpResponse:
    """The editions in which one has a part; all of them for who runs the site."""
    return render(request, "editions/list.html", {"editions": queries.editions_for(request.user)})


@require_http_methods(["GET", "POST"])
def open_edition(request: Any) -> HttpResponse:
    """Open an edition."""
    if not request.user.is_superuser:
        raise policy.NotAllowed("edition.open")
    form = OpenEditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        edition = tried(form, lambda: services.open_edition(by=request.user, **form.cleaned_data))
        if edition:
            messages.success(request, _("The edition is open. Now add its people."))
            return redirect("people", edition=edition.code)
    return render(request, "editions/open.html", {"form": form}, status=422 if form.errors else 200)


@acting(policy.CHANGE_EDITION)
@require_http_methods(["GET", "POST"])
def change_edition(request: Any) -> HttpResponse:
    """Change what an edition is called, when it is, and whether the public sees it."""
    edition = request.edition
    stored = {name: getattr(edition, name) for name in (*services.CHANGEABLE, "version")}
    form = ChangeEditionForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data.pop("version")
        given = {"edition": edition, "version": version, "by": request.user}
        if tried(form, lambda: services.change_edition(changes=form.cleaned_data, **given)):
            messages.success(request, _("Saved."))
            return redirect("edition-settings", edition=edition.code)
    return render(request, "editions/settings.html", {"form": form}, status=422 if form.errors else 200)
