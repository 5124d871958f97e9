"""Core's own cards: countdown, what to do next, notices, open work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from hostcity.core import policy
from hostcity.core.home.countdown import countdown_of
from hostcity.core.models import Job, Notice, PlanRow
from hostcity.core.models.jobs import OPEN
from hostcity.core.registries import OnPaper, registries

MOST_NOTICES = 5


def countdown(request: Any) -> Mapping[str, Any]:
    """Days left. No query."""
    return {"countdown": countdown_of(request.edition), "today": request.edition.today()}


def countdown_on_paper(values: Mapping[str, Any]) -> OnPaper:
    """The same in the brief."""
    told = values["countdown"]
    return OnPaper(
        heading=_("Countdown"), lines=tuple(filter(None, (told.sentence, told.dates, told.note))), is_large=True
    )


def next_steps(request: Any) -> Mapping[str, Any] | None:
    """What an edition without a plan needs; one query."""
    return (
        None
        if PlanRow.objects.exists()
        else {"may_import": policy.may(request.user, policy.IMPORT_PLAN, request.edition)}
    )


def notices(request: Any) -> Mapping[str, Any] | None:
    """What the person has not read yet; one query."""
    unread = Notice.objects.filter(person=request.user, read_at=None).order_by("-id")[:MOST_NOTICES]
    told = [(_words_of(each), each) for each in unread]
    return {"notices": told} if told else None


def _words_of(notice: Notice) -> str:
    return str(registries.notice_words.get(notice.kind, notice.kind)).format(**notice.values)


def jobs(request: Any) -> Mapping[str, Any] | None:
    """Work that waits or runs; one query."""
    found = Job.objects.filter(edition=request.edition, state__in=OPEN).order_by("id")[:MOST_NOTICES]
    told = [(_title_of(each), each) for each in found]
    return {"jobs": told} if told else None


def _title_of(job: Job) -> Any:
    kind = registries.job_kinds.get(job.kind)
    return kind.title if kind else job.kind
