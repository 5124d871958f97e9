"""Bytes that nothing needs go after a day; never those that something needs, or that somebody is about to name."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import timezone
from django_scopes import scope

from hostcity.core.files.services import add_file, remove_file
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Blob, Job
from hostcity.core.models.people import Role
from hostcity.core.people.imports import start_import
from hostcity.core.plan_rows.imports import start_import as start_plan_import
from hostcity.core.results import keep_blob, orphans, take_snapshot
from hostcity.core.results.orphans import collect_orphans, count_orphans
from hostcity.plan import plan_to_json, read_plan
from tests import people

pytestmark = pytest.mark.django_db
DAYS = timedelta(days=1)


def aged(days=2):
    Blob.objects.update(created_at=timezone.now() - days * DAYS)


def left():
    return set(Blob.objects.values_list("sha256", flat=True))


@pytest.fixture
def edition():
    made = people.edition()
    with scope(edition=made):
        yield made


@pytest.fixture
def planner(edition):
    return people.person(Role.DRILL_DIRECTOR, edition)


def test_what_nothing_names_goes_after_a_day():
    keep_blob(b"of an attempt that was killed")
    assert collect_orphans().count == 0
    aged()
    assert count_orphans() == orphans.Orphans(1, 29)
    assert collect_orphans() == orphans.Orphans(1, 29)
    assert left() == set()


def test_what_something_needs_stays(edition, planner):
    file = add_file(edition=edition, name="a.txt", data=b"a file", by=planner)
    snapshot = take_snapshot(edition=edition, by=planner)
    tried = run_now(
        start_plan_import(
            edition=edition, name="p.json", data=plan_to_json(read_plan("examples/tiny")).encode(), by=planner
        )
    )
    waiting = start_plan_import(edition=edition, name="p.json", data=b"waits for the worker", by=planner)
    aged()
    kept = {
        file.blob_id,
        snapshot.blob_id,
        tried.arguments["sha256"],
        tried.answer["blob"],
        waiting.arguments["sha256"],
    }
    assert collect_orphans().count == 0
    assert left() == kept
    remove_file(file=file, by=planner)
    assert left() == kept - {file.blob_id}


def test_lists_of_people_go_a_day_after_their_trial(edition):
    boss = people.person(Role.ADMINISTRATOR, edition)
    run_now(start_import(edition=edition, name="l.csv", data=b"username,role\nv1,volunteer\n", by=boss))
    aged()
    assert collect_orphans().count == 0
    Job.objects.update(ended_at=timezone.now() - 2 * DAYS)
    assert collect_orphans().count == 2


def test_what_is_kept_once_more_is_young_again():
    """A second attempt makes the same bytes as the first, which was killed days ago, and has not named them yet.

    It may do so between looking and deleting: the deletion itself asks for their age.
    """
    keep_blob(b"bytes")
    aged()
    found = orphans.find_orphans()
    keep_blob(b"bytes")
    assert len(found) == 1
    assert orphans.throw_away(found).count == collect_orphans().count == 0
    assert left() == set(found)


@pytest.mark.django_db(transaction=True)
def test_keeping_and_collecting_at_once_lose_nothing():
    lost, end = [], threading.Event()

    def collect():
        while not end.is_set():
            collect_orphans()
        connections.close_all()

    thread = threading.Thread(target=collect)
    thread.start()
    try:
        for number in range(60):
            sha256 = keep_blob(b"old %d" % (number % 3)).sha256
            lost += [] if Blob.objects.filter(sha256=sha256).exists() else [number]
            Blob.objects.update(created_at=timezone.now() - 2 * DAYS)
    finally:
        end.set()
        thread.join()
    assert lost == []
    assert connection.in_atomic_block is False
