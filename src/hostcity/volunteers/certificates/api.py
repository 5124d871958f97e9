"""Certificates of service by the API."""

from __future__ import annotations

from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Path

from hostcity.core.api.operations import Operations
from hostcity.volunteers import policy
from hostcity.volunteers.certificates import services
from hostcity.volunteers.certificates.due import due_in
from hostcity.volunteers.certificates.queries import certificates_of, own_certificate
from hostcity.volunteers.certificates.schemas import (
    Certificates,
    CertificateShown,
    Issued,
    IssueGiven,
    OwnCertificate,
    ReasonGiven,
)
from hostcity.volunteers.models import ServiceCertificate

operations = Operations("certificates")
Number = Annotated[int, Path(ge=1, le=2**62)]
SAME = ("code", "volunteer", "minutes", "shifts", "first_date", "last_date", "state", "issued_at", "revoked_at")


def _shown(row: ServiceCertificate) -> dict[str, Any]:
    return {name: getattr(row, name) for name in SAME} | {"id": row.pk}


def _row(request: Any, certificate: int) -> ServiceCertificate:
    found: ServiceCertificate = get_object_or_404(
        ServiceCertificate.objects.filter(edition=request.edition), pk=certificate
    )
    return found


@operations.get("/volunteers/certificates", policy.ISSUE_CERTIFICATES, Certificates)
def list_certificates(request: Any) -> Any:
    """List certificates of service.

    And who would get one now.
    """
    due = due_in(request.edition, 1)
    rows = [_shown(each.certificate) | {"minutes_now": each.minutes_now} for each in certificates_of(request.edition)]
    ready = [record.volunteer for record, _person in due.ready]
    return {"rows": rows, "ready": ready, "open": due.open, "unnamed": due.unnamed}


@operations.post("/volunteers/certificates", policy.ISSUE_CERTIFICATES, Issued, status=200)
def issue_certificates(request: Any, body: IssueGiven) -> Any:
    """Issue certificates of service.

    To everybody who has served so much, has left all their shifts and has none, or to some of them.
    """
    made = services.issue_certificates(edition=request.edition, by=request.person, **body.model_dump())
    return {"rows": [_shown(each) for each in made]}


@operations.post(
    "/volunteers/certificates/{certificate}/revoke", policy.ISSUE_CERTIFICATES, CertificateShown, status=200
)
def revoke_certificate(request: Any, certificate: Number, body: ReasonGiven) -> Any:
    """Let a certificate hold no more."""
    row = _row(request, certificate)
    return _shown(
        services.revoke_certificate(edition=request.edition, certificate=row, reason=body.reason, by=request.person)
    )


@operations.post(
    "/volunteers/certificates/{certificate}/again", policy.ISSUE_CERTIFICATES, CertificateShown, status=200
)
def reissue_certificate(request: Any, certificate: Number, body: ReasonGiven) -> Any:
    """Issue another certificate in its place.

    With what was served by now.
    """
    row = _row(request, certificate)
    return _shown(
        services.reissue_certificate(edition=request.edition, certificate=row, reason=body.reason, by=request.person)
    )


@operations.get("/volunteers/certificates/own", policy.OWN_HOURS, OwnCertificate)
def show_own_certificate(request: Any) -> Any:
    """Show one's own certificate of service."""
    row = own_certificate(request.edition, request.person)
    return {"certificate": _shown(row) if row else None}
