"""Differences between two plans in words and in units that people read."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Protocol

from hostcity.plan.cells import clock_text
from hostcity.plan.plan import Plan
from hostcity.report.events import link_name, station_name
from hostcity.report.words import Both, named, say

if TYPE_CHECKING:
    from hostcity.studies.compare import Comparison, Difference
    from hostcity.studies.replicate import Estimate


def place_name(plan: Plan, difference: Difference | Estimate) -> Both:
    """What a difference or an estimate is about, by name and code."""
    if difference.what == "promise":
        return say("Promise")
    if difference.what == "day":
        return say("Whole day")
    if difference.what == "wrong_turns":
        return say("Wrong turns")
    if difference.what == "stations":
        return station_name(plan, difference.code)
    if difference.what == "links":
        return link_name(plan, difference.code)
    row = next((row for row in getattr(plan, difference.what) if row.code == difference.code), None)
    name = named(row) if row else Both(difference.code, difference.code)
    return name if difference.code in name else say("{name} ({code})", name=name, code=difference.code)


def sorted_differences(compared: Comparison) -> tuple[list[Difference], list[Difference]]:
    """Those of the promise and the whole day, and the clear ones of places, the largest for its size first."""
    promise = [each for each in compared.differences if each.what in OF_ALL]
    return promise, sorted((each for each in compared.clear if each.what not in OF_ALL), key=_weight)


def _weight(difference: Difference) -> tuple[float, str, str]:
    scale = max(abs(difference.a), abs(difference.b), 1e-9)
    return (-abs(difference.difference) / scale, difference.what, difference.code)


class Paired(Protocol):
    """A mean of differences on the same days: of advice or of a comparison."""

    @property
    def runs(self) -> int: ...
    @property
    def differing(self) -> int: ...
    @property
    def is_silent(self) -> bool: ...
    @property
    def is_clear(self) -> bool: ...


def telling_text(each: Paired) -> Both:
    """Whether it is told from 0, and why not where too few days say anything."""
    if each.is_clear:
        return say("clear")
    if not each.differing:
        return say("the same on every day")
    if each.is_silent and each.differing == each.runs:
        return (
            say("{runs} days are too few to tell", runs=each.runs) if each.runs > 1 else say("1 day is too few to tell")
        )
    if each.is_silent:
        return say("differs on {n} of {runs} days only", n=each.differing, runs=each.runs)
    return say("not told from 0")


def too_few(runs: int) -> Both | None:
    """That so few runs let nothing be called clear; None of more."""
    from hostcity.studies.intervals import LEAST_DIFFERING  # with NumPy, which no page loads

    if runs >= LEAST_DIFFERING:
        return None
    if runs == 1:
        return say("One run gives no interval: nothing can be called clear.")
    return say(
        "Nothing is called clear: {runs} runs are too few, of {least} all go one way by chance less than once in 20 times.",
        runs=runs, least=LEAST_DIFFERING,
    )  # fmt: skip


def kept_by_both(compared: Comparison) -> Both:
    """In how many runs each plan keeps the promise, of those that have a verdict."""
    if not compared.a_void and not compared.b_void:
        return say(
            "Promise kept in {a} of {runs} runs by A, {b} of {runs} by B; the same draws for both.",
            a=compared.a_kept, b=compared.b_kept, runs=compared.runs,
        )  # fmt: skip
    judged = [compared.runs - void for void in (compared.a_void, compared.b_void)]
    if not any(judged):
        return say("No verdict on A or B: nobody joined a queue in any run.")
    a, b = (
        say("kept in {n} of {judged} runs", n=kept, judged=of) if of else say("no verdict")
        for kept, of in zip((compared.a_kept, compared.b_kept), judged, strict=True)
    )
    return say(
        "Promise: A {a}; B {b}. The same draws for both; runs in which nobody joined a queue are left out.", a=a, b=b
    )


def compared_name(figure: str) -> Both:
    """What a figure of a comparison is called, with its unit. Raises KeyError for one that is not known."""
    return say(FIGURES[figure][0])


def compared_unit(figure: str) -> Both:
    """The unit in which a figure is told, "" where its name tells none. Raises KeyError for one that is not known."""
    en, zh = (_UNIT.search(name) for name in compared_name(figure))
    return Both(en[1] if en else "", zh[1] if zh else "")


def compared_text(figure: str, value: float, *, is_change: bool = False) -> str:
    """A value of a figure, or the change of one, in the unit that its name tells."""
    if figure == "last_out_s" and not is_change and not math.isnan(value):
        return clock_text(value // 60 * 60)
    return _number_text(value * FIGURES[figure][1], FIGURES[figure][2], is_change=is_change)


def change_texts(figure: str, change: float, half_width: float) -> tuple[str, str]:
    """The change of a figure and half of its interval, with as many decimals as show a clear change to be none of 0."""
    _, scale, decimals = FIGURES[figure]
    is_clear = math.isfinite(change) and abs(change) > half_width
    while is_clear and decimals < MOST_DECIMALS and not round(change * scale, decimals):
        decimals += 1
    return _number_text(change * scale, decimals, is_change=True), _number_text(half_width * scale, decimals)


def _number_text(value: float, decimals: int, *, is_change: bool = False) -> str:
    if math.isnan(value):
        return "–"
    rounded = round(value, decimals) + 0.0  # what is nothing when it is rounded has no sign
    sign = "+" if is_change and rounded else ""
    return f"{rounded:{sign},.{decimals}f}".replace("inf", "∞")


OF_ALL = ("promise", "day", "wrong_turns")
MOST_DECIMALS = 6
_PER_MINUTE, _PERCENT = 1 / 60, 100.0
#: What a name ends with: "… [min]", "…（分钟）".
_UNIT = re.compile(r"[\[（]([^\[\]（）]+)[\]）]$")
#: Name, factor from the figure's own unit, decimals.
FIGURES: dict[str, tuple[str, float, int]] = {
    "peak_p99_s": ("99 of 100 in within, busiest hour [min]", _PER_MINUTE, 1),
    "other_p99_s": ("99 of 100 in within, worst other quarter [min]", _PER_MINUTE, 1),
    "share_over_peak_limit": ("over the limit of the busiest hour [%]", _PERCENT, 2),
    "entries": ("entries [persons]", 1, 0),
    "turned_away": ("turned away [persons]", 1, 0),
    "inside_peak_persons": ("most inside at once [persons]", 1, 0),
    "last_out_s": ("last one out; change [min]", _PER_MINUTE, 1),
    "mean_stay_s": ("mean time inside [min]", _PER_MINUTE, 1),
    "rotations": ("changed places in jams [persons]", 1, 0),
    "worst_p99_s": ("99 of 100 in within, worst quarter [min]", _PER_MINUTE, 1),
    "peak_persons": ("most at once [persons]", 1, 0),
    "peak_per_m2": ("densest [persons/m²]", 1, 2),
    "wait_p50_s": ("half wait at most [min]", _PER_MINUTE, 1),
    "wait_p95_s": ("95 of 100 wait at most [min]", _PER_MINUTE, 1),
    "wait_p99_s": ("99 of 100 wait at most [min]", _PER_MINUTE, 1),
    "share_over_600_s": ("wait more than 10 min [%]", _PERCENT, 2),
    "share_over_1800_s": ("wait more than 30 min [%]", _PERCENT, 2),
    "missed": ("missed [persons]", 1, 0),
    "late": ("late [persons]", 1, 0),
    "lost_s": ("walked in vain [min]", _PER_MINUTE, 0),
    "lost_each_s": ("walked in vain by a newcomer [min]", _PER_MINUTE, 1),
    "astray": ("turned wrong at least once [persons]", 1, 0),
    "turns": ("wrong turns [times]", 1, 0),
    "questions": ("asked at information desks [times]", 1, 0),
    "waited_s": ("waited in queues [h]", 1 / 3600, 0),
    "waited_each_s": ("waited in queues by each who entered [min]", _PER_MINUTE, 2),
}
