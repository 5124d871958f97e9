"""Having a draft of the roster made, or the roster as it holds judged, and keeping what was found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity import __version__
from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Job, Person, Result, Snapshot
from hostcity.core.models.jobs import OPEN
from hostcity.core.plan_rows.queries import counts_of_rows
from hostcity.core.results import keep_result
from hostcity.volunteers import policy
from hostcity.volunteers.drafts import KIND, MOST_KEPT, published_result
from hostcity.volunteers.models import SHEET, Pin

JOB = "volunteers.roster"
MAKE, JUDGE = "roster.make", "roster.judge"
SUBJECT = "roster"
NEEDED = ("service_days", "bands", "posts", "needs", "volunteers")
MOST_SEED, MOST_MATE = 2**31 - 1, 20.0


def make_roster(*, edition: Edition, by: Person, seed: int = 1, mate: float = 0.0, is_judged: bool = False) -> Job:
    """Have the worker make a draft of the roster from the plan as it stands; ``is_judged`` the roster as it holds instead.

    ``mate`` is what a shift with a team mate is worth. Locked shifts and pins stay. Whoever asks the same meanwhile is given the
    same job. Raises ``Refused`` for figures that cannot be, and where the plan has no force.
    """
    matrix.require(by, policy.MAKE_ROSTER, edition)
    if not 1 <= seed <= MOST_SEED:
        raise _beyond("seed", 1, MOST_SEED)
    if not 0 <= mate <= MOST_MATE:
        raise _beyond("mate", 0, MOST_MATE)
    with transaction.atomic(), scope(edition=edition):
        counts = counts_of_rows(edition)
        if any(sheet not in counts for sheet in (*NEEDED, *((SHEET,) if is_judged else ()))):
            mend = _("Fill sheets Service days, Bands, Posts, Needs and Volunteers, or import them.")
            raise Refused("roster.no_force", _("The plan has nobody to make a roster of."), mend)
        pins = Pin.objects.order_by("volunteer", "day", "band").values_list("volunteer", "day", "band", "post")
        asked: dict[str, Any] = {"judge": is_judged}
        if not is_judged:
            asked |= {"seed": seed, "mate": float(mate), "pins": [list(pin) for pin in pins]}
        key = f"{JOB}:{edition.pk}:{sha256_of(asked)}"
        waiting = Job.objects.filter(dedupe_key=key, state__in=OPEN).first()
        if waiting:
            return waiting
        job = enqueue(JOB, arguments=asked, edition=edition, by=by, dedupe_key=key)
        said = {name: value for name, value in asked.items() if name in ("seed", "mate")} | {
            "pins": len(asked.get("pins", ()))
        }
        record(JUDGE if is_judged else MAKE, edition=edition, by=by, subject=(SUBJECT, ""), body=said)
        return job


def _beyond(name: str, low: float, high: float) -> Refused:
    mend = format_lazy(_("Give a number from {low} to {high}."), low=f"{low:g}", high=f"{high:,.0f}")
    return Refused(f"roster.{name}", _("This cannot be."), mend, field=name)


def keep_draft(
    *,
    edition: Edition,
    snapshot: Snapshot,
    inputs: Mapping[str, Any],
    summary: Mapping[str, Any],
    blobs: Mapping[str, str],
) -> Result:
    """Keep what was found, once, and let go of what was found long ago: the effect of the job. What is published stays."""
    sha256 = sha256_of(
        {"inputs": {name: value for name, value in inputs.items() if name != "number"}, "found": dict(blobs)}
    )
    with scope(edition=edition):
        rows = Result.objects.filter(edition=edition, kind=KIND)
        kept = rows.filter(results_sha256=sha256).first()
        if kept is None:
            kept = keep_result(
                edition=edition, kind=KIND, snapshot=snapshot, inputs=inputs, engine_version=__version__, results_sha256=sha256,
                summary=summary, blobs=blobs,
            )  # fmt: skip
        stays = (kept.pk, published_result(edition))
        old = rows.exclude(pk__in=stays).order_by("-id").values_list("pk", flat=True)[MOST_KEPT - 2 :]
        Result.objects.filter(pk__in=list(old)).delete()
    return kept


def sha256_of(body: Any) -> str:
    """Hash of data, whatever the order of its names."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
