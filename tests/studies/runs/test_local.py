"""Runs on processes of this machine: the same results as here, and none lost or counted twice when one is killed."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hostcity.plan import PlanError
from hostcity.plan.json_form import plan_to_json
from hostcity.studies.runs.inline import InlinePool
from hostcity.studies.runs.local import LocalPool
from hostcity.studies.runs.pool import PoolError
from hostcity.studies.runs.work import Work
from tests.fairs import small_fair


@pytest.fixture(scope="module")
def work():
    return Work(plan_json=plan_to_json(small_fair(600)), seed=3)


@pytest.fixture(scope="module")
def here(work):
    return {each.run: each.results_sha256 for _, each in InlinePool().play((work, run) for run in range(6))}


@pytest.fixture(scope="module")
def pool():
    """One for all: whatever a test does to its processes, the next finds others."""
    pool = LocalPool(2)
    yield pool
    pool.close()


def test_two_processes_play_what_this_one_plays(work, here, pool):
    assert {each.run: each.results_sha256 for _, each in pool.play((work, run) for run in range(6))} == here


def test_a_killed_process_is_replaced_and_nothing_counted_twice(work, here, pool):
    played = []
    for _, each in pool.play((work, run) for run in range(6)):
        if not played:
            os.kill(next(iter(pool._executor._processes)), signal.SIGKILL)
        played.append((each.run, each.results_sha256))
    assert sorted(played) == sorted(here.items())


def test_a_run_that_kills_every_process_is_refused(work, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "deadly"))
    with pytest.raises(PoolError) as caught:
        list(LocalPool(2).play((work, run) for run in range(2)))
    assert caught.value.code == "runs.lost"
    assert "was lost 3 times with the process" in str(caught.value.args[0])


def test_a_run_that_fails_is_told_whole_and_ends_all_though_a_large_plan_is_still_on_its_way(work, pool):
    spacious = work.plan_json + " " * 20_000_000
    wrong = Work(plan_json=spacious, seed=3, changes=("stations.nowhere.lanes=1",))
    with pytest.raises(PlanError) as caught:
        list(pool.play((wrong, run) for run in range(9)))
    assert str(caught.value).startswith("1 problem in the overrides:\n  stations.nowhere.lanes=1: ")
    closing = threading.Thread(target=pool.close, daemon=True)
    closing.start()
    closing.join(180)
    assert not closing.is_alive()


def test_a_pool_that_breaks_while_a_run_is_handed_out_is_begun_anew(pool, work):
    pool._started()._call_queue._reader.close()  # as it is when the last process has died
    assert sorted(result.run for _, result in pool.play((work, run) for run in range(2))) == [0, 1]


def test_processes_end_with_whoever_asked_though_that_is_killed():
    asking = "import os; from hostcity.studies.runs.local import LocalPool; pool = LocalPool(1); "
    asking += "print(pool._started().submit(os.getpid).result(), flush=True); input()"
    process = subprocess.Popen([sys.executable, "-c", asking], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert int(process.stdout.readline()) != process.pid
    process.kill()
    process.communicate(timeout=180)  # the pipe ends when none of them holds it any more


def test_no_processes_are_too_few():
    with pytest.raises(PoolError, match="0 processes"):
        LocalPool(0)


def test_runs_are_asked_for_only_as_fast_as_they_are_played(work, pool):
    asked = []

    def runs():
        for run in range(100):
            asked.append(run)
            yield work, run

    playing = pool.play(runs())
    next(playing)
    playing.close()
    assert len(asked) <= 2 * 2 * 2
