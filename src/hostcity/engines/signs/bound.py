"""A bound on every plan of so many faces."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from hostcity.engines.signs.planning import Bools, SignPlan, persons_in
from hostcity.engines.signs.pricing import Room, priced_bound
from hostcity.engines.signs.problem import Floats, Ints, SignProblem
from hostcity.engines.signs.tightening import tightened

CLOSE = 1e-6  # relative: a bound and a plan so near to each other have met
MOST_STATES = 20_000  # of an integer program: larger ones don't end


@dataclass(frozen=True, kw_only=True)
class Bound:
    """What no plan can pass."""

    score: float  # no plan scores more
    relaxed: float  # the bound of the linear relaxation, or of prices
    is_optimal: bool  # whether it meets the plan that it was asked for
    gap: float  # (bound - plan) / bound; with detours of what signs spare: (bound - plan) / (bound - unsigned)
    rows: int  # of the integer program; 0 = by prices
    columns: int


def bound_signs(
    problem: SignProblem,
    plan: SignPlan,
    *,
    faces: int,
    names: int,
    seconds: float = 60.0,
    hung: Bools | None = None,
    stays: Bools | None = None,
    at_best: float = math.inf,
) -> Bound:
    """Bound what faces can do: by mixed-integer programming (HiGHS) where nobody walks back and there are few states, else by
    prices on states (`priced_bound`).

    Parameters
    ----------
    plan
        The best that is known: what cannot be better is not looked at.
    faces, names, hung, stays
        As the plan was asked for; what hangs and stays may have more names.
    at_best
        Score that nothing passes, as the caller knows: where ways are the shortest, nobody walks less.
    seconds
        Of processor time for all of it: the integer program gets what its relaxation left (0 = the relaxation alone).
        A solver in the middle of a step ends that first.

    Notes
    -----
    For each state with persons G who turn right, F = starts + G of the states before: ``G <= signed F`` and
    ``G <= plain F + (signed - plain) M z`` with M of `tightened`; ``z <= sum y`` over what covers it, ``y <= x``,
    ``sum y <= names x``, ``sum x <= faces``. The dual bound of the solver holds however early it is stopped.
    """
    room = _room_of(problem, faces, names, hung, stays)
    if problem.detours is not None or problem.starts.size > MOST_STATES:
        best = max(min(priced_bound(problem, plan, room, seconds), at_best), plan.score)
        least = plan.unsigned if problem.detours is not None else 0.0
        gap = (best - plan.score) / (best - least) if best > least else 0.0
        is_optimal = best - plan.score <= CLOSE * max(abs(best - least), 1e-300)
        return Bound(score=best, relaxed=best, is_optimal=is_optimal, gap=gap, rows=0, columns=0)
    ends_s = time.process_time() + seconds
    program = _program_of(problem, faces, room)
    of_relaxed = _most(program, -np.inf, None)
    best = of_relaxed
    if (left_s := ends_s - time.process_time()) > 0:
        best = min(best, _most(program, plan.score - 1e-7 * plan.persons, left_s))
    best = max(min(best, at_best), plan.score)
    return Bound(
        score=best, relaxed=of_relaxed, is_optimal=best <= plan.score * (1 + CLOSE), gap=(best - plan.score) / best if best else 0.0,
        rows=program.most.size, columns=program.worth.size,
    )  # fmt: skip


def _room_of(problem: SignProblem, faces: int, names: int, hung: Bools | None, stays: Bools | None) -> Room:
    """What may hang where: of a face that stays, no more and no less than it names."""
    named = np.zeros((problem.faces, problem.destinations), np.bool_)
    may_hang, names_of = np.ones(problem.faces, np.int64), np.full(problem.faces, min(names, problem.destinations))
    if stays is not None:
        if hung is not None:
            named[stays] = hung[stays]
        may_hang[stays] = 2 * named[stays].any(axis=1)
        names_of[stays] = named[stays].sum(axis=1)
    return Room(faces=faces - int((may_hang == 2).sum()), names_of=names_of, may_hang=may_hang, named=named)


def _most(program: _Program, at_least: float, seconds: float | None) -> float:
    """What no solution passes: of the relaxation, or of the integer program after so many seconds."""
    from datetime import timedelta

    from ortools.math_opt import model_pb2  # type: ignore[import-untyped]
    from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]

    proto = model_pb2.ModelProto()
    columns, rows = program.worth.size, program.most.size
    proto.variables.ids.extend(range(columns))
    proto.variables.lower_bounds.extend([0.0] * columns)
    proto.variables.upper_bounds.extend(program.upper.tolist())
    proto.variables.integers.extend((program.is_whole & (seconds is not None)).tolist())
    worth = np.flatnonzero(program.worth)
    proto.objective.maximize = True
    proto.objective.linear_coefficients.ids.extend(worth.tolist())
    proto.objective.linear_coefficients.values.extend(program.worth[worth].tolist())
    proto.linear_constraints.ids.extend(range(rows + 1))
    proto.linear_constraints.lower_bounds.extend([-np.inf] * rows + [at_least])
    proto.linear_constraints.upper_bounds.extend([*program.most.tolist(), np.inf])
    matrix = proto.linear_constraint_matrix
    matrix.row_ids.extend([*program.row.tolist(), *([rows] * worth.size)])
    matrix.column_ids.extend([*program.column.tolist(), *worth.tolist()])
    matrix.coefficients.extend([*program.number.tolist(), *program.worth[worth].tolist()])
    limit = None if seconds is None else timedelta(seconds=seconds)
    parameters = mathopt.SolveParameters(time_limit=limit, relative_gap_tolerance=CLOSE / 10)
    found = mathopt.solve(mathopt.Model.from_model_proto(proto), mathopt.SolverType.HIGHS, params=parameters)
    bound = found.best_objective_bound()
    if found.termination.reason is mathopt.TerminationReason.INFEASIBLE:
        return at_least  # nothing is better than the plan that is known
    return float(bound)


@dataclass(frozen=True, eq=False)
class _Program:
    """Maximize worth x for matrix x <= most, 0 <= x <= upper."""

    row: Ints  # of the matrix' entries, ascending
    column: Ints
    number: Floats
    most: Floats
    worth: Floats
    upper: Floats
    is_whole: Any  # bool


def _program_of(problem: SignProblem, faces: int, room: Room) -> _Program:
    """Columns: G of states, z of states that a face could sign, y of faces and names, x of faces."""
    most = tightened(problem, persons_in(problem, np.ones(problem.starts.size, np.int64)), faces=faces)
    lives = most > 0
    owner = np.repeat(np.arange(problem.first.size - 1), np.diff(problem.first))  # face * T + name of each cover
    helps = lives & (problem.signed > problem.plain)
    can_be = np.where((room.may_hang == 2)[:, None], room.named, (room.may_hang == 1)[:, None])
    kept = helps[problem.covered] & can_be.ravel()[owner]
    covers_state, covers_pair = problem.covered[kept], owner[kept]
    state_column = _numbered(lives)
    is_signable = np.zeros(lives.size, bool)
    is_signable[covers_state] = True
    sign_column = _numbered(is_signable)
    pairs = np.unique(covers_pair)
    pair_faces, face_of = np.unique(pairs // problem.destinations, return_inverse=True)
    g, z, y, x = (
        0,
        int(lives.sum()),
        int(lives.sum() + is_signable.sum()),
        int(lives.sum() + is_signable.sum() + pairs.size),
    )
    columns = x + pair_faces.size
    parts: list[tuple[Ints, Ints, Floats]] = []
    right: list[Floats] = []
    rows = 0

    def add(entries: list[tuple[Ints, Ints, Floats | float]], of: Floats) -> None:
        nonlocal rows
        for row, column, number in entries:
            parts.append((row + rows, column, np.broadcast_to(number, row.shape)))
        right.append(of)
        rows += of.size

    states = np.flatnonzero(lives)
    before = np.flatnonzero(lives & (problem.after >= 0))  # each flows into the state after it
    into = problem.after[before]
    for rate, of in ((problem.signed, states), (problem.plain, np.flatnonzero(is_signable))):
        row_of = np.full(lives.size, -1)
        row_of[of] = np.arange(of.size)
        flows = row_of[into] >= 0
        is_plain = rate is problem.plain
        entries: list[tuple[Ints, Ints, Floats | float]] = [
            (np.arange(of.size), g + state_column[of], 1.0),
            (row_of[into[flows]], g + state_column[before[flows]], -rate[into[flows]]),
        ]
        if is_plain:
            gained = (problem.signed[of] - problem.plain[of]) * most[of]
            entries.append((np.arange(of.size), z + sign_column[of], -gained))
        add(entries, rate[of] * problem.starts[of])
    # States that no face can sign flow at their plain rate: their row above is that of `signed`.
    stuck = np.flatnonzero(lives & ~is_signable & (problem.signed > problem.plain))
    if stuck.size:
        row_of = np.full(lives.size, -1)
        row_of[stuck] = np.arange(stuck.size)
        flows = row_of[into] >= 0
        add(
            [
                (np.arange(stuck.size), g + state_column[stuck], 1.0),
                (row_of[into[flows]], g + state_column[before[flows]], -problem.plain[into[flows]]),
            ],
            problem.plain[stuck] * problem.starts[stuck],
        )
    signable = int(is_signable.sum())
    pair_column = np.searchsorted(pairs, covers_pair)
    add(
        [
            (np.arange(signable), z + np.arange(signable), 1.0),
            (sign_column[covers_state], y + pair_column, -1.0),
        ],
        np.zeros(signable),
    )
    each = np.arange(pairs.size)
    add([(each, y + each, 1.0), (each, x + face_of, -1.0)], np.zeros(pairs.size))
    every = np.arange(pair_faces.size)
    add(
        [(face_of, y + each, 1.0), (every, x + every, -room.names_of[pair_faces].astype(float))],
        np.zeros(pair_faces.size),
    )
    add([(np.zeros(pair_faces.size, np.int64), x + every, 1.0)], np.array([float(faces)]))
    row, column, number = (np.concatenate([part[at] for part in parts]) for at in range(3))
    order = np.lexsort((column, row))
    worth = np.zeros(columns)
    worth[g + state_column[np.flatnonzero(lives & (problem.after < 0))]] = 1.0
    upper = np.ones(columns)
    upper[:z] = np.inf
    is_whole = np.arange(columns) >= y
    return _Program(row[order], column[order], number[order], np.concatenate(right), worth, upper, is_whole)


def _numbered(which: Any) -> Ints:
    """Numbers of those that are, -1 of others."""
    found = np.full(which.size, -1)
    found[which] = np.arange(int(which.sum()))
    return found
