"""Random networks under absurd overload: everybody home, nothing above its cap, every rule of conduct kept."""

import numpy as np
import pytest

from hostcity.engines.day.results import HOME
from tests.engines.day.checked import Checked, check_doors, check_walks
from tests.engines.day.mazes import maze, troubled_maze

FEW, MANY = range(12), range(12, 232)


def play_and_check(seed: int, build=maze) -> tuple[float, int]:
    checked = Checked(build(seed), seed=seed)
    result = checked.play()
    assert (result.visitor_end == HOME).all(), (seed, np.bincount(result.visitor_end), result.overloads)
    narrowings = {(each.code, each.target) for each in checked.plan.timeline if each.action == "width"}
    for found in result.overloads:  # a barrier set among people, and nothing else
        assert found.reason == "narrowed", (seed, result.overloads)
        assert (found.event, found.place) in narrowings, (seed, result.overloads)
    check_walks(checked.day, result)
    if result.rotations == 0:
        check_doors(checked.day, result)
    return checked.fullest, result.rotations


@pytest.mark.parametrize("seed", FEW)
def test_everybody_gets_home(seed):
    play_and_check(seed)


@pytest.mark.parametrize("seed", FEW)
def test_everybody_gets_home_whatever_goes_wrong_meanwhile(seed):
    """Links closed and narrowed, stations failing, the hall evacuated, streams late or sent elsewhere; all mended."""
    play_and_check(seed, troubled_maze)


@pytest.mark.slow
def test_everybody_gets_home_whatever_goes_wrong_on_many_networks():
    for seed in MANY:
        play_and_check(seed, troubled_maze)


@pytest.mark.slow
def test_everybody_gets_home_from_many_networks_that_really_jam():
    played = [play_and_check(seed) for seed in MANY]
    assert sum(fullest == 1.0 for fullest, _ in played) > 0.8 * len(played)
    assert sum(rotations > 100 for _, rotations in played) > 0.4 * len(played)


@pytest.mark.parametrize("seed", [8, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 12))])
def test_everybody_is_in_one_place_and_no_ring_is_left_after_every_single_step(seed):
    result = Checked(maze(seed), seed=seed, people_each=1).play()
    assert (result.visitor_end == HOME).all()
    assert result.rotations > 100


def test_the_few_really_jam_too():
    jammed = [Checked(maze(seed, perimeter_share=1.0), seed=seed) for seed in (1, 8, 12)]
    rotations = [each.play().rotations for each in jammed]
    assert all(each.fullest == 1.0 and each.jammed_steps > 50 for each in jammed)
    assert min(rotations) > 50


def test_openings_keep_their_headway_where_nobody_changes_places():
    """With room for everybody and narrow doors the rule is tested on queues that never rotate."""
    tested = 0
    for seed in range(40, 60):
        checked = Checked(maze(seed, perimeter_share=0.03), seed=seed)
        result = checked.play()
        if result.rotations == 0:
            check_doors(checked.day, result)
            tested += 1
    assert tested >= 3


@pytest.mark.slow
@pytest.mark.parametrize(
    "model",
    [
        {"route_update_s": 60.0, "route_classes": 1},
        {"wrong_turn_share": 0.2},
        {"step_s": 10.0},
        {"front_row_m": 2.0},
        {"metering_share": 1.0},
        {"direction_share": 0.5},
        {"direction_share": 0.9},
        {"perimeter_share": 0.03},
        {"link_cap_per_m2": 5.0},
        {"rotation_share": 0.1},
    ],
)
def test_everybody_gets_home_whatever_the_rules_numbers_are(model):
    for seed in range(300, 315):
        checked = Checked(maze(seed, **model), seed=seed)
        result = checked.play()
        assert (result.visitor_end == HOME).all(), (seed, result.overloads)
        assert result.overloads == ()
