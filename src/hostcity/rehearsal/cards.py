"""Cards of the first screen: the last rehearsal's verdict, and what is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hostcity.core.registries import OnPaper
from hostcity.core.sayings import Joined
from hostcity.core.templatetags.shell import gap
from hostcity.rehearsal.compared import said
from hostcity.rehearsal.models import Rehearsal
from hostcity.rehearsal.queries import changes_since, last_rehearsal, open_findings
from hostcity.rehearsal.views.parts import changes_path

MOST_NAMED = 3  # changes of a rehearsal that a card names


def last_verdict(request: Any) -> dict[str, Any]:
    """The last verdict, which plan it is of, and how many changes have been made since."""
    rehearsal = last_rehearsal(request.edition)
    if rehearsal is None:
        return {"rehearsal": None}
    number = rehearsal.plan_number
    return {
        "rehearsal": rehearsal,
        "changes": changes_since(request.edition, [number])[number],
        "changes_path": changes_path(request.edition, number),
    }


def what_is_open(request: Any) -> dict[str, Any]:
    """Open findings, the worst first."""
    return {"findings": open_findings(request.edition)}


def verdict_on_paper(values: Mapping[str, Any]) -> OnPaper:
    """The last verdict in the printed brief."""
    rehearsal, changes = values["rehearsal"], values.get("changes", 0)
    if rehearsal is None:
        return OnPaper(heading=_("Last rehearsal"), lines=(_("Nothing has been rehearsed yet."),))
    played = _("{name}, played {time}").format(
        name=rehearsal.name_and_number, time=date_format(localtime(rehearsal.created_at), "DATETIME_FORMAT")
    )
    title = said(rehearsal.told["title"])
    if not rehearsal.is_plain:
        title = _("What if: %(title)s") % {"title": title}
    lines = [title, *_what_if(rehearsal), played, _age(rehearsal, changes)]
    rows = [(said(each["what"]), said(each["took"]), _promise(each["limit_min"])) for each in rehearsal.told["limits"]]
    return OnPaper(
        heading=_("Last rehearsal"), lines=lines, rows=rows, shares=(0.5, 0.22, 0.28),
        is_good=None if not rehearsal.is_plain else {"kept": True, "broken": False}.get(rehearsal.verdict),
    )  # fmt: skip


def _what_if(rehearsal: Rehearsal) -> tuple[str, ...]:
    """What must stand beside a verdict that is not the plan's."""
    if rehearsal.is_plain:
        return ()
    lines, changes = [], len(rehearsal.overrides)
    if rehearsal.scenarios:
        wrong = _("On a day when this goes wrong:")
        lines.append(f"{wrong}{gap()}{Joined(said(each['title']) for each in rehearsal.scenarios)}")
    if changes:
        told = ngettext(
            "with %(changes)s change for this rehearsal only:",
            "with %(changes)s changes for this rehearsal only:",
            changes,
        )
        named = Joined([*rehearsal.overrides[:MOST_NAMED], *(["…"] if changes > MOST_NAMED else [])])
        lines.append(f"{told % {'changes': changes}}{gap()}{named}")
    return (*lines, _("The plan itself has not been rehearsed yet."))


def _age(rehearsal: Rehearsal, changes: int) -> str:
    number = _("Of plan number {number}").format(number=rehearsal.plan_number)
    if changes:
        told = ngettext(
            "%(changes)s change of the plan since then", "%(changes)s changes of the plan since then", changes
        )
        return f"{number} · {told % {'changes': changes}}"
    return number if not rehearsal.is_plain else f"{number} · {_('plan unchanged since then')}"


def _promise(limit_min: float) -> str:
    return _("promised: %(limit)s min") % {"limit": f"{limit_min:g}"}


def open_on_paper(values: Mapping[str, Any]) -> OnPaper:
    """Open findings in the printed brief."""
    found = values["findings"]
    heading = _("Open findings")
    if not found.count:
        return OnPaper(heading=heading, lines=(_("No finding is open."),))
    rows = [(each.get_severity_display(), each.title, str(each.owner or each.bureau or "")) for each in found.worst]
    return OnPaper(heading=_("{heading} ({count})").format(heading=heading, count=found.count), rows=rows)
