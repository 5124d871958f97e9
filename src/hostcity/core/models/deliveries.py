"""Messages to the outside, written in the transaction of the act and sent afterwards, at least once."""

from __future__ import annotations

import uuid
from urllib.parse import urlsplit

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hostcity.core.models.scoped import EditionRow, scoped_manager


class WebhookForm(models.TextChoices):
    """What a gateway understands."""

    JSON = "json", _("JSON, signed")
    WECOM = "wecom", _("WeCom group robot")


class Webhook(EditionRow):
    """An address of a gateway (WeCom, SMS) that is told of acts. Its secret is derived, and stored nowhere."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    form = models.CharField(max_length=10, choices=WebhookForm.choices, default=WebhookForm.JSON)
    verbs = models.JSONField(default=list)  # [] = all
    is_active = models.BooleanField(default=True)
    secret_version = models.PositiveIntegerField(default=1)
    number = models.BigIntegerField()  # of the last act of the ledger that was looked at for it
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(form__in=WebhookForm.values), name="webhook_form_known"),
            models.UniqueConstraint(fields=["edition", "name"], name="webhook_name_once"),
        ]

    @property
    def host(self) -> str:
        """Where it goes, without what may be a secret in the address."""
        return urlsplit(self.url).netloc.rpartition("@")[2]


class Channel(models.TextChoices):
    """Ways out of the site."""

    MAIL = "mail", _("mail")
    WEBHOOK = "webhook", _("webhook")
    PHONE = "phone", _("phone")


class Delivery(models.Model):
    """One message on its way. Sent by the worker with growing pauses; after the last attempt it stays as failed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey("core.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices)
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
        constraints = [models.CheckConstraint(condition=Q(channel__in=Channel.values), name="delivery_channel_known")]
        indexes = [models.Index(fields=["sent_at", "failed_at", "next_at"], name="delivery_next")]

    @property
    def state(self) -> str:
        """Where it stands: sent, failed, or waiting."""
        return "sent" if self.sent_at else "failed" if self.failed_at else "waiting"
