"""The best plan of one unit over the whole event, at prices on cells: an exact dynamic program."""

from __future__ import annotations

import numpy as np

from hostcity.engines.rosters._kernels.compiled import entry, kernel, least_entry


@least_entry
def price_cells(m, unit, price, worth):
    """Cost of each shift at each post of the unit, less what prices pay for it: fills ``worth[D * S, posts of the unit]``."""
    posts = m.post[m.first[unit] : m.first[unit + 1]]
    lines = m.trait.shape[0]
    gives = np.empty(posts.size, m.gives.dtype)
    for at in range(worth.shape[0]):
        cost, half = m.shift_cost[unit, at], m.half[at % m.shifts]
        for each in range(posts.size):
            worth[at, each] = cost + m.post_cost[unit, half, posts[each]] + m.shut[at, posts[each]]
    for line in range(lines):
        some = False
        for each in range(posts.size):
            gives[each] = m.gives[unit, m.trait[line, posts[each]]]
            some = some or gives[each] > 0
        if not some:
            continue
        for at in range(worth.shape[0]):
            if m.shift_cost[unit, at] < m.far:
                base = at * m.posts
                for each in range(posts.size):
                    worth[at, each] -= gives[each] * price[line, base + posts[each]]
    for at in range(worth.shape[0]):
        if m.lock[unit, at] >= 0:
            for each in range(posts.size):
                worth[at, each] += -m.reward if posts[each] == m.lock[unit, at] else m.far


@entry
def room_for(m):
    """Room for `find_plan`: worth, values, least values, and of one arc."""
    widest, layers, most = 1, m.off_to.shape[1], m.fair.shape[1]
    for unit in range(m.kind.size):
        widest = max(widest, m.first[unit + 1] - m.first[unit])
    deepest = m.off_to.shape[2]
    return (
        np.empty((m.shift_cost.shape[1], widest), m.fair.dtype), np.empty((layers + 1, most, deepest, widest), m.fair.dtype),
        np.empty((layers + 1, most, deepest), m.fair.dtype), np.empty(widest, m.fair.dtype),
    )  # fmt: skip


@least_entry
def sweep(m, unit, worth, value, least, arc_worth):
    """Fill ``value[layer, shifts served, state, last post]`` and the least over posts; the value of the best plan comes back."""
    wide, kind, most = m.first[unit + 1] - m.first[unit], m.kind[unit], m.most[unit]
    layers = m.off_to.shape[1]
    least[0] = m.far
    idle = 0  # the state of who has not served yet
    for layer in range(layers):
        day = (layer // m.layers_a_day) * m.shifts
        reach = min(most, layer + 1)
        for served in range(1, reach + 1):
            for state in range(m.states[kind, layer + 1]):
                for each in range(wide):
                    value[layer + 1, served, state, each] = m.far
        for state in range(m.states[kind, layer]):
            to = m.off_to[kind, layer, state]
            for served in range(1, min(most, layer) + 1):
                if least[layer, served, state] < m.far:
                    before, after = value[layer, served, state], value[layer + 1, served, to]
                    for each in range(wide):
                        after[each] = min(after[each], before[each])
        for arc in range(m.arc_first[kind, layer], m.arc_first[kind, layer + 1]):
            begin, end = m.arc_shifts[arc], m.arc_shifts[arc + 1]
            row = worth[day + m.arc_shift[begin]]
            for each in range(wide):
                arc_worth[each] = row[each]
            for at in range(begin + 1, end):
                row = worth[day + m.arc_shift[at]]
                for each in range(wide):
                    arc_worth[each] = min(arc_worth[each], row[each])
            source, to = m.arc_source[arc], m.arc_target[arc]
            if source == idle and most > 0:
                after = value[layer + 1, 1, to]
                for each in range(wide):
                    after[each] = min(after[each], arc_worth[each])
            for served in range(2, reach + 1):
                if least[layer, served - 1, source] < m.far:
                    moved = least[layer, served - 1, source] + m.change
                    before, after = value[layer, served - 1, source], value[layer + 1, served, to]
                    for each in range(wide):
                        after[each] = min(after[each], min(before[each], moved) + arc_worth[each])
        idle = m.off_to[kind, layer, idle]
        for served in range(1, most + 1):
            for state in range(m.states[kind, layer + 1]):
                found = m.far
                if served <= reach:
                    row = value[layer + 1, served, state]
                    for each in range(wide):
                        found = min(found, row[each])
                least[layer + 1, served, state] = found
    best = m.fair[unit, 0]
    for served in range(1, most + 1):
        for state in range(m.states[kind, layers]):
            best = min(best, least[layers, served, state] + m.fair[unit, served])
    return best


@entry
def read_plan(m, unit, worth, value, least, plan):
    """Read the best plan back from what `sweep` has filled: the cell of each layer, -1 = off."""
    posts, kind, layers = m.post[m.first[unit] : m.first[unit + 1]], m.kind[unit], m.off_to.shape[1]
    plan[:] = -1
    best, served, state = m.fair[unit, 0], 0, 0
    for many in range(1, m.most[unit] + 1):
        for each in range(m.states[kind, layers]):
            if least[layers, many, each] + m.fair[unit, many] < best:
                best, served, state = least[layers, many, each] + m.fair[unit, many], many, each
    last = -1
    for layer in range(layers - 1, -1, -1):
        if served == 0:
            return
        if last < 0:
            last = first_of(value[layer + 1, served, state, : posts.size], least[layer + 1, served, state])
        if served <= layer:
            off, least_off = -1, value[layer + 1, served, state, last]
            for source in range(m.states[kind, layer]):
                is_real = least[layer, served, source] < m.far
                if (
                    m.off_to[kind, layer, source] == state
                    and is_real
                    and value[layer, served, source, last] <= least_off
                ):
                    off, least_off = source, value[layer, served, source, last]
            if off >= 0:
                state = off
                continue
        source, shift, moved = before_of(m, unit, layer, served, state, last, worth, value, least)
        at = (layer // m.layers_a_day) * m.shifts + shift
        plan[layer] = at * m.posts + posts[last]
        served, state = served - 1, source
        if moved:
            last = -1


@kernel
def first_of(row, least):
    """Where the least stands."""
    for each in range(row.size):
        if row[each] <= least:
            return each
    return 0


@kernel
def before_of(m, unit, layer, served, state, last, worth, value, least):
    """How the value of a state after a shift came about: the state before, the shift, whether the post changed."""
    kind, day = m.kind[unit], (layer // m.layers_a_day) * m.shifts
    idle = 0
    for each in range(layer):
        idle = m.off_to[kind, each, idle]
    found, best = (0, 0, False), m.far * 100
    for arc in range(m.arc_first[kind, layer], m.arc_first[kind, layer + 1]):
        if m.arc_target[arc] != state:
            continue
        source = m.arc_source[arc]
        for at in range(m.arc_shifts[arc], m.arc_shifts[arc + 1]):
            shift = m.arc_shift[at]
            here = worth[day + shift, last]
            if served == 1:
                if source == idle and here < best:
                    found, best = (source, shift, False), here
            elif least[layer, served - 1, source] < m.far:
                stayed, moved = value[layer, served - 1, source, last], least[layer, served - 1, source] + m.change
                if stayed + here < best:
                    found, best = (source, shift, False), stayed + here
                if moved + here < best:
                    found, best = (source, shift, True), moved + here
    return found


@entry
def plan_cost(m, unit, plan):
    """What a plan costs without prices."""
    cost, served, last = 0.0, 0, -1
    for cell in plan:
        if cell >= 0:
            at, post = cell // m.posts, cell % m.posts
            cost += m.shift_cost[unit, at] + m.post_cost[unit, m.half[at % m.shifts], post]
            if last >= 0 and last != post:
                cost += m.change
            if m.lock[unit, at] == post:
                cost -= m.reward
            last = post
            served += 1
    return cost + m.fair[unit, served]


@entry
def least_values(m, price, values):
    """The value of each unit's best plan at prices."""
    worth, value, least, arc_worth = room_for(m)
    for unit in range(m.kind.size):
        price_cells(m, unit, price, worth)
        values[unit] = sweep(m, unit, worth, value, least, arc_worth)
