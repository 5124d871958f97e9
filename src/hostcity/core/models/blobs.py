"""Bytes by their hash, and the files that people uploaded."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from hostcity.core.models.scoped import EditionRow


class Blob(models.Model):
    """Bytes under their SHA-256; equal bytes are kept once. In the database, so that a backup of it holds everything."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField()
    data = models.BinaryField()
    created_at = models.DateTimeField(default=timezone.now)


class StoredFile(EditionRow):
    """A file that somebody uploaded."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    subject_kind = models.CharField(max_length=40, blank=True)  # "" = it belongs to the edition as a whole
    subject_key = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey("core.Person", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    reached_by = {"own": "by"}

    class Meta:
        indexes = [models.Index(fields=["edition", "subject_kind", "subject_key", "-id"], name="file_of_subject")]
