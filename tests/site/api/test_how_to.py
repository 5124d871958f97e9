"""The examples of docs/how-to/use-the-api.md run as they are printed, against a site that answers on a port."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connection

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import read_plan
from tests import people
from tests.site.api.programs import program

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "how-to" / "use-the-api.md").read_text("utf-8")


def examples(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def surroundings(transactional_db, live_server):
    """SITE and TOKEN of a planner of the tiny fair."""
    edition = people.edition()
    replace_plan(edition=edition, plan=read_plan(ROOT / "examples" / "tiny" / "expo.xlsx"), by=None)
    secret = program(people.person(Role.PLANNER, edition), edition).headers["Authorization"].split()[1]
    return {**os.environ, "SITE": live_server.url, "TOKEN": secret}


def test_python(surroundings):
    """While the program waits, the job that it started is played here."""
    told: list[str] = []

    def run():
        done = subprocess.run(
            [sys.executable, "-c", "\n".join(examples("python"))],
            env=surroundings, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        told.append(done.stdout + done.stderr)

    thread = threading.Thread(target=run)
    thread.start()
    while thread.is_alive():
        job = Job.objects.filter(state="queued").first()
        if job:
            run_now(job)
        time.sleep(0.1)
    thread.join()
    connection.close()
    lines = told[0].splitlines()
    assert re.match(r"\d+ stations$", lines[0]), told[0]
    assert lines[1] == "9 lanes"
    assert lines[2].startswith("409 plan.stale [{'field': 'lanes', 'stored': 9, 'given': 5}]")
    assert lines[3] == "True"
    assert re.match(r"done (kept|broken)$", lines[4])
    assert lines[5].endswith("rehearsal.end")


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_curl(surroundings):
    answers = []
    for script in examples("sh")[1:]:
        for command in re.split(r"\n(?=curl)", script):
            done = subprocess.run(["sh", "-c", command], env=surroundings, capture_output=True, text=True, check=True)
            answers.append(json.loads(done.stdout))
    me, page, problem = answers
    assert me["actions"]
    assert len(page["rows"]) <= 2
    assert (problem["status"], problem["code"]) == (422, "plan.problems")
    assert not problem["detail"].isascii()
