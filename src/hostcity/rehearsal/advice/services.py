"""Asking for advice, cancelling and ending it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Person
from hostcity.core.plan_rows.writing import lock_plan
from hostcity.core.results import keep_result, keep_snapshot
from hostcity.rehearsal import policy
from hostcity.rehearsal.advice.documents import of_advice
from hostcity.rehearsal.collect import plan_to_rehearse
from hostcity.rehearsal.models import Advice
from hostcity.rehearsal.scenarios.queries import as_data, as_inputs, scenarios_named
from hostcity.rehearsal.services.news import find_by, tell
from hostcity.rehearsal.works import cancel_work, check_runs, check_seed, checked_overrides

JOB = "rehearsal.advise"
LEAST_RUNS, MOST_RUNS = 2, 50
LONGEST = 200  # a goal, a budget


def start_advice(
    *,
    edition: Edition,
    by: Person,
    goal: str,
    budget: str,
    seed: int = 1,
    runs: int = 10,
    scenarios: Sequence[str] = (),
    overrides: Sequence[str] = (),
) -> Advice:
    """Have changes of the plan as it stands tried for a goal within a budget.

    Raises ``PlanError`` with every problem of plan, scenarios and overrides, and `Refused` for what is empty or out of
    range; nothing is written then. Goal and budget are read by the worker: their problems are the job's.
    """
    matrix.require(by, policy.START_REHEARSAL, edition)
    check_seed(seed)
    check_runs(runs, LEAST_RUNS, MOST_RUNS, "advice.runs")
    goal, budget = goal.strip(), budget.strip()
    for field, text, mend in (
        ("goal", goal, _("Name the figure that shall change.")),
        ("budget", budget, _("Say what may be used, e.g. lanes=10, staff=30.")),
    ):
        if not text or len(text) > LONGEST:
            raise Refused(f"advice.{field}", _("It is empty, or too long."), mend, field=field)
    overrides, kept = checked_overrides(overrides), scenarios_named(edition, scenarios)
    now = plan_to_rehearse(edition, overrides, kept)
    with transaction.atomic():
        lock_plan(edition)
        snapshot = keep_snapshot(edition=edition, plan=now.plan, number=now.number, by=by)
        advice = Advice(
            edition=edition, by=by, snapshot=snapshot, plan_number=now.number, goal=goal, budget=budget, seed=seed,
            runs=runs, scenarios=[as_data(each) for each in kept], overrides=overrides,
        )  # fmt: skip
        advice.job = enqueue(JOB, arguments={"advice": advice.key}, edition=edition, by=by, dedupe_key=advice.key)
        advice.save()
        find_by(edition, of_advice(advice))
        body = _inputs(advice) | {"plan_sha256": snapshot.plan_sha256, "plan_number": now.number}
        record("advice.start", edition=edition, by=by, subject=("advice", advice.key), body=body)
    return advice


def _inputs(advice: Advice) -> dict[str, Any]:
    asked = {"goal": advice.goal, "budget": advice.budget, "seed": advice.seed, "runs": advice.runs}
    return asked | as_inputs(advice)


def cancel_advice(*, advice: Advice, by: Person) -> None:
    """End a search that waits or runs. `Refused` when it has ended."""
    cancel_work(advice, by)


@transaction.atomic
def end_advice(*, advice: Advice, answer: Mapping[str, Any]) -> Advice:
    """Link the result to its question: the effect of the job, in the transaction that ends it."""
    advice = Advice.objects.select_for_update(of=("self",)).select_related("snapshot", "by").get(pk=advice.pk)
    if advice.is_played:
        return advice
    edition = advice.edition
    advice.result = keep_result(
        edition=edition, kind="advice", snapshot=advice.snapshot, inputs=_inputs(advice),
        engine_version=answer["engine_version"], results_sha256=answer["results_sha256"], summary=answer["summary"],
        blobs={},
    )  # fmt: skip
    advice.best = answer["best"]
    advice.save(update_fields=["result", "best"])
    body = {"results_sha256": advice.result.results_sha256}
    act = record("advice.end", edition=edition, by=None, subject=("advice", advice.key), body=body)
    tell(advice.by, "advice.ended", {"number": advice.number}, advice, act)
    return advice
