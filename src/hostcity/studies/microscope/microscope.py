"""The study: a piece of a played day, every person in the plane, and what it says of a link."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from hostcity.engines.day.rehearse import prepare
from hostcity.engines.micro import (
    Measures,
    OpeningTrial,
    Trajectories,
    measure,
    need_micro,
    play_cut_out,
    try_opening,
)
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Link
from hostcity.studies.microscope.asked import LINKS, Asked
from hostcity.studies.microscope.beside import Beside, beside_of, passed
from hostcity.studies.microscope.cut import Cut, check_at, cut_out_of
from hostcity.studies.microscope.passages import every_move, passages_at
from hostcity.studies.played import play_day

TRIALS = 3
SAME_SHARE = 0.05  # flows that differ by less are the same: as much does the length of a step change them
LEAST_OPENING_M = 0.6
DAY_SHARE, PLAY_SHARE = 0.2, 0.8  # of the work when the day is played, and when the cut-out is


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """What the trial of an opening says of its link."""

    link: str
    opening_m: float  # of the plan
    plan_flow_per_m_per_s: float  # of the plan, for its kind
    trial: OpeningTrial

    @property
    def ratio(self) -> float:
        """Flow of the trial over that of the plan."""
        return self.trial.mean / self.plan_flow_per_m_per_s

    @property
    def door_m(self) -> float:
        """Opening with which the day's link lets through what the trial did, rounded to centimeters."""
        return round(self.opening_m * self.ratio, 2)

    @property
    def range_m(self) -> tuple[float, float]:
        """The same of the trial with the least flow, and of the one with the most."""
        flows = self.trial.flow_per_m_per_s
        low, high = (self.opening_m * flow / self.plan_flow_per_m_per_s for flow in (min(flows), max(flows)))
        return round(low, 2), round(high, 2)

    @property
    def override(self) -> str:
        """The change to the plan; "" = trial and plan agree as well as the trials among themselves."""
        low, high = min(self.trial.flow_per_m_per_s), max(self.trial.flow_per_m_per_s)
        apart = abs(self.trial.mean - self.plan_flow_per_m_per_s)
        if apart <= max(high - low, SAME_SHARE * self.plan_flow_per_m_per_s):
            return ""
        return f"links.{self.link}.door_m={self.door_m:g}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What the microscope shows."""

    plan: Plan
    asked: Asked
    seed: int
    results_sha256: str  # of the day, played with every move kept
    cut: Cut
    played: Trajectories
    measured: Measures
    arm: int  # whose opening was busiest
    beside: tuple[Beside, ...]
    offer: Offer | None  # None = the busiest arm is no opening that people walk through


def look_at(
    plan: Plan, asked: Asked, *, seed: int = 1, trials: int = TRIALS, progress: Callable[[float], None] | None = None
) -> Seen:
    """Put a place of the plan's day under the microscope.

    Parameters
    ----------
    plan
        A plan without problems.
    seed
        Of the day and of the cut-out.
    trials
        How often the busiest opening is tried; 0 = not.
    progress
        Called with the share of the work that is done, estimated.

    Raises
    ------
    MicroMissingError
        Without the extra; nothing is played then.
    PlanError
        When more persons pass than can be played, or none.
    """
    need_micro()

    def tell(share: float) -> None:
        if progress:
            progress(share)

    kept = every_move(plan)
    day = play_day(kept, seed=seed, progress=lambda share: tell(DAY_SHARE * share))
    speeds = prepare(kept.replace(wrong_turns=()), seed=seed, moves=1).people.walker["speed"].astype(float)
    if asked.sheet == LINKS:
        speeds *= _slower(plan, next(link for link in plan.links if link.code == asked.code))
    passages = passages_at(plan, day, asked, check_at(plan, day, asked))
    cut = cut_out_of(plan, day, asked, passages, speeds)
    played = play_cut_out(
        cut.cut_out,
        floor=cut.floor,
        seed=seed,
        progress=lambda share: tell(DAY_SHARE + (PLAY_SHARE - DAY_SHARE) * share),
    )
    measured = measure(cut.cut_out, cut.floor, played)
    arm = busiest_arm(plan, asked, cut)
    offer = _offer(plan, asked, cut, arm, seed, trials, lambda share: tell(PLAY_SHARE + (1 - PLAY_SHARE) * share))
    tell(1.0)
    return Seen(
        plan=plan, asked=asked, seed=seed, results_sha256=day.results_sha256, cut=cut, played=played, measured=measured,
        arm=arm, beside=beside_of(plan, day, asked, cut, played, measured, arm), offer=offer,
    )  # fmt: skip


def busiest_arm(plan: Plan, asked: Asked, cut: Cut) -> int:
    """The arm of a link with the greatest flow, of what its kind lets through at most."""
    flow = {kind.code: kind.flow_share for kind in plan.link_kinds}

    def use(arm: int) -> float:
        link = plan.links[cut.arm_links[arm]]
        return passed(asked, cut, arm).size / cut.cut_out.arms[arm].opening_m / flow.get(link.kind, 1.0)

    return max((arm for arm, link in enumerate(cut.arm_links) if link >= 0), key=use)


def _offer(
    plan: Plan, asked: Asked, cut: Cut, arm: int, seed: int, trials: int, progress: Callable[[float], None]
) -> Offer | None:
    link = plan.links[cut.arm_links[arm]]
    opening_m = link.width_m if link.door_m is None else link.door_m
    if link.kind == "lift" or opening_m < LEAST_OPENING_M or trials < 1:
        return None
    kind = next((kind for kind in plan.link_kinds if kind.code == link.kind), None)
    slower = 1.0 if asked.sheet == LINKS else _slower(plan, link)  # the persons of a link are so already
    speeds = np.sort(cut.cut_out.persons.speed_m_per_s) * slower
    trial = try_opening(opening_m, speeds, seed=seed, trials=trials, progress=progress)
    flow = plan.rules.flow_per_m_per_s * (kind.flow_share if kind else 1.0)
    return Offer(link=link.code, opening_m=opening_m, plan_flow_per_m_per_s=flow, trial=trial)


def _slower(plan: Plan, link: Link) -> float:
    """Share of the level speed at which people walk on a link, the lesser of up and down."""
    kind = next((kind for kind in plan.link_kinds if kind.code == link.kind), None)
    return min(kind.speed_up, kind.speed_down) if kind else 1.0
