"""Pages of webhooks and of what was sent."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hostcity.core import policy
from hostcity.core.deliveries import queries, services
from hostcity.core.deliveries.forms import AddWebhook
from hostcity.core.deliveries.signing import secret_of
from hostcity.core.errors import Refused
from hostcity.core.middleware import acting
from hostcity.core.models import Webhook
from hostcity.core.paging import keyset_page
from hostcity.core.sayings import said


@acting(policy.CHANGE_WEBHOOKS)
@require_GET
def list_webhooks(request: Any) -> HttpResponse:
    found = queries.webhooks_of(request.edition)
    return render(request, "core/deliveries/webhooks.html", {"webhooks": found})


@acting(policy.CHANGE_WEBHOOKS)
@require_http_methods(["GET", "POST"])
def add_webhook(request: Any) -> HttpResponse:
    form = AddWebhook(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            webhook = services.add_webhook(edition=request.edition, by=request.user, **form.cleaned_data)
            messages.success(request, _("The webhook is told of every act from now on."))
            return _to(webhook)
        except Refused as refused:
            form.add_error(refused.field or None, said(refused))
    return render(request, "core/deliveries/add.html", {"form": form}, status=422 if form.errors else 200)


@acting(policy.CHANGE_WEBHOOKS)
@require_GET
def show_webhook(request: Any, public_id: UUID) -> HttpResponse:
    webhook = _webhook(request, public_id)
    sent = queries.deliveries_of(request.edition, webhook=webhook)
    page = keyset_page(sent, order=("-id",), after=request.GET.get("after", ""))
    shown = {"webhook": webhook, "secret": secret_of(webhook), "page": page}
    return render(request, "core/deliveries/webhook.html", shown)


@acting(policy.CHANGE_WEBHOOKS)
@require_POST
def switch_webhook(request: Any, public_id: UUID) -> HttpResponse:
    is_active = request.POST.get("is_active") == "1"
    return _to(services.switch_webhook(webhook=_webhook(request, public_id), is_active=is_active, by=request.user))


@acting(policy.CHANGE_WEBHOOKS)
@require_POST
def renew_secret(request: Any, public_id: UUID) -> HttpResponse:
    return _to(services.renew_secret(webhook=_webhook(request, public_id), by=request.user))


@acting(policy.CHANGE_WEBHOOKS)
@require_POST
def send_test(request: Any, public_id: UUID) -> HttpResponse:
    webhook = _webhook(request, public_id)
    services.send_test(webhook=webhook, by=request.user)
    messages.success(request, _("The test is on its way; look again in a moment."))
    return _to(webhook)


@acting(policy.CHANGE_WEBHOOKS)
@require_GET
def list_deliveries(request: Any) -> HttpResponse:
    state = request.GET.get("state", "failed")
    found = queries.deliveries_of(request.edition, state=state)
    page = keyset_page(found, order=("-id",), after=request.GET.get("after", ""))
    states = [("failed", _("Failed")), ("waiting", _("Waiting")), ("sent", _("Sent"))]
    return render(request, "core/deliveries/list.html", {"page": page, "state": state, "states": states})


@acting(policy.CHANGE_WEBHOOKS)
@require_POST
def replay_delivery(request: Any, public_id: UUID) -> HttpResponse:
    delivery = queries.deliveries_of(request.edition).filter(public_id=public_id).first()
    if delivery is None:
        raise Http404(public_id)
    try:
        services.replay_delivery(delivery=delivery, by=request.user)
        messages.success(request, _("The message is sent again."))
    except Refused as refused:
        messages.warning(request, said(refused))
    return _to(delivery.webhook) if delivery.webhook else redirect("deliveries", edition=request.edition.code)


def _webhook(request: Any, public_id: UUID) -> Webhook:
    webhook = queries.webhook_of(request.edition, public_id)
    if webhook is None:
        raise Http404(public_id)
    return webhook


def _to(webhook: Webhook) -> HttpResponse:
    return redirect("webhook", edition=webhook.edition.code, public_id=webhook.public_id)
