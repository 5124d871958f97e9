"""Pages of advice, without scripts: asked for, shown with intervals, a suggestion taken over with one button."""

import html
import re

import pytest

from hostcity.core.jobs.worker import run_now
from hostcity.core.models.people import Role
from hostcity.rehearsal.advice.services import start_advice
from hostcity.rehearsal.models import Advice, Rehearsal
from tests import people
from tests.rehearsal.scenario_files import kept
from tests.rehearsal.test_advice import ASKED
from tests.rehearsal.test_pages import MOST_QUERIES, at, queries_of, text_of


@pytest.fixture
def browser(director):
    return people.signed_in(director)


GIVEN = {
    "budget": "lanes=1",
    "goal": "promise.peak_p99_s",
    "runs": "2",
    "seed": "3",
    "overrides": "stations.W-badge.lanes=1",
}


def hidden(source, action):
    """What the first form with this action would send."""
    form = re.search(rf'<form[^>]*action="{re.escape(action)}".*?</form>', source, re.S)[0]
    values = [html.unescape(each) for each in re.findall(r'name="scenarios" value="([^"]*)"', form)]
    given = dict(re.findall(r'<input type="hidden" name="(title|seed)" value="([^"]*)"', form))
    text = re.search(r"<textarea name=\"overrides\" hidden>(.*?)</textarea>", form, re.S)[1]
    return {name: html.unescape(each) for name, each in given.items()} | {
        "scenarios": values,
        "overrides": html.unescape(text),
    }


def advice_changes(advice):
    """The one change of the first suggestion."""
    advice.refresh_from_db()
    (change,) = advice.result.summary["suggestions"][0]["changes"]
    return change


def test_it_is_asked_for_and_a_suggestion_is_taken_over_with_one_button(edition, director, browser):
    kept(edition, director)
    answer = browser.post(at("advice-start"), GIVEN | {"scenarios": ["slow"]})
    advice = Advice.objects.select_related("job").get()
    assert answer["Location"] == at("advice", advice)
    assert (advice.goal, advice.budget, advice.overrides) == (
        "promise.peak_p99_s",
        "lanes=1",
        ["stations.W-badge.lanes=1"],
    )
    assert b"<progress" in browser.get(at("advice", advice)).content
    assert "Cancel the work" in text_of(browser.get(at("advice", advice)))
    run_now(advice.job)
    page = browser.get(at("advice", advice))
    said = text_of(page)
    assert "smaller: 99 of 100 in within, busiest hour [min]" in said
    assert re.search(
        r"1\. 1 more lane at [^(]+ \((W-\w+)\) stations\.\1\.lanes\+=1 1 lane, 1 staff, 8 lane-hours −\d+\.\d ± \d+\.\d ",
        said,
    ), said
    given = hidden(page.content.decode(), at("rehearsal-start"))
    assert given["title"] == f"Advice {advice.number}: suggestion 1"
    taken = browser.post(at("rehearsal-start"), given)
    rehearsal = Rehearsal.objects.get()
    assert taken["Location"] == at("rehearsal", rehearsal)
    assert (rehearsal.seed, rehearsal.overrides) == (3, ["stations.W-badge.lanes=1", advice_changes(advice)])
    assert [each["name"] for each in rehearsal.scenarios] == ["slow"]
    listed = text_of(browser.get(at("advices")))
    assert re.search(rf"Advice {advice.number} Slow checks lanes=1 promise.peak_p99_s", listed)
    browser.cookies["hostcity_language"] = "zh-hans"
    assert "增开 1 条通道" in text_of(browser.get(at("advice", advice)))


def test_where_bad_days_are_rare_the_page_shows_what_tells_instead(edition, browser):
    worse = "stations.W-badge.lanes=1 stations.W-badge.service_mean_s=6".replace(" ", "\n")
    browser.post(at("advice-start"), GIVEN | {"goal": "promise.share_over_peak_limit", "overrides": worse})
    advice = Advice.objects.select_related("job").get()
    run_now(advice.job)
    page = browser.get(at("advice", advice))
    said, told = text_of(page), page.context["told"]
    name = told["companion"]["figure"]["en"]
    assert re.fullmatch(r"over [\d.]+ min \[%\]", name)
    assert told["companion"]["reason"]["en"] in said
    assert f"Goal changes by [%] Clear {name} Clear Promise kept" in said
    first = told["suggestions"][0]
    shown = f"{first['change']} ± {first['half_width']} {first['telling']['en']}".replace("-", "−")
    beside = first["beside_goal"]
    assert f"{shown} {beside['change']} ± {beside['half_width']} ".replace("-", "−") in said.replace(" yes ", " clear ")
    browser.cookies["hostcity_language"] = "zh-hans"
    assert told["companion"]["reason"]["zh"] in text_of(browser.get(at("advice", advice)))


def test_where_goal_or_budget_is_wrong_the_page_says_it_all_and_asks_again(edition, browser):
    browser.post(at("advice-start"), GIVEN | {"figure": "joy", "budget": "lans=4"})
    advice = Advice.objects.select_related("job").get()
    run_now(advice.job)
    said = text_of(browser.get(at("advice", advice)))
    assert "goal.unknown" in said
    assert "budget.unknown" in said
    source = browser.get(f"{at('advice-start')}?again={advice.key}").content.decode()
    assert re.search(r'name="budget" value="lans=4"', source)
    assert re.search(r'name="figure" value="joy"', source)
    assert ">\nstations.W-badge.lanes=1</textarea>" in source
    for wrong in ("x", advice.key[::-1], "00000000-0000-0000-0000-000000000000"):
        assert browser.get(f"{at('advice-start')}?again={wrong}").status_code == 404


@pytest.mark.parametrize(
    ("more", "field"),
    [({"budget": ""}, "budget"), ({"runs": "1"}, "runs"), ({"seed": "-1"}, "seed"), ({"goal": "x"}, "goal")],
)
def test_what_cannot_be_asked_stands_at_its_field(edition, browser, more, field):
    answer = browser.post(at("advice-start"), GIVEN | more)
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in answer.content.decode()
    assert not Advice.objects.exists()


def test_problems_of_the_plan_stand_above_the_form(edition, browser):
    answer = browser.post(at("advice-start"), GIVEN | {"overrides": "stashuns.x.lanes=4"})
    assert answer.status_code == 422
    assert "override.form" in text_of(answer) or "override.sheet" in text_of(answer)


def test_the_list_takes_the_same_queries_whatever_its_length(edition, director, browser):
    start_advice(edition=edition, by=director, **ASKED)
    of_one = queries_of(browser, at("advices"))
    for seed in (1, 2):
        start_advice(edition=edition, by=director, **ASKED | {"seed": seed})
    assert queries_of(browser, at("advices")) == of_one <= MOST_QUERIES
    assert browser.get(at("advices")).content.decode().count('<tr><th scope="row">') == 3


def test_who_may_not_ask_is_offered_nothing(edition, director):
    advice = start_advice(edition=edition, by=director, **ASKED)
    duty = people.signed_in(people.person(Role.DUTY_OFFICER, edition))
    assert at("advice-start") not in duty.get(at("advices")).content.decode()
    assert at("advice-start") not in duty.get(at("advice", advice)).content.decode()
    assert duty.get(at("advice-start")).status_code == 403
