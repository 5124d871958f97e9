"""Having faces audited."""

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
from hostcity.venue import policy

AUDIT_JOB = "venue.signs.audit"
AUDIT = "signs.audit"
SUBJECT = "venue.signs"


def audit_signs(*, edition: Edition, by: Person) -> Job:
    """Have the worker look for what is wrong with the faces of the plan as it stands.

    Whoever asks meanwhile is given the same job. Raises ``Refused`` where the plan has no face.
    """
    matrix.require(by, policy.PLAN_SIGNS, edition)
    if not rows_of_sheets(edition, ("faces",))["faces"]:
        raise Refused(
            "signs.none", _("The plan has no sign faces."), _("Plan some, or import them with sheet Sign faces.")
        )
    with transaction.atomic(), scope(edition=edition):
        key = f"{AUDIT_JOB}:{edition.pk}"
        waiting = Job.objects.filter(dedupe_key=key, state__in=OPEN).first()
        if waiting:
            return waiting
        job = enqueue(AUDIT_JOB, arguments={}, edition=edition, by=by, dedupe_key=key)
        record(AUDIT, edition=edition, by=by, subject=(SUBJECT, ""))
        return job
