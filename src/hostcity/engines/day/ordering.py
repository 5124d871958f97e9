"""Who comes first."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def order_in_time(at_s: NDArray[np.float64]) -> NDArray[np.intp]:
    """Positions in order of time, those of one time in their own order; nan comes last.

    As ``np.argsort(at_s, kind="stable")``, in a third of its time where no time occurs twice, as nearly always.
    """
    order: NDArray[np.intp] = np.argsort(at_s)
    sorted_s: NDArray[Any] = at_s[order]
    if (sorted_s[1:] > sorted_s[:-1]).all():
        return order
    return np.argsort(at_s, kind="stable")
