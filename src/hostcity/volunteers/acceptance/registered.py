"""What acceptance puts into core's registries."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.registries import JobKind, MenuEntry, registries
from hostcity.volunteers import policy
from hostcity.volunteers.acceptance.services import ACCEPT, ASK, ASKED, CANCEL, CLOSE, DECLINE, JOB, PROMOTED, SUBJECT


def _path(edition: Any, _key: str) -> str:
    return reverse("answers", args=[edition.code])


registries.menu.append(
    MenuEntry(
        label=pgettext_lazy("acceptance", "Answers"),
        url_name="answers",
        action=policy.ASK_ANSWERS,
        icon="check",
        order=32,
    )
)
registries.job_kinds[JOB] = JobKind(
    name=JOB,
    title=_("Promoting reserves at the deadline"),
    run="hostcity.volunteers.acceptance.jobs.look",
    complete="hostcity.volunteers.acceptance.jobs.promoted",
)
registries.act_words.update(
    {
        ASK: lambda _act: _("asked volunteers to accept their shifts by a date"),
        CANCEL: lambda _act: _("took back that shifts are to be accepted by a date"),
        ACCEPT: lambda _act: _("accepted shifts"),
        DECLINE: lambda _act: _("declined shifts"),
        CLOSE: lambda _act: _("closed the answers: no shift had to change"),
    }
)
registries.act_names.update(
    {
        ASK: _("dates for accepting shifts set"),
        CANCEL: _("dates for accepting shifts taken back"),
        ACCEPT: _("shifts accepted"),
        DECLINE: _("shifts declined"),
        CLOSE: _("answers closed"),
    }
)
registries.kind_words.update({SUBJECT: _("Acceptance of shifts"), PROMOTED: _("Reserves promoted")})
registries.notice_words[ASKED] = _("Please say which of your shifts you accept; the date stands beside them.")
registries.subject_urls[SUBJECT] = _path
