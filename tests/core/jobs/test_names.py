"""A dead worker of the same machine is known before its lease runs out, and no other is taken for dead."""

import os
import subprocess

import pytest

from hostcity.core.jobs import leases
from hostcity.core.jobs.names import is_dead, new_name, place
from hostcity.core.models import Job
from hostcity.core.models.jobs import JobState


@pytest.fixture
def ended():
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def test_who_is_dead(ended):
    assert is_dead(f"{place()}:{ended}:00ff")
    assert not is_dead(new_name())
    assert not is_dead(f"{place()}:1:00ff")
    for elsewhere in (f"other:1:{ended}:00ff", f"{place()}0:{ended}:00ff", f"host:{ended}:00ff", "here", "", "a:b:c:d"):
        assert not is_dead(elsewhere)


@pytest.mark.django_db
def test_the_job_of_a_dead_worker_waits_again_at_once(ended):
    dead, alive = (Job.objects.create(kind="test.add", arguments={}) for _ in range(2))
    leases.take(dead, f"{place()}:{ended}:00ff")
    leases.take(alive, f"{place()}:{os.getpid()}:00ff")
    assert leases.take_back() == 1
    dead.refresh_from_db()
    alive.refresh_from_db()
    assert (dead.state, dead.attempts, alive.state) == (JobState.QUEUED, 1, JobState.RUNNING)
