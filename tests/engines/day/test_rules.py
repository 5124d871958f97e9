"""Each overload rule does what its row in the README says: small places where the answer is known on paper."""

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Approach, Area, Attraction, Group, Mix, ProfileSlot, Stream
from tests.engines.day.checked import passages
from tests.engines.day.corridors import HOUR_S, corridor, link, node

FLOW = 1.22
WALK = 1.34


def two_halls(first: ProfileSlot, second: ProfileSlot, persons: tuple[int, int], entry_m: float, **model) -> Plan:
    """People of stream A want hall A behind a door of 1 cm, those of B hall B; both come along one link to a fork."""
    plan = corridor(0, last_s=6 * HOUR_S, closes_s=5 * HOUR_S, flow_per_m_per_s=FLOW, **model)
    (group,) = plan.groups
    return plan.replace(
        areas=(*plan.areas[:2], *(Area(code=code, kind="hall", level="0", gross_m2=1e4) for code in ("F", "A", "B"))),
        nodes=(*plan.nodes[:2], node("fork", "F"), node("a", "A"), node("b", "B")),
        links=(
            plan.links[0], link("entry", "check", "fork", 20, entry_m),
            link("to-a", "fork", "a", 1, 0.5, door_m=0.01), link("to-b", "fork", "b", 20, 20),
        ),
        profiles=(first, second),
        streams=tuple(
            Stream(code=code, mode="walk", node="home", persons=many, profile=code)
            for code, many in zip("AB", persons, strict=True)
        ),
        approaches=tuple(Approach(code=code, stream=code, gate="G", weight=1.0) for code in "AB"),
        groups=tuple(Group(**_fields(group) | {"code": code}) for code in "AB"),
        mixes=tuple(Mix(code=code, stream=code, group=code, weight=1.0) for code in "AB"),
        attractions=tuple(Attraction(code=code, area=code, group=code, weight=1.0) for code in "AB"),
    )  # fmt: skip


def _fields(row):
    return {name: getattr(row, name) for name in row.__dataclass_fields__}


def slot(profile, starts_at, ends_at):
    return ProfileSlot(code=profile, profile=profile, starts_at=starts_at, ends_at=ends_at, weight=1.0)


@pytest.mark.parametrize(
    ("abreast", "without", "pass_at_once"), [(3, (), True), (2, (), False), (3, ("R3",), False)], ids=str
)
def test_who_can_go_passes_those_of_the_front_row_who_cannot(abreast, without, pass_at_once):
    """R3. Of four who want hall A one is through, one on the link, two wait at the fork, where the others turn off."""
    plan = two_halls(slot("A", 0.0, 5.0), slot("B", 40.0, 60.0), (4, 20), 0.6 * abreast + 0.1)
    day = rehearse_day(plan, without=without)
    others = day.visitor_stream == 1
    walk_s = (60 + 20 + 20) / WALK
    way_s = (day.visitor_first_hall_s - day.visitor_arrive_s)[others]
    if pass_at_once:
        assert way_s.max() < walk_s + 5.0
    else:  # a place on the narrow link falls free 82 s after the one before
        assert way_s.min() > walk_s + 10.0


@pytest.mark.parametrize(
    ("home_m2", "without", "share"), [(None, (), 0.5), (None, ("R4",), 0.65), (10.0, (), 0.65)], ids=str
)
def test_from_a_floor_nobody_enters_a_link_more_than_half_full_unless_the_floor_is_full(home_m2, without, share):
    """R4. 80 find a place on the link, 52 of one direction; a floor of 10 m2 is full with 30 and here holds more."""
    plan = corridor(
        400, over_s=60.0, last_s=12 * HOUR_S, flow_per_m_per_s=FLOW, group={"dwell_sigma": 0.0},
        links=(link("approach", "home", "check", 20, 1, door_m=0.1), link("entry", "check", "hall", 100, 100)),
    )  # fmt: skip
    plan = plan.replace(nodes=(node("home", "outside", floor_m2=home_m2), *plan.nodes[1:]))
    day = rehearse_day(plan, without=without)
    assert day.link_peak_per_m2[day.link_codes.index("approach")] == int(share * 80) / 20


def two_feeders(**model):
    """Two streams, each along a link of its own, meet before a link that lets one through each step."""
    plan = corridor(0, over_s=60.0, last_s=6 * HOUR_S, closes_s=5 * HOUR_S, flow_per_m_per_s=FLOW, **model)
    return plan.replace(
        nodes=(*plan.nodes, node("home2", "outside"), node("meet", "gate")),
        links=(
            link("left", "home", "meet", 40, 20), link("right", "home2", "meet", 40, 20),
            link("joint", "meet", "check", 4, 1, door_m=0.5 / FLOW), plan.links[1],
        ),
        streams=tuple(
            Stream(code=code, mode="walk", node=home, persons=600, profile="all")
            for code, home in (("left", "home"), ("right", "home2"))
        ),
        approaches=tuple(Approach(code=code, stream=code, gate="G", weight=1.0) for code in ("left", "right")),
        mixes=tuple(Mix(code=code, stream=code, group="all", weight=1.0) for code in ("left", "right")),
    )  # fmt: skip


@pytest.mark.parametrize(("without", "least", "most"), [((), 0.3, 0.5), (("R6",), 0.0, 0.05)], ids=str)
def test_two_links_that_feed_one_place_take_turns(without, least, most):
    """R6. The first door of the list would take every place that falls free."""
    day = rehearse_day(two_feeders(), without=without)
    first = np.argsort(day.visitor_entry_joined_s)[50:550]  # while people queue on both
    share = day.visitor_stream[first].mean()
    assert least <= min(share, 1 - share) <= most


def two_ways(**model):
    """The short way's door lets 1 through a second where 2 come; the long one is wide and takes 150 s."""
    persons = 3600
    plan = corridor(
        persons, over_s=persons / 2, last_s=6 * HOUR_S, closes_s=5 * HOUR_S, flow_per_m_per_s=FLOW,
        route_update_s=600.0, route_smoothing=1.0, route_spread_s=0.01, replay_share=1.0, **model,
    )  # fmt: skip
    return plan.replace(
        links=(
            link("approach", "home", "check", 10, 50), link("short", "check", "hall", 100, 10, door_m=1 / FLOW),
            link("long", "check", "hall", 200, 50),
        )
    )  # fmt: skip


@pytest.mark.parametrize(("without", "shares"), [((), (0.0, 0.25, 0.5)), (("R7",), (0.0, 1.0, 0.0))], ids=str)
def test_one_of_four_groups_changes_its_way_at_a_time(without, shares):
    """R7. In the ten minutes after the first new routes a quarter takes the long way, a half in the next.

    Without it all change together: to the long way, and back.
    """
    day = rehearse_day(two_ways(), without=without)
    seen = passages(day)
    inward = np.isin(seen["way"], (2, 4))
    for number, expected in enumerate(shares):
        then = inward & (seen["from_s"] > 600.0 * number + 5.0) & (seen["from_s"] < 600.0 * (number + 1) - 5.0)
        takes_long = (seen["way"][then] == 4).mean()
        assert abs(takes_long - expected) <= 4 * np.sqrt(expected * (1 - expected) / then.sum())


def exchange(**model):
    """A hall of two full floors between which everybody goes to and fro over one narrow link."""
    plan = corridor(
        200, over_s=60.0, last_s=HOUR_S, closes_s=HOUR_S, flow_per_m_per_s=FLOW,
        group={"stands_mean": 1000.0, "dwell_median_s": 0.0, "dwell_sigma": 0.0}, **model,
    )  # fmt: skip
    return plan.replace(
        nodes=(*plan.nodes[:2], node("hall", "H", floor_m2=10.0), node("back", "H", floor_m2=10.0)),
        links=(*plan.links, link("between", "hall", "back", 1, 2, door_m=0.5)),
    )


@pytest.mark.parametrize("share", [0.5, 0.25])
def test_people_who_block_one_another_change_places_at_a_share_of_the_flow(share):
    """R2. Nobody leaves within the half hour, so nothing but the ring moves."""
    day = rehearse_day(exchange(rotation_share=share, step_s=1.0))
    passed = day.link_flow[day.link_codes.index("between")][:, 2:6]
    expected = share * FLOW * 0.5 * 300.0
    assert np.abs(passed - expected).max() <= 1.0
