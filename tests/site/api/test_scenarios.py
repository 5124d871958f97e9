"""Scenarios by the API: tried, kept, played, removed."""

from pathlib import Path

import pytest

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import read_plan
from tests.rehearsal.scenario_files import SLOW, WRONG
from tests.site.api.test_door import told
from tests.site.api.test_imports import upload as sent

TINY = Path(__file__).parents[3] / "examples" / "tiny" / "expo.xlsx"
PATH = "/editions/fair/scenarios"


@pytest.fixture
def upload(edition, planners):
    """Tries a file; gives its job."""
    replace_plan(edition=edition, plan=read_plan(TINY), by=None)

    def it(data, name="slow.toml"):
        answer = sent(planners, f"{PATH}/trials", name, data)
        assert answer.status_code == 202, answer.content
        run_now(Job.objects.get(public_id=answer.json()["id"]))
        return answer.json()["id"]

    return it


def test_one_is_tried_kept_played_and_removed(edition, planners, upload):
    job = upload(SLOW)
    assert planners.get(f"/editions/fair/jobs/{job}").json()["answer"]["title_en"] == "Slow checks"
    made = planners.post(f"{PATH}/trials/{job}/keep")
    assert made.status_code == 201
    path = f"{PATH}/{made.json()['id']}"
    assert [each["name"] for each in planners.get(PATH).json()["rows"]] == ["slow"]
    assert planners.get(f"{path}/file").content == SLOW
    started = planners.post("/editions/fair/rehearsals", {"scenarios": ["slow"]}).json()
    (played,) = started["scenarios"]
    assert (played["name"], played["sha256"]) == ("slow", made.json()["sha256"])
    assert planners("DELETE", path).status_code == 204
    assert planners.get(PATH).json()["rows"] == []
    assert planners.get(path).json()["removed_at"] is not None
    told(planners.post("/editions/fair/rehearsals", {"scenarios": ["slow"]}), 422, "scenario.unknown")


def test_what_is_wrong_is_told_all_at_once_and_not_kept(edition, planners, upload):
    job = upload(WRONG)
    error = planners.get(f"/editions/fair/jobs/{job}").json()["error"]
    assert {each["code"] for each in error["problems"]} == {"timeline.target.unknown", "timeline.ends_at.order"}
    told(planners.post(f"{PATH}/trials/{job}/keep"), 422, "scenario.no_trial")


def test_a_file_too_large_is_refused(edition, planners):
    answer = sent(planners, f"{PATH}/trials", "slow.toml", SLOW + b"#" * 64 * 1024)
    told(answer, 422, "scenario.file_size")
