"""What a forecast of a preparation says, by hand and beside the engine."""

import dataclasses
import datetime
import json

import numpy as np
import pytest
from examples.tiny.readiness import build_preparation

from hostcity.engines.schedule.forecast import bracket
from hostcity.plan.rows import Crew, CrewDays, Task, TaskLink
from hostcity.report.forecasts import forecast_data
from hostcity.studies.readiness import network_of, standing
from hostcity.studies.readiness.forecast import RULES, forecast_plan
from hostcity.studies.readiness.progress import Progress
from tests.plan.preparations import GOOD, prepared

DAY = datetime.date.fromisoformat
SURE = Task(code="a", workstream=GOOD["tasks"][0].workstream, department="build", crew="riggers", likely_d=4)
CREW = Crew(code="riggers", department="build", capacity=1)


def told(plan, **asked):
    return forecast_plan(network_of(plan), **{"samples": 200, **asked})


def of_one_crew(*days, need_by="2026-05-06"):
    """Two tasks of four days without chance, from the same morning on, of a crew of one."""
    other = dataclasses.replace(SURE, code="b", need_by=need_by)
    return prepared(tasks=(SURE, other), task_links=(), crews=(CREW,), crew_days=days, risk_drivers=())


def test_hands_are_counted_by_day():
    """From Monday 20 April, holidays on 1-5 May: alone 4 + 4 days; of two until Thursday both end then; with nobody until Friday 4 + 4 from then."""
    ends = [
        [str(days[0]) for days in told(of_one_crew(*days)).opening.ends]
        for days in (
            (),
            (CrewDays(code="c", crew="riggers", first="2026-04-20", last="2026-04-23", capacity=2),),
            (CrewDays(code="c", crew="riggers", first="2026-04-20", last="2026-04-23", capacity=0),),
        )
    ]
    assert ends == [
        ["2026-04-23", "2026-04-29", "2026-04-29"],
        ["2026-04-23", "2026-04-23", "2026-04-23"],
        ["2026-04-23", "2026-05-08", "2026-05-08"],
    ]


def test_what_needs_more_people_than_there_are_is_late():
    both = dataclasses.replace(SURE, demand=2)
    extra = CrewDays(code="c", crew="riggers", first="2026-04-20", last="2026-04-20", capacity=2)
    first = TaskLink(code="l", before="b", after="a")
    other = dataclasses.replace(SURE, code="b", crew="", likely_d=1)
    found = told(prepared(tasks=(both, other), task_links=(first,), crews=(CREW,), crew_days=(extra,), risk_drivers=()))
    assert found.opening.chance == (1.0, 0.0, 0.0)


def test_chances_are_of_need_by_dates_and_of_the_opening():
    found = told(of_one_crew(need_by="2026-04-24"))
    assert found.opening.chance == (1.0, 1.0, 1.0)
    (build,) = found.departments
    assert (build.code, build.tasks, build.chance, build.late_d) == ("build", 2, (1.0, 1.0, 1.0), (0.0, 0.0, 0.0))
    late = told(of_one_crew(need_by="2026-04-23"), samples=1)  # b is the more urgent then, a waits for it
    assert [each.tolist() for each in late.in_time] == [[1.0, 1.0]] * 3
    assert late.criticality[2].tolist() == [1.0, 1.0]


def test_the_bracket_is_that_of_the_engine():
    network = network_of(build_preparation())
    found = forecast_plan(network, samples=500)
    engine = bracket(network.problem, samples=500)
    for at, rule in enumerate(RULES):
        each = getattr(engine, rule)
        assert found.in_time[at].tolist() == each.in_time.tolist()
        assert found.criticality[at].tolist() == each.criticality.tolist()
    last = dict(found.by_day)[found.opens - datetime.timedelta(days=1)]
    assert last == found.opening.chance


def test_same_seed_same_forecast_by_any_number_of_threads():
    one, two = (forecast_data(told(build_preparation(), samples=700, threads=threads)) for threads in (1, 2))
    assert one == two
    assert one != forecast_data(told(build_preparation(), samples=700, seed=2))


def test_what_costs_most_is_what_nothing_can_make_good():
    found = told(build_preparation(), samples=1000)
    assert [each.code for each in found.slips[:2]] == ["fire", "stands"]
    assert found.slips[0].points[0] == found.opening.chance[1]  # a week late is never in time
    assert found.effort.tasks == ("stands",)
    assert (found.effort.before, found.effort.after) == (found.opening.chance[1], 1.0)
    assert [each.code for each in found.risks] == ["rain"]


def test_what_is_done_is_ready():
    network = network_of(build_preparation())
    day = DAY("2019-10-30")
    known = {task.code: Progress(finished_on=day, accepted_on=day) for task in network.plan.tasks}
    found = forecast_plan(standing(network, known, day), samples=50)
    assert (found.opening.chance, found.departments, found.slips, found.effort.tasks) == ((1.0, 1.0, 1.0), (), (), ())
    assert np.isnan(found.in_time).all()
    assert forecast_data(found)["open_of"] == 0
    assert found.milestones == (), "of what is done there is no chance to tell"
    json.dumps(forecast_data(found), allow_nan=False)


def test_no_forecast_of_no_samples():
    with pytest.raises(ValueError, match="samples is 0"):
        told(build_preparation(), samples=0)
