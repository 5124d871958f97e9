"""Turns new acts of the ledger into deliveries, for every webhook that wants them.

The ledger is the outbox: an act is told because it was committed, and a webhook remembers the number it has come to.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django_scopes import scope, scopes_disabled

from hostcity.core.models import Act, Delivery, Webhook
from hostcity.core.models.deliveries import Channel

AT_ONCE = 100  # acts in one message


def gather() -> None:
    """Write what is to be sent, for every webhook that is behind."""
    with scopes_disabled():
        behind = Webhook.objects.filter(is_active=True, number__lt=F("edition__head__number"))
        keys = list(behind.values_list("pk", flat=True))
    for key in keys:
        while _gather_for(key):
            pass


@transaction.atomic
def _gather_for(key: int) -> bool:
    """One message of a webhook; False when it has come to the end of the ledger."""
    with scopes_disabled():
        webhook = Webhook.objects.select_for_update(of=("self",)).select_related("edition").get(pk=key)
    with scope(edition=webhook.edition):
        acts = list(Act.objects.since(webhook.number).order_by("number")[:AT_ONCE])
    if not acts or not webhook.is_active:
        return False
    wanted = [act for act in acts if not webhook.verbs or act.verb in webhook.verbs]
    if wanted:
        Delivery.objects.create(
            edition=webhook.edition, channel=Channel.WEBHOOK, address=webhook.host, webhook=webhook,
            body={"acts": [as_data(act) for act in wanted]},
            dedupe_key=f"webhook/{webhook.pk}/{acts[0].number}-{acts[-1].number}",
        )  # fmt: skip
    webhook.number = acts[-1].number
    with scope(edition=webhook.edition):
        webhook.save(update_fields=["number"])
    return True


def as_data(act: Act) -> dict[str, Any]:
    """An act as its receivers get it. Person codes only, as in the ledger."""
    return {
        "number": act.number,
        "at": act.at.isoformat(),
        "by": act.by_code,
        "verb": act.verb,
        "subject": {"kind": act.subject_kind, "key": act.subject_key},
        "body": act.body,
    }
