"""Which assumed figures carry the verdict: each varied by itself, between the factors that its provenance gives.

Assumed figures of the gates to which nobody has given a range are tried between `USUAL`. The gates are played by
themselves (`hostcity.engines.day.entrance`) with the draws of the day. A figure that only acts behind the badge check
cannot move the entry time and is not varied; it is listed as such.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator
from dataclasses import dataclass

from hostcity.engines.day.entrance import approach, ground_of, has_same_ground, pass_gates
from hostcity.plan.cells import clock_text
from hostcity.plan.columns import columns_of
from hostcity.plan.overrides import apply_overrides
from hostcity.plan.plan import SHEETS, Plan
from hostcity.plan.problems import PlanError
from hostcity.plan.provenance import provenance_of, split_figure
from hostcity.plan.rows import Provenance
from hostcity.studies.promise import Verdict, verdict_of_gates

AT_THE_GATE = ("security", "badge")
CLOCKS = ("gates_open_at", "last_entry_at", "closes_at")
#: Sheets and fields that decide who comes to which gate when.
BEFORE_THE_GATE = (
    "streams.*",
    "profiles.*",
    "approaches.*",
    "mixes.*",
    "groups.speed_mean_m_per_s",
    "groups.speed_sd_m_per_s",
    "groups.registration_share",
)
USUAL = (0.8, 1.25)
MOST_USUAL = 24  # figures tried between the usual factors; those left are listed


@dataclass(frozen=True, kw_only=True, slots=True)
class Swing:
    """What the entry time becomes when one figure is wrong by its factors."""

    figure: str
    mark: str
    low_factor: float
    high_factor: float
    is_usual: bool  # nobody gave it a range: tried between the usual factors
    tried: tuple[str, str]  # the two ends as people read them: "×0.8", or a time of day
    low: Verdict
    high: Verdict

    @property
    def width_s(self) -> float:
        """By how much the entry time of the peak or of the worst other quarter moves, the larger. [s]"""
        return max(abs(self.high.peak_p99_s - self.low.peak_p99_s), abs(self.high.other_p99_s - self.low.other_p99_s))

    @property
    def decides(self) -> bool:
        """Whether the promise is kept at one end and broken at the other."""
        return self.low.kept != self.high.kept


@dataclass(frozen=True, kw_only=True, slots=True)
class Swings:
    """All swings, those that decide first, then the widest, around the gates played by themselves."""

    base: Verdict
    swings: tuple[Swing, ...]
    not_varied: tuple[str, ...]  # figures with factors that act behind the badge check, or cannot be scaled so far
    not_tried: tuple[str, ...]  # assumed figures of the gates that were too many to try


@dataclass(frozen=True, slots=True)
class _Figure:
    figure: str
    mark: str
    factors: tuple[float, float]
    keys: tuple[str, ...]  # SHEET.KEY.FIELD to scale together
    acts: str  # "before" or "at" the gate
    is_usual: bool


def swings_of(plan: Plan, *, seed: int = 1, usual: bool = True) -> Swings:
    """Vary every figure of the gates that has factors in sheet provenance, or (``usual``) is assumed and has none."""
    ground = ground_of(plan)
    coming = approach(plan, seed=seed, ground=ground)
    base = verdict_of_gates(plan, pass_gates(plan, coming))
    given, not_varied = _given(plan)
    ranges_missing = list(_usual(plan, given)) if usual else []
    found = []
    for figure in (*given, *ranges_missing[:MOST_USUAL]):
        ends = []
        for factor in figure.factors:
            try:
                changed = apply_overrides(plan, [f"{key}*={factor}" for key in figure.keys])
            except PlanError:
                not_varied.append(figure.figure)  # it cannot be scaled so far
                break
            who = coming
            if figure.acts == "before":
                who = approach(changed, seed=seed, ground=ground if has_same_ground(plan, changed) else None)
            ends.append(verdict_of_gates(changed, pass_gates(changed, who)))
        if len(ends) == 2:
            found.append(
                Swing(
                    figure=figure.figure, mark=figure.mark, low_factor=figure.factors[0], high_factor=figure.factors[1],
                    is_usual=figure.is_usual, tried=_tried(plan, figure), low=ends[0], high=ends[1],
                )
            )  # fmt: skip
    found.sort(key=lambda swing: (not swing.decides, -swing.width_s, swing.figure))
    return Swings(
        base=base,
        swings=tuple(found),
        not_varied=tuple(not_varied),
        not_tried=tuple(figure.figure for figure in ranges_missing[MOST_USUAL:]),
    )


def _given(plan: Plan) -> tuple[list[_Figure], list[str]]:
    """Figures with factors in sheet provenance; those that act behind the badge check by name only."""
    found, behind = [], []
    for row in plan.provenance:
        if row.low_factor is None or row.high_factor is None:
            continue
        acts = _acts(plan, row.figure)
        if acts:
            factors = (row.low_factor, row.high_factor)
            found.append(_Figure(row.figure, row.mark, factors, (row.figure,), acts, is_usual=False))
        else:
            behind.append(row.figure)
    return found, behind


def _usual(plan: Plan, given: list[_Figure]) -> Iterator[_Figure]:
    """Assumed figures of the gates without a range: checks one by one, each gate's share, each stream's people."""
    patterns = [split_figure(figure.figure) for figure in given]

    def is_open(sheet: str, key: str, field: str) -> bool:
        row: Provenance | None = provenance_of(plan, sheet, key, field)
        if row is not None and row.mark != "assumed":
            return False
        return not any(
            part is not None and part[0] == sheet and part[2] in ("*", field) and fnmatch.fnmatchcase(key, part[1])
            for part in patterns
        )

    for station in plan.stations:
        for field in ("lanes", "service_mean_s"):
            if station.service in AT_THE_GATE and is_open("stations", station.code, field):
                figure = f"stations.{station.code}.{field}"
                acts = "before" if field == "lanes" else "at"
                yield _Figure(figure, "assumed", USUAL, (figure,), acts, is_usual=True)
    for gate in plan.gates if len(plan.gates) > 1 else ():
        rows = [row for row in plan.approaches if row.gate == gate.code and row.weight > 0]
        keys = tuple(f"approaches.{row.code}.weight" for row in rows if is_open("approaches", row.code, "weight"))
        if keys:
            yield _Figure(f"approaches.(gate {gate.code}).weight", "assumed", USUAL, keys, "before", is_usual=True)
    for stream in plan.streams:
        if stream.persons and is_open("streams", stream.code, "persons"):
            figure = f"streams.{stream.code}.persons"
            yield _Figure(figure, "assumed", USUAL, (figure,), "before", is_usual=True)


def _acts(plan: Plan, figure: str) -> str:
    """Where a figure acts: "before" the gate, "at" it, or "" behind it."""
    parts = split_figure(figure)
    if parts is None:
        return ""
    sheet, key, field = parts
    if sheet == "edition":
        return "at" if field in CLOCKS else ""
    if sheet == "stations":
        services = {row.service for row in plan.stations if fnmatch.fnmatchcase(row.code, key)}
        if "registration" in services:
            return "before"
        if not services & set(AT_THE_GATE):
            return ""
        return "before" if field == "lanes" else "at"  # people are shared out among a gate's stations by their lanes
    if sheet == "lanes":
        return "before"
    return "before" if any(fnmatch.fnmatchcase(f"{sheet}.{field}", wanted) for wanted in BEFORE_THE_GATE) else ""


def _tried(plan: Plan, figure: _Figure) -> tuple[str, str]:
    sheet, key, field = split_figure(figure.keys[0]) or ("", "", "")
    rows = [row for row in getattr(plan, sheet) if fnmatch.fnmatchcase(row.code, key)]
    if columns_of(SHEETS[sheet])[field].kind == "clock" and len(rows) == 1:
        now = getattr(rows[0], field)
        return tuple(clock_text(round(now * factor / 60) * 60.0) for factor in figure.factors)  # type: ignore[return-value]
    return tuple(f"×{factor:g}" for factor in figure.factors)  # type: ignore[return-value]
