"""All arrays of a played day in one file that NumPy reads without pickle."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import DayResult


def write_arrays(day: DayResult, path: Path) -> None:
    """Write every field of a day: arrays as they are, codes as text arrays, numbers as arrays without a shape."""
    np.savez_compressed(path, **{each.name: _array(getattr(day, each.name)) for each in dataclasses.fields(day)})


def _array(value: Any) -> NDArray[Any]:
    if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
        return np.array(["\t".join(str(part) for part in dataclasses.astuple(each)) for each in value])
    if isinstance(value, tuple):
        return np.array(value, np.str_)
    return np.asarray(value)
