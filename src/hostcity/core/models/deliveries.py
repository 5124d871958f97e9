"""Messages to the outside, written in the transaction of the act and sent afterwards, at least once."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils import timezone

from hostcity.core.models.scoped import EditionRow, scoped_manager


class Webhook(EditionRow):
    """An address of a gateway (WeCom, SMS) that is told of acts, signed with its secret."""

    url = models.URLField(max_length=500)
    secret = models.CharField(max_length=80)
    verbs = models.JSONField(default=list)  # [] = all
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)


class Delivery(models.Model):
    """One message on its way. Sent by the worker with growing pauses; after the last attempt it stays as failed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey("core.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=10)  # mail, webhook, phone
    address = models.CharField(max_length=500)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries")
    body = models.JSONField()
    dedupe_key = models.CharField(max_length=160, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(default=timezone.now)
    leased_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = models.Manager()
    of_edition = scoped_manager()

    class Meta:
        indexes = [models.Index(fields=["sent_at", "failed_at", "next_at"], name="delivery_next")]
