"""What advice says, on the screen and for programs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from hostcity.report.clocks import finite
from hostcity.report.compared import compared_name, compared_text
from hostcity.site.words import Words
from hostcity.studies.advice import Advice, Suggestion
from hostcity.studies.advice.moves import Move, Package
from hostcity.studies.advice.trials import Effect
from hostcity.studies.run_figures import text_of

MOST_ROWS = 12


def show_advice(console: Console, advice: Advice, _: Words) -> None:
    """The best changes first, with how to play them again."""
    figure = advice.goal.name[2]
    console.print(
        _("Goal: {figure} ({name}); as the plan is: {value}, promise kept on {kept} of days.").format(
            figure=_.told(compared_name(figure)), name=str(advice.goal), value=compared_text(figure, advice.base),
            kept=f"{advice.base_kept_share:.0%}",
        ),
        style="bold",
    )  # fmt: skip
    if not advice.suggestions:
        console.print(
            _("Nothing can be tried within the budget: see sheet options, or name lanes or staff."), style="yellow"
        )
        return
    table = Table(
        title=_("What changes do, each on the same {runs} days (95 % intervals)").format(runs=advice.runs),
        title_justify="left", box=None, pad_edge=False,
    )  # fmt: skip
    for name, justify in (
        ("", "right"), (_("changes"), "left"), (_("uses"), "left"), (_("goal changes by"), "right"), ("±", "right"), ("", "left"),
        (_("promise kept"), "right"),
    ):  # fmt: skip
        table.add_column(name, justify=justify)  # type: ignore[arg-type]
    for number, each in enumerate(advice.suggestions[:MOST_ROWS], 1):
        change = -each.effect.gain if not advice.goal.larger else each.effect.gain
        table.add_row(
            str(number), _package(each.package, advice.moves, _), _uses(each.uses), compared_text(figure, change, is_change=True),
            compared_text(figure, each.effect.half_width, is_change=True).removeprefix("+"),
            _("clear") if each.effect.is_clear else _("not told from 0"), f"{each.effect.kept_share:.0%}",
        )  # fmt: skip
    console.print(table)
    best = advice.suggestions[0]
    if best.effect.gain > 0 and best.effect.is_clear:
        console.print(_("To play the first again:"))
        console.print(Text(" ".join(f"--set '{each}'" for each in best.changes)), soft_wrap=True)
    else:
        console.print(_("No change that the budget allows clearly helps."), style="yellow")
    console.print(
        _("{played} days played; {dropped} candidates were dropped on the way, {impossible} would make a plan with problems.").format(
            played=f"{advice.played:,}", dropped=len(advice.dropped), impossible=len(advice.impossible)
        ),
        style="dim",
    )  # fmt: skip


def _package(package: Package, moves: Mapping[str, Move], _: Words) -> str:
    return "; ".join(_move(moves[code], count, _) for code, count in package)


def _move(move: Move, count: int, _: Words) -> str:
    window = move.code.partition("@")[2]
    when = f" {window}" if window else ""
    if move.kind == "add":
        return _("{n} more lanes at {station}").format(n=count, station=move.stations[0]) + when
    if move.kind == "shift":
        return (
            _("{n} lanes from {source} to {target}").format(n=count, source=move.stations[0], target=move.stations[1])
            + when
        )
    name = _.of(move.name_en, move.name_zh) or move.code
    return f"{count} × {name}" if count > 1 else name


def _uses(uses: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {amount:g}" for name, amount in uses.items()) or "–"


def of_advice(advice: Advice) -> dict[str, Any]:
    """The same for programs, with what was dropped."""
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
