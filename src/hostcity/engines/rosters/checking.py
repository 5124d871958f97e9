"""What does not fit in a roster problem."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from hostcity.engines.rosters.problem import Problem

MOST_TOGETHER = 12
MOST_WEIGHT = 2000.0  # far below what the search takes for impossible


def problems_of(problem: Problem) -> list[str]:
    """Sentences, each with where, what and how to mend; none when all is well."""
    if found := list(_shapes(problem)):
        return found  # of arrays that do not fit nothing else can be told
    return [*_values(problem), *_rules(problem), *_relations(problem)]


def _shapes(problem: Problem) -> Iterator[str]:
    people, posts, rules = problem.people, problem.posts, problem.rules
    if posts.needed.ndim != 4:
        yield f"posts.needed has {posts.needed.ndim} axes. Give lines, days, shifts, posts."
        return
    lines, days, shifts, count = posts.needed.shape
    people_count, traits = people.attends.size, people.has.shape[-1]
    expected: dict[str, tuple[Any, tuple[int, ...]]] = {
        "people.attends": (people.attends, (people_count,)), "people.is_trained": (people.is_trained, (people_count, count)),
        "people.is_free": (people.is_free, (people_count, days, shifts)), "people.has": (people.has, (people_count, traits)),
        "people.most_shifts": (people.most_shifts, (people_count,)), "people.target": (people.target, (people_count,)),
        "people.shift_cost": (people.shift_cost, (people_count, days, shifts)),
        "people.post_cost": (people.post_cost, (people_count, count)), "people.team": (people.team, (people_count,)),
        "people.is_minor": (people.is_minor, (people_count,)), "posts.weight": (posts.weight, (lines, count)),
        "posts.trait": (posts.trait, (lines, count)), "posts.zone": (posts.zone, (count,)),
        "posts.is_standby": (posts.is_standby, (count,)), "rules.starts_s": (rules.starts_s, (shifts,)),
        "rules.ends_s": (rules.ends_s, (shifts,)),
    }  # fmt: skip
    for name, (array, shape) in expected.items():
        if array.shape != shape:
            yield f"{name} has shape {array.shape}, not {shape}."
    if lines == 0:
        yield "posts.needed has no line. Line 0 asks for heads."


def _values(problem: Problem) -> Iterator[str]:
    people, posts = problem.people, problem.posts
    wrong = np.flatnonzero(~((people.attends > 0) & (people.attends <= 1)))
    if wrong.size:
        yield f"people.attends[{wrong[0]}] is {people.attends[wrong[0]]}. Probabilities are above 0 and at most 1."
    for name in ("shift_cost", "post_cost"):
        array = getattr(people, name)
        if not (np.isfinite(array) & (array >= 0)).all():
            yield f"people.{name} holds figures below 0 or none at all. Costs are 0 or more."
    if (people.most_shifts < 0).any() or (people.target < 0).any():
        yield "people.most_shifts or people.target is below 0."
    if (posts.needed < 0).any():
        yield "posts.needed is below 0 somewhere."
    if not (np.isfinite(posts.weight) & (posts.weight >= 0)).all():
        yield "posts.weight holds figures below 0 or none at all. Weights are 0 or more."
    elif (posts.weight.sum(axis=0) > MOST_WEIGHT).any():
        yield f"posts.weight of a post adds up to more than {MOST_WEIGHT:g}. Scale all weights and costs down."
    if not ((posts.trait >= -1) & (posts.trait < people.has.shape[1])).all():
        yield f"posts.trait names traits that people.has does not have. It has {people.has.shape[1]}."
    if (posts.trait[0] != -1).any():
        yield "posts.trait of line 0 is not -1. Line 0 asks for anybody; give traits a line of their own."


def _rules(problem: Problem) -> Iterator[str]:
    rules = problem.rules
    if (np.diff(rules.starts_s) < 0).any():
        yield "rules.starts_s does not ascend. Order shifts by their start."
    if (rules.lengths_s <= 0).any():
        yield "rules.ends_s: a shift ends before it starts. After midnight give more than 86400."
    if rules.shifts_a_day < 1:
        yield f"rules.shifts_a_day is {rules.shifts_a_day}. Give at least 1."
    if rules.most_days_running is not None and rules.most_days_running < 1:
        yield f"rules.most_days_running is {rules.most_days_running}. Give at least 1, or None for no limit."
    if rules.window_days < 1:
        yield f"rules.window_days is {rules.window_days}. Give at least 1."
    shifts = rules.starts_s.size
    if any(not (0 <= shift < shifts) for pair in rules.forbidden for shift in pair):
        yield f"rules.forbidden names shifts that there are not. Shifts: 0-{shifts - 1}."


def _relations(problem: Problem) -> Iterator[str]:
    count, days, shifts, posts = problem.shape
    for lock in problem.locks:
        if not (
            0 <= lock.person < count and 0 <= lock.day < days and 0 <= lock.shift < shifts and -1 <= lock.post < posts
        ):
            yield f"{lock} names a person, day, shift or post that there is not."
    members = [person for group in problem.together for person in group]
    if len(members) != len(set(members)):
        yield "together: somebody is in two groups. Join the groups."
    if max(map(len, problem.together), default=0) > MOST_TOGETHER:
        yield f"together: a group has more than {MOST_TOGETHER} people. Make several of it."
    for person in {*members, *(person for pair in problem.apart for person in pair)}:
        if not 0 <= person < count:
            yield f"together or apart names person {person}. People: 0-{count - 1}."
    group_of = {person: group for group in problem.together for person in group}
    for one, other in problem.apart:
        if one == other or (one in group_of and other in group_of.get(one, ())):
            yield f"apart: {one} and {other} are to serve together too. Take away one of both."
