"""Who wants to go from where to where: the trips of those whose moves a played day has kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import MOVE_HOME, MOVE_LINK, MOVE_QUEUE, MOVE_STAY
from hostcity.engines.day.turns import goals_of
from hostcity.plan.plan import Plan

HOUR_S = 3600.0


class WalkedDay(Protocol):
    """What is needed of a played day: a `DayResult`, or these fields of one that was kept. Shapes as there."""

    @property
    def node_codes(self) -> tuple[str, ...]: ...
    @property
    def link_codes(self) -> tuple[str, ...]: ...
    @property
    def visitor_stream(self) -> NDArray[Any]: ...
    @property
    def replay_person(self) -> NDArray[Any]: ...
    @property
    def replay_at_s(self) -> NDArray[Any]: ...
    @property
    def replay_kind(self) -> NDArray[Any]: ...
    @property
    def replay_place(self) -> NDArray[Any]: ...
    @property
    def link_density_per_m2(self) -> NDArray[Any]: ...


@dataclass(frozen=True, eq=False)
class Demand:
    """Trips between nodes and destinations."""

    destinations: tuple[str, ...]  # SHEET.KEY, as of lines on faces
    trips: NDArray[np.float64]  # [T, N] a day, by where they begin
    hours: float  # from the end of the first of them to that of the last
    followed: int  # visitors whose moves were kept
    browsing: float  # trips a day within one area, that no sign leads
    density_per_m2: NDArray[np.float64]  # [L] of the plan's links: what somebody on it had around, in the mean

    @property
    def trips_h(self) -> NDArray[np.float64]:
        """Trips an hour, in the mean: ``float64[T, N]``."""
        return self.trips / self.hours


def demand_of(plan: Plan, day: WalkedDay) -> Demand:
    """Trips of a played day of ``plan``: each from where somebody stayed, was served or came from, to where they are next.

    Those whose moves are kept stand for all of their stream. A trip leads to an amenity where it ends at a station of one, to
    the node outside where it ends there, else to the area. From place to place in one area people look at stands, not at signs:
    these trips are left out, and counted.
    """
    person, place, is_served, at_s = _stops(plan, day)
    node_of = {node.code: number for number, node in enumerate(plan.nodes)}
    here = np.array([node_of[code] for code in day.node_codes])[place]
    goals, goal_of = goals_of(plan)
    goal = goal_of[here, is_served.astype(int)]
    is_trip = person[1:] == person[:-1]
    start, wanted = here[:-1][is_trip], goal[1:][is_trip]
    weight = _weights(day)[person[1:][is_trip]]
    area_of = np.array([goals.index(f"areas.{node.area}") for node in plan.nodes])
    stays = area_of[start] == wanted
    kept = np.flatnonzero(~stays & (start != here[1:][is_trip]))
    used = np.unique(wanted[kept])
    trips = np.zeros((used.size, len(plan.nodes)))
    np.add.at(trips, (np.searchsorted(used, wanted[kept]), start[kept]), weight[kept])
    times = at_s[1:][is_trip][kept]  # at which they end
    hours = float(np.ptp(times)) / HOUR_S if kept.size else 0.0
    return Demand(
        tuple(goals[each] for each in used.tolist()), trips, max(hours, 1.0), int(np.unique(person).size),
        float(weight[stays].sum()), _density(plan, day),
    )  # fmt: skip


def _density(plan: Plan, day: WalkedDay) -> NDArray[np.float64]:
    """Persons per square meter around somebody on each link of the plan, in the mean of all who were on it: minutes count by persons."""
    density = np.asarray(day.link_density_per_m2, float)
    total = density.sum(axis=0)
    mean = np.divide((density**2).sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    of_link = dict(zip(day.link_codes, mean.tolist(), strict=True))
    return np.array([of_link[link.code] for link in plan.links])


def _stops(plan: Plan, day: WalkedDay) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Person, node, whether they queued there, and time of all that somebody walked from or to, in order."""
    order = np.argsort(day.replay_person, kind="stable")
    person, kind, place = (
        each[order].astype(np.int64) for each in (day.replay_person, day.replay_kind, day.replay_place)
    )
    at_s = day.replay_at_s[order].astype(float)
    node_of = {code: number for number, code in enumerate(day.node_codes)}
    of_link = {link.code: (node_of[link.start], node_of[link.end]) for link in plan.links}
    tails = np.array([of_link[code] for code in day.link_codes]).reshape(-1)
    is_first = np.concatenate([[True], person[1:] != person[:-1]]) & (kind == MOVE_LINK)
    is_stop = np.isin(kind, (MOVE_STAY, MOVE_QUEUE, MOVE_HOME)) | is_first
    place = np.where(is_first, tails[np.where(is_first, place, 0)], place)
    return person[is_stop], place[is_stop], kind[is_stop] == MOVE_QUEUE, at_s[is_stop]


def _weights(day: WalkedDay) -> NDArray[np.float64]:
    """For how many visitors of their stream each of those stands whose moves are kept: ``float64[V]``."""
    streams = int(day.visitor_stream.max(initial=0)) + 1
    everybody = np.bincount(day.visitor_stream, minlength=streams)
    followed = np.bincount(day.visitor_stream[np.unique(day.replay_person)], minlength=streams)
    each = np.divide(everybody, followed, out=np.zeros(streams), where=followed > 0)
    found: NDArray[np.float64] = each[day.visitor_stream]
    return found
