"""The site with the map's venues, in a process of its own: `python -m benchmarks.map_site FOLDER` (as tests.flows.full_site)."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path
from typing import Any

from tests.flows.full_site import main

EXAMPLE = Path(__file__).parents[1] / "examples" / "ciie2019"
HALLS, STANDS = 14, 7_000
#: Code of an edition, and its level with most stands.
LEVELS = {"demonstration": "0", "one-level": "0"}
PLAYED = "demonstration"  # with a rehearsed day over it


def fill() -> dict[str, Any]:
    """The demonstration's venue with a rehearsed day, and one with all of its stands on one level; a planner of both."""
    from django_scopes import scope
    from tests import people

    from hostcity.core.jobs.worker import run_now
    from hostcity.core.models import Assignment, Edition
    from hostcity.core.models.people import Role
    from hostcity.core.plan_rows.services import replace_plan
    from hostcity.plan import read_plan
    from hostcity.plan.venues import HallSize, comb
    from hostcity.rehearsal.services import start_rehearsal

    plan = read_plan(EXAMPLE)
    drawing = comb(HALLS, HallSize(stands=STANDS // HALLS))
    one_level = dataclasses.replace(plan, **drawing.sheets())
    drawings = {"demonstration": plan, "one-level": one_level}
    planner, counts = people.person(), {}
    for code in drawings:
        edition = people.edition(code)
        with scope(edition=edition):
            Assignment.objects.create(edition=edition, person=planner, role=Role.PLANNER)
    for code, drawn in drawings.items():
        replace_plan(edition=Edition.objects.get(code=code), plan=drawn, by=planner)
        level_of = {area.code: area.level for area in drawn.areas}
        counts[code] = sum(level_of[stand.area] == LEVELS[code] for stand in drawn.stands)
    played = Edition.objects.get(code=PLAYED)
    with scope(edition=played):
        rehearsal = start_rehearsal(edition=played, by=planner)
        run_now(rehearsal.job)
        rehearsal.refresh_from_db()
    session = people.signed_in(planner).cookies["session"].value
    return {"session": session, "stands": counts, "result": rehearsal.result_id}


if __name__ == "__main__":
    main(Path(sys.argv[1]), fill)
