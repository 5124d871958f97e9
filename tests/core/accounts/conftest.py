"""An edition with somebody in it."""

import pytest
from django.core.cache import cache

from hostcity.core.models.people import Role
from tests import people


@pytest.fixture(autouse=True)
def _no_limits_left(request):
    """Limits are counted in the database's cache, which is empty at the start of a test; here for tests without one."""
    yield
    if request.node.get_closest_marker("django_db"):
        cache.clear()


@pytest.fixture
def edition():
    return people.edition()


@pytest.fixture
def anna(edition):
    return people.person(
        Role.PLANNER, edition, username="anna", name="Anna", email="anna@example.org", phone="+8613800000001"
    )


@pytest.fixture
def boss(edition):
    return people.person(Role.ADMINISTRATOR, edition, username="boss", name="Boss")
