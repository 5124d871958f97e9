"""Having a day of the roster mended, and making that the roster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity import __version__
from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, refuse
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Act, Edition, Job, Person, Result, Snapshot
from hostcity.core.models.jobs import OPEN
from hostcity.core.plan_rows.many import Diff, State, rows_line
from hostcity.core.plan_rows.queries import stored_rows
from hostcity.core.plan_rows.writing import lock_plan, write_sheets
from hostcity.core.results import keep_result
from hostcity.volunteers import policy
from hostcity.volunteers.from_plan import stored_states, write
from hostcity.volunteers.mending.asking import SHEETS, Asked, faults
from hostcity.volunteers.mending.mended import KIND, MOST_KEPT, has_moved_on, said_of
from hostcity.volunteers.models import SHEET, Shift
from hostcity.volunteers.services.making import SUBJECT, sha256_of
from hostcity.volunteers.services.publishing import Seat, fresh, tell_changed

JOB = "volunteers.repair"
MEND = "roster.mend"
MENDED = "roster.mended"  # what the act is called that makes it so: its verb is that of rows


def mend_day(
    *,
    edition: Edition,
    day: str,
    by: Person,
    band: str = "",
    absent: Sequence[str] = (),
    closed: Sequence[str] = (),
    factors: Mapping[str, float] | None = None,
    most_told: int | None = None,
) -> Job:
    """Have the worker mend a day of the roster as it holds, with few people told; nothing of the roster is changed.

    Bands before ``band`` stay as they are; at most ``most_told`` are told, besides those whose post is closed. Whoever asks the same meanwhile is given the same job. Raises ``Refused`` for everything
    that is wrong with what was named, at once, and where there is no roster.
    """
    matrix.require(by, policy.MEND_ROSTER, edition)
    asked = Asked(day=day, band=band, absent=absent, closed=closed, factors=factors, most_told=most_told)
    with transaction.atomic(), scope(edition=edition):
        if not Shift.objects.filter(edition=edition).exists():
            raise Refused(
                "roster.none", _("There is no roster to mend."), _("Publish a draft, or import the sheet of shifts.")
            )
        refuse(faults(asked, _known(edition)))
        plain = asked.plain()
        key = f"{JOB}:{edition.pk}:{sha256_of(plain)}"
        waiting = Job.objects.filter(dedupe_key=key, state__in=OPEN).first()
        if waiting:
            return waiting
        job = enqueue(JOB, arguments=plain, edition=edition, by=by, dedupe_key=key)
        record(MEND, edition=edition, by=by, subject=(SUBJECT, ""), body=plain | {"absent": len(plain["absent"])})
        return job


def _known(edition: Edition) -> dict[str, set[str]]:
    """Codes of the sheets that are named. One query of each."""
    return {sheet: set(stored_rows(edition, sheet).values_list("key", flat=True)) for sheet in set(SHEETS.values())}


def keep_mended(
    *,
    edition: Edition,
    snapshot: Snapshot,
    inputs: Mapping[str, Any],
    summary: Mapping[str, Any],
    blobs: Mapping[str, str],
) -> Result:
    """Keep a mended day, and let go of those of long ago: the effect of the job."""
    # The same day of another roster is another result, even where the same people would move: it holds for that roster alone.
    sha256 = sha256_of({"inputs": dict(inputs), "found": dict(blobs)})
    with scope(edition=edition):
        rows = Result.objects.filter(edition=edition, kind=KIND)
        kept = rows.filter(results_sha256=sha256).first() or keep_result(
            edition=edition, kind=KIND, snapshot=snapshot, inputs=inputs, engine_version=__version__, results_sha256=sha256, summary=summary,
            blobs=blobs,
        )  # fmt: skip
        old = rows.exclude(pk=kept.pk).order_by("-id").values_list("pk", flat=True)[MOST_KEPT - 1 :]
        Result.objects.filter(pk__in=list(old)).delete()
    return kept


def make_it_so(*, edition: Edition, result: Result, by: Person) -> Act | None:
    """Make the roster what a mended day says; everybody whose shifts are others is told. Nobody's are = nothing is written.

    Raises ``Refused`` when the roster was changed since the day was mended, or the plan has not any more what it names.
    """
    matrix.require(by, policy.PUBLISH_ROSTER, edition, result)
    said = said_of(result)
    with transaction.atomic(), scope(edition=edition):
        lock_plan(edition)
        if has_moved_on(edition, result):
            mend = _("Have the day mended again.")
            raise Refused("roster.changed_since", _("The roster has been changed meanwhile."), mend)
        _refuse_gone(edition, said)
        diff = changes_of(stored_states(edition), said)
        write(edition, diff)
        acts = write_sheets(edition, {}, by=by, lines=rows_line(SHEET, diff, kind=MENDED, mended=result.pk))
        if acts:
            tell_changed(edition, diff, acts[0])
        return acts[0] if acts else None


def _refuse_gone(edition: Edition, said: Mapping[str, Any]) -> None:
    known, served = _known(edition), [each for each in said["changes"] if each["target"]]
    named = {
        "service_days": {said["day"]["code"]}, "bands": {each["band"] for each in served},
        "posts": {each["target"] for each in served}, "volunteers": {each["volunteer"] for each in served},
    }  # fmt: skip
    if any(codes - known[sheet] for sheet, codes in named.items()):
        what = _("The plan does not have everybody and everything of this mended day any more.")
        raise Refused("roster.gone", what, _("Have the day mended again."))


def changes_of(stored: Mapping[str, State], said: Mapping[str, Any]) -> Diff:
    """Rows that a mended day changes: a seat that there is keeps its code and place; who comes elsewhere is not locked there."""
    at_seat: dict[Seat, State] = {(each["volunteer"], each["day"], each["band"]): each for each in stored.values()}
    used, behind = set(stored), max((each["position"] for each in stored.values()), default=-1) + 1
    diff: dict[str, tuple[State | None, State | None]] = {}
    for each in said["changes"]:
        seat = each["volunteer"], said["day"]["code"], each["band"]
        was = at_seat.get(seat)
        if was is None:
            code = fresh("-".join(seat), used)
            names = dict(zip(("volunteer", "day", "band"), seat, strict=True))
            diff[code] = None, {"code": code, **names, "post": each["target"], "is_locked": False, "position": behind}
            behind += 1
        else:
            now = {**was, "post": each["target"], "is_locked": False} if each["target"] else None
            diff[was["code"]] = was, now
    return diff
