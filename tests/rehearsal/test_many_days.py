"""A rehearsal of many possible days: from its form to report, list and API, with one result for one seed."""

import gzip
import io
import json

import numpy as np
import pytest

from hostcity.core.errors import Refused
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act
from hostcity.core.results import bytes_of
from hostcity.plan import read_plan
from hostcity.rehearsal.models import Rehearsal
from hostcity.rehearsal.queries import is_same
from hostcity.rehearsal.services import cancel_rehearsal, repeat_rehearsal, start_rehearsal
from hostcity.studies.replicate import replicate_day
from hostcity.studies.runs.inline import InlinePool
from tests import people
from tests.rehearsal.conftest import TINY
from tests.rehearsal.test_pages import at, text_of

RUNS = 3


@pytest.fixture
def browser(director):
    return people.signed_in(director)


@pytest.fixture
def rehearsal(play):
    return play(seed=7, runs=RUNS)


def test_its_days_are_those_of_the_command_line(rehearsal):
    many = replicate_day(read_plan(TINY), runs=RUNS, seed=7, pool=InlinePool())
    said = rehearsal.result.summary["many"]
    assert said["results_sha256"] == many.results_sha256
    assert (rehearsal.kept_runs, rehearsal.kept_percent) == (many.kept_runs, round(100 * many.kept_runs / RUNS))
    assert rehearsal.result.inputs == {"seed": 7, "overrides": [], "runs": RUNS}
    assert rehearsal.told["many"]["en"].startswith(f"The promise is kept on {many.kept_runs} of {RUNS} days")
    assert rehearsal.told["many"]["zh"].startswith(f"{RUNS} 天中")
    assert json.loads(bytes_of(rehearsal.result, "summary.json"))["many"] == said
    assert '<section id="many"' in gzip.decompress(bytes_of(rehearsal.result, "report.html.gz")).decode()


def test_repeated_it_gives_the_same_and_other_runs_give_another_result(rehearsal, play, director):
    again = repeat_rehearsal(rehearsal=rehearsal, by=director)
    run_now(again.job)
    again.refresh_from_db()
    assert (again.runs, is_same(again)) == (RUNS, True)
    others = {play(seed=7, runs=runs).result.results_sha256 for runs in (1, 2)}
    assert len(others | {again.result.results_sha256}) == 3
    assert Act.objects.filter(verb="rehearsal.start").order_by("pk").first().body["runs"] == RUNS


def test_it_is_work_of_its_own_kind_and_can_be_cancelled(edition, director):
    started = start_rehearsal(edition=edition, by=director, runs=RUNS)
    assert started.job.kind == "rehearsal.play_many"
    cancel_rehearsal(rehearsal=started, by=director)
    started = Rehearsal.objects.select_related("job").get(pk=started.pk)
    assert (started.state, started.kept_percent) == ("cancelled", None)


@pytest.mark.parametrize("runs", [0, -1, 201])
def test_runs_out_of_range_are_refused(edition, director, runs):
    with pytest.raises(Refused) as error:
        start_rehearsal(edition=edition, by=director, runs=runs)
    assert (error.value.code, error.value.field) == ("rehearsal.runs", "runs")
    assert not Rehearsal.objects.exists()


def test_form_list_page_and_curves(edition, browser):
    answer = browser.post(at("rehearsal-start"), {"seed": "7", "runs": str(RUNS)})
    assert answer.status_code == 302
    started = Rehearsal.objects.select_related("job").get()
    run_now(started.job)
    rehearsal = Rehearsal.objects.get()
    assert f"{RUNS} runs: kept on {rehearsal.kept_percent} % of days" in text_of(browser.get(at("rehearsals")))
    page = browser.get(at("rehearsal", rehearsal))
    assert rehearsal.told["many"]["en"] in text_of(page)
    assert f"{RUNS} possible days" in text_of(page)
    with np.load(io.BytesIO(browser.get(at("rehearsal-file", rehearsal, name="runs.npz")).content)) as arrays:
        assert arrays["figures"].shape[0] == RUNS


@pytest.mark.parametrize("runs", ["0", "201", "x"])
def test_what_is_no_number_of_days_stands_at_its_field(edition, browser, runs):
    assert browser.post(at("rehearsal-start"), {"seed": "1", "runs": runs}).status_code == 422
    assert not Rehearsal.objects.exists()


def test_one_day_has_no_curves_of_others(play, browser):
    one = play(seed=7)
    assert (one.kept_runs, one.told["many"], "runs.npz" in one.result.blobs) == (None, None, False)
    assert "runs.npz" not in browser.get(at("rehearsal", one)).content.decode()
    assert browser.get(at("rehearsal-file", one, name="runs.npz")).status_code == 404


def test_one_that_was_cancelled_is_asked_for_again_with_all_that_was_asked(edition, director, browser):
    overrides = ["stations.W-security.lanes=2"]
    rehearsal = start_rehearsal(edition=edition, by=director, title="Two", seed=7, runs=3, overrides=overrides)
    page, again = (f"/e/{edition.code}/rehearsals/{rehearsal.public_id}/", f"?again={rehearsal.public_id}")
    assert again not in browser.get(page).content.decode()  # it is still to be played
    browser.post(f"/e/{edition.code}/jobs/{rehearsal.job.public_id}/cancel/")
    assert again in browser.get(page).content.decode()
    form = browser.get(f"/e/{edition.code}/rehearsals/start/{again}").context["form"]
    assert [form[name].value() for name in ("title", "seed", "runs", "overrides")] == ["Two", 7, 3, *overrides]
    assert browser.get(f"/e/{edition.code}/rehearsals/start/?again=x").status_code == 404
