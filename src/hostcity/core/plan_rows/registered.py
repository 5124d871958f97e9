"""What plan rows put into core's registries."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.plan_rows import act_words
from hostcity.core.plan_rows.changes import ADD, CHANGE, IMPORT, ORDER, REMOVE, ROWS, kind_of
from hostcity.core.plan_rows.many import told_blobs
from hostcity.core.plan_rows.searching import KIND, documents_of, history_path
from hostcity.core.plan_rows.words import SHEET_WORDS
from hostcity.core.registries import JobKind, MenuEntry, registries
from hostcity.plan import SHEETS

registries.menu.append(MenuEntry(label=_("Plan"), url_name="plan", action=policy.SEE_PLAN, icon="plan", order=20))
registries.job_kinds["plan.import"] = JobKind(
    name="plan.import",
    title=_("Trying a plan's file"),
    run="hostcity.core.plan_rows.imports.run",
    most_mib=1024,
    most_seconds=60,
)
registries.act_words.update(
    {
        ADD: act_words.added,
        CHANGE: act_words.changed,
        REMOVE: act_words.removed,
        ORDER: act_words.ordered,
        IMPORT: act_words.imported,
        ROWS: act_words.rewritten,
        "plan.upload": act_words.uploaded,
    }
)
registries.subject_urls.update(
    {kind_of(sheet): lambda edition, key, sheet=sheet: history_path(edition, sheet, key) for sheet in SHEETS}
)
registries.blob_sources.append(told_blobs)
registries.subject_urls[IMPORT] = lambda edition, _key: reverse("plan-import", args=[edition.code])
registries.search_sources[KIND] = documents_of
registries.kind_words[KIND] = _("Plan")
registries.kind_words.update(
    {kind_of(sheet): format_lazy(_("Plan: {sheet}"), sheet=SHEET_WORDS[sheet][0]) for sheet in SHEETS}
)
