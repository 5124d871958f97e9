"""Facilities are measured by the worker, by a kept day; what was found is listed, drawn, and known to be old when the drawing changes."""

import json
from dataclasses import replace

import pytest
from django.urls import reverse
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.jobs.worker import run_now
from hostcity.core.ledger_queries import history_of
from hostcity.core.models import Job, Result
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import change_row, replace_plan
from hostcity.plan import PlanError
from hostcity.plan.rows import Amenity
from hostcity.venue.facilities.services import JOB, KIND, measure_facilities
from tests import people
from tests.venue import halls
from tests.venue.days import keep_day

API = "/api/v1/editions/fair/venue/facilities"
#: Of 40 m by 20 m in hall A the toilets in its north-west corner serve all within 20 m; upstairs is farther.
ASKED = {"walks": {"toilets": 20.0}, "waits": {}, "is_step_free": False}


@pytest.fixture
def drawn(edition, planner):
    """With food at which people queue, and an AED."""
    food = Amenity(code="food", area="A", kind="catering", x_m=38, y_m=2, station="food")
    aed = Amenity(code="aed", area="B", kind="aed", x_m=2, y_m=2)
    replace_plan(edition=edition, plan=halls.plan(amenities=(*halls.AMENITIES, food, aed)), by=planner)
    return edition


@pytest.fixture
def day(drawn, planner):
    return keep_day(drawn, planner)


@pytest.fixture
def browser(planner):
    return people.signed_in(planner)


def address(edition, query=""):
    return reverse("facilities", args=[edition.code]) + query


def measured(edition, day, by, **more):
    run_now(measure_facilities(edition=edition, day=day, by=by, **(ASKED | more)))
    with scope(edition=edition):
        return Result.objects.filter(kind=KIND).order_by("-id").first()


def test_from_the_form_to_the_lists(drawn, day, planner, browser):
    assert "have not been measured" in browser.get(address(drawn)).content.decode()
    assert browser.get(API).status_code == 404
    sent = browser.post(reverse("facilities-measure", args=["fair"]), {"result": day.pk, "walk-toilets": "20"})
    assert sent["Location"] == address(drawn)
    job = Job.objects.get(kind=JOB)
    assert measure_facilities(edition=drawn, day=day, by=planner, **ASKED) == job  # it waits already
    assert [str(each.words) for each in history_of(drawn, JOB, "")] == ["had the ways to facilities measured"]
    run_now(job)
    page = browser.get(address(drawn))
    assert [(each["kind"], each["area"], each["cause"], each["uses"]) for each in page.context["often"][:2]] == [
        ("toilets", "A", "walk", round(600 * page.context["often"][0]["share"] * 0.3)),
        ("toilets", "B", "walk", 60),  # 200 person-hours, all of the places too far, 0.3 an hour
    ]
    (queue,) = (each for each in page.context["often"] if each["cause"] == "queue")
    assert (queue["kind"], queue["uses"], queue["clock"]) == ("catering", 1, "09:05")
    assert [each["kind"] for each in page.context["places"]] == ["toilets"]
    assert page.context["left_out"] == ["city"]
    shown = browser.get(API).json()
    assert (shown["is_stale"], shown["inputs"]["walks"], shown["persons_h"]) == (False, {"toilets": 20.0}, 800.0)
    change_row(edition=drawn, sheet="amenities", key="wc", changes={"x_m": 20}, version=1, by=planner)
    assert "The drawing has been changed since." in browser.get(address(drawn)).content.decode()
    assert browser.get(API).json()["is_stale"] is True
    chinese = browser.get(address(drawn), HTTP_ACCEPT_LANGUAGE="zh-hans").content.decode()
    assert "步行，最远" in chinese
    assert "卫生间" in chinese


def test_a_result_is_kept_once_and_the_last_is_shown(drawn, day, planner, browser):
    first = measured(drawn, day, planner)
    assert measured(drawn, day, planner) == first
    other = measured(drawn, day, planner, is_step_free=True)
    assert (other == first, other.summary == first.summary) == (False, False)
    measured(drawn, day, planner)
    assert browser.get(address(drawn)).context["found"] == first
    assert browser.get(address(drawn, f"?measured={other.pk}")).context["found"] == other
    assert browser.get(f"{API}?measured={other.pk}").json()["id"] == other.pk
    assert browser.get(f"{API}?measured=99").status_code == 404


def test_it_is_drawn_on_its_level(drawn, day, planner, browser):
    found = measured(drawn, day, planner)
    picture = reverse("facilities-level", args=["fair", found.pk, "0"])
    text = browser.get(picture).content.decode()
    page = browser.get(address(drawn)).context
    here = [each["mark"] for each in (*page["often"], *page["seldom"], *page["places"]) if each["level"] == "0"]
    assert sorted(here) == sorted(part.split('"')[0] for part in text.split('id="mark-')[1:])
    assert 'id="mark-2"' not in browser.get(f"{picture}?kind=aed").content.decode()
    near = browser.get(f"{picture}?mark=1").content.decode()
    assert near.split("viewBox")[1][:40] != text.split("viewBox")[1][:40]
    only = browser.get(address(drawn, "?kind=aed")).context
    assert {each["kind"] for each in (*only["often"], *only["seldom"], *only["places"])} <= {"aed"}
    looked = browser.get(address(drawn, "?mark=2")).context
    assert (looked["mark"], looked["level"]) == ("2", "1")
    assert browser.get(reverse("facilities-level", args=["fair", found.pk, "9"])).status_code == 404


def test_pages_take_few_queries(drawn, day, planner, browser, django_assert_max_num_queries):
    measured(drawn, day, planner)
    browser.get(address(drawn))
    with django_assert_max_num_queries(20):
        browser.get(address(drawn))


def test_wrong_limits_and_days_are_refused_all_at_once(drawn, day, planner, browser):
    with pytest.raises(PlanError) as told:
        measure_facilities(edition=drawn, day=day, by=planner, walks={"beds": 5}, waits={"aed": -1}, is_step_free=False)
    assert [each.code for each in told.value.problems] == ["facilities.limit"] * 2
    body = json.dumps({"result": day.pk, "walks": {"beds": 5}})
    assert browser.post(API, body, content_type="application/json").status_code == 422
    day.blobs.pop("arrays.npz")
    with pytest.raises(Refused) as refused:
        measure_facilities(edition=drawn, day=day, by=planner, **ASKED)
    assert refused.value.code == "facilities.day"
    assert not Job.objects.filter(kind=JOB).exists()
    wrong = browser.post(reverse("facilities-measure", args=["fair"]), {"result": day.pk, "walk-toilets": "far"})
    assert wrong.status_code == 422
    assert ">Toilets: Longest walk, m</a>: Enter a number." in wrong.content.decode()


def test_a_plan_without_amenities_has_nothing_to_measure(drawn, day, planner):
    replace_plan(edition=drawn, plan=halls.plan(amenities=()), by=planner)
    with pytest.raises(Refused) as refused:
        measure_facilities(edition=drawn, day=day, by=planner, **ASKED)
    assert refused.value.code == "facilities.none"


def test_what_cannot_be_walked_on_is_told(drawn, day, planner, browser):
    far = tuple(replace(each, x_m=900.0) for each in halls.AMENITIES)
    replace_plan(edition=drawn, plan=halls.plan(amenities=far), by=planner)
    run_now(measure_facilities(edition=drawn, day=day, by=planner, **ASKED))
    assert "has no amenity on a floor that is drawn" in browser.get(address(drawn)).content.decode()


def test_who_may_not_have_it_measured_sees_it(drawn, day, planner):
    press = people.person(Role.PRESS_OFFICER, drawn)
    with pytest.raises(NotAllowed):
        measure_facilities(edition=drawn, day=day, by=press, **ASKED)
    measured(drawn, day, planner)
    page = people.signed_in(press).get(address(drawn))
    assert (page.status_code, "facilities/measure" in page.content.decode()) == (200, False)
