"""Two coordinators at once: real threads on real connections, on either database."""

from collections import Counter

import pytest
from django_scopes import scope

from hostcity.core.errors import Refused, Stale
from hostcity.core.ledger_verify import verify_ledger
from hostcity.core.models import Act, Assignment, PlanRow
from hostcity.core.models.people import Role
from hostcity.volunteers.joining import services
from hostcity.volunteers.joining.services.stepping import Details
from hostcity.volunteers.models import Application, State
from tests import people
from tests.site.test_races import at_once
from tests.volunteers.joining.acts import INTERVIEW
from tests.volunteers.joining.conftest import called, fresh_limits, given, made, training

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _limits(transactional_db):
    fresh_limits()


@pytest.fixture
def edition(transactional_db):
    return made()


def outcome(act):
    try:
        act()
    except (Stale, Refused) as refused:
        return refused.code
    return "done"


def step(edition, by, chosen, name, details):
    services.step_applications(edition=edition, chosen=chosen, step=name, details=details, by=by)


def test_of_two_who_accredit_one_application_one_does(edition):
    both = [people.person(Role.COORDINATOR, edition) for _one in range(2)]
    called(edition, both[0])
    training(edition, both[0])
    row, _code = services.apply(edition=edition, given=given())
    step(edition, both[0], [(row.code, 1)], "interview", INTERVIEW)
    step(edition, both[0], [(row.code, 2)], "train", Details(training="T1"))

    def accredit(number):
        return outcome(lambda: step(edition, both[number % 2], [(row.code, 3)], "accredit", Details()))

    assert Counter(at_once(accredit, 4)) == {"done": 1, "joining.stale": 3}
    with scope(edition=edition):
        (volunteer,) = Assignment.objects.filter(role=Role.VOLUNTEER)
        assert PlanRow.objects.filter(sheet="volunteers", key=volunteer.person.code).count() == 1
        assert PlanRow.objects.filter(sheet="volunteers").count() == 9
        assert Act.objects.filter(verb="join.accredit").count() == 1
        assert verify_ledger(edition).is_whole


def test_the_last_place_of_a_training_is_given_once(edition):
    by = people.person(Role.COORDINATOR, edition)
    called(edition, by)
    training(edition, by, capacity=1)
    codes = [services.apply(edition=edition, given=given(name=f"N{number}"))[0].code for number in range(4)]
    step(edition, by, [(code, 1) for code in codes], "interview", INTERVIEW)

    def book(number):
        return outcome(lambda: step(edition, by, [(codes[number], 2)], "train", Details(training="T1")))

    assert Counter(at_once(book, 4)) == {"done": 1, "joining.places": 3}
    with scope(edition=edition):
        assert Application.objects.filter(state=State.TRAINING).count() == 1


def test_who_withdraws_while_being_accredited_leaves_nothing(edition):
    by = people.person(Role.COORDINATOR, edition)
    called(edition, by)
    training(edition, by)
    row, _code = services.apply(edition=edition, given=given())
    step(edition, by, [(row.code, 1)], "interview", INTERVIEW)
    step(edition, by, [(row.code, 2)], "train", Details(training="T1"))

    def act(number):
        if number:
            return outcome(lambda: services.withdraw(edition=edition, application=row))
        return outcome(lambda: step(edition, by, [(row.code, 3)], "accredit", Details()))

    assert at_once(act, 2)[1] == "done"
    with scope(edition=edition):
        assert Application.objects.get().state == State.WITHDRAWN
        assert not Assignment.objects.filter(role=Role.VOLUNTEER).exists()
        assert PlanRow.objects.filter(sheet="volunteers").count() == 8
