"""The database itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection
from django.utils import timezone

from hostcity.plan.sentences import Sentence
from hostcity.site.doctor.check import Check, fail, ok, warn
from hostcity.site.migrating import shape_of_database
from hostcity.site.opening import refuse_unreachable
from hostcity.site.site_errors import SiteError

#: Without these there are no contents to be looked at.
NEEDED = ("database.reached", "database.migrations", "database.broken")
OLDEST = {"sqlite": (3, 35), "postgresql": (13, 0)}
CLOCKS_APART_S, CLOCKS_BROKEN_S = 2.0, 15.0  # a job's lease lasts 30 s
REMOTE = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p")


def checks(*, for_deployment: bool) -> Iterator[Check]:
    """All of them."""
    began = time.perf_counter()
    try:
        refuse_unreachable(connection.settings_dict)
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except SiteError as error:
        yield fail("database.reached", error.what, error.mend)
        return
    except OperationalError as error:
        what = Sentence("The database cannot be used: {said}.", said=str(error).strip().splitlines()[0].rstrip("."))
        mend = Sentence("Check DATABASE_URL, that the database is there, and that it lets this user in.")
        yield fail("database.reached", what, mend)
        return
    yield _version((time.perf_counter() - began) * 1000)
    yield from _clock()
    yield from _shape()
    yield from (_sqlite() if connection.vendor == "sqlite" else _postgresql(for_deployment=for_deployment))


def _version(took_ms: float) -> Check:
    version = connection.Database.sqlite_version_info if connection.vendor == "sqlite" else _server_version()
    said = ".".join(str(part) for part in version)
    what = Sentence(
        "{name} {version} answers in {took} ms.", name=connection.display_name, version=said, took=f"{took_ms:.0f}"
    )
    if tuple(version) < OLDEST[connection.vendor]:
        oldest = ".".join(str(part) for part in OLDEST[connection.vendor])
        return fail("database.reached", what, Sentence("At least {oldest} is needed.", oldest=oldest))
    return ok("database.reached", what)


def _clock() -> Iterator[Check]:
    """Leases and limits are reckoned with the clocks of those who work; all must go alike."""
    if connection.vendor != "postgresql":
        return  # the same machine
    before = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        told = cursor.fetchone()[0]
    apart_s = abs((told - before - (timezone.now() - before) / 2).total_seconds())
    what = Sentence("The database's clock and this machine's are {seconds} s apart.", seconds=f"{apart_s:.1f}")
    mend = Sentence("Set both by the same time servers (chrony, systemd-timesyncd).")
    if apart_s > CLOCKS_BROKEN_S:
        yield fail("database.clock", what, mend)
    elif apart_s > CLOCKS_APART_S:
        yield warn("database.clock", what, mend)
    else:
        yield ok("database.clock", what)


def _server_version() -> tuple[int, int]:
    number = connection.pg_version
    return number // 10_000, number % 10_000


def _shape() -> Iterator[Check]:
    shape = shape_of_database()
    if shape.unknown:
        what = Sentence("The database was changed by a newer program: {names}.", names=", ".join(shape.unknown))
        yield fail(
            "database.migrations", what, Sentence("Install that version again, or restore the backup made before it.")
        )
    elif shape.missing:
        what = Sentence(
            "The database is older than the program: {count} changes are missing.", count=len(shape.missing)
        )
        yield fail("database.migrations", what, Sentence("Make a backup, then run: hostcity migrate."))
    else:
        yield ok("database.migrations", Sentence("The database has the shape that the program needs."))
    if shape.lacks_cache:
        what = Sentence("The table for the cache is missing: limits on sign-ins don't work.")
        yield fail("database.cache", what, Sentence("Run: hostcity migrate."))


def _sqlite() -> Iterator[Check]:
    expected: dict[str, Any] = {"journal_mode": "wal", "foreign_keys": 1}
    wrong = [name for name, value in expected.items() if _pragma(name) != value]
    if wrong:
        what = Sentence("SQLite runs with other settings than the site's: {names}.", names=", ".join(wrong))
        yield fail("database.settings", what, Sentence("Put the database on a local disk that this user may write."))
    elif _pragma("synchronous") < 2:
        what = Sentence("A power failure may lose what was written last.")
        yield warn("database.settings", what, Sentence("Take HOSTCITY_DURABLE=0 out of the settings."))
    else:
        yield ok("database.settings", Sentence("SQLite writes ahead, durably, and checks references."))
    told = _pragma("quick_check")
    if told == "ok":
        yield ok("database.integrity", Sentence("Its pages are whole."))
    else:
        what = Sentence("The database's file is damaged: {said}", said=str(told))
        yield fail("database.integrity", what, Sentence("Stop the site and restore the last backup."))
    yield from _local_disk(Path(str(connection.settings_dict["NAME"])))


def _local_disk(path: Path) -> Iterator[Check]:
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return
    kinds = {Path(words[1]): words[2] for words in (line.split() for line in mounts.read_text().splitlines())}
    place = next((each for each in path.absolute().parents if each in kinds), None)
    if place and kinds[place] in REMOTE:
        what = Sentence(
            "The database lies on a disk of another machine ({kind}), where SQLite's locks don't hold.",
            kind=kinds[place],
        )
        yield fail("database.disk", what, Sentence("Move it to a local disk, or use PostgreSQL."))


def _postgresql(*, for_deployment: bool) -> Iterator[Check]:
    if _show("server_encoding") != "UTF8":
        what = Sentence("The database's encoding is {name}: Chinese cannot be kept.", name=_show("server_encoding"))
        yield fail("database.settings", what, Sentence("Make it anew with encoding UTF8."))
    elif for_deployment and _show("fsync") != "on":
        what = Sentence("A power failure may lose what was written last.")
        yield fail("database.settings", what, Sentence("Set fsync = on in postgresql.conf."))
    else:
        yield ok("database.settings", Sentence("PostgreSQL keeps UTF-8."))
    if for_deployment and _show("is_superuser") == "on":
        what = Sentence("The site uses a superuser of the database, who may change even the ledger.")
        yield warn(
            "database.role", what, Sentence("Give it a role of its own that owns its database and nothing else.")
        )


def _pragma(name: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        return cursor.fetchone()[0]


def _show(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return str(cursor.fetchone()[0])
