"""The ledger: numbers, chain, guard."""

import pytest
from django.db import DatabaseError, transaction
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from hostcity.core.ledger import hash_of, record
from hostcity.core.models import Act
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return people.edition()


def test_lines_are_numbered_and_chained(edition):
    by = people.person()
    with transaction.atomic():
        first = record("plan.change", edition=edition, by=by, subject=("gates", "g1"), body={"lanes": [4, 5]})
        second = record("plan.change", edition=edition, by=None, subject=("gates", "g2"))
    assert (first.number, second.number) == (1, 2)
    assert second.previous_sha256 == first.sha256
    with scope(edition=edition):
        assert [hash_of(act) == act.sha256 for act in Act.objects.order_by("number")] == [True, True]


def test_a_line_cannot_be_changed_or_deleted(edition):
    with transaction.atomic():
        record("plan.change", edition=edition, by=None, subject=("gates", "g1"))
    with scope(edition=edition):
        for harm in (lambda: Act.objects.update(verb="x"), lambda: Act.objects.all()._raw_delete("default")):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                harm()


def test_an_unscoped_query_is_an_exception(edition):
    with pytest.raises(ScopeError):
        Act.objects.count()


@pytest.mark.django_db(transaction=True)
def test_a_test_with_real_transactions_can_be_cleaned_up():
    edition = people.edition()
    with transaction.atomic():
        record("plan.change", edition=edition, by=None, subject=("gates", "g1"))
    with pytest.raises(DatabaseError, match="append-only"), scope(edition=edition):
        Act.objects.update(verb="x")
