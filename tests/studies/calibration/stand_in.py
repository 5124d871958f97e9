"""A fair of one gate whose days follow a law of ten lines, so that a calibration can be tried on hundreds of truths."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from types import SimpleNamespace

import numpy as np
from examples.counting import QUARTER_S, TIMED, clicked

from hostcity.studies.calibration.counts import Count, Counts
from hostcity.studies.counted import ENTRIES, WAIT, Asked
from hostcity.studies.runs.pool import Task

LANES = 2
ARRIVE = np.array([40.0, 80, 140, 190, 210, 200, 170, 140, 110, 90, 70, 60])  # persons by the quarter
STARTS_S = 9 * 3600.0 + QUARTER_S * np.arange(ARRIVE.size)
ASKED = (
    *(Asked(ENTRIES, "gates", "W", at, at + QUARTER_S) for at in STARTS_S),
    *(Asked(WAIT, "stations", "W-security", at, at + QUARTER_S) for at in STARTS_S),
)


def day(factor: float, service_s: float, key: list[int]) -> np.ndarray:
    """Values and spreads of `ASKED`, float64[24, 2]: a queue by the quarter, as a fluid with what chance adds to it."""
    draws = np.random.default_rng(key).normal(size=(3, ARRIVE.size))
    mean = ARRIVE * factor * math.exp(0.03 * draws[2, 0])
    come = np.maximum(0.0, mean + np.sqrt(mean) * draws[0])
    most = LANES * QUARTER_S / (service_s * np.exp(0.02 * draws[1]))
    queue, passed, wait_s, spread_s = 0.0, *np.empty((3, ARRIVE.size))
    for quarter, (persons, can) in enumerate(zip(come, most, strict=True)):
        busy = min(0.97, (queue + persons) / can)
        chance = service_s * busy**2 / (1 - busy) / LANES * math.exp(0.5 * draws[2, quarter] - 0.125)
        wait_s[quarter] = (queue + max(0.0, queue + persons - can)) / 2 / can * QUARTER_S + chance
        spread_s[quarter] = 0.1 * wait_s[quarter] + 1.2 * chance
        passed[quarter] = min(can, queue + persons)
        queue += persons - passed[quarter]
    return np.stack([np.concatenate([np.round(passed), wait_s]), np.concatenate([0 * passed, spread_s])], axis=1)


class StandIn:
    """A pool that plays such days."""

    def play(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, SimpleNamespace]]:
        """See `Pool.play`."""
        for work, run in tasks:
            factor, service_s = 1.0, 7.0
            for change in work.changes:
                figure, _, value = change.partition("=")
                if "persons" in figure:
                    factor = float(value)
                else:
                    service_s = float(value)
            yield (work, run), SimpleNamespace(counts=day(factor, service_s, [work.seed, run]))

    def close(self) -> None:
        """Nothing was begun."""


def stand_in_counts(factor: float, service_s: float, seed: int) -> Counts:
    """What is counted on such a day: clickers err, and few waits are timed."""
    noise = np.random.default_rng([seed, 7])
    found = []
    for line, (asked, (value, spread)) in enumerate(
        zip(ASKED, day(factor, service_s, [900_000 + seed, 0]), strict=True), 2
    ):
        if asked.what == WAIT:  # single waits are as skew as they are at gates
            shape = (value / spread) ** 2
            told = float(np.mean(noise.gamma(shape, value / shape, TIMED) + noise.normal(size=TIMED)))
        else:
            told = float(clicked(value, noise))
        found.append(Count(line=line, asked=asked, value=max(0.0, told), sd=None, n=TIMED if asked.what == WAIT else 1))
    return Counts(name="counts.csv", sha256="0" * 64, counts=tuple(found), gaps=0)
