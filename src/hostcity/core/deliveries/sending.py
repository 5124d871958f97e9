"""Sends what is due, at least once each: what was sent in vain is tried again with growing pauses, and fails at last."""

from __future__ import annotations

import http.client
import json
import logging
import smtplib
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from hostcity.core.deliveries.outside import Answer, find_target, post
from hostcity.core.deliveries.signing import secret_of, signed
from hostcity.core.errors import Refused
from hostcity.core.models import Act, Delivery, Webhook
from hostcity.core.models.deliveries import Channel, WebhookForm
from hostcity.core.registries import registries

logger = logging.getLogger("hostcity.deliveries")

LEASE = timedelta(seconds=60)
PAUSE = timedelta(seconds=10)  # after the first attempt; four times as long after each further one
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 9  # about a day
AT_ONCE_S = 40.0  # of work in one go
WECOM_BYTES = 2048  # of a text message


class NotTakenError(Exception):
    """The other side did not take the message."""


def send_due() -> None:
    """Send what is due, oldest first."""
    end = time.monotonic() + AT_ONCE_S
    while time.monotonic() < end:
        delivery = _lease()
        if delivery is None:
            return
        if not delivery.failed_at:
            send(delivery)


@transaction.atomic
def _lease() -> Delivery | None:
    now = timezone.now()
    due = Delivery.objects.filter(sent_at=None, failed_at=None, next_at__lte=now)
    delivery = (
        due.filter(Q(leased_until=None) | Q(leased_until__lte=now))
        .select_for_update(skip_locked=True)
        .order_by("next_at", "id")
        .first()
    )
    if delivery:
        delivery.leased_until = now + LEASE
        delivery.attempts += 1
        delivery.failed_at = now if delivery.attempts > MOST_ATTEMPTS else None  # each time, the sender died of it
        delivery.save(update_fields=["leased_until", "attempts", "failed_at"])
    return delivery


def send(delivery: Delivery) -> None:
    """Send one message, and write how it went."""
    try:
        _WAYS[Channel(delivery.channel)](delivery)
    except Refused as error:
        with translation.override("en"):
            _not_sent(delivery, f"{error.what} [{error.code}]")
    except (NotTakenError, OSError, http.client.HTTPException, smtplib.SMTPException) as error:
        _not_sent(delivery, f"{type(error).__name__}: {error}")
    except Exception:
        logger.exception("message %s could not be sent", delivery.public_id)
        _not_sent(delivery, "an error of the program")
    else:
        _sent(delivery)


def _ours(delivery: Delivery) -> Any:
    return Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts, sent_at=None)


def _sent(delivery: Delivery) -> None:
    """What was sent to people is not kept: it may hold a code for signing in."""
    kept = delivery.body if delivery.channel == Channel.WEBHOOK else {}
    _ours(delivery).update(sent_at=timezone.now(), leased_until=None, last_error="", body=kept)


def _not_sent(delivery: Delivery, why: str) -> None:
    logger.warning("message %s, attempt %d: %s", delivery.public_id, delivery.attempts, why)
    now = timezone.now()
    next_at = now + min(PAUSE * 4 ** (delivery.attempts - 1), LONGEST_PAUSE)
    failed_at = now if delivery.attempts >= MOST_ATTEMPTS else None
    _ours(delivery).update(failed_at=failed_at, next_at=next_at, leased_until=None, last_error=why[:300])
    if delivery.webhook_id and not failed_at:  # what follows waits too: in order, and without asking the dead again
        waiting = Delivery.objects.filter(webhook=delivery.webhook_id, sent_at=None, failed_at=None)
        waiting.filter(next_at__lt=next_at, pk__gt=delivery.pk).update(next_at=next_at)


def _mail(delivery: Delivery) -> None:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    headers = {
        "Message-ID": f"<{delivery.public_id}@{host}>",  # the same at every attempt: one that came twice is seen to be one
        "Auto-Submitted": "auto-generated",  # no answers of absent people
    }
    EmailMessage(delivery.body["subject"], delivery.body["text"], to=[delivery.address], headers=headers).send()


def _phone(delivery: Delivery) -> None:
    if not settings.PHONE_GATEWAY_URL:
        raise NotTakenError("HOSTCITY_PHONE_GATEWAY_URL names no gateway")
    body = _as_bytes({"id": str(delivery.public_id), "to": delivery.address, "text": delivery.body["text"]})
    headers = signed(body, key=str(delivery.public_id), secret=settings.PHONE_GATEWAY_SECRET)
    target = find_target(settings.PHONE_GATEWAY_URL, inside=settings.WEBHOOK_HOSTS)
    _must_take(post(target, body, {"Content-Type": "application/json", **headers}))


def _webhook(delivery: Delivery) -> None:
    with scopes_disabled():
        webhook = Webhook.objects.select_related("edition").get(pk=delivery.webhook_id)
    is_wecom = webhook.form == WebhookForm.WECOM
    body = _as_bytes(_for_wecom(webhook, delivery.body) if is_wecom else _for_programs(webhook, delivery))
    headers = signed(body, key=str(delivery.public_id), secret=secret_of(webhook))
    target = find_target(webhook.url, inside=settings.WEBHOOK_HOSTS)
    answer = post(target, body, {"Content-Type": "application/json", **headers})
    _must_take(answer)
    if is_wecom:
        _must_mean_it(answer)


_WAYS: dict[Channel, Callable[[Delivery], None]] = {
    Channel.MAIL: _mail,
    Channel.PHONE: _phone,
    Channel.WEBHOOK: _webhook,
}


def _for_programs(webhook: Webhook, delivery: Delivery) -> dict[str, Any]:
    return {"id": str(delivery.public_id), "edition": webhook.edition.code, **delivery.body}


def _for_wecom(webhook: Webhook, body: dict[str, Any]) -> dict[str, Any]:
    """A text of the group robot: one line per act, in Chinese, as long as the robot takes."""
    with translation.override("zh-hans"):
        lines = [_("A test of hostcity.")] if "test" in body else map(_line, body["acts"])
        text = "\n".join([webhook.edition.name, *lines])
    while len(text.encode()) > WECOM_BYTES:
        text = text[: len(text) * 9 // 10].rstrip("…") + "…"
    return {"msgtype": "text", "text": {"content": text}}


def _line(act: dict[str, Any]) -> str:
    """An act in words; its verb, where no capability has words for it."""
    words = registries.act_words.get(act["verb"])
    said = words(Act(verb=act["verb"], subject_key=act["subject"]["key"], body=act["body"])) if words else act["verb"]
    return f"{act['number']} {said}"


def _must_take(answer: Answer) -> None:
    if not answer.is_good:
        raise NotTakenError(f"answered {answer.status}")


def _must_mean_it(answer: Answer) -> None:
    """The robot says 200 to everything, and what it thinks in its answer."""
    try:
        code = json.loads(answer.body).get("errcode", 0)
    except (ValueError, AttributeError):
        raise NotTakenError("answered something else than a WeCom robot") from None
    if code:
        raise NotTakenError(f"errcode {code}")


def _as_bytes(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
