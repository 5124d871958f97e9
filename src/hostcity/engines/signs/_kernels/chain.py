"""Persons forward along their ways, what becomes of them backward, and what signing a state is worth."""

from __future__ import annotations

import numba as nb

#: Compile a kernel. It checks nothing: its public face does.
kernel = nb.njit(error_model="numpy", cache=True)

MOST_SWEEPS = 10_000
NEAR = 1e-10  # relative change of a sweep at which persons and ways stand still


@kernel
def evaluate(model, count, destination, mass, value, worth):
    """The score of one destination, the more the better. Fills persons in each of its states (``mass``), what becomes of one
    (``value``), and what a face would be worth there (``worth``)."""
    states = model.order[model.first_of[destination] : model.first_of[destination + 1]]
    if model.recovers:
        return walk_on(model, states, count, mass, value, worth)
    return follow(model, states, count, mass, value, worth)


@kernel
def follow(model, states, count, mass, value, worth):
    """Who turns wrong is lost. Score: persons who arrive; value: the share of a state that arrives."""
    for state in states:
        mass[state] = model.starts[state]
    arrived = 0.0
    for state in states:
        rate = model.signed[state] if count[state] > 0 else model.plain[state]
        there = model.after[state]
        if there < 0:
            arrived += rate * mass[state]
        else:
            mass[there] += rate * mass[state]
    for at in range(states.size - 1, -1, -1):
        state = states[at]
        there = model.after[state]
        rate = model.signed[state] if count[state] > 0 else model.plain[state]
        beyond = value[there] if there >= 0 else 1.0
        value[state] = rate * beyond
        worth[state] = mass[state] * (model.signed[state] - model.plain[state]) * beyond
    return arrived


@kernel
def wrong_way(model, state, value):
    """Meters to walk after a wrong turn, each wrong way as likely."""
    first, last = model.wrong_first[state], model.wrong_first[state + 1]
    total = 0.0
    for at in range(first, last):
        total += model.wrong_m[at] + value[model.wrong[at]]
    return total / (last - first)


@kernel
def walk_on(model, states, count, mass, value, worth):
    """Who turns wrong walks on from there. Score: meters walked, below 0; value: meters from a state on, in the mean.

    Sweeps of Gauss and Seidel, from the destination outward and back; from what ``value`` and ``mass`` were before.
    """
    for _ in range(MOST_SWEEPS):
        largest, change = 0.0, 0.0
        for at in range(states.size - 1, -1, -1):
            state = states[at]
            there = model.after[state]
            right = model.ahead_m[state] + (value[there] if there >= 0 else 0.0)
            rate = model.signed[state] if count[state] > 0 else model.plain[state]
            now = right
            if rate < 1.0 and model.wrong_first[state + 1] > model.wrong_first[state]:
                now = rate * right + (1.0 - rate) * wrong_way(model, state, value)
            change = max(change, abs(now - value[state]))
            largest = max(largest, now)
            value[state] = now
        if change <= NEAR * largest:
            break
    score = 0.0
    for state in states:
        score -= model.starts[state] * value[state]
    pass_on(model, states, count, mass, worth)
    for state in states:
        worth[state] = 0.0
        if model.signed[state] > model.plain[state] and model.wrong_first[state + 1] > model.wrong_first[state]:
            there = model.after[state]
            right = model.ahead_m[state] + (value[there] if there >= 0 else 0.0)
            worth[state] = (
                mass[state] * (model.signed[state] - model.plain[state]) * (wrong_way(model, state, value) - right)
            )
    return score


@kernel
def pass_on(model, states, count, mass, moving):
    """How often states are come through, by all who start: wrong turns bring some of them back."""
    for state in states:
        mass[state] = 0.0
        moving[state] = model.starts[state]
    for _ in range(MOST_SWEEPS):
        left = 0.0
        for state in states:  # down the ways: what comes from before in this round moves on in it
            persons = moving[state]
            if persons == 0.0:
                continue
            moving[state] = 0.0
            mass[state] += persons
            first, last = model.wrong_first[state], model.wrong_first[state + 1]
            rate = model.signed[state] if count[state] > 0 else model.plain[state]
            if last == first:
                rate = 1.0
            there = model.after[state]
            if there >= 0:
                moving[there] += rate * persons
            for at in range(first, last):
                moving[model.wrong[at]] += (1.0 - rate) * persons / (last - first)
        whole = 0.0
        for state in states:
            left += moving[state]
            whole += mass[state]
        if left <= NEAR * whole:
            break


@kernel
def find_gains(model, count, worth, destination, gain):
    """What naming one destination on each face would add, to first order: fills its column of ``gain[faces, names]``."""
    faces, names = gain.shape
    for face in range(faces):
        at = face * names + destination
        found = 0.0
        for state in model.covered[model.first[at] : model.first[at + 1]]:
            if count[state] == 0:
                found += worth[state]
        gain[face, destination] = found


@kernel
def add_name(model, count, at, by):
    """Count a name of a face in, or out, in the states that it covers."""
    for state in model.covered[model.first[at] : model.first[at + 1]]:
        count[state] += by
