"""A site in a home of its own, run as a process as whoever runs it does, on the database that the tests run on."""

from __future__ import annotations

import contextlib
import http.cookiejar
import os
import re
import secrets
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.site.commands import ROOT, hostcity
from tests.site.warm import run_warm

PROGRAM = (sys.executable, "-W", "error", "-W", "ignore::ResourceWarning", "-m", "hostcity.site")
READY_WITHIN_S, ENDED_WITHIN_S = 180, 180


@contextmanager
def empty_database() -> Iterator[str]:
    """The URL of a fresh database where the tests run on PostgreSQL; nothing on SQLite, which each home has."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return
    name, server = f"test_site_{secrets.token_hex(6)}", urlsplit(url)._replace(path="/postgres").geturl()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def copied(site: Site, other: Site) -> None:
    """Make a site that has not begun yet the same as another, in a tenth of the time that its set-up takes."""
    shutil.copytree(other.home, site.home)  # with its permissions
    settings = site.home / "hostcity.env"
    told = settings.read_text("utf-8").replace(str(other.home), str(site.home))
    settings.write_text(told.replace(other.database, site.database) if other.database else told, "utf-8")
    if site.database:
        name, template = (urlsplit(each.database).path[1:] for each in (site, other))
        with psycopg.connect(urlsplit(site.database)._replace(path="/postgres").geturl(), autocommit=True) as server:
            server.execute(f"DROP DATABASE {name}")
            server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")


class Site:
    """A home, its database, and commands in it."""

    def __init__(self, home: Path, database: str) -> None:
        self.home, self.database = home, database

    def environment(self, **more: str) -> dict[str, str]:
        """The surroundings of every command: nothing of the tests' own settings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("HOSTCITY_")}
        return {**kept, "DATABASE_URL": self.database, "LANG": "C.UTF-8", "LC_ALL": "", "HOSTCITY_DURABLE": "0", **more}

    def run(self, *words: str, typed: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        """A command that ends."""
        words = (*words, "--home", str(self.home))
        done = run_warm(words, cwd=ROOT, environment=self.environment(**more), typed=typed)
        assert "Traceback" not in done.stderr, done.stderr
        return done

    def done(self, *words: str, typed: str = "", **more: str) -> str:
        """What a command prints when all is well."""
        ran = self.run(*words, typed=typed, **more)
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    def done_sql(self, statement: str) -> None:
        """Change the database past the program."""
        if self.database:
            with psycopg.connect(self.database, autocommit=True) as connection:
                connection.execute(statement)
            return
        with contextlib.closing(sqlite3.connect(self.home / "hostcity.sqlite3")) as connection, connection:
            connection.execute(statement)

    @contextmanager
    def served(self, *words: str, **more: str) -> Iterator[Served]:
        """The site as it runs; it is asked to end afterwards, and must leave nothing."""
        log = self.home.parent / f"log-{secrets.token_hex(4)}"
        with log.open("wb") as out:
            process = subprocess.Popen(
                [*PROGRAM, "serve", "--home", str(self.home), *words],
                stdout=out, stderr=subprocess.STDOUT, env=self.environment(**more), cwd=ROOT, stdin=subprocess.DEVNULL,
            )  # fmt: skip
        served = Served(process, log)
        try:
            served.wait_until_ready()
            yield served
        finally:
            served.end()


class Served:
    """A running site."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process, self.log, self.address = process, log, ""

    def wait_until_ready(self) -> None:
        """Until it says its address."""
        deadline = time.monotonic() + READY_WITHIN_S
        while time.monotonic() < deadline and self.process.poll() is None:
            found = re.search(r"(http://\S+/)", self.said)
            if found:
                self.address = found[1]
                return
            time.sleep(0.05)
        raise AssertionError(self.said)

    @property
    def said(self) -> str:
        """Everything on its screen."""
        return self.log.read_text("utf-8")

    def children(self) -> list[int]:
        """Processes under it."""
        return descendants(self.process.pid)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end; its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(ENDED_WITHIN_S)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise


def descendants(pid: int) -> list[int]:
    """Every process under one."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parent_of = {int(child): int(parent) for child, parent in (line.split() for line in told.splitlines())}
    found, last = [], {pid}
    while last:
        last = {child for child, parent in parent_of.items() if parent in last}
        found += sorted(last)
    return found


def alive(pids: list[int]) -> list[int]:
    """Those processes that still run."""
    return [pid for pid in pids if _is_running(pid)]


def _is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def until(holds, within_s: float = 120.0) -> bool:
    """Wait until something holds."""
    deadline = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


class Browser:
    """Cookies and forms, without scripts."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def get(self, path: str) -> tuple[int, str]:
        """Status and text of a page."""
        return self._ask(urllib.request.Request(urllib.parse.urljoin(self.address, path)))  # noqa: S310 -- the site of the test

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        """Send a form with the token that its page was given."""
        token = next((cookie.value for cookie in self.cookies if cookie.name == "csrf"), "")
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        return self._ask(urllib.request.Request(urllib.parse.urljoin(self.address, path), data=body))  # noqa: S310 -- the site of the test

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self.opener.open(request, timeout=120) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


__all__ = ["Browser", "Served", "Site", "alive", "descendants", "empty_database", "hostcity", "until"]
