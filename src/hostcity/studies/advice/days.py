"""The days on which changes are tried: drawn from all days alike, or more of those on which the plan does badly.

Where bad days are rare, most days say nothing. So of days on which the plan as it is has been played, those that are
bad form a stratum of their own and are played more often than their share; every mean weighs the strata by their
shares, which keeps it without bias [1]_.

References
----------
.. [1] Cochran, "Sampling Techniques", 3rd ed., 1977, sections 5.2-5.5 (means over strata, and how many of each).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.studies.intervals import t_quantile

Floats = NDArray[np.float64]
BAD_SHARE = 1 / 3  # of the days, the worst ones
BAD, OTHER = 0, 1


@dataclass(frozen=True, slots=True)
class Days:
    """Runs in the order in which they are played."""

    runs: tuple[int, ...]
    strata: tuple[int, ...]  # by run
    shares: tuple[float, ...]  # of all days, by stratum

    @classmethod
    def alike(cls, runs: Sequence[int]) -> Days:
        """Days of which none is known to be worse."""
        return cls(tuple(runs), (0,) * len(runs), (1.0,))

    @classmethod
    def bad_first(cls, runs: Sequence[int], badness: Sequence[tuple[float, ...]]) -> Days:
        """Two of the worst third for one of the others, as long as there are both, and both in the order of runs."""
        bad_count = max(1, round(BAD_SHARE * len(runs)))
        worst = sorted(range(len(runs)), key=lambda at: badness[at], reverse=True)[:bad_count]
        bad = [run for at, run in enumerate(runs) if at in set(worst)]
        others = [run for run in runs if run not in set(bad)]
        shares = (bad_count / len(runs), 1 - bad_count / len(runs))
        order = tuple(itertools.chain.from_iterable(zip(bad[::2], others, bad[1::2], strict=False)))
        return cls(order, (BAD, OTHER, BAD) * (len(order) // 3), shares)

    def first(self, count: int) -> Days:
        """The first of them."""
        return Days(self.runs[:count], self.strata[:count], self.shares)

    def mean(self, values: Floats) -> tuple[float, float]:
        """Mean of values [runs] over all days, and half of its 95 % interval; a nan counts as a day without a value.

        Both are nan where there is no value; the half width also where a stratum has fewer than two, or an infinite one.
        """
        total, weight, variance, count = 0.0, 0.0, 0.0, 1
        for stratum, share in enumerate(self.shares):
            own = values[np.array(self.strata, int) == stratum]
            own = own[~np.isnan(own)]
            if not own.size:
                continue
            total, weight, count = total + share * float(own.mean()), weight + share, count + own.size - 1
            is_known = own.size > 1 and bool(np.isfinite(own).all())
            variance += share**2 * float(own.var(ddof=1)) / own.size if is_known else math.nan
        if not weight:
            return math.nan, math.nan
        half_width = math.nan if math.isnan(variance) else t_quantile(count) * math.sqrt(variance) / weight
        return total / weight, half_width
