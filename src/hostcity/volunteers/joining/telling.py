"""Telling applicants what happened: on their page by code; to their phone, where the site can; to their account once they have one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from hostcity.core.deliveries.services import queue_phone
from hostcity.core.models import Act, Edition
from hostcity.core.notices.services import notify
from hostcity.volunteers.joining.steps import APPLY, SUBJECT, UNDO
from hostcity.volunteers.models import Application

ACCREDITED = "joining.accredited"  # kind of a notice
SAID = {
    APPLY: _("You applied."),
    "join.interview": _("You were invited to an interview."),
    "join.train": _("You were given a place in a training."),
    "join.accredit": _("You were accredited as a volunteer."),
    "join.refuse": _("You have no part this time."),
    UNDO: _("The last step was taken back."),
}


@dataclass(frozen=True, slots=True)
class Happened:
    """A step, as its applicant sees it: who took it is not said."""

    at: datetime
    what: Any


def history_of(application: Application) -> list[Happened]:
    """What happened with an application, latest first. One query."""
    acts = Act.objects.filter(edition=application.edition, subject_kind=SUBJECT, subject_key=application.code)
    return [Happened(each.at, SAID[each.verb]) for each in acts.order_by("-number") if each.verb in SAID]


def tell_applicants(edition: Edition, rows: Sequence[Application], acts: Sequence[Act]) -> None:
    """Tell each of the step that was taken with them. Part of the act, right after its lines."""
    for row, act in zip(rows, acts, strict=True):
        if settings.PHONE_GATEWAY_URL and row.shown_phone:
            _to_phone(edition, row, act)
        if act.verb == "join.accredit" and row.person:
            path = reverse("my-shifts", args=[edition.code])
            notify(
                edition=edition,
                people=[row.person],
                kind=ACCREDITED,
                values={"edition": edition.code},
                path=path,
                act=act,
            )


def _to_phone(edition: Edition, row: Application, act: Act) -> None:
    with translation.override(row.language):
        address = (
            f"{settings.SITE_ADDRESS}{reverse('joining-mine', args=[edition.code])}" if settings.SITE_ADDRESS else ""
        )
        text = str(_("{edition}: {what} See your application with your code. {address}"))
        text = text.format(edition=edition.name, what=SAID[act.verb], address=address).strip()
    queue_phone(edition=edition, phone=row.shown_phone, text=text, dedupe_key=f"joining/{edition.pk}/{act.number}")
