"""Whoever is added or imported is found at once; whoever is gone, or may not look, finds or is found no more."""

import pytest
from django_scopes import scope

from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Assignment, Person
from hostcity.core.models.people import Role
from hostcity.core.people import imports, services
from hostcity.core.search.queries import find
from tests import people

pytestmark = pytest.mark.django_db
WAYS = ["小明", "王小", "王", "wangxiaoming", "xiaom", "wxm", "new-one"]


@pytest.fixture(autouse=True)
def _scoped(edition):
    with scope(edition=edition):
        yield


def found(edition, by, words):
    return {each.key for each in find(edition, by, words).hits if each.kind == "person"}


def added(edition, by):
    return services.add_person(edition=edition, username="new-one", name="王小明", role=Role.VOLUNTEER, by=by)


def imported(edition, by):
    text = "username,name,role\nnew-one,王小明,volunteer\n"
    job = run_now(imports.start_import(edition=edition, name="l.csv", data=text.encode(), by=by))
    assert run_now(imports.apply_import(edition=edition, job=job, by=by)).state == "done"
    return Person.objects.get(username="new-one")


@pytest.mark.parametrize("how", [added, imported])
def test_somebody_new_is_found_at_once(edition, coordinator, how):
    person = how(edition, coordinator)
    for words in WAYS:
        assert found(edition, coordinator, words) == {person.code}, words


def test_a_new_name_is_found_and_the_old_one_not(edition, coordinator):
    person = added(edition, coordinator)
    changes = {"name": "李娜"}
    services.change_person(edition=edition, person=person, changes=changes, version=1, by=coordinator)
    assert found(edition, coordinator, "李娜") == found(edition, coordinator, "lina") == {person.code}
    assert found(edition, coordinator, "小明") == found(edition, coordinator, "wxm") == set()


def taken(edition, person, by):
    services.take_role(edition=edition, assignment=Assignment.objects.get(person=person), by=by)


def deactivated(edition, person, by):
    services.deactivate_person(edition=edition, person=person, by=by)


def erased(edition, person, by):
    services.erase_person(edition=edition, person=person, by=by)


@pytest.mark.parametrize("end", [taken, deactivated, erased])
def test_whose_rights_end_is_not_found(edition, boss, end):
    person = added(edition, boss)
    end(edition, person, boss)
    for words in WAYS:
        assert found(edition, boss, words) == set(), words


def test_who_stays_in_another_edition_is_found_there_only(edition, boss):
    other = people.edition("other")
    person = added(edition, boss)
    root = people.person(is_superuser=True)
    with scope(edition=other):
        services.give_role(edition=other, person=person, role=Role.VOLUNTEER, by=root)
        assert found(other, root, "小明") == {person.code}
    taken(edition, person, root)
    assert found(edition, root, "小明") == set()
    with scope(edition=other):
        assert found(other, root, "小明") == {person.code}


def test_whose_right_to_look_ends_finds_nobody(edition, boss, coordinator):
    added(edition, boss)
    assert found(edition, coordinator, "小明")
    taken(edition, coordinator, boss)
    assert found(edition, Person.objects.get(pk=coordinator.pk), "小明") == set()
