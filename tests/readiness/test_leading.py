"""The leader's screen: page, wall, paper, card and API."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.core.models import Job
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.results import take_snapshot
from hostcity.readiness.leading.overview import level_of, overview_of
from hostcity.readiness.leading.paper import cards_of
from hostcity.readiness.services import report_task
from tests import people
from tests.readiness import forecasts

pytestmark = pytest.mark.django_db
AT = "/e/fair/readiness/"
API = "/api/v1/editions/fair/readiness/overview"
PAGES = ("", "wall/")


def page(who, path="", **more):
    answer = people.signed_in(who).get(AT + path, **more)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.fixture
def two(edition, director):
    """A forecast of eight days ago and one of today."""
    snapshot = take_snapshot(edition=edition, by=director)
    return [forecasts.keep(edition, snapshot, days_ago=days_ago, seed=seed) for days_ago, seed in ((8, 2), (0, 1))]


def overview(edition):
    with scope(edition=edition):
        return overview_of(edition)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("days left until the opening", "Five tasks whose delay costs most", "Departments, the worst first", "Next drills", "points")),
        ("zh-hans", ("延误代价最大的五项任务", "部门（最差者在前）", "近期演练", "个百分点")),
    ],
)  # fmt: skip
def test_all_is_on_one_page_in_both_languages(director, two, path, language, words):
    seen = page(director, path, HTTP_ACCEPT_LANGUAGE=language)
    assert [word for word in words if word not in seen] == []


def test_those_who_answer_stand_there_with_their_phones(edition, director, two, fair_owner):
    fair_owner.phone = "+8613812345678"
    fair_owner.save()
    seen = page(director)
    assert 'href="tel:+8613812345678"' in seen
    assert "Fay Fair" in seen
    told = overview(edition)
    assert [(each.code, [str(who) for who in each.people]) for each in told.slips[:2]] == [
        ("fire", []),
        ("stands", ["Fay Fair"]),
    ]
    lines = [row for card in cards_of(told) for row in card.kind.on_paper(card.values).rows]
    assert any("Fay Fair +8613812345678" in row for row in lines)


def test_it_says_what_changed_in_a_week(edition, two):
    told = overview(edition)
    assert told.change.since == edition.today() - datetime.timedelta(days=8)
    assert told.change.by["order"] == two[1].summary["chance"]["order"] - two[0].summary["chance"]["order"]
    assert (told.age_d, told.forecast) == (0, two[1])
    assert [each.line.code for each in told.tiles] == [each["code"] for each in two[1].summary["departments"]]
    assert [level_of(share) for share in (0.49, 0.5, 0.79, 0.8)] == ["red", "amber", "amber", "green"]


@pytest.mark.parametrize("path", PAGES)
def test_without_a_forecast_it_says_so(director, path):
    seen = page(director, path)
    assert "No forecast has been made yet." in seen
    assert ("Make a forecast" in seen) is (path == "")
    assert "Five tasks" not in seen


def test_the_button_makes_one(director):
    people.signed_in(director).post(f"{AT}forecasts/make/")
    assert Job.objects.count() == 1
    assert "One is being made." in page(director)


def test_without_tasks_there_is_nothing_to_lead(edition, director):
    with scope(edition=edition):
        replace_plan(edition=edition, plan=plan_of(edition).replace(tasks=(), task_links=()), by=None)
    assert "The plan has no tasks yet." in page(director)
    browser = people.signed_in(director)
    assert [browser.get(address).status_code for address in (f"{AT}brief.pdf", API)] == [404, 404]
    assert "home-readiness" not in browser.get("/e/fair/").content.decode()


def test_a_drill_that_was_held_is_ahead_no_more(edition, city_owner):
    assert [each.key for each in overview(edition).drills] == ["fire"]
    report_task(edition=edition, task="fire", by=city_owner, word="finished")
    assert overview(edition).drills == []


def test_it_is_printed_in_both_languages(director, two):
    for language in ("en", "zh"):
        answer = people.signed_in(director).get(f"{AT}brief.pdf?lang={language}")
        assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_the_first_screen_has_the_bracket(director, fair_owner, two):
    home = people.signed_in(director).get("/e/fair/").content.decode()
    assert "home-readiness" in home
    assert "likely ready for the opening" in home
    assert people.signed_in(director).get("/e/fair/brief.pdf").status_code == 200
    assert "home-readiness" not in people.signed_in(fair_owner).get("/e/fair/").content.decode()


@pytest.mark.parametrize("role", [Role.BUREAU_OWNER, Role.DUTY_OFFICER, Role.VOLUNTEER])
def test_others_do_not_see_phones(edition, role):
    browser = people.signed_in(people.person(role, edition))
    assert {browser.get(AT + path).status_code for path in (*PAGES, "brief.pdf")} == {403}


def test_queries_do_not_grow_with_forecasts(edition, director, two):
    def count():
        browser = people.signed_in(director)
        browser.get(AT)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(AT).status_code == 200
        return len(asked)

    before = count()
    snapshot = take_snapshot(edition=edition, by=director)
    for days_ago, seed in ((20, 3), (30, 4)):
        forecasts.keep(edition, snapshot, days_ago=days_ago, seed=seed)
    assert count() == before


def test_by_the_api(edition, director, two):
    told = people.signed_in(director).get(API).json()
    assert (told["days_left"], told["forecast"], told["span"]) == (
        edition.days_left(),
        two[1].pk,
        two[1].summary["span"],
    )
    assert [each["code"] for each in told["costs"][:2]] == ["fire", "stands"]
    assert sum(told["colors"].values()) == 10
    assert [each["key"] for each in told["drills"]] == ["fire"]
    assert told["change"]["since"] == (edition.today() - datetime.timedelta(days=8)).isoformat()


def test_the_first_screen_reckons_no_dates(edition, director, monkeypatch):
    def refuse(*_given):
        raise AssertionError

    monkeypatch.setattr("hostcity.readiness.leading.overview.standing_of", refuse)
    assert "No forecast has been made yet." in people.signed_in(director).get("/e/fair/").content.decode()
