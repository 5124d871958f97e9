"""Opens the site for a command: the settings of its home, then Django."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hostcity.plan.sentences import Sentence
from hostcity.site.site_errors import SiteError

ENV_FILE = "hostcity.env"


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


def open_site(home: Path | None, **variables: str) -> None:
    """Settings: those given here, then the surroundings', then those of the home's file. Then Django with all of them."""
    os.umask(0o077)  # whatever the site writes is its owner's alone
    folder = home_of(home)
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
        what = Sentence("The database cannot be used: {said}.", said=str(error).strip().splitlines()[0].rstrip("."))
        mend = Sentence("Check DATABASE_URL, that the database is there, and that it lets this user in.")
        raise SiteError("site.database", what, mend) from None
