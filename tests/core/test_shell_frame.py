"""The frame of every page: menu by role, languages, colors, what stands in its head."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from hostcity.core import policy, shell
from hostcity.core.models import Person
from hostcity.core.models.people import Role
from hostcity.core.registries import registries
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair():
    return people.edition()


def page_of(who, path):
    answer = people.signed_in(who).get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def menu_of(page):
    found = re.search(r'<nav class="side".*?</nav>', page, re.S)
    return re.findall(r'<a href="([^"]+)"', found[0]) if found else []


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_is_what_the_role_may_open(fair, role):
    who = people.person(role, fair)
    shown = menu_of(page_of(who, "/e/fair/"))
    assert shown == [
        path
        for each in sorted(registries.menu, key=lambda each: each.order)
        if role in policy.MATRIX[each.action] and (path := shell._path(each.url_name, edition="fair"))
    ]
    client = people.signed_in(who)
    assert [path for path in shown if client.get(path).status_code not in (200, 302)] == []


def test_a_page_has_one_heading_a_title_a_language_and_a_way_past_the_menu(fair):
    page = page_of(people.person(Role.PLANNER, fair), "/e/fair/")
    assert re.findall(r"<h1>(.*?)</h1>", page) == ["The fair"]
    assert "<title>Home · The fair · hostcity</title>" in page
    assert '<html lang="en">' in page
    assert page.index('class="skip" href="#main"') < page.index("<header")
    assert '<main id="main"' in page
    assert 'aria-current="page"' in page


def test_nothing_inline_that_the_content_policy_forbids(fair):
    page = page_of(people.person(Role.PLANNER, fair), "/e/fair/")
    assert re.findall(r"\sstyle=|\son\w+=|javascript:", page) == []
    assert re.findall(r"<script(?![^>]*(?:src=|application/json))[^>]*>", page) == []
    assert re.findall(r'(?:src|href|action)="https?:', page) == []


def test_the_switch_of_editions_shows_those_one_belongs_to(fair):
    who = people.person(Role.PLANNER, fair)
    assert "/e/other/" not in page_of(who, "/e/fair/")
    other = people.edition("other")
    people.edition("third")
    Person.objects.filter(pk=who.pk).update(name="Ada")
    from django_scopes import scope

    from hostcity.core.models import Assignment

    with scope(edition=other):
        Assignment.objects.create(edition=other, person=who, role=Role.BUYER)
    page = page_of(who, "/e/fair/")
    assert 'href="/e/other/"' in page
    assert "/e/third/" not in page


def test_the_language_is_chosen_kept_and_known_to_notices(fair):
    who = people.person(Role.PLANNER, fair)
    client = people.signed_in(who)
    answer = client.post("/language/", {"language": "zh-hans", "next": "/e/fair/"})
    assert answer.headers["Location"] == "/e/fair/"
    page = client.get("/e/fair/").content.decode()
    assert '<html lang="zh-Hans">' in page
    assert "<h1>展会 fair</h1>" in page
    who.refresh_from_db()
    assert who.language == "zh-hans"
    client.post("/language/", {"language": "xx"})
    who.refresh_from_db()
    assert who.language == "zh-hans"


def test_colors_are_chosen_without_scripts_and_lead_nowhere_else(fair):
    client = people.signed_in(people.person(Role.PLANNER, fair))
    assert "data-theme=" not in client.get("/e/fair/").content.decode()
    assert client.post("/colors/", {"theme": "dark", "next": "/e/fair/"}).headers["Location"] == "/e/fair/"
    assert '<html lang="en" data-theme="dark">' in client.get("/e/fair/").content.decode()
    assert client.post("/colors/", {"theme": "dark", "next": "https://elsewhere.example/"}).headers["Location"] == "/"
    client.post("/colors/", {"theme": '"><script>', "next": "/"})
    assert 'data-theme="dark"' in client.get("/e/fair/").content.decode()
    assert client.get("/colors/").status_code == 405


def test_a_page_costs_few_queries_however_many_editions_one_belongs_to(fair, django_assert_max_num_queries):
    who = people.person(Role.VISITOR, fair)
    client = people.signed_in(who)
    client.get("/e/fair/")
    with django_assert_max_num_queries(
        6
    ):  # session, person, edition, roles, unread notices: the first and their number
        client.get("/e/fair/")


def test_an_address_that_is_not_there_says_so_in_the_frame(fair):
    client = people.signed_in(people.person(Role.PLANNER, fair))
    answer = client.get("/nowhere/")
    assert answer.status_code == 404
    assert "<h1>No such page</h1>" in answer.content.decode()
    other = people.edition("other")
    assert client.get(f"/e/{other.code}/").status_code == 404
    assert Client(HTTP_ACCEPT_LANGUAGE="zh-CN").get("/nowhere/").status_code == 404


def test_every_tab_has_the_mark_even_one_that_asks_by_itself(fair):
    assert '<link rel="icon" href="/favicon.ico">' in page_of(people.person(Role.PLANNER, fair), "/e/fair/")
    answer = Client().get("/favicon.ico")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
