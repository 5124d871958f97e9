"""A whole site for a journey: a database of its own, the web server, the worker, and people who sign in."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

PASSWORD = "correct-horse-battery"  # noqa: S105 -- tests/people.py gives it to everybody

#: Everybody's name is that of their role; the bureau owner's bureau is that of the metro.
SEED = """
import sys
from pathlib import Path
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0); call_command("createcachetable", verbosity=0)
from django_scopes import scope
from hostcity.core.models import Bureau
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import read_plan
from tests import people
edition = people.edition("fair", name_en="The fair", name_zh="展会")
replace_plan(edition=edition, plan=read_plan(Path(sys.argv[1])), by=None)
with scope(edition=edition):
    bureau = Bureau.objects.create(edition=edition, code="metro", name_en="Metro bureau", name_zh="地铁专班")
for role in Role:
    people.person(role, edition, bureau=bureau if role is Role.BUREAU_OWNER else None, username=role.value, name=role.value)
"""
GUNICORN = ("-m", "gunicorn", "hostcity.site.wsgi", "--threads", "4", "--log-level", "warning", "--bind")


@contextlib.contextmanager
def running_site(home: Path, plan: Path) -> Iterator[str]:
    """The address of a site in a folder of its own, with web server and worker as processes of their own."""
    environment = os.environ | {
        "HOSTCITY_HOME": str(home), "HOSTCITY_DURABLE": "0", "DJANGO_SETTINGS_MODULE": "hostcity.site.settings",
        "PYTHONPATH": os.pathsep.join(each for each in sys.path if each), "DATABASE_URL": "",
    }  # fmt: skip
    run = [sys.executable, "-W", "ignore::DeprecationWarning"]
    subprocess.run([*run, "-c", SEED, str(plan)], env=environment, check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    commands = ([*run, *GUNICORN, address], [*run, "-m", "hostcity.site", "worker", "--slots", "1"])
    processes = [subprocess.Popen(command, env=environment) for command in commands]
    try:
        _wait_for(f"http://{address}/accounts/login/")
        yield f"http://{address}"
    finally:
        for each in processes:
            each.terminate()
        for each in processes:
            each.wait(timeout=180)


def _wait_for(address: str, most_s: float = 60.0) -> None:
    until = time.monotonic() + most_s
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 -- of this machine
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def sign_in(page, address: str, name: str) -> None:
    """Sign in by the form, as people do."""
    page.goto(f"{address}/accounts/login/")
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/accounts/login" not in url)
