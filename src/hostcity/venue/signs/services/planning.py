"""Having faces planned, keeping what was found, and taking it into the plan."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity import __version__
from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, refuse
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Act, Edition, Job, Person, Result, Snapshot
from hostcity.core.models.jobs import OPEN
from hostcity.core.plan_rows.queries import plan_of, rows_of_sheets
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.plan_rows.undo import record_import
from hostcity.core.plan_rows.writing import lock_plan
from hostcity.core.results import keep_result
from hostcity.plan import Plan
from hostcity.plan.rows import Face, FaceLine
from hostcity.venue import policy
from hostcity.venue.signs.drawing import planned_sha256
from hostcity.venue.signs.planned import planned_of
from hostcity.venue.signs.services.auditing import SUBJECT

PLAN_JOB = "venue.signs.plan"
PLAN = "signs.plan"
KIND = "signs"  # of a result
ARRAYS = "arrays.npz"  # of a day's bytes: who walked where
MOST_KEPT = 20  # results of an edition


@dataclass(frozen=True, kw_only=True, slots=True)
class Limit:
    """What a figure may be."""

    usual: float
    low: float
    high: float


LIMITS = {
    "faces": Limit(usual=100, low=1, high=5000), "names": Limit(usual=6, low=1, high=20), "letter_mm": Limit(usual=180, low=5, high=2000),
    "bound_s": Limit(usual=30, low=0, high=600), "seed": Limit(usual=1, low=1, high=2**31 - 1),
}  # fmt: skip
WHOLE = ("faces", "names", "seed")


def plan_signs(
    *,
    edition: Edition,
    by: Person,
    day: Result | None = None,
    recovers: bool = True,
    afresh: bool = False,
    **figures: float,
) -> Job:
    """Have the worker plan faces for the trips of a kept day; without one the day of the plan as it stands is played.

    ``figures`` are those of `LIMITS`, usual ones for the rest. Whoever asks the same meanwhile is given the same job. Raises
    ``Refused`` with every figure that cannot be, and where a plan has no network or a day does not tell who walked where.
    """
    matrix.require(by, policy.PLAN_SIGNS, edition)
    given = {name: float(figures.get(name, limit.usual)) for name, limit in LIMITS.items()}
    refuse([_beyond(name, limit) for name, limit in LIMITS.items() if not limit.low <= given[name] <= limit.high])
    if day and (day.edition_id != edition.pk or day.kind != "day" or ARRAYS not in day.blobs):
        mend = _("Choose a rehearsal whose day is kept.")
        raise Refused("signs.day", _("Of this rehearsal it is not known who walked where."), mend, field="result")
    if not rows_of_sheets(edition, ("links",))["links"]:
        mend = _("Derive it from the drawing, or fill sheets Nodes and Links.")
        raise Refused("signs.network", _("The plan has no walkable network."), mend)
    whole = {name: int(value) if name in WHOLE else value for name, value in given.items()}
    asked = {"result": day.pk if day else None, "recovers": recovers, "afresh": afresh} | whole
    with transaction.atomic(), scope(edition=edition):
        key = f"{PLAN_JOB}:{edition.pk}:{sha256_of(asked)}"
        waiting = Job.objects.filter(dedupe_key=key, state__in=OPEN).first()
        if waiting:
            return waiting
        job = enqueue(PLAN_JOB, arguments=asked, edition=edition, by=by, dedupe_key=key)
        record(PLAN, edition=edition, by=by, subject=(SUBJECT, ""), body=asked)
        return job


def _beyond(name: str, limit: Limit) -> Refused:
    mend = format_lazy(_("Give a number from {low} to {high}."), low=f"{limit.low:g}", high=f"{limit.high:,.0f}")
    return Refused(f"signs.{name}", _("This cannot be."), mend, field=name)


def keep_plan(
    *,
    edition: Edition,
    snapshot: Snapshot,
    inputs: Mapping[str, Any],
    summary: Mapping[str, Any],
    blobs: Mapping[str, str],
) -> Result:
    """Keep what was found, once, and let go of what was found long ago: the effect of the job."""
    sha256 = sha256_of({"inputs": inputs, "found": blobs["signs.json"]})
    with scope(edition=edition):
        rows = Result.objects.filter(edition=edition, kind=KIND)
        kept = rows.filter(results_sha256=sha256).first()
        if kept is None:
            kept = keep_result(
                edition=edition, kind=KIND, snapshot=snapshot, inputs=inputs, engine_version=__version__, results_sha256=sha256,
                summary=summary, blobs=blobs,
            )  # fmt: skip
        old = rows.exclude(pk=kept.pk).order_by("-id").values_list("pk", flat=True)[MOST_KEPT - 1 :]
        Result.objects.filter(pk__in=list(old)).delete()
    return kept


def take_over(*, edition: Edition, result: Result, by: Person) -> list[Act]:
    """Put the new faces of a plan of signs into the edition's plan, as proposed ones, instead of those that were proposed before.

    One transaction, with a line for each row; it can be undone like an import. Of a plan afresh, no face of before stays. Raises
    ``Refused`` when faces, or the network they are for, have changed since it was made.
    """
    matrix.require(by, matrix.IMPORT_PLAN, edition)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        plan = plan_of(edition)
        would_be = with_planned(plan, result)
        if plan == would_be:
            return []
        if planned_sha256(plan) != result.inputs["made_of"]:
            mend = _("Have signs planned again, and take over what is found then.")
            raise Refused("signs.outdated", _("Faces or the drawing have been changed since this was planned."), mend)
        written = replace_plan(edition=edition, plan=would_be, by=by)
        more = {"name": "", "kind": SUBJECT, "result": result.pk}
        return [*written, record_import(edition, written, key=str(result.pk), by=by, more=more)]


def with_planned(plan: Plan, result: Result) -> Plan:
    """The plan with the new faces in it."""
    new = [each for each in planned_of(result)["faces"] if each["is_new"]]
    kept = () if result.inputs["afresh"] else tuple(each for each in plan.faces if each.state != "proposed")
    codes = {each.code for each in kept}
    of_kept = tuple(line for line in plan.face_lines if line.face in codes)
    return plan.replace(
        faces=(*kept, *(_face(each) for each in new)),
        face_lines=(*of_kept, *(_line(each["code"], line) for each in new for line in each["lines"])),
    )


def _face(said: Mapping[str, Any]) -> Face:
    x_m, y_m = said["at"]
    same = ("code", "area", "bearing_deg", "height_m", "letter_mm", "mounting")
    return Face(x_m=x_m, y_m=y_m, state="proposed", **{name: said[name] for name in same})


def _line(face: str, said: Mapping[str, Any]) -> FaceLine:
    sheet, _dot, key = said["to"].partition(".")
    to = {"areas": "area", "amenities": "amenity", "nodes": "node"}[sheet]
    same = ("code", "name_en", "name_zh", "arrow", "pictogram")
    return FaceLine(face=face, **{name: said[name] for name in same}, **{to: key})


def sha256_of(body: Any) -> str:
    """Hash of data, whatever the order of its names."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
