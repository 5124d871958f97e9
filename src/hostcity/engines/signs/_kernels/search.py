"""Greedy, exact local search and kicks. A plan is ``named[faces, names]``: a face hangs when it names something."""

from __future__ import annotations

import numpy as np

from hostcity.engines.signs._kernels.chain import add_name, evaluate, find_gains, kernel

LITTLE = 1e-9  # persons an hour: less is no gain


@kernel
def best_names(gain, face, most, picked):
    """The most valuable names of a face, at most so many: writes them, gives their worth and number."""
    names = gain.shape[1]
    worth, number = 0.0, 0
    while number < most:
        best, at = LITTLE, -1
        for name in range(names):
            if gain[face, name] > best:
                is_new = True
                for other in picked[:number]:
                    if other == name:
                        is_new = False
                if is_new:
                    best, at = gain[face, name], name
        if at < 0:
            break
        picked[number] = at
        worth += best
        number += 1
    return worth, number


@kernel
def best_face(gain, hangs, most, picked):
    """The free face that is worth most with its best names; -1 = none is worth anything. Fills its names."""
    best, at = LITTLE, -1
    for face in range(gain.shape[0]):
        if not hangs[face]:
            worth, _ = best_names(gain, face, most, picked)
            if worth > best:
                best, at = worth, face
    return at


@kernel
def hang(model, named, hangs, count, face, picked, number):
    """Hang a face with names."""
    hangs[face] = True
    for name in picked[:number]:
        named[face, name] = True
        add_name(model.first, model.covered, count, face * named.shape[1] + name, 1)


@kernel
def take_down(model, named, hangs, count, face):
    """Take a face down."""
    hangs[face] = False
    for name in range(named.shape[1]):
        if named[face, name]:
            named[face, name] = False
            add_name(model.first, model.covered, count, face * named.shape[1] + name, -1)


@kernel
def fill(model, named, hangs, may_move, count, room, most, mass, value, gain, uneven, is_uneven):
    """Add faces while there is room and any is worth something: what arrives then."""
    picked = np.empty(most, np.int64)
    arrived = evaluate(model.order, model.after, model.starts, model.plain, model.signed, count, mass, value)
    taken = hangs | ~may_move
    for _ in range(room):
        find_gains(model.first, model.covered, model.after, model.plain, model.signed, count, mass, value, gain)
        if is_uneven:
            gain *= uneven
        face = best_face(gain, taken, most, picked)
        if face < 0:
            break
        _, number = best_names(gain, face, most, picked)
        hang(model, named, hangs, count, face, picked, number)
        taken[face] = True
        arrived = evaluate(model.order, model.after, model.starts, model.plain, model.signed, count, mass, value)
    return arrived


@kernel
def improve(model, named, hangs, may_move, count, most, mass, value, gain, arrived, rounds):
    """Take each face away and put it where it is worth most, as long as that helps."""
    picked, kept = np.empty(most, np.int64), np.empty(most, np.int64)
    taken = np.empty_like(hangs)
    for _ in range(rounds):
        before = arrived
        for face in np.flatnonzero(hangs & may_move):
            number = 0
            for name in range(named.shape[1]):
                if named[face, name]:
                    kept[number] = name
                    number += 1
            take_down(model, named, hangs, count, face)
            evaluate(model.order, model.after, model.starts, model.plain, model.signed, count, mass, value)
            find_gains(model.first, model.covered, model.after, model.plain, model.signed, count, mass, value, gain)
            taken[:] = hangs | ~may_move
            other = best_face(gain, taken, most, picked)
            if other >= 0:
                _, of_other = best_names(gain, other, most, picked)
                hang(model, named, hangs, count, other, picked, of_other)
                now = evaluate(model.order, model.after, model.starts, model.plain, model.signed, count, mass, value)
                if now > arrived + LITTLE:
                    arrived = now
                    continue
                take_down(model, named, hangs, count, other)
            hang(model, named, hangs, count, face, kept, number)
        if arrived <= before + LITTLE:
            break
    return evaluate(model.order, model.after, model.starts, model.plain, model.signed, count, mass, value)


@kernel
def search(model, named, may_move, room, most, kicks, rounds, seed):
    """Find a plan; ``named`` holds what hangs already, of which ``may_move`` tells what may be moved. Gives what arrives."""
    np.random.seed(seed)
    faces, names = named.shape
    count = np.zeros(model.starts.size, np.int64)
    hangs = np.zeros(faces, np.bool_)
    for face in range(faces):
        for name in range(names):
            if named[face, name]:
                hangs[face] = True
                add_name(model.first, model.covered, count, face * names + name, 1)
    mass, value = np.empty(model.starts.size), np.empty(model.starts.size)
    gain, uneven = np.empty((faces, names)), np.ones((faces, names))
    arrived = fill(
        model, named, hangs, may_move, count, room - int(hangs.sum()), most, mass, value, gain, uneven, False
    )
    arrived = improve(model, named, hangs, may_move, count, most, mass, value, gain, arrived, rounds)
    best, best_named, best_hangs, best_count = arrived, named.copy(), hangs.copy(), count.copy()
    for _ in range(kicks):
        movable = np.flatnonzero(hangs & may_move)
        if movable.size == 0:
            break
        share = (0.1, 0.2, 0.4)[np.random.randint(3)]
        gone = np.random.permutation(movable)[: max(1, int(share * movable.size))]
        for face in gone:
            take_down(model, named, hangs, count, face)
        for face in range(faces):
            for name in range(names):
                uneven[face, name] = 0.5 + np.random.random()
        if np.random.random() < 0.5:  # complete the chain of one destination
            uneven[:, np.random.randint(names)] *= 1.5 + 2.5 * np.random.random()
        fill(model, named, hangs, may_move, count, room - int(hangs.sum()), most, mass, value, gain, uneven, True)
        arrived = evaluate(model.order, model.after, model.starts, model.plain, model.signed, count, mass, value)
        arrived = improve(model, named, hangs, may_move, count, most, mass, value, gain, arrived, rounds)
        if arrived > best + LITTLE:
            best, best_named[:], best_hangs[:], best_count[:] = arrived, named, hangs, count
        elif arrived < 0.998 * best or np.random.random() < 0.3:
            named[:], hangs[:], count[:] = best_named, best_hangs, best_count
    named[:] = best_named
    return best
