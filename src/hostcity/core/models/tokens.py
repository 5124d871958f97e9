"""Keys of programs, and answers that are given again."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from hostcity.core.models.editions import Edition


class Token(models.Model):
    """A program's key: acts as its person, within the token's actions and editions only. Only its hash is kept."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("core.Person", on_delete=models.CASCADE, related_name="tokens")
    edition = models.ForeignKey("core.Edition", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=12)  # shown, so that its owner knows which is which
    sha256 = models.CharField(max_length=64, unique=True)
    actions = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    reached_by = {"own": "person"}

    class Meta:
        indexes = [models.Index(fields=["edition", "person", "-id"], name="token_of_person")]

    def is_in_force(self, now: datetime | None = None) -> bool:
        """Whether it opens anything."""
        return self.revoked_at is None and self.expires_at > (now or timezone.now())

    def reaches(self, action: str, edition: Edition) -> bool:
        """Whether it was made for this."""
        return self.edition_id == edition.pk and action in self.actions


class IdempotentAnswer(models.Model):
    """What was answered to a request that carried an Idempotency-Key, so that a repeat has no second effect."""

    person = models.ForeignKey("core.Person", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()  # text and headers
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="idempotent_answer_once")]
