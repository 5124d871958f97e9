"""How many days are left, in words: before, on the days, after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hostcity.core.models import Edition


@dataclass(frozen=True, slots=True)
class Countdown:
    """The number, what stands before and behind it, and all of it as one sentence. No number: the sentence alone."""

    number: int | None
    before: str
    after: str
    sentence: str
    dates: str
    note: str = ""  # where the dates are not those of the expo itself


def countdown_of(edition: Edition, now: datetime | None = None) -> Countdown:
    """The countdown of an edition, which counts neither today nor the opening."""
    today, left = edition.today(now), edition.days_left(now)
    if left >= 1:
        said = ngettext("{days} day left until the opening", "{days} days left until the opening", left)
        before, _number, after = said.partition("{days}")
        dates = dates_of(edition)
        return Countdown(left, before.strip(), after.strip(), said.format(days=left), dates, _note_of(edition))
    if left == 0:
        return _in_words(edition, _("Opens tomorrow"))
    if today == edition.opens_on:
        return _in_words(edition, _("Opens today"))
    if today <= edition.closes_on:
        day, days = (today - edition.opens_on).days + 1, (edition.closes_on - edition.opens_on).days + 1
        return _in_words(edition, _("Day {day} of {days}").format(day=day, days=days))
    return _in_words(edition, _("Closed on {date}").format(date=date_format(edition.closes_on)))


def dates_of(edition: Edition) -> str:
    """From the first to the last day."""
    if edition.opens_on == edition.closes_on:
        return date_format(edition.opens_on)
    if (edition.opens_on.year, edition.opens_on.month) == (edition.closes_on.year, edition.closes_on.month):
        first, last = pgettext("first of a month's days", "j"), pgettext("last of a month's days", "j F Y")
    else:
        first = last = "DATE_FORMAT"
    opens, closes = date_format(edition.opens_on, first), date_format(edition.closes_on, last)
    return _("{opens} to {closes}").format(opens=opens, closes=closes)


def _in_words(edition: Edition, said: str) -> Countdown:
    return Countdown(None, "", "", said, dates_of(edition), _note_of(edition))


def _note_of(edition: Edition) -> str:
    if edition.really_opened_on is None:
        return ""
    return _(
        "Dates moved for this demonstration. The expo really opened on {date}; its figures are of that year."
    ).format(date=date_format(edition.really_opened_on))
