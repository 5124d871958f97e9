"""Opens the site for a command: the settings of its home, then Django."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hostcity.plan.sentences import Sentence
from hostcity.site.site_errors import SiteError

ENV_FILE = "hostcity.env"
CONNECT_S = 5  # for a server that does not answer at all
ELSEWHERE = ("DATABASE_URL", "HOSTCITY_SECRET_KEY", "HOSTCITY_SECRET_KEY_FILE")


def home_of(given: Path | None) -> Path:
    """The folder that is asked for, by the option or by the surroundings."""
    return Path(given or os.environ.get("HOSTCITY_HOME") or "var").absolute()


def read_env_file(path: Path) -> dict[str, str]:
    """NAME=VALUE of each line; the same file as systemd reads. Raises `SiteError` for a line that is none."""
    variables = {}
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, equals, value = text.partition("=")
        if not equals or not name.strip().isidentifier():
            what = Sentence("Line {number} of {path} is no setting.", number=number, path=str(path))
            raise SiteError("site.env_file", what, Sentence("Write NAME=VALUE, or # before a remark."))
        variables[name.strip()] = value.strip().strip('"')
    return variables


def is_there(home: Path) -> bool:
    """Whether a site has been set up in a folder, or the surroundings say where its database is."""
    return any(map(os.environ.get, ELSEWHERE)) or any((home / name).exists() for name in (ENV_FILE, "hostcity.sqlite3"))


def open_site(home: Path | None, *, may_begin: bool = False, must_reach: bool = True, **variables: str) -> None:
    """Settings: those given here, then the surroundings', then those of the home's file. Then Django with all of them.

    Raises `SiteError` when there is no site and none ``may_begin``: a mistyped folder is left as it is; and when its
    database ``must_reach`` and cannot be reached.
    """
    os.umask(0o077)  # whatever the site writes is its owner's alone
    folder = home_of(home)
    if not may_begin and not is_there(folder):
        what, mend = (
            Sentence("No site in {path}.", path=str(folder)),
            Sentence(
                "Set it up: hostcity init --home {path}; or look at a demonstration: hostcity serve --demo.",
                path=str(folder),
            ),
        )
        raise SiteError("site.none", what, mend)
    os.environ.update(variables)
    os.environ["HOSTCITY_HOME"] = str(folder)
    file = folder / ENV_FILE
    if file.exists():
        for name, value in read_env_file(file).items():
            os.environ.setdefault(name, value)
    os.environ["DJANGO_SETTINGS_MODULE"] = "hostcity.site.settings"
    with told():
        import django

        django.setup()
    if must_reach:
        from django.conf import settings

        refuse_unreachable(settings.DATABASES["default"])


def refuse_unreachable(database: Mapping[str, Any]) -> None:
    """Raise `SiteError` with the driver's own words when PostgreSQL cannot be reached.

    A pool only waits in vain, logs each of its tries, and says in the end how long it has waited.
    """
    if not database["ENGINE"].endswith("postgresql"):
        return
    import psycopg

    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    given = {name: database[key] for key, name in names.items() if database[key]}
    given |= {name: value for name, value in database["OPTIONS"].items() if name not in ("pool", "options")}
    try:
        psycopg.connect(**given, connect_timeout=CONNECT_S).close()
    except psycopg.Error as error:
        raise _unusable(error) from None


def _unusable(error: BaseException) -> SiteError:
    what = Sentence("The database cannot be used: {said}.", said=str(error).strip().splitlines()[0].rstrip("."))
    mend = Sentence("Check DATABASE_URL, that the database is there, and that it lets this user in.")
    return SiteError("site.database", what, mend)


@contextmanager
def told() -> Iterator[None]:
    """Say wrong settings and a database that cannot be reached as a `SiteError`."""
    from django.db import OperationalError

    from hostcity.site.environment import WrongEnvironmentError

    try:
        yield
    except WrongEnvironmentError as error:
        raise SiteError("site.settings", error.what, error.mend) from None
    except OperationalError as error:
        raise _unusable(error) from None
