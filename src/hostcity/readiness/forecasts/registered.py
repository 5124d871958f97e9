"""What forecasts put into core's registries."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hostcity.core.registries import JobKind, MenuEntry, registries
from hostcity.readiness import policy
from hostcity.readiness.forecasts.services import JOB, MAKE, SUBJECT

registries.menu.append(
    MenuEntry(label=_("Forecasts"), url_name="forecasts", action=policy.SEE_TASKS, icon="history", order=27)
)
registries.job_kinds[JOB] = JobKind(
    name=JOB, title=_("Forecasting the preparation"), run="hostcity.readiness.forecasts.jobs.forecast",
    complete="hostcity.readiness.forecasts.jobs.kept", most_seconds=900,
)  # fmt: skip
registries.act_words[MAKE] = lambda _act: _("had the preparation forecast")
registries.act_names[MAKE] = _("forecasts of the preparation")
registries.kind_words[SUBJECT] = _("Forecast of the preparation")
registries.subject_urls[SUBJECT] = lambda edition, _key: reverse("forecasts", args=[edition.code])
