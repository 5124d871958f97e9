"""Taking steps in tests: with the version that an application has now."""

from datetime import UTC, datetime

import pytest

from hostcity.core.errors import Refused
from hostcity.core.plan_rows.queries import plan_of
from hostcity.volunteers.joining import services
from hostcity.volunteers.joining.queries import (
    trainings_of,
)
from hostcity.volunteers.joining.services.stepping import Details
from hostcity.volunteers.models import Application
from tests.volunteers.joining.conftest import training

AT = datetime(2027, 10, 2, 1, tzinfo=UTC)
INTERVIEW = Details(at=AT, place="Room 5")


def refused(act, *, of=Refused, **more):
    with pytest.raises(of) as caught:
        act(**more)
    return sorted(each.code for each in getattr(caught.value, "refusals", [caught.value]))


def current(row):
    return Application.objects.select_related("person", "training").get(pk=row.pk)


def step(row, name, by, **details):
    row = current(row)
    usual = {"interview": INTERVIEW, "train": Details(training="T1")}.get(name, Details())
    of = Details(**details) if details else usual
    chosen = [(row.code, row.version)]
    return services.step_applications(edition=row.edition, chosen=chosen, step=name, details=of, by=by)


def undo(row, by):
    row = current(row)
    return services.undo_steps(edition=row.edition, chosen=[(row.code, row.version)], by=by)


def accredited(row, by, **details):
    if not trainings_of(row.edition):
        training(row.edition, by)
    for name in ("interview", "train"):
        step(row, name, by)
    step(row, "accredit", by, **details)
    return current(row)


def volunteers(edition):
    return {each.code: each for each in plan_of(edition).volunteers}
