"""The whole venue of the demonstration, 15 halls, for the trips of its rehearsed day: 300 new faces of six names."""

from __future__ import annotations

from pathlib import Path

from benchmarks.rows import Bar
from hostcity.engines.day import rehearse_day
from hostcity.plan import read_plan
from hostcity.report.signs import figure_of
from hostcity.studies.signs import SignStudy, demand_of, plan_faces

PLAN = Path(__file__).parents[2] / "examples" / "ciie2019"
FACES, NAMES = 300, 6


def of_the_venue(seconds: float) -> list[Bar]:
    """With wrong turns walked back from, and without; nothing that hangs stays, so that all 300 are chosen."""
    plan = read_plan(PLAN)
    demand = demand_of(plan, rehearse_day(plan, seed=1))
    plan_faces(plan, demand, faces=2, names=2, bound_s=0.1, afresh=True)  # compiled
    found = [
        plan_faces(plan, demand, faces=FACES, names=NAMES, recovers=recovers, bound_s=seconds, afresh=True)
        for recovers in (True, False)
    ]
    return [bar for study in found for bar in _bars(study)]


def _bars(study: SignStudy) -> list[Bar]:
    build_s, plan_s, bound_s = study.took_s
    what = f"15 halls, {FACES} faces, {'wrong turns walked back from' if study.recovers else 'who turns wrong is lost'}"
    unit = "m walked in vain a trip" if study.recovers else "% guided"

    def said(score: float) -> str:
        return f"{figure_of(study, score):.1f}"

    return [
        Bar(
            f"{what}: plan, processor time with the instance", "≤ 10 s",
            f"{build_s + plan_s:.1f} s ({study.states:,} states, {study.candidates:,} places for faces)", build_s + plan_s <= 10,
        ),
        Bar(
            f"{what}: bound", "≤ 120 s, whatever it is",
            f"{bound_s:.0f} s: {said(study.found.score)} {unit}, bound {said(study.bound.score)}, gap {100 * study.bound.gap:.1f} %; "
            f"busiest corners {said(study.corners.score)}, most floor {said(study.floor.score)}, no signs {said(study.found.unsigned)}",
            bound_s <= 120,
        ),
    ]  # fmt: skip
