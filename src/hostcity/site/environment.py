"""What the surroundings say: HOSTCITY_… variables and DATABASE_URL, read once, unknown names refused."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from hostcity.plan.sentences import Sentence, in_sentences

KNOWN = frozenset(
    f"HOSTCITY_{name}"
    for name in (
        "HOME", "SECRET_KEY", "SECRET_KEY_FILE", "DEBUG", "DEMO", "HOSTS", "HTTPS", "MAIL_URL", "MAIL_FROM", "CACHE",
        "PROXIES", "DURABLE", "QUIET", "LANG", "PHONE_GATEWAY_URL", "PHONE_GATEWAY_SECRET", "WEBHOOK_HOSTS", "WORKERS",
        "THREADS",
    )
)  # fmt: skip


class WrongEnvironmentError(ValueError):
    """A setting that cannot be used: which, why, how to mend it."""

    def __init__(self, what: Sentence, mend: Sentence) -> None:
        self.what, self.mend = what, mend
        super().__init__(in_sentences(what, mend, chinese=False))


@dataclass(frozen=True, kw_only=True)
class Environment:
    """The site's surroundings."""

    home: Path  # database, keys, logins of the demonstration
    secret_key: str
    database: Mapping[str, Any]
    is_debug: bool = False
    is_demo: bool = False
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    is_https: bool = False
    mail_url: str = ""
    mail_from: str = "hostcity@localhost"
    trusted_proxies: int = 0
    phone_gateway_url: str = ""
    phone_gateway_secret: str = ""
    workers: int = 1  # processes that answer requests
    threads: int = 8  # of each
    is_quiet: bool = False  # no log line per request
    webhook_hosts: frozenset[str] = frozenset()  # HOST:PORT of gateways that are not public

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> Environment:
        """The environment that these variables say. Raises `WrongEnvironmentError` for what it does not know."""
        unknown = sorted(name for name in variables if name.startswith("HOSTCITY_") and name not in KNOWN)
        if unknown:
            raise WrongEnvironmentError(
                Sentence("Unknown settings: {names}.", names=", ".join(unknown)),
                Sentence("Known are: {names}.", names=", ".join(sorted(KNOWN))),
            )
        home = Path(variables.get("HOSTCITY_HOME") or "var").absolute()
        return cls(
            home=home,
            secret_key=_secret_key(variables, home),
            database=database_of(
                variables.get("DATABASE_URL", ""),
                home,
                is_durable=_flag(variables, "DURABLE", "1"),
                connections=_number(variables, "THREADS", 8) + 2,
            ),
            is_debug=_flag(variables, "DEBUG"),
            is_demo=_flag(variables, "DEMO"),
            hosts=tuple(variables.get("HOSTCITY_HOSTS", "127.0.0.1 localhost [::1]").replace(",", " ").split()),
            is_https=_flag(variables, "HTTPS"),
            mail_url=variables.get("HOSTCITY_MAIL_URL", ""),
            mail_from=variables.get("HOSTCITY_MAIL_FROM", "hostcity@localhost"),
            trusted_proxies=_number(variables, "PROXIES", 0),
            phone_gateway_url=variables.get("HOSTCITY_PHONE_GATEWAY_URL", ""),
            phone_gateway_secret=variables.get("HOSTCITY_PHONE_GATEWAY_SECRET", ""),
            workers=_number(variables, "WORKERS", 1),
            threads=_number(variables, "THREADS", 8),
            is_quiet=_flag(variables, "QUIET"),
            webhook_hosts=frozenset(variables.get("HOSTCITY_WEBHOOK_HOSTS", "").replace(",", " ").split()),
        )


def _flag(variables: Mapping[str, str], name: str, default: str = "0") -> bool:
    return variables.get(f"HOSTCITY_{name}", default).lower() in ("1", "yes", "true", "on")


def _number(variables: Mapping[str, str], name: str, default: int) -> int:
    given = variables.get(f"HOSTCITY_{name}") or str(default)
    if not given.isdecimal() or int(given) > 1000:
        raise WrongEnvironmentError(
            Sentence("{name} is {value}.", name=f"HOSTCITY_{name}", value=repr(given)),
            Sentence("Give a whole number from 0 to 1000."),
        )
    return int(given)


def _secret_key(variables: Mapping[str, str], home: Path) -> str:
    """From the variable or a file; a file of its own, readable by its owner only, where neither is given."""
    if variables.get("HOSTCITY_SECRET_KEY"):
        return variables["HOSTCITY_SECRET_KEY"]
    path = Path(variables.get("HOSTCITY_SECRET_KEY_FILE") or home / "secret-key")
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()  # another process of the same start was first
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64) + "\n")
    return path.read_text().strip()


def database_of(url: str, home: Path, *, is_durable: bool = True, connections: int = 10) -> dict[str, Any]:
    """Django's settings of a database: SQLite under ``home`` unless a URL of PostgreSQL (or sqlite:///path) is given."""
    parts = urlsplit(url)
    if not url or parts.scheme == "sqlite":
        name = unquote(parts.path) if url else str(home / "hostcity.sqlite3")
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": name,
            "CONN_MAX_AGE": None,  # opening one costs more than most requests
            "OPTIONS": {
                # DEFERRED fails with "database is locked" as soon as two transactions read before they write.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    f"PRAGMA journal_mode=WAL; PRAGMA synchronous={'FULL' if is_durable else 'NORMAL'}; "
                    "PRAGMA foreign_keys=ON; PRAGMA cache_size=-20000; PRAGMA mmap_size=134217728; "
                    "PRAGMA journal_size_limit=27103364;"
                ),
            },
        }
    mend = Sentence("Give {url}.", url="postgresql://USER:PASSWORD@HOST:PORT/NAME")
    if not parts.scheme:
        raise WrongEnvironmentError(Sentence("DATABASE_URL is no address."), mend)
    if parts.scheme not in ("postgres", "postgresql"):
        raise WrongEnvironmentError(Sentence("DATABASE_URL begins with {scheme}://.", scheme=parts.scheme), mend)
    port = _port_of(parts)
    if port is None:
        raise WrongEnvironmentError(Sentence("The port in DATABASE_URL is no number from 1 to 65535."), mend)
    options: dict[str, Any] = dict(parse_qsl(parts.query))
    options["options"] = "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "hostcity",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": port,
        "CONN_MAX_AGE": 0,  # the pool keeps them
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": connections, "timeout": 10}},
    }


def _port_of(parts: SplitResult) -> str | None:
    """The port, "" = none given; None when it cannot be one."""
    try:
        return str(parts.port or "")
    except ValueError:
        return None


def mail_of(url: str) -> dict[str, Any]:
    """Django's settings of mail: on the console unless smtp://USER:PASSWORD@HOST:PORT (or smtps://…) is given."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        forms = "smtp://USER:PASSWORD@HOST:587 (STARTTLS), smtps://USER:PASSWORD@HOST:465, smtp://HOST:25?tls=no"
        raise WrongEnvironmentError(
            Sentence("HOSTCITY_MAIL_URL begins with {scheme}://.", scheme=parts.scheme),
            Sentence("Give {url}.", url=forms),
        )
    is_plain = dict(parse_qsl(parts.query)).get("tls") == "no"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 587, "smtps": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and not is_plain,
        "EMAIL_TIMEOUT": 15,
    }
