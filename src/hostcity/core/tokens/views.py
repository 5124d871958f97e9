"""The pages of somebody's own tokens."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hostcity.core import policy
from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.paging import keyset_page
from hostcity.core.sayings import said
from hostcity.core.tokens import queries, services
from hostcity.core.tokens.forms import TokenForm


@acting(policy.OWN_TOKENS)
def show_tokens(request: Any) -> HttpResponse:
    """The list."""
    rows = queries.tokens_of(request.user, request.edition)
    page = keyset_page(rows, order=("-pk",), after=request.GET.get("after", ""))
    return render(request, "core/tokens/tokens.html", {"page": page})


@never_cache
@require_http_methods(["GET", "POST"])
@acting(policy.OWN_TOKENS)
def make_token(request: Any) -> HttpResponse:
    """The form; then the token, this once: in this answer and nowhere else, so it is not led on to another page."""
    choices = [(each, policy.MEANINGS[each] or each) for each in queries.own_actions(request.user, request.edition)]
    form = TokenForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():
        try:
            token, secret = services.make_token(edition=request.edition, by=request.user, **form.cleaned_data)
            return render(request, "core/tokens/made.html", {"token": token, "secret": secret})
        except Refused as error:
            form.add_error(error.field if error.field in form.fields else None, said(error))
    return render(request, "core/tokens/make.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@acting(policy.OWN_TOKENS)
def revoke_token(request: Any, token: UUID) -> HttpResponse:
    """End one."""
    found = get_object_or_404(queries.tokens_of(request.user, request.edition), public_id=token)
    services.revoke_token(token=found, by=request.user)
    messages.success(request, _("The token %(prefix)s… opens nothing any more.") % {"prefix": found.prefix})
    return redirect("tokens", edition=request.edition.code)
