"""What exits put into core's registries."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import JobKind, MenuEntry, registries
from hostcity.venue import policy
from hostcity.venue.exits.services import JOB

registries.menu.append(MenuEntry(label=_("Exits"), url_name="exits", action=policy.SEE_MAP, icon="exit", order=28))
registries.job_kinds[JOB] = JobKind(
    name=JOB,
    title=_("Checking the exits of halls"),
    run="hostcity.venue.exits.jobs.run",
    most_mib=2048,
    most_seconds=900,
)
registries.act_words["exits.check"] = lambda _act: _("had the exits of halls checked")
registries.act_names["exits.check"] = _("exits checked")
registries.kind_words["venue.exits"] = _("Exits")
registries.subject_urls["venue.exits"] = lambda edition, _key: reverse("exits", args=[edition.code])
