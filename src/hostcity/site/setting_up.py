"""A new site: its folder, its settings with a fresh secret, its database and its first administrator."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hostcity.plan.sentences import Sentence
from hostcity.site.environment import database_of
from hostcity.site.migrating import migrate
from hostcity.site.opening import ENV_FILE, home_of, open_site, refuse_unreachable, told
from hostcity.site.site_errors import SiteError

if TYPE_CHECKING:
    from hostcity.core.models import Person

CODE_LASTS = timedelta(days=2)
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[::1\]")
USERNAME = re.compile(r"[\w.@+-]{1,150}")


@dataclass(frozen=True, kw_only=True, slots=True)
class NewSite:
    """What was made."""

    home: Path
    env_file: Path
    is_new: bool  # whether the settings were written now
    administrator: str = ""
    code: str = ""  # to sign in with, once


def set_up(
    *, home: Path | None, admin: str, email: str, password: str, database_url: str, hosts: tuple[str, ...], https: bool
) -> NewSite:
    """Write the settings unless they are there, fill the database, make the administrator.

    An administrator who is there already is given a new code: whoever may run this owns the site anyway.
    """
    folder = home_of(home)
    _check(admin=admin, database_url=database_url, hosts=hosts, home=folder)
    os.umask(0o077)
    file = folder / ENV_FILE
    is_new = not file.exists()
    with _undone_when_it_fails(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if is_new:
            _write(file, settings_of(folder, database_url=database_url, hosts=hosts, https=https))
        open_site(folder, may_begin=True)
        if admin and password:
            _refuse_weak(password, admin, email)  # before the database is filled, which takes seconds
        migrate()
        code = _administrator(admin, email=email, password=password) if admin else ""
    return NewSite(home=folder, env_file=file, is_new=is_new, administrator=admin, code=code)


@contextmanager
def _undone_when_it_fails(folder: Path) -> Iterator[None]:
    """Leave a folder as it was before, unless all goes well."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    before = set(folder.iterdir()) if folder.exists() else set()
    try:
        yield
    except BaseException:
        for each in set(folder.iterdir()) - before if folder.exists() else ():
            shutil.rmtree(each) if each.is_dir() else each.unlink()
        for each in made:
            with suppress(OSError):
                each.rmdir()
        raise


def _check(*, admin: str, database_url: str, hosts: tuple[str, ...], home: Path) -> None:
    if admin and not USERNAME.fullmatch(admin):
        what = Sentence("{name} is no name to sign in with.", name=repr(admin))
        raise SiteError("init.admin", what, Sentence("Use letters, digits and . @ + - _ only."))
    for host in hosts:
        if not HOST.fullmatch(host):
            what = Sentence("{name} is no name of a host.", name=repr(host))
            raise SiteError(
                "init.host",
                what,
                Sentence("Give a name such as {name}, without https:// and port.", name="expo.example.cn"),
            )
    if "\n" in database_url or "\r" in database_url:
        raise SiteError("init.database", Sentence("DATABASE_URL has several lines."), Sentence("Give it in one line."))
    with told():
        database = database_of(database_url, home)
    refuse_unreachable(database)


def settings_of(home: Path, *, database_url: str, hosts: tuple[str, ...], https: bool) -> str:
    """The settings as a file that systemd reads too, with a fresh secret."""
    lines = [
        "# Settings of this site, for `hostcity` and systemd. Keep it readable by its owner only.",
        f"HOSTCITY_HOME={home}",
        f"HOSTCITY_SECRET_KEY={secrets.token_urlsafe(64)}",
        f"HOSTCITY_HOSTS={' '.join((*hosts, '127.0.0.1', 'localhost'))}",
        f"HOSTCITY_HTTPS={int(https)}",
        f"HOSTCITY_PROXIES={int(https)}",
        "# HOSTCITY_MAIL_URL=smtps://USER:PASSWORD@HOST",
    ]
    return "\n".join([*lines, f"DATABASE_URL={database_url}" if database_url else "# DATABASE_URL=", ""])


def _write(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _administrator(name: str, *, email: str, password: str) -> str:
    """Make the administrator; a code to sign in with once, where there is no password."""
    from django.db import transaction

    from hostcity.core.models import Person

    person = Person.objects.filter(username=name).first() or Person(username=name, email=email)
    if password:
        _refuse_weak(password, person.username, person.email)
    with transaction.atomic():
        if password:
            person.set_password(password)
        elif person.pk is None:
            person.set_unusable_password()
        person.is_superuser = person.is_active = True
        person.save()
        return "" if password else _code(person)


def _refuse_weak(password: str, name: str, email: str) -> None:
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from hostcity.core.models import Person

    try:
        validate_password(password, Person(username=name, email=email))
    except ValidationError as error:
        what = Sentence("This password is too weak: {why}", why=" ".join(error.messages))
        raise SiteError("init.password", what, Sentence("Give a longer one that nobody guesses.")) from None


def _code(person: Person) -> str:
    from hostcity.core.accounts.codes import make_code_of_the_house

    return make_code_of_the_house(person, lasts=CODE_LASTS)
