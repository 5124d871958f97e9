"""Small rehearsals that tests share: playing is quick, but not free."""

from __future__ import annotations

import dataclasses
from functools import cache

from hostcity.engines.day import Overload
from hostcity.studies import Rehearsal, rehearse
from tests.fairs import small_fair


@cache
def small_rehearsal() -> Rehearsal:
    """The small fair, played with seed 1, with every fifth visitor in the replay."""
    plan = small_fair()
    return rehearse(plan.replace(model=(dataclasses.replace(plan.rules, replay_share=0.2),)), seed=1)


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
