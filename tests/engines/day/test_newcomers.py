"""Newcomers turn wrong where nothing shows them the way, and somebody brings them back."""

import dataclasses
from collections import Counter

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.engines.day.results import HOME, MOVE_LINK, MOVE_QUEUE, WRONG_TURNS
from hostcity.engines.day.turns import NOTHING_SHOWN, ShownWays
from hostcity.plan.rows import Event, WrongTurns
from tests.engines.day.checked import Checked, check_walks
from tests.engines.day.corridors import HOUR_S, play_with
from tests.engines.day.grids import ERR, grid
from tests.engines.day.mazes import maze, troubled_maze
from tests.fairs import small_fair
from tests.naive.newcomers import Venue


def shown(plan, seed=1, hides_m2=0.0):
    """A fifth of all that faces could show, right or wrong."""
    draw = np.random.default_rng(seed)
    head = [
        plan.nodes.index(next(row for row in plan.nodes if row.code == code))
        for each in plan.links
        for code in (each.end, each.start)
    ]
    goals = ("areas.A", "areas.B", "areas.C", "amenities.catering", "nodes.home", "amenities.water")
    found = [
        (goal, behind, way) for goal in range(len(goals)) for behind in range(len(head)) for way in range(len(head))
        if head[way ^ 1] == head[behind] and draw.random() < 0.2
    ]  # fmt: skip
    table = np.array(found, np.int32)
    hides = np.full(len(table), hides_m2, np.float32)
    faces = ShownWays(goals=goals, goal=table[:, 0], behind=table[:, 1], way=table[:, 2], hides_m2=hides)
    return faces, {(goals[goal], behind, way) for goal, behind, way in found}


def walks_of(plan, result):
    """Every walk that somebody took: person, where from, where to, what was looked for, the ways."""
    tails = [code for each in plan.links for code in (each.start, each.end)]
    for person in range(result.visitor_arrive_s.size):
        mine = np.flatnonzero(result.replay_person == person)
        ways, start = [], None
        for kind, place in zip(result.replay_kind[mine].tolist(), result.replay_place[mine].tolist(), strict=True):
            if kind == MOVE_LINK:
                start = result.node_codes.index(tails[place]) if start is None else start
                ways.append(place)
                continue
            row = plan.nodes[place]
            goal = f"nodes.{row.code}" if row.area == "outside" else f"areas.{row.area}"
            if start is not None:
                yield (
                    person,
                    start,
                    place,
                    "amenities.catering" if kind == MOVE_QUEUE and row.code == "2-2" else goal,
                    ways,
                )
            ways, start = [], place


def test_everybody_walks_as_the_words_say():
    """Slow twin: each person's every turn, what is counted of it, and the time that it costs."""
    plan = grid()
    faces, table = shown(plan)
    day, result = play_with(plan, shown=faces)
    desk = result.node_codes.index("1-1")
    twin = Venue(plan, table, {desk})
    seed, keys = int(day.rules.seed), day.people.key.tolist()
    assert 0.5 < result.visitor_is_newcomer.mean() < 0.9
    lost_m = np.zeros(result.visitor_arrive_s.size)
    wrong = Counter()
    for person, start, dest, goal, ways in walks_of(plan, result):
        before = twin.turns.total()
        is_new = bool(result.visitor_is_newcomer[person])
        assert ways == list(twin.walk(seed, keys[person], is_new, start, dest, goal)), (person, start, dest)
        wrong[person] += twin.turns.total() - before
        lost_m[person] += sum(twin.length[way] for way in ways) - 1.34 * twin.cost[dest][start]
    told = {
        (result.wrong_goals[goal], at): int(count) for goal, row in enumerate(result.wrong_turns) for at, count in enumerate(row) if count
    }  # fmt: skip
    assert told == dict(twin.turns)
    assert [wrong[person] for person in range(lost_m.size)] == result.visitor_wrong_turns.tolist()
    assert max(wrong.values()) > ERR.most  # of all walks of a day together
    asked = {
        (result.wrong_goals[goal], desk): int(each.sum())
        for goal, each in enumerate(result.wrong_questions[0])
        if each.any()
    }
    assert asked == dict(twin.questions)
    assert result.visitor_questions.sum() == sum(asked.values()) > 10
    assert {at: int(each) for at, each in enumerate(result.wrong_passed) if each} == dict(twin.passed)
    assert result.visitor_lost_s * day.people.walker["speed"] == pytest.approx(lost_m, abs=0.05)
    assert result.wrong_lost_s.sum() == pytest.approx(result.visitor_lost_s.sum(), rel=1e-4)
    assert (result.visitor_end == HOME).all()
    check_walks(day, result)


def test_heads_hide_faces_in_a_crowd_and_from_nobody_who_is_alone():
    """The denser, and the lower a face, the more turn wrong; behind enough heads it is as good as none."""
    plan = grid(600)
    narrow = plan.replace(links=tuple(dataclasses.replace(row, width_m=4.0) for row in plan.links))
    turns = [
        play_with(narrow, shown=shown(narrow, hides_m2=hides)[0])[1].wrong_turns.sum() for hides in (0.0, 5.0, 50.0)
    ]
    none = play_with(narrow, shown=NOTHING_SHOWN)[1].wrong_turns.sum()
    assert turns[0] < turns[1] < turns[2] < none
    wide = grid(12)
    days = [play_with(wide, shown=shown(wide, hides_m2=hides)[0])[1] for hides in (0.0, 50.0)]
    assert days[0].results_sha256 == days[1].results_sha256


def test_asking_takes_its_time():
    plan = grid()
    quick = plan.replace(wrong_turns=(dataclasses.replace(ERR, question_s=0.0),))
    slow, fast = (play_with(each, shown=NOTHING_SHOWN)[1] for each in (plan, quick))
    assert slow.wrong_questions.sum() > 10
    took = []
    for result in (slow, fast):
        order = np.lexsort((result.replay_at_s, result.replay_person))
        person, at_s, kind = (
            result.replay_person[order],
            result.replay_at_s[order].astype(float),
            result.replay_kind[order],
        )
        on_link = (kind[:-1] == MOVE_LINK) & (person[1:] == person[:-1])
        took.append(np.bincount(person[:-1][on_link], np.diff(at_s)[on_link], slow.visitor_arrive_s.size))
    same = slow.visitor_wrong_turns == fast.visitor_wrong_turns  # some come too late now for what they wanted to do
    assert same.mean() > 0.8
    asked = slow.visitor_questions[same].sum()
    assert (took[0] - took[1])[same].sum() == pytest.approx(45.0 * asked, rel=0.1)  # but for who is in the way of whom


def test_who_knows_the_way_and_who_is_told_it_goes_right():
    plan = grid()
    of_know = dataclasses.replace(ERR, know=("all",))
    sure = dataclasses.replace(ERR, straight_share=1.0, turn_share=1.0)
    usual = play_with(plan.replace(wrong_turns=()))[1]
    for row in (of_know, sure, dataclasses.replace(ERR, newcomer_share=0.0), dataclasses.replace(ERR, most=0)):
        day = play_with(plan.replace(wrong_turns=(row,)), shown=NOTHING_SHOWN)[1]
        assert day.wrong_turns.sum() == day.visitor_lost_s.sum() == 0
        assert day.replay_place.tolist() == usual.replay_place.tolist()


def test_a_day_on_which_nobody_errs_is_the_day_without_the_sheet():
    plan = small_fair()
    off = plan.replace(wrong_turns=(WrongTurns(code="day", happen=False),))
    days = [rehearse_day(each) for each in (plan, off)]
    for each in dataclasses.fields(days[0]):
        one, other = (getattr(day, each.name) for day in days)
        if each.name not in ("cpu_s", "plan_sha256"):
            assert np.array_equal(one, other, equal_nan=isinstance(one, np.ndarray) and one.dtype.kind == "f"), (
                each.name
            )
        if each.name in WRONG_TURNS:
            assert len(one) == 0


def test_the_same_newcomers_err_at_the_same_places_whatever_faces_hang_elsewhere():
    """Common random numbers: of those who are new with a smaller share all are with a larger one, and more faces lead no one astray who went right."""
    plan = grid()
    few, many = (
        play_with(plan.replace(wrong_turns=(dataclasses.replace(ERR, newcomer_share=share),)), shown=NOTHING_SHOWN)[1]
        for share in (0.3, 0.6)
    )
    assert (few.visitor_is_newcomer <= many.visitor_is_newcomer).all()
    assert few.visitor_wrong_turns.tolist() == np.where(few.visitor_is_newcomer, many.visitor_wrong_turns, 0).tolist()


def test_without_faces_said_a_day_with_wrong_turns_is_refused():
    with pytest.raises(ValueError, match="say what faces show"):
        rehearse_day(grid())


@pytest.mark.parametrize("seed", [1, 4, 8])
@pytest.mark.parametrize("build", [maze, troubled_maze])
def test_everybody_gets_home_from_a_jam_of_newcomers(build, seed):
    """Caps, conservation and one place for each hold as they do without; nobody new goes up stairs in a wheelchair."""
    row = WrongTurns(code="day", newcomer_share=0.8, straight_share=0.7, turn_share=0.4, most=9)
    plan = build(seed).replace(wrong_turns=(row,))
    result = Checked(plan, seed=seed, shown=NOTHING_SHOWN).play()
    assert (result.visitor_end == HOME).all()
    assert result.wrong_turns.sum() > 20


def test_marshals_lead_out_of_an_evacuated_area():
    plan = grid().replace(
        timeline=(Event(code="e", action="evacuate", target="hub", starts_at=0.0, ends_at=16 * HOUR_S),)
    )
    lost = dataclasses.replace(ERR, straight_share=0.0, turn_share=0.0)
    day = play_with(plan.replace(wrong_turns=(lost,)), shown=NOTHING_SHOWN)[1]
    hub = [at for at, row in enumerate(plan.nodes) if row.area == "hub"]
    assert day.wrong_turns[:, hub].sum() == 0
