"""What was played: where everybody was every half second, and who came, was served and went."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

FRAME_S = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Trajectories:
    """Trajectories of a played cut-out. ``F`` frames, ``R`` rows, ``P`` persons of the cut-out."""

    frame_s: Floats  # [F] times on the clock of the cut-out
    first: Ints  # [F + 1] rows of frame f are first[f] to first[f + 1]
    person: Ints  # [R] index among the persons
    x_m: NDArray[np.float32]  # [R]
    y_m: NDArray[np.float32]  # [R]
    came_s: Floats  # [P] appeared on the floor; nan = never
    served_from_s: Floats  # [P] began to be served; nan = never
    served_s: Floats  # [P] left the lane; nan = never
    went_s: Floats  # [P] was gone from the floor; nan = still there, or never came
    in_line: NDArray[np.bool_]  # [R] on the way to a lane, in its line or being served
    held_out: int  # most persons at once who found no room to appear

    @property
    def came(self) -> int:
        """Persons who appeared."""
        return int((~np.isnan(self.came_s)).sum())

    @property
    def went(self) -> int:
        """Persons who are gone again."""
        return int((~np.isnan(self.went_s)).sum())

    @property
    def inside(self) -> int:
        """Persons who were on the floor when the clock ended."""
        return int(self.first[-1] - self.first[-2]) if self.frame_s.size else 0

    @property
    def sha256(self) -> str:
        """Hash of every array: equal for the same cut-out, seed and versions on one platform."""
        digest = hashlib.sha256()
        for each in fields(self):
            value = getattr(self, each.name)
            digest.update(
                np.ascontiguousarray(value).tobytes() if isinstance(value, np.ndarray) else repr(value).encode()
            )
        return digest.hexdigest()
