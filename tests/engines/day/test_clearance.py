"""Evacuated areas against hand calculation, conservation, assigned and nearest exits, refuges."""

import dataclasses
import math

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.day._kernels.draws import EVACUATION, setting_off
from hostcity.engines.day.alarms import barred_ways
from hostcity.plan.evacuations import ways_out
from hostcity.plan.rows import Event, LinkKind
from hostcity.studies.figures import figures_of
from tests.engines.day.checked import Checked
from tests.engines.day.corridors import HOUR_S, corridor, link, node, play_with
from tests.engines.day.test_closing import with_model
from tests.fairs import small_fair

AT, UNTIL = 12 * HOUR_S, 14 * HOUR_S


def alarm(area, **more):
    return Event(
        **({"code": f"e-{area}", "action": "evacuate", "target": area, "starts_at": AT, "ends_at": UNTIL} | more)
    )


def hall(persons, width_m, **event):
    """A hall with one door of which nobody sets off late, on a day on which all of its people stay past the alarm."""
    plan = corridor(
        persons,
        links=(
            link("approach", "home", "check", 40, 20),
            link("entry", "check", "hall", 20, 20, door_m=width_m),
        ),
        closes_s=20 * HOUR_S,
        group={"dwell_median_s": 17 * HOUR_S, "dwell_sigma": 0.0},
    )
    return plan.replace(timeline=(alarm("H", **({"value": 0.0} | event)),))


@pytest.mark.parametrize(("persons", "width_m"), [(500, 2.0), (1000, 2.5), (3000, 4.0)])
def test_a_hall_with_one_door_empties_in_its_hydraulic_time(persons, width_m):
    """Persons over the door's flow, and the way to it (SFPE Handbook, Gwynne & Rosenbaum, hydraulic model)."""
    plan = hall(persons, width_m)
    day = rehearse_day(plan)
    cleared = figures_of(plan, day).events[0].clearance
    by_hand_s = persons / (plan.rules.flow_per_m_per_s * width_m) + 20.0 / 1.34
    assert cleared.persons_before == persons
    assert abs(cleared.out_all_s - by_hand_s) <= 0.02 * by_hand_s + cleared.step_s  # counted every ten seconds
    assert cleared.exits == (("entry", persons),)


def test_setting_off_is_spread_as_the_row_says():
    draws = np.array([setting_off(1, key, EVACUATION, 7, 90.0, 0.5) for key in range(20_000)])
    error = 90.0 * 0.5 / math.sqrt(draws.size)
    assert abs(draws.mean() - 90.0) < 4 * error
    sigma = math.sqrt(math.log(1.25))
    assert abs(np.log(draws).std() - sigma) < 4 * sigma / math.sqrt(2 * draws.size)
    evenly = np.array([setting_off(1, key, EVACUATION, 7, 90.0, -1.0) for key in range(20_000)])
    assert 0.0 < evenly.min() <= evenly.max() <= 180.0
    assert {setting_off(1, key, EVACUATION, 7, 90.0, 0.0) for key in range(9)} == {90.0}


@pytest.mark.parametrize("spread", [None, 0.8])
@pytest.mark.parametrize("areas", [("H1",), ("H2",), ("H1", "H2", "plaza")])
def test_nobody_is_lost_and_every_exit_is_counted(areas, spread):
    plan = with_model(small_fair(1500), step_s=5.0)
    plan = plan.replace(timeline=tuple(alarm(area, spread=spread) for area in areas))
    day = Checked(plan, people_each=100).play()
    assert day.is_valid
    assert rehearse_day(plan).results_sha256 == rehearse_day(plan).results_sha256
    for at, area in enumerate(areas):
        persons = day.evacuation_persons[at][day.evacuation_persons[at] >= 0]
        minute = day.area_persons[day.area_codes.index(area)][int((AT - day.clock_start_s) // 60) - 1 :]
        assert persons[::6][: minute.size].tolist() == minute[: persons[::6].size].tolist()
        assert persons[0] > 20
        assert persons[-1] == 0
        came = {link for _, link, *_ in ways_out(plan, area)}  # by those who were on their way in
        left = dict(zip(day.link_codes, day.evacuation_exits[at].tolist(), strict=True))
        assert sum(left[code] for code in came) >= persons[0]
        assert {code for code, count in left.items() if count} <= came
    if len(areas) == 1:
        assert abs(sum(left.values()) - persons.max()) <= persons.max() - persons[0] + 40


def two_doors(**event):
    """A hall of two places in a row, each with a door to the outside of its own, the far one twice as long."""
    plan = corridor(
        400,
        links=(
            link("approach", "home", "check", 40, 20), link("entry", "check", "hall", 20, 4),
            link("aisle", "hall", "back", 30, 10), link("far", "back", "check", 80, 4),
        ),
        closes_s=20 * HOUR_S,
        group={"dwell_median_s": 17 * HOUR_S, "dwell_sigma": 0.0},
    )  # fmt: skip
    plan = plan.replace(nodes=(*plan.nodes, node("back", "H", 5000.0)))
    return plan.replace(timeline=(alarm("H", **event),))


@pytest.mark.parametrize("to", [("far",), ("entry",)])
def test_people_leave_by_the_exits_that_they_are_assigned(to):
    plan = two_doors(to=to)
    day = rehearse_day(plan)
    used = figures_of(plan, day).events[0].clearance
    assert used.exits == ((to[0], used.persons_before),)
    assert used.persons_before == 400
    assert day.is_valid


def test_people_leave_by_the_nearest_exit():
    """From the back the door beside it is 80 m long, the other one 50 m away: all leave by that one, and none past it."""
    plan = two_doors(exits="nearest")
    used = figures_of(plan, rehearse_day(plan)).events[0].clearance
    assert used.exits == (("entry", 400),)
    shut = Event(code="shut", action="close", target="entry", starts_at=AT, ends_at=UNTIL)
    plan = plan.replace(timeline=(*plan.timeline, shut))
    used = next(each for each in figures_of(plan, rehearse_day(plan)).events if each.clearance).clearance
    assert used.exits == (("far", 400),)


def test_stairs_beside_an_escalator_are_one_nearest_exit():
    plan = two_doors(exits="nearest")
    beside = link("beside", "hall", "check", 25, 2, kind="stairs")
    plan = plan.replace(links=(*plan.links, beside), link_kinds=(LinkKind(code="stairs", step_free=False),))
    at = {row.code: place for place, row in enumerate(plan.links)}
    barred = {plan.links[way >> 1].code for way in barred_ways(plan, AT) if plan.links[way >> 1].code in at}
    leaving = {code for way, code, *_ in ways_out(plan, "H") if way not in barred_ways(plan, AT)}
    assert leaving == {"entry", "beside"}
    assert "aisle" in barred


def with_a_lift(*, refuge=("H2-b",), ends_at=UNTIL):
    """The small fair whose ramp to the upper hall is out while it is evacuated."""
    plan = with_model(small_fair(1500), step_s=5.0)
    out = Event(code="lift", action="close", target="ramp", starts_at=AT, ends_at=ends_at)
    return plan.replace(timeline=(alarm("H2", refuge=refuge), out))


def test_step_free_people_wait_in_the_refuge_until_there_is_a_way():
    plan = with_a_lift()
    day = Checked(plan, people_each=100).play()
    cleared = next(each for each in figures_of(plan, day).events if each.clearance).clearance
    step_free = np.array([row.step_free for row in plan.groups])[day.visitor_group]
    assert 0 < cleared.refuge_most < step_free.sum()
    assert cleared.refuge[-1] == cleared.refuge_most == int(day.evacuation_refuge[0].max())
    assert cleared.out_all_s < 600.0  # the others
    persons = day.evacuation_persons[0] + day.evacuation_refuge[0]
    assert int(persons[day.evacuation_persons[0] >= 0][-1]) == cleared.refuge_most  # nobody else is left
    assert day.is_valid  # after the alarm they get home
    floor = plan.replace(timeline=(dataclasses.replace(plan.timeline[0], refuge=()), plan.timeline[1]))
    counted = next(each for each in figures_of(floor, rehearse_day(floor)).events if each.clearance).clearance
    assert counted.refuge_most == 0
    assert math.isnan(counted.out_all_s)


def test_a_lift_that_never_comes_back_leaves_them_there_and_the_day_is_invalid():
    day = rehearse_day(with_a_lift(ends_at=None))
    assert {"stranded", "no_route"} <= {each.reason for each in day.overloads}


def test_a_day_without_evacuation_has_no_trace_of_them_in_its_hash():
    day = rehearse_day(small_fair(100))
    assert day.evacuation_codes == ()
    more = dataclasses.replace(day, evacuation_persons=np.zeros((0, 7), np.int32))
    assert more.results_sha256 == day.results_sha256


def test_an_alarm_between_two_steps_is_played_from_the_step_in_which_it_begins():
    plan = hall(200, 2.0)
    later = plan.replace(timeline=(dataclasses.replace(plan.timeline[0], starts_at=AT + 1.0),))
    one, other = (play_with(each)[1] for each in (plan, later))
    assert one.evacuation_persons[0, :3].tolist() == other.evacuation_persons[0, :3].tolist()
