"""From an act to its gateway: gathered, signed, sent, tried again, given up, sent again."""

import base64
import contextlib
import hashlib
import hmac
import json
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from hostcity.core.deliveries import services
from hostcity.core.deliveries.gathering import AT_ONCE, gather
from hostcity.core.deliveries.sending import LONGEST_PAUSE, MOST_ATTEMPTS, PAUSE, send_due
from hostcity.core.deliveries.signing import secret_of
from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.ledger import record
from hostcity.core.models import Act, Delivery, Webhook
from hostcity.core.models.people import Role
from tests import people

pytestmark = pytest.mark.django_db


def act(edition, verb="finding.add", number=1):
    with transaction.atomic():
        record(verb, edition=edition, by=None, subject=("finding", str(number)))


def due_now():
    Delivery.objects.filter(sent_at=None, failed_at=None).update(next_at=timezone.now())


def sent(edition, verb="finding.add"):
    act(edition, verb)
    gather()
    send_due()


def test_an_act_reaches_its_gateway_signed(edition, webhook, gateway):
    sent(edition)
    ((path, headers, body),) = [each for each in gateway.got if b"finding.add" in each[2]]
    assert path == "/hook?key=SECRETKEY"
    said = json.loads(body)
    assert said["edition"] == "fair"
    assert [each["verb"] for each in said["acts"]] == ["webhook.add", "finding.add"][-len(said["acts"]) :]
    key = base64.b64decode(secret_of(webhook).removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    mark = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mark}"
    assert headers["webhook-id"] == said["id"]
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60


def test_each_act_is_told_once_and_in_order(edition, webhook, gateway):
    for number in range(AT_ONCE + 20):
        act(edition, number=number)
    gather()
    gather()
    send_due()
    numbers = [each["number"] for body in gateway.bodies for each in body["acts"]]
    assert numbers == sorted(set(numbers))
    assert len([n for n in numbers if n > webhook.number]) >= AT_ONCE + 20
    assert max(len(body["acts"]) for body in gateway.bodies) == AT_ONCE


def test_only_wanted_acts_of_its_own_edition_are_told(edition, admin, gateway):
    other = people.edition("other")
    with scope(edition=edition):
        services.add_webhook(edition=edition, name="a", url=gateway.url, form="json", verbs=["plan.change"], by=admin)
    for each, verb in ((edition, "finding.add"), (other, "plan.change"), (edition, "plan.change")):
        act(each, verb)
    gather()
    send_due()
    assert [[each["verb"] for each in body["acts"]] for body in gateway.bodies] == [["plan.change"]]


def test_a_gateway_that_refuses_is_asked_again_with_growing_pauses(edition, webhook, gateway):
    gateway.status = 500
    sent(edition)
    pauses = []
    for _ in range(MOST_ATTEMPTS - 1):
        one = Delivery.objects.get()
        pauses.append(round((one.next_at - timezone.now()) / PAUSE, 0))
        assert (one.sent_at, one.failed_at, one.last_error) == (None, None, "NotTakenError: answered 500")
        due_now()
        send_due()
    assert pauses == [min(4**n, LONGEST_PAUSE / PAUSE) for n in range(MOST_ATTEMPTS - 1)]
    assert Delivery.objects.get().failed_at
    assert len(gateway.got) == MOST_ATTEMPTS
    assert len({headers["webhook-id"] for _, headers, _ in gateway.got}) == 1


def test_what_failed_is_sent_again_by_an_administrator_only(edition, webhook, admin, gateway):
    sent(edition)
    done = Delivery.objects.get()
    with pytest.raises(Refused, match=r"delivery\.state"):
        services.replay_delivery(delivery=done, by=admin)
    Delivery.objects.update(sent_at=None, failed_at=timezone.now(), attempts=MOST_ATTEMPTS)
    with pytest.raises(NotAllowed):
        services.replay_delivery(delivery=done, by=people.person(Role.PLANNER, edition))
    services.replay_delivery(delivery=done, by=admin)
    send_due()
    assert Delivery.objects.get().sent_at
    assert len(gateway.got) == 2
    assert Act.objects.latest("number").verb == "delivery.replay"


def test_a_sender_that_dies_each_time_does_not_go_on_for_ever(edition, webhook, gateway):
    act(edition)
    gather()
    Delivery.objects.update(attempts=MOST_ATTEMPTS, leased_until=timezone.now() - timedelta(seconds=1))
    send_due()
    assert Delivery.objects.get().failed_at
    assert gateway.got == []


def test_what_another_sends_is_left_to_it(edition, webhook, gateway):
    act(edition)
    gather()
    Delivery.objects.update(leased_until=timezone.now() + timedelta(seconds=30))
    send_due()
    assert gateway.got == []


def test_messages_behind_one_that_failed_wait_too(edition, webhook, gateway):
    gateway.status = 503
    for _ in range(3):
        act(edition)
        gather()
    send_due()
    assert len(gateway.got) == 1
    gateway.status = 200
    due_now()
    send_due()
    assert [body["acts"][0]["number"] for body in gateway.bodies[1:]] == sorted(
        body["acts"][0]["number"] for body in gateway.bodies[1:]
    )
    assert not Delivery.objects.filter(sent_at=None).exists()


def test_a_host_that_moved_inside_is_not_asked(edition, webhook, gateway, settings):
    settings.WEBHOOK_HOSTS = frozenset()
    sent(edition)
    assert gateway.got == []
    assert "webhook.inside" in Delivery.objects.get().last_error


def test_a_robot_of_wecom_gets_a_text_in_chinese(edition, admin, gateway):
    with scope(edition=edition):
        robot = services.add_webhook(
            edition=edition, name="r", url=gateway.url, form="wecom", verbs=["webhook.test"], by=admin
        )
        gateway.body = b'{"errcode": 0}'
        services.send_test(webhook=robot, by=admin)
        gather()
        send_due()
    texts = [body["text"]["content"] for body in gateway.bodies]
    assert any("这是 hostcity 的测试消息" in text for text in texts)
    assert any("向推送地址“r”发送了测试消息" in text for text in texts)
    gateway.body = b'{"errcode": 93000}'
    with scope(edition=edition):
        failed = services.send_test(webhook=robot, by=admin)
    send_due()
    failed.refresh_from_db()
    assert (failed.sent_at, failed.last_error) == (None, "NotTakenError: errcode 93000")


def test_a_long_text_is_cut_to_what_the_robot_takes(edition, admin, gateway):
    gateway.body = b'{"errcode": 0}'
    with scope(edition=edition):
        services.add_webhook(edition=edition, name="r", url=gateway.url, form="wecom", verbs=[], by=admin)
    for number in range(90):
        act(edition, "a.very-long-verb-of-an-act-that-has-no-words", number)
    gather()
    send_due()
    assert max(len(body["text"]["content"].encode()) for body in gateway.bodies) <= 2048


# Webhooks


def test_the_address_is_no_part_of_the_ledger(edition, webhook):
    said = json.dumps(list(Act.objects.values_list("body", flat=True)))
    assert "127.0.0.1" in said
    assert "SECRETKEY" not in said
    assert secret_of(webhook) not in said


def test_another_secret_signs_otherwise(webhook, admin):
    before = secret_of(webhook)
    assert secret_of(services.renew_secret(webhook=webhook, by=admin)) != before


def test_what_happened_while_it_was_off_is_not_told(edition, webhook, admin, gateway):
    services.switch_webhook(webhook=webhook, is_active=False, by=admin)
    sent(edition)
    services.switch_webhook(webhook=webhook, is_active=True, by=admin)
    sent(edition, "plan.change")
    verbs = [each["verb"] for body in gateway.bodies for each in body["acts"]]
    assert "plan.change" in verbs
    assert "finding.add" not in verbs
    count = Act.objects.count()
    services.switch_webhook(webhook=webhook, is_active=True, by=admin)
    assert Act.objects.count() == count


def test_names_are_given_once(edition, webhook, admin, gateway):
    with pytest.raises(Refused, match=r"webhook\.name"):
        services.add_webhook(edition=edition, name="WeCom ", url=gateway.url, form="json", verbs=[], by=admin)
    assert Webhook.objects.count() == 1


def test_only_administrators_add_webhooks(edition, gateway):
    for role in (Role.PLANNER, Role.DRILL_DIRECTOR):
        who = people.person(role, edition)
        with pytest.raises(NotAllowed):
            services.add_webhook(edition=edition, name="x", url=gateway.url, form="json", verbs=[], by=who)


# Mail and phones


def test_a_mail_is_sent_once_and_its_text_is_not_kept(edition):
    for _ in range(2):
        services.queue_mail(
            edition=edition, to="a@example.org", subject="Hello\nBcc: x@y.z", text="Code 1234", dedupe_key="k"
        )
    send_due()
    send_due()
    (letter,) = mail.outbox
    assert (letter.subject, letter.body, letter.to) == ("Hello Bcc: x@y.z", "Code 1234", ["a@example.org"])
    assert Delivery.objects.get().body == {}


def test_a_phone_message_goes_to_the_gateway(edition, gateway, settings):
    services.queue_phone(edition=edition, phone="+8613800000000", text="验证码 1234", dedupe_key="k")
    send_due()
    assert "names no gateway" in Delivery.objects.get().last_error
    settings.PHONE_GATEWAY_URL, settings.PHONE_GATEWAY_SECRET = gateway.url, "s3cret"
    due_now()
    send_due()
    (body,) = gateway.bodies
    assert (body["to"], body["text"]) == ("+8613800000000", "验证码 1234")
    assert gateway.got[0][1]["webhook-signature"].startswith("v1,")
    assert Delivery.objects.get().body == {}


def test_nothing_is_queued_when_the_act_fails(edition):
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        services.queue_mail(edition=edition, to="a@example.org", subject="s", text="t", dedupe_key="k")
        raise ZeroDivisionError
    assert not Delivery.objects.exists()
