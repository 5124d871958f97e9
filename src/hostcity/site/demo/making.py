"""Make the demonstration, or find it made."""

from __future__ import annotations

from pathlib import Path

from hostcity.core.models import Edition, Person
from hostcity.core.models.people import Role
from hostcity.plan.sentences import Sentence
from hostcity.site.demo.editions import fill_plans, keep_scenarios, make_editions, rehearse_what_lies_ahead
from hostcity.site.demo.people import PREFIX, Login, demo_people, make_logins
from hostcity.site.site_errors import SiteError


def make_demo(home: Path) -> list[Login]:
    """Editions, plans, logins and a first rehearsal; what is there stays. Raises `SiteError` in a database with other people in it."""
    refuse_real_site()
    editions = make_editions()
    logins = make_logins(home, editions)
    administrator = Person.objects.get(username=PREFIX + Role.ADMINISTRATOR)
    fill_plans(editions, administrator)
    keep_scenarios(editions, administrator)
    rehearse_what_lies_ahead(editions, administrator)
    return logins


def refuse_real_site() -> None:
    """A demonstration prints its logins: none may be in a database that somebody works with."""
    if Person.objects.exists() and not Edition.objects.filter(is_demo=True).exists():
        what = Sentence("This site is no demonstration: it has people of its own.")
        raise SiteError("demo.real", what, Sentence("Give the demonstration another --home."))


def refuse_demo_people() -> None:
    """Logins of a demonstration are for this machine only."""
    count = demo_people().filter(is_active=True).count()
    if count:
        what = Sentence(
            "{count} logins of a demonstration work here, so only this machine may reach the site.", count=count
        )
        raise SiteError("demo.reached", what, Sentence("Leave --host out, or end them: hostcity end-demo."))
