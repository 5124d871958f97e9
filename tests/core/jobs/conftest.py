"""What tests of jobs share."""

import pytest

from hostcity.core.models.people import Role
from hostcity.core.registries import registries
from tests import people
from tests.core.jobs import kinds


@pytest.fixture(autouse=True)
def _kinds():
    kinds.register()
    yield
    for each in kinds.KINDS:
        del registries.job_kinds[each.name]


@pytest.fixture
def edition(db):
    return people.edition()


@pytest.fixture
def director(edition):
    return people.person(Role.DRILL_DIRECTOR, edition)
