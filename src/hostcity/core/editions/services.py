"""Acts on editions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.errors import Refused, Stale, refuse
from hostcity.core.ledger import open_ledger, record
from hostcity.core.models import Edition, Expo, Person
from hostcity.core.models.editions import CODE

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
CHANGEABLE = (
    "name_en", "name_zh", "city_en", "city_zh", "time_zone", "opens_on", "closes_on", "is_public", "is_map_public",
)  # fmt: skip


def open_edition(
    *,
    expo: str,
    code: str,
    name_en: str,
    opens_on: date,
    closes_on: date,
    by: Person | None,
    expo_name_en: str = "",
    expo_name_zh: str = "",
    **more: Any,
) -> Edition:
    """Open an edition with its ledger, and its expo if that is new. For superusers; None = the command line."""
    if by is not None and not (by.is_active and by.is_superuser):
        raise policy.NotAllowed("edition.open")
    fields = {"name_en": name_en, "opens_on": opens_on, "closes_on": closes_on, **more}
    refuse(what_is_wrong(fields | {"expo": expo, "code": code}))
    try:
        with transaction.atomic():
            of, _made = Expo.objects.get_or_create(
                code=expo, defaults={"name_en": expo_name_en or name_en, "name_zh": expo_name_zh}
            )
            edition = Edition.objects.create(expo=of, code=code, **fields)
            open_ledger(edition)
            record("edition.open", edition=edition, by=by, subject=("edition", code), body={"expo": expo})
    except IntegrityError:
        raise _twice() from None
    return edition


def change_edition(*, edition: Edition, changes: Mapping[str, Any], version: int, by: Person) -> Edition:
    """Change names, city, zone, dates, publication. Raises ``Stale`` when somebody else did meanwhile."""
    policy.require(by, policy.CHANGE_EDITION, edition)
    fields = {name: changes[name] for name in CHANGEABLE if name in changes}
    refuse(what_is_wrong({name: getattr(edition, name) for name in CHANGEABLE} | fields))
    with transaction.atomic():
        stored = Edition.objects.select_for_update().get(pk=edition.pk)
        different = {name: value for name, value in fields.items() if getattr(stored, name) != value}
        if not Edition.objects.filter(pk=edition.pk, version=version).update(version=F("version") + 1, **fields):
            raise Stale(
                "edition.stale",
                _("Somebody changed the edition since you opened the page."),
                _("Look at what is stored now, then change it again."),
                diff=[(name, getattr(stored, name), value) for name, value in different.items()],
                version=stored.version,
            )
        body = {name: [_plain(getattr(stored, name)), _plain(value)] for name, value in different.items()}
        record("edition.change", edition=edition, by=by, subject=("edition", edition.code), body=body)
    edition.refresh_from_db()
    return edition


def what_is_wrong(fields: Mapping[str, Any]) -> list[Refused]:
    """Everything that is wrong with fields of an edition; of those that are not given nothing is said.

    With a ``code`` it is a new one: one query.
    """
    found = [
        Refused(f"edition.{name}", _("This is no code."), CODE.message, field=name)
        for name in ("expo", "code")
        if name in fields and not CODE.regex.match(fields[name])
    ]
    if "code" in fields and Edition.objects.filter(code=fields["code"]).exists():
        found.append(_twice())
    if "name_en" in fields and not str(fields["name_en"]).strip():
        found.append(Refused("edition.name_en", _("The English name is missing."), _("Give it."), field="name_en"))
    if "time_zone" in fields and fields["time_zone"] not in available_timezones():
        mend = _("Give one like Asia/Shanghai.")
        found.append(Refused("edition.time_zone", _("There is no such time zone."), mend, field="time_zone"))
    days = {name: fields[name] for name in ("opens_on", "closes_on") if name in fields}
    for name, day in days.items():
        if not FIRST_DAY <= day <= LAST_DAY:
            what, mend = _("The day is out of range."), _("Give one from 1900 to 2199.")
            found.append(Refused(f"edition.{name}", what, mend, field=name))
    if len(days) > 1 and days["closes_on"] < days["opens_on"]:
        mend = _("Give a later closing day.")
        found.append(Refused("edition.closes_on", _("It closes before it opens."), mend, field="closes_on"))
    return found


def _twice() -> Refused:
    mend = _("Choose another.")
    return Refused("edition.twice", _("There is an edition with this code already."), mend, field="code")


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
