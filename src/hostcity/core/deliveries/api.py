"""Webhooks and their messages by the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from ninja import Query
from pydantic import Field

from hostcity.core import policy
from hostcity.core.api.operations import Operations
from hostcity.core.api.schemas import Answer, Body, Listed, Paging, Yes, page_of
from hostcity.core.deliveries import queries, services
from hostcity.core.deliveries.signing import secret_of
from hostcity.core.models import Delivery, Webhook
from hostcity.core.models.deliveries import WebhookForm

operations = Operations("webhooks")


class WebhookShown(Answer):
    """A gateway that is told of acts."""

    id: UUID
    name: str
    host: str = Field(description="Where it goes, without what may be a secret in the address.")
    form: str
    verbs: list[str] = Field(description="Of which acts; empty = all.")
    is_active: bool
    created_at: datetime


class WebhookWithSecret(WebhookShown):
    """With the secret that signs its messages."""

    secret: str


class WebhooksPage(Listed):
    """A page of webhooks."""

    rows: list[WebhookShown]


class WebhookWanted(Body):
    """A gateway to be told."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    url: Annotated[str, Field(min_length=8, max_length=500, description="https://… of the gateway.")]
    form: Annotated[Literal[tuple(WebhookForm.values)], Field(description="What it understands.")] = "json"  # type: ignore[valid-type]
    verbs: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=60)]],
        Field(max_length=100, description="Of which acts; empty = all."),
    ] = Field([])


class WebhookSwitch(Body):
    """Whether it is told."""

    is_active: Yes


class DeliveryShown(Answer):
    """A message on its way."""

    id: UUID
    channel: str
    host: str = Field(description="Of a webhook; addresses of people are not shown.")
    state: Literal["waiting", "sent", "failed"]
    attempts: int
    last_error: str
    created_at: datetime
    next_at: datetime | None
    sent_at: datetime | None
    failed_at: datetime | None


class DeliveriesPage(Listed):
    """A page of messages."""

    rows: list[DeliveryShown]


class DeliveriesAsked(Paging):
    """Which messages."""

    state: Literal["", "waiting", "sent", "failed"] = ""


def shown(webhook: Webhook) -> dict[str, Any]:
    """A webhook as the API shows it."""
    return {
        "id": webhook.public_id,
        **{name: getattr(webhook, name) for name in ("name", "host", "form", "verbs", "is_active", "created_at")},
    }


def shown_delivery(delivery: Delivery) -> dict[str, Any]:
    """A message as the API shows it."""
    return {
        "id": delivery.public_id, "channel": delivery.channel,
        "host": delivery.webhook.host if delivery.webhook else "", "state": delivery.state,
        "attempts": delivery.attempts, "last_error": delivery.last_error, "created_at": delivery.created_at,
        "next_at": delivery.next_at if delivery.state == "waiting" else None, "sent_at": delivery.sent_at,
        "failed_at": delivery.failed_at,
    }  # fmt: skip


def _webhook(request: Any, webhook: UUID) -> Webhook:
    found = queries.webhook_of(request.edition, webhook)
    if found is None:
        raise Http404
    return found


@operations.get("/webhooks", policy.CHANGE_WEBHOOKS, WebhooksPage)
def list_webhooks(request: Any, paging: Query[Paging]) -> Any:
    """List the webhooks.

    By name.
    """
    rows = Webhook.objects.filter(edition=request.edition)
    return page_of(rows, paging, order=("name",), shown=shown)


@operations.post("/webhooks", policy.CHANGE_WEBHOOKS, WebhookWithSecret, is_secret=True)
def add_webhook(request: Any, body: WebhookWanted) -> Any:
    """Tell a gateway of acts.

    From now on, signed with the secret in this answer. Addresses inside of the site's own network are refused.
    """
    webhook = services.add_webhook(edition=request.edition, by=request.person, **body.model_dump())
    return shown(webhook) | {"secret": secret_of(webhook)}


@operations.get("/webhooks/{webhook}", policy.CHANGE_WEBHOOKS, WebhookShown)
def show_webhook(request: Any, webhook: UUID) -> Any:
    """Show a webhook.

    Without its secret.
    """
    return shown(_webhook(request, webhook))


@operations.put("/webhooks/{webhook}/active", policy.CHANGE_WEBHOOKS, WebhookShown)
def switch_webhook(request: Any, webhook: UUID, body: WebhookSwitch) -> Any:
    """Stop telling a gateway, or go on.

    Going on means: with what happens from then on.
    """
    found = _webhook(request, webhook)
    return shown(services.switch_webhook(webhook=found, is_active=body.is_active, by=request.person))


@operations.post("/webhooks/{webhook}/secret", policy.CHANGE_WEBHOOKS, WebhookWithSecret, is_secret=True)
def renew_webhook_secret(request: Any, webhook: UUID) -> Any:
    """Give a webhook another secret.

    The old one ends at once.
    """
    renewed = services.renew_secret(webhook=_webhook(request, webhook), by=request.person)
    return shown(renewed) | {"secret": secret_of(renewed)}


@operations.post("/webhooks/{webhook}/test", policy.CHANGE_WEBHOOKS, DeliveryShown, status=202)
def send_webhook_test(request: Any, webhook: UUID) -> Any:
    """Send a gateway a message that tells of nothing.

    To see whether it arrives.
    """
    return shown_delivery(services.send_test(webhook=_webhook(request, webhook), by=request.person))


@operations.get("/deliveries", policy.CHANGE_WEBHOOKS, DeliveriesPage)
def list_deliveries(request: Any, asked: Query[DeliveriesAsked]) -> Any:
    """List messages to the outside.

    Mails, webhooks and short messages, latest first.
    """
    rows = queries.deliveries_of(request.edition, state=asked.state)
    return page_of(rows, asked, order=("-pk",), shown=shown_delivery)


@operations.post("/deliveries/{delivery}/replay", policy.CHANGE_WEBHOOKS, DeliveryShown, status=202)
def replay_delivery(request: Any, delivery: UUID) -> Any:
    """Send a message that failed again.

    From its first attempt.
    """
    found = get_object_or_404(queries.deliveries_of(request.edition), public_id=delivery)
    return shown_delivery(services.replay_delivery(delivery=found, by=request.person))
