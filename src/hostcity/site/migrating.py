"""The database's shape: what it lacks, and giving it that."""

from __future__ import annotations

from dataclasses import dataclass

from hostcity.plan.sentences import Sentence
from hostcity.site.opening import told
from hostcity.site.site_errors import SiteError


@dataclass(frozen=True, slots=True)
class Shape:
    """What a database has beside what the program needs."""

    is_fresh: bool  # nothing was ever made in it
    missing: tuple[str, ...]  # migrations that have not been applied
    unknown: tuple[str, ...]  # applied by a newer program
    lacks_cache: bool

    @property
    def is_ready(self) -> bool:
        """Whether the program can work with it."""
        return not (self.missing or self.unknown or self.lacks_cache)


def shape_of_database() -> Shape:
    """Compare the database with the program. Raises `SiteError` when it cannot be reached."""
    from django.conf import settings
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    with told():
        executor = MigrationExecutor(connection)
        applied, known = set(executor.loader.applied_migrations), set(executor.loader.disk_migrations)
        needed = set(executor.loader.graph.nodes)
        ours = {app for app, _name in known}
        return Shape(
            is_fresh=not applied,
            missing=tuple(sorted(f"{app}.{name}" for app, name in needed - applied)),
            unknown=tuple(sorted(f"{app}.{name}" for app, name in applied - known if app in ours)),
            lacks_cache=settings.CACHES["default"]["LOCATION"] not in connection.introspection.table_names(),
        )


def migrate() -> Shape:
    """Give the database what it lacks; the shape that it had before."""
    from django.core.management import call_command

    before = shape_of_database()
    refuse_newer(before)
    with told():
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        reindex_editions()
    return before


def reindex_editions(code: str | None = None) -> dict[str, int]:
    """Make the index of search anew: another version may find things by other words. Documents by edition.

    Raises `SiteError` for an edition that is not known.
    """
    from hostcity.core.models import Edition
    from hostcity.core.search.services import rebuild

    editions = {each.code: each for each in Edition.objects.order_by("code")}
    if code is not None and code not in editions:
        what = Sentence("No edition {code}.", code=code)
        raise SiteError("site.edition", what, Sentence("Known: {codes}.", codes=", ".join(editions) or "–"))
    return {each.code: rebuild(each) for each in editions.values() if code in (None, each.code)}


def make_ready(*, may_fill: bool) -> None:
    """Fill a fresh database, if it may be; refuse one that is older or newer than the program."""
    shape = shape_of_database()
    refuse_newer(shape)
    if shape.is_ready:
        return
    if shape.is_fresh and may_fill:
        migrate()
        return
    if shape.is_fresh:
        what = Sentence("The database is empty.")
    else:
        what = Sentence(
            "The database is older than the program: {count} changes are missing.", count=len(shape.missing)
        )
    raise SiteError("site.migrations", what, Sentence("Make a backup, then run: hostcity migrate."))


def refuse_newer(shape: Shape) -> None:
    """Raise `SiteError` for a database that a newer program has changed."""
    if shape.unknown:
        what = Sentence("The database was changed by a newer program: {names}.", names=", ".join(shape.unknown))
        raise SiteError(
            "site.newer", what, Sentence("Install that version again, or restore the backup made before it.")
        )
