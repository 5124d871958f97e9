"""Pages of people: lists in a fixed number of queries, forms, what is seen of whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.core.models import Assignment, Bureau, Organization, Person
from hostcity.core.models.people import Role
from tests import people
from tests.people import signed_in

pytestmark = pytest.mark.django_db


def many(edition, count):
    with scope(edition=edition):
        bureau, _made = Bureau.objects.get_or_create(edition=edition, code="b", defaults={"name_en": "B"})
        company, _made = Organization.objects.get_or_create(edition=edition, code="o", defaults={"name_en": "O"})
        for _each in range(count):
            made = people.person(Role.VOLUNTEER, edition, phone=f"+86139{Person.objects.count():08}")
            Assignment.objects.create(edition=edition, person=made, role=Role.BUREAU_OWNER, bureau=bureau)
            Assignment.objects.create(edition=edition, person=made, role=Role.EXHIBITOR, organization=company)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.COORDINATOR, Role.DUTY_OFFICER])
def test_a_list_takes_the_same_few_queries(edition, role):
    client = signed_in(people.person(role, edition))
    counts = []
    for more in (1, 2, 60):
        many(edition, more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/e/{edition.code}/people/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] == counts[2]
    assert counts[0] <= 8, "\n".join(each["sql"] for each in queries)


@pytest.mark.parametrize("page", ["bureaus", "organizations", "roles"])
def test_other_lists_too(edition, boss, page):
    client = signed_in(boss)
    counts = []
    for number in range(3):
        with scope(edition=edition):
            Bureau.objects.create(edition=edition, code=f"b{number}", name_en="B")
            Organization.objects.create(edition=edition, code=f"o{number}", name_en="O")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/e/{edition.code}/{page}/").status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1
    assert counts[0] <= 8


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("text=王小", {"vera"}),
        ("text=小明", {"vera"}),
        ("text=xiaoming", {"vera"}),
        ("text=wxm", {"vera"}),
        ("text=ANN", {"anna"}),
        ("role=volunteer", {"vera"}),
        ("role=volunteer&text=anna", set()),
        ("bureau=nowhere", set()),
        ("", {"vera", "anna", "boss"}),
    ],
)
def test_people_are_found(edition, boss, anna, volunteer, asked, found):
    page = signed_in(boss).get(f"/e/{edition.code}/people/?{asked}").context["page"]
    assert {person.username for person in page.rows} == found


def test_the_list_goes_on(edition, boss):
    many(edition, 60)
    client = signed_in(boss)
    first = client.get(f"/e/{edition.code}/people/").context["page"]
    second = client.get(f"/e/{edition.code}/people/", {"after": first.next}).context["page"]
    assert (len(first.rows), len(second.rows), second.next) == (50, 11, "")
    assert not {each.pk for each in first.rows} & {each.pk for each in second.rows}


def test_contacts_are_seen_by_who_needs_them(edition, boss, coordinator, anna, volunteer):
    with scope(edition=edition):
        gates = Bureau.objects.create(edition=edition, code="gates", name_en="Gates")
        Assignment.objects.filter(person=anna).update(bureau=gates)
    owner = people.person(Role.BUREAU_OWNER, edition, bureau=gates)
    duty = people.person(Role.DUTY_OFFICER, edition)
    director = people.person(Role.DRILL_DIRECTOR, edition)
    for by, sees in ((boss, "av"), (duty, "av"), (coordinator, "v"), (owner, "a"), (director, "")):
        client = signed_in(by)
        pages = [client.get(f"/e/{edition.code}/people/").content.decode()]
        pages += [client.get(f"/e/{edition.code}/people/{each.code}/").content.decode() for each in (anna, volunteer)]
        text = "".join(pages)
        assert (anna.phone in text) is ("a" in sees), by
        assert (anna.email in text) is ("a" in sees), by
        assert (volunteer.phone in text) is ("v" in sees), by


def test_a_bureau_owner_sees_the_own_bureau_only(edition, anna, volunteer):
    with scope(edition=edition):
        gates = Bureau.objects.create(edition=edition, code="gates", name_en="Gates")
        Assignment.objects.filter(person=anna).update(bureau=gates)
    client = signed_in(people.person(Role.BUREAU_OWNER, edition, bureau=gates))
    assert client.get(f"/e/{edition.code}/people/{anna.code}/").status_code == 200
    assert client.get(f"/e/{edition.code}/people/{volunteer.code}/").status_code == 404


def test_a_person_is_added_and_changed_through_pages(edition, boss):
    client = signed_in(boss)
    form = {"username": "new", "name": "New", "language": "en", "role": "planner"}
    answer = client.post(f"/e/{edition.code}/people/add/", form)
    person = Person.objects.get(username="new")
    assert answer.url == f"/e/{edition.code}/people/{person.code}/"
    answer = client.post(f"/e/{edition.code}/people/add/", form)
    assert answer.status_code == 422
    assert "already" in answer.content.decode()
    change = {
        "name": "Newer",
        "language": "zh-hans",
        "version": 1,
        "is_superuser": "on",
        "username": "root",
        "code": "P-1",
    }
    assert client.post(f"{answer.request['PATH_INFO'].replace('add', person.code)}change/", change).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.username, person.is_superuser) == ("Newer", "new", False)
    answer = client.post(f"/e/{edition.code}/people/{person.code}/change/", change | {"name": "Newest"})
    assert answer.status_code == 409
    assert "Newer" in answer.content.decode()


def test_a_taken_role_can_be_undone_from_its_page(edition, boss, anna):
    client = signed_in(boss)
    assignment = Assignment._base_manager.get(person=anna)
    page = client.post(f"/e/{edition.code}/people/{anna.code}/roles/{assignment.pk}/take/")
    assert page.status_code == 200
    assert client.post(f"/e/{edition.code}/people/undo/{page.context['number']}/").status_code == 302
    assert Assignment._base_manager.get(person=anna).role == Role.PLANNER


def test_a_role_of_somebody_else_is_not_taken(edition, boss, anna, volunteer):
    other = Assignment._base_manager.get(person=volunteer)
    answer = signed_in(boss).post(f"/e/{edition.code}/people/{anna.code}/roles/{other.pk}/take/")
    assert answer.status_code == 404


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_pages_speak_both_languages(edition, boss, anna, language):
    client = signed_in(boss, HTTP_ACCEPT_LANGUAGE=language)
    said = {"en": "Who may what", "zh-hans": "权限一览"}[language]
    assert said in client.get(f"/e/{edition.code}/roles/").content.decode()


def test_codes_for_one_person(edition, boss, anna, volunteer):
    path = f"/e/{edition.code}/people/codes/?person={anna.code}"
    client = signed_in(boss)
    assert anna.name in client.get(path).content.decode()
    page = client.post(path, {"hours": 12, "form": "page"})
    assert [each.person.username for each in page.context["fresh"]] == ["anna"]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_a_new_person_begins_as_a_volunteer_who_reads_what_the_writer_reads(edition, boss, language):
    client = signed_in(boss)
    client.cookies["hostcity_language"] = language
    form = client.get(f"/e/{edition.code}/people/add/").context["form"]
    assert (form["role"].value(), form["language"].value()) == (Role.VOLUNTEER, language)


@pytest.mark.parametrize("page", ["people", "bureaus", "organizations", "roles"])
def test_lists_of_people_and_what_is_of_them_lead_to_each_other(edition, boss, page):
    said = signed_in(boss).get(f"/e/{edition.code}/{page}/").content.decode()
    tabs = said[said.index('<ul class="nav nav-tabs') : said.index("</ul>", said.index('<ul class="nav nav-tabs'))]
    assert [each.partition('"')[0] for each in tabs.split('href="')[1:]] == [
        f"/e/{edition.code}/{each}/" for each in ("people", "bureaus", "organizations", "roles")
    ]
    assert f'active" aria-current="page" href="/e/{edition.code}/{page}/"' in tabs


def test_who_may_not_see_the_list_has_no_tab_to_it(edition):
    said = signed_in(people.person(Role.PLANNER, edition)).get(f"/e/{edition.code}/bureaus/").content.decode()
    assert f'href="/e/{edition.code}/people/"' not in said
