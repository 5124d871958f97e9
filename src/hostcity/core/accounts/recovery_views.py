"""Recovery codes, shown after a button: allauth notes that they were seen, and a GET writes nothing here."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes import views as recovery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST


@never_cache
@require_http_methods(["GET", "POST"])
def view_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Asks first; shows the codes to a POST."""
    if request.method == "POST":
        return _as_read(request, recovery.view_recovery_codes)
    codes = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()  # type: ignore[misc]
    if codes is None:
        raise Http404
    left = len(codes.wrap().get_unused_codes())
    return render(request, "mfa/recovery_codes/ask.html", {"left": left})


@never_cache
@require_POST
def download_recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes as a file."""
    return _as_read(request, recovery.download_recovery_codes)


def _as_read(request: HttpRequest, view: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """allauth's views know GET only; the form's token has been checked by now.

    Where it asks for the password first, it goes on afterwards with the POST that it was sent.
    """
    request.method = "GET"
    try:
        return view(request)
    finally:
        request.method = "POST"
