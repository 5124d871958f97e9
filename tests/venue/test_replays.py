"""Rehearsed days on the map, as the server tells of them."""

import gzip
import re
from html import unescape

import pytest
from django.urls import reverse
from django_scopes import scope

from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import change_row, replace_plan
from hostcity.report.carried import unpack
from hostcity.venue.queries import venue_map
from hostcity.venue.replays import beside, day_of, densest, kept_days, time_of
from tests import people
from tests.venue import days, halls
from tests.venue.test_editing import NETWORK


@pytest.fixture
def walked(edition, planner):
    replace_plan(edition=edition, plan=halls.plan(**NETWORK, timeline=()), by=planner)
    return edition


@pytest.fixture
def result(walked, planner):
    return days.keep_day(walked, planner)


@pytest.fixture
def browser(planner):
    return people.signed_in(planner)


def page_of(browser, **asked):
    answer = browser.get("/e/fair/venue/", asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def rows(page):
    found = re.findall(r"<tr><th scope=\"row\"><a[^>]*>([^<]+)</a></th>(.*?)</tr>", page)
    return [(code, *re.findall(r"<td[^>]*>([^<]*)</td>", cells)) for code, cells in found]


def test_links_that_are_not_where_they_were_are_left_out(walked, result, planner):
    day = day_of(result)
    found = beside(venue_map(walked), day)
    assert (found.links, found.left_out, found.missing_levels) == (3, [2], [])
    change_row(edition=walked, sheet="nodes", key="c", changes={"x_m": 5.9}, version=1, by=planner)
    assert beside(venue_map(walked), day).left_out == [2], "as good as where it was"
    change_row(edition=walked, sheet="nodes", key="c", changes={"x_m": 8.0}, version=2, by=planner)
    assert beside(venue_map(walked), day).left_out == [1, 2]
    replace_plan(edition=walked, plan=halls.plan(levels=halls.LEVELS[:1], areas=halls.AREAS[:1]), by=planner)
    found = beside(venue_map(walked), day)
    assert (found.left_out, found.missing_levels) == ([0, 1, 2], ["1"])


def test_the_densest_at_a_time(walked, result):
    day = day_of(result)
    on_map = beside(venue_map(walked), day)
    told = densest(day, on_map, days.START_S + 130)
    assert [(each.code, each.per_m2, each.service, each.level) for each in told] == [
        ("up", pytest.approx(1.2), "E", "Ground"), ("aisle", pytest.approx(0.6), "C", "Ground"),
    ]  # fmt: skip
    assert [each.code for each in densest(day, on_map, days.START_S + 60)] == ["aisle", "up"]
    assert densest(day, on_map, days.START_S) == []
    assert densest(day, on_map, days.START_S + 9999) == densest(day, on_map, days.START_S + 180)


@pytest.mark.parametrize(
    ("asked", "minute"), [("09:01", 1), ("9:03", 3), ("23:00", 4), ("01:00", 0), ("", 2), ("soon", 2), ("09:99:99", 2)]
)
def test_the_time_is_what_is_asked_for_else_the_fullest(result, asked, minute):
    assert time_of(day_of(result), asked) == days.START_S + 60 * minute


def test_the_page_has_the_table_without_scripts(browser, result):
    page = page_of(browser, result=result.pk, time="09:02")
    assert rows(page) == [
        ("up", "Stairs", "Ground", "1.20", "E"), ("aisle", "Walkway", "Ground", "0.60", "C"),
    ]  # fmt: skip
    assert f'data-day="/e/fair/venue/days/{result.pk}/"' in page
    assert 'data-left-out="[2]"' in page
    assert "1 of its 3 walkways is not in the plan as it stands" in page
    assert f'href="?result={result.pk}&time=09:02&level=1"' in page, "levels keep the day and the time"
    assert "Nobody is on a walkway then." in page_of(browser, result=result.pk, time="09:00")


def test_a_day_of_this_very_plan_says_nothing_of_another(browser, walked, planner):
    result = days.keep_day(walked, planner, links=days.LINKS[:2])
    assert "another version" not in page_of(browser, result=result.pk)
    change_row(edition=walked, sheet="areas", key="A", changes={"name_en": "Z"}, version=1, by=planner)
    page = page_of(browser, result=result.pk)
    assert "another version of the plan. All of its walkways are where they were." in page


def test_what_can_be_chosen(browser, walked, planner, result):
    with scope(edition=walked):
        (kept,) = kept_days(walked, planner)
    assert (kept.pk, kept.title, kept.path) == (result.pk, f"Result {result.pk}", "")
    page = page_of(browser)
    assert re.search(rf'<option value="{result.pk}">Result {result.pk} · ', page)
    assert "data-day" not in page
    for asked in ("none", "0", "99999", "1" * 40):
        assert "data-day" not in page_of(browser, result=asked)


def test_without_a_rehearsal(browser, walked):
    assert "No day has been rehearsed yet." in page_of(browser)


def test_the_day_is_sent_once(browser, walked, result):
    path = reverse("map-day", args=[walked.code, result.pk])
    sent = browser.get(path)
    assert sent["Content-Type"] == "application/octet-stream"
    assert sent["Cache-Control"] == "private, max-age=31536000, immutable"
    day = unpack(sent.content)
    assert list(day.array("density")) == days.DENSITY.flatten().tolist()
    assert gzip.decompress(sent.content)[4:5] == b"{"
    again = browser.get(path, headers={"if-none-match": sent["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert browser.get(reverse("map-day", args=[walked.code, result.pk + 1])).status_code == 404


def test_not_another_editions(walked, result):
    other = people.edition("other")
    browser = people.signed_in(people.person(Role.PLANNER, other))
    assert browser.get(f"/e/other/venue/days/{result.pk}/").status_code == 404
    assert "data-day" not in browser.get("/e/other/venue/", {"result": result.pk}).content.decode()


def test_visitors_see_no_day(walked, result):
    walked.is_map_public = True
    walked.save()
    page = people.Client().get("/p/fair/venue/", {"result": result.pk}).content.decode()
    assert "venue-replay" not in page
    assert people.Client().get(f"/e/fair/venue/days/{result.pk}/").status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_whatever_was_played(browser, walked, planner, django_assert_num_queries, count):
    results = [days.keep_day(walked, planner) for _ in range(count)]
    page_of(browser, result=results[0].pk)
    with django_assert_num_queries(DAY_QUERIES):
        assert page_of(browser, result=results[0].pk).count("<option value") == count + 1


DAY_QUERIES = 10
