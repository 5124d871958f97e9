"""Runs on a Dask cluster: real schedulers and workers in processes of their own."""

import gc
import os
import signal
from importlib.metadata import version

import pytest
from distributed import Client

from hostcity.plan.json_form import plan_to_json
from hostcity.studies.runs import platform
from hostcity.studies.runs.cluster import DaskPool
from hostcity.studies.runs.inline import InlinePool
from hostcity.studies.runs.pool import PoolError
from hostcity.studies.runs.work import Work
from tests.fairs import small_fair
from tests.studies.clusters import joined


@pytest.fixture(scope="module")
def work():
    return Work(plan_json=plan_to_json(small_fair(600)), seed=3)


def test_a_cluster_plays_what_this_process_plays_though_a_worker_is_killed(work, scheduler, start_worker):
    here = {each.run: each.results_sha256 for _, each in InlinePool().play((work, run) for run in range(8))}
    doomed = start_worker()
    start_worker()
    pool = joined(scheduler, 2)
    played = []
    try:
        for _, each in pool.play((work, run) for run in range(8)):
            if not played:
                os.kill(doomed.pid, signal.SIGKILL)
            played.append((each.run, each.results_sha256))
    finally:
        pool.close()
    assert sorted(played) == sorted(here.items())


@pytest.mark.slow
def test_a_cluster_left_without_workers_goes_on_when_one_joins(work, scheduler, start_worker):
    doomed = start_worker()
    pool = joined(scheduler, 1)
    played = []
    try:
        for _, each in pool.play((work, run) for run in range(4)):
            if not played:
                os.kill(doomed.pid, signal.SIGKILL)
                start_worker()
            played.append(each.run)
    finally:
        pool.close()
    assert sorted(played) == [0, 1, 2, 3]


@pytest.mark.slow
def test_runs_of_a_worker_that_is_gone_are_played_though_the_next_was_noticed_before(work, scheduler, start_worker):
    """A run may be asked for at the very moment at which workers are looked at for another reason."""
    doomed = start_worker()
    pool = joined(scheduler, 1)
    gone, played = pool.workers, []
    try:
        for _, each in pool.play((work, run) for run in range(4)):
            if not played:
                os.kill(doomed.pid, signal.SIGKILL)
                start_worker()
                while not pool.workers or pool.workers == gone:
                    pool._look()
            played.append(each.run)
    finally:
        pool.close()
    assert sorted(played) == [0, 1, 2, 3]


def test_a_worker_that_would_compute_something_else_is_refused_by_name(scheduler, start_worker, monkeypatch):
    start_worker()
    joined(scheduler, 1).close()
    mine = {**platform.fingerprint(), "numba": "0.1"}
    monkeypatch.setattr("hostcity.studies.runs.cluster.fingerprint", _Mine(mine))
    told = []
    with pytest.raises(PoolError) as caught:
        DaskPool(scheduler, on_refused=lambda address, different: told.append((address, different)))
    assert caught.value.code == "dask.no_worker"
    (address, (different,)), *_ = told
    assert address.startswith("tcp://")
    assert different == f"numba {version('numba')} instead of 0.1"


class _Mine:
    """What this process says it is; a worker that gets it asked says what it is itself."""

    def __init__(self, found: dict[str, str]) -> None:
        self.found = found

    def __call__(self) -> dict[str, str]:
        return self.found

    def __reduce__(self):
        return (getattr, (platform, "fingerprint"))


def test_nobody_at_the_address():
    with pytest.raises(PoolError) as caught:
        DaskPool("tcp://127.0.0.1:9")
    assert caught.value.code == "dask.unreachable"
    # A client thrown away later would wait for the lock of one that is starting then.
    assert [each for each in gc.get_objects() if type(each) is Client] == []


@pytest.mark.parametrize("address", ["nonsense://x", "tcp://", ""])
def test_no_address(address):
    with pytest.raises(PoolError) as caught:
        DaskPool(address)
    assert caught.value.code == "dask.unreachable"


def test_what_differs_is_said_in_words():
    mine = {"numba": "0.68", "processor features": "+avx,+avx2,-sse4a"}
    other = {"numba": "0.67", "processor features": "+avx,-avx2,+sse4a"}
    assert platform.differences(mine, other) == ("numba 0.67 instead of 0.68", "processor features +sse4a -avx2")
    assert platform.differences(mine, dict(mine)) == ()
