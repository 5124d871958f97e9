"""One message to its end: from the act, by a real worker with the settings of the environment, to a real server."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from hostcity.core.accounts.codes import send_code_to_phone, use_phone_code
from hostcity.core.deliveries.services import queue_mail, queue_phone
from hostcity.core.deliveries.signing import signed
from hostcity.core.ledger import record
from hostcity.core.models import Delivery
from hostcity.core.models.people import Role
from hostcity.core.notices.services import notify
from tests import people
from tests.core.deliveries.gateway import gateway
from tests.core.deliveries.postoffice import post_office
from tests.core.jobs.workers import eventually, working

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(monkeypatch):
    with post_office() as made:
        monkeypatch.setenv("HOSTCITY_MAIL_URL", made.url)
        monkeypatch.setenv("HOSTCITY_MAIL_FROM", "expo@example.cn")
        yield made


@pytest.fixture
def short_messages(monkeypatch):
    with gateway() as made:
        monkeypatch.setenv("HOSTCITY_PHONE_GATEWAY_URL", made.url)
        monkeypatch.setenv("HOSTCITY_PHONE_GATEWAY_SECRET", "s3cret")
        monkeypatch.setenv("HOSTCITY_WEBHOOK_HOSTS", made.place)
        yield made


def test_a_notice_comes_by_mail(edition, office):
    reader = people.person(Role.PLANNER, edition, email="li@example.cn", language="zh-hans")
    with scope(edition=edition), transaction.atomic():
        act = record("finding.add", edition=edition, by=None, subject=("finding", "1"))
        values = {"title": "Queue at gate W\n.\nQUIT"}
        notify(edition=edition, people=[reader], kind="finding.assigned", values=values, path="/x/", act=act)
    with working():
        ((sender, to, letter),) = eventually(lambda: office.got)
    assert (sender, to, letter["To"]) == ("expo@example.cn", ["li@example.cn"], "li@example.cn")
    assert "展会 fair" in letter["Subject"]
    assert "Queue at gate W" in letter.get_content()
    assert letter["Auto-Submitted"] == "auto-generated"
    sent = Delivery.objects.get()
    assert (sent.state, sent.body, sent.attempts) == ("sent", {}, 1)


def test_a_mail_that_is_refused_comes_later_under_the_same_name(edition, office):
    office.refuses = 1
    queue_mail(edition=edition, to="li@example.cn", subject="Hello", text="你好\n.dot", dedupe_key="k")
    with working():
        late = eventually(lambda: Delivery.objects.filter(attempts=1, leased_until=None).first())
        assert (late.state, office.got, office.refused) == ("waiting", [], 1)
        assert "451" in late.last_error
        assert timedelta(seconds=5) < late.next_at - timezone.now() < timedelta(seconds=11)
        assert late.body["text"] == "你好\n.dot"  # kept until it has been sent
        Delivery.objects.update(next_at=timezone.now())
        ((_sender, _to, letter),) = eventually(lambda: office.got)
        sent = eventually(lambda: Delivery.objects.exclude(sent_at=None).first())
    assert letter.get_content().strip().splitlines() == ["你好", ".dot"]
    assert str(late.public_id) in letter["Message-ID"]  # so that one sent twice is seen to be one
    assert (sent.attempts, sent.last_error, sent.body) == (2, "", {})


def test_a_server_that_is_away_is_told_and_asked_again(edition, monkeypatch):
    monkeypatch.setenv("HOSTCITY_MAIL_URL", "smtp://127.0.0.1:9?tls=no")
    queue_mail(edition=edition, to="li@example.cn", subject="Hello", text="x", dedupe_key="k")
    with working():
        late = eventually(lambda: Delivery.objects.filter(attempts=1, leased_until=None).first())
    assert late.state == "waiting"
    assert "refused" in late.last_error


def test_a_short_message_reaches_the_gateway_signed(edition, short_messages):
    short_messages.status = 503
    queue_phone(edition=edition, phone="+8613800000000", text="西门请增援", dedupe_key="k")
    with working():
        late = eventually(lambda: Delivery.objects.filter(attempts=1, leased_until=None).first())
        assert late.last_error == "NotTakenError: answered 503"
        short_messages.status = 200
        Delivery.objects.update(next_at=timezone.now())
        eventually(lambda: Delivery.objects.exclude(sent_at=None).first())
    first, second = short_messages.got
    assert json.loads(second[2]) == {"id": str(late.public_id), "to": "+8613800000000", "text": "西门请增援"}
    assert first[1]["webhook-id"] == second[1]["webhook-id"]
    at = int(second[1]["webhook-timestamp"])
    mark = signed(second[2], key=str(late.public_id), secret="s3cret", at=at)["webhook-signature"]  # noqa: S106 -- of the test
    assert second[1]["webhook-signature"] == mark


def test_a_code_for_signing_in_reaches_the_phone(edition, short_messages):
    anna = people.person(Role.VOLUNTEER, edition, phone="+8613800000001", language="zh-hans")
    send_code_to_phone("+8613800000001")
    with working():
        eventually(lambda: Delivery.objects.exclude(sent_at=None).first())
    ((body),) = short_messages.bodies
    code = "".join(each for each in body["text"].split("：")[1] if each.isdigit())[:6]
    assert "登录" in body["text"]
    assert use_phone_code("+8613800000001", code) == anna
    assert Delivery.objects.get().body == {}  # the code is nowhere any more
