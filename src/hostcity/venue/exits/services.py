"""Having exits checked."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused, refuse
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Job, Person
from hostcity.core.models.jobs import OPEN
from hostcity.core.plan_rows.queries import rows_of_sheets
from hostcity.plan.evacuations import EXIT_LIMITS, ExitLimit, halls_with_exits
from hostcity.venue import policy

JOB = "venue.exits"


def check_exits(*, edition: Edition, by: Person, limits: Mapping[str, float] | None = None) -> Job:
    """Have the worker check the exits of every hall of the plan as it stands. Whoever asks the same meanwhile is given the same
    job.

    ``limits`` are those of `EXIT_LIMITS`, usual ones for the rest. Raises ``Refused`` with every limit that cannot be, and where
    no hall is drawn with an exit.
    """
    matrix.require(by, policy.CHECK_EXITS, edition)
    limits = {name: float((limits or {}).get(name, each.usual)) for name, each in EXIT_LIMITS.items()}
    refuse([_beyond(name, each) for name, each in EXIT_LIMITS.items() if not each.low <= limits[name] <= each.high])
    rows = rows_of_sheets(edition, ("areas", "openings"))
    if not halls_with_exits(rows["areas"], rows["openings"]):
        mend = _("Draw halls, and mark openings as exits in sheet Openings.")
        raise Refused("exits.none", _("No hall is drawn with an exit."), mend)
    with transaction.atomic(), scope(edition=edition):
        key = ":".join([JOB, str(edition.pk), *(f"{each:g}" for each in limits.values())])
        waiting = Job.objects.filter(dedupe_key=key, state__in=OPEN).first()
        if waiting:
            return waiting
        job = enqueue(JOB, arguments={"limits": limits}, edition=edition, by=by, dedupe_key=key)
        record("exits.check", edition=edition, by=by, subject=("venue.exits", ""), body=limits)
        return job


def _beyond(name: str, limit: ExitLimit) -> Refused:
    mend = _("Give a number from {low} to {high}.").format(low=f"{limit.low:g}", high=f"{limit.high:,g}")
    return Refused("exits.limit", _("This limit cannot be."), mend, field=name)
