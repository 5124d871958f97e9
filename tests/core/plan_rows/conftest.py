"""An edition with a planner."""

import pytest
from django.utils import translation

from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import read_plan
from tests import people


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
def tiny(edition, planner):
    """The edition holds the tiny example."""
    plan = read_plan("examples/tiny")
    replace_plan(edition=edition, plan=plan, by=planner)
    return plan
