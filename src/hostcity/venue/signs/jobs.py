"""What the worker does for signs: audits and plans them. Imported in its child only: it needs compiled engines."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _
from django_scopes import scope

from hostcity.core.jobs.at_work import AtWork
from hostcity.core.jobs.errors import of_problem
from hostcity.core.models import Result, Snapshot
from hostcity.core.plan_rows.bodies import key_of
from hostcity.core.results import keep_blob, keep_snapshot, plan_as_it_stands
from hostcity.plan import Plan, PlanError, Problem, problems_of
from hostcity.venue.signs.drawing import audited_sha256, planned_sha256
from hostcity.venue.signs.services.planning import keep_plan
from hostcity.venue.signs.walked import walked_day

PLAYED = 0.4  # of the work, where the day has to be played
PLAYING, PLANNING, WRITING = _("Playing the day"), _("Planning signs"), _("Writing schedule and quantities")


def audit(_arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Find what is wrong with the faces. Raises ``PlanError`` where the plan has problems of another kind."""
    from hostcity.studies.signs import audit_faces

    now = plan_as_it_stands(at_work.edition)
    at_work.progress(0.1, _("Looking at signs"))
    if problems := problems_of(now.plan):
        raise PlanError(problems)
    found = [_told(now.plan, each) for each in audit_faces(now.plan)]
    return {"number": now.number, "made_of": audited_sha256(now.plan), "faces": len(now.plan.faces), "found": found}


def _told(plan: Plan, problem: Problem) -> dict[str, Any]:
    """A problem with the face that it is of, and the place where it is; "" and None for those that are only counted."""
    face = ""
    if problem.row and problem.sheet == "faces":
        face = plan.faces[problem.row - 1].code
    elif problem.row and problem.sheet == "face_lines":
        face = plan.face_lines[problem.row - 1].face
    at = list(problem.at) if problem.at else None
    return of_problem(problem) | {
        "face": key_of(face) if face else "",
        "level": problem.level,
        "at": at,
        "more": problem.more,
    }


def plan(arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Plan faces for the trips of a day, with a bound. Raises ``PlanError`` where that cannot be."""
    from hostcity.report.sign_sheets import sign_sheets
    from hostcity.report.signs import sign_workbook, signs_data
    from hostcity.studies.signs import demand_of, plan_faces

    now = plan_as_it_stands(at_work.edition)
    snapshot = keep_snapshot(edition=at_work.edition, plan=now.plan, number=now.number, by=at_work.job.by)
    if problems := problems_of(now.plan):
        raise PlanError(problems)
    day, day_sha256 = _day(now.plan, arguments, at_work)
    begins = 0.0 if arguments["result"] else PLAYED
    study = plan_faces(
        now.plan, demand_of(now.plan, day), faces=arguments["faces"], names=arguments["names"], letter_mm=arguments["letter_mm"],
        recovers=arguments["recovers"], afresh=arguments["afresh"], bound_s=arguments["bound_s"], seed=arguments["seed"],
        progress=lambda share: at_work.progress(begins + (0.95 - begins) * share, PLANNING),
    )  # fmt: skip
    at_work.progress(0.95, WRITING)
    found = signs_data(study)
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    made = {
        "signs.json": gzip.compress(text.encode(), mtime=0),
        "signs.xlsx": sign_workbook(study),
        "signs.pdf": sign_sheets(study),
    }
    lists = ("faces", "astray", "destinations")
    return {
        "snapshot": snapshot.pk, "inputs": {**arguments, "day_sha256": day_sha256, "made_of": planned_sha256(now.plan)},
        "summary": {name: value for name, value in found.items() if name not in lists} | {"hung": len(found["faces"])},
        "blobs": {name: keep_blob(data).sha256 for name, data in made.items()},
    }  # fmt: skip


def planned(answer: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Keep it as a result, in the transaction that ends the job."""
    with scope(edition=at_work.edition):
        snapshot = Snapshot.objects.get(pk=answer["snapshot"])
    kept = keep_plan(
        edition=at_work.edition,
        snapshot=snapshot,
        inputs=answer["inputs"],
        summary=answer["summary"],
        blobs=answer["blobs"],
    )
    return {"result": kept.pk}


def _day(plan: Plan, arguments: Mapping[str, Any], at_work: AtWork) -> tuple[Any, str]:
    """The day whose trips are taken, and its hash."""
    if arguments["result"]:
        with scope(edition=at_work.edition):
            result = Result.objects.get(edition=at_work.edition, pk=arguments["result"])
        return walked_day(plan, result), result.results_sha256
    from hostcity.engines.day import rehearse_day

    played = rehearse_day(
        plan, seed=arguments["seed"], progress=lambda share: at_work.progress(PLAYED * share, PLAYING)
    )
    return played, played.results_sha256
