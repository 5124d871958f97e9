"""What is said of a preparation's tasks, for programs; and what each check of their network is called."""

from __future__ import annotations

import math
from typing import Any

from hostcity.plan.sentences import Sentence
from hostcity.studies.readiness import Compared, Dated, DatedPath, Finding, Health

#: What fails each check.
CHECKS: dict[str, Sentence] = {
    "no_before": Sentence("begins after no task and no date"),
    "no_after": Sentence("nothing waits for its end"),
    "lead": Sentence("overlap by a negative lag"),
    "lag": Sentence("wait without a task"),
    "not_fs": Sentence("not from finish to start"),
    "date": Sentence("fixed to a date"),
    "long": Sentence("longer than 10 working days"),
    "loose": Sentence("more than 20 working days to spare"),
    "late": Sentence("harms a need-by date"),
    "no_spread": Sentence("estimated without a range"),
    "no_crew": Sentence("done by no crew"),
    "no_acceptance": Sentence("accepted by nobody"),
    "no_evidence": Sentence("shown by nothing"),
    "not_carried_out": Sentence("carried out by no task"),
}


def path_data(dated: DatedPath) -> dict[str, Any]:
    """Every task with its dates; the critical path and what is late by their codes."""
    return {
        **_summary(dated),
        "critical": [each.task.code for each in dated.critical],
        "late": [each.task.code for each in dated.late],
        "tasks": [_task(each) for each in dated.tasks],
    }


def health_data(dated: DatedPath, health: Health) -> dict[str, Any]:
    """Every check with its rows."""
    return {
        **_summary(dated), "is_good": health.is_good,
        "path_index": round(health.path_index, 4) if math.isfinite(health.path_index) else None,
        "checks": [_check(each) for each in health.findings],
    }  # fmt: skip


def moved_data(name: str, compared: Compared) -> dict[str, Any]:
    """A baseline beside now: what moved, what is new, what is gone."""
    return {
        "name": name, "kept": compared.kept, "later": compared.later, "new": list(compared.new), "gone": list(compared.gone),
        "moved": [
            {
                "code": each.now.task.code, "was_start": _day(each.was_start), "was_end": _day(each.was_end), "start": _day(each.now.start),
                "end": _day(each.now.end), "later_d": each.days,
            }
            for each in compared.moved
        ],
    }  # fmt: skip


def _summary(dated: DatedPath) -> dict[str, Any]:
    plan = dated.network.plan
    return {
        "ready": _day(dated.ready), "opens": dated.opens.isoformat(), "spare_d": dated.spare_d, "tasks_of": len(plan.tasks),
        "links_of": len(plan.task_links), "of_other_calendars": len(dated.network.own), "is_settled": dated.network.is_settled,
    }  # fmt: skip


def _task(each: Dated) -> dict[str, Any]:
    return {
        "code": each.task.code, "start": _day(each.start), "end": _day(each.end), "last_end": _day(each.last_end),
        "harmless_end": _day(each.harmless_end), "need_by": each.task.need_by or None, "total_float_d": each.total_float_d,
        "free_float_d": each.free_float_d, "spare_d": each.spare_d, "is_critical": each.is_critical,
    }  # fmt: skip


def _check(each: Finding) -> dict[str, Any]:
    return {
        "check": each.check, "what": str(CHECKS[each.check]), "sheet": each.sheet, "count": len(each.codes), "of": each.of,
        "may": each.may, "is_good": each.is_good, "codes": list(each.codes),
    }  # fmt: skip


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
