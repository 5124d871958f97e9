"""Acts on messages to the outside. What is queued is written in the transaction of the act that it tells of."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core import policy
from hostcity.core.deliveries.outside import find_target
from hostcity.core.errors import Refused
from hostcity.core.ledger import record
from hostcity.core.models import Delivery, Edition, LedgerHead, Person, Webhook
from hostcity.core.models.deliveries import Channel


def queue_mail(*, edition: Edition | None, to: str, subject: str, text: str, dedupe_key: str) -> Delivery:
    """Have a mail sent, once per key."""
    body = {"subject": " ".join(subject.split())[:200], "text": text}
    return _queue(Channel.MAIL, edition, to, body, dedupe_key)


def queue_phone(*, edition: Edition | None, phone: str, text: str, dedupe_key: str) -> Delivery:
    """Have a short message sent by the phone gateway, once per key."""
    return _queue(Channel.PHONE, edition, phone, {"text": text}, dedupe_key)


def _queue(channel: Channel, edition: Edition | None, to: str, body: dict[str, Any], dedupe_key: str) -> Delivery:
    made, _is_new = Delivery.objects.get_or_create(
        dedupe_key=f"{channel}/{dedupe_key}",
        defaults={"edition": edition, "channel": channel, "address": to, "body": body},
    )
    return made


@transaction.atomic
def add_webhook(*, edition: Edition, name: str, url: str, form: str, verbs: Sequence[str], by: Person) -> Webhook:
    """Tell a gateway of every act from now on. Raises `Refused` for an address that may not be reached."""
    policy.require(by, policy.CHANGE_WEBHOOKS, edition)
    find_target(url, inside=settings.WEBHOOK_HOSTS)
    head = LedgerHead.objects.get(edition=edition)
    try:
        with transaction.atomic():
            webhook = Webhook.objects.create(
                edition=edition, name=name.strip(), url=url.strip(), form=form, verbs=sorted(verbs), number=head.number
            )
    except IntegrityError:
        what = format_lazy(_("There is a webhook named {name} already."), name=name.strip())
        raise Refused("webhook.name", what, _("Give it another name."), field="name") from None
    _record("webhook.add", webhook, by, {"host": webhook.host, "form": form, "verbs": webhook.verbs})
    return webhook


@transaction.atomic
def switch_webhook(*, webhook: Webhook, is_active: bool, by: Person) -> Webhook:
    """Stop telling a gateway, or go on with what happens from now on."""
    webhook = _locked(webhook, by)
    if webhook.is_active != is_active:
        webhook.is_active = is_active
        webhook.number = LedgerHead.objects.get(edition=webhook.edition).number
        webhook.save(update_fields=["is_active", "number"])
        _record("webhook.switch", webhook, by, {"is_active": [not is_active, is_active]})
    return webhook


@transaction.atomic
def renew_secret(*, webhook: Webhook, by: Person) -> Webhook:
    """Give a webhook another secret; the old one ends at once."""
    webhook = _locked(webhook, by)
    webhook.secret_version += 1
    webhook.save(update_fields=["secret_version"])
    _record("webhook.renew-secret", webhook, by, {"version": webhook.secret_version})
    return webhook


@transaction.atomic
def send_test(*, webhook: Webhook, by: Person) -> Delivery:
    """Send a gateway a message that tells of nothing, to see whether it arrives."""
    webhook = _locked(webhook, by)
    made = Delivery.objects.create(
        edition=webhook.edition, channel=Channel.WEBHOOK, address=webhook.host, webhook=webhook,
        body={"test": True, "at": timezone.now().isoformat()}, dedupe_key=f"webhook/{webhook.pk}/test/{uuid.uuid4()}",
    )  # fmt: skip
    _record("webhook.test", webhook, by, {})
    return made


@transaction.atomic
def replay_delivery(*, delivery: Delivery, by: Person) -> Delivery:
    """Send a message that failed again, from its first attempt. Raises `Refused` unless it failed."""
    if delivery.edition is None:
        raise policy.NotAllowed(policy.CHANGE_WEBHOOKS)
    policy.require(by, policy.CHANGE_WEBHOOKS, delivery.edition, delivery)
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("edition").get(pk=delivery.pk)
    if not delivery.failed_at:
        raise Refused("delivery.state", _("The message has not failed."), _("Wait until it has been tried."))
    delivery.failed_at, delivery.attempts, delivery.next_at = None, 0, timezone.now()
    delivery.save(update_fields=["failed_at", "attempts", "next_at"])
    record(
        "delivery.replay", edition=delivery.edition, by=by, subject=("delivery", str(delivery.public_id)),
        body={"channel": delivery.channel},
    )  # fmt: skip
    return delivery


def _locked(webhook: Webhook, by: Person) -> Webhook:
    policy.require(by, policy.CHANGE_WEBHOOKS, webhook.edition, webhook)
    return Webhook.objects.select_for_update(of=("self",)).select_related("edition").get(pk=webhook.pk)


def _record(verb: str, webhook: Webhook, by: Person, body: dict[str, Any]) -> None:
    record(
        verb,
        edition=webhook.edition,
        by=by,
        subject=("webhook", str(webhook.public_id)),
        body={"name": webhook.name, **body},
    )
