"""Certificates for coordinators: issued, revoked, issued anew, printed; and one's own on paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from hostcity.core.attempts import tried
from hostcity.core.middleware import acting
from hostcity.volunteers import policy
from hostcity.volunteers.certificates import services
from hostcity.volunteers.certificates.due import due_in
from hostcity.volunteers.certificates.forms import IssueForm, ReasonForm
from hostcity.volunteers.certificates.printing import MOST_SHEETS, printed
from hostcity.volunteers.certificates.queries import certificates_of, own_certificate
from hostcity.volunteers.joining.views.lists import MOST_SHOWN
from hostcity.volunteers.models import CertificateState, ServiceCertificate


@acting(policy.ISSUE_CERTIFICATES)
@require_safe
def list_certificates(request: Any) -> HttpResponse:
    """All certificates, and who would get one."""
    return _list_page(request, IssueForm())


def _list_page(request: Any, form: IssueForm, status: int = 200) -> HttpResponse:
    wanted = request.GET.get("q", "").strip()[:100].lower()
    lines, due = certificates_of(request.edition, wanted), due_in(request.edition, 60)
    values = {
        "lines": lines[:MOST_SHOWN], "more": max(len(lines) - MOST_SHOWN, 0), "wanted": wanted, "form": form, "due": due,
        "count": len(lines), "valid": sum(each.certificate.state == CertificateState.VALID for each in lines),
        "differ": sum(each.differs for each in lines), "most": MOST_SHEETS,
    }  # fmt: skip
    return render(request, "volunteers/certificates/list.html", values, status=status)


@acting(policy.ISSUE_CERTIFICATES)
@require_POST
def issue(request: Any) -> HttpResponse:
    """Issue to everybody who has served enough."""
    form = IssueForm(request.POST)
    if form.is_valid():
        least = round(form.cleaned_data["least_hours"] * 60)
        made = tried(
            form, lambda: services.issue_certificates(edition=request.edition, least_minutes=least, by=request.user)
        )
        if made:
            told = ngettext("{count} certificate is issued; its owner is told.", "{count} certificates are issued; their owners are told.", len(made))  # fmt: skip
            messages.success(request, told.format(count=f"{len(made):,}"))
            return redirect("certificates", edition=request.edition.code)
    return _list_page(request, form, status=422)


def _row(request: Any, certificate: int) -> ServiceCertificate:
    rows = ServiceCertificate.objects.filter(edition=request.edition).select_related("person")
    found: ServiceCertificate = get_object_or_404(rows, pk=certificate)
    return found


@acting(policy.ISSUE_CERTIFICATES)
@require_safe
def show(request: Any, certificate: int) -> HttpResponse:
    """One, with what revokes it and issues it anew."""
    return _one_page(request, _row(request, certificate), ReasonForm())


def _one_page(request: Any, row: ServiceCertificate, form: ReasonForm, status: int = 200) -> HttpResponse:
    (line,) = (each for each in certificates_of(request.edition, row.code.lower()) if each.certificate.pk == row.pk)
    values = {
        "line": line,
        "certificate": row,
        "form": form,
        "address": _address(request, row),
        "hours_now": round(line.minutes_now / 60, 2),
    }
    return render(request, "volunteers/certificates/one.html", values, status=status)


@acting(policy.ISSUE_CERTIFICATES)
@require_POST
def revoke(request: Any, certificate: int) -> HttpResponse:
    """Let it hold no more."""
    row, form = _row(request, certificate), ReasonForm(request.POST)
    given = {"edition": request.edition, "certificate": row, "by": request.user}
    if form.is_valid() and tried(
        form, lambda: services.revoke_certificate(reason=form.cleaned_data["reason"], **given)
    ):
        messages.success(request, _("Revoked: its page says so, and its owner is told."))
        return redirect("certificate", edition=request.edition.code, certificate=row.pk)
    return _one_page(request, row, form, status=422)


@acting(policy.ISSUE_CERTIFICATES)
@require_POST
def issue_again(request: Any, certificate: int) -> HttpResponse:
    """Issue another in its place, with what was served by now."""
    row, form = _row(request, certificate), ReasonForm(request.POST)
    if row.state == CertificateState.REVOKED:
        form.fields["reason"].required = False
    given = {"edition": request.edition, "certificate": row, "by": request.user}
    if form.is_valid():
        made = tried(form, lambda: services.reissue_certificate(reason=form.cleaned_data["reason"], **given))
        if made:
            messages.success(request, _("Issued anew with the hours of now; the owner is told."))
            return redirect("certificate", edition=request.edition.code, certificate=made.pk)
    return _one_page(request, row, form, status=422)


def _address(request: Any, row: ServiceCertificate) -> str:
    return str(request.build_absolute_uri(reverse("certificate-verified", args=[request.edition.code, row.code])))


def _pdf(request: Any, rows: list[ServiceCertificate], name: str) -> HttpResponse:
    file = printed(request.edition, rows, lambda row: _address(request, row))
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{request.edition.code}-{name}.pdf"'
    answer["Cache-Control"] = "private, no-store"  # it holds names
    return answer


@acting(policy.ISSUE_CERTIFICATES)
@require_safe
def print_one(request: Any, certificate: int) -> HttpResponse:
    """One that holds, on paper."""
    row = _row(request, certificate)
    if row.state != CertificateState.VALID:
        raise Http404("certificate")
    return _pdf(request, [row], f"certificate-{row.code}")


@acting(policy.ISSUE_CERTIFICATES)
@require_safe
def print_all(request: Any) -> HttpResponse:
    """Those that hold, a sheet each: as many as go into a file, from the number that is asked for."""
    rows = [
        each.certificate for each in certificates_of(request.edition, request.GET.get("q", "").strip()[:100].lower())
    ]
    valid = sorted((each for each in rows if each.state == CertificateState.VALID), key=lambda each: each.volunteer)
    start = request.GET.get("from", "0")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 7 else 0
    if not valid[first : first + MOST_SHEETS]:
        raise Http404("certificates")
    return _pdf(request, valid[first : first + MOST_SHEETS], "certificates")


@acting(policy.OWN_HOURS)
@require_safe
def print_own(request: Any) -> HttpResponse:
    """One's own, on paper."""
    row = own_certificate(request.edition, request.user)
    if row is None:
        raise Http404("certificate")
    return _pdf(request, [row], f"certificate-{row.code}")
