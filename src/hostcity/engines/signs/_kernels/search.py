"""Greedy, exact local search and kicks. A plan is ``named[faces, names]``: a face hangs when it names something."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from hostcity.engines.signs._kernels.chain import add_name, entry, evaluate, find_gains, kernel

LITTLE = 1e-9  # of a score: less is no gain
FEW = 8  # faces
ROUND = 1e-5  # of the meters: a round that spares less is the last


class Wall(NamedTuple):
    """What hangs, and what it brings: changed in place."""

    named: Any  # bool[F, T]
    hangs: Any  # bool[F]
    may_move: Any  # bool[F]
    count: Any  # int64[S] faces that sign a state
    mass: Any  # float64[S]
    value: Any  # float64[S]
    worth: Any  # float64[S]
    gain: Any  # float64[F, T]
    score: Any  # float64[T]


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
def best_face(gain, taken, most, picked):
    """The free face that is worth most with its best names; -1 = none is worth anything."""
    best, at = LITTLE, -1
    for face in range(gain.shape[0]):
        if not taken[face]:
            worth, _ = best_names(gain, face, most, picked)
            if worth > best:
                best, at = worth, face
    return at


@kernel
def judge(model, wall, destination):
    """What one destination scores now, and what more faces would add to it."""
    wall.score[destination] = evaluate(model, wall.count, destination, wall.mass, wall.value, wall.worth)
    find_gains(model, wall.count, wall.worth, destination, wall.gain)


@kernel
def judge_all(model, wall):
    """All of them."""
    for destination in range(wall.score.size):
        judge(model, wall, destination)


@kernel
def hang(model, wall, face, picked, number):
    """Hang a face with names."""
    wall.hangs[face] = True
    for name in picked[:number]:
        wall.named[face, name] = True
        add_name(model, wall.count, face * wall.named.shape[1] + name, 1)
        judge(model, wall, name)


@kernel
def take_down(model, wall, face):
    """Take a face down."""
    wall.hangs[face] = False
    for name in range(wall.named.shape[1]):
        if wall.named[face, name]:
            wall.named[face, name] = False
            add_name(model, wall.count, face * wall.named.shape[1] + name, -1)
            judge(model, wall, name)


@kernel
def fill(model, wall, room, most, uneven):
    """Add faces while there is room and any is worth something, by gains that may be made uneven."""
    picked = np.empty(most, np.int64)
    taken = wall.hangs | ~wall.may_move
    for _ in range(room - int(wall.hangs.sum())):
        gain = wall.gain * uneven if uneven.size else wall.gain
        face = best_face(gain, taken, most, picked)
        if face < 0:
            break
        _, number = best_names(gain, face, most, picked)
        hang(model, wall, face, picked, number)
        taken[face] = True


@kernel
def hang_any(model, wall, room, most):
    """Hang a face by chance, with some names by chance."""
    face = np.random.randint(wall.hangs.size)
    if wall.hangs[face] or not wall.may_move[face] or wall.hangs.sum() >= room:
        return
    names = wall.named.shape[1]
    number = 1 + np.random.randint(min(most, names))
    hang(model, wall, face, np.random.permutation(names)[:number], number)


@kernel
def remember(wall, kept):
    """Copy all that a move changes."""
    kept.count[:] = wall.count
    kept.mass[:], kept.value[:], kept.worth[:] = wall.mass, wall.value, wall.worth
    kept.gain[:], kept.score[:] = wall.gain, wall.score


@kernel
def undo(wall, kept):
    """What was before the move."""
    wall.count[:] = kept.count
    wall.mass[:], wall.value[:], wall.worth[:] = kept.mass, kept.value, kept.worth
    wall.gain[:], wall.score[:] = kept.gain, kept.score


@kernel
def are_same(one, other, number):
    """Whether two lists hold the same names."""
    for at in range(number):
        is_there = False
        for name in other[:number]:
            if name == one[at]:
                is_there = True
        if not is_there:
            return False
    return True


@kernel
def improve(model, wall, kept, most, rounds):
    """Take each face away and put it where it is worth most, as long as that helps."""
    picked, names = np.empty(most, np.int64), np.empty(most, np.int64)
    taken = np.empty_like(wall.hangs)
    least = max(LITTLE, model.near if model.recovers else 0.0) * max(1.0, abs(wall.score.sum()))
    for _ in range(rounds):
        before = wall.score.sum()
        for face in np.flatnonzero(wall.hangs & wall.may_move):
            score, number = wall.score.sum(), 0
            for name in range(wall.named.shape[1]):
                if wall.named[face, name]:
                    names[number] = name
                    number += 1
            remember(wall, kept)
            take_down(model, wall, face)
            taken[:] = wall.hangs | ~wall.may_move
            other, of_other = best_face(wall.gain, taken, most, picked), 0
            if other >= 0:
                _, of_other = best_names(wall.gain, other, most, picked)
                if other != face or of_other != number or not are_same(names, picked, number):
                    hang(model, wall, other, picked, of_other)
                    if wall.score.sum() > score + least:
                        continue
                    wall.named[other] = False
                    wall.hangs[other] = False
            for name in names[:number]:  # as it was: nothing needs to be judged anew
                wall.named[face, name] = True
            wall.hangs[face] = True
            undo(wall, kept)
        if wall.score.sum() <= before + (ROUND * abs(before) if model.recovers else least):
            break


@entry
def search(model, named, may_move, room, most, kicks, rounds, seed):
    """Find a plan; ``named`` holds what hangs already, of which ``may_move`` tells what may be moved."""
    np.random.seed(seed)
    faces, names = named.shape
    states = model.starts.size
    wall = Wall(
        named, np.zeros(faces, np.bool_), may_move, np.zeros(states, np.int64), np.zeros(states), np.zeros(states),
        np.zeros(states), np.zeros((faces, names)), np.zeros(names),
    )  # fmt: skip
    kept = Wall(
        named, wall.hangs, may_move, wall.count.copy(), wall.mass.copy(), wall.value.copy(), wall.worth.copy(),
        wall.gain.copy(), wall.score.copy(),
    )  # fmt: skip
    for face in range(faces):
        for name in range(names):
            if named[face, name]:
                wall.hangs[face] = True
                add_name(model, wall.count, face * names + name, 1)
    judge_all(model, wall)
    fill(model, wall, room, most, np.ones((0, names)))
    improve(model, wall, kept, most, rounds)
    best, best_named, best_hangs, best_count = wall.score.sum(), named.copy(), wall.hangs.copy(), wall.count.copy()
    uneven = np.ones((faces, names))
    for _ in range(kicks):
        movable = np.flatnonzero(wall.hangs & may_move)
        if movable.size == 0:
            break
        are_few = movable.size <= FEW  # of few faces all may go, and any may come
        share = (0.4, 0.7, 1.0)[np.random.randint(3)] if are_few else (0.1, 0.2, 0.4)[np.random.randint(3)]
        spread = 1.0 if are_few else 0.5
        for face in np.random.permutation(movable)[: max(1, int(share * movable.size))]:
            take_down(model, wall, face)
        for face in range(faces):
            for name in range(names):
                uneven[face, name] = 1.0 - spread + 2.0 * spread * np.random.random()
        if np.random.random() < 0.5:  # complete the chain of one destination
            uneven[:, np.random.randint(names)] *= 1.5 + 2.5 * np.random.random()
        if are_few:  # begin anywhere: faces that are worth little alone may be worth much together
            hang_any(model, wall, room, most)
        fill(model, wall, room, most, uneven)
        improve(model, wall, kept, most, rounds)
        score = wall.score.sum()
        if score > best + LITTLE * max(1.0, abs(best)):
            best, best_named[:], best_hangs[:], best_count[:] = score, named, wall.hangs, wall.count
        elif score < best - 0.002 * abs(best) or np.random.random() < 0.3:
            named[:], wall.hangs[:], wall.count[:] = best_named, best_hangs, best_count
            judge_all(model, wall)
    named[:] = best_named
