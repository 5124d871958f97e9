"""A Dask cluster of real schedulers and workers, in processes of their own."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    place = tmp_path_factory.mktemp("dask") / "scheduler.json"
    process = started("distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(place))
    try:
        for _ in range(200):
            if place.exists() and (text := place.read_text()):
                yield json.loads(text)["address"]
                break
            time.sleep(0.1)
        else:
            pytest.fail("the scheduler did not start")
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def start_worker(scheduler, tmp_path):
    begun = []

    def start() -> subprocess.Popen[bytes]:
        begun.append(
            started(
                "distributed.cli.dask_worker", scheduler, "--no-nanny", "--no-dashboard", "--nthreads", "1",
                "--memory-limit", "0", "--local-directory", str(tmp_path),
            )
        )  # fmt: skip
        return begun[-1]

    yield start
    for process in begun:
        process.kill()
        process.wait()


def started(module: str, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", module, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
    )
