"""Snapshots and results: equal things once, the same back, and nothing that was changed by hand."""

import gzip
import hashlib
import io
import threading

import numpy as np
import pytest
from django.db import connection, connections
from django_scopes import scope
from django_scopes.exceptions import ScopeError

from hostcity.core.models import Blob, Snapshot
from hostcity.core.results import (
    DamagedBlob,
    arrays_of,
    bytes_of,
    keep_blob,
    keep_result,
    keep_snapshot,
    latest,
    plan_of_snapshot,
    read_blob,
)
from tests import people
from tests.fairs import small_fair

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return people.edition()


def test_equal_bytes_are_kept_once():
    first, second, other = keep_blob(b"day"), keep_blob(b"day"), keep_blob(b"night")
    assert first.sha256 == second.sha256 == hashlib.sha256(b"day").hexdigest() != other.sha256
    assert Blob.objects.count() == 2
    assert (first.size, read_blob(first.sha256)) == (3, b"day")


def test_bytes_changed_by_hand_are_found_out():
    blob = keep_blob(b"day")
    Blob.objects.update(data=b"dax")
    with pytest.raises(DamagedBlob, match=blob.sha256):
        read_blob(blob.sha256)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", range(3))
def test_who_keeps_the_same_bytes_at_the_same_time_gets_the_same_blob(round_):
    told, start = [], threading.Barrier(4)

    def keep():
        try:
            start.wait()
            told.append(keep_blob(b"x" * 100_000).sha256)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=keep) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(told) == 4
    assert len(set(told)) == Blob.objects.count() == 1


def test_a_plan_comes_back_equal(edition):
    plan = small_fair()
    snapshot = keep_snapshot(edition=edition, plan=plan, number=7, by=people.person())
    assert (snapshot.plan_sha256, snapshot.number) == (plan.sha256, 7)
    assert plan_of_snapshot(snapshot) == plan
    kept = read_blob(snapshot.blob_id)
    assert kept[4:8] == b"\0\0\0\0"  # no time in it: the same plan is the same bytes
    assert gzip.decompress(kept).startswith(b"{")


def test_equal_plans_share_a_snapshot_within_their_edition_only(edition):
    first = keep_snapshot(edition=edition, plan=small_fair(), number=7, by=None)
    again = keep_snapshot(edition=edition, plan=small_fair(), number=9, by=None)
    elsewhere = keep_snapshot(edition=people.edition("other"), plan=small_fair(), number=1, by=None)
    assert (again.pk, again.number) == (first.pk, 7)
    assert elsewhere.pk != first.pk
    assert elsewhere.blob_id == first.blob_id
    with pytest.raises(ScopeError):
        Snapshot.objects.count()


def test_a_snapshot_of_another_plan_is_found_out(edition):
    snapshot = keep_snapshot(edition=edition, plan=small_fair(), number=1, by=None)
    snapshot.plan_sha256 = "0" * 64
    with pytest.raises(DamagedBlob):
        plan_of_snapshot(snapshot)


def a_result(edition, seed=1, kind="day", **blobs):
    snapshot = keep_snapshot(edition=edition, plan=small_fair(), number=1, by=None)
    return keep_result(
        edition=edition, kind=kind, snapshot=snapshot, inputs={"seed": seed}, engine_version="1",
        results_sha256="f" * 64, summary={"seed": seed}, blobs=blobs,
    )  # fmt: skip


def test_the_latest_result_is_that_of_the_kind_and_edition(edition, django_assert_num_queries):
    other = people.edition("other")
    assert latest(edition) is None
    a_result(edition, 1)
    newest = a_result(edition, 2)
    a_result(edition, 3, kind="walk")
    a_result(other, 4)
    with django_assert_num_queries(1):
        found = latest(edition)
        assert found.snapshot.number == 1
    assert (found.pk, found.inputs) == (newest.pk, {"seed": 2})


def test_arrays_come_back_by_name(edition):
    file = io.BytesIO()
    np.savez(file, persons=np.arange(6).reshape(2, 3), at_s=np.array([0.5]))
    result = a_result(edition, **{"arrays.npz": keep_blob(file.getvalue()).sha256})
    assert arrays_of(result, "persons")["persons"].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert sorted(arrays_of(result)) == ["at_s", "persons"]
    with pytest.raises(KeyError, match=r"it has arrays\.npz"):
        bytes_of(result, "page")


def test_a_snapshot_of_another_edition_makes_no_result(edition):
    snapshot = keep_snapshot(edition=people.edition("other"), plan=small_fair(), number=1, by=None)
    with pytest.raises(ValueError, match="another edition"):
        keep_result(
            edition=edition, kind="day", snapshot=snapshot, inputs={}, engine_version="", results_sha256="", summary={},
            blobs={},
        )  # fmt: skip
    with scope(edition=edition), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM core_result")
        assert cursor.fetchone() == (0,)
