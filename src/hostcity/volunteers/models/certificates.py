"""Certificates of what somebody has served."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from hostcity.core.models import Person
from hostcity.core.models.scoped import EditionRow
from hostcity.volunteers.models.rosters import MOST_CODE

MOST_REASON = 300


class CertificateState(models.TextChoices):
    """Whether a certificate may be relied upon."""

    VALID = "valid", pgettext_lazy("certificate", "valid")
    REVOKED = "revoked", pgettext_lazy("certificate", "revoked")


class ServiceCertificate(EditionRow):
    """What somebody had served when it was issued. The name is the account's: erased there, it stands nowhere.

    A valid one is the only one of its volunteer, and of its account. ``code`` is no secret: it is printed.
    """

    code = models.CharField(max_length=20, unique=True)
    volunteer = models.CharField(max_length=MOST_CODE)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    minutes = models.PositiveIntegerField()
    shifts = models.PositiveIntegerField()
    first_date = models.DateField()
    last_date = models.DateField()
    state = models.CharField(max_length=10, choices=CertificateState.choices, default=CertificateState.VALID)
    by_code = models.CharField(max_length=12)
    issued_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=MOST_REASON, blank=True)  # why it was revoked

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "volunteer"], condition=Q(state="valid"), name="certificate_valid_once"
            ),
            models.UniqueConstraint(
                fields=["edition", "person"], condition=Q(state="valid"), name="certificate_person_once"
            ),
            models.CheckConstraint(
                condition=Q(state="valid", revoked_at=None) | Q(state="revoked", revoked_at__isnull=False),
                name="certificate_state_known",
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0, shifts__gt=0), name="certificate_of_something"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def hours(self) -> float:
        """In hundredths of an hour."""
        return round(self.minutes / 60, 2)

    @property
    def shown_code(self) -> str:
        """In groups of four, as it is printed."""
        return "-".join(self.code[start : start + 4] for start in range(0, len(self.code), 4))
