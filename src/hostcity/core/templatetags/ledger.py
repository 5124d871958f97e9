"""The history of an object, for its page: ``{% load ledger %}{% history "bureau" bureau.code %}``."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import urlencode

from hostcity.core import policy
from hostcity.core.ledger_queries import history_of

register = template.Library()
SHOWN = 10


@register.inclusion_tag("core/changes/history.html", takes_context=True)
def history(context: Any, kind: str, key: str) -> dict[str, Any]:
    """The last acts on an object, for who may see the ledger; two queries."""
    request = context["request"]
    edition = request.edition
    if not policy.may(request.user, policy.SEE_LEDGER, edition):
        return {"lines": None}
    lines = history_of(edition, kind, key, SHOWN + 1, reader=request.user)
    path = f"{reverse('ledger', kwargs={'edition': edition.code})}?{urlencode({'kind': kind, 'key': key})}"
    return {"lines": lines[:SHOWN], "more_path": path if len(lines) > SHOWN else ""}
