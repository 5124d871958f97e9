"""Notices: told once, in the reader's language, read, sent by mail to who wants it."""

import pytest
from django.db import transaction
from django_scopes import scope

from hostcity.core.ledger import record
from hostcity.core.models import Delivery, Notice, Person
from hostcity.core.models.people import Role
from hostcity.core.notices.services import mark_read, notify
from hostcity.core.registries import registries
from tests import people

pytestmark = pytest.mark.django_db


class _Words:
    """Lazy text in two languages."""

    def __str__(self):
        from django.utils.translation import get_language

        return "{code} 已指派给您" if get_language() == "zh-hans" else "{code} was assigned to you"


@pytest.fixture(autouse=True)
def words(monkeypatch):
    monkeypatch.setitem(registries.notice_words, "test.assigned", _Words())


@pytest.fixture
def edition():
    return people.edition()


@pytest.fixture
def owner(edition):
    return people.person(Role.PLANNER, edition, email="owner@example.org", language="zh-hans")


def tell(edition, *told, by=None, code="F-1", path="", kind="test.assigned"):
    with transaction.atomic():
        act = record("finding.assign", edition=edition, by=by, subject=("finding", code))
        return notify(edition=edition, people=told, kind=kind, values={"code": code}, path=path, act=act)


def notices(edition):
    with scope(edition=edition):
        return [(each.person.code, each.values["code"], each.read_at is None) for each in Notice.objects.order_by("id")]


def test_everybody_is_told_once_but_who_did_it_and_who_has_left(edition, owner):
    doer = people.person(Role.DRILL_DIRECTOR, edition)
    gone = people.person(Role.PLANNER, edition, is_active=False)
    assert tell(edition, owner, owner, doer, gone, by=doer) == 1
    assert notices(edition) == [(owner.code, "F-1", True)]


def test_the_same_act_tells_once_however_often(edition, owner):
    with transaction.atomic():
        act = record("finding.assign", edition=edition, by=None, subject=("finding", "F-1"))
        for _ in range(2):
            notify(edition=edition, people=[owner], kind="test.assigned", values={"code": "F-1"}, path="", act=act)
    assert len(notices(edition)) == 1
    assert Delivery.objects.count() == 1


def test_a_copy_by_mail_in_the_readers_language(edition, owner):
    tell(edition, owner, people.person(Role.PLANNER, edition, email="no@example.org", wants_mail=False),
         people.person(Role.PLANNER, edition), path="/e/fair/findings/F-1/")  # fmt: skip
    mail = Delivery.objects.get()
    assert (mail.channel, mail.address) == ("mail", "owner@example.org")
    assert mail.body["subject"] == "通知：展会 fair"
    assert mail.body["text"].splitlines()[0] == "F-1 已指派给您"
    assert "/e/fair/findings/F-1/" in mail.body["text"]


def test_what_people_wrote_is_never_in_a_mails_subject(edition, owner):
    tell(edition, owner, code="win money\r\nBcc: all@example.org")
    assert Delivery.objects.get().body["subject"] == "通知：展会 fair"


def test_nothing_is_told_of_what_was_not_done(edition, owner):
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
        act = record("finding.assign", edition=edition, by=None, subject=("finding", "F-1"))
        notify(edition=edition, people=[owner], kind="test.assigned", values={"code": "F-1"}, path="", act=act)
        raise RuntimeError
    assert (notices(edition), Delivery.objects.count()) == ([], 0)


def test_marking_reaches_ones_own_only(edition, owner):
    other = people.person(Role.PLANNER, edition)
    tell(edition, owner, other)
    tell(edition, owner, code="F-2")
    with scope(edition=edition):
        keys = list(Notice.objects.filter(values__code="F-1").values_list("pk", flat=True))
    assert mark_read(edition=edition, by=owner, keys=keys) == 1
    assert notices(edition) == [(owner.code, "F-1", False), (other.code, "F-1", True), (owner.code, "F-2", True)]
    assert mark_read(edition=edition, by=owner) == 1


def test_the_page_tells_unread_first_and_opens(edition, owner):
    tell(edition, owner, path="/e/fair/calendar/")
    tell(edition, owner, code="F-2")
    mark_read(edition=edition, by=owner)
    tell(edition, owner, code="F-3", path="/e/fair/calendar/")
    tell(edition, people.person(Role.PLANNER, edition), code="F-4")
    client = people.signed_in(owner)
    text = client.get("/e/fair/notices/").content.decode()
    assert [code for code in ("F-3", "F-2", "F-1") if code in text] == sorted(
        ("F-3", "F-2", "F-1"), key=lambda code: text.index(f"{code} was")
    )
    assert "F-4" not in text
    assert "1 unread notice" in text
    with scope(edition=edition):
        key = Notice.objects.get(values__code="F-3").pk
        others = Notice.objects.get(values__code="F-4").pk
    assert client.get(f"/e/fair/notices/{key}/open/").status_code == 405
    assert client.post(f"/e/fair/notices/{key}/open/").url == "/e/fair/calendar/"
    assert client.post(f"/e/fair/notices/{others}/open/").status_code == 404
    assert "0 unread notices" in client.get("/e/fair/notices/").content.decode()


def test_a_notice_never_leads_out_of_the_site(edition, owner):
    tell(edition, owner, path="https://example.org/")
    with scope(edition=edition):
        key = Notice.objects.get().pk
    assert people.signed_in(owner).post(f"/e/fair/notices/{key}/open/").url == "/e/fair/notices/"


def test_all_are_marked_and_mail_is_chosen_on_the_page(edition, owner):
    tell(edition, owner)
    client = people.signed_in(owner)
    client.post("/e/fair/notices/read/")
    assert notices(edition) == [(owner.code, "F-1", False)]
    client.post("/e/fair/notices/mail/", {"wants_mail": "no"})
    assert not Person.objects.get(pk=owner.pk).wants_mail
    client.post("/e/fair/notices/mail/", {"wants_mail": "yes"})
    assert Person.objects.get(pk=owner.pk).wants_mail


def test_a_message_without_its_values_is_told_all_the_same(edition, owner):
    with transaction.atomic():
        act = record("finding.assign", edition=edition, by=None, subject=("finding", "F-1"))
        notify(edition=edition, people=[owner], kind="test.assigned", values={}, path="", act=act)
        notify(edition=edition, people=[owner], kind="nobody.knows", values={}, path="", act=act)
    text = people.signed_in(owner).get("/e/fair/notices/").content.decode()
    assert "… was assigned to you" in text
    assert "nobody.knows" in text


@pytest.mark.parametrize("count", [1, 3])
def test_a_fixed_number_of_queries(count, edition, owner, django_assert_num_queries):
    for number in range(count):
        tell(edition, owner, code=f"F-{number}")
    mark_read(edition=edition, by=owner)
    for number in range(count):
        tell(edition, owner, code=f"F-{number}")
    client = people.signed_in(owner)
    client.get("/e/fair/notices/")
    with django_assert_num_queries(7):
        client.get("/e/fair/notices/")
