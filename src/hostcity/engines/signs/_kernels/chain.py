"""Persons forward along their ways, what becomes of them backward, and what signing a state is worth."""

from __future__ import annotations

from hostcity.engines.compiling import called_by_kernels, called_by_python

#: Compile a kernel. It checks nothing: its public face does.
kernel = called_by_kernels(error_model="numpy", cache=True)

#: The same for one that Python calls.
entry = called_by_python(error_model="numpy", cache=True)

MOST_SWEEPS = 10_000


@entry
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
def walk_on(model, states, count, mass, value, worth):
    """Who turns wrong walks on from there. Score: meters walked, below 0; value: meters from a state on, in the mean.

    Sweeps of Gauss and Seidel, from the destination outward and back; from what ``value`` and ``mass`` were before.
    """
    after, plain, signed, ahead_m = model.after, model.plain, model.signed, model.ahead_m  # taken out of the tuple once
    first, wrong, wrong_m, starts = model.wrong_first, model.wrong, model.wrong_m, model.starts
    for _ in range(MOST_SWEEPS):
        largest, change = 0.0, 0.0
        for at in range(states.size - 1, -1, -1):
            state = states[at]
            right = ahead_m[state] + (value[after[state]] if after[state] >= 0 else 0.0)
            rate = signed[state] if count[state] > 0 else plain[state]
            now = right
            if rate < 1.0 and first[state + 1] > first[state]:
                other = 0.0
                for each in range(first[state], first[state + 1]):
                    other += wrong_m[each] + value[wrong[each]]
                now = rate * right + (1.0 - rate) * other / (first[state + 1] - first[state])
            change = max(change, abs(now - value[state]))
            largest = max(largest, now)
            value[state] = now
        if change <= model.near * largest:
            break
    score = 0.0
    for state in states:
        score -= starts[state] * value[state]
    pass_on(model, states, count, mass, worth)
    for state in states:
        worth[state] = 0.0
        if signed[state] > plain[state] and first[state + 1] > first[state]:
            right = ahead_m[state] + (value[after[state]] if after[state] >= 0 else 0.0)
            other = 0.0
            for each in range(first[state], first[state + 1]):
                other += wrong_m[each] + value[wrong[each]]
            other /= first[state + 1] - first[state]
            worth[state] = mass[state] * (signed[state] - plain[state]) * (other - right)
    return score


@kernel
def pass_on(model, states, count, mass, moving):
    """How often states are come through, by all who start: wrong turns bring some of them back."""
    after, plain, signed, starts = model.after, model.plain, model.signed, model.starts
    first, wrong = model.wrong_first, model.wrong
    for state in states:
        mass[state] = 0.0
        moving[state] = starts[state]
    for _ in range(MOST_SWEEPS):
        left = 0.0
        for state in states:  # down the ways: what comes from before in this round moves on in it
            persons = moving[state]
            if persons == 0.0:
                continue
            moving[state] = 0.0
            mass[state] += persons
            rate = signed[state] if count[state] > 0 else plain[state]
            if first[state + 1] == first[state]:
                rate = 1.0
            if after[state] >= 0:
                moving[after[state]] += rate * persons
            if rate < 1.0:
                astray = (1.0 - rate) * persons / (first[state + 1] - first[state])
                for each in range(first[state], first[state + 1]):
                    moving[wrong[each]] += astray
        whole = 0.0
        for state in states:
            left += moving[state]
            whole += mass[state]
        if left <= model.near * whole:
            break


@kernel
def find_gains(model, count, worth, destination, gain):
    """What naming one destination on each face would add, to first order: fills its column of ``gain[faces, names]``."""
    faces, names = gain.shape
    first, covered = model.first, model.covered
    for face in range(faces):
        at = face * names + destination
        found = 0.0
        for each in range(first[at], first[at + 1]):
            if count[covered[each]] == 0:
                found += worth[covered[each]]
        gain[face, destination] = found


@entry
def add_name(model, count, at, by):
    """Count a name of a face in, or out, in the states that it covers."""
    for state in model.covered[model.first[at] : model.first[at + 1]]:
        count[state] += by
