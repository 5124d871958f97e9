"""Snapshots of plans, bytes by their hash, and results made from both: how results flow down to who reads them."""

from hostcity.core.results.blobs import DamagedBlob, keep_blob, read_blob
from hostcity.core.results.orphans import let_go
from hostcity.core.results.queries import arrays_of, bytes_of, latest
from hostcity.core.results.services import keep_result
from hostcity.core.results.snapshots import (
    PlanAt,
    keep_snapshot,
    plan_as_it_stands,
    plan_of_snapshot,
    take_snapshot,
)

__all__ = [
    "DamagedBlob",
    "PlanAt",
    "arrays_of",
    "bytes_of",
    "keep_blob",
    "keep_result",
    "keep_snapshot",
    "latest",
    "let_go",
    "plan_as_it_stands",
    "plan_of_snapshot",
    "read_blob",
    "take_snapshot",
]
