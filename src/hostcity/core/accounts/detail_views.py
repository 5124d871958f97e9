"""Pages on which people change their own name, mail, phone and language."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hostcity.core.attempts import tried
from hostcity.core.errors import Refused
from hostcity.core.people import own
from hostcity.core.people.fields import CHANGEABLE, cleaned
from hostcity.core.people.forms import ChangePersonForm, ConfirmContactForm
from hostcity.core.sayings import said

PENDING = "contacts_to_confirm"  # in the session: column -> value


@never_cache
@require_http_methods(["GET", "POST"])
def change_details(request: Any) -> HttpResponse:
    """Name and language at once; a new mail or phone when a code has come back."""
    stored = {name: getattr(request.user, name) for name in (*CHANGEABLE, "version")}
    form = ChangePersonForm(request.POST or None, initial=stored)
    if request.method == "POST" and request.POST.get("confirm") == "phone" and request.user.phone:
        return _confirm_phone(request)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        fields = cleaned({name: form.cleaned_data[name] for name in CHANGEABLE})
        if any(fields[name] != stored[name] for name in own.CONTACTS):
            raise_if_reauthentication_required(request, app="hostcity")  # one signs in with either
        new = {name: fields[name] for name in own.CONTACTS if fields[name] and fields[name] != stored[name]}
        now = {name: value for name, value in fields.items() if name not in new}
        if tried(form, lambda: _asked(request, new, now, version)):
            if new:
                return redirect("account_confirm_contact")
            messages.success(request, _("Saved."))
            return _in_language(redirect("account_details"), fields["language"])
    return render(request, "accounts/details.html", {"form": form}, status=422 if form.errors else 200)


def _confirm_phone(request: Any) -> HttpResponse:
    """A code to the number that somebody else has written into the account."""
    raise_if_reauthentication_required(request, app="hostcity")
    try:
        value = own.ask_for_contact(column="phone", value=request.user.phone, by=request.user)
    except Refused as refused:
        messages.error(request, said(refused))
        return redirect("mfa_index")
    request.session[PENDING] = {"phone": value}
    return redirect("account_confirm_contact")


def _asked(request: Any, new: dict[str, str], now: dict[str, str], version: int) -> bool:
    for column, value in new.items():
        own.ask_for_contact(column=column, value=value, by=request.user)
    own.change_own_details(changes=now, version=version, by=request.user)
    request.session[PENDING] = new
    return True


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def confirm_contact(request: Any) -> HttpResponse:
    """The code that came to the new mail address or phone."""
    pending = request.session.get(PENDING, {})
    if not pending:
        return redirect("account_details")
    column = request.POST.get("column") or next(iter(pending))
    form = ConfirmContactForm(request.POST or None, initial={"column": next(iter(pending))})
    if request.method == "POST" and column in pending and form.is_valid():
        given = {"column": column, "value": pending[column], "code": form.cleaned_data["code"], "by": request.user}
        if tried(form, lambda: own.confirm_contact(**given)):
            request.session[PENDING] = {name: value for name, value in pending.items() if name != column}
            messages.success(request, _("Saved."))
            return redirect("account_confirm_contact" if request.session[PENDING] else "account_details")
    more = {"form": form, "value": pending.get(column, "")}
    return render(request, "accounts/confirm_contact.html", more, status=422 if form.errors else 200)


def _in_language(answer: HttpResponse, language: str) -> HttpResponse:
    """The pages too are in the language that was chosen."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=365 * 24 * 3600, secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY, samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )  # fmt: skip
    return answer
