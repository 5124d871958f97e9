"""Issuing certificates of service, revoking them, issuing them anew: one that is valid a person, whoever issues how often."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.ledger import record
from hostcity.core.models import Act, Edition, Person
from hostcity.core.models.people import LETTERS
from hostcity.core.notices.services import notify
from hostcity.core.plan_rows.writing import lock_plan
from hostcity.volunteers import policy
from hostcity.volunteers.certificates.due import Record, due_in
from hostcity.volunteers.models import CertificateState, ServiceCertificate
from hostcity.volunteers.models.certificates import MOST_REASON

ISSUE, REVOKE, REISSUE = "certificate.issue", "certificate.revoke", "certificate.reissue"
SUBJECT = "certificate"
ISSUED, REVOKED = "certificate.issued", "certificate.revoked"  # kinds of notices
LETTERS_OF_A_CODE = 12  # of 31 letters each: 59 bits
MOST = 10_000  # at once


def issue_certificates(
    *, edition: Edition, least_minutes: int = 1, volunteers: Sequence[str] | None = None, by: Person
) -> list[ServiceCertificate]:
    """Issue a certificate to everybody who has served so much, has none that is valid, and has left all their shifts.

    Or to some of them, by code. One line in the ledger for all; each gets a notice. Raises ``Refused`` where nobody is to get one.
    """
    matrix.require(by, policy.ISSUE_CERTIFICATES, edition)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)  # who issues at the same time waits, and finds these
        ready = due_in(edition, least_minutes, volunteers).ready[:MOST]
        if not ready:
            what = _("Nobody is to get a certificate: all have one, or nobody has served enough and left.")
            raise Refused("certificate.nobody", what, _("Look at the hours served."))
        made = ServiceCertificate.objects.bulk_create(
            [_made(edition, of, person, by) for of, person in ready], batch_size=500
        )
        body = {"count": len(made), "volunteers": [each.volunteer for each in made]}
        act = record(
            ISSUE, edition=edition, by=by, subject=(SUBJECT, made[0].code if len(made) == 1 else "many"), body=body
        )
        _tell(edition, [person for _of, person in ready], ISSUED, act)
        return made


def revoke_certificate(
    *, edition: Edition, certificate: ServiceCertificate, reason: str, by: Person
) -> ServiceCertificate:
    """Let a certificate hold no more; its page says so, its owner is told. Raises ``Refused`` where it does not hold, or for no reason."""
    matrix.require(by, policy.ISSUE_CERTIFICATES, edition, certificate)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        row = _revoked(certificate, reason)
        act = record(REVOKE, edition=edition, by=by, subject=(SUBJECT, row.code), body={"volunteer": row.volunteer})
        _tell(edition, [row.person], REVOKED, act)
        return row


def reissue_certificate(
    *, edition: Edition, certificate: ServiceCertificate, reason: str, by: Person
) -> ServiceCertificate:
    """Revoke a certificate and issue another with what was served by now, or one in place of a revoked one: both or neither.

    Raises ``Refused`` where the person could not get one now.
    """
    matrix.require(by, policy.ISSUE_CERTIFICATES, edition, certificate)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        row = ServiceCertificate.objects.get(pk=certificate.pk)
        if row.state == CertificateState.VALID:
            row = _revoked(certificate, reason)
        ready = due_in(edition, 1, [row.volunteer]).ready
        if not ready:
            what = _(
                "This volunteer cannot get a certificate now: they have another, nothing counts, or a shift has no end."
            )
            raise Refused("certificate.not_now", what, _("Look at their hours first."))
        made = _made(edition, *ready[0], by)
        made.save()
        body = {"volunteer": row.volunteer, "replaces": row.code, "minutes": made.minutes}
        act = record(REISSUE, edition=edition, by=by, subject=(SUBJECT, made.code), body=body)
        _tell(edition, [made.person], ISSUED, act)
        return made


def _made(edition: Edition, of: Record, person: Person, by: Person) -> ServiceCertificate:
    code = "".join(secrets.choice(LETTERS) for _letter in range(LETTERS_OF_A_CODE))
    fields = {name: getattr(of, name) for name in ("volunteer", "minutes", "shifts", "first_date", "last_date")}
    return ServiceCertificate(edition=edition, code=code, person=person, by_code=by.code, **fields)


def _revoked(certificate: ServiceCertificate, reason: str) -> ServiceCertificate:
    row = ServiceCertificate.objects.select_for_update().get(pk=certificate.pk)
    if row.state != CertificateState.VALID:
        raise Refused("certificate.revoked", _("This certificate was revoked already."), _("Look at the list again."))
    if not 0 < len(reason.strip()) <= MOST_REASON:
        raise Refused(
            "certificate.reason", _("The reason is missing, or too long."), _("Say in a sentence why."), field="reason"
        )
    row.state, row.revoked_at, row.reason = CertificateState.REVOKED, timezone.now(), reason.strip()
    row.save(update_fields=["state", "revoked_at", "reason"])
    return row


def _tell(edition: Edition, people: Sequence[Person], kind: str, act: Act) -> None:
    path = reverse("my-hours", args=[edition.code])
    notify(edition=edition, people=people, kind=kind, values={"edition": edition.code}, path=path, act=act)
