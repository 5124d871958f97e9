"""What advice says, for programs and in words: what the command prints and what the site shows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hostcity.plan.overrides import parse_override
from hostcity.plan.plan import Plan
from hostcity.report.clocks import finite
from hostcity.report.compared import change_texts, compared_name, compared_text, compared_unit, place_name
from hostcity.report.events import station_name
from hostcity.report.quantities import joined
from hostcity.report.words import Both, say
from hostcity.studies.advice import Advice, Companion, Goal, Suggestion
from hostcity.studies.advice.moves import Move, Package
from hostcity.studies.advice.trials import Effect
from hostcity.studies.run_figures import text_of

PLACES = ("stations", "links", "gates", "areas")
COMPANION = "share_over_peak_limit"  # is a share as this figure is
MINUTE_S = 60.0
MOST_PLACES = 3  # that an option without a name is told by


@dataclass(frozen=True, slots=True)
class _Place:
    """What a goal is about, as `place_name` asks for it."""

    what: str
    code: str


def advice_data(advice: Advice) -> dict[str, Any]:
    """All of it for programs, with what was dropped on the way."""
    return {
        "goal": text_of(advice.goal.name),
        "larger": advice.goal.larger,
        "budget": dict(advice.budget),
        "seed": advice.seed,
        "runs": advice.runs,
        "plan_hash": advice.plan.sha256,
        "base": finite(advice.base),
        "base_runs": advice.base_runs,
        "companion": advice.companion and {"limit_s": advice.companion.limit_s, "base": finite(advice.base_companion)},
        "base_kept_share": advice.base_kept_share,
        "suggestions": [_suggestion(each) for each in advice.suggestions],
        "dropped": [
            {
                "takes": _takes(each.package),
                "beside": _takes(each.beside),
                **_effect(each.effect),
                "companion": each.companion and _effect(each.companion),
            }
            for each in advice.dropped
        ],
        "impossible": [_takes(each) for each in advice.impossible],
        "played": advice.played,
    }


def _suggestion(each: Suggestion) -> dict[str, Any]:
    return {
        "takes": _takes(each.package),
        "changes": list(each.changes),
        "uses": dict(each.uses),
        **_effect(each.effect),
        "companion": each.companion and _effect(each.companion),
        "helps": each.helps,
    }


def _takes(package: Package) -> list[dict[str, Any]]:
    return [{"option": code, "times": count} for code, count in package]


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "runs": effect.runs, "differing": effect.differing, "gain": finite(effect.gain), "endless": math.isinf(effect.gain),
        "half_width_95": finite(effect.half_width), "clear": effect.is_clear, "kept_share": effect.kept_share,
    }  # fmt: skip


# In words.


def goal_place(advice: Advice) -> Both:
    """What the goal is about: the promise, the whole day, or a place by name and code."""
    what, code, _figure = advice.goal.name
    return place_name(advice.plan, _Place(what, code))  # type: ignore[arg-type]


def goal_name(goal: Goal) -> Both:
    """The goal's figure with its unit."""
    return compared_name(goal.name[2])


def base_text(advice: Advice) -> str:
    """The goal as the plan is, in the unit of its name."""
    return compared_text(advice.goal.name[2], advice.base)


def goal_unit(goal: Goal) -> Both:
    """The unit of a goal's changes as it stands behind a heading: " [min]"; nothing where its name tells none."""
    unit = compared_unit(goal.name[2])
    return Both(f" [{unit.en}]" if unit.en else "", f"（{unit.zh}）" if unit.zh else "")


def effect_texts(goal: Goal, effect: Effect) -> tuple[str, str]:
    """How a package changes the goal, with its sign, and half of the 95 % interval of that."""
    return change_texts(goal.name[2], effect.gain if goal.larger else -effect.gain, effect.half_width)


# The figure that stands beside a goal which is nothing on most days.


def companion_name(companion: Companion) -> Both:
    """What it is called, with its unit."""
    return say("over {n} min [%]", n=f"{companion.limit_s / MINUTE_S:g}")


def companion_reason(advice: Advice) -> Both | None:
    """Why it is there; None where the goal needs none."""
    if advice.companion is None:
        return None
    return say(
        "As the plan is, the goal is not 0 on {n} of {runs} days. Where it cannot tell changes apart, the share of the same people over a lower limit does: {name}, as the plan is {value}.",
        n=advice.base_runs, runs=advice.runs, name=companion_name(advice.companion),
        value=compared_text(COMPANION, advice.base_companion),
    )  # fmt: skip


def companion_texts(goal: Goal, effect: Effect) -> tuple[str, str]:
    """How a package changes the companion, with its sign, and half of the 95 % interval of that."""
    return change_texts(COMPANION, effect.gain if goal.larger else -effect.gain, effect.half_width)


def package_words(plan: Plan, package: Package, moves: Mapping[str, Move]) -> tuple[Both, ...]:
    """What is done, one thing after the other, with places by name and code."""
    return tuple(_move_words(plan, moves[code], count) for code, count in package)


def _move_words(plan: Plan, move: Move, count: int) -> Both:
    window = move.code.partition("@")[2] if move.kind != "option" else ""
    stations = [station_name(plan, each) for each in move.stations]
    if move.kind == "add":
        where = {"n": count, "station": stations[0]}
        done = say("{n} more lanes at {station}", **where) if count > 1 else say("{n} more lane at {station}", **where)
    elif move.kind == "shift":
        ways = {"n": count, "source": stations[0], "target": stations[1]}
        done = (
            say("{n} lanes from {source} to {target}", **ways)
            if count > 1
            else say("{n} lane from {source} to {target}", **ways)
        )
    else:
        name = _option_name(plan, move)
        done = Both(f"{count} × {name.en}", f"{count} × {name.zh}") if count > 1 else name
    return Both(f"{done.en}, {window}", f"{done.zh}，{window}") if window else done


def _option_name(plan: Plan, move: Move) -> Both:
    """What the planner calls it, else its code and the places that it changes."""
    if move.name_en or move.name_zh:
        return Both(move.name_en or move.name_zh, move.name_zh or move.name_en)
    changed = [parse_override(each) for each in move.changes]
    known = {(sheet, row.code) for sheet in PLACES for row in getattr(plan, sheet)}
    keys = [key for key in dict.fromkeys((each.sheet, each.key) for each in changed) if key in known]
    places = [place_name(plan, _Place(*key)) for key in keys]  # type: ignore[arg-type]
    if not places:
        return Both(move.code, move.code)
    names = joined(places[:MOST_PLACES])
    more = " …" if len(places) > MOST_PLACES else ""
    return Both(f"{move.code}: {names.en}{more}", f"{move.code}：{names.zh}{more}")


def uses_text(uses: Mapping[str, float]) -> Both:
    """What is used of the budget; what a planner named stands as it is named."""
    told = [_use_text(name, amount) for name, amount in uses.items()]
    return Both(", ".join(each.en for each in told) or "–", "、".join(each.zh for each in told) or "–")


def _use_text(name: str, amount: float) -> Both:
    if name == "lanes":
        return say("{n} lane", n="1") if amount == 1 else say("{n} lanes", n=f"{amount:g}")
    if name == "lane_hours":
        return say("{n} lane-hour", n="1") if amount == 1 else say("{n} lane-hours", n=f"{amount:g}")
    return say("{n} staff", n=f"{amount:g}") if name == "staff" else Both(f"{name} {amount:g}", f"{name} {amount:g}")


def is_advised(advice: Advice) -> bool:
    """Whether the first suggestion clearly helps the goal, or its companion where the goal cannot tell."""
    return bool(advice.suggestions) and advice.suggestions[0].helps
