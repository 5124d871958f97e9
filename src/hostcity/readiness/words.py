"""What pages say of tasks: colors, and why a task has its own."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hostcity.core.plan_rows.words import choice_name
from hostcity.core.sayings import is_chinese

if TYPE_CHECKING:
    from hostcity.studies.readiness import Reason

#: In the order of pages: what is worst first.
COLORS: Mapping[str, Any] = {
    "red": pgettext_lazy("status of a task", "red"),
    "amber": pgettext_lazy("status of a task", "amber"),
    "grey": pgettext_lazy("status of a task", "grey"),
    "green": pgettext_lazy("status of a task", "green"),
    "done": pgettext_lazy("status of a task", "done"),
}
REASONS: Mapping[str, Any] = {
    "accepted": gettext_lazy("accepted on {on}"),
    "overdue": gettext_lazy("was needed by {due}"),
    "ends_late": gettext_lazy("ends on {end} as things stand, needed by {due}"),
    "harms": gettext_lazy("{days} working days too late for what waits for it"),
    "unlikely": gettext_lazy("in time with a probability of {most} % at most, as forecast on {on}"),
    "refused": gettext_lazy("not accepted on {on}"),
    "no_evidence": gettext_lazy("nothing shown yet ({kind}), and its time is all but over"),
    "trouble": gettext_lazy("its owner reported trouble on {on}"),
    "uncertain": gettext_lazy("in time with a probability of {least} to {most} %, as forecast on {on}"),
    "tight": gettext_lazy("{days} working days to spare: late if much goes wrong"),
    "not_begun": gettext_lazy("should have begun on {start}; nobody has said that it has"),
    "silent": gettext_lazy("no report for {days} working days"),
    "no_estimate": gettext_lazy("has no estimate"),
    "nobody_accepts": gettext_lazy("no department is named that accepts it"),
    "no_dates": gettext_lazy("the plan has problems, so there are no dates"),
    "awaits_acceptance": gettext_lazy("finished, as its owner says; waits to be accepted"),
    "under_way": gettext_lazy("under way, ends on {end}"),
    "begins": gettext_lazy("begins on {start}"),
}


def told_reason(reason: Reason) -> str:
    """Why a task has its color, in the language of the reader."""
    return str(REASONS[reason.code]).format(**{name: _told(name, value) for name, value in reason.values})


def _told(name: str, value: Any) -> Any:
    if name == "kind":
        return choice_name(value)
    if value is None:
        return _("after all days of the calendar")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return f"{value:g}" if isinstance(value, float) else value


def named(row: Any) -> str:
    """What a row of the plan is called in the language of the reader."""
    names = (row.name_zh, row.name_en) if is_chinese() else (row.name_en, row.name_zh)
    return names[0] or names[1] or row.code


def done_means(task: Any) -> str:
    """What must be true when a task is done."""
    texts = (task.done_zh, task.done_en) if is_chinese() else (task.done_en, task.done_zh)
    return texts[0] or texts[1]
