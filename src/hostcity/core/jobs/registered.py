"""What jobs and deliveries put into core's registries."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.jobs.housekeeping import HOUSEKEEPING
from hostcity.core.registries import MenuEntry, registries


def _kind_of(name: str) -> object:
    kind = registries.job_kinds.get(name)
    return kind.title if kind else name


registries.job_kinds[HOUSEKEEPING.name] = HOUSEKEEPING
registries.menu.append(MenuEntry(label=_("Jobs"), url_name="jobs", action=policy.SEE_JOBS, icon="activity", order=810))
registries.act_words["job.cancel"] = lambda act: format_lazy(
    _("cancelled the work “{kind}”"), kind=_kind_of(act.body.get("kind", ""))
)
