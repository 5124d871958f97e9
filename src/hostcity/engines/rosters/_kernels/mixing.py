"""Mixtures of plans: Frank-Wolfe steps between two plans of one unit, unit by unit."""

from __future__ import annotations

import numpy as np

from hostcity.engines.rosters._kernels.compiled import entry, kernel
from hostcity.engines.rosters._kernels.loads import add_plan, set_prices
from hostcity.engines.rosters._kernels.plans import plan_cost, price_cells, read_plan, room_for, sweep

EMPTY = -1.0  # the share of a place in the pool that holds no plan
FLAT = 1e-3  # of harm: two plans that differ by less are as good


@entry
def mix_units(m, c, order, pool, cost, share, load, price, blur, finds):
    """One pass over units: with ``finds`` the best plan at present prices joins the unit's pool, then shares move.

    ``pool[U, places, layers]`` cells, ``cost`` and ``share`` ``[U, places]``.
    """
    worth, value, least, arc_worth = room_for(m)
    plan = np.empty(pool.shape[2], np.int64)
    for unit in order:
        if finds:
            price_cells(m, unit, price, worth)
            sweep(m, unit, worth, value, least, arc_worth)
            read_plan(m, unit, worth, value, least, plan)
            keep_plan(m, c, unit, plan, pool, cost, share, load, price, blur)
        for _ in range(2):
            if not shift_share(m, c, unit, pool, cost, share, load, price, blur):
                break


@kernel
def keep_plan(m, c, unit, plan, pool, cost, share, load, price, blur):
    """Put a plan into the pool, unless it is there: in an empty place, else in that of the least share."""
    place, least = -1, 1e18
    for each in range(share.shape[1]):
        if share[unit, each] >= 0.0:
            if same(pool[unit, each], plan):
                return
            if share[unit, each] < least:
                place, least = each, share[unit, each]
        elif place < 0 or least > -1.0:
            place, least = each, -1.0
    if share[unit, place] > 0.0:  # its share goes to the largest
        largest = -1
        for each in range(share.shape[1]):
            if each != place and (largest < 0 or share[unit, each] > share[unit, largest]):
                largest = each
        add_plan(m, unit, pool[unit, place], -share[unit, place], load)
        add_plan(m, unit, pool[unit, largest], share[unit, place], load)
        set_prices(c, pool[unit, place], load, price, blur)
        set_prices(c, pool[unit, largest], load, price, blur)
        share[unit, largest] += share[unit, place]
    pool[unit, place] = plan
    share[unit, place] = 0.0
    cost[unit, place] = plan_cost(m, unit, plan)


@kernel
def same(one, other):
    """Whether two plans are one."""
    for layer in range(one.size):  # noqa: SIM110 - compiled: no generator
        if one[layer] != other[layer]:
            return False
    return True


@kernel
def reduced(m, unit, plan, cost, price):
    """Cost of a plan less what prices pay for it."""
    for cell in plan:
        if cell >= 0:
            for line in range(price.shape[0]):
                cost -= m.gives[unit, m.trait[line, cell % m.posts]] * price[line, cell]
    return cost


@kernel
def shift_share(m, c, unit, pool, cost, share, load, price, blur):
    """Move share from the worst plan that has some to the best, as far as it pays. Whether it did."""
    best, worst, low, high = -1, -1, 1e18, -1e18
    for each in range(share.shape[1]):
        if share[unit, each] >= 0.0:
            found = reduced(m, unit, pool[unit, each], cost[unit, each], price)
            if found < low:
                best, low = each, found
            if share[unit, each] > 1e-9 and found > high:
                worst, high = each, found
    gap = high - low
    if best == worst or worst < 0 or gap < FLAT:
        return False
    whole = share[unit, worst]
    move(m, c, unit, pool[unit, worst], pool[unit, best], whole, load, price, blur)
    over = reduced(m, unit, pool[unit, best], cost[unit, best], price)
    over -= reduced(m, unit, pool[unit, worst], cost[unit, worst], price)
    back = 0.0
    if over > 0.0:  # slopes are nearly straight between: the point where both are as good
        back = whole * over / (gap + over)
        move(m, c, unit, pool[unit, best], pool[unit, worst], back, load, price, blur)
    share[unit, worst] = back
    share[unit, best] += whole - back
    return True


@kernel
def move(m, c, unit, source, target, share, load, price, blur):
    """Move a share from one plan to another."""
    add_plan(m, unit, source, -share, load)
    add_plan(m, unit, target, share, load)
    set_prices(c, source, load, price, blur)
    set_prices(c, target, load, price, blur)


@entry
def fix_units(m, c, units, pool, share, load, price, blur, plans):
    """Give each of these units its plan of the largest share alone."""
    for unit in units:
        largest = 0
        for each in range(share.shape[1]):
            if share[unit, each] > share[unit, largest]:
                largest = each
        for each in range(share.shape[1]):
            if share[unit, each] > 0.0:
                add_plan(m, unit, pool[unit, each], -share[unit, each], load)
        add_plan(m, unit, pool[unit, largest], 1.0, load)
        for each in range(share.shape[1]):
            if share[unit, each] > 0.0:
                set_prices(c, pool[unit, each], load, price, blur)
            share[unit, each] = EMPTY
        share[unit, largest] = 1.0
        plans[unit] = pool[unit, largest]


@entry
def all_costs(m, pool, cost, share):
    """Cost of the mixture without what is missing."""
    total = 0.0
    for unit in range(share.shape[0]):
        for each in range(share.shape[1]):
            if share[unit, each] > 0.0:
                total += share[unit, each] * cost[unit, each]
    return total
