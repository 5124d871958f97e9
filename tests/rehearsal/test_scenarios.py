"""Scenarios of an edition: tried with every problem, kept, played, repeated from the same bytes, removed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Blob, SearchDoc
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.results.orphans import collect_orphans
from hostcity.plan import PlanError, apply_overrides, read_plan
from hostcity.plan.rows import Event
from hostcity.plan.scenarios import apply_scenario_bytes
from hostcity.rehearsal.cards import verdict_on_paper
from hostcity.rehearsal.models import KeptScenario, Rehearsal
from hostcity.rehearsal.queries import is_same, last_rehearsal
from hostcity.rehearsal.scenarios import services
from hostcity.rehearsal.scenarios.queries import scenarios, scenarios_named, scenarios_of
from hostcity.rehearsal.services import compare_rehearsals, repeat_rehearsal, start_rehearsal
from hostcity.studies import rehearse
from tests import people
from tests.rehearsal.conftest import TINY
from tests.rehearsal.scenario_files import ONE_LANE, SLOW, TEXTS, WRONG, kept, tried

SLOW_EVENT = Event(code="crawl", action="service", target="W-security", starts_at=32_400.0, ends_at=39_600.0, value=3.0)


def test_a_trial_says_what_the_scenario_changes_and_keeps_nothing(edition, director):
    job = tried(edition, director)
    assert (job.state, job.answer["title_zh"], job.answer["changes"]) == ("done", "安检变慢", [])
    (event,) = job.answer["events"]
    assert (event["action"], event["target"], event["value"]) == ("service", "W-security", 3.0)
    assert not KeptScenario.objects.exists()


def test_a_trial_says_everything_that_is_wrong(edition, director):
    job = tried(edition, director, WRONG)
    assert {each["code"] for each in job.error["problems"]} == {"timeline.target.unknown", "timeline.ends_at.order"}
    assert {(each["sheet"], each["row"]) for each in job.error["problems"]} == {("timeline", 1)}
    with pytest.raises(Refused, match="has not been tried"):
        services.keep_scenario(edition=edition, job=job, by=director)


def test_what_is_wrong_with_a_plan_in_work_is_not_the_scenarios_fault(edition, director):
    plan = read_plan(TINY)
    broken = plan.replace(timeline=(Event(code="x", action="close", target="gone", starts_at=0.0),))
    replace_plan(edition=edition, plan=broken, by=None)
    assert tried(edition, director).state == "done"
    assert [each["code"] for each in tried(edition, director, WRONG).error["problems"]].count(
        "timeline.target.unknown"
    ) == 1
    kept(edition, director)
    with pytest.raises(PlanError) as error:
        start_rehearsal(edition=edition, by=director, scenarios=["slow"])
    assert [each.code for each in error.value.problems] == ["timeline.target.unknown"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("slow.txt", SLOW, "scenario.file_kind"),
        ("..toml", SLOW, "scenario.file_kind"),
        ("slow.toml", SLOW + b"#" * services.MOST_BYTES, "scenario.file_size"),
    ],
)
def test_what_is_no_file_of_a_scenario_is_refused(edition, director, name, data, code):
    with pytest.raises(Refused) as error:
        services.try_file(edition=edition, name=name, data=data, by=director)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("file", "name"),
    [("../../a b.toml", "a-b"), ("C:\\火灾.TOML", "火灾"), ("x" * 300 + ".toml", "x" * 80), ("<i>.toml", "i")],
)
def test_a_scenario_is_called_as_its_file(file, name):
    assert services.name_of_file(file) == name


def test_it_is_kept_once_and_replaced_by_another_of_its_name(edition, director):
    first = kept(edition, director)
    assert kept(edition, director) == first
    second = kept(edition, director, ONE_LANE)
    first.refresh_from_db()
    assert (first.removed_at is None, second.removed_at) == (False, None)
    assert [each.pk for each in scenarios(edition, director)] == [second.pk]
    assert Act.objects.filter(verb="scenario.keep").count() == 2
    assert Act.objects.latest("number").body == {"name": "slow", "sha256": second.blob_id, "replaces": first.key}
    assert [each.key for each in SearchDoc.objects.filter(kind="scenario")] == [second.key]


def test_a_day_with_it_is_that_of_the_study_and_is_repeated_from_the_same_bytes(edition, director, play):
    scenario = kept(edition, director)
    rehearsal = play(scenarios=["slow"], overrides=["stations.food.lanes=3"], seed=5)
    plan, read = apply_scenario_bytes(read_plan(TINY), "slow", SLOW)
    played = rehearse(apply_overrides(plan, ["stations.food.lanes=3"]), seed=5, with_swings=False)
    assert rehearsal.result.results_sha256 == played.day.results_sha256
    assert [each["sha256"] for each in rehearsal.result.summary["scenarios"]] == [read.sha256]
    asked = {"name": "slow", "sha256": scenario.blob_id}
    assert rehearsal.result.inputs == {"seed": 5, "overrides": ["stations.food.lanes=3"], "scenarios": [asked]}
    assert Act.objects.get(verb="rehearsal.start").body["scenarios"] == [asked]
    kept(edition, director, ONE_LANE)  # takes its place
    assert [each.pk for each in scenarios_of(rehearsal)] == [scenario.pk]
    again = repeat_rehearsal(rehearsal=rehearsal, by=director)
    run_now(again.job)
    again.refresh_from_db()
    assert is_same(again) is True


def test_scenarios_happen_in_the_order_in_which_they_are_named(edition, director):
    kept(edition, director)
    milder = f'{TEXTS}\nset = ["timeline.crawl.value=2"]'.encode()
    assert tried(edition, director, milder, "b.toml").state == "failed"  # by itself: the row comes with the other
    replace_plan(edition=edition, plan=read_plan(TINY).replace(timeline=(SLOW_EVENT,)), by=None)
    kept(edition, director, milder, "b.toml")
    replace_plan(edition=edition, plan=read_plan(TINY), by=None)
    with pytest.raises(PlanError):
        start_rehearsal(edition=edition, by=director, scenarios=["b", "slow"])
    started = start_rehearsal(edition=edition, by=director, scenarios=["slow", "b"])
    assert [each["name"] for each in started.scenarios] == ["slow", "b"]


@pytest.mark.parametrize(
    ("names", "code"),
    [(["none"], "scenario.unknown"), (["slow", "slow"], "rehearsal.scenarios"), (["slow"] * 6, "rehearsal.scenarios")],
)
def test_scenarios_that_cannot_be_chosen_are_refused(edition, director, names, code):
    kept(edition, director)
    with pytest.raises(Refused) as error:
        start_rehearsal(edition=edition, by=director, scenarios=names)
    assert (error.value.code, error.value.field) == (code, "scenarios")
    assert not Rehearsal.objects.exists()


def test_a_scenario_that_no_longer_fits_the_plan_says_so_with_its_name(edition, director):
    kept(edition, director)
    plan = read_plan(TINY)
    without = plan.replace(stations=tuple(each for each in plan.stations if each.code != "W-security"))
    replace_plan(edition=edition, plan=without, by=None)
    with pytest.raises(PlanError) as error:
        start_rehearsal(edition=edition, by=director, scenarios=["slow"])
    assert any("slow.toml" in problem.what and "W-security" in problem.what for problem in error.value.problems)


def test_a_removed_one_cannot_be_chosen_and_its_bytes_stay(edition, director, play):
    scenario = kept(edition, director)
    services.remove_scenario(scenario=scenario, by=director)
    services.remove_scenario(scenario=scenario, by=director)
    assert Act.objects.filter(verb="scenario.remove").count() == 1
    with pytest.raises(Refused):
        scenarios_named(edition, ["slow"])
    Blob.objects.update(created_at=timezone.now() - timedelta(days=9))
    collect_orphans()
    assert Blob.objects.filter(sha256=scenario.blob_id).exists()
    assert not SearchDoc.objects.filter(kind="scenario").exists()


def test_a_day_on_which_something_goes_wrong_does_not_speak_for_the_plan(edition, director, play):
    kept(edition, director)
    plain = play(title="As planned")
    drill = play(title="Drill", scenarios=["slow"])
    assert last_rehearsal(edition) == plain
    paper = verdict_on_paper({"rehearsal": drill, "changes": 0})
    assert (paper.is_good, "Slow checks" in paper.lines[1]) == (None, True)
    comparison = compare_rehearsals(a=plain, b=drill, by=director, runs=1)
    run_now(comparison.job)
    comparison.refresh_from_db()
    assert [each["name"] for each in comparison.result.inputs["b"]["scenarios"]] == ["slow"]
    assert any(each["clear"] is not None for each in comparison.result.summary["differences"])
    with pytest.raises(Refused, match="same plan"):
        compare_rehearsals(a=drill, b=play(scenarios=["slow"], seed=2), by=director)


def test_only_directors_keep_and_remove(edition, director):
    scenario, job = kept(edition, director), tried(edition, director, ONE_LANE)
    other = people.person(Role.DUTY_OFFICER, edition)
    for act in (
        lambda: services.try_file(edition=edition, name="a.toml", data=SLOW, by=other),
        lambda: services.keep_scenario(edition=edition, job=job, by=other),
        lambda: services.remove_scenario(scenario=scenario, by=other),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert list(scenarios(edition, other)) == [scenario]


def test_one_of_another_edition_is_not_there(edition, director):
    kept(edition, director)
    other = people.edition("other")
    replace_plan(edition=other, plan=read_plan(TINY), by=None)
    with scope(edition=other), pytest.raises(Refused):
        start_rehearsal(edition=other, by=people.person(Role.DRILL_DIRECTOR, other), scenarios=["slow"])


def test_names_are_looked_up_at_once(edition, director):
    for name in ("a.toml", "b.toml", "c.toml"):
        kept(edition, director, name=name)
    with CaptureQueriesContext(connection) as seen:
        assert [each.name for each in scenarios_named(edition, ["c", "a"])] == ["c", "a"]
        assert scenarios_named(edition, []) == []
    assert len(seen) == 1


def test_where_there_is_no_plan_yet_a_trial_says_what_it_misses(db):
    empty = people.edition("empty")
    with scope(edition=empty):
        job = tried(empty, people.person(Role.PLANNER, empty), ONE_LANE)
    assert [each["code"] for each in job.error["problems"]] == ["override.key"]
