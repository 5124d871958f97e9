"""Pages of webhooks and messages."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope

from hostcity.core.deliveries.sending import send_due
from hostcity.core.deliveries.services import add_webhook
from hostcity.core.deliveries.signing import secret_of
from hostcity.core.models import Delivery, Webhook
from hostcity.core.models.people import Role
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(admin):
    return people.signed_in(admin)


def webhooks(edition):
    with scope(edition=edition):
        return list(Webhook.objects.order_by("pk"))


def test_from_adding_to_a_message_that_is_sent_again(edition, browser, gateway):
    asked = {"name": "Robot", "url": gateway.url, "form": "json", "verbs": ["webhook.test"]}
    told = browser.post("/e/fair/webhooks/add/", asked, follow=True).content.decode()
    (webhook,) = webhooks(edition)
    assert secret_of(webhook) in told
    assert webhook.verbs == ["webhook.test"]
    here = f"/e/fair/webhooks/{webhook.public_id}/"
    gateway.status = 500
    browser.post(f"{here}test/")
    send_due()
    Delivery.objects.update(failed_at=timezone.now())
    page = browser.get(here).content.decode()
    assert "answered 500" in page
    gateway.status = 200
    (replay,) = re.findall(r'action="([^"]*/replay/)"', page)
    browser.post(replay)
    send_due()
    assert gateway.bodies[-1]["test"] is True
    assert "/replay/" not in browser.get(here).content.decode()


def test_a_wrong_address_is_told_at_its_field(edition, browser):
    asked = {"name": "x", "url": "http://169.254.169.254/", "form": "json"}
    answer = browser.post("/e/fair/webhooks/add/", asked)
    assert answer.status_code == 422
    assert "is not a public address" in answer.context["form"].errors["url"][0]
    assert webhooks(edition) == []


def test_it_is_switched_off_and_gets_another_secret(edition, browser, webhook):
    here, before = f"/e/fair/webhooks/{webhook.public_id}/", secret_of(webhook)
    browser.post(f"{here}switch/", {"is_active": "0"})
    browser.post(f"{here}renew/")
    (now,) = webhooks(edition)
    assert (now.is_active, secret_of(now) != before) == (False, True)
    browser.post(f"{here}switch/", {"is_active": "1"})
    assert webhooks(edition)[0].is_active


@pytest.mark.parametrize("path", ["/e/fair/webhooks/", "/e/fair/deliveries/?state=waiting"])
def test_lists_need_the_same_queries_for_any_number(path, edition, admin, browser, gateway):
    asked = {}
    for count in (1, 3):
        for n in range(Delivery.objects.count(), count):
            with scope(edition=edition):
                made = add_webhook(
                    edition=edition, name=f"gateway-{n}", url=gateway.url, form="json", verbs=[], by=admin
                )
            written = {"channel": "webhook", "address": "h", "body": {}, "dedupe_key": str(n)}
            Delivery.objects.create(edition=edition, webhook=made, **written)
        with CaptureQueriesContext(connection) as queries:
            page = browser.get(path).content.decode()
        assert [f"gateway-{n}" in page for n in range(3)] == [n < count for n in range(3)]
        asked[count] = len(queries)
    assert asked[1] == asked[3] <= 8


def test_the_secret_part_of_an_address_is_not_on_the_list(browser, webhook):
    page = browser.get("/e/fair/webhooks/").content.decode()
    assert "127.0.0.1" in page
    assert "SECRETKEY" not in page


def test_nobody_else_gets_in(edition, webhook):
    here = f"/e/fair/webhooks/{webhook.public_id}/"
    other = people.edition("other")
    for who, status in (
        (people.person(Role.DRILL_DIRECTOR, edition), 403),
        (people.person(Role.ADMINISTRATOR, other), 404),
    ):
        for path in ("/e/fair/webhooks/", "/e/fair/webhooks/add/", here, "/e/fair/deliveries/"):
            assert people.signed_in(who).get(path).status_code == status
        for path in (f"{here}test/", f"{here}renew/", f"{here}switch/"):
            assert people.signed_in(who).post(path).status_code == status
    stranger = people.signed_in(people.person(Role.ADMINISTRATOR, other))
    assert stranger.get(f"/e/other/webhooks/{webhook.public_id}/").status_code == 404
    delivery = Delivery.objects.create(
        edition=edition, channel="mail", address="a", body={}, dedupe_key="k", failed_at=timezone.now()
    )
    assert stranger.post(f"/e/other/deliveries/{delivery.public_id}/replay/").status_code == 404
    assert Delivery.objects.get().failed_at
