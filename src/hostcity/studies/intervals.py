"""Intervals of 95 % around what runs say: of means by Student's t, of quantiles by order statistics, of shares by Wilson.

References
----------
.. [1] Law, "Simulation Modeling and Analysis", 5th ed., 2015, sections 4.5 and 9.4.
.. [2] David and Nagaraja, "Order Statistics", 3rd ed., 2003, section 7.1. doi 10.1002/0471722162
.. [3] Wilson, "Probable inference, the law of succession, and statistical inference", 1927. doi 10.2307/2276774
.. [4] Conover, "Practical Nonparametric Statistics", 3rd ed., 1999, section 3.4.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
COVERAGE = 0.95
_Z = 1.959963984540054

#: 97.5 % quantile of Student's t by degrees of freedom 1-30, to three decimals (any table).
_T_975 = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
    2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip


#: Were it as likely that a figure rises on a day as that it falls, of so many days that differ all would go one way less
#: than once in 20 times: 2 * 0.5**6 < 0.05 (sign test [4]_). Of fewer days nothing is told, whatever Student's t says of
#: them: that days are normal, five days cannot show.
LEAST_DIFFERING = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """An estimate between two ends; the ends are nan where so few runs give none."""

    value: float
    low: float
    high: float


def t_half_width(values: Floats) -> float:
    """Half width of the 95 % interval of a mean by Student's t; nan for fewer than two values, and for infinite ones."""
    if values.size < 2 or not np.isfinite(values).all():
        return math.nan
    return float(t_quantile(values.size) * values.std(ddof=1) / math.sqrt(values.size))


def t_quantile(count: int) -> float:
    """Half width of the 95 % interval of a mean of ``count`` >= 2 values, in standard errors."""
    return _T_975[count - 2] if count <= len(_T_975) + 1 else 1.960 + 2.5 / count


def quantile_interval(values: Floats, share: float) -> Interval:
    """The value that a share of days stays below, by nearest rank, between two order statistics.

    Right whatever the distribution. An end is nan when so few days cannot have passed it: 9 days of 10 have an upper
    end from 36 days on.
    """
    ordered = np.sort(values)
    low, high = _ranks(values.size, share)
    value = float(ordered[max(0, math.ceil(share * values.size) - 1)]) if values.size else math.nan
    return Interval(
        value=value,
        low=float(ordered[low - 1]) if low else math.nan,
        high=float(ordered[high - 1]) if high else math.nan,
    )


def is_told_from_0(difference: float, half_width: float, differing: int) -> bool:
    """Whether the mean of paired differences is told from 0: its interval leaves out 0, with enough days behind it.

    Parameters
    ----------
    difference
        Infinite where somebody never gets in under one of two plans; no interval is asked for then.
    half_width
        Of its 95 % interval; nan where there is none.
    differing
        Days on which the two differ at all, of which it takes `LEAST_DIFFERING`.
    """
    return differing >= LEAST_DIFFERING and (math.isinf(difference) or abs(difference) > half_width)


@functools.cache
def _ranks(count: int, share: float) -> tuple[int, int]:
    """Ranks (from 1) of the two order statistics, each end beyond with at most 2.5 %; 0 = there is none.

    The number B of days below the quantile is binomial: P(B < low) <= 2.5 % and P(B >= high) <= 2.5 %.
    """
    tail = (1 - COVERAGE) / 2
    below, low, high = 0.0, 0, 0
    for rank in range(1, count + 1):
        below += math.comb(count, rank - 1) * share ** (rank - 1) * (1 - share) ** (count - rank + 1)
        if below <= tail:
            low = rank
        if 1 - below <= tail:
            high = rank
            break
    return low, high


def share_interval(count: int, of: int) -> Interval:
    """A share of days with Wilson's interval; nan of no days."""
    if not of:
        return Interval(value=math.nan, low=math.nan, high=math.nan)
    share, z2 = count / of, _Z**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = _Z * math.sqrt(share * (1 - share) / of + z2 / (4 * of**2)) / (1 + z2 / of)
    return Interval(value=share, low=max(0.0, middle - half), high=min(1.0, middle + half))
