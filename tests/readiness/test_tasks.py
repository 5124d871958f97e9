"""The list of tasks: page and API."""

import dataclasses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import replace_plan
from tests import people

pytestmark = pytest.mark.django_db
AT = "/e/fair/readiness/"
API = "/api/v1/editions/fair/readiness/"
ALL = {"plan", "permit", "hire", "train", "gates", "stands", "badges", "fire", "built", "ready"}


def page(who, path, **more):
    answer = people.signed_in(who).get(AT + path, **more)
    assert answer.status_code == 200, path
    return answer.content.decode()


def codes(who, query=""):
    answer = people.signed_in(who).get(f"{API}tasks?size=200{query}")
    assert answer.status_code == 200
    return {each["code"] for each in answer.json()["rows"]}


@pytest.mark.parametrize(("language", "words"), [("en", ("Tasks", "Fire drill")), ("zh-hans", ("任务", "消防演练"))])
def test_tasks_are_listed_in_both_languages(planner, language, words):
    seen = page(planner, "tasks/", HTTP_ACCEPT_LANGUAGE=language)
    assert [word in seen for word in words] == [True, True]


def test_tasks_are_chosen(planner, fair_owner):
    assert codes(planner) == ALL
    assert codes(planner, "&department=city") == {"permit", "fire"}
    assert codes(planner, "&workstream=halls") == {"stands", "built", "ready"}
    assert codes(planner, f"&owner={fair_owner.code}") == ALL - {"permit", "fire"}
    assert codes(planner, "&owner=-") == {"permit", "fire"}
    assert codes(planner, "&owner=nobody") == set()
    assert codes(planner, "&text=BUILD") == {"stands"}
    assert codes(planner, "&text=演练&department=fair") == set()
    colors = people.signed_in(planner).get(f"{API}tasks").json()["colors"]
    assert {color: len(codes(planner, f"&color={color}")) for color in colors} == colors
    assert sum(colors.values()) == len(ALL)


def test_a_list_has_pages(planner):
    browser, seen, after = people.signed_in(planner), [], ""
    while True:
        answer = browser.get(f"{API}tasks", {"size": 4, "after": after}).json()
        seen += [each["code"] for each in answer["rows"]]
        after = answer["next"]
        if not after:
            break
    assert (set(seen), len(seen)) == (ALL, len(ALL))
    assert browser.get(f"{API}tasks?after=none").status_code == 422
    assert browser.get(f"{AT}tasks/?after=none").status_code == 422


def test_a_plan_with_problems_has_tasks_without_dates(edition, planner):
    with scope(edition=edition):
        plan = plan_of(edition)
    wrong = dataclasses.replace(plan.tasks[0], likely_d=None)
    replace_plan(edition=edition, plan=plan.replace(tasks=(wrong, *plan.tasks[1:])), by=None)
    seen = page(planner, "tasks/")
    assert "have 1 problem, so tasks have no dates" in seen
    assert codes(planner, "&color=grey") == ALL


def test_without_tasks_it_says_what_to_do(edition, planner):
    with scope(edition=edition):
        replace_plan(edition=edition, plan=plan_of(edition).replace(tasks=(), task_links=()), by=None)
    assert "The plan has no tasks yet." in page(planner, "tasks/")


@pytest.mark.parametrize("role", [Role.DUTY_OFFICER, Role.COORDINATOR, Role.VOLUNTEER])
def test_others_do_not_see_them(edition, role):
    assert people.signed_in(people.person(role, edition)).get(f"{AT}tasks/").status_code == 403


def test_queries_do_not_grow_with_tasks(edition, planner):
    def count():
        browser = people.signed_in(planner)
        browser.get(f"{AT}tasks/")
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(f"{AT}tasks/").status_code == 200
        return len(asked)

    ten = count()
    with scope(edition=edition):
        plan = plan_of(edition)
    more = tuple(dataclasses.replace(plan.tasks[0], code=f"more-{number}") for number in range(20))
    replace_plan(edition=edition, plan=plan.replace(tasks=(*plan.tasks, *more)), by=None)
    assert count() == ten
