"""Calibrations by the API: counts uploaded, figures with ranges, files, cancelled."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import read_plan
from tests.rehearsal.test_calibration import COUNTS, FIT, WRONG
from tests.site.api.test_door import told

TINY = Path(__file__).parents[3] / "examples" / "tiny" / "expo.xlsx"
PATH = "/editions/fair/calibrations"
OVERRIDES = ["stations.W-security.lanes=2", "uncertainties.staff.high=0"]


@pytest.fixture(autouse=True)
def _plan(edition):
    replace_plan(edition=edition, plan=read_plan(TINY), by=None)


@pytest.fixture
def start(planners):
    """Uploads counts."""

    def it(data=COUNTS, name="counts.csv", **more):
        body = {"file": SimpleUploadedFile(name, data), "fits": [FIT], "runs": 6, "overrides": OVERRIDES} | more
        return planners.client.post(f"/api/v1{PATH}", body, headers=planners.headers)

    return it


@pytest.mark.slow
def test_counts_are_uploaded_and_what_is_fitted_can_be_rehearsed(planners, start):
    started = start()
    assert (started.status_code, started.json()["state"]) == (202, "queued"), started.content
    assert (started.json()["fits"], started.json()["overrides"], started.json()["runs"]) == ([FIT], OVERRIDES, 6)
    path = f"{PATH}/{started.json()['id']}"
    told(planners.get(f"{path}/files"), 404, "request.not-found")
    run_now(Job.objects.get())
    said = planners.get(path).json()
    assert (said["state"], said["summary"]["counts"]["used"]) == ("done", 6)
    assert planners.get(f"{path}/files").content.startswith(b"PK")
    overrides = [*said["overrides"], *said["summary"]["changes"]]
    assert planners.post("/editions/fair/rehearsals", {"overrides": overrides}).json()["overrides"] == overrides
    assert [each["id"] for each in planners.get(PATH).json()["rows"]] == [said["id"]]
    told(planners.post(f"{path}/cancel"), 422, "job.ended")


def test_wrong_counts_are_the_jobs_error(planners, start):
    path = f"{PATH}/{start(WRONG).json()['id']}"
    run_now(Job.objects.get())
    problems = planners.get(path).json()["job"]["error"]["problems"]
    assert [(each["row"], each["column"]) for each in problems] == [(2, "place"), (3, "unit")]


def test_what_cannot_be_started_is_refused(start):
    told(start(name="counts.xlsx"), 422, "calibration.file_kind")
    told(start(runs=5), 422, "request.invalid")
    told(start(runs="six"), 422, "request.invalid")
    told(start(overrides=["nonsense"]), 422, "plan.problems")
    assert not Job.objects.exists()


def test_one_is_cancelled(planners, start):
    path = f"{PATH}/{start().json()['id']}"
    assert planners.post(f"{path}/cancel").json()["state"] == "cancelled"
