"""What signs put into core's registries."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hostcity.core.registries import JobKind, MenuEntry, registries
from hostcity.venue import policy
from hostcity.venue.signs.queries import KIND
from hostcity.venue.signs.services.auditing import AUDIT, AUDIT_JOB, SUBJECT
from hostcity.venue.signs.services.planning import PLAN, PLAN_JOB

registries.menu.append(MenuEntry(label=_("Signs"), url_name="signs", action=policy.SEE_MAP, icon="sign", order=27))
registries.job_kinds[AUDIT_JOB] = JobKind(
    name=AUDIT_JOB,
    title=_("Auditing sign faces"),
    run="hostcity.venue.signs.jobs.audit",
    most_mib=2048,
    most_seconds=900,
)
registries.job_kinds[PLAN_JOB] = JobKind(
    name=PLAN_JOB,
    title=_("Planning sign faces"),
    run="hostcity.venue.signs.jobs.plan",
    complete="hostcity.venue.signs.jobs.planned",
    most_mib=4096,
    most_seconds=3600,
)
registries.act_words[AUDIT] = lambda _act: _("had sign faces audited")
registries.act_names[AUDIT] = _("signs audited")
registries.act_words[PLAN] = lambda _act: _("had sign faces planned")
registries.act_names[PLAN] = _("signs planned")
registries.kind_words[SUBJECT] = _("Signs")
registries.subject_urls[SUBJECT] = lambda edition, _key: reverse("signs-plans", args=[edition.code])
#: Whatever was done to a face leads to its page here, which shows what was done.
registries.subject_urls[KIND] = lambda edition, key: (
    reverse("sign", args=[edition.code, key]) if key else reverse("signs", args=[edition.code])
)
registries.acted_fields.update(
    {
        ("faces", "state"): pgettext_lazy(
            "sign", "Say it on the page of the face, which asks for a photo or a reason where it must."
        ),
        ("faces", "fault"): pgettext_lazy("sign", "Report and mend faults on the page of the face."),
    }
)
