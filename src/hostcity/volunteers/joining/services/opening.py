"""Calling for volunteers: whether people may apply, until when, and to what they agree."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, Stale, refuse
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Person
from hostcity.volunteers import policy
from hostcity.volunteers.joining.steps import OPEN, SUBJECT_OPENING
from hostcity.volunteers.models import Consent, Opening

MOST_TEXT = 10_000  # characters of a text of consent
FIELDS = ("is_open", "closes_on", "consent_en", "consent_zh")


def change_opening(
    *, edition: Edition, is_open: bool, closes_on: date, consent_en: str, consent_zh: str, version: int, by: Person
) -> Opening:
    """Open or close sign-up, or change its last day or text. ``version`` 0 = there is none yet.

    Another text gets the next number; applications keep the one that they agreed to. Raises ``Stale``, ``Refused``.
    """
    matrix.require(by, policy.OPEN_JOINING, edition)
    given = {
        "is_open": is_open, "closes_on": closes_on, "consent_en": _plain(consent_en), "consent_zh": _plain(consent_zh),
    }  # fmt: skip
    refuse(_faults(edition, given))
    with transaction.atomic(), scope(edition=edition):
        Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
        stored = Opening.objects.select_related("consent").filter(edition=edition).first()
        was = _as_given(stored)
        if (stored.version if stored else 0) != version:
            raise _stale(was, given, stored.version if stored else 0)
        if was == given and stored:
            return stored
        consent = _consent(edition, stored, given)
        row = stored or Opening(edition=edition, version=0)
        row.is_open, row.closes_on, row.consent, row.version = is_open, closes_on, consent, row.version + 1
        row.save()
        body = {"is_open": is_open, "closes_on": closes_on.isoformat(), "consent": consent.number}
        record(OPEN, edition=edition, by=by, subject=(SUBJECT_OPENING, edition.code), body=body)
        return row


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").strip().split("\n"))


def _as_given(stored: Opening | None) -> dict[str, Any]:
    if stored is None:
        return dict.fromkeys(FIELDS)
    consent = stored.consent
    return {
        "is_open": stored.is_open, "closes_on": stored.closes_on, "consent_en": consent.text_en, "consent_zh": consent.text_zh,
    }  # fmt: skip


def _consent(edition: Edition, stored: Opening | None, given: dict[str, Any]) -> Consent:
    """The text that holds, or a new one with the next number."""
    texts = {"text_en": given["consent_en"], "text_zh": given["consent_zh"]}
    if stored and (stored.consent.text_en, stored.consent.text_zh) == (texts["text_en"], texts["text_zh"]):
        return stored.consent
    last = Consent.objects.filter(edition=edition).order_by("-number").first()
    return Consent.objects.create(edition=edition, number=last.number + 1 if last else 1, **texts)


def _faults(edition: Edition, given: dict[str, Any]) -> list[Refused]:
    found = []
    for name in ("consent_en", "consent_zh"):
        if not given[name]:
            what = _("The text to which applicants agree is missing.")
            mend = _("Write what their data are used for, who sees them, and how long they are kept.")
            found.append(Refused(f"joining.{name}", what, mend, field=name))
        elif len(given[name]) > MOST_TEXT:
            mend = format_lazy(_("Give at most {most} letters."), most=f"{MOST_TEXT:,}")
            found.append(Refused(f"joining.{name}", _("This is too long."), mend, field=name))
    if given["closes_on"] > edition.closes_on:
        mend = _("Give an earlier day.")
        found.append(Refused("joining.closes_on", _("Sign-up would end after the expo."), mend, field="closes_on"))
    if given["is_open"] and given["closes_on"] < edition.today():
        what, mend = _("The last day of sign-up is over."), _("Give a later day, or leave sign-up closed.")
        found.append(Refused("joining.closes_on", what, mend, field="closes_on"))
    return found


def _stale(was: dict[str, Any], given: dict[str, Any], version: int) -> Stale:
    what, mend = _("Sign-up has been changed by somebody else."), _("Compare, and choose what is to hold.")
    diff = [(name, was[name], given[name]) for name in FIELDS if was[name] != given[name]]
    return Stale("joining.opening_stale", what, mend, diff=diff, version=version)
