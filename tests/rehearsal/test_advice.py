"""Advice on the site: asked for, tried by the worker as the study tries it, taken over, cancelled, refused."""

import pytest
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Job, Notice
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import PlanError, apply_overrides, read_plan
from hostcity.rehearsal.advice.forms import GOALS
from hostcity.rehearsal.advice.queries import advice_in_full, advices
from hostcity.rehearsal.advice.services import cancel_advice, start_advice
from hostcity.rehearsal.models import Advice
from hostcity.rehearsal.services import start_rehearsal
from hostcity.report.advised import advice_data
from hostcity.studies.advice import advise, goal_and_budget, goal_of
from hostcity.studies.runs.inline import InlinePool
from tests import people
from tests.rehearsal.conftest import TINY

#: One lane at the badge check, where it hurts; one more may be opened.
ASKED = {
    "goal": "promise.peak_p99_s", "budget": "lanes=1", "runs": 6, "seed": 3, "overrides": ["stations.W-badge.lanes=1"]
}  # fmt: skip


@pytest.fixture
def ask(edition, director):
    """Asks, and has the worker's job done in this process."""

    def it(**more):
        advice = start_advice(edition=edition, by=director, **ASKED | more)
        run_now(advice.job)
        return advice_in_full(edition, director, advice.public_id)

    return it


def test_what_is_advised_is_what_the_study_says_and_can_be_taken_over(edition, director, ask):
    advice = ask()
    plan = apply_overrides(read_plan(TINY), ASKED["overrides"])
    goal, budget = goal_and_budget(plan, ASKED["goal"], ASKED["budget"])
    studied = advise(plan, goal=goal, budget=budget, seed=3, runs=6, pool=InlinePool())
    summary = advice.result.summary
    assert {name: value for name, value in summary.items() if name != "said"} == advice_data(studied)
    first, told = summary["suggestions"][0], summary["said"]["suggestions"][0]
    assert (first["clear"], summary["said"]["is_advised"], told["is_exact"]) == (True, True, True)
    assert told["words"][0]["zh"].startswith("证件核验·西（W-badge）增开 1 条通道")
    assert advice.best["words"] == told["words"]
    taken = start_rehearsal(edition=edition, by=director, overrides=[*advice.overrides, *first["changes"]])
    assert taken.overrides == ["stations.W-badge.lanes=1", *first["changes"]]
    assert [act.verb for act in Act.objects.filter(subject_kind="advice").order_by("number")] == [
        "advice.start",
        "advice.end",
    ]
    assert advice.result.inputs == ASKED
    assert Notice.objects.get(kind="advice.ended").path.endswith(f"/advice/{advice.key}/")


def test_where_bad_days_are_rare_the_companion_of_the_goal_is_told(ask):
    """One slow lane at the badge check: 30 min are passed on few days; more than half of them say nothing."""
    worse = ["stations.W-badge.lanes=1", "stations.W-badge.service_mean_s=6"]
    advice = ask(goal="promise.share_over_peak_limit", overrides=worse, runs=6)
    summary = advice.result.summary
    told, first = summary["said"], summary["suggestions"][0]
    assert summary["base_runs"] < 3
    assert summary["companion"]["limit_s"] < 1_800
    minutes = f"{summary['companion']['limit_s'] / 60:g}"
    assert told["companion"]["figure"] == {"en": f"over {minutes} min [%]", "zh": f"超过 {minutes} 分钟的比例（%）"}
    assert f"the goal is not 0 on {summary['base_runs']} of 6 days" in told["companion"]["reason"]["en"]
    assert first["takes"] == [{"option": "add W-badge", "times": 1}]
    assert (first["clear"], first["companion"]["gain"] > 0) == (False, True)
    assert told["suggestions"][0]["beside_goal"]["change"].startswith("-")
    assert told["is_advised"] is first["helps"]
    if first["helps"]:
        assert advice.best["figure"] == told["companion"]["figure"]


def test_every_goal_of_the_form_is_one_of_the_study():
    assert [str(goal_of(read_plan(TINY), each)) for each in GOALS] == list(GOALS)


def test_a_change_with_a_window_that_would_play_another_plan_is_said(ask):
    advice = ask(overrides=["stations.W-badge.lanes=1", "stations.W-badge.lanes@08:00-12:00+=0"])
    assert not all(each["is_exact"] for each in advice.result.summary["said"]["suggestions"])


def test_what_is_wrong_with_goal_and_budget_is_said_at_once_by_the_worker(edition, director, ask):
    advice = ask(goal="joy", budget="lans=4, staff=-6")
    job = Job.objects.get(pk=advice.job.pk)
    assert [each["code"] for each in job.error["problems"]] == ["goal.unknown", "budget.unknown", "budget.negative"]
    assert job.error["problems"][1]["in"]["zh-hans"]["what"] == "没有选项占用 'lans'。"
    assert (advice.state, advice.best) == ("failed", {})


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"goal": " "}, "advice.goal"),
        ({"budget": ""}, "advice.budget"),
        ({"budget": "lanes=1," * 40}, "advice.budget"),
        ({"runs": 1}, "advice.runs"),
        ({"runs": 51}, "advice.runs"),
        ({"seed": -1}, "rehearsal.seed"),
        ({"scenarios": ["none"]}, "scenario.unknown"),
    ],
)
def test_what_cannot_be_asked_is_refused(edition, director, more, code):
    with pytest.raises(Refused) as error:
        start_advice(edition=edition, by=director, **ASKED | more)
    assert error.value.code == code
    assert not Job.objects.exists()


def test_a_plan_that_cannot_be_played_is_refused(edition, director):
    with pytest.raises(PlanError, match="nowhere"):
        start_advice(edition=edition, by=director, **ASKED | {"overrides": ["stations.nowhere.lanes=1"]})
    assert not Advice.objects.exists()


def test_it_is_cancelled_by_who_asked_or_the_drill_director(edition, director):
    planner, other = (people.person(Role.PLANNER, edition) for _ in range(2))
    advice = start_advice(edition=edition, by=planner, **ASKED)
    with pytest.raises(NotAllowed):
        cancel_advice(advice=advice, by=other)
    cancel_advice(advice=advice, by=director)
    assert advice_in_full(edition, director, advice.public_id).state == "cancelled"
    with pytest.raises(Refused):
        cancel_advice(advice=advice_in_full(edition, director, advice.public_id), by=director)


def test_who_may_not_ask_sees_it_all_the_same_and_another_edition_nothing(edition, director):
    advice = start_advice(edition=edition, by=director, **ASKED)
    officer = people.person(Role.PRESS_OFFICER, edition)
    with pytest.raises(NotAllowed):
        start_advice(edition=edition, by=officer, **ASKED)
    assert list(advices(edition, officer)) == [advice]
    other = people.edition("other")
    replace_plan(edition=other, plan=read_plan(TINY), by=None)
    with scope(edition=other):
        assert not advices(other, people.person(Role.DRILL_DIRECTOR, other)).exists()
