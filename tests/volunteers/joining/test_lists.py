"""Lists of the force: uniforms, buses, zones, everybody."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan.rows import Band, Campus, Team
from hostcity.volunteers.joining.lists import KINDS, force_of
from tests import people
from tests.volunteers import force
from tests.volunteers.joining.conftest import SHEETS

pytestmark = pytest.mark.django_db
LISTS = "/e/fair/volunteers/joining/lists/"
CAMPUSES = (
    Campus(code="C1", name_en="Songjiang", travel_s=3600, bus_seats=2),
    Campus(code="C2", name_en="Minhang", travel_s=14_400, bus_seats=0),
)
HOUR_S = 3600.0
BANDS = (
    Band(code="night", start_s=2 * HOUR_S, end_s=7 * HOUR_S, name_en="Night"),
    Band(code="early", start_s=8 * HOUR_S, end_s=13 * HOUR_S, name_en="Morning"),
    Band(code="late", start_s=13 * HOUR_S, end_s=19 * HOUR_S, name_en="Afternoon"),
)
PEOPLE = (
    force.volunteer("V1", campus="C1", uniform="L", zones=("Z2",)),
    force.volunteer("V2", campus="C1", uniform="M"),
    force.volunteer("V3", team="T1", uniform="M", zones=("Z2",)),
    force.volunteer("V4", campus="C2"),
    force.volunteer("V5"),
)


@pytest.fixture
def manned(edition):
    served = [("V1", "early"), ("V2", "early"), ("V3", "early"), ("V4", "night"), ("V5", "early"), ("V1", "late")]
    shifts = tuple(force.shift(who, band=band) for who, band in served)
    sheets = SHEETS | {
        "bands": BANDS,
        "campuses": CAMPUSES,
        "teams": (Team(code="T1", campus="C1"),),
        "volunteers": PEOPLE,
        "shifts": shifts,
    }
    replace_plan(edition=edition, plan=force.plan(**sheets), by=None)
    people.person(Role.VOLUNTEER, edition, username="v1", name="=1+2")
    return edition


def rows(edition, name):
    return list(KINDS[name].rows(force_of(edition)))


def test_uniforms_by_campus_and_size(manned):
    assert rows(manned, "uniforms") == [("Songjiang", "M", 2), ("Songjiang", "L", 1)]


def test_buses_by_day_and_band(manned):
    day = ("2026-05-05", "First day")
    assert rows(manned, "buses") == [
        (*day, "Night", "02:00", "07:00", "Minhang", 1, "22:00 (−1)", "", ""),
        (*day, "Morning", "08:00", "13:00", "", 1, "", "", ""),
        (*day, "Morning", "08:00", "13:00", "Songjiang", 3, "07:00", 2, 2),
        (*day, "Afternoon", "13:00", "19:00", "Songjiang", 1, "12:00", 2, 1),
    ]


def test_who_may_enter_which_zone_and_everybody(manned):
    assert rows(manned, "zones") == [("Press", "V1", "=1+2", "Songjiang"), ("Press", "V3", "", "Songjiang")]
    assert rows(manned, "people")[2] == ("V3", "", "Songjiang", "T1", "M", "Press", "Guides, Desks")


def test_files_hold_no_formulas(manned, coordinator):
    browser = people.signed_in(coordinator)
    answer = browser.get(f"{LISTS}zones.csv")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[:2] == [["Zone", "Volunteer", "Name", "Campus"], ["Press", "V1", "'=1+2", "Songjiang"]]
    assert (answer.headers["Cache-Control"], "attachment" in answer.headers["Content-Disposition"]) == (
        "no-store",
        True,
    )
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{LISTS}volunteers.xlsx").content))
    assert len(book.sheetnames) == 4
    cell = book["Accreditation by zone"]["C2"]
    assert (cell.value, cell.data_type) == ("=1+2", "s")
    assert {browser.get(f"{LISTS}{name}").status_code for name in ("none.csv", "people.txt", "?list=none")} == {404}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_lists_are_pages_in_both_languages(manned, coordinator, language):
    browser = people.signed_in(coordinator)
    for name, kind in KINDS.items():
        with CaptureQueriesContext(connection) as asked:
            shown = browser.get(LISTS, {"list": name}, headers={"accept-language": language}).content.decode()
        assert ("V3" in shown.split("<tbody>")[1]) == (name in ("zones", "people"))
        assert len(asked) <= 16
        assert len(kind.headings) == shown.split("<thead>")[1].split("</thead>")[0].count("<th ")


def test_without_a_roster_there_are_no_buses(edition, coordinator):
    replace_plan(edition=edition, plan=force.plan(shifts=()), by=None)
    assert "No roster is published yet." in people.signed_in(coordinator).get(LISTS, {"list": "buses"}).content.decode()


def test_by_the_api(manned, coordinator):
    shown = people.signed_in(coordinator).get("/api/v1/editions/fair/volunteers/joining/lists/uniforms").json()
    assert shown == {"columns": ["Campus", "Size", "People"], "rows": [["Songjiang", "M", 2], ["Songjiang", "L", 1]]}
