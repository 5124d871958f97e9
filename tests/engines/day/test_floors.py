"""On a floor everybody waits for their own way out: a jam at one way holds up nobody who wants another."""

import dataclasses

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.results import HOME
from hostcity.plan.rows import Approach, Event, Gate, Group, LinkKind
from tests.engines.day.checked import Checked, passages
from tests.engines.day.corridors import HOUR_S, corridor, link, node

DIRECT = link("direct", "check", "hall", 100, 100)


def two_ways(width_m, *, persons=1000, others=100, over_s=60.0, more=(), **model):
    """From one square, ``persons`` go to gate G by a link of ``width_m`` and ``others`` to gate T by a wide one."""
    links = (link("approach", "home", "check", 60, width_m), DIRECT, link("wide", "home", "check2", 60, 50), *more)
    links += (link("entry2", "check2", "hall", 100, 100),)
    model = {"replay_share": 1.0, **model}
    plan = corridor(persons, links=links, over_s=over_s, last_s=12 * HOUR_S, group={"dwell_median_s": 60.0}, **model)
    (stream,), (mix,), (station,) = plan.streams, plan.mixes, plan.stations
    return plan.replace(
        nodes=(*plan.nodes, node("check2", "gate")),
        gates=(*plan.gates, Gate(code="T")),
        stations=(station, dataclasses.replace(station, code="security2", node="check2", gate="T")),
        streams=(stream, dataclasses.replace(stream, code="T", persons=others)),
        approaches=(*plan.approaches, Approach(code="T-T", stream="T", gate="T", weight=1.0)),
        mixes=(mix, dataclasses.replace(mix, code="T-all", stream="T")),
    )


def entered(day, code):
    """Who entered a link forward and when, in order of entering."""
    seen = passages(day)
    at = np.flatnonzero(seen["way"] == 2 * day.link_codes.index(code))
    at = at[np.argsort(seen["from_s"][at], kind="stable")]
    return seen["person"][at], seen["from_s"][at]


def test_a_jam_at_one_way_out_costs_those_who_want_another_nothing():
    jammed, free = rehearse_day(two_ways(0.6), seed=1), rehearse_day(two_ways(50.0), seed=1)
    others = free.visitor_stream == 1
    walk_s = (jammed.visitor_entry_joined_s - jammed.visitor_arrive_s)[~others]
    assert walk_s.max() > 1000 / (1.22 * 0.6) - 60.0  # the jam is there
    assert jammed.visitor_entry_joined_s[others].tolist() == free.visitor_entry_joined_s[others].tolist()


def test_who_want_the_same_way_take_it_in_the_order_in_which_they_came():
    day = Checked(two_ways(0.6)).play()
    for code, stream in (("approach", 0), ("wide", 1)):
        persons, _ = entered(day, code)
        assert persons.tolist() == np.flatnonzero(day.visitor_stream == stream).tolist()


@pytest.mark.parametrize("slow_for", ["wheels", "walkers"])
def test_who_wait_for_the_lift_and_who_wait_for_the_stairs_do_not_hold_up_one_another(slow_for):
    """One group's way is 0.6 m wide and 60 m of room, the other's is wide; each in turn."""
    narrow, wide = link("ramp", "home", "check", 60, 0.6), link("stairs", "home", "check", 30, 50, kind="stairs")
    if slow_for == "walkers":
        narrow, wide = link("ramp", "home", "check", 60, 50), link("stairs", "home", "check", 20, 0.6, kind="stairs")
    plan = corridor(1000, links=(narrow, wide, DIRECT), over_s=60.0, last_s=12 * HOUR_S, route_spread_s=0.01)
    (group,), (mix,) = plan.groups, plan.mixes
    both = plan.replace(
        link_kinds=(LinkKind(code="level"), LinkKind(code="stairs", step_free=False)),
        groups=(group, Group(**{**_fields(group), "code": "wheels", "step_free": True})),
        mixes=(mix, dataclasses.replace(mix, code="wheels", group="wheels")),
    )
    day = rehearse_day(both, seed=1)
    is_slow = day.visitor_group == day.group_codes.index("wheels" if slow_for == "wheels" else "all")
    walk_s = day.visitor_entry_joined_s - day.visitor_arrive_s
    assert walk_s[is_slow].max() > 400.0
    assert walk_s[~is_slow].max() < 60 / 1.34 + 10.0


def _fields(row):
    return {each.name: getattr(row, each.name) for each in dataclasses.fields(row)}


def test_when_a_way_is_closed_those_who_wait_for_it_go_another_way_then_and_in_their_order():
    """As many a second as the opening of that way lets through; nobody sets off on it before they know."""
    detour = link("detour", "home", "check", 200, 50)
    close = Event(code="e", action="close", target="approach", starts_at=300.0)
    day = Checked(two_ways(0.6, more=(detour,), route_spread_s=0.01).replace(timeline=(close,))).play()
    first, _ = entered(day, "approach")
    then, from_s = entered(day, "detour")
    assert [*first.tolist(), *then.tolist()] == np.flatnonzero(day.visitor_stream == 0).tolist()
    assert len(then) > 500
    np.testing.assert_allclose(from_s, 300.0 + np.arange(len(then)) / (1.22 * 50), rtol=0, atol=0.01)
    assert (day.visitor_end == HOME).all()


def test_those_who_change_their_line_keep_the_place_that_their_time_gives_them():
    """Closed, the narrow way sends its people into a line that others wait in already: who came first goes first."""
    close = Event(code="e", action="close", target="approach", starts_at=300.0)
    cut = link("cut", "check2", "check", 10, 50)
    plan = two_ways(0.6, others=1000, more=(cut,), route_spread_s=0.01)
    narrow = tuple(dataclasses.replace(each, width_m=0.6) if each.code == "wide" else each for each in plan.links)
    day = Checked(plan.replace(links=narrow, timeline=(close,))).play()
    persons, from_s = entered(day, "wide")
    later = persons[from_s > 300.0]
    assert set(day.visitor_stream[later].tolist()) == {0, 1}
    assert later.tolist() == sorted(later.tolist())  # visitors are numbered by time of arrival
