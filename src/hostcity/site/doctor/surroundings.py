"""Settings, files and the machine."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from hostcity.plan.sentences import Sentence
from hostcity.site.doctor.check import Check, fail, ok, warn
from hostcity.site.environment import Environment

SHORTEST_KEY, FEWEST_LETTERS = 50, 12
LITTLE_MIB, TOO_LITTLE_MIB = 2048, 256
NEEDED_FILES = ("core/site.js", "core/site.css")
PROGRAM_MADE = datetime(2026, 1, 1, tzinfo=UTC)


def checks(*, for_deployment: bool) -> Iterator[Check]:
    """All of them."""
    site: Environment = settings.ENVIRONMENT
    yield _secret_key(site.secret_key)
    if for_deployment:
        yield from _deployment(site)
    elif site.is_debug:
        what = Sentence("HOSTCITY_DEBUG is on: errors show the program's inside to anybody.")
        yield warn("settings.debug", what, Sentence("Take HOSTCITY_DEBUG out of the settings."))
    yield from _permissions(site.home)
    yield _disk(site.home)
    yield _clock()
    yield _assets()


def _secret_key(key: str) -> Check:
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_LETTERS:
        what = Sentence("The secret key is short or monotonous: whoever guesses it signs in as anybody.")
        return fail(
            "settings.secret_key", what, Sentence("Remove HOSTCITY_SECRET_KEY; a new one is made at the next start.")
        )
    return ok("settings.secret_key", Sentence("The secret key has {count} characters.", count=len(key)))


def _deployment(site: Environment) -> Iterator[Check]:
    if site.is_debug:
        what = Sentence("HOSTCITY_DEBUG is on: errors show the program's inside to anybody.")
        yield fail("settings.debug", what, Sentence("Take HOSTCITY_DEBUG out of the settings."))
    else:
        yield ok("settings.debug", Sentence("Errors tell strangers nothing."))
    if site.is_demo:
        what = Sentence("This is a demonstration: its logins are printed.")
        yield fail("settings.demo", what, Sentence("Begin a site of your own: hostcity init --home FOLDER."))
    yield _hosts(site.hosts)
    yield _https(site)
    if site.mail_url:
        yield ok("settings.mail", Sentence("Mail goes through a server."))
    else:
        what = Sentence("No mail server is set: mail is written into the log only.")
        yield warn(
            "settings.mail",
            what,
            Sentence("Set HOSTCITY_MAIL_URL, for example {url}.", url="smtps://USER:PASSWORD@HOST"),
        )


def _hosts(hosts: tuple[str, ...]) -> Check:
    mend = Sentence("Set HOSTCITY_HOSTS to the site's names, separated by spaces.")
    if "*" in hosts:
        return fail("settings.hosts", Sentence("HOSTCITY_HOSTS is *: links in mails can be forged."), mend)
    if all(host in ("127.0.0.1", "localhost", "[::1]") for host in hosts):
        return fail("settings.hosts", Sentence("The site answers to no name but this machine's own."), mend)
    return ok("settings.hosts", Sentence("The site answers to {names}.", names=", ".join(hosts)))


def _https(site: Environment) -> Check:
    if not site.is_https:
        what = Sentence("HTTPS is not required: whoever is on the way reads passwords.")
        return fail(
            "settings.https",
            what,
            Sentence("Put a proxy with HTTPS in front (hostcity unit) and set HOSTCITY_HTTPS=1."),
        )
    if not site.trusted_proxies:
        what = Sentence("HTTPS is required, but no proxy is trusted to say that a request came by it.")
        return warn("settings.https", what, Sentence("Behind one proxy set HOSTCITY_PROXIES=1."))
    return ok("settings.https", Sentence("HTTPS is required."))


def _permissions(home: Path) -> Iterator[Check]:
    names = ("hostcity.env", "secret-key", "hostcity.sqlite3", "demo-logins.txt")
    paths = [path for path in (home, *(home / name for name in names)) if path.exists()]
    open_to_others = [path for path in paths if stat.S_IMODE(path.stat().st_mode) & 0o077]
    for path in open_to_others:
        what = Sentence("Others on this machine may read {path}.", path=str(path))
        mode = "700" if path.is_dir() else "600"
        yield fail("files.permissions", what, Sentence("Run: {command}", command=f"chmod {mode} {path}"))
    if not open_to_others:
        yield ok("files.permissions", Sentence("The site's files are its owner's alone."))


def _disk(home: Path) -> Check:
    free_mib = shutil.disk_usage(home).free // 1024**2
    what = Sentence("{free} MiB are free where {path} lies.", free=free_mib, path=str(home))
    mend = Sentence("Make room, or move the site's home to a larger disk.")
    if free_mib < TOO_LITTLE_MIB:
        return fail("files.disk", what, mend)
    return warn("files.disk", what, mend) if free_mib < LITTLE_MIB else ok("files.disk", what)


def _clock() -> Check:
    now = datetime.now(UTC)
    what = Sentence("The clock says {now} UTC.", now=f"{now:%Y-%m-%d %H:%M}")
    return (
        ok("machine.clock", what)
        if now > PROGRAM_MADE
        else fail("machine.clock", what, Sentence("Set it; let NTP keep it."))
    )


def _assets() -> Check:
    missing = [name for name in NEEDED_FILES if finders.find(name) is None]
    if missing:
        what = Sentence("Scripts or styles are missing: {names}.", names=", ".join(missing))
        return fail("files.assets", what, Sentence("Install the wheel again; in a checkout run: make serve."))
    return ok("files.assets", Sentence("Scripts and styles are there."))
