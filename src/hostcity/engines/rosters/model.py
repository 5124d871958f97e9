"""A problem as the kernels read it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from hostcity.engines.rosters.automaton import Automaton, automaton_of
from hostcity.engines.rosters.cover import shortage_of
from hostcity.engines.rosters.homes import Homes, home_cost
from hostcity.engines.rosters.problem import Floats, Ints, Problem

FAR = 1e6  # cost of what must not be; far above anything that can be, small enough for float32


class Model(NamedTuple):
    """Who can serve what, at which cost. A unit is one person, or people who serve side by side.

    ``U`` units, ``Z`` cells = (day x shifts + shift) x posts + post, ``T`` layers of the automata (`automaton`), ``C`` of them.
    """

    posts: int
    shifts: int
    layers_a_day: int
    first: Any  # [U + 1] where the posts of a unit begin
    post: Any  # posts that all of it are trained for
    shift_cost: Any  # [U, D * S]; FAR = not free
    post_cost: Any  # [U, 2, P] with what it costs not to be at home
    half: Any  # [S]
    shut: Any  # [D * S, P] 0, or FAR where nobody is needed
    gives: Any  # [U, K + 2] attendance in the sum, of all; of those with each trait; 0
    trait: Any  # [L, P] column of gives
    fair: Any  # [U, most + 1] cost of so many shifts; FAR = too many
    most: Any  # [U]
    lock: Any  # [U, D * S] post; -1 = none
    reward: Any  # for each lock that is kept: more than anything else brings
    change: Any  # cost of another post
    far: Any
    kind: Any  # [U] which automaton
    states: Any  # [C, T + 1]
    off_to: Any  # [C, T, Q]
    arc_first: Any  # [C, T + 1]
    arc_source: Any
    arc_target: Any
    arc_shifts: Any  # [A + 1]
    arc_shift: Any
    apart_first: Any  # [U + 1]
    apart: Any  # units
    team_first: Any  # [U + 1] other units of its team
    team: Any


class Cover(NamedTuple):
    """What cells need."""

    needed: Any  # [L, Z]
    weight: Any  # [L, Z]; 0 where nothing is asked
    missing: Any  # [R + 1, B], as in `Shortage`
    slope: Any
    step: float


class Units(NamedTuple):
    """Who is in each unit."""

    members: tuple[tuple[int, ...], ...]
    of: Ints  # [N]


def units_of(problem: Problem) -> Units:
    """People who serve side by side are one unit, everybody else one each."""
    count = problem.people.count
    groups = {person: tuple(sorted(group)) for group in problem.together for person in group}
    members = tuple(
        groups.get(person, (person,)) for person in range(count) if groups.get(person, (person,))[0] == person
    )
    of = np.zeros(count, np.int64)
    for unit, people in enumerate(members):
        of[list(people)] = unit
    return Units(members, of)


def cover_of(problem: Problem) -> Cover:
    """What cells need."""
    posts, tables = problem.posts, shortage_of(problem)
    lines = len(posts.needed)
    asks = (posts.trait >= 0) | (np.arange(lines) == 0)[:, None]
    needed = np.where(asks[:, None, None], posts.needed, 0) * problem.is_open
    weight = np.where(needed > 0, posts.weight[:, None, None], 0.0)
    return Cover(needed.reshape(lines, -1), weight.reshape(lines, -1), tables.missing, tables.slope, tables.step)


def model_of(problem: Problem, homes: Homes, units: Units, *, anywhere: bool = False, exact: bool = False) -> Model:
    """The model of a problem: in float32 to search, ``exact`` in float64 to prove; ``anywhere``: everybody is at home everywhere."""
    real = np.float64 if exact else np.float32
    people, (_, days, shifts, posts) = problem.people, problem.shape
    trained, free = (
        _rows(people.is_trained, units, np.all),
        _rows(people.is_free, units, np.all).reshape(len(units.members), -1),
    )
    away = np.zeros((people.count, 2, posts)) if anywhere else home_cost(problem, homes)
    away -= problem.weights.home  # each shift is one less of those that the target asks at home
    shift_cost = np.where(free, _rows(people.shift_cost, units, np.sum).reshape(free.shape), FAR)
    first, post = _begins(trained.sum(axis=1)), np.nonzero(trained)[1]
    lock, shift_cost = _locked(problem, units, shift_cost)
    automata = [automaton_of(problem.rules, days, is_minor=minor) for minor in (False, True)]
    fair, most = _fair(problem, units)
    apart_first, apart = _apart(problem, units)
    team_first, team = _mates(problem, units)
    values: Any = (
        posts, shifts, problem.rules.shifts_a_day, first, post, shift_cost.astype(real),
        _rows(people.post_cost[:, None, :] + away, units, np.sum).astype(real), problem.half_of,
        np.where(problem.is_open, 0.0, FAR).reshape(-1, posts).astype(real), _gives(problem, units).astype(real),
        np.where(problem.posts.trait >= 0, problem.posts.trait + 1, _plain(problem)), fair.astype(real), most, lock,
        real(_reward(problem, units, most)), real(problem.weights.change), real(FAR), _kinds(problem, units), *_together(automata),
        apart_first, apart, team_first, team,
    )  # fmt: skip
    return Model(*values)


def _reward(problem: Problem, units: Units, most: Ints) -> float:
    """More than all shifts of a plan can bring, or cost."""
    largest, shifts = max((len(each) for each in units.members), default=1), int(most.max(initial=1))
    of_shift = float(problem.posts.weight.sum(axis=0).max(initial=0.0)) + problem.weights.home + problem.weights.change
    return largest * shifts * (of_shift + problem.weights.fairness * shifts) + 1000.0


def _plain(problem: Problem) -> Ints:
    """Columns of lines that ask for no trait: the first counts everybody, the others nobody."""
    lines = len(problem.posts.needed)
    return np.where(np.arange(lines) == 0, 0, problem.people.has.shape[1] + 1)[:, None]


def _rows(array: Any, units: Units, combine: Callable[..., Any]) -> Any:
    """Rows of units, from those of their members."""
    found = array[[each[0] for each in units.members]]
    for unit, people in enumerate(units.members):
        if len(people) > 1:
            found[unit] = combine(array[list(people)], axis=0)
    return found


def _begins(many: Ints) -> Ints:
    """Where lists of so many begin, and the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(many)])


def _gives(problem: Problem, units: Units) -> Floats:
    people = problem.people
    counts = np.concatenate([np.ones((people.count, 1)), people.has, np.zeros((people.count, 1))], axis=1)
    found: Floats = _rows(people.attends[:, None] * counts, units, np.sum)
    return found


def _fair(problem: Problem, units: Units) -> tuple[Floats, Ints]:
    """Cost of each number of shifts, and how many are allowed."""
    people, (_, days, _, _) = problem.people, problem.shape
    most = np.minimum(_rows(people.most_shifts, units, np.min), days * problem.rules.shifts_a_day)
    shifts = np.arange(int(most.max(initial=0)) + 1)
    cost = _rows(problem.weights.fairness * (shifts - people.target[:, None]) ** 2.0, units, np.sum)
    return np.where(shifts <= most[:, None], cost, FAR), most


def _kinds(problem: Problem, units: Units) -> Ints:
    found: Ints = _rows(problem.people.is_minor, units, np.any).astype(np.int64)
    return found


def _locked(problem: Problem, units: Units, shift_cost: Floats) -> tuple[Ints, Floats]:
    lock = np.full(shift_cost.shape, -1)
    for each in problem.locks:
        unit, at = units.of[each.person], each.day * problem.shape[2] + each.shift
        if each.post < 0:
            shift_cost[unit, at] = FAR
        else:
            lock[unit, at] = each.post
    return lock, shift_cost


def _apart(problem: Problem, units: Units) -> tuple[Ints, Ints]:
    others: list[set[int]] = [set() for _ in units.members]
    for one, other in problem.apart:
        others[units.of[one]].add(int(units.of[other]))
        others[units.of[other]].add(int(units.of[one]))
    flat = [other for each in others for other in sorted(each)]
    return _begins(np.array([len(each) for each in others], np.int64)), np.array(flat, np.int64)


def _mates(problem: Problem, units: Units) -> tuple[Ints, Ints]:
    """Other units of each unit's team (that of its first member)."""
    team = problem.people.team[[each[0] for each in units.members]]
    order = np.argsort(team, kind="stable")
    begins = np.searchsorted(team[order], team)
    many = np.where(team >= 0, np.searchsorted(team[order], team, side="right") - begins, 0)
    unit = np.repeat(np.arange(team.size), many)
    place = np.arange(unit.size) - np.repeat(np.cumsum(many) - many, many)
    mate = order[begins[unit] + place]
    return _begins(np.maximum(many - 1, 0)), mate[mate != unit]


def _together(automata: list[Automaton]) -> tuple[Any, ...]:
    """The arrays of several automata as one."""
    most = max(each.off_to.shape[1] for each in automata)
    off = np.stack([np.pad(each.off_to, ((0, 0), (0, most - each.off_to.shape[1]))) for each in automata])
    first, arcs, begins, shifts = [], 0, [np.zeros(1, np.int64)], 0
    for each in automata:
        first.append(each.first + arcs)
        begins.append(each.shift_first[1:] + shifts)
        arcs, shifts = arcs + each.source.size, shifts + each.shifts.size
    return (
        np.stack([each.states for each in automata]), off, np.stack(first), np.concatenate([each.source for each in automata]),
        np.concatenate([each.target for each in automata]), np.concatenate(begins),
        np.concatenate([each.shifts for each in automata]),
    )  # fmt: skip
