"""Four rules that must hold whatever happens at once: real threads on real connections, on either database.

One of many changes from one version wins; a one-time code signs one in; the ledger has no gap and its chain is whole;
a job that is wanted many times is made once. Nobody is told "locked", no request ends in a fault.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django_scopes import scope

from hostcity.core.accounts.codes import make_codes, use_code
from hostcity.core.errors import Stale
from hostcity.core.jobs.services import enqueue
from hostcity.core.ledger import hash_of, record
from hostcity.core.models import Act, Edition, Job, LedgerHead, Person, SignInCode
from hostcity.core.models.people import Role
from hostcity.core.people.services import change_person
from tests import people
from tests.people import signed_in

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 12
ROUNDS = 5


def at_once(act: Callable[[int], Any], many: int = THREADS) -> list[Any]:
    """What each of many threads gave or raised, all started at the same moment."""
    ready = threading.Barrier(many)
    answers: list[Any] = [None] * many

    def run(number: int) -> None:
        try:
            ready.wait(120)
            answers[number] = act(number)
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(many)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(180)
    return answers


@pytest.fixture
def edition() -> Edition:
    return people.edition()


@pytest.fixture
def boss(edition: Edition) -> Person:
    return people.person(Role.ADMINISTRATOR, edition, username="boss")


@pytest.fixture
def anna(edition: Edition) -> Person:
    return people.person(Role.PLANNER, edition, username="anna")


def whole(edition: Edition) -> int:
    """How many lines the ledger has; each numbered after the one before and chained to it."""
    with scope(edition=edition):
        acts = list(Act.objects.order_by("number"))
    before = "0" * 64
    for number, act in enumerate(acts, start=1):
        assert (act.number, act.previous_sha256) == (number, before)
        assert hash_of(act) == act.sha256
        before = act.sha256
    head = LedgerHead.objects.get(edition=edition)
    assert (head.number, head.sha256) == (len(acts), before)
    return len(acts)


def test_of_many_changes_from_one_version_one_wins(edition, boss, anna):
    for version in range(1, ROUNDS + 1):
        name = f"round {version} of "

        def change(number, version=version, name=name):
            with scope(edition=edition):
                person = Person.objects.get(pk=anna.pk)
                by = Person.objects.get(pk=boss.pk)
                change_person(
                    edition=edition, person=person, changes={"name": f"{name}{number}"}, version=version, by=by
                )
            return "won"

        answers = at_once(change)
        assert Counter(type(each) for each in answers) == {str: 1, Stale: THREADS - 1}, answers
        anna.refresh_from_db()
        assert (anna.name, anna.version) == (f"{name}{answers.index('won')}", version + 1)
    assert whole(edition) == ROUNDS


def test_of_many_forms_from_one_version_one_is_taken(edition, boss, anna):
    client = signed_in(boss)
    cookie = client.cookies["session"].value

    def post(number):
        browser = Client()
        browser.cookies["session"] = cookie
        form = {"name": f"N{number}", "language": "en", "version": 1}
        return browser.post(f"/e/fair/people/{anna.code}/change/", form).status_code

    assert Counter(at_once(post)) == {302: 1, 409: THREADS - 1}
    assert whole(edition) == 1


def test_a_one_time_code_signs_one_in(edition, boss, anna):
    for _round in range(ROUNDS):
        with scope(edition=edition):
            (fresh,) = make_codes(edition=edition, people=[anna], lasts=timedelta(hours=1), by=boss)
        answers = at_once(lambda _number, code=fresh.code: use_code(code))
        assert Counter(answers) == {anna: 1, None: THREADS - 1}
        assert SignInCode.objects.get(used_at__isnull=False).person == anna
        SignInCode.objects.all().delete()


def test_of_many_browsers_with_one_code_one_comes_in(edition, boss, anna):
    with scope(edition=edition):
        (fresh,) = make_codes(edition=edition, people=[anna], lasts=timedelta(hours=1), by=boss)

    def enter(_number):
        browser = Client()
        status = browser.post("/accounts/code/", {"code": fresh.code}).status_code
        return status, browser.get("/accounts/").status_code

    assert Counter(at_once(enter, 8)) == {(302, 200): 1, (422, 302): 7}


def test_the_ledger_has_no_gap(edition, boss):
    each_writes = 10

    def write(number):
        for line in range(each_writes):
            with transaction.atomic():
                record("test.write", edition=edition, by=boss, subject=("thread", str(number)), body={"line": line})
        return "written"

    assert set(at_once(write)) == {"written"}
    assert whole(edition) == THREADS * each_writes


def test_a_transaction_that_fails_leaves_no_gap(edition, boss):
    def write(number):
        with transaction.atomic():
            record("test.write", edition=edition, by=boss, subject=("thread", str(number)))
            if number % 3 == 0:
                raise ValueError("changed my mind")
        return "written"

    answers = at_once(write)
    assert Counter(type(each) for each in answers) == {str: 8, ValueError: 4}
    assert whole(edition) == 8


def test_a_job_that_is_wanted_many_times_is_made_once(edition, boss):
    for number in range(ROUNDS):
        key = f"check:{number}"
        answers = at_once(
            lambda _number, key=key: enqueue("plan.import", arguments={}, edition=edition, by=boss, dedupe_key=key).pk
        )
        assert len(set(answers)) == 1, answers
        assert Job.objects.filter(dedupe_key=key).count() == 1
