"""Who: people, their organizations and bureaus, and which roles they have in which edition."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from hostcity.core.models.scoped import EditionRow
from hostcity.core.sayings import is_chinese

if TYPE_CHECKING:
    from hostcity.core.models.tokens import Token
    from hostcity.core.models.walls import WallScreen

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that is mistaken for another


def new_person_code() -> str:
    """A code that says nothing about the person: what acts and plans carry instead of a name."""
    return "P-" + "".join(secrets.choice(LETTERS) for _ in range(8))


class Role(models.TextChoices):
    """Roles; what each may do stands in the policy matrix."""

    ADMINISTRATOR = "administrator", _("administrator")
    DRILL_DIRECTOR = "drill-director", _("drill director")
    DUTY_OFFICER = "duty-officer", _("duty officer")
    BUREAU_OWNER = "bureau-owner", _("bureau owner")
    PLANNER = "planner", _("planner")
    COORDINATOR = "coordinator", _("volunteer coordinator")
    VOLUNTEER = "volunteer", _("volunteer")
    EXHIBITOR = "exhibitor", _("exhibitor")
    BUYER = "buyer", _("buyer")
    GUEST_OFFICER = "guest-officer", _("guest officer")
    PRESS_OFFICER = "press-officer", _("press officer")
    VISITOR = "visitor", _("visitor")


class PersonManager(BaseUserManager["Person"]):
    """Makes people; a person without a password signs in by a one-time code only."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Person:
        """A new person."""
        person = self.model(username=username, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who can sign in. Names, mail and phone live here only, so that erasing them leaves the ledger whole."""

    code = models.CharField(max_length=12, unique=True, default=new_person_code, editable=False)
    username = models.CharField(_("sign-in name"), max_length=150, unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    pinyin = models.CharField(max_length=300, blank=True, editable=False)  # finds a Chinese name by Latin letters
    email = models.EmailField(_("mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    #: Whether one may sign in by it: not when somebody else wrote it into an account that is in use.
    phone_confirmed = models.BooleanField(default=True, editable=False)
    language = models.CharField(_("language"), max_length=10, default="en")
    wants_mail = models.BooleanField(default=True)  # whether notices are sent by mail too
    is_active = models.BooleanField(default=True)
    is_superuser = models.BooleanField(default=False)  # runs the site: may open editions, and all within them
    sessions_ended = models.PositiveIntegerField(default=0)  # how often all of them were ended at once
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    token: Token | WallScreen | None = None  # with which this very object acts: not stored, see core/tokens

    objects = PersonManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        constraints = [
            models.UniqueConstraint("email", name="person_email_once", condition=~Q(email="")),
            models.UniqueConstraint("phone", name="person_phone_once", condition=~Q(phone="")),
        ]
        indexes = [models.Index(fields=["name", "id"], name="person_by_name")]

    def __str__(self) -> str:
        return self.name or self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must agree with: it ends with a new password and with a deactivation, for good."""
        value = f"{self.password}:{self.sessions_ended}"
        return salted_hmac("hostcity.session", value, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """The name on pages."""
        return str(self)

    def get_short_name(self) -> str:
        """The name on pages."""
        return str(self)


class Organization(EditionRow):
    """A company, authority or association that takes part."""

    code = models.CharField(max_length=40)
    name_en = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="organization_code_once")]

    def __str__(self) -> str:
        return _named(self)


class Bureau(EditionRow):
    """A part of the preparation's leadership that owns tasks and findings."""

    code = models.CharField(max_length=40)
    name_en = models.CharField(max_length=200)
    name_zh = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "code"], name="bureau_code_once")]

    def __str__(self) -> str:
        return _named(self)


def _named(row: Organization | Bureau) -> str:
    return row.name_zh if is_chinese() and row.name_zh else row.name_en


class Assignment(EditionRow):
    """A role that a person has in an edition."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role.choices)
    bureau = models.ForeignKey(Bureau, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="assignments"
    )
    created_at = models.DateTimeField(default=timezone.now)

    reached_by = {"own": "person", "bureau": "bureau"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "person", "role"], name="assignment_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="assignment_role_known"),
            models.CheckConstraint(
                condition=~Q(role=Role.BUREAU_OWNER) | Q(bureau__isnull=False), name="assignment_owner_has_bureau"
            ),
        ]

    def get_role_display(self) -> str:
        """The role's name. Django's own translates the names of all roles, for every row of a list."""
        return str(Role(self.role).label)


class SignInCode(models.Model):
    """A one-time code for signing in without mail: from a printed list, or sent to a phone. Only its hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_in_codes")
    sha256 = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    made_by = models.CharField(max_length=12, blank=True)  # code of the person who made it
    created_at = models.DateTimeField(default=timezone.now)
