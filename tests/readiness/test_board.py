"""The board and the departments: what columns say, and what putting a card elsewhere does."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hostcity.readiness import services
from hostcity.readiness.board import STAGES
from hostcity.readiness.models import Report
from tests import people
from tests.readiness.test_acts import report, show, version

pytestmark = pytest.mark.django_db
AT = "/e/fair/readiness/"


def columns(who, query=""):
    answer = people.signed_in(who).get(f"{AT}board/{query}")
    assert answer.status_code == 200
    sections = answer.content.decode().split('data-stage="')[1:]
    return {
        each.partition('"')[0]: [card.partition('"')[0] for card in each.split('data-k="')[1:]] for each in sections
    }


def move(who, key, to, version=0):
    answer = people.signed_in(who).post(f"{AT}board/move/", {"key": key, "to": to, "version": version})
    assert answer.status_code == 200
    return answer.json()


def test_columns_are_what_was_told(edition, fair_owner, city_owner, planner):
    assert list(columns(planner)) == list(STAGES)
    assert len(columns(planner)["waiting"]) == 10
    report(edition, fair_owner, task="gates", word="started")
    report(edition, fair_owner, task="badges", word="trouble", note="No server.")
    report(edition, fair_owner, task="train")
    report(edition, fair_owner, task="hire")
    show(edition, fair_owner, task="hire")
    services.accept_task(edition=edition, task="hire", by=city_owner, version=version(edition, "hire"))
    found = columns(planner)
    assert {name: found[name] for name in ("going", "trouble", "finished", "done")} == {
        "going": ["gates"], "trouble": ["badges"], "finished": ["train"], "done": ["hire"],
    }  # fmt: skip
    assert columns(planner, "?department=city") == {**{name: [] for name in STAGES}, "waiting": ["permit", "fire"]}


def test_a_card_that_is_moved_tells(edition, fair_owner, city_owner):
    answer = move(fair_owner, "train", "going")
    assert answer["stage"] == "going"
    assert 'data-v="1"' in answer["card"]
    assert move(fair_owner, "train", "finished", 1)["stage"] == "finished"
    assert "has been shown" in move(city_owner, "train", "done", 2)["said"]
    show(edition, fair_owner)
    assert "since you opened the page" in move(city_owner, "train", "done", 2)["said"]
    assert "You may not do this" in move(fair_owner, "train", "done", 3)["said"], "not one's own"
    assert move(city_owner, "train", "done", 3)["stage"] == "done"
    assert "This task is accepted" in move(fair_owner, "train", "going", 4)["said"]
    with scope(edition=edition):
        assert list(Report.objects.order_by("pk").values_list("word", flat=True)) == ["going", "finished"]


@pytest.mark.parametrize("to", ["waiting", "trouble", "", "elsewhere"])
def test_some_columns_say_nothing(fair_owner, to):
    assert "says nothing of it" in move(fair_owner, "train", to)["said"]


def test_what_is_no_task_is_not_moved(fair_owner, planner, edition):
    unknown = people.signed_in(fair_owner).post(f"{AT}board/move/", {"key": "none", "to": "going"})
    assert unknown.status_code == 404
    assert move(fair_owner, "train", "going", "x")["stage"] == "going"
    assert move(planner, "train", "going", 1)["stage"] == "going"


def test_departments_say_how_far_their_words_lie_from_the_rule(edition, fair_owner, planner):
    report(edition, fair_owner, task="gates", word="going", remaining_d=60.0)
    report(edition, fair_owner, task="hire", word="started")
    report(edition, fair_owner, task="train")
    rows = people.signed_in(planner).get("/api/v1/editions/fair/readiness/departments").json()["rows"]
    assert [each["code"] for each in rows] == ["fair", "city"], "the worst first"
    fair = rows[0]
    assert (fair["tasks"], fair["said_fine"], fair["red_inside"], fair["owners"]) == (8, 3, 1, [fair_owner.code])
    assert fair["watermelon"] == pytest.approx(1 / 3)
    assert (rows[1]["to_accept"], rows[1]["watermelon"], rows[1]["owners"]) == (1, None, [])
    seen = people.signed_in(planner).get(f"{AT}departments/").content.decode()
    assert "All together 1 of 3." in seen
    assert "nobody answers for it" in seen


@pytest.mark.parametrize(("path", "words"), [("board/", "任务看板"), ("departments/", "西瓜指数")])
def test_pages_are_there_in_chinese(planner, path, words):
    assert words in people.signed_in(planner).get(AT + path, HTTP_ACCEPT_LANGUAGE="zh-hans").content.decode()


def test_queries_do_not_grow_with_what_was_told(edition, fair_owner, planner):
    def count():
        browser, found = people.signed_in(planner), []
        for path in ("board/", "departments/"):
            browser.get(AT + path)
            with CaptureQueriesContext(connection) as asked:
                browser.get(AT + path)
            found.append(len(asked))
        return found

    report(edition, fair_owner, task="gates", word="started")
    one = count()
    report(edition, fair_owner, task="hire", word="started")
    report(edition, fair_owner, task="badges", word="started")
    assert count() == one
