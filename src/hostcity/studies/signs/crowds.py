"""How often heads leave the view of a face free, in a crowd as dense as it was on the played day."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from hostcity.plan.rows import EYE_HEIGHT_M

Floats = NDArray[np.float64]
UP_DEG = 10.0  # higher nobody looks up to read (assumed)
NEAREST_M = 3.0  # nearer a low face is not read from (assumed)
AHEAD_M = 0.5  # nobody stands nearer before somebody's eyes (assumed)
HEAD_M = 0.25  # as wide as hides the line from an eye to the middle of a face (assumed)
TALL_M, TALL_SD_M = 1.68, 0.09  # standing adults in shoes, both sexes (assumed)
STEP_M = 0.01


def clear_share(density_per_m2: Floats, height_m: float) -> Floats:
    """The share of those who come by in a crowd to whom no head hides a face of this height: ``float64[n]``.

    With so many persons/m2 around them; see `hidden_m2`.
    """
    free: Floats = np.exp(-np.asarray(density_per_m2) * hidden_m2(height_m))
    return free


def hidden_m2(height_m: float) -> float:
    """The ground before somebody who reads a face of this height on which a head hides it, by how many are tall enough.

    They look from the nearest place where nobody must look up by more than `UP_DEG`, where least stands between. Heads before
    them are a Poisson field, so that exp(-hidden_m2 * density) see it; each hides what is in line with it and not above it. That a crowd
    takes the view of a sign with a probability is the idea of Nassar and Al-Kaisy, "Assessing sign occlusion in buildings using
    discrete event simulation", Automation in Construction 17 (2008) 799-808; the geometry and its figures are ours.
    """
    rise_m = height_m - EYE_HEIGHT_M
    from_m = max(rise_m / math.tan(math.radians(UP_DEG)), NEAREST_M)
    at_m = np.arange(AHEAD_M + STEP_M / 2, from_m, STEP_M)
    line_m = EYE_HEIGHT_M + rise_m * at_m / from_m
    hides = [0.5 * math.erfc((each - TALL_M) / (TALL_SD_M * math.sqrt(2.0))) for each in line_m.tolist()]
    return HEAD_M * STEP_M * sum(hides)
