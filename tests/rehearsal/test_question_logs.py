"""Logs of questions at information desks: uploaded, fitted, told by row, and taken into the sheet of wrong turns."""

import dataclasses
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused, Several
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Edition, Job
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import change_row, replace_plan
from hostcity.core.plan_rows.undo import undo_act
from hostcity.plan.rows import WrongTurns
from hostcity.rehearsal.calibrations.services import Log, start_calibration
from hostcity.rehearsal.calibrations.taking import take_fitted
from hostcity.rehearsal.models import Calibration
from tests import people
from tests.rehearsal.test_pages import at, text_of
from tests.shared_rows import undone
from tests.studies.calibration.test_questions import desked, logged

PERSONS = 200
WRONG = b"time,place,destination\n01:00,nowhere,A\n01:00,1-1,Z\n"


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """What volunteers wrote down on a day on which fewer find the way than the plan assumes."""
    path = tmp_path_factory.mktemp("log") / "asks.csv"
    logged(desked(PERSONS), path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def fitted(module_db, log):
    """Fitted once; what a test does is undone."""
    edition = people.edition()
    with scope(edition=edition):
        plan = desked(PERSONS)
        off = dataclasses.replace(plan.wrong_turns[0], happen=False)
        replace_plan(edition=edition, plan=plan.replace(wrong_turns=(off,)), by=None)
        director = people.person(Role.DRILL_DIRECTOR, edition)
        made = start_calibration(
            edition=edition, by=director, name="asks.csv", data=log, runs=6, log=Log(starts="00:00", ends="6:00")
        )
        run_now(made.job)
    return edition, made.pk


@pytest.fixture
def calibration(fitted):
    edition, pk = fitted
    with undone(), scope(edition=edition):
        yield Calibration.objects.select_related("result", "job", "edition", "by").get(pk=pk)


@pytest.fixture
def browser(calibration):
    return people.signed_in(calibration.by)


def chances(edition):
    (row,) = plan_of(Edition.objects.get(pk=edition.pk)).wrong_turns
    return row


def test_chances_are_fitted_and_shown_before_and_after(calibration, browser):
    said = calibration.result.summary["said"]
    figures = [each["figure"].rpartition(".")[2] for each in said["figures"]]
    assert figures == ["straight_share", "turn_share", "signed_share"]
    assert calibration.result.inputs["evidence"] == "questions"
    page = text_of(browser.get(at("calibration", calibration)))
    for text in (
        "Log of questions asks.csv",
        "from 00:00 to 6:00",
        "questions",
        said["figures"][1]["after"],
        "Take into the plan",
    ):
        assert text in page
    assert "Questions at information desks" in text_of(browser.get(at("calibrations")))


def test_they_are_taken_into_the_plan_as_one_act_and_undone(calibration, browser):
    edition, was = calibration.edition, plan_of(calibration.edition)
    told = calibration.result.summary["said"]["to_take"]
    answer = browser.post(at("calibration-take", calibration))
    assert answer["Location"] == at("calibration", calibration)
    row, plan = chances(edition), plan_of(edition)
    assert {name: getattr(row, name) for name in told["fields"]} == {
        name: after for name, (_, after) in told["fields"].items()
    }
    assert (row.happen, row.newcomer_share) == (False, 1.0)
    marks = {each.figure: each for each in plan.provenance}
    of_turns = marks["wrong_turns.day.turn_share"]
    assert (of_turns.mark, plan.sources[-1].code, plan.sources[-1].name.partition(" ")[0]) == (
        "fitted",
        of_turns.source,
        "asks.csv",
    )
    act = Act.objects.latest("number")
    assert (act.verb, act.body["calibration"], act.body["name"]) == ("plan.import", calibration.key, "asks.csv")
    assert "The plan has these chances." in text_of(browser.get(at("calibration", calibration)))
    assert take_fitted(calibration=calibration, by=calibration.by) == []
    undo_act(edition=edition, act=act, by=calibration.by)
    assert plan_of(edition) == was


def test_without_a_row_it_gets_one_by_which_nobody_turns_wrong_yet(calibration):
    edition = calibration.edition
    replace_plan(edition=edition, plan=plan_of(edition).replace(wrong_turns=()), by=None)
    take_fitted(calibration=calibration, by=calibration.by)
    row, usual = chances(edition), WrongTurns(code="day")
    assert (row.code, row.happen, row.newcomer_share) == ("day", False, usual.newcomer_share)
    assert row.turn_share == calibration.result.summary["said"]["to_take"]["fields"]["turn_share"][1]


def test_what_the_plan_has_otherwise_by_now_is_not_overwritten(calibration, browser):
    edition = calibration.edition
    given = {"edition": edition, "sheet": "wrong_turns", "key": "day", "version": 1, "by": calibration.by}
    change_row(changes={"turn_share": 0.6}, **given)
    answer = browser.post(at("calibration-take", calibration))
    assert (answer.status_code, "fit again before you take them" in text_of(answer)) == (422, True)
    assert chances(edition).turn_share == 0.6
    with pytest.raises(NotAllowed):
        take_fitted(calibration=calibration, by=people.person(Role.DUTY_OFFICER, edition))


def test_a_log_is_uploaded_and_what_is_wrong_is_told_by_row_and_column(calibration, browser):
    given = {"runs": "6", "seed": "1", "starts": "01:00", "file": SimpleUploadedFile("asks.csv", WRONG)}
    assert browser.post(at("calibration-log"), given).status_code == 302
    made = Calibration.objects.select_related("job").latest("pk")
    assert (made.evidence, made.starts, made.ends) == ("questions", "01:00", "")
    run_now(made.job)
    problems = Job.objects.get(pk=made.job.pk).error["problems"]
    assert [(each["row"], each["column"]) for each in problems] == [(2, "place"), (3, "destination")]
    source = browser.get(at("calibration", made)).content.decode()
    assert re.search(r"<td>2</td><td>place</td>", source)
    assert f"{at('calibration-log')}?again={made.key}" in source
    assert 'value="01:00"' in browser.get(f"{at('calibration-log')}?again={made.key}").content.decode()
    with pytest.raises(Refused, match=r"calibration\.nothing"):
        take_fitted(calibration=made, by=calibration.by)


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"log": Log(starts="noon")}, ["calibration.starts"]),
        ({"log": Log(starts="noon", ends="9:7:7:7")}, ["calibration.starts", "calibration.ends"]),
        ({"log": Log(), "fits": ["stations.*.lanes=1..2"]}, ["calibration.fits"]),
        ({"log": Log(), "name": "asks.xlsx"}, ["calibration.file_kind"]),
    ],
)
def test_what_cannot_be_started_is_refused(calibration, more, codes):
    with pytest.raises(Refused) as error:
        start_calibration(edition=calibration.edition, by=calibration.by, **{"name": "asks.csv", "data": WRONG} | more)
    refusals = error.value.refusals if isinstance(error.value, Several) else [error.value]
    assert [each.code for each in refusals] == codes


def test_a_wrong_time_stands_at_its_field(calibration, browser):
    given = {"runs": "6", "seed": "1", "starts": "noon", "ends": "late", "file": SimpleUploadedFile("asks.csv", WRONG)}
    source = browser.post(at("calibration-log"), given).content.decode()
    assert ('id="id_starts_error"' in source, 'id="id_ends_error"' in source) == (True, True)


def test_the_api_fits_shows_and_takes_a_log(calibration, browser):
    api = "/api/v1/editions/fair/calibrations"
    sent = browser.post(
        f"{api}/questions", {"runs": "6", "ends": "06:00", "file": SimpleUploadedFile("asks.csv", WRONG)}
    )
    assert (sent.status_code, sent.json()["evidence"]) == (202, "questions")
    shown = browser.get(f"{api}/{calibration.key}").json()
    assert shown["summary"]["said"]["to_take"]["code"] == "day"
    taken = browser.post(f"{api}/{calibration.key}/take", content_type="application/json")
    assert (taken.status_code, taken.json()["number"]) == (200, Act.objects.latest("number").number)
    again = browser.post(f"{api}/{calibration.key}/take", content_type="application/json")
    assert again.json() == {"acts": 0, "number": None}
