"""Pages of calibrations, without scripts: counts uploaded, figures with ranges, the fitted plan rehearsed with one button."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hostcity.core.jobs.worker import run_now
from hostcity.core.models.people import Role
from hostcity.rehearsal.calibrations.services import MOST_BYTES, start_calibration
from hostcity.rehearsal.models import Calibration, Rehearsal
from tests import people
from tests.rehearsal.test_advice_pages import hidden
from tests.rehearsal.test_calibration import COUNTS, FIT, GIVEN, WRONG
from tests.rehearsal.test_pages import MOST_QUERIES, at, queries_of, text_of


@pytest.fixture
def browser(director):
    return people.signed_in(director)


def asked(data=COUNTS, name="counts.csv", **more):
    given = {"fits": FIT, "runs": "6", "seed": "1", "overrides": "stations.W-security.lanes=2"} | more
    return given | ({"file": SimpleUploadedFile(name, data)} if data is not None else {})


def test_counts_are_fitted_shown_and_taken_over_with_one_button(edition, browser):
    answer = browser.post(at("calibration-start"), asked())
    calibration = Calibration.objects.select_related("job").get()
    assert answer["Location"] == at("calibration", calibration)
    assert b"<progress" in browser.get(at("calibration", calibration)).content
    assert browser.get(at("calibration-files", calibration)).status_code == 404
    run_now(calibration.job)
    calibration.refresh_from_db()
    page = browser.get(at("calibration", calibration))
    said, told = text_of(page), calibration.result.summary["said"]
    (figure,) = told["figures"]
    for text in (
        figure["before"],
        figure["after"],
        figure["range"],
        figure["said"]["en"],
        "rows in which nobody counted: 1",
    ):
        assert text in said
    assert f"{figure['figure']} [s]" in said
    assert {each["what"]["en"]: each["before"]["en"].partition(" ")[2] for each in told["series"]} == {
        "entries": "persons", "wait": "min",
    }  # fmt: skip
    assert page.content.decode().count('class="fit-chart"') == len(told["charts"]) == 2
    assert browser.get(at("calibration-files", calibration)).content.startswith(b"PK")
    given = hidden(page.content.decode(), at("rehearsal-start"))
    browser.post(at("rehearsal-start"), given)
    rehearsal = Rehearsal.objects.get()
    assert rehearsal.title == f"Calibration {calibration.number}: fitted"
    assert rehearsal.overrides == ["stations.W-security.lanes=2", *calibration.result.summary["changes"]]
    assert re.search(
        rf"Calibration {calibration.number} counts\.csv 6 counts", text_of(browser.get(at("calibrations")))
    )
    browser.cookies["hostcity_language"] = "zh-hans"
    assert figure["said"]["zh"] in text_of(browser.get(at("calibration", calibration)))


def test_wrong_counts_are_told_by_row_and_column_and_the_same_file_can_be_fitted_again(edition, browser):
    browser.post(at("calibration-start"), asked(WRONG))
    calibration = Calibration.objects.select_related("job").get()
    run_now(calibration.job)
    source = browser.get(at("calibration", calibration)).content.decode()
    assert re.search(r"<td>2</td><td>place</td>", source)
    assert re.search(r"<td>3</td><td>unit</td>", source)
    again = f"{at('calibration-start')}?again={calibration.key}"
    assert "counts.csv once more" in text_of(browser.get(again))
    assert browser.post(again, asked(None)).status_code == 302
    assert Calibration.objects.latest("pk").counts_id == calibration.counts_id
    assert browser.post(at("calibration-start"), asked(None)).status_code == 422


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (asked(name="counts.txt"), "file"),
        (asked(b"," * (MOST_BYTES + 1)), "file"),
        (asked(runs="5"), "runs"),
        (asked(fits="\n".join(["x"] * 21)), "fits"),
    ],
)
def test_what_cannot_be_started_stands_at_its_field(edition, browser, given, field):
    answer = browser.post(at("calibration-start"), given)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Calibration.objects.exists()


def test_the_list_takes_the_same_queries_whatever_its_length(edition, director, browser):
    start_calibration(edition=edition, by=director, **GIVEN)
    of_one = queries_of(browser, at("calibrations"))
    for seed in (2, 3):
        start_calibration(edition=edition, by=director, **GIVEN | {"seed": seed})
    assert queries_of(browser, at("calibrations")) == of_one <= MOST_QUERIES
    assert browser.get(at("calibrations")).content.decode().count('<tr><th scope="row">') == 3


def test_who_may_not_start_is_offered_nothing(edition, director):
    calibration = start_calibration(edition=edition, by=director, **GIVEN)
    duty = people.signed_in(people.person(Role.DUTY_OFFICER, edition))
    source = duty.get(at("calibrations")).content.decode() + duty.get(at("calibration", calibration)).content.decode()
    assert at("calibration-start") not in source
    assert duty.get(at("calibration-start")).status_code == 403
