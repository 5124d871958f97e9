"""Nobody enters an evacuated area, and nobody is let in who would find every way barred."""

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.alarms import barred_ways, is_cut_off
from hostcity.engines.day.results import HOME, STILL_INSIDE
from hostcity.plan.rows import Event
from tests.engines.day.checked import Checked
from tests.engines.day.corridors import HOUR_S
from tests.engines.day.test_closing import with_model
from tests.fairs import small_fair

BEGINS, ENDS = 10.9 * HOUR_S, 12 * HOUR_S
OUT_S = 480.0  # all set off within twice 60 s, and the longest way out takes no three minutes


def alarm(*areas, ends_at=ENDS):
    plan = with_model(small_fair(1500), replay_share=1.0, step_s=5.0)
    events = tuple(
        Event(code=f"e{at}", action="evacuate", target=area, starts_at=BEGINS, ends_at=ends_at)
        for at, area in enumerate(areas)
    )
    return plan.replace(timeline=events)


def during(day, since_s=BEGINS):
    return slice(int((since_s - day.clock_start_s) / 60.0) + 1, int((ENDS - day.clock_start_s) / 60.0) - 1)


def entered_s(day):
    return day.visitor_entry_joined_s + day.visitor_entry_s


@pytest.mark.parametrize("areas", [("plaza",), ("H1",), ("H2",), ("H1", "H2"), ("H1", "H2", "plaza")])
def test_an_evacuated_area_is_empty_until_the_alarm_ends(areas):
    day = Checked(alarm(*areas), people_each=100).play()
    for area in areas:
        persons = day.area_persons[day.area_codes.index(area)]
        assert persons[during(day).start - 2] > 20
        assert persons[during(day, BEGINS + OUT_S)].max() == 0
        assert persons[during(day).stop + 15 :].max() > 20
    assert (day.visitor_end == HOME).all()
    assert day.is_valid


@pytest.mark.parametrize(
    ("areas", "open_"), [(("plaza",), False), (("H1", "H2"), False), (("H1", "H2", "plaza"), False), (("H1",), True)]
)
def test_checks_stop_while_there_is_nothing_to_let_people_in_to(areas, open_):
    plan = alarm(*areas)
    day = rehearse_day(plan)
    in_alarm = (entered_s(day) > BEGINS + 60.0) & (entered_s(day) < ENDS)
    assert (in_alarm.sum() > 20) == in_alarm.any() == open_
    assert is_cut_off(plan, "security", BEGINS) is not open_
    assert is_cut_off(plan, "security", ENDS) is False
    for service in ("W-security", "W-badge"):
        lanes = day.station_lanes[day.station_codes.index(service)][during(day)]
        assert (lanes > 0).all() == (lanes > 0).any() == open_


def test_who_is_cut_off_from_home_waits_and_gets_home_after_the_alarm():
    plan = alarm("plaza")
    day, usual = rehearse_day(plan), rehearse_day(plan.replace(timeline=()))
    goes = (usual.visitor_left_s > BEGINS + 600.0) & (usual.visitor_left_s < ENDS)
    assert goes.sum() > 20
    assert np.nanmin(day.visitor_left_s[goes & (day.visitor_entry_s > 0)]) > BEGINS
    in_halls = sum(day.area_persons[day.area_codes.index(code)] for code in ("H1", "H2"))
    assert in_halls[during(day, ENDS - 600.0)].min() > 20


def test_an_alarm_without_end_on_the_only_way_out_makes_the_day_invalid():
    day = rehearse_day(alarm("plaza", ends_at=None))
    assert {"stranded", "no_route"} <= {each.reason for each in day.overloads}
    assert set(day.visitor_end[np.isfinite(day.visitor_first_hall_s)].tolist()) <= {HOME, STILL_INSIDE}


def test_from_one_evacuated_area_to_the_next_people_may_go():
    def barred(plan):
        codes = [plan.links[way >> 1].code for way in barred_ways(plan, BEGINS)]
        assert len(codes) == len(set(codes))
        return set(codes)

    plan = alarm("H1", "plaza")
    of = {node.code: node.area for node in plan.nodes}
    between = {row.code for row in plan.links if {of[row.start], of[row.end]} == {"H1", "plaza"}}
    assert between
    assert between <= barred(alarm("plaza"))
    assert not between & barred(plan)
    assert barred_ways(plan, ENDS) == frozenset()
