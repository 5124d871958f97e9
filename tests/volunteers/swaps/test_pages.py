"""Pages and API of swaps: a volunteer's phone, the coordinator's list."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.volunteers.models import Offer, SwapRule
from hostcity.volunteers.swaps import services
from tests import people
from tests.volunteers import force
from tests.volunteers.force import shift

pytestmark = pytest.mark.django_db
AT = "/e/fair/volunteers/"
API = "/api/v1/editions/fair/volunteers/"


def page(who, path, **more):
    answer = people.signed_in(who).get(path, **more)
    assert answer.status_code == 200, path
    return answer.content.decode()


def posted(who, path, given=None):
    return people.signed_in(who).post(path, given or {}, follow=True).content.decode()


def offered(edition, by, **more):
    return services.offer_shift(edition=edition, **{"day": "D1", "band": "early"} | more, by=by)


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("Swaps", "Offered shifts")), ("zh-hans", ("换班", "可接的班"))]
)
def test_pages_are_there_in_both_languages(edition, coordinator, account, language, words):
    services.take_offer(edition=edition, offer=offered(edition, account("V1")), by=account("V6"))
    offered(edition, account("V2"))
    assert words[0] in page(coordinator, f"{AT}swaps/", HTTP_ACCEPT_LANGUAGE=language)
    assert words[1] in page(account("V7"), f"{AT}offers/", HTTP_ACCEPT_LANGUAGE=language)
    page(account("V3"), f"{AT}offers/new/?day=D1&band=early", HTTP_ACCEPT_LANGUAGE=language)
    page(account("V2"), f"{AT}mine/", HTTP_ACCEPT_LANGUAGE=language)


def test_a_volunteer_offers_and_another_takes(edition, account):
    assert "offers/new/?day=D1&amp;band=early" in page(account("V2"), f"{AT}mine/")
    new = f"{AT}offers/new/?day=D1&band=early"
    assert "2026-05-06 08:00" in page(account("V2"), new), "bands for a trade"
    assert "no volunteer of this code" in posted(account("V2"), new, {"named": "V99"})
    assert "The shift stays yours" in posted(account("V2"), new)
    mine = page(account("V2"), f"{AT}mine/")
    assert "withdraw/" in mine
    assert "offers/new/" not in mine
    seen = page(account("V6"), f"{AT}offers/")
    assert "given by Name of V2" in seen
    assert "North door · 2026-05-05 08:00–13:00" in seen
    others = seen.replace("Name of V2", "").split("<main")[1]
    assert re.search(r"\bV2\b", others) is None, "no code of others"  # a form's token may hold anything
    with scope(edition=edition):
        offer = Offer.objects.get()
    assert "The shift is yours." in posted(account("V6"), f"{AT}offers/{offer.pk}/take/")
    answer = people.signed_in(account("V7")).post(f"{AT}offers/{offer.pk}/take/")
    assert (answer.status_code, "is not there any more" in answer.content.decode()) == (422, True)
    assert "Nothing that you could take" in page(account("V7"), f"{AT}offers/")


def test_a_trade_names_what_goes_back(edition, account):
    replace_plan(
        edition=edition, plan=force.plan(shifts=(*force.plan().shifts, shift("V6", day="D2", post="P2"))), by=None
    )
    posted(account("V2"), f"{AT}offers/new/?day=D1&band=early", {"wanted": ["D2|early"]})
    with scope(edition=edition):
        offer = Offer.objects.get()
    assert 'value="D2|early"' in page(account("V6"), f"{AT}offers/")
    assert "one of your shifts goes back" in posted(account("V6"), f"{AT}offers/{offer.pk}/take/")
    assert "The shift is yours." in posted(account("V6"), f"{AT}offers/{offer.pk}/take/", {"back": "D2|early"})


def test_the_coordinator_decides_and_undoes(edition, coordinator, account):
    waits = services.take_offer(edition=edition, offer=offered(edition, account("V1")), by=account("V6"))
    seen = page(coordinator, f"{AT}swaps/")
    assert "V1 → V6" in seen
    assert "10% → <b>100%</b>" in seen
    assert "the coordinator is asked first" in page(account("V1"), f"{AT}mine/")
    assert "Approved" in posted(coordinator, f"{AT}swaps/{waits.pk}/approve/")
    assert "Undone" in posted(coordinator, f"{AT}swaps/{waits.pk}/undo/")
    assert "This offer is not there any more" in posted(coordinator, f"{AT}swaps/{waits.pk}/decline/")
    assert people.signed_in(account("V1")).get(f"{AT}swaps/").status_code == 403


def test_the_rule_is_set_once_by_one(edition, coordinator):
    given = {"is_automatic": "on", "percent": "12.5", "version": "0"}
    assert "The rule is kept." in posted(coordinator, f"{AT}swaps/rule/", given)
    answer = people.signed_in(coordinator).post(f"{AT}swaps/rule/", given)
    assert (answer.status_code, "Somebody changed the rule" in answer.content.decode()) == (409, True)
    assert people.signed_in(coordinator).post(f"{AT}swaps/rule/", {**given, "percent": "101"}).status_code == 422
    with scope(edition=edition):
        assert [(each.most_short, each.version) for each in SwapRule.objects.all()] == [(0.125, 1)]


def test_queries_do_not_grow_with_offers(edition, coordinator, account):
    def counts():
        found = []
        for who, path in ((account("V7"), "offers/"), (coordinator, "swaps/"), (account("V2"), "mine/")):
            browser = people.signed_in(who)
            browser.get(f"{AT}{path}")
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(f"{AT}{path}").status_code == 200
            found.append(len(asked))
        return found

    plan = force.plan()
    rules = {"is_automatic": False, "most_short": 0.05}
    services.change_swap_rule(edition=edition, **rules, version=0, by=coordinator)
    replace_plan(edition=edition, plan=plan.replace(shifts=(shift("V1"), shift("V2", day="D2"), shift("V3"))), by=None)
    services.take_offer(edition=edition, offer=offered(edition, account("V1")), by=account("V5"))
    offered(edition, account("V2"), day="D2")
    one = counts()
    offered(edition, account("V3"))
    shifts = (shift("V1"), shift("V2", day="D2"), shift("V3"), shift("V4"))
    replace_plan(edition=edition, plan=plan.replace(shifts=shifts), by=None)
    services.take_offer(edition=edition, offer=offered(edition, account("V4")), by=account("V6"))
    assert counts() == one


def test_by_the_api(edition, coordinator, account):
    def call(who, path, given=None, method="post"):
        browser = people.signed_in(who)
        answer = getattr(browser, method)(API + path, given, content_type="application/json") if given is not None else browser.get(API + path)  # fmt: skip
        return answer.status_code, answer.json()

    status, made = call(account("V1"), "swaps", {"day": "D1", "band": "early"})
    assert (status, made["state"], made["giver"], made["shift"]) == (
        201,
        "open",
        "Name of V1",
        {"post": "P1", "day": "D1", "band": "early"},
    )
    _status, seen = call(account("V6"), "swaps/own")
    assert ([each["id"] for each in seen["offered"]], seen["own"]) == ([made["id"]], [])
    assert call(account("V6"), f"swaps/{made['id']}/take", {})[1]["state"] == "waiting"
    _status, waits = call(coordinator, "swaps")
    (one,) = waits["waiting"]
    assert (one["giver_code"], one["taker_code"], one["rises"][0]["now"]) == ("V1", "V6", 1.0)
    assert call(coordinator, f"swaps/{made['id']}/approve", {})[1]["act_number"] > 0
    assert call(coordinator, f"swaps/{made['id']}/undo", {})[1]["state"] == "undone"
    assert call(coordinator, f"swaps/{made['id']}/decline", {})[1]["code"] == "swap.gone"
    rule = {"is_automatic": True, "most_short": 0.2, "version": 0}
    assert call(coordinator, "swap-rule", rule, "put") == (200, rule | {"version": 1})
    assert call(coordinator, "swap-rule")[1]["most_short"] == 0.2
    assert call(coordinator, "swap-rule", rule, "put")[0] == 409
    other = call(account("V2"), "swaps", {"day": "D1", "band": "early"})[1]
    assert call(account("V2"), f"swaps/{other['id']}/withdraw", {})[1]["state"] == "withdrawn"


def test_offers_of_another_edition_are_not_there(edition, coordinator, account):
    offer = offered(edition, account("V2"))
    other = people.edition("other")
    outsider = people.person(Role.VOLUNTEER, other, username="v5")
    boss = people.person(Role.COORDINATOR, other)
    for who, path in ((outsider, f"offers/{offer.pk}/take/"), (boss, f"swaps/{offer.pk}/approve/")):
        assert people.signed_in(who).post(f"/e/other/volunteers/{path}").status_code == 404
