"""Durations of a block of samples: whole ticks, each a function of (seed, task, sample) alone.

So a task that a what-if leaves alone takes in every sample what it took before, in whatever order and by however many threads
samples are drawn. Rows are whole arrays, of which the first ``word.size`` numbers are used: of a part of a table the compiler does not know
that its rows are without gaps, and loops are eight times as long. The mixer is "lowbias32" (C. Wellons, "Prospecting for hash functions", 2018), with a second key between its steps.
"""

from __future__ import annotations

import numpy as np

from hostcity.engines.schedule.forecast._kernels.compiled import spliced

TO_SHARE = np.float32(2.0**-24)
HALF, ONE = np.float32(0.5), np.float32(1.0)


@spliced
def fill_shares(word, key, then, share):
    """``share[w]``, from 0 on and below 1, of samples by their words and an entity's two keys."""
    for w in range(word.size):
        x = np.uint32(word[w] + key)
        x = np.uint32(x ^ (x >> np.uint32(16)))
        x = np.uint32(x * np.uint32(0x7FEB352D))
        x = np.uint32(x ^ then)
        x = np.uint32(x ^ (x >> np.uint32(15)))
        x = np.uint32(x * np.uint32(0x846CA68B))
        x = np.uint32(x ^ (x >> np.uint32(16)))
        share[w] = np.float32(np.int32(x >> np.uint32(8))) * TO_SHARE


@spliced
def fill_triangular(low, high, split, rise, fall, share, many, out):
    """Inverse of the triangular distribution: ``split`` of all is below the likely value."""
    for w in range(many):
        u = share[w]
        is_low = u < split
        root = np.sqrt(u * rise if is_low else (ONE - u) * fall)
        out[w] = low + root if is_low else high - root


@spliced
def fill_factors(risks, word, share, factor):
    """``factor[m, w]``: 1 where the driver does not happen."""
    for m in range(risks.probability.size):
        row = factor[m]
        fill_shares(word, risks.key[m, 2], risks.key[m, 3], share)
        fill_triangular(
            risks.low[m], risks.high[m], risks.split[m], risks.rise[m], risks.fall[m], share, word.size, row
        )
        fill_shares(word, risks.key[m, 0], risks.key[m, 1], share)
        for w in range(word.size):
            row[w] = row[w] if share[w] < risks.probability[m] else ONE


@spliced
def fill_duration(tasks, i, word, factor, share, drawn, duration):
    """``duration[w]`` of the ``i``-th task. [ticks]"""
    first, last = tasks.risk_first[i], tasks.risk_first[i + 1]
    if tasks.high[i] == tasks.low[i]:
        if first == last:
            for w in range(word.size):
                duration[w] = tasks.likely[i] + tasks.plus[i]
            return
        for w in range(word.size):
            drawn[w] = np.float32(tasks.likely[i])
    else:
        fill_shares(word, tasks.key[i, 0], tasks.key[i, 1], share)
        fill_triangular(
            tasks.low[i], tasks.high[i], tasks.split[i], tasks.rise[i], tasks.fall[i], share, word.size, drawn
        )
    for k in range(first, last):
        row = factor[tasks.risk_of[k]]
        for w in range(word.size):
            drawn[w] *= row[w]
    for w in range(word.size):
        duration[w] = np.int32(drawn[w] + HALF) + tasks.plus[i]
