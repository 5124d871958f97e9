"""The gates by themselves: arrival, free walk, security, free walk, badge check.

For questions that only concern the entrance (how many lanes, which assumed figure matters) a whole day is not needed:
nobody waits for anything else before they are in. The draws are those of the day, so both tell of the same people;
what is left out is crowding on the way to the gate, and the rule that stops security when it is too full inside.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day import timeline
from hostcity.engines.day._kernels.entrance import queue_alone
from hostcity.engines.day.network import WALK_M_PER_S, build_network, first_tables
from hostcity.engines.day.population import build_people, destinations
from hostcity.engines.day.rehearse import rules_of, service_of
from hostcity.plan.plan import Plan

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Approaching:
    """Who joins security when; depends on streams, groups and the network, not on lanes and service times."""

    seed_word: np.uint64
    key: NDArray[np.uint64]  # [V]
    group: NDArray[np.int16]  # [V]
    gate: NDArray[np.int16]  # [V]
    security: NDArray[np.int16]  # [V] station
    badge: NDArray[np.int16]  # [V] station, -1 = none
    joined_s: Floats  # [V]
    between_s: Floats  # [V] walk from security to the badge check


@dataclass(frozen=True, kw_only=True, slots=True)
class Entrance:
    """Entry times of the gates by themselves. ``V`` visitors, in order of arrival."""

    group: NDArray[np.int16]  # [V]
    gate: NDArray[np.int16]  # [V]
    joined_s: Floats  # [V] joined security
    entry_s: Floats  # [V] joining security to leaving the badge check; nan = turned away


def approach(plan: Plan, *, seed: int = 1, run: int = 0) -> Approaching:
    """Walk everybody to their gate at their own speed, undisturbed."""
    rules = rules_of(plan, seed, run, ())
    network = build_network(plan, destinations(plan))
    _, walk_s = first_tables(
        network.net, classes=rules.classes, spread_s=rules.route_spread_s, has_step_free=rules.has_step_free
    )
    people, chosen = build_people(plan, network, walk_s, int(rules.seed), rules.classes)
    node = np.array([network.node_of[station.node] for station in plan.stations], np.int64)
    dest = network.net.dest_of[node]
    pace = WALK_M_PER_S / people.walker["speed"].astype(float)
    security = chosen.security.astype(np.int64)
    badge = np.maximum(chosen.badge, 0).astype(np.int64)
    joined_s = chosen.arrive_s + pace * walk_s[dest[security], people.origin]
    between_s = np.where(chosen.badge >= 0, pace * walk_s[dest[badge], node[security]], 0.0)
    return Approaching(
        seed_word=rules.seed, key=chosen.key, group=chosen.group, gate=chosen.gate, security=chosen.security,
        badge=chosen.badge, joined_s=joined_s, between_s=between_s,
    )  # fmt: skip


def pass_gates(plan: Plan, coming: Approaching) -> Entrance:
    """Serve those who come at the gates of ``plan``, whose streams, groups and network must be those of ``coming``."""
    network = build_network(plan, destinations(plan))
    control = timeline.build_control(plan, network)
    service = service_of(plan, network)
    left_s = np.full(coming.joined_s.size, np.nan)
    for counter, (which, since_s) in enumerate(((coming.security, coming.joined_s), (coming.badge, None))):
        joined_s = left_s + coming.between_s if since_s is None else since_s
        for station in np.unique(which[which >= 0]):
            here = np.flatnonzero((which == station) & ~np.isnan(joined_s))
            if counter == 0:
                here = here[joined_s[here] <= plan.day.last_entry_at]
            here = here[np.argsort(joined_s[here], kind="stable")]
            ends_s = np.full(here.size, np.nan)
            queue_alone(
                station, service.law[station], service.mean_s[station], service.spread[station], coming.seed_word,
                coming.key[here], counter, joined_s[here], control.at, control.what, control.target, control.value,
                ends_s,
            )  # fmt: skip
            left_s[here] = ends_s
    return Entrance(group=coming.group, gate=coming.gate, joined_s=coming.joined_s, entry_s=left_s - coming.joined_s)
