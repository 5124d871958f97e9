"""Advice by the API: asked for, shown, cancelled."""

from pathlib import Path

import pytest

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import read_plan
from tests.rehearsal.test_advice import ASKED
from tests.site.api.test_door import told

TINY = Path(__file__).parents[3] / "examples" / "tiny" / "expo.xlsx"
PATH = "/editions/fair/advice"


@pytest.fixture(autouse=True)
def _plan(edition):
    replace_plan(edition=edition, plan=read_plan(TINY), by=None)


def test_it_is_asked_for_and_shown_and_its_changes_can_be_rehearsed(planners):
    started = planners.post(PATH, ASKED)
    assert (started.status_code, started.json()["state"], started.json()["summary"]) == (202, "queued", None)
    path = f"{PATH}/{started.json()['id']}"
    run_now(Job.objects.get())
    said = planners.get(path).json()
    assert (said["state"], said["goal"], said["summary"]["budget"]) == ("done", ASKED["goal"], {"lanes": 1.0})
    overrides = [*said["overrides"], *said["summary"]["suggestions"][0]["changes"]]
    assert planners.post("/editions/fair/rehearsals", {"overrides": overrides}).json()["overrides"] == overrides
    assert [each["id"] for each in planners.get(PATH).json()["rows"]] == [said["id"]]
    told(planners.post(f"{path}/cancel"), 422, "job.ended")


def test_one_is_cancelled(planners):
    path = f"{PATH}/{planners.post(PATH, ASKED).json()['id']}"
    assert planners.post(f"{path}/cancel").json()["state"] == "cancelled"


def test_what_cannot_be_asked_is_refused(planners):
    told(planners.post(PATH, {}), 422, "request.invalid")
    told(planners.post(PATH, ASKED | {"runs": 1}), 422, "request.invalid")
    told(planners.post(PATH, ASKED | {"overrides": ["nonsense"]}), 422, "plan.problems")
    assert not Job.objects.exists()
