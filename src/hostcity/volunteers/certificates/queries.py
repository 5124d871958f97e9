"""Certificates with what holds now, one's own, and what anybody may know of one."""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.core.models import Edition, Person
from hostcity.volunteers.certificates.due import record_of
from hostcity.volunteers.hours.counted import Served, served_in
from hostcity.volunteers.models import CertificateState, ServiceCertificate


@dataclass(frozen=True, slots=True)
class Line:
    """A certificate, and how many minutes count now."""

    certificate: ServiceCertificate
    minutes_now: int

    @property
    def differs(self) -> bool:
        """Whether it is valid and says something else than holds now."""
        return self.certificate.state == CertificateState.VALID and self.minutes_now != self.certificate.minutes


def certificates_of(edition: Edition, wanted: str = "") -> list[Line]:
    """All of them, those first that say something else than holds now, then by volunteer. Three queries."""
    of: dict[str, list[Served]] = {}
    for each in served_in(edition):
        of.setdefault(each.volunteer, []).append(each)
    rows = ServiceCertificate.objects.filter(edition=edition).select_related("person").order_by("volunteer", "-pk")
    lines = [Line(each, _minutes(each.volunteer, of)) for each in rows if wanted in _words(each)]
    return sorted(lines, key=lambda each: not each.differs)


def _minutes(volunteer: str, of: dict[str, list[Served]]) -> int:
    return record_of(volunteer, of[volunteer]).minutes if volunteer in of else 0


def _words(row: ServiceCertificate) -> str:
    return f"{row.volunteer} {row.person.name} {row.code} {row.shown_code}".lower()


def own_certificate(edition: Edition, person: Person) -> ServiceCertificate | None:
    """Somebody's valid certificate. One query."""
    rows = ServiceCertificate.objects.filter(edition=edition, person=person, state=CertificateState.VALID)
    return rows.select_related("person").first()


def certificate_by_code(edition: Edition, code: str) -> ServiceCertificate | None:
    """The certificate with a code, however it is written. One query."""
    letters = "".join(each for each in code.upper() if each.isalnum())[:40]
    return ServiceCertificate.objects.filter(edition=edition, code=letters).select_related("person").first()


def initials_of(name: str) -> str:
    """What anybody may know of a name: "M. W." of Max Weber; of a name in one word of other scripts, its first character."""
    words = name.split()
    if len(words) == 1 and not words[0].isascii():
        return f"{words[0][0]}{'＊' * (len(words[0]) - 1)}"
    return " ".join(f"{word[0]}." for word in words)
