"""Saying how a shift was, taking that back, and answering."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, Stale, refuse
from hostcity.core.ledger import record
from hostcity.core.models import Act, Edition, Person
from hostcity.core.notices.services import notify
from hostcity.volunteers import policy
from hostcity.volunteers.feedback.queries import own_attendances
from hostcity.volunteers.models import Attendance, Feedback
from hostcity.volunteers.models.feedback import MOST_TEXT, RATINGS
from hostcity.volunteers.services.publishing import people_of

SAY, TAKE_BACK, ANSWER = "feedback.say", "feedback.take_back", "feedback.answer"
SUBJECT = "feedback"
ANSWERED = "feedback.answered"  # kind of a notice


def say_feedback(
    *, edition: Edition, day: str, band: str, rating: int, text: str = "", version: int = 0, by: Person
) -> Feedback:
    """Say how one's own shift was, or say it otherwise as long as it is not answered. ``version`` 0 = nothing was said before.

    Raises ``Refused`` where one did not come to the shift, or it is answered; ``Stale`` where another phone said otherwise meanwhile.
    """  # fmt: skip
    matrix.require(by, policy.OWN_FEEDBACK, edition)
    with transaction.atomic(), scope(edition=edition):
        came = own_attendances(edition, by).filter(day=day, band=band).first()
        faults = (
            []
            if came
            else [
                Refused(
                    "feedback.not_come",
                    _("You were not checked in to this shift."),
                    _("Ask the coordinator to put that right first."),
                )
            ]
        )
        if rating not in RATINGS:
            faults.append(
                Refused("feedback.rating", _("How it was is missing."), _("Choose one of the five."), field="rating")
            )
        if len(text.strip()) > MOST_TEXT:
            faults.append(
                Refused("feedback.text", _("The text is too long."), _("Say it in 500 characters."), field="text")
            )
        refuse(faults)
        return _kept(edition, came, rating, text.strip(), version, by)


def _kept(edition: Edition, came: Attendance | None, rating: int, text: str, version: int, by: Person) -> Feedback:
    if came is None:  # refused before
        raise AssertionError("nobody came")
    seat = {"volunteer": came.volunteer, "day": came.day, "band": came.band}
    said = {"post": came.post, "rating": rating, "text": text}
    row, is_new = Feedback.objects.select_for_update().get_or_create(edition=edition, **seat, defaults=said)
    if not is_new:
        if row.answer:
            raise _answered()
        _require_version(row, version, rating)
        row.rating, row.text, row.post, row.said_at, row.version = (
            rating,
            text,
            came.post,
            timezone.now(),
            row.version + 1,
        )
        row.save()
    body = {"day": row.day, "band": row.band, "post": row.post, "rating": rating}
    record(SAY, edition=edition, by=by, subject=(SUBJECT, row.volunteer), body=body)
    return row


def take_feedback_back(*, edition: Edition, day: str, band: str, by: Person) -> None:
    """Take back what one said of a shift, as long as it is not answered. Raises ``Refused``."""
    matrix.require(by, policy.OWN_FEEDBACK, edition)
    with transaction.atomic(), scope(edition=edition):
        came = own_attendances(edition, by).filter(day=day, band=band).values("volunteer")
        row = Feedback.objects.select_for_update().filter(volunteer__in=came, day=day, band=band).first()
        if row is None:
            raise Refused("feedback.none", _("Nothing was said of this shift."), _("Look at your shifts again."))
        if row.answer:
            raise _answered()
        row.delete()
        body = {"day": day, "band": band, "post": row.post}
        record(TAKE_BACK, edition=edition, by=by, subject=(SUBJECT, row.volunteer), body=body)


def answer_feedback(*, edition: Edition, feedback: Feedback, answer: str, version: int, by: Person) -> Feedback:
    """Answer what a volunteer said, or answer otherwise; an empty answer takes it back. They are told.

    Raises ``Stale`` where they have said something else meanwhile, or somebody has answered; ``Refused`` for a text that is too long.
    """  # fmt: skip
    matrix.require(by, policy.ANSWER_FEEDBACK, edition, feedback)
    with transaction.atomic(), scope(edition=edition):
        row = Feedback.objects.select_for_update().filter(pk=feedback.pk).first()
        if row is None:
            raise Refused("feedback.none", _("The volunteer has taken it back."), _("Look at the list again."))
        if len(answer.strip()) > MOST_TEXT:
            raise Refused("feedback.text", _("The text is too long."), _("Say it in 500 characters."), field="answer")
        _require_version(row, version, row.rating)
        had_one, row.answer, row.version = bool(row.answer), answer.strip(), row.version + 1
        row.answered_at, row.answered_by = (timezone.now(), by.code) if row.answer else (None, "")
        row.save()
        body = {"day": row.day, "band": row.band, "post": row.post, "is_answered": bool(row.answer)}
        act = record(ANSWER, edition=edition, by=by, subject=(SUBJECT, row.volunteer), body=body)
        if row.answer and not had_one:
            _tell(edition, row.volunteer, act)
        return row


def _require_version(row: Feedback, version: int, rating: int) -> None:
    if row.version != version:
        diff = [("rating", row.rating, rating)]
        what = _("Somebody has changed it since you opened the page.")
        raise Stale(
            "feedback.stale", what, _("Look at what holds now, then change it again."), diff=diff, version=row.version
        )


def _answered() -> Refused:
    mend = _("Tell the coordinator what else there is to say.")
    return Refused("feedback.answered", _("It has been answered, and stays."), mend)


def _tell(edition: Edition, volunteer: str, act: Act) -> None:
    path = reverse("my-feedback", args=[edition.code])
    people = people_of(edition, [volunteer])
    notify(edition=edition, people=people, kind=ANSWERED, values={"edition": edition.code}, path=path, act=act)
