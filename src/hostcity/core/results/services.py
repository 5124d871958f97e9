"""Keeping what an engine made of a snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django_scopes import scope

from hostcity.core.models import Edition, Result, Snapshot


def keep_result(
    *,
    edition: Edition,
    kind: str,
    snapshot: Snapshot,
    inputs: Mapping[str, Any],
    engine_version: str,
    results_sha256: str,
    summary: Mapping[str, Any],
    blobs: Mapping[str, str],
) -> Result:
    """Keep a result. ``blobs`` names hashes that `keep_blob` gave before, outside of the transaction: bytes are slow.

    Call it within the transaction of the job that made it.
    """
    if snapshot.edition_id != edition.pk:
        raise ValueError(f"snapshot {snapshot.pk} is of another edition than {edition.code}")
    with scope(edition=edition):
        return Result.objects.create(
            edition=edition,
            kind=kind,
            snapshot=snapshot,
            inputs=dict(inputs),
            engine_version=engine_version,
            results_sha256=results_sha256,
            summary=dict(summary),
            blobs=dict(blobs),
        )
