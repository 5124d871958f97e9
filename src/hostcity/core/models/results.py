"""Snapshots of plans and results made from them, both content-addressed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from hostcity.core.models.scoped import EditionRow


class Snapshot(EditionRow):
    """The whole plan at one number of the ledger. Equal plans of an edition share one snapshot."""

    plan_sha256 = models.CharField(max_length=64)
    number = models.BigIntegerField()  # of the ledger, when it was first taken
    blob = models.ForeignKey("core.Blob", on_delete=models.PROTECT, related_name="+")  # gzip of the plan's JSON
    by_code = models.CharField(max_length=12, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "plan_sha256"], name="snapshot_once")]


class Result(EditionRow):
    """What an engine made of a snapshot: named blobs and a summary, under the hash of its canonical arrays."""

    kind = models.CharField(max_length=40)  # e.g. day
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="results")
    inputs = models.JSONField(default=dict)  # seed, overrides: with the snapshot, all that is needed to repeat it
    engine_version = models.CharField(max_length=40)
    results_sha256 = models.CharField(max_length=64)
    summary = models.JSONField(default=dict)
    blobs = models.JSONField(default=dict)  # name -> sha256 of a Blob
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["edition", "kind", "-id"], name="result_latest")]
