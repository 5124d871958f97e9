"""The plan by the API."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Job, PlanRow
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import SHEETS, read_plan
from hostcity.plan.columns import columns_of
from tests.site.api.programs import Program
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


def upload(caller: Program, path: str, name: str, data: bytes, **headers):
    file = SimpleUploadedFile(name, data)
    return caller.client.post(f"/api/v1{path}", {"file": file}, headers=caller.headers | headers)


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


def test_the_plan_goes_out_and_comes_back_unchanged(edition, planners, plan):
    said = planners.get("/editions/fair/plan")
    assert {sheet: len(rows) for sheet, rows in said.json().items()} == {s: len(rows) for s, rows in plan.sheets()}
    book = planners.get("/editions/fair/plan/workbook")
    assert "attachment" in book["Content-Disposition"]
    assert book.content == planners.get("/editions/fair/plan/workbook").content
    for name, data in (("plan.json", said.content), ("expo.xlsx", book.content)):
        job = Job.objects.get(public_id=upload(planners, "/editions/fair/plan/imports", name, data).json()["id"])
        run_now(job)
        trial = planners.get(f"/editions/fair/jobs/{job.public_id}").json()
        assert (trial["state"], trial["answer"]["total"]) == ("done", 0)


def test_an_import_is_tried_then_applied(edition, planners):
    started = upload(planners, "/editions/fair/plan/imports", "expo.xlsx", TINY.read_bytes())
    assert started.status_code == 202, started.content
    path = f"/editions/fair/plan/imports/{started.json()['id']}"
    told(planners.post(f"{path}/apply"), 422, "plan.no_trial")
    run_now(Job.objects.get())
    with scope(edition=edition):
        assert not PlanRow.objects.exists()
    written = planners.post(f"{path}/apply", Idempotency_Key="k").json()
    assert written["acts"] > 10
    assert planners.post(f"{path}/apply", Idempotency_Key="k").json() == written
    assert planners.post(f"{path}/apply").json() == {"acts": 0, "number": None}
    assert plan_of(edition).sha256 == read_plan(TINY).sha256
    assert planners.post(f"{path}/retry").status_code == 202


def test_problems_of_an_import_stand_at_their_cells(edition, planners):
    plan = json.dumps({"edition": [], "gates": [{"code": "g1", "nothing": 1}]}).encode()
    job = Job.objects.get(public_id=upload(planners, "/editions/fair/plan/imports", "p.json", plan).json()["id"])
    run_now(job)
    said = planners.get(f"/editions/fair/jobs/{job.public_id}").json()
    assert said["state"] == "failed"
    assert ("gates", 1, "nothing") in {(e["sheet"], e["row"], e["column"]) for e in said["error"]["problems"]}
    chinese = planners.get(f"/editions/fair/jobs/{job.public_id}", Accept_Language="zh-hans").json()
    assert not chinese["error"]["problems"][0]["what"].isascii()


def test_files_that_are_none(edition, planners):
    told(upload(planners, "/editions/fair/plan/imports", "expo.txt", b"x"), 422, "plan.file_kind")
    told(upload(planners, "/editions/fair/plan/imports", "expo.xlsx", b"x" * (11 * 1024**2)), 413, "body.size")
    told(planners.post("/editions/fair/plan/imports", {}), 415, "body.type")
    answer = planners.client.post("/api/v1/editions/fair/plan/imports", {}, headers=planners.headers)
    told(answer, 422, "request.invalid")


@pytest.mark.parametrize("size", [1, 50])
def test_a_page_of_rows_costs_few_queries(edition, planners, plan, size, django_assert_max_num_queries):
    planners.get(SHEETS_PATH)
    with django_assert_max_num_queries(4):
        assert planners.get(f"{SHEETS_PATH}/links/rows?size={size}").status_code == 200


def test_jobs_are_listed_and_cancelled(edition, planners, administrators):
    upload(planners, "/editions/fair/plan/imports", "expo.xlsx", TINY.read_bytes())
    (job,) = planners.get("/editions/fair/jobs?state=open").json()["rows"]
    assert (job["state"], job["kind"]) == ("queued", "plan.import")
    assert administrators.post(f"/editions/fair/jobs/{job['id']}/cancel").json()["state"] == "cancelled"
    told(administrators.post(f"/editions/fair/jobs/{job['id']}/cancel"), 422, "job.ended")
    assert planners.get("/editions/fair/jobs?state=open").json()["rows"] == []


def test_another_editions_job_is_not_there(edition, planners, planner):
    from hostcity.core.jobs.services import enqueue
    from tests import people

    job = enqueue("plan.import", arguments={}, edition=people.edition("other"), by=planner)
    for path in (f"jobs/{job.public_id}", f"plan/imports/{job.public_id}/apply"):
        method = "GET" if path.startswith("jobs") else "POST"
        told(planners(method, f"/editions/fair/{path}"), 404, "request.not-found")


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
