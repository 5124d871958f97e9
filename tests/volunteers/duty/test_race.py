"""Many requests at once count once: real threads on real connections, on either database."""

from collections import Counter

import pytest
from django_scopes import scope

from hostcity.core.models import Act
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.volunteers.duty import services
from hostcity.volunteers.duty.cells import Cell
from hostcity.volunteers.duty.codes import code_of, secret_of, step_of
from hostcity.volunteers.models import Attendance
from tests import people
from tests.site.test_races import at_once
from tests.volunteers import force

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(transactional_db):
    made = people.edition()
    replace_plan(edition=made, plan=force.plan(), by=None)
    return made


def test_of_many_scans_and_hands_one_counts(edition, clock):
    volunteer = people.person(Role.VOLUNTEER, edition, username="v2")
    coordinator = people.person(Role.COORDINATOR, edition)
    code = code_of(secret_of(edition), Cell("P1", "D1", "early"), step_of(clock.now))

    def come(number):
        if number % 2:
            return services.check_in(edition=edition, code=code, by=volunteer).is_new
        hand = {"volunteer": "V2", "day": "D1", "band": "early"}
        return services.check_in_by_hand(edition=edition, **hand, by=coordinator).is_new

    assert Counter(at_once(come, 8)) == {True: 1, False: 7}
    with scope(edition=edition):
        assert Attendance.objects.count() == 1
        assert Act.objects.filter(verb="duty.in").count() == 1

    def leave(_number):
        return services.check_out(edition=edition, day="D1", band="early", by=volunteer).is_new

    clock.set("12:00:00")
    assert Counter(at_once(leave, 8)) == {True: 1, False: 7}
    with scope(edition=edition):
        assert Act.objects.filter(verb="duty.out").count() == 1
