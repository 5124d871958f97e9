"""An edition with a small venue, and its planner."""

import pytest
from django.utils import translation

from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from tests import people
from tests.venue import halls


@pytest.fixture(autouse=True)
def _english():
    """A page asked for in Chinese leaves its language behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def edition(db):
    return people.edition()


@pytest.fixture
def planner(edition):
    return people.person(Role.PLANNER, edition)


@pytest.fixture
def drawn(edition, planner):
    """The edition holds the small venue."""
    replace_plan(edition=edition, plan=halls.plan(), by=planner)
    return edition
