"""Two people take one offer at once: one has it, one line tells it, nobody has two seats; on either database."""

from collections import Counter

import pytest
from django_scopes import scope

from hostcity.core.errors import Refused
from hostcity.core.models import Act
from hostcity.core.plan_rows.services import replace_plan
from hostcity.volunteers.models import Offer, Shift
from hostcity.volunteers.swaps import services
from tests import people
from tests.site.test_races import at_once
from tests.volunteers import force

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(transactional_db):
    made = people.edition()
    replace_plan(edition=made, plan=force.plan(), by=None)
    return made


def test_of_many_who_take_one_offer_one_has_it(edition, account):
    offer = services.offer_shift(edition=edition, day="D1", band="early", by=account("V2"))
    takers = [account(code) for code in ("V5", "V6", "V7", "V8")]

    def take(number):
        try:
            return services.take_offer(edition=edition, offer=offer, by=takers[number % 4]).state
        except Refused as refused:
            return refused.code

    assert Counter(at_once(take, 8)) == {"done": 1, "swap.gone": 7}
    with scope(edition=edition):
        assert Act.objects.filter(body__kind="roster.swapped").count() == 1
        at = Shift.objects.filter(day="D1", band="early", post="P1").values_list("volunteer", flat=True)
        assert sorted(at) == ["V1", Offer.objects.get().taker]


def test_who_takes_two_offers_of_one_band_at_once_has_one(edition, account):
    offers = [services.offer_shift(edition=edition, day="D1", band="early", by=account(code)) for code in ("V2", "V3")]
    taker = account("V6")

    def take(number):
        try:
            return services.take_offer(edition=edition, offer=offers[number % 2], by=taker).state
        except Refused as refused:
            return refused.code

    found = Counter(at_once(take, 8))
    assert (found["done"], found["swap.busy"] + found["swap.gone"]) == (1, 7)
    with scope(edition=edition):
        assert Shift.objects.filter(volunteer="V6").count() == 1
        assert Shift.objects.filter(day="D1", band="early").count() == 3
