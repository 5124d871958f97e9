"""Two people of different teams swap shifts, so that one serves with a team mate."""

from __future__ import annotations

import numpy as np

from hostcity.engines.rosters._kernels.compiled import entry, kernel
from hostcity.engines.rosters._kernels.loads import add_plan, harm_of
from hostcity.engines.rosters._kernels.plans import plan_cost
from hostcity.engines.rosters._kernels.whole import mates_at, mates_in


@entry
def gather_mates(m, c, order, plans, load, mate, first, occupants):
    """For each unit and shift without a mate: swap with somebody who serves beside a mate, where it pays. One shift a day.

    ``occupants`` from ``first[cell]`` on are the units in a cell; they stay so. What the objective changed by comes back.
    """
    layers = plans.shape[1]
    mine, theirs, pair = np.empty(layers, np.int64), np.empty(layers, np.int64), np.empty(2, np.int64)
    total = 0.0
    for unit in order:
        if m.team_first[unit + 1] == m.team_first[unit] or m.apart_first[unit + 1] > m.apart_first[unit]:
            continue
        for layer in range(layers):
            cell = plans[unit, layer]
            if cell < 0 or mates_at(m, unit, cell, layer, plans) > 0:
                continue
            best, other, there, place = -1e-6, -1, -1, -1
            for at in range(m.team_first[unit], m.team_first[unit + 1]):
                for to in range(layers):
                    target = plans[m.team[at], to]
                    if target < 0 or not can_take(m, unit, plans, layer, to, target):
                        continue
                    for each in range(first[target], first[target + 1]):
                        rival = occupants[each]
                        if is_mate(m, unit, rival) or not can_take(m, rival, plans, to, layer, cell):
                            continue
                        mine[:], theirs[:] = plans[unit], plans[rival]
                        mine[layer], theirs[to] = -1, -1
                        mine[to], theirs[layer] = target, cell
                        gain = swap_gain(m, c, unit, rival, mine, theirs, cell, target, pair, plans, load, mate)
                        if gain < best:
                            best, other, there, place = gain, rival, to, each
            if other >= 0:
                target = plans[other, there]
                swap(m, unit, other, cell, target, pair, load)
                for each in range(first[cell], first[cell + 1]):
                    if occupants[each] == unit:
                        occupants[each] = other
                occupants[place] = unit
                plans[unit, layer], plans[other, there] = -1, -1
                plans[unit, there], plans[other, layer] = target, cell
                total += best
    return total


@kernel
def can_take(m, unit, plans, layer, to, cell):
    """Whether a unit could give up the shift of one layer for a cell of another; rules from day to day are not looked at."""
    if (to != layer and plans[unit, to] >= 0) or m.shift_cost[unit, cell // m.posts] >= m.far:
        return False
    if m.apart_first[unit + 1] > m.apart_first[unit]:
        return False
    posts = m.post[m.first[unit] : m.first[unit + 1]]
    at = np.searchsorted(posts, cell % m.posts)
    return at < posts.size and posts[at] == cell % m.posts


@kernel
def is_mate(m, unit, other):
    """Whether two units are one, or of one team."""
    if unit == other:
        return True
    for at in range(m.team_first[unit], m.team_first[unit + 1]):  # noqa: SIM110 - compiled: no generator
        if m.team[at] == other:
            return True
    return False


@kernel
def is_legal(m, unit, plan):
    """Whether rules allow a plan."""
    kind, state = m.kind[unit], 0
    for layer in range(plan.size):
        if plan[layer] < 0:
            state = m.off_to[kind, layer, state]
            continue
        shift, found = (plan[layer] // m.posts) % m.shifts, -1
        for arc in range(m.arc_first[kind, layer], m.arc_first[kind, layer + 1]):
            if m.arc_source[arc] == state:
                for at in range(m.arc_shifts[arc], m.arc_shifts[arc + 1]):
                    if m.arc_shift[at] == shift:
                        found = m.arc_target[arc]
        if found < 0:
            return False
        state = found
    return True


@kernel
def swap_gain(m, c, unit, rival, mine, theirs, cell, target, pair, plans, load, mate):
    """What the objective changes by, mates and all; far above 0 when it is not allowed."""
    with_mates = mates_in(m, unit, mine, plans) + mates_in(m, rival, theirs, plans)
    with_mates -= mates_in(m, unit, plans[unit], plans) + mates_in(m, rival, plans[rival], plans)
    if with_mates <= 0.0:
        return 1e9
    gain = plan_cost(m, unit, mine) - plan_cost(m, unit, plans[unit])
    gain += plan_cost(m, rival, theirs) - plan_cost(m, rival, plans[rival]) - mate * with_mates
    if gain >= mate * 4.0 or not is_legal(m, unit, mine) or not is_legal(m, rival, theirs):
        return 1e9
    pair[0], pair[1] = cell, target
    gain -= harm_of(c, pair, load)
    swap(m, unit, rival, cell, target, pair, load)
    gain += harm_of(c, pair, load)
    swap(m, rival, unit, cell, target, pair, load)
    return gain


@kernel
def swap(m, unit, rival, cell, target, pair, load):
    """Move the loads of a unit from one cell to the other, and of its rival back."""
    one = pair[:1].copy()
    one[0] = cell
    add_plan(m, unit, one, -1.0, load)
    add_plan(m, rival, one, 1.0, load)
    one[0] = target
    add_plan(m, unit, one, 1.0, load)
    add_plan(m, rival, one, -1.0, load)
