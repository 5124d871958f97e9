"""Calibrations on the site: counts uploaded, fitted by the worker as the study fits them, taken over, cancelled, refused."""

import io
import zipfile
from pathlib import Path

import pytest
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Job
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.results import bytes_of
from hostcity.core.results.orphans import needed
from hostcity.plan import PlanError, apply_overrides, read_plan
from hostcity.rehearsal.calibrations import services
from hostcity.rehearsal.calibrations.queries import calibration_in_full, calibrations
from hostcity.rehearsal.models import Calibration
from hostcity.report.calibrated import calibration_data
from hostcity.studies.calibration import asked_parameters, calibrate, read_counts
from hostcity.studies.runs.inline import InlinePool
from tests import people
from tests.rehearsal.conftest import TINY

#: Security took longer than planned; a quarter nobody counted.
COUNTS = b"""time,minutes,what,place,value,unit,n
09:00,15,entries,W,190,persons,
09:15,15,entries,W,,persons,
09:30,15,entries,W,183,persons,
09:15,15,wait,W-security,36.8,s,5
09:30,15,wait,W-security,37,s,5
09:45,15,wait,W-security,14.4,s,5
10:00,15,wait,W-security,5.6,s,5
"""
#: The first is not there, the second has no unit.
WRONG = b"time,minutes,what,place,value,unit\n09:00,15,entries,nowhere,70,persons\n10:00,15,wait,W-security,4,\n"
FIT = "stations.W-security.service_mean_s=5..10"
GIVEN = {"name": "counts.csv", "data": COUNTS, "fits": [FIT], "runs": 6, "overrides": ["stations.W-security.lanes=2"]}


@pytest.fixture
def fit(edition, director):
    """Starts one, and has the worker's job done in this process."""

    def it(**more):
        calibration = services.start_calibration(edition=edition, by=director, **GIVEN | more)
        run_now(calibration.job)
        return calibration_in_full(edition, director, calibration.public_id)

    return it


@pytest.mark.slow
def test_what_is_fitted_is_what_the_study_fits_and_its_files_are_kept(edition, fit, tmp_path):
    calibration = fit()
    plan = apply_overrides(read_plan(TINY), GIVEN["overrides"])
    (tmp_path / "counts.csv").write_bytes(COUNTS)
    counts = read_counts(tmp_path / "counts.csv", plan)
    studied = calibrate(plan, counts, asked_parameters(plan, [FIT]), runs=6, pool=InlinePool())
    summary = calibration.result.summary
    assert {name: value for name, value in summary.items() if name != "said"} == calibration_data(studied)
    assert calibration.found["counts"] == 6
    assert (len(summary["changes"]), summary["said"]["is_exact"]) == (1, True)
    assert summary["said"]["charts"][0]["title"]["zh"].startswith("入场")
    with zipfile.ZipFile(io.BytesIO(bytes_of(calibration.result, services.FILES))) as files:
        assert {"expo.xlsx", "counts.csv", "index.html"} <= set(files.namelist())
    assert calibration.result.inputs["counts_sha256"] == calibration.counts_id
    assert calibration.counts_id in set(needed())
    acts = Act.objects.filter(subject_kind="calibration").order_by("number")
    assert [act.verb for act in acts] == ["calibration.start", "calibration.end"]


def test_what_is_wrong_with_counts_and_figures_is_said_at_once_by_row_and_column(edition, fit):
    calibration = fit(data=WRONG, fits=["stations.nowhere.lanes=1..2"])
    problems = Job.objects.get(pk=calibration.job.pk).error["problems"]
    assert [(each["row"], each["column"]) for each in problems[:2]] == [(2, "place"), (3, "unit")]
    assert len(problems) == 3
    assert problems[2]["code"].startswith("fit.")
    assert calibration.state == "failed"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": "counts.xlsx"}, "calibration.file_kind"),
        ({"name": ".csv"}, "calibration.file_kind"),
        ({"data": b"," * (services.MOST_BYTES + 1)}, "calibration.file_size"),
        ({"runs": 5}, "calibration.runs"),
        ({"runs": 51}, "calibration.runs"),
        ({"fits": ["x"] * 21}, "calibration.fits"),
        ({"fits": ["x" * 201]}, "calibration.fits"),
        ({"seed": -1}, "rehearsal.seed"),
    ],
)
def test_what_cannot_be_started_is_refused(edition, director, more, code):
    with pytest.raises(Refused) as error:
        services.start_calibration(edition=edition, by=director, **GIVEN | more)
    assert error.value.code == code
    assert not Job.objects.exists()


def test_a_plan_that_cannot_be_played_is_refused(edition, director):
    with pytest.raises(PlanError, match="nowhere"):
        services.start_calibration(edition=edition, by=director, **GIVEN | {"overrides": ["stations.nowhere.lanes=1"]})
    assert not Calibration.objects.exists()


def test_it_is_cancelled_by_who_started_it_or_the_drill_director(edition, director):
    planner, other = (people.person(Role.PLANNER, edition) for _ in range(2))
    calibration = services.start_calibration(edition=edition, by=planner, **GIVEN)
    with pytest.raises(NotAllowed):
        services.cancel_calibration(calibration=calibration, by=other)
    services.cancel_calibration(calibration=calibration, by=director)
    assert calibration_in_full(edition, director, calibration.public_id).state == "cancelled"


def test_who_may_not_start_sees_it_all_the_same_and_another_edition_nothing(edition, director):
    calibration = services.start_calibration(edition=edition, by=director, **GIVEN)
    officer = people.person(Role.GUEST_OFFICER, edition)
    with pytest.raises(NotAllowed):
        services.start_calibration(edition=edition, by=officer, **GIVEN)
    assert list(calibrations(edition, officer)) == [calibration]
    other = people.edition("other")
    replace_plan(edition=other, plan=read_plan(TINY), by=None)
    with scope(edition=other):
        assert not calibrations(other, people.person(Role.DRILL_DIRECTOR, other)).exists()


def test_a_file_is_called_safely():
    assert services.name_of_file("C:\\My counts\\gate west.CSV") == "gate-west.csv"
    assert services.name_of_file("计数.csv") == "计数.csv"


def test_the_example_is_understood(edition, director):
    data = Path("examples/tiny/counts.csv").read_bytes()
    assert services.start_calibration(edition=edition, by=director, name="counts.csv", data=data).fits == []
