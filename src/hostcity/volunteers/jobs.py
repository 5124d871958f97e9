"""What the worker does for rosters. Imported in its child only: it needs compiled engines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop as _
from django_scopes import scope

from hostcity.core.jobs.at_work import AtWork
from hostcity.core.jobs.errors import of_problem
from hostcity.core.models import Snapshot
from hostcity.core.results import keep_blob, keep_snapshot, plan_as_it_stands
from hostcity.plan import Plan, PlanError, problems_of
from hostcity.plan.rows import Shift
from hostcity.volunteers.drafts import FORCE
from hostcity.volunteers.models import SHEET
from hostcity.volunteers.services.making import keep_draft

if TYPE_CHECKING:
    from hostcity.engines.rosters import Roster, Step
    from hostcity.engines.rosters.from_plan import Force

#: Steps of the search: what they are called, from and to which share of the work.
STAGES = {
    "greedy": (_("First roster"), 0.05, 0.10), "mix": (_("Mixing plans"), 0.10, 0.60), "dive": (_("Making plans whole"), 0.60, 0.80),
    "polish": (_("Polishing"), 0.80, 0.95),
}  # fmt: skip
OBJECTIVE, BOUND = _("objective"), _("bound")
READING, JUDGING = _("Reading the force"), _("Judging the roster")
MOST_POINTS = 200  # of a curve that is kept
MOST_TOLD = 500  # conflicts that are kept in words; all are counted
NEARER = 0.93  # of what is left of a stage is left after one more step of it


def roster(arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Make a draft, or judge the roster as it holds. Raises ``PlanError`` where the plan's force has problems."""
    from hostcity.engines.rosters.from_plan import contradictions_told, roster_of, roster_problem

    at_work.progress(0.01, READING)
    now = plan_as_it_stands(at_work.edition)
    snapshot = keep_snapshot(edition=at_work.edition, plan=now.plan, number=now.number, by=at_work.job.by)
    if problems := [each for each in problems_of(now.plan) if each.sheet in (*FORCE, SHEET)]:
        raise PlanError(problems)
    plan = with_pins(now.plan, arguments.get("pins", ()))
    force = roster_problem(plan)
    if arguments["judge"]:
        made = judged(force, roster_of(force))
    else:
        if found := contradictions_told(force):
            raise PlanError(found)
        made = _solved(force, arguments, at_work)
    at_work.progress(0.96, JUDGING)
    return {"snapshot": snapshot.pk, "inputs": {**arguments, "number": now.number}, **figures_of(plan, force, made)}


def with_pins(plan: Plan, pins: Any) -> Plan:
    """The plan with locked shifts for pinned seats; what it does not have any more is not pinned."""
    known = [{each.code for each in getattr(plan, sheet)} for sheet in ("volunteers", "service_days", "bands", "posts")]
    known[3].add("")
    wanted = {
        (pin[0], pin[1], pin[2]): pin[3]
        for pin in pins
        if all(code in codes for code, codes in zip(pin, known, strict=True))
    }
    stays = [each for each in plan.shifts if (each.volunteer, each.day, each.band) not in wanted]
    pinned = [
        Shift(code=f"pin-{at}", volunteer=volunteer, day=day, band=band, post=post, is_locked=True)
        for at, ((volunteer, day, band), post) in enumerate(wanted.items())
    ]
    return plan.replace(shifts=(*stays, *pinned))


def _solved(force: Force, arguments: Mapping[str, Any], at_work: AtWork) -> Roster:
    from hostcity.engines.rosters import solve

    return solve(force.problem, seed=arguments["seed"], mate=arguments["mate"], tell=_teller(at_work))


def _teller(at_work: AtWork) -> Callable[[Step], None]:
    """Tells the worker's row of each step: how far, objective and bound."""
    steps: list[Step] = []

    def tell(step: Step) -> None:
        steps.append(step)
        said, begins, ends = STAGES.get(step.name, STAGES["polish"])
        many = sum(each.name == step.name for each in steps)
        at_work.progress(begins + (ends - begins) * (1 - NEARER**many), said, figures=curves(steps))

    return tell


def curves(steps: Any) -> list[Any]:
    """Objective and bound over processor time, for a chart; thinned out where they have many points."""
    import math

    every = max(1, len(steps) // MOST_POINTS)
    some = [each for at, each in enumerate(steps) if at % every == 0 or at == len(steps) - 1]
    rows = [[round(each.cpu_s, 2), each.objective, each.bound] for each in some]
    return [
        [name, [[row[0], round(row[at], 1)] for row in rows if math.isfinite(row[at])]]
        for at, name in ((1, OBJECTIVE), (2, BOUND))
    ]


def judged(force: Force, post_of: Any) -> Roster:
    """A roster that somebody else made, with nothing that a search would know."""
    import numpy as np

    from hostcity.engines.rosters import Roster, find_homes, score

    homes = find_homes(force.problem)
    return Roster(
        post_of=post_of, homes=homes, score=score(force.problem, post_of, homes), bound=0.0, bound_any=0.0,
        prices=np.zeros(force.problem.posts.needed.shape), steps=(),
    )  # fmt: skip


def figures_of(plan: Plan, force: Force, made: Roster) -> dict[str, Any]:
    """Summary and bytes."""
    from hostcity.engines.rosters import check, risk
    from hostcity.engines.rosters.from_plan import violations_told
    from hostcity.volunteers.kept import ARRAYS, SAID, Made, as_bytes, packed, told

    short, missing = risk(force.problem, made.post_of)
    kept = Made(post_of=made.post_of, homes=made.homes, prices=made.prices, short=short, missing=missing)
    broken = check(force.problem, made.post_of)
    violations = violations_told(force, broken[:MOST_TOLD])
    said = told(plan, force) | {
        "violations": [of_problem(told_one) | {"volunteer": force.axes.people[each.person]} for each, told_one in zip(broken, violations, strict=False)],
        "warnings": [of_problem(each) for each in force.warnings],
    }  # fmt: skip
    blobs = {ARRAYS: packed(force.problem, kept), SAID: as_bytes(said)}
    return {
        "summary": summary_of(made) | {"violations": len(broken), "warnings": len(force.warnings)},
        "blobs": {name: keep_blob(data).sha256 for name, data in blobs.items()},
    }


def summary_of(made: Roster) -> dict[str, Any]:
    """Figures of a roster, for lists and pages."""
    score = {name: value for name, value in asdict(made.score).items() if name != "terms"}
    return {
        "objective": made.objective, "bound": made.bound, "bound_any": made.bound_any, "gap": made.gap, "is_searched": bool(made.steps),
        "terms": asdict(made.score.terms), "score": score, "people": len(made.post_of), "curves": curves(made.steps),
        "cpu_s": made.steps[-1].cpu_s if made.steps else 0.0,
    }  # fmt: skip


def kept(answer: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Keep it as a result, in the transaction that ends the job."""
    with scope(edition=at_work.edition):
        snapshot = Snapshot.objects.get(pk=answer["snapshot"])
    result = keep_draft(
        edition=at_work.edition,
        snapshot=snapshot,
        inputs=answer["inputs"],
        summary=answer["summary"],
        blobs=answer["blobs"],
    )
    return {"result": result.pk, "path": f"/e/{at_work.edition.code}/volunteers/rosters/{result.pk}/"}
