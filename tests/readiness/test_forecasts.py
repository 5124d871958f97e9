"""Forecasts: the job, what is kept, their pages and the API."""

import dataclasses
import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Job, Result
from hostcity.core.models.jobs import JobState
from hostcity.core.plan_rows.queries import last_act, plan_of
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.results import keep_blob, take_snapshot
from hostcity.readiness.forecasts.charts import chart_of
from hostcity.readiness.forecasts.jobs import as_bytes
from hostcity.readiness.forecasts.kept import SAID, history_of, moved, said_of
from hostcity.readiness.forecasts.services import make_forecast
from hostcity.readiness.forecasts.words import percent, points, span_said
from hostcity.readiness.services import report_task
from hostcity.readiness.standing import standing_of
from tests import people
from tests.readiness import forecasts

pytestmark = pytest.mark.django_db
AT = "/e/fair/readiness/forecasts/"
API = "/api/v1/editions/fair/readiness/forecasts"


def page(who, path="", status=200, **more):
    answer = people.signed_in(who).get(AT + path, **more)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def snapshot(edition, planner):
    return take_snapshot(edition=edition, by=planner)


def test_a_forecast_is_made_once_of_what_is_the_same(edition, planner, fair_owner):
    job = make_forecast(edition=edition, by=planner)
    assert make_forecast(edition=edition, by=planner) == job
    first = run_now(job).answer
    again = run_now(make_forecast(edition=edition, by=planner)).answer
    assert again == first
    report_task(edition=edition, task="plan", by=fair_owner, word="started")
    other = run_now(make_forecast(edition=edition, by=planner)).answer
    assert other != first
    with scope(edition=edition):
        kept = Result.objects.get(pk=first["result"])
        assert Act.objects.filter(verb="task.forecast").count() == 3
    assert first["path"] == f"{AT}{kept.pk}/"
    told = said_of(kept)
    assert (told["samples"], told["tasks_of"], told["open_of"]) == (10_000, 10, 10)
    assert told["chance"] == kept.summary["chance"]
    assert [each["code"] for each in told["slips"][:2]] == ["fire", "stands"]


def test_a_plan_with_problems_is_not_forecast(edition, planner):
    with scope(edition=edition):
        plan = plan_of(edition)
    wrong = dataclasses.replace(plan.tasks[0], likely_d=None)
    replace_plan(edition=edition, plan=plan.replace(tasks=(wrong, *plan.tasks[1:])), by=None)
    job = run_now(make_forecast(edition=edition, by=planner))
    assert (job.state, job.error["problems"][0]["code"]) == (JobState.FAILED, "tasks.likely_d.needed")
    assert "has no likely time" in page(planner)


def test_who_may_have_one_made_and_of_what(edition, fair_owner, planner):
    with pytest.raises(NotAllowed):
        make_forecast(edition=edition, by=fair_owner)
    with pytest.raises(Refused) as refused:
        make_forecast(edition=edition, by=planner, seed=0)
    assert refused.value.code == "forecast.seed"
    with scope(edition=edition):
        plan = plan_of(edition)
    replace_plan(edition=edition, plan=plan.replace(tasks=(), task_links=()), by=None)
    with pytest.raises(Refused) as refused:
        make_forecast(edition=edition, by=planner)
    assert refused.value.code == "forecast.no_tasks"


def test_the_change_is_since_the_newest_that_is_a_week_older(edition, snapshot):
    for days_ago, seed in ((20, 1), (8, 2), (3, 3), (0, 1)):
        forecasts.keep(edition, snapshot, days_ago=days_ago, seed=seed)
    with scope(edition=edition):
        history = history_of(edition)
    assert [(edition.today() - each.day).days for each in history] == [0, 3, 8, 20]
    change = moved(history)
    assert change.since == edition.today() - datetime.timedelta(days=8)
    assert change.by == {rule: history[0].chance[rule] - history[2].chance[rule] for rule in history[0].chance}
    assert moved(history, history[2]).since == history[3].day
    assert moved(history, history[3]) is None
    assert moved([]) is None


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("How the probability went", "hands in the plan's order", "What a delay costs", "Rain")),
        ("zh-hans", ("概率变化", "按计划次序用人", "延误的代价", "降雨")),
    ],
)
def test_pages_are_there_in_both_languages(edition, planner, snapshot, language, words):
    forecasts.keep(edition, snapshot, days_ago=8, seed=2)
    made = forecasts.keep(edition, snapshot)
    listed = page(planner, HTTP_ACCEPT_LANGUAGE=language)
    assert [word.replace("'", "&#x27;") in listed for word in words[:2]] == [True, True]
    assert listed.count("<polyline") == 3
    seen = page(planner, f"{made.pk}/", HTTP_ACCEPT_LANGUAGE=language)
    assert [word.replace("'", "&#x27;") in seen for word in words[1:]] == [True] * 3
    assert "<polyline" in page(planner, f"{made.pk}/?of=built")
    page(planner, f"{made.pk + 1}/", status=404)


def test_one_is_asked_for_by_a_button(edition, planner, fair_owner):
    assert "No forecast has been made yet." in page(planner)
    assert "Make a forecast" not in page(fair_owner)
    answer = people.signed_in(planner).post(f"{AT}make/")
    assert (answer.status_code, answer["Location"]) == (302, AT)
    assert Job.objects.get().arguments == {"seed": 1}
    assert "Forecasting the preparation" in page(planner)


def test_queries_do_not_grow_with_forecasts(edition, planner, snapshot):
    def count():
        found = []
        browser = people.signed_in(planner)
        for path in ("", f"{made.pk}/"):
            browser.get(AT + path)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(AT + path).status_code == 200
            found.append(len(asked))
        return found

    made = forecasts.keep(edition, snapshot)
    one = count()
    for days_ago, seed in ((8, 2), (16, 3)):
        forecasts.keep(edition, snapshot, days_ago=days_ago, seed=seed)
    assert count() == one


def test_by_the_api(edition, planner, snapshot):
    made = forecasts.keep(edition, snapshot)
    browser = people.signed_in(planner)
    (brief,) = browser.get(API).json()["rows"]
    assert (brief["id"], brief["day"], set(brief["chance"])) == (
        made.pk,
        edition.today().isoformat(),
        {"unlimited", "order", "dispatch"},
    )
    whole = browser.get(f"{API}/{made.pk}").json()
    assert {name: whole[name] for name in brief} == brief
    assert [each["code"] for each in whole["milestones"]] == ["built", "ready"]
    asked = browser.post(API, {"seed": 7}, content_type="application/json")
    assert (asked.status_code, Job.objects.get().arguments) == (202, {"seed": 7})
    assert browser.get(f"{API}/{made.pk + 9}").status_code == 404


def test_probabilities_are_never_rounded_to_certainty():
    assert [percent(share) for share in (0, 0.001, 0.154, 0.997, 1)] == ["0 %", "< 1 %", "15 %", "> 99 %", "100 %"]
    assert [span_said(both) for both in ((0.15, 0.24), (0.151, 0.152), (0.001, 0.2))] == [
        "15–24 %",
        "15 %",
        "< 1 % – 20 %",
    ]
    assert [points(share) for share in (0.034, -0.1, 0.001)] == ["+3", "−10", "±0"]


def test_a_chart_of_nothing_is_none():
    assert chart_of({"order": []}, "") == ""


def test_colors_are_of_a_forecast_that_speaks_of_the_plan_as_it_is(edition, fair_owner):
    def reasons(key):
        with scope(edition=edition):
            return [each.code for each in standing_of(edition).task(key).status.reasons]

    with scope(edition=edition):
        number = last_act(edition)[0]
        made = forecasts.keep(edition, take_snapshot(edition=edition, by=fair_owner))
        before = reasons("ready")
        data = {"tasks": [{"code": "ready", "chance": [0.9, 0.4, 0.2], "criticality": [1, 1, 1]}, {"code": "hire", "chance": [0.9, 0.85, 0.7], "criticality": [0, 0, 0]}]}  # fmt: skip
        made.blobs = {SAID: keep_blob(as_bytes(data)).sha256}
        made.save(update_fields=["blobs"])
        assert reasons("ready") == before, "of another plan"
        type(made).objects.filter(pk=made.pk).update(inputs=made.inputs | {"number": number})
        assert "unlikely" in reasons("ready")
        assert "uncertain" in reasons("hire")
        assert {"unlikely", "uncertain"} & set(reasons("fire")) == set(), "hardly ever late"
        report_task(edition=edition, task="ready", word="going", by=fair_owner)
        assert "unlikely" not in reasons("ready"), "something was told since"
        old = (edition.today() - datetime.timedelta(days=4)).isoformat()
        type(made).objects.filter(pk=made.pk).update(inputs=made.inputs | {"number": number, "today": old})
        assert "uncertain" not in reasons("hire"), "too old"
