"""The gates by themselves: arrival, free walk, security, free walk, badge check.

For questions that only concern the entrance (how many lanes, which assumed figure matters) a whole day is not needed:
nobody waits for anything else before they are in. The draws are those of the day, so both tell of the same people;
what is left out is crowding on the way to the gate, and the rule that stops security when it is too full inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day import timeline
from hostcity.engines.day._kernels.entrance import queue_alone, service_times
from hostcity.engines.day.network import WALK_M_PER_S, Network, build_network, first_tables, step_free_walks
from hostcity.engines.day.ordering import order_in_time
from hostcity.engines.day.population import choose_people, destinations, free_speeds
from hostcity.engines.day.rehearse import LAWS, rules_of
from hostcity.plan.plan import Plan

Floats = NDArray[np.float64]
Whole = NDArray[np.integer[Any]]
#: Sheets of which the network and its walking times are made; groups say whether somebody takes no stairs.
GROUND = ("rules", "levels", "areas", "nodes", "link_kinds", "links", "groups")


@dataclass(frozen=True, kw_only=True, slots=True)
class Approaching:
    """Who joins security when; depends on streams, groups, the network and registration, not on the gates' stations."""

    seed_word: np.uint64
    key: NDArray[np.uint64]  # [V]
    group: NDArray[np.int16]  # [V]
    gate: NDArray[np.int16]  # [V]
    security: NDArray[np.int16]  # [V] station
    badge: NDArray[np.int16]  # [V] station, -1 = none
    checks_before: NDArray[np.int64]  # [V] stops before security: 1 for those who register
    joined_s: Floats  # [V]
    between_s: Floats  # [V] walk from security to the badge check


@dataclass(frozen=True, kw_only=True, slots=True)
class Entrance:
    """Entry times of the gates by themselves. ``V`` visitors, in order of arrival."""

    group: NDArray[np.int16]  # [V]
    gate: NDArray[np.int16]  # [V]
    joined_s: Floats  # [V] joined security; nan = came after last entry
    entry_s: Floats  # [V] joining security to leaving the badge check; nan = turned away


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """Where people walk, and how long it takes: what plans with the same venue have in common."""

    network: Network
    walks_s: tuple[NDArray[np.float32], ...]  # [D, N] of everybody, and of those who take no stairs if there are any


def ground_of(plan: Plan) -> Ground:
    """The venue of a plan as arrays, with its walking times."""
    rules = rules_of(plan, 1, 0, ())
    network = build_network(plan, destinations(plan))
    _, walk_s = first_tables(network.net, classes=rules.classes, spread_s=rules.route_spread_s, has_step_free=False)
    others = (step_free_walks(network.net, rules.route_spread_s),) if rules.has_step_free else ()
    return Ground(network=network, walks_s=(walk_s, *others))


def has_same_ground(plan: Plan, other: Plan) -> bool:
    """Whether `ground_of` two plans is the same: they differ at most in who comes, when, and in who serves them."""
    return all(getattr(plan, sheet) == getattr(other, sheet) for sheet in GROUND) and np.array_equal(
        destinations(plan), destinations(other)
    )


def approach(plan: Plan, *, seed: int = 1, run: int = 0, ground: Ground | None = None) -> Approaching:
    """Walk everybody to their gate at their own speed, undisturbed, on the ``ground`` of the plan if it is at hand."""
    rules = rules_of(plan, seed, run, ())
    ground = ground or ground_of(plan)
    network, walks_s = ground.network, ground.walks_s
    demand, chosen = choose_people(plan, network, walks_s[0], int(rules.seed))
    origin = demand.origin[chosen.stream]
    node = np.array([network.node_of[station.node] for station in plan.stations], np.int64)
    dest = network.net.dest_of[node]
    pace = WALK_M_PER_S / free_speeds(demand, chosen, int(rules.seed)).astype(float)
    security = chosen.security.astype(np.int64)
    badge = np.maximum(chosen.badge, 0).astype(np.int64)
    step_free = np.array([group.step_free for group in plan.groups], bool)[chosen.group]

    def way_s(who: Whole, to: Whole, start: Whole) -> Floats:
        """The walks of visitors ``who`` from nodes to stations."""
        by_profile = [pace[who] * each[dest[to], start] for each in walks_s]
        taken_s: Floats = np.where(step_free[who], by_profile[-1], by_profile[0])
        return taken_s

    everybody = np.arange(chosen.key.size)
    joined_s = chosen.arrive_s + way_s(everybody, security, origin)
    between_s = np.where(chosen.badge >= 0, way_s(everybody, badge, node[security]), 0.0)
    coming = Approaching(
        seed_word=rules.seed, key=chosen.key, group=chosen.group, gate=chosen.gate, security=chosen.security,
        badge=chosen.badge, checks_before=(chosen.registration >= 0).astype(np.int64), joined_s=joined_s,
        between_s=between_s,
    )  # fmt: skip
    for desk in np.unique(chosen.registration[chosen.registration >= 0]).tolist():
        here = np.flatnonzero(chosen.registration == desk)
        to = np.full(here.size, desk)
        at_desk_s = chosen.arrive_s[here] + way_s(here, to, origin[here])
        done_s = _serve(plan, coming, desk, here, np.zeros(here.size, np.int64), at_desk_s)
        joined_s[here] = done_s + way_s(here, security[here], node[to])
    return coming


def pass_gates(plan: Plan, coming: Approaching) -> Entrance:
    """Serve those who come at the gates of ``plan``, whose streams, groups and network must be those of ``coming``."""
    left_s = np.full(coming.joined_s.size, np.nan)
    for station in np.unique(coming.security):
        here = np.flatnonzero(coming.security == station)
        left_s[here] = pass_security(plan, coming, int(station), here)
    for station in np.unique(coming.badge[coming.badge >= 0]):
        here = np.flatnonzero(coming.badge == station)
        left_s[here] = pass_badge(plan, coming, int(station), here, left_s[here])
    # Who comes after last entry joins no queue.
    joined_s = np.where(coming.joined_s <= plan.day.last_entry_at, coming.joined_s, np.nan)
    return Entrance(group=coming.group, gate=coming.gate, joined_s=joined_s, entry_s=left_s - joined_s)


def pass_security(plan: Plan, coming: Approaching, station: int, here: NDArray[np.int64]) -> Floats:
    """When the visitors ``here`` [n] leave the security station; nan = turned away. [s after midnight]"""
    joined_s = np.where(coming.joined_s[here] <= plan.day.last_entry_at, coming.joined_s[here], np.nan)
    return _serve(plan, coming, station, here, coming.checks_before[here], joined_s)


def pass_badge(
    plan: Plan, coming: Approaching, station: int, here: NDArray[np.int64], left_security_s: Floats
) -> Floats:
    """When the visitors ``here`` [n] leave the badge check; nan where ``left_security_s`` [n] is. [s after midnight]"""
    return _serve(plan, coming, station, here, coming.checks_before[here] + 1, left_security_s + coming.between_s[here])


def security_times_s(plan: Plan, coming: Approaching, station: int, here: NDArray[np.int64]) -> Floats:
    """The drawn service times of the visitors ``here`` [n] at a security station, before the timeline slows it. [s]"""
    row = plan.stations[station]
    times: Floats = service_times(
        coming.seed_word,
        coming.key[here],
        coming.checks_before[here],
        LAWS[row.distribution],
        row.service_mean_s,
        row.service_cv,
    )
    return times


def _serve(
    plan: Plan, coming: Approaching, station: int, here: NDArray[np.int64], counter: NDArray[np.int64], joined_s: Floats
) -> Floats:
    comes = np.flatnonzero(~np.isnan(joined_s))
    order = comes[order_in_time(joined_s[comes])]
    control = timeline.station_control(plan, station)
    row = plan.stations[station]
    ends_s = np.full(order.size, np.nan)
    queue_alone(
        station, LAWS[row.distribution], row.service_mean_s, row.service_cv, coming.seed_word, coming.key[here[order]],
        counter[order], joined_s[order], control.at, control.what, control.target, control.value, ends_s,
    )  # fmt: skip
    left_s = np.full(here.size, np.nan)
    left_s[order] = ends_s
    return left_s
