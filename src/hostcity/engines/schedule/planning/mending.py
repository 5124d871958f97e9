"""What mending a plan is made of: everything pushed back, then the fewest owners told, then the smallest moves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from hostcity.engines.schedule.planning.network import Whole, earliest, longest, network_of, room_of, tails
from hostcity.engines.schedule.planning.program import Effort, add_rules, solver_of

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Mending(NamedTuple):
    """A plan to be mended, by places of the order."""

    whole: Whole
    base: NDArray[Any]  # int64[N] starts that everybody knows
    begun: NDArray[Any]  # bool[N] stays there
    near: NDArray[Any]  # bool[N] not begun, and too near to be moved for somebody else's sake
    now: int
    owns: NDArray[Any]  # bool[N, owners]

    @property
    def least(self) -> NDArray[Any]:
        """The first start that a task may still have."""
        return np.where(self.begun, self.base, np.maximum(self.whole.release, self.now))

    def push_back(self) -> NDArray[Any]:
        """Each task in the order of the baseline as early as it can, never before its time. What has begun waits for nobody any more."""
        from hostcity.engines.schedule.planning._kernels.generation import place_all, sort_tasks

        waits = ~self.begun[self.whole.link[:, 1]]
        held = self.whole._replace(
            release=np.maximum(self.base, self.least), link=self.whole.link[waits], lag=self.whole.lag[waits]
        )
        network = network_of(held, longest(held))
        room, start = room_of(held, network, 0), np.zeros(self.base.size, np.int32)
        room.key[:] = np.where(self.begun, 0, 1 + self.base - min(0, int(self.base.min(initial=0))))
        sort_tasks(network.early, room.key, False, room.counted, room.order)
        place_all(network.early, room.order, room.free, room.rows, start)
        return np.where(self.begun, self.base, start)


def fewest_told(mending: Mending, pushed: NDArray[Any], effort: Effort) -> tuple[NDArray[Any], int]:
    """Starts with the fewest owners told that were found, and how many must be told in any case."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    begins = _begins(model, mending, pushed)
    quiet = [model.new_bool_var("") for _ in range(mending.owns.shape[1])]
    moved = pushed != mending.base
    for task, owner in np.argwhere(mending.owns & ~mending.begun[:, None]).tolist():
        model.add(begins[task] == int(mending.base[task])).only_enforce_if(quiet[owner])
    for owner, flag in enumerate(quiet):
        model.add_hint(flag, not (mending.owns[:, owner] & moved).any())
    model.maximize(sum(quiet))
    solver = solver_of(effort)
    status = solver.solve(model)
    if status not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return pushed, 0
    least = len(quiet) - int(np.floor(solver.best_objective_bound + 1e-6))
    return _values(solver, begins), least


def nearest(mending: Mending, start: NDArray[Any], effort: Effort) -> NDArray[Any]:
    """The same owners told of smaller moves: the sum over tasks of how far they go."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    told = mending.owns[start != mending.base].any(axis=0)
    may_move = ~mending.owns.any(axis=1) | (mending.owns & told).any(axis=1) & ~(mending.owns & ~told).any(axis=1)
    begins = _begins(model, mending, start, stays=~may_move)
    moves = []
    for task in np.flatnonzero(may_move & ~mending.begun & ~mending.near).tolist():
        far = model.new_int_var(0, int(start.max()) + 1 + int(abs(mending.base[task])), "")
        model.add_abs_equality(far, begins[task] - int(mending.base[task]))
        model.add_hint(far, int(abs(start[task] - mending.base[task])))
        moves.append(far)
    model.minimize(sum(moves))
    solver = solver_of(effort)
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return start
    return _values(solver, begins)


def _begins(model: Any, mending: Mending, start: NDArray[Any], stays: NDArray[Any] | None = None) -> list[Any]:
    """Starts as unknowns, ended no later than ``start`` ends, which they are begun from; what has begun, is near, or stays is none."""
    whole = mending.whole
    fixed = mending.begun | mending.near if stays is None else mending.begun | mending.near | stays
    end = int((start + whole.duration).max(initial=0))
    low = np.where(fixed, start, earliest(whole._replace(release=np.where(fixed, start, mending.least))))
    high = np.where(fixed, start, end - tails(whole))
    begins = [model.new_int_var(int(first), int(last), "") for first, last in zip(low, high, strict=True)]
    for begin, hint in zip(begins, start.tolist(), strict=True):
        model.add_hint(begin, hint)
    add_rules(model, whole, begins)
    return begins


def _values(solver: Any, begins: list[Any]) -> NDArray[Any]:
    return np.array([solver.value(begin) for begin in begins], np.int64)
