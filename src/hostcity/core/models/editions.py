"""Expos and their editions: the tenant that every other row belongs to."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hostcity.core.sayings import is_chinese

CODE = RegexValidator(r"^[a-z0-9][a-z0-9-]{1,39}\Z", _("Use lower-case letters, digits and hyphens."))


class Expo(models.Model):
    """A series of editions, e.g. the China International Import Expo."""

    code = models.CharField(max_length=40, unique=True, validators=[CODE])
    name_en = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name_en


class Edition(models.Model):
    """One year of an expo in one city. Dates are days of its own time zone."""

    expo = models.ForeignKey(Expo, on_delete=models.PROTECT, related_name="editions")
    code = models.CharField(max_length=40, unique=True, validators=[CODE])
    name_en = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True)
    city_en = models.CharField(max_length=100, blank=True)
    city_zh = models.CharField(max_length=100, blank=True)
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")
    opens_on = models.DateField()
    closes_on = models.DateField()
    is_demo = models.BooleanField(default=False)
    really_opened_on = models.DateField(null=True, blank=True)  # of a demonstration whose dates were moved
    is_public = models.BooleanField(default=False)  # whether anybody may see its public page
    is_map_public = models.BooleanField(default=False)  # whether anybody may see the map of its venue
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="edition_closes_after_opening"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> str:
        """The name in the language of the reader."""
        return self.name_zh if is_chinese() and self.name_zh else self.name_en

    @property
    def city(self) -> str:
        """The city in the language of the reader."""
        return self.city_zh if is_chinese() and self.city_zh else self.city_en

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the expo."""
        return ZoneInfo(self.time_zone)

    def today(self, now: datetime | None = None) -> date:
        """The day it is at the expo."""
        return (now or timezone.now()).astimezone(self.zone).date()

    def days_left(self, now: datetime | None = None) -> int:
        """Days of the countdown, which counts neither today nor the opening (倒计时): 27 July to 5 November is 100."""
        return (self.opens_on - self.today(now)).days - 1
