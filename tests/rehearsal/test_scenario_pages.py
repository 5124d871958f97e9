"""Pages of scenarios, without scripts: a file tried and kept, chosen in the form, told on the page of the day."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import read_plan
from hostcity.rehearsal.models import KeptScenario, Rehearsal
from tests import people
from tests.rehearsal.conftest import TINY
from tests.rehearsal.scenario_files import ONE_LANE, SLOW, WRONG, kept
from tests.rehearsal.test_pages import MOST_QUERIES, at, queries_of, text_of


@pytest.fixture
def browser(director):
    return people.signed_in(director)


def uploaded(browser, data, name="slow.toml"):
    """The page of a trial that has ended."""
    answer = browser.post(at("scenario-upload"), {"file": SimpleUploadedFile(name, data)})
    job = Job.objects.latest("pk")
    assert answer["Location"] == reverse("scenario-trial", kwargs={"edition": "fair", "public_id": job.public_id})
    run_now(job)
    return browser.get(answer["Location"])


def test_a_file_is_tried_kept_chosen_and_played(edition, browser):
    page = uploaded(browser, SLOW)
    assert re.search(r"Slow checks .* W-security", text_of(page))
    keep = re.search(r'action="([^"]+/keep/)"', page.content.decode())[1]
    said = text_of(browser.post(keep, follow=True))
    assert "The scenario is kept" in said
    form = browser.get(at("rehearsal-start")).content.decode()
    assert re.search(r'<input type="checkbox" name="scenarios" value="slow"[^>]*> Slow checks', form)
    answer = browser.post(at("rehearsal-start"), {"seed": "1", "scenarios": ["slow"]})
    rehearsal = Rehearsal.objects.select_related("job").get()
    assert answer["Location"] == at("rehearsal", rehearsal)
    assert "What goes wrong: Slow checks" in text_of(browser.get(at("rehearsal", rehearsal)))  # while it waits
    run_now(rehearsal.job)
    assert "A belt that fails for two hours" in text_of(browser.get(at("rehearsal", rehearsal)))
    browser.cookies["hostcity_language"] = "zh-hans"
    assert "出错情景：安检变慢" in text_of(browser.get(at("rehearsal", rehearsal)))
    assert re.search(r"Rehearsal 1|安检变慢", text_of(browser.get(at("rehearsals"))))


def test_a_file_with_problems_says_all_of_them(edition, browser):
    said = text_of(uploaded(browser, WRONG))
    assert "timeline.target.unknown" in said
    assert "timeline.ends_at.order" in said
    assert "Nothing is kept." in said


@pytest.mark.parametrize("name", ["slow.txt", "slow.toml"])
def test_a_file_of_another_kind_or_too_large_stands_at_its_field(edition, browser, name):
    data = SLOW + b"#" * (64 * 1024 if name.endswith("toml") else 0)
    answer = browser.post(at("scenario-upload"), {"file": SimpleUploadedFile(name, data)})
    assert answer.status_code == 422
    assert 'id="id_file_error"' in answer.content.decode()
    assert not Job.objects.exists()


def test_the_list_takes_the_same_queries_whatever_its_length(edition, director, browser):
    kept(edition, director)
    of_one = queries_of(browser, at("scenarios"))
    of_form = queries_of(browser, at("rehearsal-start"))
    for name in ("b.toml", "c.toml"):
        kept(edition, director, name=name)
    assert queries_of(browser, at("scenarios")) == of_one <= MOST_QUERIES
    assert queries_of(browser, at("rehearsal-start")) == of_form
    assert browser.get(at("scenarios")).content.decode().count("<article") == 3


def test_the_page_of_a_day_takes_the_same_queries_whatever_went_wrong(edition, director, play, browser):
    for name in ("a.toml", "b.toml", "c.toml"):
        kept(edition, director, ONE_LANE, name)
    one, three = play(scenarios=["a"]), play(scenarios=["a", "b", "c"])
    assert queries_of(browser, at("rehearsal", one)) == queries_of(browser, at("rehearsal", three)) <= MOST_QUERIES + 3
    assert text_of(browser.get(at("rehearsal", three))).count("What goes wrong:") == 3


def test_one_is_shown_with_its_file_and_removed(edition, director, browser):
    scenario = kept(edition, director)
    page = browser.get(at("scenario", scenario))
    assert re.search(r"A belt that fails .* Nothing was drilled.* W-security", text_of(page))
    assert browser.get(at("scenario-file", scenario)).content == SLOW
    assert f"{at('rehearsal-start')}?scenario=slow" in page.content.decode()
    form = browser.get(at("rehearsal-start") + "?scenario=slow").content.decode()
    assert "checked" in re.search(r'<input type="checkbox" name="scenarios" value="slow"[^>]*>', form)[0]
    assert browser.get(at("scenario-remove", scenario)).status_code == 200
    assert "Removed: slow" in text_of(browser.post(at("scenario-remove", scenario), follow=True))
    assert "This edition keeps no scenarios yet." in text_of(browser.get(at("scenarios")))
    assert "This scenario was removed" in text_of(browser.get(at("scenario", scenario)))
    assert browser.get(at("scenario-file", scenario)).content == SLOW
    answer = browser.post(at("rehearsal-start"), {"seed": "1", "scenarios": ["slow"]})
    assert answer.status_code == 422
    assert 'id="id_scenarios_error"' in answer.content.decode()


def test_one_that_no_longer_fits_the_plan_says_so(edition, director, browser):
    scenario = kept(edition, director)
    plan = read_plan(TINY)
    without = plan.replace(stations=tuple(each for each in plan.stations if each.code != "W-security"))
    replace_plan(edition=edition, plan=without, by=None)
    assert "does not fit the plan as it stands; there is 1 problem" in text_of(browser.get(at("scenario", scenario)))


def test_who_may_not_keep_is_not_offered_to(edition, director):
    scenario = kept(edition, director)
    duty = people.signed_in(people.person(Role.DUTY_OFFICER, edition))
    source = duty.get(at("scenarios")).content.decode() + duty.get(at("scenario", scenario)).content.decode()
    assert at("scenario-upload") not in source
    assert at("scenario-remove", scenario) not in source
    assert duty.get(at("scenario-upload")).status_code == 403
    assert duty.post(at("scenario-remove", scenario)).status_code == 403
    assert KeptScenario.objects.get().removed_at is None


def test_two_days_are_told_apart_by_what_goes_wrong(edition, director, play, browser):
    kept(edition, director)
    a, b = play(), play(scenarios=["slow"])
    said = text_of(browser.get(at("rehearsals-compare"), {"a": a.key, "b": b.key}))
    assert "Goes wrong in B only: Slow checks" in said
    assert "Goes wrong in A only" not in said
