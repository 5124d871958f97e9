"""Exits are checked by the worker; what was found is shown, printed, and known to be old when the drawing changes."""

import json

import pytest
from django.urls import reverse

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.jobs.worker import run_now
from hostcity.core.ledger_queries import history_of
from hostcity.core.models import Job
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import change_row, replace_plan
from hostcity.plan import read_plan
from hostcity.venue.exits.services import JOB, check_exits
from tests import people

API = "/api/v1/editions/fair/venue/exits"
USUAL = {"distance_m": 30, "persons_per_m2": 0.75, "persons_per_m": 100}


@pytest.fixture
def browser(planner):
    return people.signed_in(planner)


def address(edition, name="exits"):
    return reverse(name, args=[edition.code])


def test_from_the_button_to_the_cards(drawn, planner, browser):
    assert "have not been checked" in browser.get(address(drawn)).content.decode()
    assert browser.get(address(drawn, "exits-cards")).status_code == 404
    assert browser.get(API).status_code == 404
    assert browser.post(address(drawn, "exits-check"))["Location"] == address(drawn)
    job = Job.objects.get(kind=JOB)
    assert check_exits(edition=drawn, by=planner) == job  # it waits already
    assert [str(each.words) for each in history_of(drawn, "venue.exits", "")] == ["had the exits of halls checked"]
    run_now(job)
    page = browser.get(address(drawn))
    (hall,) = page.context["areas"]
    assert (hall["name"], hall["load_persons"], hall["clear_m"], hall["is_met"]) == ("Hall A", 600, 2.0, False)
    assert "not met: too far, too narrow" in page.content.decode()
    assert '<td class="text-end text-danger-emphasis fw-bold">2.0</td>' in page.content.decode()
    cards = browser.get(address(drawn, "exits-cards"))
    assert b'<html lang="en" data-lang="en" data-said="en"' in cards.content
    assert "default-src 'none'" in cards["Content-Security-Policy"]
    assert (
        b'<html lang="zh-Hans" data-lang="zh" data-said="zh"'
        in browser.get(address(drawn, "exits-cards"), HTTP_ACCEPT_LANGUAGE="zh-hans").content
    )
    assert "尚未" not in browser.get(address(drawn), HTTP_ACCEPT_LANGUAGE="zh-hans").content.decode()
    shown = browser.get(API).json()
    assert (shown["is_stale"], shown["areas"][0]["area"]) == (False, "A")
    change_row(edition=drawn, sheet="openings", key="exit", changes={"clear_m": 1.5}, version=1, by=planner)
    assert (
        "The drawing, or what is closed in it, has been changed since." in browser.get(address(drawn)).content.decode()
    )
    assert browser.get(API).json()["is_stale"] is True


def test_a_plan_without_exits_has_nothing_to_check(edition, planner, browser):
    replace_plan(edition=edition, plan=read_plan("examples/tiny"), by=planner)
    with pytest.raises(Refused) as refused:
        check_exits(edition=edition, by=planner)
    assert refused.value.code == "exits.none"
    told = browser.post(address(edition, "exits-check"), follow=True).content.decode()
    assert "No hall is drawn with an exit." in told
    answer = browser.post(API, json.dumps({}), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "exits.none")


def test_limits_are_asked_within_bounds_by_page_and_api(drawn, planner, browser):
    page = browser.post(address(drawn, "exits-check"), USUAL | {"distance_m": "0.5", "persons_per_m": "x"})
    assert (page.status_code, sorted(page.context["form"].errors)) == (422, ["distance_m", "persons_per_m"])
    with pytest.raises(Refused) as refused:
        check_exits(edition=drawn, by=planner, limits={"persons_per_m2": float("nan")})
    assert (refused.value.code, refused.value.field) == ("exits.limit", "persons_per_m2")
    wrong = browser.post(API, json.dumps({"distance_m": 2000}), content_type="application/json")
    assert (wrong.status_code, Job.objects.filter(kind=JOB).count()) == (422, 0)
    wide = {"distance_m": 60, "persons_per_m2": 0.25}
    assert browser.post(API, json.dumps(wide), content_type="application/json").status_code == 202
    run_now(Job.objects.get(kind=JOB))
    found = browser.get(API).json()
    assert (found["limits"], found["areas"][0]["is_met"]) == ({**wide, "persons_per_m": 100}, True)
    assert browser.get(address(drawn)).context["form"].initial == {
        "distance_m": "60",
        "persons_per_m2": "0.25",
        "persons_per_m": "100",
    }


def test_who_may_not_have_them_checked_sees_them(drawn):
    press = people.person(Role.PRESS_OFFICER, drawn)
    with pytest.raises(NotAllowed):
        check_exits(edition=drawn, by=press)
    page = people.signed_in(press).get(address(drawn))
    assert (page.status_code, "exits/check" in page.content.decode()) == (200, False)


def test_what_cannot_be_walked_on_is_told(drawn, planner, browser):
    change_row(
        edition=drawn,
        sheet="areas",
        key="A",
        changes={"outline": [[0, 0], [40, 20], [40, 0], [0, 20]]},
        version=1,
        by=planner,
    )
    run_now(check_exits(edition=drawn, by=planner))
    job = Job.objects.get(kind=JOB)
    assert (job.state, bool(job.error)) == ("failed", True)
    assert "job.crashed" not in str(job.error)
    assert browser.get(address(drawn)).status_code == 200
