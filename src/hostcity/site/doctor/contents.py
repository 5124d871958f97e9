"""What the database holds."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.db import connection
from django_scopes import scope

from hostcity.core.ledger_verify import verify_ledger
from hostcity.core.models import Edition, Person, PlanRow, SearchDoc
from hostcity.core.plan_rows.audit import rows_not_in_ledger
from hostcity.plan.sentences import Sentence
from hostcity.site.demo.people import demo_people
from hostcity.site.doctor.check import Check, State, fail, ok, warn

SHOWN = 5  # places of rows


def checks(*, for_deployment: bool) -> Iterator[Check]:
    """All of them."""
    yield from _people(for_deployment=for_deployment)
    yield _guard()
    for edition in Edition.objects.order_by("code"):
        yield _ledger(edition)
        yield _plan_rows(edition)
        yield from _search(edition)


def _people(*, for_deployment: bool) -> Iterator[Check]:
    administrators = Person.objects.filter(is_superuser=True, is_active=True)
    if not administrators:
        what = Sentence("Nobody runs the site: there is no administrator.")
        yield fail("people.administrator", what, Sentence("Run: hostcity init --admin NAME."))
    else:
        yield ok("people.administrator", Sentence("Administrators of the site: {count}.", count=len(administrators)))
    demo = demo_people().filter(is_active=True).count()
    if demo:
        state = State.FAIL if for_deployment else State.WARN
        what = Sentence("{count} logins of a demonstration work.", count=demo)
        yield Check("people.demo", state, what, Sentence("Before anybody else reaches the site: hostcity end-demo."))
    with_second = Authenticator.objects.filter(user__in=administrators).values("user").distinct().count()
    if for_deployment and with_second < len(administrators):
        what = Sentence("Administrators without a second factor: {count}.", count=len(administrators) - with_second)
        yield warn("people.second_factor", what, Sentence("Let each set one up on the page of their account."))


def _guard() -> Check:
    """The database's own triggers."""
    query, least = {
        "sqlite": ("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'core_act'", 2),
        "postgresql": ("SELECT count(*) FROM pg_trigger WHERE tgrelid = 'core_act'::regclass AND tgenabled = 'O' AND NOT tgisinternal", 2),
    }[connection.vendor]  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(query)
        found = cursor.fetchone()[0]
    if found < least:
        what = Sentence("The ledger's guard is missing: its lines could be changed.")
        return fail("ledger.guard", what, Sentence("Find out who removed it; restore the database from a backup."))
    return ok("ledger.guard", Sentence("The database refuses to change lines of the ledger."))


def _ledger(edition: Edition) -> Check:
    verified = verify_ledger(edition)
    if verified.is_whole:
        what = Sentence("{edition}: the ledger holds, {count} lines.", edition=edition.code, count=verified.verified)
        return ok("ledger.chain", what)
    what = Sentence("{edition}: the ledger is broken at line {number}.", edition=edition.code, number=verified.broken)
    mend = Sentence("Keep a copy of the database as it is, find out who changed it, then restore a backup.")
    return fail("ledger.chain", what, mend)


def _plan_rows(edition: Edition) -> Check:
    found = rows_not_in_ledger(edition)
    if not found:
        return ok("ledger.plan", Sentence("{edition}: the plan is what the ledger tells.", edition=edition.code))
    places = ", ".join(f"{sheet}.{key}" for sheet, key in found[:SHOWN]) + ("…" if len(found) > SHOWN else "")
    what = Sentence(
        "{edition}: {count} rows of the plan were changed without a line in the ledger: {places}",
        edition=edition.code, count=len(found), places=places,
    )  # fmt: skip
    mend = Sentence("Keep a copy of the database as it is, find out who changed it, then restore a backup.")
    return fail("ledger.plan", what, mend)


def _search(edition: Edition) -> Iterator[Check]:
    with scope(edition=edition):
        if PlanRow.objects.exists() and not SearchDoc.objects.exists():
            what = Sentence("{edition}: nothing can be found by search.", edition=edition.code)
            yield warn("search.index", what, Sentence("Run: hostcity migrate; it writes the index anew."))
