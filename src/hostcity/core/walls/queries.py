"""Screens, and the one behind a secret."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django_scopes import scopes_disabled

from hostcity.core import policy
from hostcity.core.calendar.secrets import hash_of
from hostcity.core.models import Edition, Person, WallScreen
from hostcity.core.models.walls import SEEN_EVERY


def screens_of(edition: Edition) -> QuerySet[WallScreen]:
    """The screens of an edition, those that were revoked too, latest first."""
    return WallScreen.objects.filter(edition=edition).select_related("person").order_by("-id")


def screen_of(secret: str) -> WallScreen | None:
    """The screen in force behind a secret, bound to what its address opens. Outside of every edition: the secret says which.

    None when it was revoked, or when whoever made it may no longer see the wall. Notes that the screen was seen.
    """
    with scopes_disabled():
        found = WallScreen.objects.select_related("person", "edition__expo", "edition__head")
        screen = found.filter(sha256=hash_of(secret), revoked_at=None).first()
        if screen is None:
            return None
        person: Person = screen.person
        person.token = screen
        if not policy.may(person, policy.SEE_WALL, screen.edition):
            return None
        now = timezone.now()
        if screen.seen_at is None or now - screen.seen_at > SEEN_EVERY:
            WallScreen.objects.filter(pk=screen.pk).update(seen_at=now)
    return screen
