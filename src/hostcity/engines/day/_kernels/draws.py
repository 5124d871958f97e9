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
    REGISTRATION,
    REGISTRATION_PLACE,
    INFORMATION,
    INFORMATION_PLACE,
    ROUTE_CLASS,
    NEWCOMER,
    NEWCOMERS_TURN,
    APPROACH,
) = range(35)


@nb.njit(inline="always")
def mix(value):
    """The splitmix64 finalizer: uint64 in, uint64 out."""
    value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return value ^ (value >> np.uint64(31))


@nb.njit(inline="always")
def _word(seed, key, purpose, counter):
    return mix(
        np.uint64(seed)
        + np.uint64(key) * np.uint64(0x9E3779B97F4A7C15)
        + mix(np.uint64(purpose) * np.uint64(0xD1B54A32D192ED03) + np.uint64(counter) + np.uint64(1))
    )


@nb.njit(inline="always")
def uniform(seed, key, purpose, counter):
    """A number in (0, 1], from (seed, entity, purpose, counter)."""
    return ((_word(seed, key, purpose, counter) >> np.uint64(11)) + np.uint64(1)) * (1.0 / 9007199254740992.0)


@nb.njit(inline="always")
def sixty_fourth(seed, key, purpose, counter):
    """A whole number from 0 to 63, from (seed, entity, purpose, counter)."""
    return np.int64(_word(seed, key, purpose, counter) >> np.uint64(58))


@nb.njit(error_model="numpy")
def normal_quantile(share):
    """The standard normal number below which a share in (0, 1) of all lie, to about 1e-16.

    Wichura (1988), algorithm AS 241, PPND16, doi 10.2307/2347330.
    """
    q = share - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return (
            q
            * (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
            + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
            + 133.14166789178437745) * r + 3.3871328727963666080)
            / (((((((5226.4952788528545610 * r + 28729.085735721942674) * r + 39307.895800092710610) * r
            + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.18700749205790830) * r
            + 42.313330701600911252) * r + 1.0)
        )  # fmt: skip
    r = math.sqrt(-math.log(share if q < 0.0 else 1.0 - share))
    if r <= 5.0:
        r -= 1.6
        out = (
            (((((((7.74545014278341407640e-4 * r + 2.27238449892691845833e-2) * r + 2.41780725177450611770e-1) * r
            + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.76949722146069140550) * r
            + 4.63033784615654529590) * r + 1.42343711074968357734)
            / (((((((1.05075007164441684324e-9 * r + 5.47593808499534494600e-4) * r + 1.51986665636164571966e-2) * r
            + 1.48103976427480074590e-1) * r + 6.89767334985100004550e-1) * r + 1.67638483018380384940) * r
            + 2.05319162663775882187) * r + 1.0)
        )  # fmt: skip
    else:
        r -= 5.0
        out = (
            (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 1.24266094738807843860e-3) * r
            + 2.65321895265761230930e-2) * r + 2.96560571828504891230e-1) * r + 1.78482653991729133580) * r
            + 5.46378491116411436990) * r + 6.65790464350110377720)
            / (((((((2.04426310338993978564e-15 * r + 1.42151175831644588870e-7) * r + 1.84631831751005468180e-5) * r
            + 7.86869131145613259100e-4) * r + 1.48753612908506148525e-2) * r + 1.36929880922735805310e-1) * r
            + 5.99832206555887937690e-1) * r + 1.0)
        )  # fmt: skip
    return -out if q < 0.0 else out


@nb.njit
def normal(seed, key, purpose, counter):
    """A standard normal number, from (seed, entity, purpose, counter)."""
    middle = (np.float64(_word(seed, key, purpose, counter) >> np.uint64(12)) + 0.5) * (1.0 / 4503599627370496.0)
    return normal_quantile(middle)


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
        return mean_s * math.exp(math.sqrt(variance) * normal(seed, key, SERVICE, base) - 0.5 * variance)
    return mean_s * cv * cv * _gamma(seed, key, base, 1.0 / (cv * cv))


@nb.njit
def setting_off(seed, key, purpose, counter, mean_s, spread):
    """The time until a person sets off: log-normal with a coefficient of variation, or evenly up to twice the mean. [s]"""
    if spread < 0.0:
        return 2.0 * mean_s * uniform(seed, key, purpose, counter)
    variance = math.log(1.0 + spread * spread)
    return mean_s * math.exp(math.sqrt(variance) * normal(seed, key, purpose, counter) - 0.5 * variance)


@nb.njit
def _gamma(seed, key, base, shape):
    boost = 1.0
    if shape < 1.0:
        boost = uniform(seed, key, SERVICE, base + np.uint64(255)) ** (1.0 / shape)
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    for attempt in range(60):  # accepts above 0.95 each time
        z = normal(seed, key, SERVICE, base + np.uint64(4 * attempt))
        v = (1.0 + c * z) ** 3
        u = uniform(seed, key, SERVICE, base + np.uint64(4 * attempt + 2))
        if v > 0.0 and math.log(u) < 0.5 * z * z + d - d * v + d * math.log(v):
            return boost * d * v
    return boost * d
