"""An edition with ten tasks of two departments, and their owners."""

import datetime

import pytest
from django.utils import translation
from django_scopes import scope

from hostcity.core.models import Bureau
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from tests import people
from tests.fairs import small_fair
from tests.readiness import tasks


@pytest.fixture(autouse=True)
def _english():
    """A page asked for in Chinese leaves its language behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def edition(db):
    """It opens in 30 days; its first task could begin a week ago."""
    opens = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=30)
    made = people.edition(opens_on=opens, closes_on=opens)
    replace_plan(edition=made, plan=tasks.with_tasks(small_fair(), opens), by=None)
    return made


@pytest.fixture
def planner(edition):
    return people.person(Role.PLANNER, edition, name="Pia Planner")


@pytest.fixture
def director(edition):
    return people.person(Role.DRILL_DIRECTOR, edition, name="Dora Director")


def owner_of(edition, code, name):
    with scope(edition=edition):
        bureau, _ = Bureau.objects.get_or_create(edition=edition, code=code, defaults={"name_en": code})
    return people.person(Role.BUREAU_OWNER, edition, bureau=bureau, name=name)


@pytest.fixture
def fair_owner(edition):
    return owner_of(edition, "fair", "Fay Fair")


@pytest.fixture
def city_owner(edition):
    return owner_of(edition, "city", "Cy City")
