"""A rehearsal from its start to its result: the same as the command line's, and the same again."""

import csv
import gzip
import io
import json
import zipfile

import openpyxl
import pytest

from hostcity.core.jobs.services import cancel_job
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Blob, Job, LedgerHead, Notice, Result, SearchDoc, Snapshot
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.results import arrays_of, bytes_of, latest, plan_of_snapshot
from hostcity.engines.wayfinding import Crowding, crowding_of
from hostcity.plan import PlanError, apply_overrides, plan_to_json, read_plan
from hostcity.rehearsal.models import Rehearsal
from hostcity.rehearsal.queries import is_same
from hostcity.rehearsal.services import repeat_rehearsal, start_rehearsal
from hostcity.report.page import page_policy
from hostcity.studies import rehearse
from tests.rehearsal.conftest import TINY


@pytest.fixture(scope="module")
def tiny():
    return rehearse(read_plan(TINY), seed=7, with_swings=False)


def test_the_results_are_those_of_the_command_line(edition, play, tiny):
    rehearsal = play(seed=7, title="Before the talks")
    assert rehearsal.result.results_sha256 == tiny.day.results_sha256
    assert rehearsal.snapshot.plan_sha256 == tiny.plan.sha256
    assert rehearsal.verdict == ("kept" if tiny.verdict.kept else "broken")
    assert rehearsal.peak_p99_s == round(tiny.verdict.peak_p99_s, 3)
    assert latest(edition) == rehearsal.result
    assert rehearsal.result.inputs == {"seed": 7, "overrides": []}
    assert rehearsal.result.summary["results_sha256"] == tiny.day.results_sha256
    assert rehearsal.state == "done"


def test_every_file_of_the_result_can_be_read(play, tiny):
    result = play(seed=7).result
    page = gzip.decompress(bytes_of(result, "report.html.gz")).decode()
    assert "<html lang" in page
    assert tiny.day.results_sha256 in page
    assert json.loads(bytes_of(result, "summary.json")) == result.summary
    with zipfile.ZipFile(io.BytesIO(bytes_of(result, "tables.zip"))) as archive:
        assert archive.testzip() is None
        rows = list(csv.reader(io.StringIO(archive.read("gates.csv").decode("utf-8-sig"))))
    assert len(rows) == 1 + len(tiny.plan.gates)
    assert arrays_of(result, "area_persons")["area_persons"].tolist() == tiny.day.area_persons.tolist()
    book = openpyxl.load_workbook(io.BytesIO(bytes_of(result, "plan.xlsx")))
    assert "stations" in book.sheetnames
    day = tiny.day
    crowding = crowding_of(tiny.plan, day.link_codes, day.link_density_per_m2, day.clock_start_s)
    assert Crowding.from_json(json.loads(bytes_of(result, "crowding.json"))) == crowding
    assert "H1" in crowding.areas


def test_what_is_told_stands_in_both_languages_with_marks(play):
    told = play().told
    assert set(told["title"]) == {"en", "zh"}
    assert told["title"]["en"].startswith("The promise is")
    assert {each["mark"] for each in told["figures"]} <= {"", "reported", "derived", "assumed", "fitted"}
    assert sum(told["marks"].values()) > 100
    assert told["policy"] == page_policy()
    places = [each["place"] for each in told["found"]]
    assert any(place.startswith("gates.") for place in places)
    assert [each["severity"] for each in told["found"]] == sorted(
        (each["severity"] for each in told["found"]), reverse=True
    )


def test_overrides_are_played_and_the_snapshot_stays_the_plan(play, director):
    changes = ["stations.*-security.lanes=1"]
    rehearsal = play(overrides=["", f" {changes[0]} "])
    assert rehearsal.overrides == changes
    assert plan_of_snapshot(rehearsal.snapshot) == read_plan(TINY)
    assert rehearsal.result.summary["plan_hash"] == apply_overrides(read_plan(TINY), changes).sha256
    assert rehearsal.result.summary["overrides"] == changes
    assert rehearsal.verdict == "broken"


def test_repeated_it_gives_the_same_though_the_plan_has_changed(edition, play, director):
    first = play(seed=3)
    plan = read_plan(TINY)
    replace_plan(edition=edition, plan=apply_overrides(plan, ["stations.*.lanes=1"]), by=None)
    again = repeat_rehearsal(rehearsal=first, by=director)
    assert (again.snapshot_id, again.plan_number, is_same(again)) == (first.snapshot_id, first.plan_number, None)
    run_now(again.job)
    again.refresh_from_db()
    assert is_same(again) is True
    again.result.results_sha256 = "0" * 64
    assert is_same(again) is False


def test_equal_plans_share_a_snapshot_and_a_report_of_an_attempt_is_kept_once(play):
    first, second = play(seed=5), play(seed=6)
    assert first.snapshot_id == second.snapshot_id
    assert Snapshot.objects.count() == 1
    assert first.result.blobs["arrays.npz"] != second.result.blobs["arrays.npz"]


@pytest.mark.parametrize(
    ("overrides", "codes"),
    [
        (["stations.nowhere.lanes=4", "lanes", "stations.*-security.lanes=0"],
         {"override.key", "override.form", "stations.lanes.range"}),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_played_is_refused_with_every_problem(edition, director, overrides, codes):
    number = LedgerHead.objects.get(edition=edition).number
    with pytest.raises(PlanError) as error:
        start_rehearsal(edition=edition, by=director, overrides=overrides)
    assert {each.code for each in error.value.problems} >= codes - {"stations.lanes.range"}
    assert_nothing_written(edition, number)


def test_a_broken_plan_is_refused_and_nothing_is_written(edition, director):
    plan = read_plan(TINY)
    replace_plan(edition=edition, plan=plan.replace(gates=(), streams=()), by=None)
    number = LedgerHead.objects.get(edition=edition).number
    with pytest.raises(PlanError) as error:
        start_rehearsal(edition=edition, by=director, overrides=["stations.nowhere.lanes=4"])
    assert len({each.code for each in error.value.problems}) > 2
    assert_nothing_written(edition, number)


def assert_nothing_written(edition, number):
    assert not Rehearsal.objects.exists()
    assert not Snapshot.objects.exists()
    assert not Job.objects.exists()
    assert not Blob.objects.exists()
    assert LedgerHead.objects.get(edition=edition).number == number


def test_each_act_leaves_one_line_and_the_end_is_the_programs(edition, play, director):
    number = LedgerHead.objects.get(edition=edition).number
    rehearsal = play()
    lines = list(Act.objects.filter(number__gt=number).order_by("number").values_list("verb", "by_code", "subject_key"))
    assert lines == [("rehearsal.start", director.code, rehearsal.key), ("rehearsal.end", "", rehearsal.key)]
    body = Act.objects.get(verb="rehearsal.start").body
    assert (body["plan_number"], body["plan_sha256"]) == (number, rehearsal.snapshot.plan_sha256)


def test_a_job_that_is_done_twice_has_one_result(play, director):
    from hostcity.rehearsal.services import end_rehearsal

    rehearsal = play()
    answer = {"verdict": "broken"}  # not looked at
    assert end_rehearsal(rehearsal=rehearsal, answer=answer).verdict == rehearsal.verdict
    assert Result.objects.count() == 1


def test_a_cancelled_rehearsal_has_no_result(edition, director):
    rehearsal = start_rehearsal(edition=edition, by=director)
    cancel_job(job=rehearsal.job, by=director)
    rehearsal.refresh_from_db()
    assert (rehearsal.state, rehearsal.is_open, rehearsal.verdict) == ("cancelled", False, "")
    assert not Result.objects.exists()


def test_cancelled_while_it_is_played_it_stops_within_the_day(edition, director):
    from hostcity.core.jobs import leases
    from hostcity.core.jobs.at_work import AtWork, Cancelled
    from hostcity.rehearsal.jobs import play

    rehearsal = start_rehearsal(edition=edition, by=director)
    job = leases.take(Job.objects.get(pk=rehearsal.job_id), "here")
    Job.objects.filter(pk=job.pk).update(is_cancel_asked=True)
    with pytest.raises(Cancelled):
        play(job.arguments, AtWork(job, leases.lease_of(job)))
    assert not Blob.objects.exclude(sha256=rehearsal.snapshot.blob_id).exists()


def test_the_plan_in_the_snapshot_is_that_of_its_number(edition, director):
    rehearsal = start_rehearsal(edition=edition, by=director)
    assert plan_to_json(plan_of_snapshot(rehearsal.snapshot)) == plan_to_json(read_plan(TINY))
    assert rehearsal.plan_number == rehearsal.snapshot.number


def test_who_started_it_is_told_of_its_end_and_search_finds_it(play, director):
    rehearsal = play(title="Before the talks")
    notice = Notice.objects.get()
    assert (notice.person, notice.kind, notice.path) == (
        director,
        "rehearsal.ended",
        f"/e/fair/rehearsals/{rehearsal.key}/",
    )
    assert notice.values == {"title": "Before the talks", "verdict": rehearsal.verdict}
    assert SearchDoc.objects.get(kind="rehearsal").title_zh == "推演：Before the talks"
