"""Links in equilibrium, and whole small days: nobody is lost, no cap breaks, the same seed gives the same day."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.theory import measure_link
from benchmarks.validation.check import VERIFICATION, Check
from hostcity.engines.day import rehearse_day
from hostcity.engines.day.results import HOME
from hostcity.plan import read_plan
from hostcity.plan.plan import Plan

ROOT = Path(__file__).parents[2]
CHEAH = "Cheah & Smith (1994), Generalized M/G/C/C state dependent queueing models, doi 10.1007/BF01189246"
OWN = "docs/explanation/overload.md"


def mgcc_link() -> Check:
    """Mean persons on a link of 20 m by 2.5 m at 0.2 to 0.66 of what it carries."""
    bar, _ = measure_link(runs=2)
    return Check(
        name="mgcc_link", title="Persons on a link, up to 0.66 of its capacity", kind=VERIFICATION, figure=bar.measured,
        expectation="M/G/C/C", tolerance="≤ 0.5 %", is_met=bool(bar.is_met), source=CHEAH,
        note="Nearer to capacity the law has two modes, and the engine stays in the free one. The limit is ours.",
    )  # fmt: skip


def _tiny(factor: float = 1.0) -> Plan:
    """The small example, its links and openings narrower by a factor."""
    plan = read_plan(ROOT / "examples" / "tiny")
    links = tuple(
        type(link)(
            **{name: getattr(link, name) for name in link.__dataclass_fields__}
            | {"width_m": link.width_m * factor, "door_m": None if link.door_m is None else link.door_m * factor}
        )
        for link in plan.links
    )
    return plan.replace(links=links)


def conservation() -> Check:
    """After every minute of the small example: who came is who is somewhere and who is gone."""
    day = rehearse_day(_tiny())
    ends_s = day.clock_start_s + 60.0 * np.arange(1, day.area_persons.shape[1] + 1)
    came = np.searchsorted(np.sort(day.visitor_arrive_s), ends_s, side="right")
    gone = np.searchsorted(np.sort(day.visitor_left_s), ends_s, side="right")
    off = int(np.abs(came - gone - day.area_persons.sum(axis=0)).max())
    return Check(
        name="conservation", title="Nobody is lost, minute by minute", kind=VERIFICATION,
        figure=f"largest difference {off} of {day.visitor_arrive_s.size:,} persons in {ends_s.size:,} minutes",
        expectation="came = present + gone", tolerance="exact", is_met=off == 0, source="definition",
        note="After every step and on random networks: `tests/engines/day`.",
    )  # fmt: skip


def overload_caps() -> Check:
    """The small example with every link and opening at a tenth of its width."""
    plan = _tiny(0.1)
    day = rehearse_day(plan)
    home = int((day.visitor_end == HOME).sum())
    most, floor = float(day.link_peak_per_m2.max()), float(np.nanmax(day.floor_peak_per_m2))
    persons = day.visitor_arrive_s.size
    return Check(
        name="overload_caps", title="Everything ten times too narrow", kind=VERIFICATION,
        figure=f"{most:.2f} persons/m² on links, {floor:.2f} on floors at most; {home:,} of {persons:,} home",
        expectation=f"≤ {plan.rules.link_cap_per_m2:g} and ≤ {plan.rules.area_cap_per_m2:g}; everybody home",
        tolerance="exact", is_met=most <= plan.rules.link_cap_per_m2 and floor <= plan.rules.area_cap_per_m2
        and home == persons, source=OWN,
        note="That a jam is never denser is a rule of the model, not a finding. 200,000 persons: `python -m benchmarks.overload`.",
    )  # fmt: skip


def same_seed() -> Check:
    """The small example twice with one seed and once with another."""
    first, again, other = (rehearse_day(_tiny(), seed=seed).results_sha256 for seed in (1, 1, 2))
    return Check(
        name="same_seed", title="Same seed, same day", kind=VERIFICATION, figure=f"{first[:8]} and {again[:8]}; other seed {other[:8]}",
        expectation="equal; another", tolerance="every bit", is_met=first == again != other, source="definition",
        note="On any number of processes: `tests/engines/day/test_draws.py`.",
    )  # fmt: skip


QUICK = (conservation, overload_caps, same_seed)
SLOW = (mgcc_link,)
