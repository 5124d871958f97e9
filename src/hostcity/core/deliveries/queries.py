"""Webhooks of an edition and what was sent, for their administrators."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from hostcity.core.models import Delivery, Edition, Webhook

STATES = {
    "waiting": Q(sent_at=None, failed_at=None),
    "failed": Q(failed_at__isnull=False),
    "sent": Q(sent_at__isnull=False),
}


def webhooks_of(edition: Edition) -> QuerySet[Webhook]:
    """All of an edition by name, each with how many messages wait and failed. One query."""
    counted = {
        "waiting": Count("deliveries", filter=Q(deliveries__sent_at=None, deliveries__failed_at=None)),
        "failed": Count("deliveries", filter=Q(deliveries__failed_at__isnull=False)),
    }
    return Webhook.objects.filter(edition=edition).annotate(**counted).order_by("name")


def webhook_of(edition: Edition, public_id: UUID) -> Webhook | None:
    """One of them."""
    return Webhook.objects.select_related("edition").filter(edition=edition, public_id=public_id).first()


def deliveries_of(edition: Edition, *, webhook: Webhook | None = None, state: str = "") -> QuerySet[Delivery]:
    """Messages of an edition, or of one webhook. One query."""
    found = Delivery.of_edition.filter(edition=edition).filter(STATES.get(state, Q())).select_related("webhook")
    return found.filter(webhook=webhook) if webhook else found
