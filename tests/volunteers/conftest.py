"""An edition with a small force, and its people."""

import pytest
from django.utils import translation

from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from tests import people
from tests.volunteers import force


@pytest.fixture(autouse=True)
def _english():
    """A page asked for in Chinese leaves its language behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def edition(db):
    """The edition holds the force."""
    made = people.edition()
    replace_plan(edition=made, plan=force.plan(), by=None)
    return made


@pytest.fixture
def planner(edition):
    return people.person(Role.PLANNER, edition)


@pytest.fixture
def coordinator(edition):
    return people.person(Role.COORDINATOR, edition)
