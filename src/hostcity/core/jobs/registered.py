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
registries.menu.append(MenuEntry(label=_("Jobs"), url_name="jobs", action=policy.SEE_JOBS, icon="job", order=810))
registries.act_words["job.cancel"] = lambda act: format_lazy(
    _("cancelled the work “{kind}”"), kind=_kind_of(act.body.get("kind", ""))
)

registries.menu.append(
    MenuEntry(label=_("Webhooks"), url_name="webhooks", action=policy.CHANGE_WEBHOOKS, icon="webhook", order=820)
)
registries.act_words.update(
    {
        "webhook.add": lambda act: format_lazy(
            _("added the webhook “{name}” to {host}"), name=act.body["name"], host=act.body["host"]
        ),
        "webhook.switch": lambda act: format_lazy(
            _("switched the webhook “{name}” on")
            if act.body["is_active"][1]
            else _("switched the webhook “{name}” off"),
            name=act.body["name"],
        ),
        "webhook.renew-secret": lambda act: format_lazy(
            _("gave the webhook “{name}” another secret"), name=act.body["name"]
        ),
        "webhook.test": lambda act: format_lazy(_("sent a test to the webhook “{name}”"), name=act.body["name"]),
        "delivery.replay": lambda act: _("had a message sent again"),
    }
)
