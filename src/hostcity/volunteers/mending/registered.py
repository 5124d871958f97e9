"""What mending a day puts into core's registries."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import JobKind, registries
from hostcity.volunteers.mending import services

registries.job_kinds[services.JOB] = JobKind(
    name=services.JOB,
    title=_("Mending a day of the roster"),
    run="hostcity.volunteers.mending.jobs.mend",
    complete="hostcity.volunteers.mending.jobs.kept",
    most_mib=4096,
    most_seconds=600,
)
registries.act_words[services.MEND] = lambda _act: _("had a day of the roster mended")
registries.act_names[services.MEND] = _("days mended")
registries.kind_words[services.MENDED] = _("Day of the roster mended")
