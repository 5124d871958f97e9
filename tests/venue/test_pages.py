"""The map's pages, as a browser without scripts sees them."""

import gzip
import re
from html import unescape

import pytest
from django.urls import reverse

from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import change_row, replace_plan
from tests import people
from tests.venue import halls


@pytest.fixture
def browser(planner):
    return people.signed_in(planner)


def page_of(browser, edition, **asked):
    answer = browser.get(reverse("map", args=[edition.code]), asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def links(page):
    return re.findall(r'<a href="([^"]*)" data-go', page)


def test_the_map_opens_on_the_ground_with_all_that_is_on_it(browser, drawn):
    page = page_of(browser, drawn)
    assert f'data-path="{reverse("map-level", args=[drawn.code, "0"])}"' in page
    assert re.findall(r'data-go="level"( aria-current="true")?>(\w+)</a>', page) == [
        ("", "Upper"), (' aria-current="true"', "Ground"),
    ]  # fmt: skip
    assert "Hall A" in page
    assert "Hall B" not in page
    assert "2 stands" in page
    assert "?level=0&q=Toilets" in page


def test_search_without_scripts_lists_hits_that_lead_to_their_place(browser, drawn):
    page = page_of(browser, drawn, q="江南")
    assert "1 found" in page
    (hit,) = [link for link in links(page) if "at=" in link and "q=" in link]
    assert hit == "?level=1&at=stands.B-01&q=%E6%B1%9F%E5%8D%97"
    page = unescape(browser.get(reverse("map", args=[drawn.code]) + hit).content.decode())
    assert re.search(r'<h2 id="place-title">B-01</h2>', page)
    assert "江南精密" in page
    image = re.search(r'<noscript><img class="map-image" src="([^"]+)"', page)[1]
    assert image == reverse("map-level", args=[drawn.code, "1"]) + "?at=stands.B-01"
    assert 'class="marked"' in browser.get(image).content.decode()
    assert reverse("plan-row", args=[drawn.code, "stands", "B-01"]) in page


def test_what_is_not_found_says_what_could_be(browser, drawn):
    page = page_of(browser, drawn, q="zeppelin")
    assert "0 found" in page
    assert "what you need: toilets" in page


def test_chinese(browser, drawn):
    browser.cookies["hostcity_language"] = "zh-hans"
    page = page_of(browser, drawn, q="厕所")
    assert "找到 1 条" in page
    assert "西侧卫生间" in page
    assert "地面层" in page
    assert "西侧卫生间" in browser.get(reverse("map-level", args=[drawn.code, "0"])).content.decode()


@pytest.mark.parametrize(("role", "may_import"), [(Role.PLANNER, True), (Role.PRESS_OFFICER, False)])
def test_a_plan_without_a_drawing_says_what_to_do(edition, role, may_import):
    page = page_of(people.signed_in(people.person(role, edition)), edition)
    assert "This plan has no drawing yet." in page
    assert (reverse("plan-import", args=[edition.code]) in page) == may_import
    assert "data-map" not in page
    assert "map.js" not in page


def test_a_level_that_is_not_there(browser, drawn):
    assert f'data-path="{reverse("map-level", args=[drawn.code, "0"])}"' in page_of(
        browser, drawn, level="99", at="no.no"
    )
    assert browser.get(reverse("map-level", args=[drawn.code, "99"])).status_code == 404


def test_a_level_is_sent_small_and_not_again_until_the_plan_changes(browser, drawn, planner):
    path = reverse("map-level", args=[drawn.code, "0"])
    plain, small = browser.get(path), browser.get(path, headers={"accept-encoding": "br, gzip"})
    assert gzip.decompress(small.content) == plain.content
    assert small["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert plain["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert plain["Cache-Control"] == "private, no-cache"
    assert {"Accept-Encoding", "Cookie"} <= set(plain["Vary"].split(", "))
    again = browser.get(path, headers={"if-none-match": plain["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", plain["ETag"])
    change_row(edition=drawn, sheet="areas", key="A", changes={"name_en": "Hall Z"}, version=1, by=planner)
    changed = browser.get(path, headers={"if-none-match": plain["ETag"]})
    assert changed.status_code == 200
    assert b"Hall Z" in changed.content


def test_codes_of_any_kind_stand_in_addresses(browser, edition, planner):
    levels = (halls.LEVELS[0].__class__(code="L 1/二&", name_en="Odd", name_zh="", elevation_m=0.0),)
    areas = (halls.area("A", "L 1/二&"),)
    odd = (halls.stand('A"<1>', "A"),)
    replace_plan(edition=edition, plan=halls.plan(levels=levels, areas=areas, stands=odd), by=planner)
    page = page_of(browser, edition, q='A"<1>')
    hit = next(link for link in links(page) if "at=" in link and "q=" in link)
    assert 'id="place-title">A"<1></h2>' in unescape(
        browser.get(reverse("map", args=[edition.code]) + hit).content.decode()
    )
    path = re.search(r'data-path="([^"]+)"', browser.get(reverse("map", args=[edition.code])).content.decode())[1]
    assert b"A&quot;&lt;1&gt;" in browser.get(unescape(path)).content


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_whatever_the_number_of_rows(browser, edition, planner, django_assert_num_queries, count):
    stands = tuple(halls.stand(f"A-{number}", "A") for number in range(count))
    replace_plan(edition=edition, plan=halls.plan(stands=stands), by=planner)
    page_of(browser, edition)
    with django_assert_num_queries(MAP_QUERIES):
        assert page_of(browser, edition, q="A-").count('data-go="stands') == count


MAP_QUERIES = 7
