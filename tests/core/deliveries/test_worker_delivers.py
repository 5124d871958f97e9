"""The worker sends what acts leave behind, without being asked."""

import pytest
from django.db import transaction
from django_scopes import scope

from hostcity.core.deliveries.services import add_webhook
from hostcity.core.ledger import record
from hostcity.core.models import Delivery
from tests.core.jobs.workers import eventually, working


@pytest.mark.django_db(transaction=True)
def test_an_act_reaches_its_gateway_by_itself(transactional_db, edition, admin, gateway, monkeypatch):
    monkeypatch.setenv("HOSTCITY_WEBHOOK_HOSTS", gateway.place)
    with scope(edition=edition):
        add_webhook(edition=edition, name="g", url=gateway.url, form="json", verbs=["finding.add"], by=admin)
    with working():
        for _ in range(2):
            count = len(gateway.got)
            with transaction.atomic():
                record("finding.add", edition=edition, by=None, subject=("finding", "1"))
            eventually(lambda count=count: len(gateway.got) > count, within_s=120)
        eventually(lambda: not Delivery.objects.filter(sent_at=None).exists())
    assert [[each["verb"] for each in body["acts"]] for body in gateway.bodies] == [["finding.add"]] * 2
