"""What a forecast of a preparation says, for programs: plain numbers, codes and dates."""

from __future__ import annotations

import math
from typing import Any

from hostcity.plan.sentences import Sentence
from hostcity.studies.readiness.forecast import (
    BUDGET_D,
    RULES,
    SHARES,
    SHORTER,
    SLIP_D,
    ByRule,
    Ends,
    Group,
    PlanForecast,
    Slip,
)  # fmt: skip

#: By which rule tasks get their people. No probability is told without its rule.
RULE_NAMES: dict[str, Sentence] = {
    "unlimited": Sentence("nobody's hands counted"),
    "order": Sentence("hands in the plan's order"),
    "dispatch": Sentence("whoever can begins"),
}
MARKED = 0.005  # criticality from which on it is told
SURE = 0.9995  # of the probability of a task, from which on it is not told


def forecast_data(told: PlanForecast) -> dict[str, Any]:
    """All of it; of tasks those that may be late, or that the end of all may wait for."""
    network = told.network
    return {
        "seed": told.seed, "samples": told.samples, "rules": list(RULES), "opens": told.opens.isoformat(), "tasks_of": len(network.plan.tasks),
        "open_of": int(sum(1 for each in told.in_time[0] if not math.isnan(each))), "chance": _by_rule(told.opening.chance),
        "standard_error": _by_rule(told.errors), "span": list(span_of(told.opening.chance)), "shares": list(SHARES), "ends": _ends(told.opening)["ends"],
        "by_day": [[day.isoformat(), *map(_rounded, chances)] for day, chances in told.by_day],
        "milestones": [_ends(each) for each in told.milestones], "departments": [_group(each) for each in told.departments],
        "slip_d": SLIP_D, "slips": [_slip(each) for each in told.slips], "risks": [_slip(each) for each in told.risks],
        "effort": {
            "tasks": list(told.effort.tasks), "saved_d": _rounded(told.effort.saved_d), "budget_d": BUDGET_D, "shorter": SHORTER, "rule": "order",
            "before": _rounded(told.effort.before), "after": _rounded(told.effort.after),
        },
        "tasks": list(_tasks(told)),
    }  # fmt: skip


def span_of(chance: ByRule) -> tuple[float, float]:
    """The least and the greatest probability of the rules that count hands."""
    _unlimited, order, dispatch = chance
    return _rounded(min(order, dispatch)), _rounded(max(order, dispatch))


def _tasks(told: PlanForecast) -> Any:
    for at, task in enumerate(told.network.plan.tasks):
        chance, critical = told.in_time[:, at].tolist(), told.criticality[:, at].tolist()
        if math.isnan(chance[0]) or (min(chance) >= SURE and max(critical) < MARKED):
            continue
        yield {"code": task.code, "chance": [*map(_rounded, chance)], "criticality": [*map(_rounded, critical)]}


def _ends(each: Ends) -> dict[str, Any]:
    return {
        "code": each.code, "need_by": _day(each.need_by), "chance": _by_rule(each.chance),
        "ends": {rule: [_day(day) for day in days] for rule, days in zip(RULES, each.ends, strict=True)},
    }  # fmt: skip


def _group(each: Group) -> dict[str, Any]:
    return {
        "code": each.code, "tasks": each.tasks, "chance": _by_rule(each.chance), "span": list(span_of(each.chance)),
        "late_d": _by_rule(each.late_d),
    }  # fmt: skip


def _slip(each: Slip) -> dict[str, Any]:
    return {
        "code": each.code, "points": {"order": _rounded(each.points[0]), "dispatch": _rounded(each.points[1])},
        "days": {"order": _rounded(each.days[0]), "dispatch": _rounded(each.days[1])},
    }  # fmt: skip


def _by_rule(values: ByRule) -> dict[str, float]:
    return {rule: _rounded(value) for rule, value in zip(RULES, values, strict=True)}


def _rounded(value: float) -> float:
    return round(float(value), 4) + 0.0


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
