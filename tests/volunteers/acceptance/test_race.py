"""At the deadline late answers and many workers meet: one promotion, one line, nobody has two seats; on either database."""

from datetime import datetime

import pytest
from django_scopes import scope

from hostcity.core.errors import Refused
from hostcity.core.models import Act
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.volunteers.acceptance import services
from hostcity.volunteers.models import Shift
from tests import people
from tests.site.test_races import at_once
from tests.volunteers import force
from tests.volunteers.force import shift

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(transactional_db):
    made = people.edition()
    replace_plan(edition=made, plan=force.plan(shifts=(*force.plan().shifts, shift("V6", post="S1"))), by=None)
    return made


def test_many_workers_promote_once(edition, account, clock):
    due_at = datetime.fromisoformat("2026-05-04T12:00:00+08:00")
    coordinator = people.person(Role.COORDINATOR, edition)
    deadline = services.ask_answers(edition=edition, due_at=due_at, version=0, by=coordinator)
    services.accept_shifts(edition=edition, by=account("V6"))
    services.answer_shift(edition=edition, day="D1", band="early", accepts=False, by=account("V2"))
    clock.set("04", "12:00")
    late = account("V3")

    def act(number):
        if number % 3 == 0:
            try:
                services.accept_shifts(edition=edition, by=late)
            except Refused as refused:
                return refused.code
        act = services.promote_reserves(edition=edition, deadline=deadline.pk)
        return "promoted" if act else "none"

    found = at_once(act, 8)
    assert (found.count("promoted"), found.count("none"), found.count("acceptance.over")) == (1, 4, 3)
    with scope(edition=edition):
        assert Act.objects.filter(body__kind="roster.promoted").count() == 1
        assert sorted(Shift.objects.filter(day="D1", band="early").values_list("volunteer", "post")) == [("V1", "P1"), ("V3", "P2"), ("V6", "P1")]  # fmt: skip
