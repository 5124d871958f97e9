"""Arrays that turn out too small are made larger, and what does not add up is said."""

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.day._kernels.day import play
from hostcity.engines.day.rehearse import _play_all, prepare
from hostcity.engines.day.results import HOME
from hostcity.engines.day.summing_up import sum_up
from tests.engines.day.checked import passages
from tests.engines.day.corridors import HOUR_S, corridor, link, node, play_with


def chain(links: int, persons: int, over_s: float, **model):
    """A hall at the end of many wide links in a row."""
    plan = corridor(
        persons, over_s=over_s, last_s=6 * HOUR_S, closes_s=5 * HOUR_S,
        group={"dwell_median_s": 600.0, "dwell_sigma": 0.0}, **model,
    )  # fmt: skip
    codes = ["check", *(f"n{at}" for at in range(1, links)), "hall"]
    return plan.replace(
        nodes=(*plan.nodes, *(node(code, "gate") for code in codes[1:-1])),
        links=(
            plan.links[0],
            *(link(f"c{at}", *codes[at : at + 2], 10, 500) for at in range(links)),
        ),
    )


def test_a_day_whose_links_fill_their_room_is_played_again_with_more():
    """All of one crowd pass every link at once, and each link takes room for all of them."""
    plan = chain(12, 4000, 1.0, step_s=5.0)
    assert not _play_all(prepare(plan, seed=3), None)
    _, roomy = play_with(plan, seed=3)  # four times the room
    day = rehearse_day(plan, seed=3)
    assert (day.visitor_end == HOME).all()
    np.testing.assert_array_equal(day.visitor_left_s, roomy.visitor_left_s)
    np.testing.assert_array_equal(day.link_flow, roomy.link_flow)


def test_a_replay_keeps_every_move_however_many_there_are():
    """Three stops, and 101 links there and back: more than the forty moves a stop that find room at first."""
    plan = chain(100, 60, 600.0, step_s=5.0, replay_share=1.0)
    day = rehearse_day(plan)
    assert (day.visitor_end == HOME).all()
    walked = np.bincount(passages(day)["person"], minlength=60)
    assert walked.tolist() == [2 * 101] * 60
    _, cut_short = play_with(plan)
    assert cut_short.replay_person.size < day.replay_person.size
    np.testing.assert_array_equal(cut_short.visitor_left_s, day.visitor_left_s)


@pytest.mark.parametrize("lost", [3, -2])
def test_people_who_are_on_no_link_and_no_floor_are_reported(lost):
    plan = corridor(400, over_s=600.0, last_s=4 * HOUR_S)
    day = prepare(plan, seed=1)
    arrays = (
        day.network.net,
        day.rules,
        day.people,
        day.service,
        day.control,
        day.crowd,
        day.log,
        day.hops,
        day.speeds,
    )
    play(*arrays, 0, 200)
    day.crowd.floor[day.network.node_of["hall"]] -= lost
    play(*arrays, 200, 300)
    day.crowd.floor[day.network.node_of["hall"]] += lost  # the first time counts, however it goes on
    play(*arrays, 300, day.rules.steps)
    found = [
        each for each in sum_up(plan, day, seed=1, run=0, version="", began=0.0).overloads if each.reason != "stranded"
    ]
    assert [(each.reason, each.at_s, each.figure) for each in found] == [("conservation", 201 * 2.0, float(lost))]
