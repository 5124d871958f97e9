"""Each test begins without a history of requests."""

import pytest

from hostcity.core.api import rates
from hostcity.core.models.people import Role
from tests import people
from tests.site.api.programs import program


@pytest.fixture(autouse=True)
def _no_history():
    rates.KNOWN.forget()
    rates.UNKNOWN.forget()


@pytest.fixture
def edition(db):
    return people.edition()


@pytest.fixture
def planner(edition):
    return people.person(Role.PLANNER, edition)


@pytest.fixture
def administrator(edition):
    return people.person(Role.ADMINISTRATOR, edition)


@pytest.fixture
def planners(planner, edition):
    """The planner's program."""
    return program(planner, edition)


@pytest.fixture
def administrators(administrator, edition):
    """The administrator's program."""
    return program(administrator, edition)
