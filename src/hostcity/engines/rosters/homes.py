"""Home posts of teams: where members serve side by side, by a flow of least cost."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from hostcity.engines.rosters.problem import Floats, Ints, Problem

NOWHERE = -1
UNTRAINED = 15.0  # harm of a member at a post that he is not trained for
WORST = 9.0  # a home that is worse for its team than this is none
NONE = 20.0  # harm of a half of the day in which a member is never free
HOMELESS = 1000.0
SPARE = 1.25  # heads that a post is given above what it needs, for those who will not come
CENTS = 100  # flows have whole costs


@dataclass(frozen=True, kw_only=True, eq=False)
class Homes:
    """The home of each person."""

    post: Ints = field(repr=False)  # [N] -1 = none
    half: Ints = field(repr=False)  # [N] 0 early, 1 late

    @property
    def share(self) -> float:
        """Of people who have one."""
        return float((self.post >= 0).mean()) if self.post.size else 0.0


def find_homes(problem: Problem) -> Homes:
    """Send the members of each team to posts and halves of the day, as many as these need.

    Notes
    -----
    A transport problem, solved to its optimum by OR-Tools' cost scaling flow; all its corners are whole [1]_. Which
    members go where is then told by who is trained and who prefers which half.

    References
    ----------
    .. [1] A. Goldberg, "An efficient implementation of a scaling minimum-cost flow algorithm", J. Algorithms 22, 1997. doi 10.1006/jagm.1995.0805
    """
    count, _, _, _posts = problem.shape
    post, half = np.full(count, NOWHERE), np.zeros(count, np.int64)
    members = np.flatnonzero(problem.people.team >= 0)
    room = _room(problem)
    if not members.size or not room.any():
        return Homes(post=post, half=half)
    _, team = np.unique(problem.people.team[members], return_inverse=True)
    prefers = _half_cost(problem)[members]
    cost = _team_cost(problem, members, team, prefers)
    flow = _flow(cost, np.bincount(team), room)
    left = [members[team == each].tolist() for each in range(cost.shape[0])]
    like = dict(zip(members.tolist(), (prefers[:, 0] - prefers[:, 1]).tolist(), strict=True))
    for many, each, place in flow:
        at, part = divmod(place, 2)
        sign = 1 - 2 * part
        chosen = sorted(left[each], key=lambda one: (not problem.people.is_trained[one, at], sign * like[one]))[:many]
        post[chosen], half[chosen] = at, part
        left[each] = [one for one in left[each] if one not in chosen]
    for each in range(cost.shape[0]):
        _join(problem, members[team == each], prefers[team == each], post, half)
    return Homes(post=post, half=half)


def _join(problem: Problem, team: Ints, prefers: Floats, post: Ints, half: Ints) -> None:
    """Who is without a home, or alone in one, joins the largest of the team where he can serve.

    A home may so have more people than its post needs at a time: they take turns.
    """
    places, many = np.unique(post[team] * 2 + half[team], return_counts=True)
    together = places[(many > 1) & (places >= 0)][np.argsort(-many[(many > 1) & (places >= 0)], kind="stable")]
    lone = places[(many == 1) | (places < 0)]
    for at in np.flatnonzero(np.isin(post[team] * 2 + half[team], lone)).tolist():
        for place in together.tolist():
            where, part = divmod(place, 2)
            if problem.people.is_trained[team[at], where] and prefers[at, part] < NONE:
                post[team[at]], half[team[at]] = where, part
                break


def home_cost(problem: Problem, homes: Homes) -> Floats:
    """Harm of a shift at each post in each half, of not being at home: ``float64[N, 2, P]``."""
    count, _, _, posts = problem.shape
    away = np.full((count, 2, posts), problem.weights.home)
    has = np.flatnonzero(homes.post >= 0)
    away[has, homes.half[has], homes.post[has]] = 0.0
    away[has, 1 - homes.half[has], homes.post[has]] = problem.weights.home_half
    return away


def _room(problem: Problem) -> Ints:
    """How many people each post and half of the day keeps busy: ``int64[P, 2]``."""
    needed = np.where(problem.posts.is_standby, 0, problem.posts.needed[0]).sum(axis=0)  # [S, P]
    heads = np.stack([needed[problem.half_of == half].sum(axis=0) for half in (0, 1)], axis=1)
    days = problem.people.is_free.any(axis=2).sum(axis=1)
    shifts = np.minimum(problem.people.target, days).mean()
    room: Ints = np.round(heads / max(shifts, 1.0) * SPARE).astype(np.int64)
    return room


def _half_cost(problem: Problem) -> Floats:
    """Mean harm of a free shift of each person in each half: ``float64[N, 2]``."""
    people = problem.people
    found = []
    for half in (0, 1):
        free = people.is_free[:, :, problem.half_of == half]
        total = (people.shift_cost[:, :, problem.half_of == half] * free).sum(axis=(1, 2))
        many = free.sum(axis=(1, 2))
        found.append(np.where(many > 0, total / np.maximum(many, 1), NONE))
    return np.stack(found, axis=1)


def _team_cost(problem: Problem, members: Ints, team: Ints, prefers: Floats) -> Floats:
    """Mean harm of a shift there, of each team: ``float64[teams, P, 2]``."""
    people, size = problem.people, np.bincount(team)
    post_cost = np.where(people.is_trained[members], people.post_cost[members], UNTRAINED)
    order = np.argsort(team, kind="stable")
    first = np.concatenate([[0], np.cumsum(size)[:-1]])
    at_post = np.add.reduceat(post_cost[order], first, axis=0) / size[:, None]
    in_half = np.add.reduceat(prefers[order], first, axis=0) / size[:, None]
    found: Floats = at_post[:, :, None] + in_half[:, None, :]
    return found


def _flow(cost: Floats, size: Ints, room: Ints) -> list[tuple[int, int, int]]:
    """Members, team and place of the least flow; the largest first."""
    from ortools.graph.python import min_cost_flow  # type: ignore[import-untyped]

    teams, places = cost.shape[0], room.size
    flat, free = cost.reshape(teams, places), room.ravel()
    source, place = np.nonzero((flat < WORST) & (free > 0))
    end = teams + places
    network = min_cost_flow.SimpleMinCostFlow()
    prices = np.round(flat[source, place] * CENTS).astype(np.int64)
    network.add_arcs_with_capacity_and_unit_cost(source, teams + place, size[source], prices)
    network.add_arcs_with_capacity_and_unit_cost(
        teams + np.arange(places), np.full(places, end), free, np.zeros(places, np.int64)
    )
    network.add_arcs_with_capacity_and_unit_cost(
        np.arange(teams), np.full(teams, end), size, np.full(teams, int(HOMELESS * CENTS))
    )
    network.set_nodes_supplies(np.arange(teams), size)
    network.set_node_supply(end, -int(size.sum()))
    if network.solve() != network.OPTIMAL:
        raise AssertionError("every team may stay without a home")
    sent = network.flows(np.arange(source.size))
    order = np.argsort(-sent, kind="stable")
    return [(int(sent[arc]), int(source[arc]), int(place[arc])) for arc in order if sent[arc] > 0]
