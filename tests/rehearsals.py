"""Small rehearsals that tests share: playing is quick, but not free."""

from __future__ import annotations

import dataclasses
from functools import cache

from hostcity.engines.day import Overload
from hostcity.plan.rows import Event, Opening, Uncertainty
from hostcity.studies import Rehearsal, rehearse
from hostcity.studies.replicate import replicate_day
from hostcity.studies.runs.inline import InlinePool
from tests.fairs import small_fair

HOUR_S = 3600.0


@cache
def small_rehearsal() -> Rehearsal:
    """The small fair, played with seed 1, with every fifth visitor in the replay."""
    plan = small_fair()
    return rehearse(plan.replace(model=(dataclasses.replace(plan.rules, replay_share=0.2),)), seed=1)


#: One event of every action, and an area that is emptied twice: once for an hour, once too briefly.
EVENTS = (
    Event(code="open", action="lanes", target="W-security", starts_at=8 * HOUR_S, ends_at=9 * HOUR_S, value=4.0),
    Event(code="slow", action="service", target="W-badge", starts_at=9 * HOUR_S, ends_at=9.5 * HOUR_S, value=1.5),
    Event(code="off", action="fail", target="food", starts_at=10 * HOUR_S, ends_at=10.1 * HOUR_S),
    Event(code="tight", action="width", target="plaza", starts_at=10.5 * HOUR_S, ends_at=11 * HOUR_S, value=0.75),
    Event(code="shut", action="close", target="door1", starts_at=11.25 * HOUR_S, ends_at=11.3 * HOUR_S),
    Event(code="late", action="delay", target="coach", starts_at=7 * HOUR_S, ends_at=7.5 * HOUR_S, value=600.0),
    Event(code="aside", action="divert", target="coach", starts_at=9 * HOUR_S, ends_at=9.1 * HOUR_S, to=("metro",)),
    Event(
        code="hint", action="advise", target="metro", starts_at=8.5 * HOUR_S, ends_at=8.6 * HOUR_S, value=0.5, to=("W",)
    ),
    Event(code="alarm", action="evacuate", target="H1", starts_at=12 * HOUR_S, ends_at=13 * HOUR_S),
    Event(code="brief", action="evacuate", target="H2", starts_at=14 * HOUR_S, ends_at=14 * HOUR_S + 60.0),
    Event(code="rest", action="width", target="plaza", starts_at=17 * HOUR_S, value=0.9),
    Event(code="lift", action="shut", target="back-door", starts_at=15 * HOUR_S, ends_at=16 * HOUR_S),
    Event(code="bolt", action="shut", target="aisle1", starts_at=16 * HOUR_S, ends_at=16.25 * HOUR_S),
)

#: One that no walkway is called after, and one that is.
DOORS = (
    Opening(code="back-door", area="H1", line=((212.0, 60.0), (212.0, 64.0)), is_exit=True),
    Opening(code="aisle1", area="H1", other="plaza", line=((138.0, 60.0), (138.0, 64.0))),
)


@cache
def eventful_rehearsal() -> Rehearsal:
    """The small fair on a day on which everything happens that can."""
    return rehearse(small_fair().replace(timeline=EVENTS, openings=DOORS), seed=1, with_swings=False)


def invalid_rehearsal() -> Rehearsal:
    """The same day with marks on it: beyond a cap, people rotated, security held."""
    overload = Overload(reason="link_cap", place="door1", at_s=9.5 * 3600, figure=4.25)
    rehearsal = small_rehearsal()
    day = dataclasses.replace(rehearsal.day, overloads=(overload,), rotations=12, gate_hold_s=600.0)
    return dataclasses.replace(rehearsal, day=day)


def endless_rehearsal() -> Rehearsal:
    """The same day with an entry time that never ends, and nobody at any other time than the peak."""
    rehearsal = small_rehearsal()
    verdict = dataclasses.replace(
        rehearsal.verdict, kept=False, peak_p99_s=float("inf"), other_p99_s=0.0, other_starts_s=float("nan")
    )
    gates = tuple(dataclasses.replace(each, worst_p99_s=float("inf")) for each in rehearsal.gates)
    return dataclasses.replace(rehearsal, verdict=verdict, gates=gates, swings=None)


@cache
def many_rehearsal() -> Rehearsal:
    """The small fair with demand and staff that nobody knows, played as planned and on six possible days."""
    rows = (
        Uncertainty(code="demand", kind="factor", figure="streams.*.persons", low=0.7, high=1.3),
        Uncertainty(code="staff", kind="no_show", figure="stations.*-security.lanes", low=0.05, high=0.4),
    )
    rehearsal = small_rehearsal()
    many = replicate_day(small_fair(700).replace(uncertainties=rows), runs=6, seed=1, pool=InlinePool())
    return dataclasses.replace(rehearsal, many=many)
