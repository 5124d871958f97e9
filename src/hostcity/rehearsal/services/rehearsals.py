"""Starting, repeating, cancelling, ending and discussing rehearsals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Person, Snapshot
from hostcity.core.plan_rows.writing import lock_plan
from hostcity.core.results import keep_result, keep_snapshot
from hostcity.rehearsal import policy
from hostcity.rehearsal.collect import plan_to_rehearse
from hostcity.rehearsal.documents import of_rehearsal
from hostcity.rehearsal.models import Comparison, Rehearsal, Remark
from hostcity.rehearsal.scenarios.queries import as_data, as_inputs, scenarios_named
from hostcity.rehearsal.services.news import find_by, tell
from hostcity.rehearsal.works import cancel_work, check_runs, check_seed, checked_overrides

MOST_RUNS = 50  # of each in a comparison
MOST_DAYS = 200  # of a rehearsal: an hour for a plan of 230,000 persons


def start_rehearsal(
    *,
    edition: Edition,
    by: Person,
    seed: int = 1,
    scenarios: Sequence[str] = (),
    overrides: Sequence[str] = (),
    title: str = "",
    runs: int = 1,
) -> Rehearsal:
    """Have the plan of an edition played as it stands now; with more than one run, on as many possible days too.

    ``scenarios`` are names of those that the edition keeps; they happen one after the other, before the overrides. Raises
    ``PlanError`` with every problem of plan, scenarios and overrides, and `Refused` for what is out of range or not
    there; nothing is written then.
    """
    matrix.require(by, policy.START_REHEARSAL, edition)
    check_seed(seed)
    check_runs(runs, 1, MOST_DAYS, "rehearsal.runs")
    overrides, kept = checked_overrides(overrides), scenarios_named(edition, scenarios)
    now = plan_to_rehearse(edition, overrides, kept)
    with transaction.atomic():
        lock_plan(edition)
        snapshot = keep_snapshot(edition=edition, plan=now.plan, number=now.number, by=by)
        return _enqueued(
            "rehearsal.start", edition=edition, by=by, snapshot=snapshot, seed=seed, overrides=overrides,
            scenarios=[as_data(each) for each in kept], title=title.strip(), plan_number=now.number, runs=runs,
        )  # fmt: skip


@transaction.atomic
def repeat_rehearsal(*, rehearsal: Rehearsal, by: Person) -> Rehearsal:
    """Play a rehearsal again from its snapshot, with its seed and overrides: the results must be the same."""
    edition = rehearsal.edition
    matrix.require(by, policy.START_REHEARSAL, edition, None)
    if not rehearsal.is_played:
        raise Refused("rehearsal.not_played", _("This rehearsal has no result to compare with."), _("Start a new one."))
    return _enqueued(
        "rehearsal.repeat", edition=edition, by=by, snapshot=rehearsal.snapshot, seed=rehearsal.seed,
        scenarios=rehearsal.scenarios, overrides=rehearsal.overrides, title=rehearsal.title, plan_number=rehearsal.plan_number, runs=rehearsal.runs,
        repeats=rehearsal,
    )  # fmt: skip


def _enqueued(verb: str, *, edition: Edition, by: Person, snapshot: Snapshot, **fields: Any) -> Rehearsal:
    rehearsal = Rehearsal(edition=edition, by=by, snapshot=snapshot, **fields)
    rehearsal.job = enqueue(
        "rehearsal.play" if rehearsal.runs == 1 else "rehearsal.play_many", arguments={"rehearsal": rehearsal.key},
        edition=edition, by=by, dedupe_key=rehearsal.key,
    )  # fmt: skip
    rehearsal.save()
    find_by(edition, of_rehearsal(rehearsal))
    body = {"seed": rehearsal.seed, **as_inputs(rehearsal), "plan_sha256": snapshot.plan_sha256,
            "plan_number": rehearsal.plan_number}  # fmt: skip
    if rehearsal.runs > 1:
        body["runs"] = rehearsal.runs
    if rehearsal.repeats:
        body["repeats"] = rehearsal.repeats.key
    record(verb, edition=edition, by=by, subject=("rehearsal", rehearsal.key), body=body)
    return rehearsal


def cancel_rehearsal(*, rehearsal: Rehearsal, by: Person) -> None:
    """End a rehearsal that waits or runs; the job's act is the line of the ledger. `Refused` when it has ended."""
    cancel_work(rehearsal, by)


def cancel_comparison(*, comparison: Comparison, by: Person) -> None:
    """End a comparison that waits or runs. `Refused` when it has ended."""
    cancel_work(comparison, by)


@transaction.atomic
def end_rehearsal(*, rehearsal: Rehearsal, answer: Mapping[str, Any]) -> Rehearsal:
    """Link the result to its rehearsal: the effect of the job, in the transaction that ends it."""
    rehearsal = Rehearsal.objects.select_for_update(of=("self",)).select_related("snapshot", "by").get(pk=rehearsal.pk)
    if rehearsal.is_played:
        return rehearsal
    edition = rehearsal.edition
    rehearsal.result = keep_result(
        edition=edition, kind="day", snapshot=rehearsal.snapshot,
        inputs={"seed": rehearsal.seed, **as_inputs(rehearsal)}
        | ({"runs": rehearsal.runs} if rehearsal.runs > 1 else {}),
        engine_version=answer["engine_version"], results_sha256=answer["results_sha256"], summary=answer["summary"],
        blobs=answer["blobs"],
    )  # fmt: skip
    rehearsal.verdict, rehearsal.peak_p99_s, rehearsal.told = answer["verdict"], answer["peak_p99_s"], answer["told"]
    rehearsal.kept_runs = answer["kept_runs"]
    rehearsal.save(update_fields=["result", "verdict", "peak_p99_s", "told", "kept_runs"])
    body = {"verdict": rehearsal.verdict, "results_sha256": rehearsal.result.results_sha256}
    act = record("rehearsal.end", edition=edition, by=None, subject=("rehearsal", rehearsal.key), body=body)
    values = {"title": rehearsal.title or str(rehearsal.number), "verdict": rehearsal.verdict}
    tell(rehearsal.by, "rehearsal.ended", values, rehearsal, act)
    return rehearsal


@transaction.atomic
def compare_rehearsals(*, a: Rehearsal, b: Rehearsal, by: Person, runs: int = 6, seed: int = 1) -> Comparison:
    """Have the plans of two rehearsals played several times with the same draws."""
    edition = a.edition
    matrix.require(by, policy.START_REHEARSAL, edition)
    check_seed(seed)
    if b.edition_id != edition.pk:
        raise ValueError("rehearsals of two editions")
    check_runs(runs, 1, MOST_RUNS, "comparison.runs")
    if (a.snapshot_id, as_inputs(a)) == (b.snapshot_id, as_inputs(b)):
        what, mend = _("Both rehearsals are of the same plan."), _("Choose two that differ.")
        raise Refused("comparison.same", what, mend, field="b")
    comparison = Comparison(edition=edition, a=a, b=b, runs=runs, seed=seed, by=by)
    comparison.job = enqueue(
        "rehearsal.compare", arguments={"comparison": comparison.key}, edition=edition, by=by, dedupe_key=comparison.key
    )
    comparison.save()
    body = {"a": a.key, "b": b.key, "runs": runs, "seed": seed}
    record("comparison.start", edition=edition, by=by, subject=("comparison", comparison.key), body=body)
    return comparison


@transaction.atomic
def end_comparison(*, comparison: Comparison, answer: Mapping[str, Any]) -> Comparison:
    """Link the result to its comparison: the effect of the job, in the transaction that ends it."""
    comparison = (
        Comparison.objects.select_for_update(of=("self",))
        .select_related("a__snapshot", "b__snapshot", "by")
        .get(pk=comparison.pk)
    )
    if comparison.result_id:
        return comparison
    edition, (a, b) = comparison.edition, (comparison.a, comparison.b)
    comparison.result = keep_result(
        edition=edition, kind="comparison", snapshot=a.snapshot,
        inputs={"seed": comparison.seed, "runs": comparison.runs, **as_inputs(a),
                "b": {"plan_sha256": b.snapshot.plan_sha256, **as_inputs(b)}},
        engine_version=answer["engine_version"], results_sha256=answer["results_sha256"], summary=answer["summary"],
        blobs={},
    )  # fmt: skip
    comparison.save(update_fields=["result"])
    body = {"results_sha256": comparison.result.results_sha256}
    act = record("comparison.end", edition=edition, by=None, subject=("comparison", comparison.key), body=body)
    values = {"a": a.title or str(a.number), "b": b.title or str(b.number)}
    tell(comparison.by, "comparison.ended", values, comparison, act)
    return comparison


@transaction.atomic
def add_remark(*, rehearsal: Rehearsal, text: str, by: Person) -> Remark:
    """Say something of a rehearsal. The ledger keeps that it was said, not the words: they may name people."""
    edition = rehearsal.edition
    matrix.require(by, policy.REMARK, edition, rehearsal)
    text = text.strip()
    if not text:
        raise Refused("remark.empty", _("The remark is empty."), _("Write something."), field="text")
    remark = Remark.objects.create(edition=edition, rehearsal=rehearsal, text=text[:4000], by=by)
    record("rehearsal.remark", edition=edition, by=by, subject=("rehearsal", rehearsal.key), body={"remark": remark.pk})
    return remark
