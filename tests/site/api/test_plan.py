"""The plan by the API."""

from io import BytesIO
from pathlib import Path

import pytest
from django_scopes import scope

from hostcity.core.models import Act
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import SHEETS, read_plan
from hostcity.plan.columns import columns_of
from tests.site.api.test_door import told

TINY = Path(__file__).parents[3] / "examples" / "tiny" / "expo.xlsx"
SHEETS_PATH = "/editions/fair/plan/sheets"
GATES = f"{SHEETS_PATH}/gates/rows"


@pytest.fixture
def plan(edition):
    """The tiny fair's plan, stored."""
    plan = read_plan(TINY)
    replace_plan(edition=edition, plan=plan, by=None)
    return plan


def test_sheets(edition, planners, plan):
    rows = planners.get(SHEETS_PATH).json()["rows"]
    assert [each["sheet"] for each in rows] == list(SHEETS)
    assert {each["sheet"]: each["rows"] for each in rows} == {sheet: len(rows) for sheet, rows in plan.sheets()} | {
        sheet: 0 for sheet in SHEETS if sheet not in dict(plan.sheets())
    }


@pytest.mark.parametrize("sheet", SHEETS)
def test_a_sheets_columns_are_those_of_the_plan(edition, planners, sheet):
    said = planners.get(f"{SHEETS_PATH}/{sheet}").json()
    columns = columns_of(SHEETS[sheet])
    assert [each["field"] for each in said["columns"]] == list(columns)
    for each in said["columns"]:
        column = columns[each["field"]]
        assert (each["kind"], each["unit"], each["low"], each["help_zh"]) == (
            column.kind, column.unit, column.low, column.help_zh,
        )  # fmt: skip
    assert set(said["row_schema"]["properties"]) == set(columns)


def test_rows_are_listed_in_the_workbooks_order(edition, planners, plan):
    codes, after = [], ""
    while True:
        page = planners.get(f"{SHEETS_PATH}/links/rows?size=3&after={after}").json()
        codes += [each["cells"]["code"] for each in page["rows"]]
        after = page["next"]
        if not after:
            break
    assert codes == [each.code for each in plan.links]


def test_a_row_is_added_changed_moved_and_removed(edition, planners):
    levels = f"{SHEETS_PATH}/levels/rows"
    for code in ("L1", "L2"):
        answer = planners.post(levels, {"cells": {"code": code, "name_en": f"Level {code}", "elevation_m": 0}})
        assert answer.status_code == 201, answer.content
    row = planners.get(f"{levels}/L1")
    assert row["ETag"] == '"v1"'
    answer = planners("PATCH", f"{levels}/L1", {"cells": {"name_en": "Ground"}}, If_Match=row["ETag"])
    assert answer.status_code == 200, answer.content
    assert (answer.json()["version"], answer.json()["cells"]["name_en"]) == (2, "Ground")
    assert planners("PUT", f"{levels}/L1/place", {"after": "L2"}).status_code == 200
    assert [each["key"] for each in planners.get(levels).json()["rows"]] == ["L2", "L1"]
    assert planners("DELETE", f"{levels}/L1?version=2").status_code == 204
    assert planners.get(f"{levels}/L1").status_code == 404
    with scope(edition=edition):
        verbs = list(Act.objects.filter(verb__startswith="plan.").order_by("number").values_list("verb", flat=True))
    assert verbs == ["plan.add", "plan.add", "plan.change", "plan.order", "plan.remove"]


def test_who_comes_second_is_told_the_differences(edition, planners):
    levels = f"{SHEETS_PATH}/levels/rows"
    planners.post(levels, {"cells": {"code": "L1", "name_en": "One", "elevation_m": 0}})
    told(planners("PATCH", f"{levels}/L1", {"cells": {"name_en": "x"}}), 428, "version.missing")
    assert planners("PATCH", f"{levels}/L1", {"cells": {"name_en": "A"}, "version": 1}).status_code == 200
    said = told(planners("PATCH", f"{levels}/L1", {"cells": {"name_en": "B"}, "version": 1}), 409, "plan.stale")
    assert said["diff"] == [{"field": "name_en", "stored": "A", "given": "B"}]
    assert said["version"] == 2
    told(planners("DELETE", f"{levels}/L1"), 428, "version.missing")
    told(planners("DELETE", f"{levels}/L1?version=1"), 409, "plan.stale")


def test_problems_of_a_row_stand_at_their_columns(edition, planners):
    said = told(planners.post(GATES, {"cells": {"code": "g1", "nothing": 1}}), 422, "plan.problems")
    assert {(each["sheet"], each["column"]) for each in said["problems"]} == {("gates", "nothing")}
    assert all(each["code"] and each["what"] and each["mend"] for each in said["problems"])
    chinese = planners.post(GATES, {"cells": {"code": "g1", "nothing": 1}}, Accept_Language="zh-hans").json()
    assert [each["code"] for each in chinese["problems"]] == [each["code"] for each in said["problems"]]
    assert not chinese["problems"][0]["what"].isascii()


def test_what_is_not_there(edition, planners):
    for path in (f"{SHEETS_PATH}/nothing", f"{SHEETS_PATH}/nothing/rows", f"{GATES}/none"):
        told(planners.get(path), 404, "request.not-found")
    told(planners("PATCH", f"{GATES}/none", {"cells": {}, "version": 1}), 404, "request.not-found")
    told(planners.post("/editions/fair/plan/acts/99/undo"), 404, "request.not-found")
    told(planners.post("/editions/fair/plan/acts/0/undo"), 422, "request.invalid")


def test_an_act_is_taken_back(edition, planners):
    levels = f"{SHEETS_PATH}/levels/rows"
    planners.post(levels, {"cells": {"code": "L1", "name_en": "One", "elevation_m": 0}})
    with scope(edition=edition):
        number = Act.objects.get(verb="plan.add").number
    assert planners.post(f"/editions/fair/plan/acts/{number}/undo").json()["acts"] == 1
    assert planners.get(levels).json()["rows"] == []


@pytest.mark.parametrize("size", [1, 50])
def test_a_page_of_rows_costs_few_queries(edition, planners, plan, size, django_assert_max_num_queries):
    planners.get(SHEETS_PATH)
    with django_assert_max_num_queries(4):
        assert planners.get(f"{SHEETS_PATH}/links/rows?size={size}").status_code == 200


def test_the_calendar(edition, planners, plan):
    rows = planners.get("/editions/fair/calendar?since=2027-11-05&until=2027-11-10").json()["rows"]
    assert rows
    assert all(each["title"] and each["starts_at"] for each in rows)
    told(planners.get("/editions/fair/calendar?since=2027-11-05&until=2027-11-01"), 422, "calendar.days")
    told(planners.get("/editions/fair/calendar?since=0001-01-01"), 422, "request.invalid")
    made = planners.post("/editions/fair/calendar/address")
    address = made.json()["url"].partition("testserver")[2]
    assert planners.client.get(address).content.startswith(b"BEGIN:VCALENDAR")
    assert planners("DELETE", "/editions/fair/calendar/address").status_code == 204
    assert planners.client.get(address).status_code == 404


def test_workbooks_are_read(planners, edition, plan, tmp_path):
    path = tmp_path / "again.xlsx"
    path.write_bytes(BytesIO(planners.get("/editions/fair/plan/workbook").content).getvalue())
    assert read_plan(path).sha256 == plan.sha256
