"""Having exits checked."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_scopes import scope

from hostcity.core import policy as matrix
from hostcity.core.errors import Refused
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import record
from hostcity.core.models import Edition, Job, Person
from hostcity.core.models.jobs import OPEN
from hostcity.core.plan_rows.queries import rows_of_sheets
from hostcity.plan.evacuations import halls_with_exits
from hostcity.venue import policy

JOB = "venue.exits"


def check_exits(*, edition: Edition, by: Person) -> Job:
    """Have the worker check the exits of every hall of the plan as it stands. Whoever asks meanwhile is given the same job.

    Raises ``Refused`` where no hall is drawn with an exit.
    """
    matrix.require(by, policy.CHECK_EXITS, edition)
    rows = rows_of_sheets(edition, ("areas", "openings"))
    if not halls_with_exits(rows["areas"], rows["openings"]):
        mend = _("Draw halls, and mark openings as exits in sheet Openings.")
        raise Refused("exits.none", _("No hall is drawn with an exit."), mend)
    with transaction.atomic(), scope(edition=edition):
        key = f"{JOB}:{edition.pk}"
        waiting = Job.objects.filter(dedupe_key=key, state__in=OPEN).first()
        if waiting:
            return waiting
        job = enqueue(JOB, arguments={}, edition=edition, by=by, dedupe_key=key)
        record("exits.check", edition=edition, by=by, subject=("venue.exits", ""))
        return job
