"""Who would like to serve: the call for volunteers, texts of consent, trainings, and applications."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hostcity.core.models.people import LETTERS
from hostcity.core.models.scoped import EditionRow, scoped_manager
from hostcity.core.sayings import is_chinese
from hostcity.volunteers.models.rosters import MOST_CODE

MOST_NAME, MOST_PLACE = 150, 200


class State(models.TextChoices):
    """Where an application stands."""

    APPLIED = "applied", _("applied")
    INTERVIEW = "interview", _("invited to an interview")
    TRAINING = "training", _("booked for a training")
    ACCREDITED = "accredited", _("accredited")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Consent(EditionRow):
    """What applicants agree to. A text is never changed: another one has the next number."""

    number = models.PositiveIntegerField()
    text_en = models.TextField()
    text_zh = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="consent_number_once")]

    def __str__(self) -> str:
        return self.text_zh if is_chinese() else self.text_en


class Opening(EditionRow):
    """Whether people may apply, until when, and to what they agree. One an edition."""

    is_open = models.BooleanField(default=False)
    closes_on = models.DateField()  # the last day, where the expo is
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition"], name="opening_once")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.closes_on}"


class Training(EditionRow):
    """A training with places: when, where, and for which classes of posts."""

    code = models.CharField(max_length=40)
    name_en = models.CharField(max_length=MOST_PLACE)
    name_zh = models.CharField(max_length=MOST_PLACE, blank=True)
    post_classes = models.JSONField(default=list)  # codes of the plan: who was here is trained for them
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=MOST_PLACE)
    capacity = models.PositiveIntegerField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="training_code_once"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="training_has_places"),
        ]
        indexes = [models.Index(fields=["edition", "starts_at", "id"], name="training_order")]

    def __str__(self) -> str:
        return self.name_zh if is_chinese() and self.name_zh else self.name_en


def new_application_code() -> str:
    """What acts carry instead of a name."""
    return "A-" + "".join(secrets.choice(LETTERS) for _letter in range(8))


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Filters of applications."""

    def in_state(self, *states: State) -> ApplicationQuerySet:
        """Those in some states."""
        return self.filter(state__in=states)


class Application(EditionRow):
    """Somebody would like to serve.

    Name and phone stand here until they are accredited, then in their account alone. ``phone_key`` and ``name_key`` are keyed
    hashes by which two applications of one person are found. Withdrawing empties all of it; a constraint says so.
    """

    code = models.CharField(max_length=12, default=new_application_code, editable=False)
    state = models.CharField(max_length=12, choices=State.choices, default=State.APPLIED)
    name = models.CharField(max_length=MOST_NAME, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    campus = models.CharField(max_length=MOST_CODE, blank=True)  # code of the plan; "" = none of its
    university = models.CharField(max_length=MOST_NAME, blank=True)
    languages = models.JSONField(default=dict)  # ISO 639 -> level of the CEFR
    seats = models.JSONField(default=list)  # [day, band] that were ticked
    away = models.JSONField(default=list)  # [day, band] that were offered and not ticked
    uniform = models.CharField(max_length=8, default="none")
    is_minor = models.BooleanField(default=False)
    language = models.CharField(max_length=10, default="en")  # in which they read
    phone_key = models.CharField(max_length=64, blank=True)
    name_key = models.CharField(max_length=64, blank=True)
    secret_sha256 = models.CharField(max_length=64, blank=True)  # of the code with which they see it
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    consented_at = models.DateTimeField()
    interview_at = models.DateTimeField(null=True, blank=True)
    interview_place = models.CharField(max_length=MOST_PLACE, blank=True)
    training = models.ForeignKey(Training, on_delete=models.PROTECT, null=True, blank=True, related_name="applications")
    zones = models.JSONField(default=list)  # codes of the plan
    person = models.ForeignKey("core.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    objects: Any = scoped_manager(ApplicationQuerySet)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "code"], name="application_code_once"),
            models.UniqueConstraint(
                fields=["secret_sha256"], condition=~Q(secret_sha256=""), name="application_secret_once"
            ),
            models.UniqueConstraint(
                fields=["edition", "person"], condition=Q(person__isnull=False), name="application_person_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in State]), name="application_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=State.ACCREDITED, person__isnull=False)
                | (~Q(state=State.ACCREDITED) & Q(person__isnull=True)),
                name="application_accredited_has_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.WITHDRAWN)
                | Q(name="", phone="", campus="", university="", phone_key="", name_key="", secret_sha256=""),
                name="application_withdrawn_is_empty",
            ),
        ]
        indexes = [
            models.Index(fields=["edition", "state", "created_at", "id"], name="application_by_state"),
            models.Index(fields=["edition", "created_at", "id"], name="application_order"),
            models.Index(fields=["edition", "phone_key"], name="application_by_phone"),
            models.Index(fields=["edition", "name_key"], name="application_by_name"),
        ]

    def __str__(self) -> str:
        return self.shown_name or self.code

    @property
    def shown_name(self) -> str:
        """Their name, wherever it stands now; "" = erased."""
        return self.person.name if self.person else self.name

    @property
    def shown_phone(self) -> str:
        """Their phone, wherever it stands now; "" = erased, or an account without one."""
        return self.person.phone if self.person else self.phone
