"""Importing and exporting the plan by the API."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job, PlanRow
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import read_plan
from tests.site.api.programs import Program
from tests.site.api.test_door import told

TINY = Path(__file__).parents[3] / "examples" / "tiny" / "expo.xlsx"


@pytest.fixture
def plan(edition):
    """The tiny fair's plan, stored."""
    plan = read_plan(TINY)
    replace_plan(edition=edition, plan=plan, by=None)
    return plan


def upload(caller: Program, path: str, name: str, data: bytes, **headers):
    file = SimpleUploadedFile(name, data)
    return caller.client.post(f"/api/v1{path}", {"file": file}, headers=caller.headers | headers)


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
