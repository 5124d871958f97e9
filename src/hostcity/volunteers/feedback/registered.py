"""What feedback puts into core's registries."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.registries import MenuEntry, registries
from hostcity.volunteers import policy
from hostcity.volunteers.feedback.services import ANSWER, ANSWERED, SAY, SUBJECT, TAKE_BACK


def _path(edition: Any, _key: str) -> str:
    return reverse("feedback", args=[edition.code])


registries.menu.append(
    MenuEntry(
        label=pgettext_lazy("volunteers", "Feedback"),
        url_name="feedback",
        action=policy.ANSWER_FEEDBACK,
        icon="finding",
        order=32,
    )
)
registries.act_words.update(
    {
        SAY: lambda _act: _("said how a shift was"),
        TAKE_BACK: lambda _act: _("took back what was said of a shift"),
        ANSWER: lambda _act: _("answered what was said of a shift"),
    }
)
registries.act_names.update(
    {SAY: _("feedback given"), TAKE_BACK: _("feedback taken back"), ANSWER: _("feedback answered")}
)
registries.kind_words.update(
    {
        SUBJECT: _("Feedback on a shift"),
        SAY: _("Feedback given"),
        TAKE_BACK: _("Feedback taken back"),
        ANSWER: _("Feedback answered"),
    }
)
registries.notice_words[ANSWERED] = _("What you said of a shift has been answered.")
registries.subject_urls[SUBJECT] = _path
