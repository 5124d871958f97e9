"""What hours put into core's registries."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.registries import MenuEntry, registries
from hostcity.volunteers import policy
from hostcity.volunteers.hours.services import CHANGED, CLOSE, CORRECT, SUBJECT, UNDO


def _path(edition: Any, _key: str) -> str:
    return reverse("hours", args=[edition.code])


registries.menu.append(
    MenuEntry(label=_("Hours served"), url_name="hours", action=policy.SEE_HOURS, icon="time", order=32)
)
registries.act_words.update(
    {
        CORRECT: lambda _act: _("corrected when a volunteer came and left"),
        UNDO: lambda _act: _("took a correction of hours back"),
        CLOSE: lambda _act: _("let volunteers have left at the end of a band"),
    }
)
registries.act_names.update(
    {CORRECT: _("hours corrected"), UNDO: _("corrections of hours taken back"), CLOSE: _("bands closed")}
)
registries.kind_words.update(
    {
        SUBJECT: pgettext_lazy("ledger", "Hours served"),
        CORRECT: _("Hours corrected"),
        UNDO: _("Correction of hours taken back"),
        CLOSE: _("Band closed"),
    }
)
registries.notice_words[CHANGED] = _("The hours that count for you have been corrected. Look at them.")
registries.subject_urls[SUBJECT] = _path
