"""What prices on states prove: the least that is left when signing costs, how often a state is come through at most."""

from __future__ import annotations

import numpy as np

from hostcity.engines.signs._kernels.chain import MOST_SWEEPS, entry, kernel

STILL = 1e-6  # of a sweep's change, where a certificate makes up for what is left


@entry
def least_left(model, states, price, value, rate, near):
    """Least of meters (or lost persons) plus prices, over all signings; fills ``value`` and the ``rate`` that brings it.

    Sweeps from ``value``: from 0 they come from below, so that what is found is never too much.
    """
    after, plain, signed, ahead_m = model.after, model.plain, model.signed, model.ahead_m
    first, wrong, wrong_m, recovers = model.wrong_first, model.wrong, model.wrong_m, model.recovers
    for _ in range(MOST_SWEEPS):
        change, largest = 0.0, 0.0
        for at in range(states.size - 1, -1, -1):
            state = states[at]
            right = value[after[state]] if after[state] >= 0 else 0.0
            count = first[state + 1] - first[state]
            other = 1.0  # of who is lost
            if recovers:
                right += ahead_m[state]
                other = 0.0 if count else right
                for each in range(first[state], first[state + 1]):
                    other += (wrong_m[each] + value[wrong[each]]) / count
            without = plain[state] * right + (1.0 - plain[state]) * other
            with_one = signed[state] * right + (1.0 - signed[state]) * other + price[state]
            now = min(without, with_one)
            rate[state] = signed[state] if with_one < without else plain[state]
            change = max(change, abs(now - value[state]))
            largest = max(largest, now)
            value[state] = now
        if change <= near * largest:
            break
    total = 0.0
    for state in states:
        total += model.starts[state] * value[state]
    return total


@entry
def bought(model, states, rate, moving, mass):
    """Persons who come through each state that is signed for its price; 0 in the others."""
    after, plain, starts = model.after, model.plain, model.starts
    first, wrong, recovers = model.wrong_first, model.wrong, model.recovers
    for state in states:
        mass[state], moving[state] = 0.0, starts[state]
    for _ in range(MOST_SWEEPS):
        for state in states:
            persons = moving[state]
            if persons == 0.0:
                continue
            moving[state] = 0.0
            mass[state] += persons
            count = first[state + 1] - first[state]
            right = 1.0 if recovers and count == 0 else rate[state]
            if after[state] >= 0:
                moving[after[state]] += right * persons
            for each in range(first[state], first[state + 1]):
                moving[wrong[each]] += (1.0 - right) * persons / count
        left, whole = 0.0, 0.0
        for state in states:
            left += moving[state]
            whole += mass[state]
        if left <= STILL * whole:
            break
    for state in states:
        if rate[state] <= plain[state]:
            mass[state] = 0.0


@kernel
def sweep_most(model, states, target, value):
    """Sweeps of "how often the target is come through at most", and by how much one more would change it.

    ``target`` -1: how many states are come through at most.
    """
    after, first, wrong = model.after, model.wrong_first, model.wrong
    plain, signed, recovers = model.plain, model.signed, model.recovers
    change, is_last = 1.0, False
    for sweep in range(MOST_SWEEPS):
        is_last = change <= STILL or sweep == MOST_SWEEPS - 1
        change = 0.0
        for at in range(states.size - 1, -1, -1):
            state = states[at]
            right = value[after[state]] if after[state] >= 0 else 0.0
            count = first[state + 1] - first[state]
            other = 0.0
            for each in range(first[state], first[state + 1]):
                other += value[wrong[each]]
            if count > 0:
                other /= count
            rate = plain[state] if other > right else signed[state]
            if recovers and count == 0:
                rate = 1.0
            now = rate * right + (1.0 - rate) * other
            if target < 0 or state == target:
                now += 1.0
            if is_last:  # nothing is changed any more: what the next sweep would add
                change = max(change, now - value[state])
            else:
                change = max(change, abs(now - value[state]))
                value[state] = now
        if is_last:
            break
    return change


@entry
def most_persons(model, is_asked, most):
    """Persons an hour who come through each state that is asked for, at most, whatever is signed.

    A sweep that would still add r everywhere adds, in all that follow, no more than r a step that is walked at most.
    """
    value, steps = np.zeros(model.starts.size), np.zeros(model.starts.size)
    for destination in range(model.first_of.size - 1):
        states = model.order[model.first_of[destination] : model.first_of[destination + 1]]
        left = sweep_most(model, states, -1, steps)
        for state in states:
            steps[state] /= 1.0 - left
        for target in states:
            if not is_asked[target]:
                continue
            for state in states:
                value[state] = 0.0
            left = sweep_most(model, states, target, value)
            most[target] = 0.0
            for state in states:
                most[target] += model.starts[state] * (value[state] + left * steps[state])


@entry
def dearest(model, price, may_hang, names_of, room, named):
    """The most that faces bring by the prices of the states that they cover; fills ``named``, all of what stays included.

    ``may_hang[face]`` is 1 where there may be a face, 2 where one stays as it is named, 0 where none may be.
    """
    faces, names = named.shape
    value = np.zeros((faces, names))
    worth = np.zeros(faces)
    total = 0.0
    for face in range(faces):
        for name in range(names):
            at = face * names + name
            for state in model.covered[model.first[at] : model.first[at + 1]]:
                value[face, name] += price[state]
        if may_hang[face] == 2:
            for name in range(names):
                if named[face, name]:
                    total += value[face, name]
        else:
            named[face] = False
            if may_hang[face] == 1:
                worth[face] = np.sort(value[face])[names - names_of[face] :].sum()
    for face in np.argsort(-worth)[:room]:
        if worth[face] > 0.0:
            total += worth[face]
            for name in np.argsort(-value[face])[: names_of[face]]:
                named[face, name] = value[face, name] > 0.0
    return total
