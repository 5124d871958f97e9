"""Pages of feedback, and the API."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.core.models.people import Role
from hostcity.volunteers.feedback.services import say_feedback
from hostcity.volunteers.models import Attendance, Feedback
from tests import people

pytestmark = pytest.mark.django_db
AT = "/e/fair/volunteers/feedback/"
SEAT = "?day=D1&band=early"


def test_a_volunteer_says_and_reads_the_answer(came, volunteer, coordinator):
    browser, staff = people.signed_in(volunteer), people.signed_in(coordinator)
    assert browser.post(f"{AT}say/{SEAT}", {"version": "0"}).status_code == 422
    given = {"rating": "2", "text": "Cold at the door", "version": "0"}
    assert "Thank you" in browser.post(f"{AT}say/{SEAT}", given, follow=True).content.decode()
    assert "Cold at the door" in staff.get(AT).content.decode()
    with scope(edition=came):
        row = Feedback.objects.get()
    assert staff.get(f"{AT}{row.pk}/").status_code == 200
    done = staff.post(f"{AT}{row.pk}/", {"answer": "A heater comes", "version": "1"}, follow=True).content.decode()
    assert ("Kept." in done, "Cold at the door" in done) == (True, False)
    assert "A heater comes" in staff.get(f"{AT}?all=1").content.decode()
    assert "A heater comes" in browser.get(f"{AT}mine/").content.decode()
    assert browser.get(f"{AT}say/?day=D2&band=early").status_code == 404


@pytest.mark.parametrize(("language", "word"), [("en", "Feedback"), ("zh-hans", "反馈")])
def test_pages_are_there_in_both_languages(came, coordinator, volunteer, language, word):
    say_feedback(edition=came, day="D1", band="early", rating=2, text="Cold", by=volunteer)
    assert word in people.signed_in(coordinator).get(AT, HTTP_ACCEPT_LANGUAGE=language).content.decode()
    for path in ("mine/", f"say/{SEAT}"):
        assert people.signed_in(volunteer).get(AT + path, HTTP_ACCEPT_LANGUAGE=language).status_code == 200


def test_it_is_taken_back_on_the_page(came, volunteer):
    say_feedback(edition=came, day="D1", band="early", rating=2, by=volunteer)
    browser = people.signed_in(volunteer)
    for word in ("Taken back", "Nothing was said of this shift"):
        assert word in browser.post(f"{AT}back/", {"day": "D1", "band": "early"}, follow=True).content.decode()


def test_queries_do_not_grow_with_rows(came, coordinator, volunteer):
    def counts():
        found = []
        for who, path in ((coordinator, ""), (coordinator, "?all=1"), (volunteer, "mine/")):
            browser = people.signed_in(who)
            browser.get(AT + path)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(AT + path).status_code == 200
            found.append(len(asked))
        return found

    say_feedback(edition=came, day="D1", band="early", rating=2, text="Cold", by=volunteer)
    one = counts()
    say_feedback(
        edition=came,
        day="D1",
        band="early",
        rating=5,
        text="Fine",
        by=people.person(Role.VOLUNTEER, came, username="v3"),
    )
    with scope(edition=came):
        served = Attendance.objects.get(volunteer="V2")
        served.pk, served.day = None, "D2"
        served.save()
    say_feedback(edition=came, day="D2", band="early", rating=4, text="Warm", by=volunteer)
    assert counts() == one
    assert max(one) <= 17


def test_by_the_api(came, coordinator, volunteer):
    of, staff, own = (
        "/api/v1/editions/fair/volunteers/feedback",
        people.signed_in(coordinator),
        people.signed_in(volunteer),
    )
    given, seat = {"content_type": "application/json"}, {"day": "D1", "band": "early"}
    made = own.put(f"{of}/own", seat | {"rating": 2, "text": "Cold"}, **given).json()
    (shown,) = staff.get(f"{of}?waits=true").json()["rows"]
    assert (shown["id"], shown["rating"], shown["text"]) == (made["id"], 2, "Cold")
    assert staff.put(f"{of}/{made['id']}/answer", {"answer": "Yes", "version": 1}, **given).json()["answer"] == "Yes"
    assert [each["answer"] for each in own.get(f"{of}/own").json()["rows"]] == ["Yes"]
    assert own.post(f"{of}/own/remove", seat, **given).status_code == 422
    assert staff.get(of).json()["sums"][0]["rating"] == 2.0
    assert own.get(of).status_code == 403
