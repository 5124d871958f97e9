"""Several people at the same row at the same moment: one wins, the others are told so."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from hostcity.core.errors import Refused, Stale
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import add_row, change_row, replace_plan
from hostcity.plan.rows import Gate
from tests import people
from tests.core.plan_rows.sheets import keys, lines, only, row

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


def at_once(act):
    """Call ``act(number)`` from many threads; what each gave or raised."""
    ready = threading.Barrier(MANY)
    answers: list[object] = [None] * MANY

    def run(number: int) -> None:
        try:
            ready.wait()
            answers[number] = act(number)
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(MANY)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return answers


@pytest.fixture
def edition(transactional_db):
    return people.edition()


@pytest.fixture
def planner(edition):
    return people.person(Role.PLANNER, edition)


@pytest.fixture
def gates(edition, planner):
    replace_plan(edition=edition, plan=only(gates=(Gate(code="a"), Gate(code="b"))), by=planner)


def test_of_many_changes_from_one_version_one_is_made(edition, planner, gates):
    before = len(lines(edition))
    answers = at_once(
        lambda number: change_row(
            edition=edition, sheet="gates", key="a", changes={"name_en": f"Gate {number}"}, version=1, by=planner
        )
    )
    won = [each for each in answers if not isinstance(each, Exception)]
    lost = [each for each in answers if isinstance(each, Exception)]
    assert len(won) == 1
    assert [type(each) for each in lost] == [Stale] * (MANY - 1)
    assert row(edition, "gates", "a").body["name_en"] == won[0].body["name_en"]
    assert row(edition, "gates", "a").version == 2
    assert len(lines(edition)) == before + 1


def test_of_many_new_rows_with_one_code_one_is_added(edition, planner, gates):
    answers = at_once(lambda _number: add_row(edition=edition, sheet="gates", cells={"code": "x"}, by=planner))
    refused = [each for each in answers if isinstance(each, Exception)]
    assert [(type(each), each.code) for each in refused] == [(Refused, "plan.code_taken")] * (MANY - 1)
    assert keys(edition, "gates") == ["a", "b", "x"]


def test_imports_and_changes_at_once_end_in_one_of_their_orders(edition, planner, gates):
    wanted = only(gates=(Gate(code="b"), Gate(code="c")))

    def act(number: int) -> object:
        if number % 2:
            return replace_plan(edition=edition, plan=wanted, by=planner)
        return add_row(edition=edition, sheet="gates", cells={"code": f"n{number}"}, by=planner)

    answers = at_once(act)
    assert [each for each in answers if isinstance(each, Exception)] == []
    stored = keys(edition, "gates")
    assert stored[:2] == ["b", "c"]
    assert set(stored[2:]) <= {f"n{number}" for number in range(0, MANY, 2)}
    assert plan_of(edition).gates[:2] == wanted.gates
