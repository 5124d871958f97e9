"""How likely fewer come than needed, when some are there already."""

from __future__ import annotations

from collections.abc import Iterable


def short_probability(needed: int, attends: Iterable[float]) -> float:
    """Exactly: who comes is Poisson-binomial, one convolution for each head. ``attends`` is 1 for who is there.

    Counts ``needed`` and above are one state, so it costs O(heads x needed).
    """
    if needed <= 0:
        return 0.0
    come = [1.0] + [0.0] * needed  # the last entry is "enough"
    for rate in attends:
        for heads in range(needed, 0, -1):
            stay = come[heads] if heads == needed else come[heads] * (1 - rate)
            come[heads] = stay + come[heads - 1] * rate
        come[0] *= 1 - rate
    return sum(come[:needed])
