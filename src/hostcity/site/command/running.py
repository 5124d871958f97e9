"""Commands that set up and run the site. Django is imported inside of them, for `hostcity rehearse` needs none of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hostcity.plan.sentences import Sentence
from hostcity.site.command.arguments import BAD_INPUT, AsJson, Home, Lang
from hostcity.site.command.telling import print_json, waiting
from hostcity.site.screens.words import Words, chosen_words
from hostcity.site.site_errors import SiteError

if TYPE_CHECKING:
    from hostcity.site.demo.people import Login

app = typer.Typer()


class Text(StrEnum):
    """What `unit` can print."""

    systemd = "systemd"
    caddy = "caddy"
    nginx = "nginx"


@app.command()
def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen at; this machine only, unless another is given.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None, typer.Option(help="Port. [default: the first free one from 8000]", min=1, max=65535)
    ] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Three example editions and a login per role, on this machine only.")
    ] = False,
    home: Home = None,
    workers: Annotated[
        int | None, typer.Option(help="Processes that answer requests. [default: 1]", min=1, max=64)
    ] = None,
    threads: Annotated[int | None, typer.Option(help="Threads of each. [default: 8]", min=1, max=100)] = None,
    lang: Lang = None,
) -> None:
    """Run the site: pages, API and one worker, until Ctrl-C or SIGTERM ends it."""
    words = chosen_words(lang)
    with refusals(words):
        from hostcity.site.opening import home_of

        _open_for_serving(home, demo=demo, workers=workers, threads=threads)
        from django.conf import settings

        from hostcity.site.apart import apart
        from hostcity.site.serving import is_loopback, listening
        from hostcity.site.serving import serve as serve_site

        is_demo = settings.ENVIRONMENT.is_demo
        if is_demo and not is_loopback(host):
            what = Sentence("A demonstration is for this machine only: its logins are printed.")
            raise SiteError("demo.host", what, Sentence("Leave --host out."))
        logins = apart(_make_ready, home_of(home), host)  # the tree's processes would carry for ever what this leaves
        listener = listening(host, port)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/"
    environment = settings.ENVIRONMENT
    serve_site(
        listener,
        workers=environment.workers,
        threads=environment.threads,
        when_ready=lambda: _show_ready(address, logins, words),
    )


def _open_for_serving(home: Path | None, *, demo: bool, workers: int | None, threads: int | None) -> None:
    from hostcity.site.opening import open_site

    given: dict[str, str] = {}
    if demo:
        given["HOSTCITY_DEMO"] = "1"
        os.environ.setdefault("HOSTCITY_DURABLE", "0")
        os.environ.setdefault("HOSTCITY_QUIET", "1")
    if workers is not None:
        given["HOSTCITY_WORKERS"] = str(workers)
    if threads is not None:
        given["HOSTCITY_THREADS"] = str(threads)
    open_site(home, may_begin=demo, **given)


def _make_ready(home: Path, host: str) -> list[Login]:
    """The database, and the demonstration if it is one; the logins to print."""
    from django.conf import settings

    from hostcity.site.demo.making import make_demo, refuse_demo_people
    from hostcity.site.migrating import make_ready
    from hostcity.site.serving import is_loopback

    is_demo = settings.ENVIRONMENT.is_demo
    make_ready(may_fill=is_demo or settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"))
    if is_demo:
        return make_demo(home)
    if not is_loopback(host):
        refuse_demo_people()
    return []


def _show_ready(address: str, logins: list[Login], words: Words) -> None:
    lines = [words("The site is at {address}").format(address=address)]
    if logins:
        lines.append(words("DEMO: one login per role. Nobody else reaches this machine's address; keep it so."))
        lines += [f"  {each.username:22} {each.password}" for each in logins]
    lines.append(words("Ctrl-C ends it."))
    print("\n".join(lines), flush=True)  # noqa: T201 -- what was asked for


@app.command()
def worker(
    slots: Annotated[
        int, typer.Option(help="Jobs that may run at the same time; one more for short ones.", min=1, max=64)
    ] = 2,
    warm: Annotated[
        bool, typer.Option(help="Import the engines at once, so that the first rehearsal is as fast as others.")
    ] = True,
    home: Home = None,
    parent: Annotated[int, typer.Option(help="Number of the process that starts this one: end when it is gone.")] = 0,
    lang: Lang = None,
) -> None:
    """Run the site's worker: rehearsals, imports, mail. SIGTERM lets running jobs end, Ctrl-C gives them back."""
    with refusals(chosen_words(lang)):
        from hostcity.site.opening import open_site

        open_site(home)
        from hostcity.site.migrating import make_ready

        make_ready(may_fill=False)
    if parent:
        from hostcity.site.parent import end_with_parent

        end_with_parent(parent)
    from hostcity.core.jobs.worker import work

    work(slots=slots, is_warm=warm)


@app.command()
def init(
    home: Home = None,
    admin: Annotated[str, typer.Option(help="Name with which the administrator signs in.")] = "",
    email: Annotated[str, typer.Option(help="The administrator's mail.")] = "",
    password_stdin: Annotated[
        bool,
        typer.Option(
            "--password-stdin",
            help="Read the administrator's password from standard input; else ADMIN_PASSWORD, else a one-time code is made.",
        ),
    ] = False,
    database_url: Annotated[
        str, typer.Option(help="postgresql://USER:PASSWORD@HOST:PORT/NAME. [default: SQLite in the home]")
    ] = "",
    host: Annotated[
        list[str] | None, typer.Option("--host", help="Name under which the site is reached. May be given again.")
    ] = None,
    https: Annotated[bool, typer.Option(help="Whether a proxy with HTTPS stands in front.")] = True,
    lang: Lang = None,
) -> None:
    """Set up a site: settings with a fresh secret, the database, the first administrator. Asks nothing."""
    words = chosen_words(lang)
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else os.environ.get("ADMIN_PASSWORD", "")
    with refusals(words):
        from hostcity.site.setting_up import set_up

        with waiting(words("Setting up the database")):
            made = set_up(
                home=home, admin=admin, email=email, password=password, database_url=database_url,
                hosts=tuple(host or ()), https=https and bool(host),
            )  # fmt: skip
    told = [words("Settings: {path}") if made.is_new else words("Settings, as they were: {path}")]
    if made.code:
        told.append(words("{name} signs in at /accounts/code/ with this code, once, within two days: {code}"))
    elif made.administrator:
        told.append(words("{name} signs in with the password that you gave."))
    told.append(
        words(
            "Next: hostcity serve --home {home}; then hostcity doctor --deploy --home {home}; hostcity unit --home {home} prints what systemd and a proxy need."
        )
    )
    for line in told:
        print(line.format(path=made.env_file, name=made.administrator, code=made.code, home=made.home))  # noqa: T201 -- what was asked for


@app.command()
def migrate(home: Home = None, lang: Lang = None) -> None:
    """Give the database what this version needs. Make a backup before."""
    words = chosen_words(lang)
    with refusals(words):
        from hostcity.site.opening import open_site

        open_site(home)
        from hostcity.site.migrating import migrate as migrate_database

        with waiting(words("Changing the database")):
            before = migrate_database()
    print(words("Changes made to the database: {count}.").format(count=len(before.missing)))  # noqa: T201 -- what was asked for


@app.command()
def reindex(
    edition: Annotated[str | None, typer.Argument(help="Code of one edition. [default: all]")] = None,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Make the index of search anew. People may go on working meanwhile."""
    words = chosen_words(lang)
    with refusals(words):
        from hostcity.site.opening import open_site

        open_site(home)
        from hostcity.site.migrating import make_ready, reindex_editions

        make_ready(may_fill=False)
        counts = reindex_editions(edition)
    if as_json:
        print_json(counts)
        return
    for code, count in counts.items():
        print(words("{edition}: {count} documents can be found.").format(edition=code, count=count))  # noqa: T201 -- what was asked for


@app.command()
def doctor(
    deploy: Annotated[bool, typer.Option("--deploy", help="As strictly as a site needs that others reach.")] = False,
    mend: Annotated[bool, typer.Option("--mend", help="Throw away files that nothing needs any more.")] = False,
    home: Home = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Look at everything that keeps a site from working, and say how to mend it. Exit code 1 when something fails."""
    words = chosen_words(lang)
    from hostcity.site.doctor.check import Check, State

    try:
        from hostcity.site.opening import open_site

        open_site(home, must_reach=False)
        from hostcity.site.doctor import examine

        checks = list(examine(for_deployment=deploy, is_mending=mend))
    except SiteError as error:
        checks = [Check(error.code, State.FAIL, error.what, error.mend)]
    if as_json:
        print_json({"checks": [each.as_data() for each in checks]})
    else:
        _show_checks(checks, words)
    if any(each.state is State.FAIL for each in checks):
        raise typer.Exit(1)


def _show_checks(checks: list[Any], words: Words) -> None:
    signs = {"ok": words("ok"), "warn": words("look"), "fail": words("FAILS")}
    for each in checks:
        print(f"{signs[each.state.value]:6} {words.told(each.what)}")  # noqa: T201 -- what was asked for
        if each.mend:
            print(f"       {words.told(each.mend)} [{each.code}]")  # noqa: T201 -- what was asked for


@app.command()
def unit(
    text: Annotated[Text, typer.Argument(help="Which text.")] = Text.systemd,
    home: Home = None,
    user: Annotated[str, typer.Option(help="User of the machine as whom the site runs.")] = "hostcity",
    port: Annotated[int, typer.Option(help="Port at which the site listens.", min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="Name under which the site is reached.")] = "expo.example.cn",
    lang: Lang = None,
) -> None:
    """Print a systemd unit, or what a proxy with HTTPS needs."""
    from hostcity.site.opening import home_of
    from hostcity.site.units import unit as text_of_unit

    print(text_of_unit(text.value, home=home_of(home), user=user, port=port, host=host), end="")  # noqa: T201 -- what was asked for


@app.command()
def end_demo(home: Home = None, lang: Lang = None) -> None:
    """Let no login of the demonstration work any more."""
    words = chosen_words(lang)
    with refusals(words):
        from hostcity.site.opening import home_of, open_site

        open_site(home)
        from hostcity.site.demo.people import end_demo as end_logins
        from hostcity.site.migrating import make_ready

        make_ready(may_fill=False)
        count = end_logins(home_of(home))
    print(words("Logins that no longer work: {count}.").format(count=count))  # noqa: T201 -- what was asked for


@contextmanager
def refusals(words: Words) -> Iterator[None]:
    """Say what keeps the command from its work, and end with exit code 2."""
    try:
        yield
    except SiteError as error:
        print(words.error(error.what, error.mend, error.code), file=sys.stderr)  # noqa: T201 -- plain text: codes in brackets are no markup
        raise typer.Exit(BAD_INPUT) from None
