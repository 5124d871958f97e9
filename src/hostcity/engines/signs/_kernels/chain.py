"""Persons forward along their ways, what arrives backward, and what every face and name is worth."""

from __future__ import annotations

import numba as nb

#: Compile a kernel. It checks nothing: its public face does.
kernel = nb.njit(error_model="numpy", cache=True)


@kernel
def evaluate(order, after, starts, plain, signed, count, mass, value):
    """Persons who arrive; fills persons in each state, and the share of them that arrives."""
    mass[:] = starts
    arrived = 0.0
    for state in order:
        rate = signed[state] if count[state] > 0 else plain[state]
        there = after[state]
        if there < 0:
            arrived += rate * mass[state]
        else:
            mass[there] += rate * mass[state]
    for at in range(order.size - 1, -1, -1):
        state = order[at]
        there = after[state]
        rate = signed[state] if count[state] > 0 else plain[state]
        value[state] = rate * (value[there] if there >= 0 else 1.0)
    return arrived


@kernel
def find_gains(first, covered, after, plain, signed, count, mass, value, gain):
    """What each name on each face would add, to first order: ``gain[faces, names]``."""
    faces, names = gain.shape
    for face in range(faces):
        for name in range(names):
            at = face * names + name
            found = 0.0
            for state in covered[first[at] : first[at + 1]]:
                if count[state] == 0:
                    there = after[state]
                    found += mass[state] * (signed[state] - plain[state]) * (value[there] if there >= 0 else 1.0)
            gain[face, name] = found


@kernel
def add_name(first, covered, count, at, by):
    """Count a name of a face in, or out, in the states that it covers."""
    for state in covered[first[at] : first[at + 1]]:
        count[state] += by
