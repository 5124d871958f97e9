"""The job that measures facilities. Imported in the worker's child only: it needs the compiled engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_noop as _
from django_scopes import scope

from hostcity.core.jobs.at_work import AtWork
from hostcity.core.models import Result, Snapshot
from hostcity.core.results import arrays_of, keep_snapshot, plan_as_it_stands
from hostcity.plan.wants import wants_with
from hostcity.venue.facilities.queries import SHEETS
from hostcity.venue.facilities.services import keep_measure

if TYPE_CHECKING:
    from numpy.typing import NDArray

MEASURED = 0.9  # of the work, when all ways are


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptDay:
    """What a kept day says of where people were, and how long they queued; see ``PlayedDay``."""

    clock_start_s: float
    area_codes: tuple[str, ...]
    area_persons: NDArray[Any]
    station_codes: tuple[str, ...]
    station_wait_p95_s: NDArray[Any]
    service_station: NDArray[Any]
    service_wait_s: NDArray[Any]


def run(arguments: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Measure ways, and join them with the day. Raises ``PlanError`` where the drawing cannot be walked on."""
    from hostcity.report.facilities import facilities_data
    from hostcity.studies.facilities import distances_of, lacks_of, next_places

    now = plan_as_it_stands(at_work.edition)
    snapshot = keep_snapshot(edition=at_work.edition, plan=now.plan, number=now.number, by=at_work.job.by)
    with scope(edition=at_work.edition):
        result = Result.objects.get(edition=at_work.edition, pk=arguments["result"])
    wants = wants_with(
        [f"{kind}={value:g}" for kind, value in arguments["walks"].items()],
        [f"{kind}={value:g}" for kind, value in arguments["waits"].items()],
    )
    at_work.progress(0.0, _("Measuring ways"))
    distances = distances_of(
        now.plan, is_step_free=arguments["step_free"], progress=lambda share: at_work.progress(MEASURED * share)
    )
    lacks = lacks_of(now.plan, _day(result), distances, wants)
    inputs = {**arguments, "day_sha256": result.results_sha256, "drawing": now.plan.sha256_of(SHEETS)}
    return {
        "snapshot": snapshot.pk, "inputs": inputs,
        "found": facilities_data(lacks, next_places(distances, lacks, wants)),
    }  # fmt: skip


def done(answer: Mapping[str, Any], at_work: AtWork) -> dict[str, Any]:
    """Keep it as a result, in the transaction that ends the job."""
    with scope(edition=at_work.edition):
        snapshot = Snapshot.objects.get(pk=answer["snapshot"])
    kept = keep_measure(edition=at_work.edition, snapshot=snapshot, inputs=answer["inputs"], found=answer["found"])
    return {"result": kept.pk}


def _day(result: Result) -> KeptDay:
    codes, others = ("area_codes", "station_codes"), (
        "area_persons", "station_wait_p95_s", "service_station", "service_wait_s",
    )  # fmt: skip
    kept = arrays_of(result, "clock_start_s", *codes, *others)
    named = {name: tuple(str(code) for code in kept[name]) for name in codes}
    return KeptDay(clock_start_s=float(kept["clock_start_s"]), **named, **{name: kept[name] for name in others})
