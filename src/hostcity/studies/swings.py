"""Which assumed figures carry the verdict: each varied by itself, between the factors that its provenance gives.

The gates are played by themselves (`hostcity.engines.day.entrance`) with the draws of the day. A figure that only acts
behind the badge check cannot move the entry time and is not varied; it is listed as such.
"""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.engines.day.entrance import approach, pass_gates
from hostcity.plan.overrides import apply_overrides
from hostcity.plan.patterns import matcher
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError
from hostcity.plan.provenance import split_figure
from hostcity.plan.rows import Provenance
from hostcity.studies.promise import Verdict, verdict_of_gates

AT_THE_GATE = ("security", "badge")
#: Sheets and fields that decide who comes to which gate when.
BEFORE_THE_GATE = (
    "streams.*",
    "profiles.*",
    "approaches.*",
    "mixes.*",
    "groups.speed_mean_m_per_s",
    "groups.speed_sd_m_per_s",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Swing:
    """What the entry time becomes when one figure is wrong by its factors."""

    figure: str
    mark: str
    low_factor: float
    high_factor: float
    low: Verdict
    high: Verdict

    @property
    def width_s(self) -> float:
        """By how much the entry time of the peak moves. [s]"""
        return abs(self.high.peak_p99_s - self.low.peak_p99_s)


@dataclass(frozen=True, kw_only=True, slots=True)
class Swings:
    """All swings, widest first, around the gates played by themselves."""

    base: Verdict
    swings: tuple[Swing, ...]
    not_varied: tuple[str, ...]  # figures with factors that act behind the badge check, or cannot be scaled so far


def swings_of(plan: Plan, *, seed: int = 1) -> Swings:
    """Vary every figure that has factors in sheet provenance."""
    coming = approach(plan, seed=seed)
    base = verdict_of_gates(plan, pass_gates(plan, coming))
    found = []
    not_varied = []
    for row in plan.provenance:
        if row.low_factor is None or row.high_factor is None:
            continue
        acts = _acts(plan, row)
        if not acts:
            not_varied.append(row.figure)
            continue
        ends = []
        for factor in (row.low_factor, row.high_factor):
            try:
                changed = apply_overrides(plan, [f"{row.figure}*={factor}"])
            except PlanError:
                break  # the figure cannot be scaled so far
            who = approach(changed, seed=seed) if acts == "before" else coming
            ends.append(verdict_of_gates(changed, pass_gates(changed, who)))
        if len(ends) == 2:
            found.append(
                Swing(
                    figure=row.figure, mark=row.mark, low_factor=row.low_factor, high_factor=row.high_factor,
                    low=ends[0], high=ends[1],
                )
            )  # fmt: skip
        else:
            not_varied.append(row.figure)
    found.sort(key=lambda swing: (-swing.width_s, swing.figure))
    return Swings(base=base, swings=tuple(found), not_varied=tuple(not_varied))


def _acts(plan: Plan, row: Provenance) -> str:
    """Where a figure acts: "before" the gate, "at" it, or "" behind it."""
    parts = split_figure(row.figure)
    if parts is None:
        return ""
    sheet, key, field = parts
    if sheet == "stations":
        names = matcher(key)
        named = [station for station in plan.stations if names(station.code)]
        return "at" if any(station.service in AT_THE_GATE for station in named) else ""
    return "before" if any(matcher(wanted)(f"{sheet}.{field}") for wanted in BEFORE_THE_GATE) else ""
