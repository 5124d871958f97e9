"""Whether a certificate holds: for anybody who has its number, without scripts, kept by no cache."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django_scopes import scope

from hostcity.core.models import Edition
from hostcity.core.public_pages import for_anybody, language_links, pages_of, reader_of
from hostcity.volunteers.certificates.forms import VerifyForm
from hostcity.volunteers.certificates.queries import certificate_by_code, initials_of
from hostcity.volunteers.models import ServiceCertificate


def _edition(code: str) -> Edition:
    """An edition that has issued certificates. Raises ``Http404``."""
    found = get_object_or_404(Edition.objects.select_related("expo"), code=code)
    with scope(edition=found):
        if not ServiceCertificate.objects.exists():
            raise Http404(code)
    return found


def _page(request: HttpRequest, edition: Edition, values: dict[str, Any], status: int = 200) -> HttpResponse:
    reader = reader_of(request)
    frame = {
        "shown": edition, "reader": reader, "kept": reader.kept, "pages": pages_of(request, edition, reader),
        "languages": language_links(request, reader),
    }  # fmt: skip
    with timezone.override(edition.zone), translation.override(reader.language):
        answer = render(request, "volunteers/certificates/public.html", frame | values, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@for_anybody
@never_cache
def ask(request: HttpRequest, edition: str) -> HttpResponse:
    """Where a number is typed."""
    found, reader = _edition(edition), reader_of(request)
    form = VerifyForm(request.GET if "code" in request.GET else None)
    letters = "".join(each for each in form.cleaned_data["code"] if each.isalnum()) if form.is_valid() else ""
    if letters:
        answer = redirect("certificate-verified", edition=found.code, code=letters)
        answer["Location"] += reader.query
        return answer
    return _page(request, found, {"form": form}, status=422 if form.errors else 200)


@for_anybody
@never_cache
def verify(request: HttpRequest, edition: str, code: str) -> HttpResponse:
    """Initials, edition, hours, and whether it holds; 404 with words where there is none."""
    found = _edition(edition)
    with scope(edition=found):
        row = certificate_by_code(found, code)
    if row is None:
        return _page(request, found, {"form": VerifyForm(), "unknown": code[:40]}, status=404)
    return _page(request, found, {"certificate": row, "initials": initials_of(row.person.name)})
