"""The search: populations that are bred apart, each by one thread at a time, so that threads change how soon it ends and never what it finds."""

from __future__ import annotations

import functools
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from hostcity.engines.schedule.planning._kernels.generation import justify, place_all, sort_tasks
from hostcity.engines.schedule.planning._kernels.search import breed, found, found_near
from hostcity.engines.schedule.planning.network import (
    Network,
    Whole,
    arrays_of,
    earliest,
    longest,
    network_of,
    population_of,
    room_of,
)
from hostcity.engines.schedule.problem import Problem

if TYPE_CHECKING:
    from numpy.typing import NDArray

ISLANDS = 2  # of a counted search
PARENTS = 300  # at most
WORK = 36_000  # tasks of all parents together: a generation of a long plan takes no longer
FEW = 30
STALE = 40  # generations without a better end; then a population is begun anew
NEAR = 4  # of those begun about the best of the last, then one from afresh
PRIME = 0x9E3779B97F4A7C15


class Island:
    """One population after the other, by keys of its own."""

    def __init__(self, whole: Whole, network: Network, seed: int, number: int) -> None:
        self.parents = min(PARENTS, max(FEW, WORK // whole.duration.size))
        self.network, self.room = network, room_of(whole, network, 2 * self.parents)
        self.population = population_of(whole, 2 * self.parents)
        self.wide = float(max(1, int(network.latest.max(initial=0)) // 4))
        self.key = (seed * PRIME + number) * PRIME
        self.best, self.start = 2**62, self.population.start[0].copy()
        self.here = 2**62  # the best of this population
        self.made = self.step = self.stale = self.begun = 0

    def advance(self) -> None:
        """A generation, or the founding of a population."""
        key = np.uint64((self.key + self.step) % 2**64)
        if self.step == 0 or self.stale >= STALE:
            self._found(key)
        else:
            self.made += breed(self.network, self.room, self.population, key)
        self.step += 1
        self._note()

    def _found(self, key: np.uint64) -> None:
        pop, is_near = self.population, self.begun % (NEAR + 1) > 0
        if is_near:
            best = int(pop.end[: self.parents].argmin())
            pop.start[0], pop.end[0], pop.mark[0] = pop.start[best], pop.end[best], pop.mark[best]
            self.made += found_near(self.network, self.room, pop, key)
        else:
            self.made += found(self.network, self.room, pop, key, self.wide)
        self.begun, self.stale, self.here = self.begun + 1, 0, 2**62

    def _note(self) -> None:
        at = int(self.population.end[: self.parents].argmin())
        end = int(self.population.end[at])
        self.stale = 0 if end < self.here else self.stale + 1
        self.here = min(self.here, end)
        if end < self.best:
            self.best, self.start = end, self.population.start[at].copy()


def search(
    whole: Whole, bound: int, *, seed: int, threads: int, schedules: int | None, until_s: float | None
) -> tuple[NDArray[Any], int]:
    """Starts by place, and how many schedules were made; until so many, or until that instant of the monotonic clock."""
    start, end, network = first_of(whole)
    if end <= bound or whole.duration.size < 2:
        return start, 1
    many = ISLANDS if schedules is not None else threads
    islands = [Island(whole, network, seed, number) for number in range(many)]
    each = None if schedules is None else -(-schedules // many)

    def run(island: Island) -> None:
        while island.best > bound:
            if each is not None and island.made >= each:
                break
            if (
                until_s is not None
                and island.step
                and (time.monotonic() >= until_s or min(other.best for other in islands) <= bound)
            ):
                break
            island.advance()

    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(run, islands):
            pass
    best = min(islands, key=lambda island: island.best)
    made = 1 + sum(island.made for island in islands)
    return (best.start.astype(np.int64), made) if best.best < end else (start, made)


@functools.cache
def warm() -> None:
    """Load or compile what a search calls: the smallest of them."""
    whole = arrays_of(Problem(duration=np.ones(3), demand=np.full((3, 1), 2), capacity=np.array([3])))
    network = first_of(whole)[2]
    room, population = room_of(whole, network, 2), population_of(whole, 2)
    found(network, room, population, np.uint64(0), 1.0)
    found_near(network, room, population, np.uint64(0))
    breed(network, room, population, np.uint64(0))


def first_of(whole: Whole) -> tuple[NDArray[Any], int, Network]:
    """One schedule, by latest starts, justified; and the network with room for what is twice as long: what is longer is not looked at."""
    most = longest(whole)
    horizon = min(most, 2 * int((earliest(whole) + whole.duration).max(initial=0)) + 1)
    while True:
        network = network_of(whole, horizon)
        room, start = room_of(whole, network, 0), np.zeros(whole.duration.size, np.int32)
        room.key[:] = network.latest
        sort_tasks(network.early, room.key, False, room.counted, room.order)
        end = int(place_all(network.early, room.order, room.free, room.rows, start))
        if end >= 0:
            room_for = network_of(whole, min(most, 2 * end + 1))
            end = int(justify(network, room, start, end))
            return start.astype(np.int64), end, room_for
        horizon = min(most, 2 * horizon)
