"""What the twin keeps of a day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True, slots=True)
class TwinResult:
    """What the twin keeps of a day. ``V`` visitors in order of arrival, ``W`` services, ``M`` minutes."""

    left_s: NDArray[np.float64]  # [V] nan = still there
    end: NDArray[np.uint8]  # [V] as in the engine's results
    entry_s: NDArray[np.float64]  # [V] joining security to leaving the badge check
    service_station: NDArray[np.int16]  # [W]
    service_person: NDArray[np.int32]  # [W]
    service_wait_s: NDArray[np.float64]  # [W]
    way_persons: NDArray[np.int32]  # [M, 2L]
    floor_persons: NDArray[np.int32]  # [M, N]
    blocked: int  # times that somebody found a link or floor full
    cpu_s: float  # of the run itself
