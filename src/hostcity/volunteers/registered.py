"""What volunteers put into core's registries."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import JobKind, MenuEntry, Subject, registries
from hostcity.volunteers import policy
from hostcity.volunteers.acceptance import registered as _acceptance  # noqa: F401 -- importing it registers
from hostcity.volunteers.certificates import registered as _certificates  # noqa: F401 -- importing it registers
from hostcity.volunteers.duty import registered as duty  # noqa: F401 -- importing it registers
from hostcity.volunteers.feedback import registered as _feedback  # noqa: F401 -- importing it registers
from hostcity.volunteers.hours import registered as _hours  # noqa: F401 -- importing it registers
from hostcity.volunteers.joining import registered as _joining  # noqa: F401 -- importing it registers
from hostcity.volunteers.mending import registered as _mending  # noqa: F401 -- importing it registers
from hostcity.volunteers.models import SHEET
from hostcity.volunteers.own import own_times
from hostcity.volunteers.services import making, pinning, publishing
from hostcity.volunteers.sheet import ShiftsSheet
from hostcity.volunteers.swaps import registered as _swaps  # noqa: F401 -- importing it registers
from hostcity.volunteers.whatif import registered as _whatif  # noqa: F401 -- importing it registers

registries.sheet_owners[SHEET] = ShiftsSheet()
registries.subjects.append(
    Subject(
        "roster",
        _("Volunteers"),
        ("roster", "duty", "join", "swap", "acceptance", "hours", "certificate", "feedback"),
        order=36,
    )
)
registries.calendar_sources.append(own_times)
registries.menu.extend(
    (
        MenuEntry(label=_("Roster"), url_name="rosters", action=policy.SEE_ROSTER, icon="roster", order=32),
        MenuEntry(label=_("My shifts"), url_name="my-shifts", action=policy.OWN_SHIFTS, icon="roster", order=33),
    )
)
registries.job_kinds[making.JOB] = JobKind(
    name=making.JOB,
    title=_("Making a roster"),
    run="hostcity.volunteers.jobs.roster",
    complete="hostcity.volunteers.jobs.kept",
    most_mib=4096,
    most_seconds=1800,
)
registries.act_words.update(
    {
        making.MAKE: lambda _act: _("had a draft of the roster made"),
        making.JUDGE: lambda _act: _("had the roster judged"),
        pinning.LOCK: lambda _act: _("locked a seat of the roster"),
        pinning.UNLOCK: lambda _act: _("unlocked a seat of the roster"),
    }
)
registries.act_names.update(
    {
        making.MAKE: _("rosters drafted"),
        making.JUDGE: _("rosters judged"),
        pinning.LOCK: _("seats locked"),
        pinning.UNLOCK: _("seats unlocked"),
    }
)
registries.kind_words.update(
    {
        making.SUBJECT: _("Roster"),
        pinning.SUBJECT: _("Seat of the roster"),
        publishing.PUBLISH: _("Roster published"),
        pinning.UNLOCK: _("Seat unlocked"),
    }
)
registries.notice_words[publishing.CHANGED] = _("Your shifts have been changed. Look at them before you set out.")
registries.subject_urls[making.SUBJECT] = lambda edition, _key: reverse("rosters", args=[edition.code])
registries.subject_urls[pinning.SUBJECT] = lambda edition, _key: reverse("rosters", args=[edition.code])
