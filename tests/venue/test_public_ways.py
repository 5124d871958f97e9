"""Ways for visitors: without signing in, without scripts, in both languages; and the posters that lead there."""

import re
from html import unescape

import pytest
from django.test import Client
from django_scopes import scope

from hostcity.core import public_pages
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job
from hostcity.core.plan_rows.services import add_row, change_row
from hostcity.venue.ways.posters import code_svg
from hostcity.venue.ways.services import JOB
from tests import people
from tests.venue.test_ways import venue  # noqa: F401 -- a fixture

PAGE = "/p/fair/venue/ways/"


@pytest.fixture
def shown(venue):  # noqa: F811 -- the fixture
    """The edition's map is public."""
    venue.is_map_public = True
    venue.save()
    return venue


@pytest.fixture
def visitor():
    public_pages.VISITORS.forget()
    return Client()


@pytest.fixture
def measured(shown, visitor):
    """Whoever came first had the ways measured."""
    visitor.get(PAGE)
    run_now(Job.objects.get(kind=JOB))
    return shown


def page_of(visitor, path=PAGE, **asked):
    answer = visitor.get(path, asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def way(start, end, **more):
    return {"from": start, "to": end} | more


def test_off_until_the_map_is_public(visitor, venue):  # noqa: F811 -- the fixture
    assert [visitor.get(path).status_code for path in (PAGE, f"{PAGE}0.svg")] == [404, 404]


def test_the_first_visitor_has_the_ways_measured_and_the_others_wait_for_the_same(visitor, shown):
    assert "are being measured" in page_of(visitor)
    assert "are being measured" in page_of(visitor)
    job = Job.objects.get(kind=JOB)
    assert (job.by, job.edition) == (None, shown)
    assert run_now(job).state == "done"
    assert "are being measured" not in page_of(visitor)
    assert Job.objects.filter(kind=JOB).count() == 1


def test_a_way_from_where_a_poster_hangs(visitor, measured):
    page = page_of(visitor, **{"from": "amenities.wc"})
    (near,) = re.findall(r'href="(\?from=[^"]*to=nearest:toilets[^"]*)"', page)
    assert "You are at Toilets west." in page_of(visitor, PAGE + near)
    page = page_of(visitor, **way("amenities.wc", "江南", profile="step-free", lang="zh"))
    assert 'lang="zh-Hans"' in page
    assert "由电梯 lift 上行至上层。" in page
    assert "<script" not in page
    for path in re.findall(r'<img src="([^"]+)"', page):
        picture = visitor.get(path)
        assert picture["Content-Type"].startswith("image/svg+xml")
        assert "上层" in picture.content.decode() or "地面层" in picture.content.decode()


def test_what_closes_is_left_out_on_the_next_request(visitor, measured):
    asked = way("stands.A-01", "stands.B-01", profile="step-free")
    before = visitor.get(PAGE, asked)
    assert before["Cache-Control"] == "public, no-cache"
    again = visitor.get(PAGE, asked, headers={"if-none-match": before["ETag"]})
    assert again.status_code == 304
    cells = {"code": "out", "action": "close", "target": "lift", "starts_at": "10:00", "ends_at": "11:00"}
    planner = people.person("planner", measured)
    with scope(edition=measured):
        add_row(edition=measured, sheet="timeline", cells=cells, by=planner)
    after = visitor.get(PAGE, asked, headers={"if-none-match": before["ETag"]})
    assert after.status_code == 200
    assert "while this is closed" in after.content.decode()


def test_a_changed_drawing_is_measured_anew_while_the_old_ways_are_shown(visitor, measured):
    planner = people.person("planner", measured)
    change_row(edition=measured, sheet="stands", key="A-02", changes={"area": "B"}, version=1, by=planner)
    page = page_of(visitor, **way("stands.A-01", "stands.B-01"))
    assert "it is being measured anew" in page
    assert Job.objects.filter(kind=JOB).count() == 2


def test_posters_lead_to_the_ways_from_where_they_hang(shown):
    browser = people.signed_in(people.person("planner", shown))
    page = unescape(browser.get("/e/fair/venue/ways/posters/").content.decode())
    assert page.count('class="poster"') == 2  # the halls; there is no information desk
    page = unescape(browser.get("/e/fair/venue/ways/posters/?at=amenities.wc&at=no.no").content.decode())
    assert page.count('class="poster"') == 1
    assert "http://testserver/p/fair/venue/ways/?from=amenities.wc" in page
    assert "西侧卫生间" in page
    assert "Toilets west" in page
    assert "您在此处" in page


def test_a_code_for_phones_is_read_back():
    """By the definition: the three corners of ISO/IEC 18004, in a field of white."""
    text = code_svg("https://example.org/p/fair/venue/ways/?from=stands.A-01")
    size = int(re.search(r'viewBox="0 0 (\d+) ', text)[1])
    dark = {tuple(map(int, each)) for each in re.findall(r"M(\d+) (\d+)h1v1h-1z", text)}
    finder = {(x, y) for x in range(7) for y in range(7) if max(abs(x - 3), abs(y - 3)) != 2}
    for west, north in ((4, 4), (size - 11, 4), (4, size - 11)):
        assert {(x - west, y - north) for x, y in dark if west <= x < west + 7 and north <= y < north + 7} == finder
    assert min(min(each) for each in dark) == 4


def pixels(svg, scale=4):
    """The picture that a code's path paints, black on white."""
    import numpy as np

    size = int(re.search(r'viewBox="0 0 (\d+) ', svg)[1])
    picture = np.full((size, size), 255, np.uint8)
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", svg):
        picture[int(y), int(x)] = 0
    return picture.repeat(scale, axis=0).repeat(scale, axis=1)


def test_a_phone_reads_every_code_and_comes_to_the_ways_from_that_place(visitor, measured):
    """By a decoder that phones have too; what it reads is opened as it is."""
    zxing = pytest.importorskip("zxingcpp")
    browser = people.signed_in(people.person("planner", measured))
    page = browser.get("/e/fair/venue/ways/posters/?at=amenities.wc&at=stands.B-01&at=connectors.lift").content.decode()
    codes = re.findall(r'<svg[^>]*class="code".*?</svg>', page)
    read = [[each.text for each in zxing.read_barcodes(pixels(code))] for code in codes]
    places = ("amenities.wc", "stands.B-01", "connectors.lift")
    assert read == [[f"http://testserver{PAGE}?from={place}"] for place in places]
    for place, (address,) in zip(places, read, strict=True):
        assert f'name="from" value="{place}"' in page_of(visitor, address.removeprefix("http://testserver"))
