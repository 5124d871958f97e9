"""Figures of the played day beside the same figures of the cut-out."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import MINUTE_S, DayResult
from hostcity.engines.micro import Measures, Trajectories
from hostcity.plan.plan import Plan
from hostcity.studies.microscope.asked import LINKS, Asked
from hostcity.studies.microscope.cut import Cut
from hostcity.studies.microscope.passages import NOWHERE, Passage

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure, of the day and of the cut-out. nan = there is none."""

    figure: str  # of FIGURES
    day: float
    cut_out: float


#: Figure and unit, in the order in which they are shown.
FIGURES = {
    "persons": "persons",  # seen in the minutes; the same for both
    "gone": "persons",  # of them, gone from view when the minutes end
    "way_s": "s",  # mean time in view, of those who came into view in the minutes and are gone in both
    "served": "persons",  # by the check in the minutes
    "until_served_s": "s",  # mean from coming into view to being served, of those who came and were served in both
    "queue_persons": "persons",  # most at once who stand in queues
    "queue_m2": "m2",  # floor that they take: of the day by the cap of its floor
    "queue_per_m2": "persons/m2",
    "flow_per_m_per_s": "persons/(m s)",  # through the busiest opening, both ways, in the minutes
    "flow_peak_per_m_per_s": "persons/(m s)",  # the same in its busiest minute
    "density_per_m2": "persons/m2",  # the greatest: of the day on a link or floor, of the cut-out on four square meters
}


def beside_of(
    plan: Plan, day: DayResult, asked: Asked, cut: Cut, played: Trajectories, measured: Measures, arm: int
) -> tuple[Beside, ...]:
    """Every figure that there is; ``arm`` is the one whose opening flow is told of."""
    out_s = np.array([_gone_s(plan, asked, cut, at) for at in range(len(cut.passages))])
    rows = [
        *_ways(asked, cut, played, out_s),
        *(_served(asked, cut, played) if cut.station else ()),
        *_queue(plan, asked, cut, measured),
        *_flow(plan, asked, cut, measured, arm),
        Beside("density_per_m2", _densest(plan, day, asked, cut), float(measured.densest_per_m2.max(initial=0.0))),
    ]
    order = list(FIGURES)
    return tuple(sorted(rows, key=lambda row: order.index(row.figure)))


def _gone_s(plan: Plan, asked: Asked, cut: Cut, at: int) -> float:
    """When somebody was gone from view on the day, by the share of their link that is shown."""
    each = cut.passages[at]
    if each.to_way == NOWHERE:
        return each.there_s
    length_m = plan.links[each.to_way // 2].length_m / (2 if asked.sheet == LINKS else 1)
    return each.left_s + (each.beyond_s - each.left_s) * float(min(1.0, cut.out_m[at] / length_m))


def _ways(asked: Asked, cut: Cut, played: Trajectories, out_s: Floats) -> list[Beside]:
    came_s = cut.cut_out.persons.enter_s
    both = (came_s >= asked.starts_s) & (out_s < asked.ends_s) & ~np.isnan(played.went_s)
    gone = int((out_s < asked.ends_s).sum())
    return [
        Beside("persons", float(came_s.size), float(came_s.size)),
        Beside("gone", float(gone), float(played.went)),
        Beside("way_s", _mean((out_s - came_s)[both]), _mean((played.went_s - came_s)[both])),
    ]


def _served(asked: Asked, cut: Cut, played: Trajectories) -> list[Beside]:
    came_s = cut.cut_out.persons.enter_s
    begun_s = np.array([each.begun_s for each in cut.passages])
    left_s = np.array([each.left_s if each.station >= 0 else math.nan for each in cut.passages])
    both = (came_s >= asked.starts_s) & (begun_s < asked.ends_s) & ~np.isnan(played.served_from_s)
    return [
        Beside(
            "served",
            float(((left_s >= asked.starts_s) & (left_s < asked.ends_s)).sum()),
            float((~np.isnan(played.served_s)).sum()),
        ),
        Beside("until_served_s", _mean((begun_s - came_s)[both]), _mean((played.served_from_s - came_s)[both])),
    ]


def _queue(plan: Plan, asked: Asked, cut: Cut, measured: Measures) -> list[Beside]:
    persons = float(max((sum(_waits(each, at_s) for each in cut.passages) for at_s in measured.at_s), default=0))
    cap = plan.rules.link_cap_per_m2 if asked.sheet == LINKS else plan.rules.area_cap_per_m2
    longest = measured.longest
    micro, micro_m2 = float(measured.queue_persons[longest]), float(measured.queue_m2[longest])
    return [
        Beside("queue_persons", persons, micro),
        Beside("queue_m2", persons / cap, micro_m2),
        Beside("queue_per_m2", cap if persons else math.nan, micro / micro_m2 if micro_m2 else math.nan),
    ]


def _waits(each: Passage, at_s: float) -> bool:
    """Whether somebody stands at the place: in line, being served, or held up on its floor."""
    return each.there_s <= at_s < each.left_s


def _flow(plan: Plan, asked: Asked, cut: Cut, measured: Measures, arm: int) -> list[Beside]:
    width = cut.cut_out.arms[arm].opening_m
    seconds = asked.ends_s - asked.starts_s
    passed_s = passed(asked, cut, arm)
    minutes = int(seconds // MINUTE_S)
    by_minute = np.bincount(((passed_s - asked.starts_s) // MINUTE_S).astype(int), minlength=max(1, minutes))
    micro = measured.out_minute[arm] + measured.in_minute[arm]
    rows = [Beside("flow_per_m_per_s", passed_s.size / width / seconds, float(micro.sum()) / width / seconds)]
    if minutes:
        peaks = (by_minute[:minutes].max(), micro[:minutes].max())
        rows.append(Beside("flow_peak_per_m_per_s", *(float(each) / width / MINUTE_S for each in peaks)))
    return rows


def passed(asked: Asked, cut: Cut, arm: int) -> Floats:
    """Times in the minutes at which somebody went through the mouth of an arm on the day.

    The day has a node in one point: what lies between it and the mouth is walked at each one's own speed.
    """
    persons, way = cut.cut_out.persons, cut.floor.ways[arm]
    there_s, left_s = (np.array([getattr(each, name) for each in cut.passages]) for name in ("there_s", "left_s"))
    if asked.sheet == LINKS:  # everybody goes through once
        times = there_s
    else:
        behind_m = way.end_m - way.mouth_m
        came_s = there_s - np.maximum(0.0, cut.in_m - behind_m) / persons.speed_m_per_s
        went_s = left_s + np.maximum(0.0, cut.out_m - behind_m) / persons.speed_m_per_s
        times = np.concatenate([came_s[persons.from_arm == arm], went_s[persons.to_arm == arm]])
    within: Floats = times[(times >= asked.starts_s) & (times < asked.ends_s)]
    return within


def _densest(plan: Plan, day: DayResult, asked: Asked, cut: Cut) -> float:
    """Greatest density of the day in the minutes: on the links that are shown, or on the node's floor."""
    first = int((asked.starts_s - day.clock_start_s) // MINUTE_S)
    minutes = slice(first, first + math.ceil(asked.minutes) + 1)
    links = sorted({each for each in cut.arm_links if each >= 0})
    found = [float(day.link_density_per_m2[minutes, links].max(initial=0.0))]
    node = next((node for node in plan.nodes if asked.sheet != LINKS and node.code == asked.code), None)
    if node and node.floor_m2:
        times = np.arange(asked.starts_s, asked.ends_s + 1, 30.0)
        found.append(max(sum(_waits(each, at_s) for each in cut.passages) for at_s in times) / node.floor_m2)
    return max(found)


def _mean(values: Floats) -> float:
    return float(values.mean()) if values.size else math.nan
