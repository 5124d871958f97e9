"""Pages of rosters, in both languages, and what forms on them do."""

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.core.models import Job
from hostcity.core.results import take_snapshot
from hostcity.volunteers.models import Pin
from tests import people
from tests.volunteers import drafts, force

pytestmark = pytest.mark.django_db
PAGES = ("", "cell/?c=0.1.0", "people/", "people/?code=v", "people/V1/", "people/V8/", "conflicts/", "publish/")


@pytest.fixture
def made(edition, coordinator):
    return drafts.keep(edition, take_snapshot(edition=edition, by=coordinator))


@pytest.fixture
def browser(coordinator):
    return people.signed_in(coordinator)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_is_there_in_both_languages(browser, made, language):
    for page in PAGES:
        answer = browser.get(f"/e/fair/volunteers/rosters/{made.pk}/{page}", HTTP_ACCEPT_LANGUAGE=language)
        assert answer.status_code == 200, page
        assert ("看板" if language == "zh-hans" else "Board") in answer.content.decode()
    assert browser.get("/e/fair/volunteers/", HTTP_ACCEPT_LANGUAGE=language).status_code == 200


def test_the_board_takes_as_many_queries_for_all_days_as_for_one(browser, made, django_assert_max_num_queries):
    for query in ("", "?day=all"):
        with django_assert_max_num_queries(13):
            browser.get(f"/e/fair/volunteers/rosters/{made.pk}/{query}")


def test_a_code_leads_to_its_person(browser, made):
    answer = browser.get(f"/e/fair/volunteers/rosters/{made.pk}/people/?code=V3")
    assert answer["Location"] == f"/e/fair/volunteers/rosters/{made.pk}/people/V3/"


def test_what_is_not_there_is_404(browser, made):
    for page in (f"{made.pk}/cell/?c=9.9.9", f"{made.pk}/people/V99/", f"{made.pk + 1}/"):
        assert browser.get(f"/e/fair/volunteers/rosters/{page}").status_code == 404


def test_a_draft_is_asked_for(browser, edition):
    assert browser.post("/e/fair/volunteers/make/", {"seed": "7", "mate": "0.5"}).status_code == 302
    assert Job.objects.get().arguments == {"judge": False, "seed": 7, "mate": 0.5, "pins": []}
    assert browser.post("/e/fair/volunteers/make/", {"seed": "0"}).status_code == 422


def test_a_running_job_shows_its_curves(browser, edition):
    browser.post("/e/fair/volunteers/make/", {})
    Job.objects.update(state="running", figures=[["objective", [[0.1, 90.0], [0.9, 60.0]]], ["bound", [[0.9, 50.0]]]])
    page = browser.get("/e/fair/volunteers/", HTTP_ACCEPT_LANGUAGE="zh-hans").content.decode()
    assert "<polyline" in page
    assert "目标值 60、下界 50" in page


def test_a_seat_is_locked_and_unlocked_from_the_board(browser, edition, made):
    seat = {
        "volunteer": "V5",
        "day": "D1",
        "band": "late",
        "post": "P1",
        "back": f"/e/fair/volunteers/rosters/{made.pk}/",
    }
    assert browser.post("/e/fair/volunteers/lock/", seat)["Location"] == seat["back"]
    with scope(edition=edition):
        assert Pin.objects.get().post == "P1"
    assert (
        browser.post("/e/fair/volunteers/unlock/", seat | {"back": "https://elsewhere"})["Location"]
        == "/e/fair/volunteers/"
    )
    with scope(edition=edition):
        assert not Pin.objects.exists()


def test_locked_seats_are_listed_with_what_unlocks_them(browser, edition, made):
    counts = []
    for volunteer in ("V1", "V2", "V3"):
        browser.post("/e/fair/volunteers/lock/", {"volunteer": volunteer, "day": "D1", "band": "late", "post": "P1"})
        if volunteer != "V2":
            with CaptureQueriesContext(connection) as asked:
                page = browser.get("/e/fair/volunteers/").content.decode()
            counts.append((len(asked), page.count("/volunteers/unlock/")))
    (queries, one), (as_many, three) = counts
    assert (one, three, as_many) == (1, 3, queries)


def test_nothing_is_offered_for_publishing_where_nothing_differs(browser, edition, made):
    page = browser.get(f"/e/fair/volunteers/rosters/{made.pk}/publish/").content.decode()
    assert "there is nothing to publish" in page
    assert "publish/now/" not in page


def test_that_locks_alone_would_be_others_is_said(browser, edition, coordinator):
    shifts = tuple(dataclasses.replace(each, is_locked=True) for each in force.plan().shifts)
    made = drafts.keep(edition, take_snapshot(edition=edition, by=coordinator), force.plan(shifts=shifts))
    page = browser.get(f"/e/fair/volunteers/rosters/{made.pk}/publish/").content.decode()
    assert "which of them are locked would" in page
    assert "publish/now/" in page


def test_a_draft_is_published_and_undone(browser, edition, coordinator):
    other = force.plan(shifts=(force.shift("V1"),))
    made = drafts.keep(edition, take_snapshot(edition=edition, by=coordinator), other)
    page = browser.get(f"/e/fair/volunteers/rosters/{made.pk}/publish/").content.decode()
    number = page.split('name="number" value="')[1].split('"')[0]
    assert browser.post(f"/e/fair/volunteers/rosters/{made.pk}/publish/now/", {"number": "0"}).status_code == 422
    assert browser.post(f"/e/fair/volunteers/rosters/{made.pk}/publish/now/", {"number": number}).status_code == 302
