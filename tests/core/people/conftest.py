"""An edition with its administrator and a coordinator."""

import pytest

from hostcity.core.models.people import Role
from tests import people


@pytest.fixture
def edition():
    return people.edition()


@pytest.fixture
def boss(edition):
    return people.person(Role.ADMINISTRATOR, edition, username="boss", name="Boss")


@pytest.fixture
def coordinator(edition):
    return people.person(Role.COORDINATOR, edition, username="coordinator", name="Coordinator")


@pytest.fixture
def anna(edition):
    return people.person(
        Role.PLANNER, edition, username="anna", name="Anna", email="anna@example.org", phone="+8613800000001"
    )


@pytest.fixture
def volunteer(edition):
    return people.person(
        Role.VOLUNTEER, edition, username="vera", name="王小明", pinyin="wangxiaoming wxm", phone="+8613800000002"
    )
