"""Idempotency-Key: one effect, the same answer."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_scopes import scope

from hostcity.core.models import Act, IdempotentAnswer, PlanRow
from hostcity.core.models.people import Role
from tests import people
from tests.site.api.programs import Program, program
from tests.site.api.test_door import told

ROWS = "/editions/fair/plan/sheets/levels/rows"
BODY = {"cells": {"code": "L1", "name_en": "Level 1", "elevation_m": 0}}


def effects(edition):
    with scope(edition=edition):
        return PlanRow.objects.count(), Act.objects.filter(verb="plan.add").count()


def test_a_repeat_has_no_second_effect(edition, planners):
    first = planners.post(ROWS, BODY, Idempotency_Key="k1")
    assert first.status_code == 201, first.content
    again = planners.post(ROWS, {"cells": dict(reversed(BODY["cells"].items()))}, Idempotency_Key="k1")
    assert (again.status_code, again.json()) == (201, first.json())
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert effects(edition) == (1, 1)


def test_without_a_key_it_is_another_request(edition, planners):
    assert planners.post(ROWS, BODY).status_code == 201
    assert planners.post(ROWS, BODY).status_code == 422


def test_another_request_under_the_same_key(edition, planners):
    planners.post(ROWS, BODY, Idempotency_Key="k1")
    told(planners.post(ROWS, {"cells": {"code": "L2"}}, Idempotency_Key="k1"), 409, "idempotency.other")
    told(planners.post("/editions/fair/plan/sheets/areas/rows", BODY, Idempotency_Key="k1"), 409, "idempotency.other")
    assert effects(edition) == (1, 1)


def test_keys_are_each_persons_own(edition, planners):
    other = program(people.person(Role.PLANNER, edition), edition)
    assert planners.post(ROWS, BODY, Idempotency_Key="k1").status_code == 201
    answer = other.post(ROWS, BODY, Idempotency_Key="k1")
    assert answer.status_code == 422
    assert "Idempotency-Replayed" not in answer


def test_a_refusal_is_not_kept(edition, planners):
    wrong = {"cells": {"code": ""}}
    assert planners.post(ROWS, wrong, Idempotency_Key="k1").status_code == 422
    assert not IdempotentAnswer.objects.exists()
    assert planners.post(ROWS, BODY, Idempotency_Key="k1").status_code == 201


@pytest.mark.parametrize("key", ["", "a b", "x" * 101, "é"])
def test_keys_that_are_none(edition, planners, key):
    told(planners.post(ROWS, BODY, Idempotency_Key=key), 422, "idempotency.key")


def test_secrets_are_never_kept(edition, planners):
    wanted = {"name": "x", "actions": ["plan.see"], "days": 1}
    told(planners.post("/editions/fair/tokens", wanted, Idempotency_Key="k1"), 422, "idempotency.secret")
    assert not IdempotentAnswer.objects.exists()


def test_after_two_days_a_key_is_new_again(edition, planners):
    planners.post(ROWS, BODY, Idempotency_Key="k1")
    IdempotentAnswer.objects.update(created_at=timezone.now() - timedelta(days=3))
    assert planners.post(ROWS, {"cells": BODY["cells"] | {"code": "L2"}}, Idempotency_Key="k1").status_code == 201
    assert IdempotentAnswer.objects.count() == 1


def test_what_crashes_leaves_nothing(edition, planners, monkeypatch):
    """The act is done, its answer cannot be kept: then neither is there."""

    def crash(*_arguments, **_fields):
        raise RuntimeError("the power went out")

    with monkeypatch.context() as patched:
        patched.setattr(IdempotentAnswer.objects, "create", crash)
        assert planners.post(ROWS, BODY, Idempotency_Key="k1").status_code == 500
    assert effects(edition) == (0, 0)
    assert planners.post(ROWS, BODY, Idempotency_Key="k1").status_code == 201


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_number", range(3))
def test_the_same_request_from_many_at_once(round_number):
    edition = people.edition()
    secret = program(people.person(Role.PLANNER, edition), edition).headers["Authorization"].split()[1]
    start, answers = threading.Barrier(8), []

    def send():
        sender = Program(secret)
        start.wait()
        try:
            answers.append(sender.post(ROWS, BODY, Idempotency_Key="k1"))
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert effects(edition) == (1, 1)
    assert len(answers) == 8
    done = [each for each in answers if each.status_code == 201]
    assert len({each.content for each in done}) == 1
    assert sum("Idempotency-Replayed" not in each for each in done) == 1
    for each in answers:
        if each.status_code != 201:
            told(each, 409, "idempotency.in-flight")
    assert Program(secret).post(ROWS, BODY, Idempotency_Key="k1")["Idempotency-Replayed"] == "true"
