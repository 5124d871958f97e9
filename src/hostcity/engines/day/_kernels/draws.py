"""Keyed random draws: every number is a function of (seed, entity, purpose, counter), never of the order of calls.

So two plans are compared under common random numbers, and a day does not depend on how many processes play it.
The mixer is splitmix64 (Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014,
doi 10.1145/2660193.2660195).
"""

from __future__ import annotations

import math

import numba as nb
import numpy as np

# Purposes. A new one is added at the end: numbers that exist must keep their draws.
(
    ARRIVAL,
    PULSE,
    GROUP,
    GATE,
    SECURITY_STATION,
    BADGE_STATION,
    SPEED,
    HALL_COUNT,
    HALL_CHOICE,
    STAY_COUNT,
    STAY_PLACE,
    STAY_LENGTH,
    MEAL,
    MEAL_TIME,
    MEAL_PLACE,
    MEAL_LENGTH,
    TOILET,
    TOILET_PLACE,
    LEAVING,
    SERVICE,
    ROUTE,
    WRONG_TURN,
    REPLAY,
    INVITED,
    ADVICE,
    APPOINTMENT_PLACE,
    EVACUATION,
) = range(27)


@nb.njit(inline="always")
def mix(value):
    """The splitmix64 finalizer: uint64 in, uint64 out."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@nb.njit(inline="always")
def uniform(seed, key, purpose, counter):
    """A number in (0, 1], from (seed, entity, purpose, counter)."""
    word = mix(
        np.uint64(seed)
        + np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)
        + mix(np.uint64(purpose) * np.uint64(0xD1B54A32D192ED03) + np.uint64(counter) + np.uint64(1))
    )
    return ((word >> np.uint64(11)) + np.uint64(1)) * (1.0 / 9007199254740993.0)


@nb.njit
def normal(seed, key, purpose, counter):
    """A standard normal number (Box and Muller, 1958): uses counters 2k and 2k + 1."""
    radius = math.sqrt(-2.0 * math.log(uniform(seed, key, purpose, 2 * counter)))
    return radius * math.cos(2.0 * math.pi * uniform(seed, key, purpose, 2 * counter + 1))


@nb.njit
def poisson(seed, key, purpose, counter, mean):
    """A Poisson number by inversion; for means below 30."""
    left = uniform(seed, key, purpose, counter) - math.exp(-mean)
    term = math.exp(-mean)
    count = 0
    while left > 0.0 and count < 200:
        count += 1
        term *= mean / count
        left -= term
    return count


@nb.njit
def service_time(seed, key, counter, law, mean_s, cv):
    """The time that serving one person takes. [s]

    ``law``: 0 exponential, 1 lognormal, 2 gamma (Marsaglia & Tsang, 2000, doi 10.1145/358407.358414), 3 deterministic.
    ``counter`` names the stop of the visitor's plan; each stop owns 256 counters.
    """
    base = np.uint64(counter) * np.uint64(256)
    if law == 3 or (cv <= 0.0 and law != 0):
        return mean_s
    if law == 0:
        return -mean_s * math.log(uniform(seed, key, SERVICE, base))
    if law == 1:
        variance = math.log(1.0 + cv * cv)
        # base is even, so normal() of base / 2 uses the counters base and base + 1
        return mean_s * math.exp(
            math.sqrt(variance) * normal(seed, key, SERVICE, base // np.uint64(2)) - 0.5 * variance
        )
    return mean_s * cv * cv * _gamma(seed, key, base, 1.0 / (cv * cv))


@nb.njit
def _gamma(seed, key, base, shape):
    boost = 1.0
    if shape < 1.0:
        boost = uniform(seed, key, SERVICE, base + np.uint64(255)) ** (1.0 / shape)
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    for attempt in range(60):  # accepts above 0.95 each time
        z = normal(seed, key, SERVICE, (base + np.uint64(4 * attempt)) // np.uint64(2))
        v = (1.0 + c * z) ** 3
        u = uniform(seed, key, SERVICE, base + np.uint64(4 * attempt + 2))
        if v > 0.0 and math.log(u) < 0.5 * z * z + d - d * v + d * math.log(v):
            return boost * d * v
    return boost * d
