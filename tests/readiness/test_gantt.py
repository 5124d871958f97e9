"""Tasks as bars over time."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hostcity.readiness.gantt.drawing import Scale
from hostcity.readiness.gantt.views import ROWS
from hostcity.readiness.services import report_task
from tests import people

pytestmark = pytest.mark.django_db
AT = "/e/fair/readiness/gantt/"
TASK = re.compile(r'href="/e/fair/readiness/tasks/(\w+)/"')


def page(who, query="", **more):
    answer = people.signed_in(who).get(AT + query, **more)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("Float [d]", "Fire drill")), ("zh-hans", ("总浮动 [日]", "消防演练"))]
)
def test_bars_are_there_in_both_languages(planner, language, words):
    seen = page(planner, HTTP_ACCEPT_LANGUAGE=language)
    assert [word in seen for word in words] == [True, True]
    assert seen.count('class="bars"') == 10


def test_rows_are_by_the_day_on_which_they_begin(planner):
    keys = TASK.findall(page(planner))
    assert len(keys) == 10
    assert keys.index("stands") < keys.index("fire") < keys.index("ready")


def test_the_critical_path_alone(planner):
    told = people.signed_in(planner).get("/api/v1/editions/fair/readiness/tasks").json()["rows"]
    seen = page(planner, "?critical=1")
    assert set(TASK.findall(seen)) == {each["key"] for each in told if each["is_critical"]}
    assert seen.count("is-critical") == len(TASK.findall(seen))


def test_rows_are_asked_for_and_windowed(planner, monkeypatch):
    assert set(TASK.findall(page(planner, "?department=city"))) == {"permit", "fire"}
    assert "No task is found." in page(planner, "?text=nothing")
    assert ROWS == 60
    monkeypatch.setattr("hostcity.readiness.gantt.views.ROWS", 4)
    found, query = [], ""
    while True:
        seen = page(planner, query)
        found += TASK.findall(seen)
        more = re.search(r'href="(\?[^"]*after=\w+[^"]*)"', seen)
        if not more:
            break
        query = more[1].replace("&amp;", "&")
    assert (len(found), len(set(found))) == (10, 10)


def test_days_lie_evenly():
    day = datetime.date(2026, 3, 1)
    scale = Scale(day, day + datetime.timedelta(days=9), day, day)
    assert [scale.x(day + datetime.timedelta(days=at)) for at in (-5, 0, 5, 10, 40)] == [0, 0, 500, 1000, 1000]
    assert scale.axis.count("<text") == 5
    assert 'x="20.0%"' in scale.axis


def test_queries_do_not_grow_with_reports(edition, planner, fair_owner):
    def count():
        browser = people.signed_in(planner)
        browser.get(AT)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(AT).status_code == 200
        return len(asked)

    one = count()
    for key in ("plan", "gates", "stands"):
        report_task(edition=edition, task=key, by=fair_owner, word="started")
    assert count() == one
