"""An edition with the tiny plan, its people, and a rehearsal that was played."""

from __future__ import annotations

from pathlib import Path

import pytest
from django_scopes import scope

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Bureau, Edition
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import read_plan
from hostcity.rehearsal.services import start_rehearsal
from tests import people
from tests.shared_rows import undone

TINY = Path("examples/tiny")


@pytest.fixture(scope="module")
def first_edition(module_db):
    """Made once; what a test does to it is undone."""
    return planned()


@pytest.fixture
def db(module_db):
    """What a test writes is undone in the end."""
    with undone():
        yield


@pytest.fixture
def edition(first_edition, db):
    """In whose scope the test runs."""
    with scope(edition=first_edition):
        yield Edition.objects.get(pk=first_edition.pk)


def planned():
    """A new edition with the tiny plan."""
    made = people.edition()
    replace_plan(edition=made, plan=read_plan(TINY), by=None)
    return made


@pytest.fixture
def director(edition):
    return people.person(Role.DRILL_DIRECTOR, edition)


@pytest.fixture
def bureau(edition):
    return Bureau.objects.create(edition=edition, code="metro", name_en="Metro bureau", name_zh="地铁专班")


@pytest.fixture
def owner(edition, bureau):
    return people.person(Role.BUREAU_OWNER, edition, bureau=bureau)


@pytest.fixture
def play(edition, director):
    """Plays a rehearsal in this process."""

    def it(**inputs):
        rehearsal = start_rehearsal(edition=edition, by=director, **inputs)
        run_now(rehearsal.job)
        rehearsal.refresh_from_db()
        return rehearsal

    return it
