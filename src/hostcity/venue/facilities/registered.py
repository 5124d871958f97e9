"""What facilities put into core's registries."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import JobKind, MenuEntry, registries
from hostcity.venue import policy
from hostcity.venue.facilities.services import JOB, MEASURE

registries.menu.append(
    MenuEntry(label=_("Facilities"), url_name="facilities", action=policy.SEE_MAP, icon="facilities", order=29)
)
registries.job_kinds[JOB] = JobKind(
    name=JOB,
    title=_("Measuring the ways to facilities"),
    run="hostcity.venue.facilities.jobs.run",
    complete="hostcity.venue.facilities.jobs.done",
    most_mib=2048,
    most_seconds=1800,
)
registries.act_words[MEASURE] = lambda _act: _("had the ways to facilities measured")
registries.act_names[MEASURE] = _("facilities measured")
registries.kind_words[JOB] = _("Facilities")
registries.subject_urls[JOB] = lambda edition, _key: reverse("facilities", args=[edition.code])
