"""Two corrections at once: one holds, the other is told; on either database."""

from collections import Counter
from datetime import datetime

import pytest
from django_scopes import scope

from hostcity.core.errors import Stale
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.volunteers.hours import services
from hostcity.volunteers.hours.services import Witnessed
from hostcity.volunteers.models import Attendance, Correction
from tests import people
from tests.site.test_races import at_once
from tests.volunteers import force

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(transactional_db):
    made = people.edition()
    replace_plan(edition=made, plan=force.plan(), by=None)
    return made


def test_of_many_corrections_one_holds(edition, clock):
    clock.set("18:00:00")
    coordinator = people.person(Role.COORDINATOR, edition)
    people.person(Role.VOLUNTEER, edition, username="v1")

    def correct(number):
        begins = datetime.fromisoformat(f"2026-05-05T08:0{number}:00+08:00")
        try:
            services.correct_hours(
                edition=edition, volunteer="V2", day="D1", band="early", checked_in_at=begins, checked_out_at=None, stamp="",
                witnessed=Witnessed("Why", "v1"), by=coordinator,
            )  # fmt: skip
        except Stale:
            return "stale"
        return "done"

    assert Counter(at_once(correct, 6)) == {"done": 1, "stale": 5}
    with scope(edition=edition):
        assert Attendance.objects.get().checked_in_at == Correction.objects.get().to_in
