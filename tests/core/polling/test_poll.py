"""Polls: what they answer, at what cost, to whom."""

import json

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from hostcity.core.errors import NotAllowed
from hostcity.core.ledger import record
from hostcity.core.models import LedgerHead
from hostcity.core.models.people import Role
from hostcity.core.polling.services import renew_poll_key
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return people.edition()


def acted(edition):
    with transaction.atomic():
        record("plan.change", edition=edition, by=None, subject=("gates", "g1"))


def address(edition):
    return reverse("poll", kwargs={"key": edition.head.poll_key})


def test_nothing_new_is_204_and_something_new_its_number(edition):
    acted(edition)
    assert Client().get(address(edition), {"since": "1"}).status_code == 204
    for since in ("0", "7", "", "no number"):
        answer = Client().get(address(edition), {"since": since})
        assert (answer.status_code, json.loads(answer.content)) == (200, {"number": 1}), since
    assert json.loads(Client().get(address(edition)).content) == {"number": 1}


def test_it_takes_one_query_and_no_session(edition, django_assert_num_queries):
    address = reverse("poll", kwargs={"key": edition.head.poll_key})
    with django_assert_num_queries(1):
        answer = Client().get(address, {"since": "5"})
    assert answer.cookies == {}
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_key_that_is_none_is_404_and_says_nothing(edition):
    answer = Client().get(reverse("poll", kwargs={"key": "x" * 32}))
    assert (answer.status_code, answer.content, answer.headers["Cache-Control"]) == (404, b"", "no-store")
    assert Client().get("/poll/" + "x" * 65).status_code == 404


def test_only_reading(edition):
    assert Client().post(address(edition)).status_code == 405
    assert Client().head(address(edition), {"since": "0"}).status_code == 204


def test_a_new_key_ends_the_old_one(edition):
    old = address(edition)
    with pytest.raises(NotAllowed):
        renew_poll_key(edition=edition, by=people.person(Role.PLANNER, edition))
    renew_poll_key(edition=edition, by=people.person(Role.ADMINISTRATOR, edition))
    assert Client().get(old).status_code == 404
    edition.head = LedgerHead.objects.get(edition=edition)
    assert json.loads(Client().get(address(edition)).content) == {"number": 1}
