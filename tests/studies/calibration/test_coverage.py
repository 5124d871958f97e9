"""Ranges of 95 % hold the truth on 95 of 100 days: tried on a stand-in for the engine whose law is ten lines."""

import math

import numpy as np
import pytest

from hostcity.studies.calibration import asked_parameters, calibrate
from tests.studies.calibration.fairs import queueing_fair
from tests.studies.calibration.stand_in import StandIn, stand_in_counts

PLAN = queueing_fair()


def held(service_s: float, truths: int, runs: int) -> np.ndarray:
    """Whether truths within a fifth of the plan's lie in their ranges, bool[n, 2]."""
    fit = (
        "streams.*.persons*=0.7..1.4",
        f"stations.W-security.service_mean_s={5 / 7 * service_s}..{10 / 7 * service_s}",
    )
    parameters, inside = asked_parameters(PLAN, fit), []
    for seed in range(truths):
        factors = 1 + np.random.default_rng(5000 + seed).uniform(-0.2, 0.2, 2)
        truth = factors * [1.0, service_s]
        found = calibrate(
            PLAN, stand_in_counts(*truth, seed), parameters, seed=1 + seed, runs=runs, pool=StandIn()
        )  # fmt: skip
        inside.append([each.low <= true <= each.high for each, true in zip(found.fitted, truth, strict=True)])
    return np.array(inside)


def test_twenty_truths_lie_in_their_ranges():
    assert (held(7.0, 20, 8).sum(axis=0) >= 17).all()  # 16 or fewer: once in 60 times, were it 95 %


@pytest.mark.slow
@pytest.mark.parametrize(("service_s", "runs"), [(7.0, 20), (9.0, 20), (7.0, 8)])  # a queue at noon, and one that lasts
def test_ranges_hold_as_often_as_they_say(service_s, runs):
    share = held(service_s, 300, runs).mean(axis=0)
    standard_error = math.sqrt(0.95 * 0.05 / 300)
    assert (abs(share - 0.95) < 4 * standard_error).all(), share
