"""Whole plans: each unit in turn takes its best answer to all the others, with or without noise."""

from __future__ import annotations

import numpy as np

from hostcity.engines.rosters._kernels.compiled import chance, entry, kernel
from hostcity.engines.rosters._kernels.loads import add_plan, harm_of, set_prices
from hostcity.engines.rosters._kernels.plans import plan_cost, price_cells, read_plan, room_for, sweep


@entry
def answer_units(m, c, order, plans, load, price, mate, heat, noise, seed, is_new):
    """One pass of best answers over units; what the objective changed by comes back.

    ``mate`` is what a shift with a team mate is worth; ``heat`` lets worse plans be kept at times, ``noise`` makes prices uneven;
    with ``is_new`` units have no plan before, or one that must be left.
    """
    room, spot = room_for(m), np.full(m.posts, -1)
    old = np.empty(plans.shape[1], np.int64)
    total = 0.0
    for unit in order:
        key = seed * 1_000_003 + unit
        old[:] = plans[unit]
        before = leave(m, c, unit, plans, load, price, mate)
        after = enter(m, c, unit, plans, load, price, mate, noise, key, room, spot)
        if is_new or is_kept(before, after, heat, key):
            total += after - before
        else:
            leave(m, c, unit, plans, load, price, mate)
            put(m, c, unit, old, plans, load, price)
    return total


@kernel
def is_kept(before, after, heat, key):
    """Whether a change stays: always when it is no worse, at times when it is, the more so the hotter."""
    if after <= before:
        return True
    return heat > 0.0 and chance(key, 1_000_000) < np.exp((before - after) / heat)


@kernel
def leave(m, c, unit, plans, load, price, mate):
    """Take a unit's plan out; what it adds to the objective comes back."""
    plan = plans[unit]
    cost = plan_cost(m, unit, plan) + harm_of(c, plan, load)
    add_plan(m, unit, plan, -1.0, load)
    cost -= harm_of(c, plan, load)
    set_prices(c, plan, load, price, 0.0)
    if mate > 0.0:
        cost -= mate * mates_in(m, unit, plan, plans)
    plan[:] = -1
    return cost


@kernel
def put(m, c, unit, plan, plans, load, price):
    """Give a unit that has none a plan."""
    add_plan(m, unit, plan, 1.0, load)
    set_prices(c, plan, load, price, 0.0)
    plans[unit] = plan


@kernel
def enter(m, c, unit, plans, load, price, mate, noise, key, room, spot):
    """Give a unit that has none its best plan, under noise; what it adds to the objective comes back."""
    worth, value, least, arc_worth = room
    posts = m.post[m.first[unit] : m.first[unit + 1]]
    price_cells(m, unit, price, worth)
    for each in range(posts.size):
        spot[posts[each]] = each
    if mate > 0.0:
        reward_mates(m, unit, plans, spot, mate, worth)
    if m.apart_first[unit + 1] > m.apart_first[unit]:
        keep_apart(m, unit, plans, spot, worth)
    for each in range(posts.size):
        spot[posts[each]] = -1
    if noise > 0.0:
        blur_worth(worth[:, : posts.size], noise, key)
    sweep(m, unit, worth, value, least, arc_worth)
    plan = np.empty(plans.shape[1], np.int64)
    read_plan(m, unit, worth, value, least, plan)
    cost = plan_cost(m, unit, plan) - harm_of(c, plan, load)
    if mate > 0.0:
        cost -= mate * mates_in(m, unit, plan, plans)
    put(m, c, unit, plan, plans, load, price)
    return cost + harm_of(c, plan, load)


@kernel
def mates_in(m, unit, plan, plans):
    """How many shifts of the team have a mate because of this plan: its own, and those of who would be alone."""
    found = 0.0
    for layer in range(plan.size):
        if plan[layer] >= 0:
            many = mates_at(m, unit, plan[layer], layer, plans)
            found += 0.0 if many == 0 else (2.0 if many == 1 else 1.0)
    return found


@kernel
def mates_at(m, unit, cell, layer, plans):
    """Other units of the team in a cell; it is looked for in the layers of its day."""
    many, day = 0, layer - layer % m.layers_a_day
    for at in range(m.team_first[unit], m.team_first[unit + 1]):
        for other in range(day, day + m.layers_a_day):
            if plans[m.team[at], other] == cell:
                many += 1
    return many


@kernel
def reward_mates(m, unit, plans, spot, mate, worth):
    """Make cells cheaper in which a mate serves: by two shifts with a mate for the first, one for others."""
    for at in range(m.team_first[unit], m.team_first[unit + 1]):
        other = m.team[at]
        for layer in range(plans.shape[1]):
            cell = plans[other, layer]
            if cell >= 0 and spot[cell % m.posts] >= 0:
                many = mates_at(m, unit, cell, layer, plans)
                gain = (2.0 if many == 1 else 1.0) * mate
                worth[cell // m.posts, spot[cell % m.posts]] -= gain / many


@kernel
def keep_apart(m, unit, plans, spot, worth):
    """Shut the cells in which somebody serves who must be elsewhere."""
    for at in range(m.apart_first[unit], m.apart_first[unit + 1]):
        for cell in plans[m.apart[at]]:
            if cell >= 0 and spot[cell % m.posts] >= 0:
                worth[cell // m.posts, spot[cell % m.posts]] += m.far


@kernel
def blur_worth(worth, noise, key):
    """Add exponential noise, to each post and to each shift."""
    shifts, posts = worth.shape
    for each in range(posts):
        more = -0.5 * noise * np.log(chance(key, each))
        for at in range(shifts):
            worth[at, each] += more
    for at in range(shifts):
        more = -noise * np.log(chance(key, 500_000 + at))
        for each in range(posts):
            worth[at, each] += more


@entry
def all_plan_costs(m, plans):
    """Cost of all plans without what is missing."""
    total = 0.0
    for unit in range(plans.shape[0]):
        total += plan_cost(m, unit, plans[unit])
    return total


@entry
def fill_loads(m, plans, load):
    """Loads of cells under whole plans."""
    load[:] = 0.0
    for unit in range(plans.shape[0]):
        add_plan(m, unit, plans[unit], 1.0, load)
