"""Signing in by a one-time code."""

from __future__ import annotations

from typing import Any

from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hostcity.core.accounts import codes
from hostcity.core.accounts.adapter import TOO_MANY
from hostcity.core.accounts.forms import OneTimeCodeForm, PhoneCodeForm, PhoneForm
from hostcity.core.accounts.queries import may_change_much
from hostcity.core.models import Person
from hostcity.core.people.fields import same_phone

WRONG_CODE = _("This code does not work: it is wrong, has been used, or is too old.")
PHONE = "sign_in_phone"  # in the session


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def sign_in_by_code(request: HttpRequest) -> HttpResponse:
    """Sign in by a code from a list."""
    form = OneTimeCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = _if_not_too_many(
            request, form, {"action": "wrong_code"}, lambda: codes.use_code(form.cleaned_data["code"])
        )
        if person:
            return _enter(request, person)
    return _page(request, "accounts/code.html", form)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def ask_for_phone_code(request: HttpRequest) -> HttpResponse:
    """Send a code to a phone; the answer is the same whether the number is known or not."""
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        if ratelimit.consume(request, action="phone_code", key=same_phone(phone)):
            codes.send_code_to_phone(phone)
            request.session[PHONE] = phone
            return redirect("account_phone_code")
        form.add_error(None, TOO_MANY)
    return _page(request, "accounts/phone.html", form)


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def sign_in_by_phone_code(request: HttpRequest) -> HttpResponse:
    """Sign in by the code that came to the phone."""
    phone = request.session.get(PHONE, "")
    if not phone:
        return redirect("account_phone")
    form = PhoneCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = _if_not_too_many(
            request,
            form,
            {"action": "wrong_phone_code", "key": same_phone(phone)},
            lambda: codes.use_phone_code(phone, form.cleaned_data["code"]),
        )
        if person:
            request.session.pop(PHONE, None)
            return _enter(request, person)
    return _page(request, "accounts/phone_code.html", form)


def _if_not_too_many(request: HttpRequest, form: Any, limit: dict[str, str], use: Any) -> Person | None:
    """Only codes that fail are counted: a crowd behind one address that types its codes right is let through."""
    if not ratelimit.consume(request, **limit, dry_run=True):
        form.add_error(None, TOO_MANY)
        return None
    person: Person | None = use()
    if person is None:
        ratelimit.consume(request, **limit)
        form.add_error("code", WRONG_CODE)
    return person


def _enter(request: HttpRequest, person: Person) -> HttpResponse:
    wanted = _wanted(request)
    if wanted is None and not person.has_usable_password() and may_change_much(person):
        wanted = reverse("account_set_password")  # whoever may change much comes back with more than a code
    answer: HttpResponse = perform_login(request, person, redirect_url=wanted)
    return answer


def _wanted(request: HttpRequest) -> str | None:
    from allauth.account.utils import get_next_redirect_url

    wanted: str | None = get_next_redirect_url(request)
    return wanted


def _page(request: HttpRequest, template: str, form: Any) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(reverse("mfa_index"))
    return render(request, template, {"form": form}, status=422 if form.errors else 200)
