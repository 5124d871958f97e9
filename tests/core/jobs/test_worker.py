"""The worker as a process: pickup, kills, limits, races. On SQLite in a file, and on PostgreSQL."""

import os
import signal
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from django.db import connection
from django_scopes import scope

from hostcity.core.jobs.services import cancel_job, enqueue
from hostcity.core.jobs.worker import WARMING
from hostcity.core.models import Act, Job
from hostcity.core.models.jobs import JobState
from hostcity.core.registries import registries
from tests.core.jobs.workers import eventually, working
from tests.site.sites import descendants

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition(transactional_db):
    from tests import people

    return people.edition()


@pytest.fixture
def ask(edition, director):
    def ask(kind, dedupe_key="", **arguments):
        return enqueue(kind, arguments=arguments, edition=edition, by=director, dedupe_key=dedupe_key)

    return ask


def now_of(job):
    return Job.objects.get(pk=job.pk)


def ended(job, within_s=120.0):
    def look():
        found = now_of(job)
        return None if found.is_open else found

    return eventually(look, within_s=within_s)


def running(job):
    return eventually(lambda: now_of(job).state == JobState.RUNNING and now_of(job).progress > 0)


def lines(edition, verb="test.add"):
    with scope(edition=edition):
        return Counter(Act.objects.filter(verb=verb).values_list("subject_key", flat=True))


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_jobs_are_done_in_child_processes_and_end_as_they_should(ask, edition):
    with working(slots=2) as worker:
        added = ended(ask("test.add", a=2, b=3))
        assert (added.state, added.answer["sum"], added.answer["written"]) == (JobState.DONE, 5, True)
        assert added.answer["pid"] != worker.pid
        assert added.peak_mib > 10
        assert ended(ask("test.refuse")).error["code"] == "test.no"
        assert ended(ask("test.problems")).error["problems"][0]["row"] == 7
        for kind, code in (("test.crash", "job.crashed"), ("test.die", "job.lost")):
            poison = ended(ask(kind))
            assert (poison.state, poison.attempts, poison.error["code"]) == (JobState.FAILED, 2, code)
        assert worker.poll() is None
    assert lines(edition) == {"": 1}


def test_a_job_is_picked_up_at_once(ask):
    """Within 200 ms on a machine that is not busy with other things: at least the quickest of five."""
    waited_s = []
    with working():
        ended(ask("test.add", a=1, b=1))
        for number in range(5):
            job = ended(ask("test.add", a=1, b=number))
            waited_s.append((job.started_at - job.created_at).total_seconds())
            time.sleep(0.03)
    assert min(waited_s) < 0.2


def test_a_short_job_does_not_wait_for_long_ones(ask):
    with working(slots=2):
        for job in (ask("test.dream"), ask("test.dream")):
            running(job)
        waits = ask("test.add", a=1, b=1)
        waited_s = []
        for number in range(3):
            short = ended(ask("test.short", a=1, b=number))
            waited_s.append((short.started_at - short.created_at).total_seconds())
        assert min(waited_s) < 0.2
        assert now_of(waits).state == JobState.QUEUED


def test_memory_and_time_are_limited(ask):
    with working(slots=2) as worker:
        hungry, slow = ask("test.eat", mib=400), ask("test.hurry", deaf=True)
        hungry, slow = ended(hungry), ended(slow)
        assert (hungry.state, hungry.error["code"], hungry.attempts) == (JobState.FAILED, "job.memory", 1)
        assert 120 < hungry.peak_mib < 300
        assert (slow.state, slow.error["code"], slow.attempts) == (JobState.FAILED, "job.time", 1)
        assert worker.poll() is None
        assert ended(ask("test.add", a=1, b=1)).state == JobState.DONE


@pytest.mark.parametrize("deaf", [False, True], ids=["tells its progress", "does not"])
def test_a_running_job_is_cancelled(deaf, ask, director, edition, tmp_path):
    with working():
        job = ask("test.dream", s=600, deaf=deaf, once=str(tmp_path / "pid"))
        eventually(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text())
        cancel_job(job=job, by=director)
        assert ended(job).state == JobState.CANCELLED
        eventually(lambda: not alive(int((tmp_path / "pid").read_text())))
    assert lines(edition) == {}


def test_a_job_whose_engine_is_being_prepared_says_so_and_can_be_cancelled(ask, director, edition):
    with working(slots=2):
        waits, unwanted = ask("test.warm", a=1, b=1), ask("test.warm", a=1, b=2, key="unwanted")
        eventually(lambda: {now_of(job).stage for job in (waits, unwanted)} == {WARMING})
        cancel_job(job=unwanted, by=director)
        assert ended(unwanted).state == JobState.CANCELLED
        assert ended(waits).state == JobState.DONE
    assert lines(edition) == {"": 1}


def test_what_prepares_an_engine_ends_with_the_worker(ask):
    with working() as worker:
        job = ask("test.warm", a=1, b=1)
        eventually(lambda: now_of(job).stage == WARMING)
        family = descendants(worker.pid)
        assert len(family) == 3  # two nurseries, and a child of one of them
        worker.kill()
        eventually(lambda: not any(map(alive, family)))


def test_a_killed_worker_has_its_job_done_by_another_once(ask, edition, tmp_path):
    with working(lease_s=2) as first:
        job = ask("test.dream", once=str(tmp_path / "pid"))
        running(job)
        first.kill()
        began = time.monotonic()
        eventually(lambda: not alive(int((tmp_path / "pid").read_text())))  # its child went with it
        with working(lease_s=2):
            done = ended(job)
        assert (done.state, done.attempts, done.answer) == (JobState.DONE, 2, {"dreamt": False, "written": True})
        assert time.monotonic() - began < 60
    assert lines(edition) == {"": 1}


def test_a_killed_child_is_replaced(ask, edition, tmp_path):
    with working() as worker:
        job = ask("test.dream", once=str(tmp_path / "pid"))
        running(job)
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
        done = ended(job)
        assert (done.state, done.attempts) == (JobState.DONE, 2)
        assert worker.poll() is None
    assert lines(edition) == {"": 1}


def test_a_killed_nursery_is_replaced(ask, tmp_path):
    with working() as worker:
        job = ask("test.dream", once=str(tmp_path / "pid"))
        running(job)
        child = int((tmp_path / "pid").read_text())
        nursery = int(Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[1])
        assert nursery != worker.pid
        os.kill(nursery, signal.SIGKILL)
        done = ended(job)
        assert (done.state, done.attempts) == (JobState.DONE, 2)


def test_a_frozen_worker_that_wakes_up_changes_nothing(ask, edition, tmp_path):
    """Its lease ran out, another did the job; its own child ends the job too, and has no effect."""
    with working(lease_s=2) as frozen:
        job = ask("test.dream", s=600, until=str(tmp_path / "morning"), deaf=True, once=str(tmp_path / "pid"))
        child = int(eventually(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text()))
        os.kill(frozen.pid, signal.SIGSTOP)
        with working(lease_s=2):
            done = ended(job)
        assert alive(child)
        (tmp_path / "morning").touch()
        eventually(lambda: not alive(child))  # it comes to its end
        os.kill(frozen.pid, signal.SIGCONT)
    assert (done.attempts, done.answer["dreamt"]) == (2, False)
    assert now_of(job).answer == done.answer
    assert lines(edition) == {"": 1}


def test_sigterm_lets_a_running_job_end_and_takes_no_other(ask):
    with working() as worker:
        first = ask("test.dream", s=1)
        running(first)
        second = ask("test.add", a=1, b=1)
        worker.terminate()
        assert worker.wait(180) == 0
    assert now_of(first).state == JobState.DONE
    assert (now_of(second).state, now_of(second).attempts) == (JobState.QUEUED, 0)


def test_sigint_gives_a_running_job_back(ask):
    with working() as worker:
        job = ask("test.dream")
        running(job)
        worker.send_signal(signal.SIGINT)
        assert worker.wait(180) == 0
    assert (now_of(job).state, now_of(job).attempts) == (JobState.QUEUED, 0)


def test_a_hundred_jobs_are_done_once_each_by_two_workers(ask, edition):
    jobs = [ask("test.add", a=1, b=number, key=number) for number in range(100)]
    with working(slots=2), working(slots=2):
        eventually(
            lambda: not Job.objects.filter(pk__in=[job.pk for job in jobs], ended_at=None).exists(), within_s=120
        )
    assert set(Job.objects.filter(kind="test.add").values_list("state", "attempts")) == {(JobState.DONE, 1)}
    assert lines(edition) == {str(number): 1 for number in range(100)}
    assert len(set(Job.objects.filter(kind="test.add").values_list("leased_by", flat=True))) == 2


def test_the_same_work_asked_for_at_once_is_enqueued_once(ask):
    together, found = threading.Barrier(8), []

    def one():
        try:
            together.wait()
            found.append(ask("test.add", "the same", a=1, b=1).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 8
    assert set(found) == {Job.objects.get().pk}


def test_housekeeping_comes_by_itself(edition):
    with working():
        kept = eventually(lambda: Job.objects.filter(kind="core.housekeeping", state=JobState.DONE).first())
    assert set(kept.answer) == {"jobs", "deliveries", "answers", "codes", "sessions", "workers", "blobs"}
    assert "core.housekeeping" in registries.job_kinds
