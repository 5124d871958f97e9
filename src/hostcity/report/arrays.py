"""All arrays of a played day in one file that NumPy reads without pickle."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day.results import DayResult

EPOCH = (1980, 1, 1, 0, 0, 0)  # the same day gives the same file


def write_arrays(day: DayResult, path: Path) -> None:
    """Write every field of a day: arrays as they are, codes as text arrays, numbers as arrays without a shape."""
    # As np.savez_compressed, but with the quickest compression: a third of the time for 2 % more bytes.
    with zipfile.ZipFile(path, "w") as archive:
        for each in dataclasses.fields(day):
            body = io.BytesIO()
            np.lib.format.write_array(body, _array(getattr(day, each.name)), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{each.name}.npy", EPOCH)
            archive.writestr(entry, body.getbuffer(), zipfile.ZIP_DEFLATED, compresslevel=1)


def _array(value: Any) -> NDArray[Any]:
    if isinstance(value, tuple) and value and dataclasses.is_dataclass(value[0]):
        return np.array(["\t".join(str(part) for part in dataclasses.astuple(each)) for each in value])
    if isinstance(value, tuple):
        return np.array(value, np.str_)
    return np.asarray(value)
