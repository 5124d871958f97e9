"""Who came to a shift, and until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hostcity.core.models.scoped import EditionRow
from hostcity.volunteers.models.rosters import MOST_CODE


class How(models.TextChoices):
    """How somebody was checked in. Of ``self`` and ``synced`` there is no page yet."""

    CODE = "code", _("by the code")
    QR = "qr", _("by scanning")
    LEADER = "leader", _("by hand")
    SELF = "self", _("by themselves")
    SYNCED = "synced", _("told later")
    CORRECTED = "corrected", _("by a correction")


class Attendance(EditionRow):
    """Somebody came to a shift. It stands on the seat, so a roster published meanwhile neither loses nor doubles it.

    ``post`` is where they were checked in, by the roster of that moment.
    """

    volunteer = models.CharField(max_length=MOST_CODE)
    day = models.CharField(max_length=MOST_CODE)
    band = models.CharField(max_length=MOST_CODE)
    post = models.CharField(max_length=MOST_CODE)
    checked_in_at = models.DateTimeField()
    checked_out_at = models.DateTimeField(null=True, blank=True)
    how = models.CharField(max_length=10, choices=How.choices)
    by_code = models.CharField(max_length=12)
    is_corrected = models.BooleanField(default=False)  # times are as a coordinator gave them, and count whole

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "volunteer", "day", "band"], name="attendance_seat_once"),
            models.CheckConstraint(
                condition=Q(checked_out_at=None) | Q(checked_out_at__gt=F("checked_in_at")),
                name="attendance_out_after_in",
            ),
            models.CheckConstraint(condition=Q(how__in=[each.value for each in How]), name="attendance_how_known"),
        ]
        indexes = [models.Index(fields=["edition", "day", "band", "post"], name="attendance_by_cell")]

    def __str__(self) -> str:
        return f"{self.volunteer} {self.day} {self.band}"
