"""What the worker does for advice: tries changes of a plan, and keeps what was found. Imported in its child only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_noop as _

from hostcity import __version__
from hostcity.core.jobs.at_work import AtWork
from hostcity.rehearsal.advice.services import end_advice
from hostcity.rehearsal.collect import is_exact, plan_as_played
from hostcity.rehearsal.models import Advice
from hostcity.rehearsal.services.news import path_of

TRIED = 0.98  # share of the work that is done when everything has been played
TRYING = _("Trying changes")


def advise(arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Try changes within the budget. Raises ``PlanError`` with every problem of goal and budget."""
    from hostcity.rehearsal.advice.telling import best, told
    from hostcity.studies.advice import advise as advise_on
    from hostcity.studies.advice import goal_and_budget
    from hostcity.studies.runs.inline import InlinePool

    advice = Advice.objects.select_related("snapshot").get(public_id=arguments["advice"])
    at_work.progress(0.0, TRYING)
    plan, _scenarios = plan_as_played(advice)
    goal, budget = goal_and_budget(plan, advice.goal, advice.budget)
    found = advise_on(
        plan, goal=goal, budget=budget, seed=advice.seed, runs=advice.runs, pool=InlinePool(),
        progress=lambda share: at_work.progress(TRIED * share, TRYING),
    )  # fmt: skip
    summary = told(found, [is_exact(advice, plan, each.changes) for each in found.suggestions])
    text = json.dumps(summary, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return {
        "advice": advice.key,
        "engine_version": __version__,
        "results_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "summary": summary,
        "best": best(found),
    }


def done(answer: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Link the result to its question, in the transaction that ends the job."""
    advice = Advice.objects.get(public_id=answer["advice"])
    end_advice(advice=advice, answer=answer)
    return {name: answer[name] for name in ("advice", "results_sha256")} | {"path": path_of("advice", advice)}
