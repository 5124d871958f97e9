"""What is thrown away, and what is not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hostcity.core.jobs import housekeeping
from hostcity.core.jobs.services import enqueue
from hostcity.core.jobs.worker import enqueue_housekeeping, run_now
from hostcity.core.models import Delivery, IdempotentAnswer, Job, SignInCode
from hostcity.core.models.jobs import JobState
from tests import people

pytestmark = pytest.mark.django_db


def test_old_things_go_and_new_ones_stay(edition, director):
    now = timezone.now()
    for age, key in ((timedelta(days=1), "new"), (timedelta(days=100), "old")):
        IdempotentAnswer.objects.create(
            person=director, key=key, request_sha256="0" * 64, status=200, body={}, created_at=now - age
        )
        SignInCode.objects.create(person=director, sha256=key, expires_at=now - age)
        Delivery.objects.create(channel="mail", address="a@b.c", body={}, dedupe_key=key, sent_at=now - age)
        ended = {"state": JobState.DONE, "ended_at": now - age}
        Job.objects.create(kind="test.add", dedupe_key=key, edition=edition, **ended)
    Job.objects.create(kind="test.add", dedupe_key="open", created_at=now - timedelta(days=100))
    Delivery.objects.create(
        channel="mail", address="a@b.c", body={}, dedupe_key="failed", failed_at=now - timedelta(days=100)
    )
    done = run_now(enqueue(housekeeping.KIND, arguments={}, edition=None, by=None))
    assert done.answer == {
        "answers": 1,
        "codes": 1,
        "deliveries": 1,
        "jobs": 1,
        "sessions": 0,
        "blobs": 0,
        "workers": 0,
    }
    assert IdempotentAnswer.objects.get().key == "new"
    assert SignInCode.objects.get().sha256 == "new"
    assert set(Delivery.objects.values_list("dedupe_key", flat=True)) == {"new", "failed"}
    assert set(Job.objects.exclude(pk=done.pk).values_list("dedupe_key", flat=True)) == {"new", "open"}


def test_a_job_that_something_points_at_stays(edition):
    from django_scopes import scope

    from hostcity.core.results import take_snapshot
    from hostcity.rehearsal.models import Rehearsal

    before = timezone.now() - timedelta(days=100)
    job = Job.objects.create(kind="test.add", edition=edition, state=JobState.DONE, ended_at=before)
    by = people.person()
    with scope(edition=edition):
        snapshot = take_snapshot(edition=edition, by=by)
        Rehearsal.objects.create(edition=edition, snapshot=snapshot, job=job, plan_number=0, by=by)
    run_now(enqueue(housekeeping.KIND, arguments={}, edition=None, by=None))
    assert Job.objects.filter(pk=job.pk).exists()


def test_it_is_enqueued_once_an_hour():
    for _ in range(3):
        enqueue_housekeeping()
    (first,) = Job.objects.all()
    run_now(first)
    enqueue_housekeeping()
    assert Job.objects.count() == 1
    Job.objects.update(created_at=timezone.now() - housekeeping.EVERY)
    enqueue_housekeeping()
    assert Job.objects.count() == 2
