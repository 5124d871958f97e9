"""What coming to a shift puts into core's registries."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import MenuEntry, registries
from hostcity.volunteers import policy
from hostcity.volunteers.duty.services import IN, NOT_IN, NOT_OUT, OUT, SUBJECT


def _path(edition: Any, _key: str) -> str:
    return reverse("duty", args=[edition.code])


registries.menu.append(MenuEntry(label=_("On duty"), url_name="duty", action=policy.SEE_DUTY, icon="ok", order=32))
registries.act_words.update(
    {
        IN: lambda _act: _("checked a volunteer in"),
        OUT: lambda _act: _("checked a volunteer out"),
        NOT_IN: lambda _act: _("took back that a volunteer came"),
        NOT_OUT: lambda _act: _("took back that a volunteer left"),
    }
)
registries.act_names.update(
    {
        IN: _("volunteers checked in"),
        OUT: _("volunteers checked out"),
        NOT_IN: _("checking in taken back"),
        NOT_OUT: _("checking out taken back"),
    }
)
registries.kind_words.update(
    {
        SUBJECT: _("Volunteer on duty"),
        IN: _("Checked in"),
        OUT: _("Checked out"),
        NOT_IN: _("Checking in taken back"),
        NOT_OUT: _("Checking out taken back"),
    }
)
registries.subject_urls[SUBJECT] = _path
