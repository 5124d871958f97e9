"""Pages of hours: totals, a person's sheet, corrections, files; one's own."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan.rows import Campus, Team
from hostcity.volunteers.duty.services import check_in_by_hand
from hostcity.volunteers.hours.totals import KINDS, book_of
from hostcity.volunteers.models import Correction
from tests import people
from tests.volunteers import force

pytestmark = pytest.mark.django_db
AT = "/e/fair/volunteers/hours/"
SEAT = "volunteer=V2&day=D1&band=early"


def rows(edition, name):
    with scope(edition=edition):
        return list(KINDS[name].rows(book_of(edition)))


@pytest.fixture
def placed(came, volunteer):
    people.person(Role.VOLUNTEER, came, username="v3", name="=1+2")
    plan = force.plan(
        campuses=(Campus(code="C1", name_en="Songjiang", name_zh="松江", travel_s=3600),), teams=(Team(code="T1", campus="C1"), Team(code="T2"))
    )  # fmt: skip
    replace_plan(edition=came, plan=plan, by=None)
    return came


def test_totals_by_person_campus_and_team(placed, volunteer):
    assert rows(placed, "people") == [
        ("V2", volunteer.name, "Songjiang", "T1", 1, 4.17, 0),
        ("V3", "=1+2", "Songjiang", "T1", 1, 0.0, 1),
    ]
    assert rows(placed, "campuses") == [("Songjiang", 2, 2, 4.17, 1)]
    assert rows(placed, "teams") == [("T1", 2, 2, 4.17, 1)]
    assert rows(placed, "shifts")[0][-2:] == (4.17, "")


def test_files_say_the_same_and_no_cell_is_a_formula(placed, coordinator):
    browser = people.signed_in(coordinator)
    answer = browser.get(f"{AT}files/people.csv")
    assert answer["Cache-Control"] == "no-store"
    read = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [each[0] for each in read] == ["Volunteer", "V2", "V3"]
    assert read[2][1] == "'=1+2"
    shifts = list(csv.reader(io.StringIO(browser.get(f"{AT}files/shifts.csv").content.decode("utf-8-sig"))))
    assert shifts[1][2:] == ["2026-05-05", "08:00–13:00", "North door", "07:30", "12:10", "4.17", ""]
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{AT}files/hours.xlsx").content))
    assert [len(sheet["A"]) for sheet in book] == [3, 2, 2, 3]
    assert browser.get(f"{AT}files/none.csv").status_code == 404


@pytest.mark.parametrize(("language", "word"), [("en", "Hours served"), ("zh-hans", "服务时长")])
def test_pages_are_there_in_both_languages(placed, coordinator, volunteer, language, word):
    browser = people.signed_in(coordinator)
    for path in ("", "?by=teams", "person/?volunteer=V2", f"correct/?{SEAT}"):
        answer = browser.get(AT + path, HTTP_ACCEPT_LANGUAGE=language)
        assert (answer.status_code, word in answer.content.decode()) == (200, True)
    assert people.signed_in(volunteer).get(f"{AT}mine/", HTTP_ACCEPT_LANGUAGE=language).status_code == 200
    assert browser.get(f"{AT}?by=none").status_code == 404


def test_a_coordinator_corrects_and_takes_it_back(placed, coordinator, volunteer):
    browser, path = people.signed_in(coordinator), f"{AT}correct/?{SEAT}"
    form = browser.get(path).content.decode()
    assert 'value="2026-05-05T07:30"' in form
    given = {
        "checked_in_at": "2026-05-05T07:30", "checked_out_at": "2026-05-05T13:00", "reason": "Left at the end", "second": "v3",
        "stamp": form.split('name="stamp" value="')[1].split('"')[0],
    }  # fmt: skip
    assert browser.post(path, given | {"reason": ""}).status_code == 422
    done = browser.post(path, given, follow=True).content.decode()
    assert "Corrected; V2 is told." in done
    mine = people.signed_in(volunteer).get(f"{AT}mine/").content.decode()
    assert ("5.5" in mine, "Left at the end" in mine) == (True, True)
    assert browser.post(path, given).status_code == 409
    with scope(edition=placed):
        made = Correction.objects.get()
    assert "hold again" in browser.post(f"{AT}{made.pk}/undo/", follow=True).content.decode()


def test_a_band_is_closed_on_the_page(placed, coordinator):
    browser, given = people.signed_in(coordinator), {"day": "D1", "band": "early", "second": "v3"}
    assert "1 has left at its end" in browser.get(AT).content.decode()
    assert browser.post(f"{AT}close/", given).status_code == 422
    done = browser.post(f"{AT}close/", given | {"reason": "Forgotten"}, follow=True).content.decode()
    assert "1 volunteer has left at the end, and is told." in done
    assert "has left at its end" not in done


def test_queries_do_not_grow_with_rows(edition, coordinator, clock, volunteer):
    def counts():
        found = []
        for who, path in ((coordinator, ""), (coordinator, "?by=shifts"), (volunteer, "mine/")):
            browser = people.signed_in(who)
            browser.get(AT + path)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(AT + path).status_code == 200
            found.append(len(asked))
        return found

    def come(code):
        check_in_by_hand(edition=edition, volunteer=code, day="D1", band="early", by=coordinator)

    come("V2")
    one = counts()
    come("V1")
    come("V3")
    assert counts() == one
    assert max(one) <= 18


def test_by_the_api(placed, coordinator, volunteer):
    of, staff = "/api/v1/editions/fair/volunteers/hours", people.signed_in(coordinator)
    given = {"content_type": "application/json"}
    assert [(each["volunteer"], each["minutes"], each["open"]) for each in staff.get(of).json()["rows"]] == [
        ("V2", 250, 0),
        ("V3", 0, 1),
    ]
    sheet = staff.get(f"{of}/person?volunteer=V2").json()
    seat = {"day": "D1", "band": "early", "reason": "Why", "second": "v3"}
    times = {"checked_in_at": "2026-05-05T08:00:00+08:00", "checked_out_at": "2026-05-05T13:00:00+08:00"}
    body = seat | times | {"volunteer": "V2", "stamp": sheet["rows"][0]["stamp"]}
    made = staff.post(f"{of}/corrections", body, **given).json()
    assert people.signed_in(volunteer).get(f"{of}/own").json()["minutes"] == 300
    assert staff.post(f"{of}/corrections/{made['id']}/undo", {}, **given).status_code == 204
    assert staff.post(f"{of}/close", seat, **given).json() == {"count": 1}
    assert people.signed_in(volunteer).get(of).status_code == 403
