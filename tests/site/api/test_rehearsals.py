"""Rehearsals, comparisons and findings by the API."""

import json
from pathlib import Path

import pytest

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import read_plan
from tests import people
from tests.site.api.programs import program
from tests.site.api.test_door import told

TINY = Path(__file__).parents[3] / "examples" / "tiny" / "expo.xlsx"
PATH = "/editions/fair/rehearsals"


@pytest.fixture
def played(edition, planners):
    """The path of a rehearsal that has been played."""
    replace_plan(edition=edition, plan=read_plan(TINY), by=None)
    started = planners.post(PATH, {"title": "first", "seed": 7})
    assert started.status_code == 202, started.content
    assert started.json()["job"]["state"] == "queued"
    path = f"{PATH}/{started.json()['id']}"
    assert planners.get(path).json()["state"] == "queued"
    run_now(Job.objects.get())
    return path


def test_a_plan_that_cannot_be_played_is_refused_with_every_problem(edition, planners):
    said = told(planners.post(PATH, {}), 422, "plan.problems")
    assert len(said["problems"]) > 1
    assert not Job.objects.exists()


def test_wrong_overrides_are_refused(edition, planners):
    replace_plan(edition=edition, plan=read_plan(TINY), by=None)
    said = told(planners.post(PATH, {"overrides": ["nonsense", "gates.none.lanes=1"]}), 422, "plan.problems")
    assert len(said["problems"]) == 2
    told(planners.post(PATH, {"seed": -1}), 422, "request.invalid")


def test_a_rehearsal_is_played_shown_and_repeated(edition, planners, played):
    said = planners.get(played).json()
    assert (said["state"], said["title"], said["seed"], said["changes_since"]) == ("done", "first", 7, 0)
    assert said["verdict"] in ("kept", "broken")
    again = planners.post(f"{played}/repeat").json()
    assert (again["job"]["state"], again["repeats"], again["is_same"]) == ("queued", said["id"], None)
    run_now(Job.objects.get(state="queued"))
    repeated = planners.get(f"{PATH}/{again['id']}").json()
    assert (repeated["is_same"], repeated["results_sha256"]) == (True, said["results_sha256"])
    listed = planners.get(f"{PATH}?size=1").json()
    assert [each["id"] for each in listed["rows"]] == [again["id"]]
    assert planners.get(f"{PATH}?size=1&after={listed['next']}").json()["rows"][0]["id"] == said["id"]
    assert planners.get("/editions/fair/results").json()["rows"][1]["results_sha256"] == said["results_sha256"]
    (snapshot,) = planners.get("/editions/fair/snapshots").json()["rows"]
    plan = planners.get(f"/editions/fair/snapshots/{snapshot['plan_sha256']}/plan")
    assert plan.json() == planners.get("/editions/fair/plan").json()


def test_files_of_a_rehearsal(edition, planners, played):
    assert planners.get(f"{played}/files/report.html").content.startswith(b"<!doctype html>")
    assert json.loads(planners.get(f"{played}/files/summary.json").content)["seed"] == 7
    told(planners.get(f"{played}/files/secret"), 404, "request.not-found")


def test_one_is_cancelled(edition, planners):
    replace_plan(edition=edition, plan=read_plan(TINY), by=None)
    path = f"{PATH}/{planners.post(PATH, {}).json()['id']}"
    assert planners.post(f"{path}/cancel").json()["state"] == "cancelled"
    told(planners.post(f"{path}/repeat"), 422, "rehearsal.not_played")
    told(planners.get(f"{path}/files/report.html"), 404, "request.not-found")


def test_remarks(edition, planners, played):
    assert planners.post(f"{played}/remarks", {"text": "The west gate!"}).status_code == 201
    (remark,) = planners.get(f"{played}/remarks").json()["rows"]
    assert remark["text"] == "The west gate!"
    told(planners.post(f"{played}/remarks", {"text": ""}), 422, "request.invalid")


def test_two_are_compared(edition, planners, played):
    (row,) = planners.get("/editions/fair/plan/sheets/stations/rows?size=1").json()["rows"]
    station = row["cells"]["code"]
    other = planners.post(PATH, {"overrides": [f"stations.{station}.lanes=1"]}).json()["id"]
    first = played.rpartition("/")[2]
    asked = f"/editions/fair/comparisons/stored?a={first}&b={other}"
    told(planners.get(asked), 404, "request.not-found")
    run_now(Job.objects.get(state="queued"))
    said = planners.get(asked).json()
    assert any(each["differs"] for each in said["figures"])
    assert said["plan"] == []  # one plan, played with other overrides
    made = planners.post("/editions/fair/comparisons", {"a": first, "b": other, "runs": 2})
    assert made.status_code == 202, made.content
    run_now(Job.objects.get(state="queued"))
    done = planners.get(f"/editions/fair/comparisons/{made.json()['id']}").json()
    assert done["state"] == "done"
    assert done["summary"]["runs"] == 2
    told(planners.post("/editions/fair/comparisons", {"a": first, "b": first}), 422, "comparison.same")
    told(planners.post(f"/editions/fair/comparisons/{made.json()['id']}/cancel"), 422, "job.ended")


def test_a_finding_is_marked_given_mended_and_undone(edition, planners, played):
    owner = people.person(Role.BUREAU_OWNER, edition)
    owners = program(owner, edition)
    wanted = {"title": "Long queue", "severity": 3, "from_s": 32400, "owner": owner.code}
    made = planners.post(f"{played}/findings", wanted)
    assert made.status_code == 201, made.content
    said = made.json()
    assert (said["owner"], said["bureau"], said["severity"]) == (owner.code, "venue", 3)
    path = f"/editions/fair/findings/{said['id']}"
    told(owners("PATCH", path, {"state": "mended"}), 428, "version.missing")
    told(owners("PATCH", path, {"severity": 1, "version": 1}), 403, "policy.denied")
    mended = owners("PATCH", path, {"state": "mended", "version": 1})
    assert (mended.json()["state"], mended["ETag"]) == ("mended", '"v2"')
    stale = told(planners("PATCH", path, {"title": "x", "version": 1}), 409, "finding.stale")
    assert stale["diff"]
    history = planners.get(f"/editions/fair/ledger/history?kind=finding&key={said['id']}").json()["rows"]
    assert [each["verb"] for each in history] == ["finding.change", "finding.add"]
    undone = planners.post(f"{path}/undo", {"number": history[0]["number"], "version": 2})
    assert undone.json()["state"] == "open"
    assert len(owners.get("/editions/fair/findings?mine=true&state=open&severity=3").json()["rows"]) == 1
    (notice,) = owners.get("/editions/fair/notices?unread=true").json()["rows"]
    assert "Long queue" in notice["words"]
    assert owners.post("/editions/fair/notices/read", {"ids": [notice["id"]]}).json() == {"marked": 1}
    assert owners.get("/editions/fair/notices?unread=true").json()["rows"] == []


def test_a_finding_of_somebody_unknown(edition, planners, played):
    told(planners.post(f"{played}/findings", {"title": "x", "owner": "P-NOBODY"}), 422, "finding.owner")
    told(planners.post(f"{played}/findings", {"title": "x", "place": "gates.none"}), 422, "finding.place")


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_whatever_their_length(edition, planners, played, count, django_assert_max_num_queries):
    for _each in range(count):
        planners.post(f"{played}/findings", {"title": "x"})
        planners.post(f"{played}/remarks", {"text": "x"})
    for path in (PATH, "/editions/fair/findings", f"{played}/remarks", "/editions/fair/results"):
        with django_assert_max_num_queries(8):
            assert planners.get(path).status_code == 200


def test_the_first_screen(edition, planners, played):
    planners.post(f"{played}/findings", {"title": "x", "severity": 3})
    levels = "/editions/fair/plan/sheets/levels/rows"
    key = planners.get(levels).json()["rows"][0]["key"]
    planners("PATCH", f"{levels}/{key}", {"cells": {"name_zh": "底层"}, "version": 1})
    said = planners.get("/editions/fair/summary").json()
    assert said["last"]["changes_since"] == 1
    assert said["last"]["verdict"] == planners.get(played).json()["verdict"]
    assert (said["last"]["title"], said["last"]["overrides"]) == ("first", [])
    assert said["findings"] == {"count": 1, "critical": 1, "major": 0}
    assert said["days_left"] == edition.days_left()
    visitor = people.signed_in(people.person(Role.VISITOR, edition))
    seen = visitor.get("/api/v1/editions/fair/summary").json()
    assert (seen["last"], seen["findings"]) == (None, None)
