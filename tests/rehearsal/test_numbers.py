"""Rehearsals are numbered within their edition."""

import importlib

import pytest
from django.apps import apps
from django_scopes import scope

from hostcity.core.results import take_snapshot
from hostcity.rehearsal.models import Rehearsal
from tests import people

pytestmark = pytest.mark.django_db


def started(edition, times=1):
    """Rehearsals of an edition, without any work."""
    by = people.person()
    with scope(edition=edition):
        snapshot = take_snapshot(edition=edition, by=by)
        return [
            Rehearsal.objects.create(edition=edition, snapshot=snapshot, plan_number=0, by=by) for _ in range(times)
        ]


@pytest.fixture
def editions():
    return [people.edition(), people.edition("other")]


def test_each_edition_counts_from_one(editions):
    first, other = editions
    assert [each.number for each in [*started(first, 2), *started(other), *started(first)]] == [1, 2, 1, 3]
    (last,) = started(other)
    last.title = "Changed"
    last.save()
    assert (last.number, last.name_and_number) == (2, "Changed (rehearsal 2)")


def test_those_that_were_there_are_numbered_in_their_order(editions):
    first, other = editions
    rows = [*started(first, 2), *started(other), *started(first)]
    keys = {row.pk: row.key for row in rows}
    for row in rows:
        Rehearsal._base_manager.filter(pk=row.pk).update(number=1000 - row.pk)
    importlib.import_module("hostcity.rehearsal.migrations.0008_numbers").number_them(apps, None)
    found = {row.pk: row for row in Rehearsal._base_manager.all()}
    assert [found[row.pk].number for row in rows] == [1, 2, 1, 3]
    assert {pk: row.key for pk, row in found.items()} == keys
