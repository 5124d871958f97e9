"""Looks through the microscope by the API: asked for, told, cancelled, refused."""

import pytest

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import read_plan
from hostcity.rehearsal.looks.services import is_there
from tests.rehearsal.conftest import TINY
from tests.site.api.test_door import told

pytestmark = pytest.mark.skipif(
    not is_there(), reason="hostcity[micro] is not installed: there are no wheels of JuPedSim for every machine"
)
ASKED = {"at": "security", "starts": "09:30", "minutes": 1, "trials": 0}


def test_a_look_is_asked_for_and_told(planners, edition):
    replace_plan(edition=edition, plan=read_plan(TINY), by=None)
    rehearsal = planners.post("/editions/fair/rehearsals", {}).json()["id"]
    path = f"/editions/fair/rehearsals/{rehearsal}/looks"
    told(planners.post(path, ASKED), 422, "look.rehearsal")
    run_now(Job.objects.get())
    told(planners.post(path, ASKED | {"minutes": 16}), 422, "request.invalid")
    started = planners.post(path, ASKED)
    assert (started.status_code, started.json()["state"]) == (202, "queued"), started.content
    look = f"/editions/fair/looks/{started.json()['id']}"
    told(planners.get(f"{look}/files"), 404, "request.not-found")
    run_now(Job.objects.get(kind="rehearsal.look"))
    said = planners.get(look).json()
    assert (said["state"], said["summary"]["at"], said["summary"]["offer"]) == ("done", "nodes.security", None)
    assert {row["figure"] for row in said["summary"]["beside"]} >= {"flow_per_m_per_s", "queue_m2", "density_per_m2"}
    assert planners.get(f"{look}/files").content.startswith(b"PK")
    assert [each["id"] for each in planners.get(path).json()["rows"]] == [said["id"]]
    told(planners.post(f"{look}/cancel"), 422, "job.ended")
    waiting = planners.post(path, ASKED).json()["id"]
    assert planners.post(f"/editions/fair/looks/{waiting}/cancel").json()["state"] == "cancelled"
