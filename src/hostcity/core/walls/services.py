"""Acts on screens."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.calendar.secrets import hash_of, new_secret
from hostcity.core.errors import Refused
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Person, WallScreen

MOST_SCREENS = 100  # in force, of one edition


@transaction.atomic
def add_screen(*, edition: Edition, name: str, language: str, by: Person) -> tuple[WallScreen, str]:
    """A screen and the secret of its address, which exists nowhere else: show it once.

    Raises ``Refused`` without a name, for an unknown language, for too many screens.
    """
    policy.require(by, policy.CHANGE_SCREENS, edition)
    if not name.strip():
        raise Refused("wall.name", _("The screen has no name."), _("Say where it hangs."), field="name")
    if language not in dict(settings.LANGUAGES):
        raise Refused(
            "wall.language", _("The site does not speak this language."), _("Choose another."), field="language"
        )
    if WallScreen.objects.filter(edition=edition, revoked_at=None).count() >= MOST_SCREENS:
        what = _("There are {most} screens already.").format(most=MOST_SCREENS)
        raise Refused("wall.many", what, _("Revoke those that no longer hang."))
    secret = new_secret()
    screen = WallScreen.objects.create(
        edition=edition, name=name.strip(), language=language, sha256=hash_of(secret), person=by
    )
    record(
        "wall.add-screen", edition=edition, by=by, subject=("wall", str(screen.public_id)), body={"name": screen.name}
    )
    return screen, secret


@transaction.atomic
def revoke_screen(*, screen: WallScreen, by: Person) -> WallScreen:
    """End a screen's address now. One that has been revoked stays so, without a second line in the ledger."""
    policy.require(by, policy.CHANGE_SCREENS, screen.edition, screen)
    screen = WallScreen.objects.select_for_update(of=("self",)).select_related("edition").get(pk=screen.pk)
    if screen.revoked_at is None:
        screen.revoked_at = timezone.now()
        screen.save(update_fields=["revoked_at"])
        subject = ("wall", str(screen.public_id))
        record("wall.revoke-screen", edition=screen.edition, by=by, subject=subject, body={"name": screen.name})
    return screen
