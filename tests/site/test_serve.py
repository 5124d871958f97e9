"""`hostcity serve` as whoever runs it starts it."""

import json
import os
import re
import signal
import socket
import stat
import time
from pathlib import Path

import pytest

from hostcity.core.models.people import Role
from tests.site.sites import Browser, Served, alive, until

pytestmark = pytest.mark.database


def logins(said: str) -> dict[str, str]:
    return dict(re.findall(r"^  (demo-\S+) +(\S+)$", said, re.M))


@pytest.mark.once
def test_a_demonstration(site):
    with site.served("--demo") as first:
        people = logins(first.said)
        assert set(people) == {f"demo-{role.value}" for role in Role}
        assert len(set(people.values())) == len(Role)
        assert first.address.startswith("http://127.0.0.1:")
        browser = Browser(first.address)
        assert browser.get("/healthz") == (200, '{"status": "ok"}')
        status, page = browser.get("/accounts/login/")
        assert (status, "csrfmiddlewaretoken" in page) == (200, True)
        browser.post("/accounts/login/", login="demo-planner", password=people["demo-planner"])
        assert any(cookie.name == "session" for cookie in browser.cookies)
        assert browser.get("/e/ciie2019/rehearsals/scenarios/")[1].count("<article") == 8
        file = site.home / "demo-logins.txt"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert all(password in file.read_text() for password in people.values())
        family = first.children()
        assert len(family) >= 2  # one that answers, one that works
    assert first.process.returncode == 0
    assert alive(family) == []

    with site.served("--demo", "--lang", "zh") as second:  # found as it was
        assert logins(second.said) == people
        assert "演示环境" in second.said
    ran = site.run("doctor", "--json")
    states = {each["code"]: each["state"] for each in json.loads(ran.stdout)["checks"]}
    assert (states["people.demo"], states["ledger.chain"], states["ledger.plan"]) == ("warn", "ok", "ok")
    # Nobody else may reach a site with these logins, be it called a demonstration or not.
    for words in (["--demo"], []):
        ran = site.run("serve", *words, "--host", "0.0.0.0")  # noqa: S104 -- what is refused
        assert (ran.returncode, ran.stdout) == (2, "")
        assert re.search(r"\[demo\.(host|reached)\]", ran.stderr)
    assert site.done("end-demo").strip() == f"Logins that no longer work: {len(Role)}."
    assert not file.exists()


def test_a_dead_worker_is_started_again_and_ctrl_c_leaves_no_orphan(begun):
    with begun.served("--workers", "2", "--threads", "2") as served:
        assert until(lambda: workers_of(served))
        (worker,) = workers_of(served)
        os.kill(worker, signal.SIGKILL)
        assert until(lambda: workers_of(served) not in ([], [worker]))
        assert Browser(served.address).get("/healthz")[0] == 200
        family = served.children()
        assert served.end(signal.SIGINT) == 0
        assert until(lambda: alive(family) == [])


def test_when_the_tree_is_killed_nothing_stays(begun):
    with begun.served() as served:
        assert until(lambda: workers_of(served))
        time.sleep(2.0)
        family = served.children()
        served.process.kill()
        served.process.wait()
        assert until(lambda: alive(family) == [])


def test_ports(begun):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = begun.run("serve", "--port", str(port))
        assert ran.returncode == 2
        assert "[serve.port]" in ran.stderr
    with begun.served() as one, begun.served() as other:
        assert one.address != other.address
        assert Browser(other.address).get("/healthz")[0] == 200


def test_a_demonstration_stays_out_of_a_site_that_somebody_works_with(ready):
    ran = ready.run("serve", "--demo")
    assert ran.returncode == 2
    assert "[demo.real]" in ran.stderr


def test_an_old_database_is_refused(begun):
    begun.done_sql("DELETE FROM django_migrations WHERE app = 'core' AND name LIKE '%ledger_guard'")
    ran = begun.run("serve")
    assert ran.returncode == 2
    assert "1 changes are missing" in ran.stderr
    assert "hostcity migrate" in ran.stderr


def test_a_database_of_a_newer_program_is_refused(begun):
    begun.done_sql(
        "INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999_future', '2027-01-01 00:00:00')"
    )
    for command in ("serve", "migrate", "worker"):
        ran = begun.run(command)
        assert (ran.returncode, "[site.newer]" in ran.stderr) == (2, True)


def test_a_database_that_is_not_there(site):
    site.database = "postgresql://nobody@127.0.0.1:1/none"
    ran = site.run("serve")
    assert ran.returncode == 2
    assert "[site.database]" in ran.stderr


def workers_of(served: Served) -> list[int]:
    """Workers that the site has begun, without what those begin."""
    return [pid for pid in served.children() if name_and_parent(pid) == ("hostcity worker", served.process.pid)]


def name_and_parent(pid: int) -> tuple[str, int]:
    try:
        name, _, rest = Path(f"/proc/{pid}/stat").read_text().partition(" (")[2].rpartition(") ")
    except (FileNotFoundError, ProcessLookupError):
        return "", 0
    return name, int(rest.split()[1])
