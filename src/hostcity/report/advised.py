"""What advice says, for programs and in words: what the command prints and what the site shows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hostcity.report.clocks import finite
from hostcity.report.compared import compared_name, compared_text, place_name
from hostcity.report.words import Both, say
from hostcity.studies.advice import Advice, Goal, Suggestion
from hostcity.studies.advice.moves import Move, Package
from hostcity.studies.advice.trials import Effect
from hostcity.studies.run_figures import text_of


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
        "base_kept_share": advice.base_kept_share,
        "suggestions": [_suggestion(each) for each in advice.suggestions],
        "dropped": [
            {"takes": _takes(each.package), "beside": _takes(each.beside), **_effect(each.effect)}
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
    }


def _takes(package: Package) -> list[dict[str, Any]]:
    return [{"option": code, "times": count} for code, count in package]


def _effect(effect: Effect) -> dict[str, Any]:
    return {
        "runs": effect.runs, "gain": finite(effect.gain), "endless": math.isinf(effect.gain),
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
    """The unit of a goal's changes, as its name ends with it: " [min]"."""
    name = goal_name(goal)
    return Both(f" [{name.en.rpartition('[')[2]}", f"（{name.zh.rpartition('（')[2]}")


def change_text(goal: Goal, effect: Effect) -> str:
    """How a package changes the goal, with its sign."""
    change = effect.gain if goal.larger else -effect.gain
    return compared_text(goal.name[2], change, is_change=True)


def half_width_text(goal: Goal, effect: Effect) -> str:
    """Half of the 95 % interval of a change."""
    return compared_text(goal.name[2], effect.half_width, is_change=True).removeprefix("+")


def package_words(package: Package, moves: Mapping[str, Move]) -> tuple[Both, ...]:
    """What is done, one thing after the other."""
    return tuple(_move_words(moves[code], count) for code, count in package)


def _move_words(move: Move, count: int) -> Both:
    window = move.code.partition("@")[2]
    if move.kind == "add":
        where = {"n": count, "station": move.stations[0]}
        done = say("{n} more lanes at {station}", **where) if count > 1 else say("{n} more lane at {station}", **where)
    elif move.kind == "shift":
        ways = {"n": count, "source": move.stations[0], "target": move.stations[1]}
        done = (
            say("{n} lanes from {source} to {target}", **ways)
            if count > 1
            else say("{n} lane from {source} to {target}", **ways)
        )
    else:
        name = Both(move.name_en or move.code, move.name_zh or move.name_en or move.code)
        done = Both(f"{count} × {name.en}", f"{count} × {name.zh}") if count > 1 else name
    return Both(f"{done.en} {window}", f"{done.zh} {window}") if window else done


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
    """Whether the first suggestion clearly helps."""
    first = next(iter(advice.suggestions), None)
    return first is not None and first.effect.gain > 0 and first.effect.is_clear
