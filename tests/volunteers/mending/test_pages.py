"""Pages of mending a day, in both languages, and the same by the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job, Result
from hostcity.core.plan_rows.services import replace_plan
from hostcity.volunteers.mending.services import mend_day
from tests import people
from tests.volunteers import force

pytestmark = pytest.mark.django_db
MEND = "/e/fair/volunteers/mend/"
API = "/api/v1/editions/fair/volunteers/mended"


@pytest.fixture
def browser(coordinator):
    return people.signed_in(coordinator)


@pytest.fixture
def pk(edition, coordinator):
    return mended(edition, coordinator, "V2")


def mended(edition, by, *absent):
    return run_now(mend_day(edition=edition, by=by, day="D1", absent=absent)).answer["result"]


def test_a_day_is_asked_for_as_it_was_pasted(browser, edition):
    given = {"day": "D1", "band": "late", "absent": "V4；V8\r\nV4", "closed": "", "factors": "P2", "most_told": "1"}
    assert browser.post(f"{MEND}ask/", given)["Location"] == MEND
    asked = {
        "day": "D1",
        "band": "late",
        "absent": ["V4", "V8"],
        "repeated": 1,
        "closed": [],
        "factors": {"P2": 2.0},
        "most_told": 1,
    }
    assert Job.objects.get().arguments == asked
    assert "Mending a day of the roster" in browser.get(MEND).content.decode()


def test_everything_wrong_stands_on_the_page_and_nothing_given_is_lost(browser, edition):
    given = {"day": "D1", "absent": "V1 X1 X2", "closed": "P1 P9", "factors": "P1 3"}
    answer = browser.post(f"{MEND}ask/", given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "2 of 3 codes are not in the plan: X1, X2." in page
    assert "1 of 2 codes is not in the plan: P9." in page
    assert "Closed, and more are needed there: P1." in page
    assert "V1 X1 X2</textarea>" in page
    assert not Job.objects.exists()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_is_there_in_both_languages(browser, pk, language):
    for page, words in (
        ("", {"en": "Who does not come", "zh-hans": "未到岗人员"}),
        (f"{pk}/", {"en": "Make it so", "zh-hans": "确认生效"}),
    ):
        assert words[language] in browser.get(f"{MEND}{page}", HTTP_ACCEPT_LANGUAGE=language).content.decode()


def test_pages_take_as_many_queries_for_three_as_for_one(browser, edition, coordinator):
    one = counts(browser, mended(edition, coordinator, "V2"))
    mended(edition, coordinator, "V1", "V3", "V4")
    three = counts(browser, mended(edition, coordinator, "V1", "V2", "V3"))
    assert (three[0] - one[0], three[1:]) == (2, one[1:])


def counts(browser, pk):
    """Links of the list, queries of the list, queries of one that was read before."""
    browser.get(f"{MEND}{pk}/")
    with CaptureQueriesContext(connection) as of_list:
        page = browser.get(MEND).content.decode()
    with CaptureQueriesContext(connection) as of_one:
        browser.get(f"{MEND}{pk}/")
    return page.count(f'href="{MEND}'), len(of_list), len(of_one)


def test_it_is_made_so_once_and_undone_beside_the_roster(browser, edition, pk):
    assert browser.post(f"{MEND}{pk}/now/")["Location"] == "/e/fair/volunteers/"
    page = browser.get(f"{MEND}{pk}/").content.decode()
    assert "This is the roster now." in page
    assert f"{MEND}{pk}/now/" not in page
    assert browser.post(f"{MEND}{pk}/now/").status_code == 422
    page = browser.get("/e/fair/volunteers/").content.decode()
    assert "Undo the mending of the day" in page
    number = page.split("/volunteers/undo/")[1].split("/")[0]
    browser.post(f"/e/fair/volunteers/undo/{number}/")
    assert "has been changed since this was worked out" in browser.get(f"{MEND}{pk}/").content.decode()


def test_a_day_that_lost_its_roster_is_read_and_not_made_so(browser, edition, pk):
    replace_plan(edition=edition, plan=force.plan(shifts=(force.shift("V1"),)), by=None)
    page = browser.get(f"{MEND}{pk}/").content.decode()
    assert "has been changed since this was worked out" in page
    assert f"{MEND}{pk}/now/" not in page


def test_what_is_no_mended_day_is_404(browser, pk):
    assert browser.get(f"{MEND}{pk + 1}/").status_code == 404


def test_the_api_does_the_same(browser, edition, coordinator):
    asked = {"day": "D1", "absent": ["V2", "V2"], "closed": ["P2"]}
    answer = browser.post(API, asked, content_type="application/json")
    assert answer.status_code == 202, answer.content
    job = run_now(Job.objects.get(public_id=answer.json()["id"]))
    pk = job.answer["result"]
    assert [each["id"] for each in browser.get(API).json()["rows"]] == [pk]
    shown = browser.get(f"{API}/{pk}").json()
    with scope(edition=edition):
        short = Result.objects.get(pk=pk).summary["short"]
    assert list(shown["short"].values()) == short
    assert {"volunteer": "V2", "band": "early", "source": "P1"} in shown["absent_seats"]
    assert {(each["volunteer"], each["source"]) for each in shown["people"] if each["source"]} >= {("V3", "Help desk")}
    assert browser.post(f"{API}/{pk}/publish", {}, content_type="application/json").json()["number"] > 0
    assert browser.post(f"{API}/{pk}/publish", {}, content_type="application/json").status_code == 422
    shown = browser.get(f"{API}/{pk}").json()
    assert (shown["is_roster"], shown["has_moved_on"]) == (True, True)


def test_what_the_api_does_not_know_it_tells_all_at_once(browser, edition):
    body = {"day": "D7", "absent": ["V2", "W2"], "closed": ["P7"]}
    answer = browser.post(API, body, content_type="application/json")
    assert answer.status_code == 422
    assert "W2" in answer.content.decode()
    assert "P7" in answer.content.decode()
