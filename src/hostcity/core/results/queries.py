"""Reading results, typed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from django_scopes import scope

from hostcity.core.models import Edition, Result
from hostcity.core.results.blobs import read_blob

if TYPE_CHECKING:
    from numpy.typing import NDArray


def latest(edition: Edition, kind: str = "day") -> Result | None:
    """The newest result of a kind, with its snapshot; one query."""
    with scope(edition=edition):
        rows = Result.objects.filter(edition=edition, kind=kind).select_related("snapshot")
        return rows.order_by("-id").first()


def bytes_of(result: Result, name: str) -> bytes:
    """One of a result's blobs. Raises KeyError, with the names there are, for one that it does not have."""
    if name not in result.blobs:
        raise KeyError(f"result {result.pk} has no {name}; it has {', '.join(sorted(result.blobs))}")
    return read_blob(result.blobs[name])


def arrays_of(result: Result, *names: str) -> dict[str, NDArray[Any]]:
    """Arrays of a result's ``arrays.npz``, all of them when none is named. Imports NumPy, and nothing heavier."""
    import numpy as np

    with np.load(io.BytesIO(bytes_of(result, "arrays.npz")), allow_pickle=False) as stored:
        return {name: stored[name] for name in names or stored.files}
