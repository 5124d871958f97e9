"""Ways on the site: books made once by the worker, kept by what they depend on, asked on a page and by the API."""

import json
import re
from html import unescape

import pytest
from django.urls import reverse
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Result
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import add_row, change_row, replace_plan
from hostcity.core.results import keep_blob, keep_result, take_snapshot
from hostcity.plan.rows import Area, Link, Node, Opening
from hostcity.venue.ways.queries import book_of, missing_profiles
from hostcity.venue.ways.services import ensure_books, make_books
from tests import people
from tests.venue import halls


@pytest.fixture
def venue(edition, planner):
    """Two halls one above the other, with stairs and a lift."""
    plan = halls.plan(connectors=(*halls.CONNECTORS, halls.LIFT), nodes=(), links=())
    replace_plan(edition=edition, plan=plan, by=planner)
    return edition


@pytest.fixture
def measured(venue, planner):
    """Its books are made."""
    run_now(make_books(edition=venue, by=planner))
    return venue


@pytest.fixture
def browser(planner):
    return people.signed_in(planner)


def page_of(browser, edition, **asked):
    answer = browser.get(reverse("ways", args=[edition.code]), asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def way(start, end, **more):
    return {"from": start, "to": end} | more


def test_books_are_made_once_for_one_drawing(venue, planner):
    job = make_books(edition=venue, by=planner)
    assert make_books(edition=venue, by=planner) == job  # while it waits
    ran = run_now(job)
    assert (ran.state, ran.error) == ("done", None)
    assert (make_books(edition=venue, by=planner), missing_profiles(venue)) == (None, [])
    with scope(edition=venue):
        assert Result.objects.filter(kind="ways").count() == 4
        assert Act.objects.filter(verb="ways.make").count() == 2
    change_row(edition=venue, sheet="stands", key="A-01", changes={"exhibitor_en": "Red Harbor"}, version=1, by=planner)
    assert missing_profiles(venue) == []  # a name moves nobody
    change_row(edition=venue, sheet="stands", key="A-01", changes={"area": "B"}, version=2, by=planner)
    assert len(missing_profiles(venue)) == 4
    shelf = book_of(venue, "walking")
    assert (shelf.book is not None, shelf.is_current) == (True, False)
    run_now(ensure_books(venue))
    assert book_of(venue, "walking").is_current


def test_who_may_not_has_no_book_made_and_what_is_not_drawn_has_none(edition, planner, venue):
    with pytest.raises(NotAllowed):
        make_books(edition=venue, by=people.person(Role.PRESS_OFFICER, venue))
    replace_plan(
        edition=edition,
        plan=halls.plan(areas=(), stands=(), openings=(), connectors=(), amenities=(), nodes=(), links=()),
        by=planner,
    )
    with pytest.raises(Refused) as refused:
        make_books(edition=edition, by=planner)
    assert refused.value.code == "ways.drawing"
    assert ensure_books(edition) is None


def test_a_page_without_books_offers_to_make_them(browser, venue):
    page = page_of(browser, venue)
    assert "have not been measured yet" in page
    answer = browser.post(reverse("ways-make", args=[venue.code]))
    assert answer.status_code == 302
    assert "waiting" in page_of(browser, venue)
    assert "Measure the ways" not in page_of(people.signed_in(people.person(Role.PRESS_OFFICER, venue)), venue)


def test_a_way_in_steps_with_a_picture_of_each_level(browser, measured):
    page = page_of(browser, measured, **way("stands.A-01", "stands.B-01"))
    steps = re.findall(r"<li>([^<]+)</li>", page)
    assert "Take stairs up up to level Upper." in steps
    assert steps[-1] == "Straight ahead: stand B-01 (江南精密)."
    pictures = re.findall(r'<img src="([^"]+)" alt="([^"]+)"', page)
    assert [alt for _, alt in pictures] == ["The way on the level Ground", "The way on the level Upper"]
    for path, _ in pictures:
        answer = browser.get(path)
        assert answer["Content-Type"].startswith("image/svg+xml")
        assert answer.content.count(b'class="way"') == 1
    assert browser.get(pictures[0][0].replace("A-01", "none")).status_code == 404


def test_a_lift_that_the_timeline_closes_is_not_taken_on_the_next_request(browser, measured, planner):
    asked = way("stands.A-01", "stands.B-01", profile="step-free")
    assert "Take lift lift up" in page_of(browser, measured, **asked)
    cells = {"code": "out", "action": "close", "target": "lift", "starts_at": "10:00", "ends_at": "11:00"}
    add_row(edition=measured, sheet="timeline", cells=cells, by=planner)
    assert "There is no way while this is closed: lift lift between Hall A and Hall B." in page_of(
        browser, measured, **asked, hour="10"
    )
    assert "There is no way while this is closed: lift lift between Hall A and Hall B." in page_of(
        browser, measured, **asked
    )
    assert "There is a way at" not in page_of(browser, measured, **asked, hour="11")
    assert "Take lift lift up" in page_of(browser, measured, **asked, hour="11")
    hours = re.findall(r"hour=(\d+)\">", page_of(browser, measured, **asked))
    assert ("9" in hours, "10" in hours, "11" in hours) == (True, False, True)


def test_names_are_searched_and_what_they_could_be_is_offered(browser, measured):
    page = page_of(browser, measured, **way("a-01", "Hall"))
    assert 'name="from" value="stands.A-01"' in page
    choices = re.findall(r'<a href="(\?to=[^"]+)">(Hall \w)</a>', page)
    assert [name for _, name in choices] == ["Hall A", "Hall B"]
    assert "Straight ahead: stand B-01" in page_of(browser, measured, **way("stands.A-01", "江南"))
    assert "Nothing is called zeppelin" in page_of(browser, measured, **way("zeppelin", "A-01"))


def test_the_way_to_where_one_is(browser, measured):
    page = page_of(browser, measured, **way("stands.A-01", "stands.A-01"))
    assert "You are at stand A-01 (Blue Harbor Machines)." in page
    assert "<figure>" not in page


def test_chinese(browser, measured):
    browser.cookies["hostcity_language"] = "zh-hans"
    page = page_of(browser, measured, **way("stands.A-01", "stands.B-01"))
    assert "上行至上层" in page
    assert "江南精密" in page


def test_only_stairs_lead_there_for_a_wheelchair(browser, edition, planner):
    replace_plan(edition=edition, plan=halls.plan(nodes=(), links=()), by=planner)
    run_now(ensure_books(edition))
    page = page_of(browser, edition, **way("stands.A-01", "stands.B-01", profile="pram"))
    assert "There is no way for this profile: only by stairs up, which it cannot use." in page


def test_a_plan_without_a_drawing(browser, edition):
    assert "This plan has no drawing yet." in page_of(browser, edition)


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_whatever_the_number_of_rows(browser, edition, planner, django_assert_num_queries, count):
    stands = tuple(halls.stand(f"A-0{number}", "A", 5.0 + 8 * number) for number in range(count))
    replace_plan(edition=edition, plan=halls.plan(stands=stands, nodes=(), links=()), by=planner)
    run_now(ensure_books(edition))
    page_of(browser, edition, **way("stands.A-00", "amenities.wc"))
    with django_assert_num_queries(16):
        page_of(browser, edition, **way("stands.A-00", "amenities.wc"))


def test_by_the_api(measured, planner):
    from hostcity.core.tokens.services import make_token

    _token, secret = make_token(edition=measured, name="t", actions=["venue.see", "ways.make"], days=1, by=planner)
    headers = {"authorization": f"Bearer {secret}"}
    from django.test import Client

    client = Client(headers=headers)
    of = f"/api/v1/editions/{measured.code}/venue"
    found = client.get(f"{of}/places", {"q": "江南"}).json()
    assert [each["at"] for each in found["places"]] == ["stands.B-01"]
    asked = {"from": "stands.A-01", "to": "stands.B-01", "profile": "step-free"}
    data = client.get(f"{of}/way", asked).json()
    assert (data["is_current"], data["way"]["is_found"]) == (True, True)
    assert [each["kind"] for each in data["way"]["parts"]] == ["walk", "lift", "walk"]
    assert client.post(f"{of}/ways", content_type="application/json").json() == {"job": None, "profiles": []}
    assert client.get(f"{of}/way", asked | {"to": "stands.Z"}).json()["code"] == "way.place.unknown"
    assert client.get(f"{of}/way", asked | {"profile": "x"}).status_code == 422


def test_an_opening_that_is_shut_is_not_gone_through(browser, edition, planner):
    areas = (halls.area("A", "0"), halls.area("C", "0", x=40.0))
    openings = (
        Opening(code="near", area="A", other="C", line=((40.0, 6.0), (40.0, 9.0))),
        Opening(code="far", area="A", other="C", line=((40.0, 16.0), (40.0, 19.0))),
    )
    plan = halls.plan(areas=areas, openings=openings, stands=(halls.stand("A-01", "A"), halls.stand("C-01", "C", 50.0)),
                      connectors=(), nodes=(), links=())  # fmt: skip
    replace_plan(edition=edition, plan=plan, by=planner)
    run_now(ensure_books(edition))
    asked = way("stands.A-01", "stands.C-01")
    assert "door near" in page_of(browser, edition, **asked)
    assert "door far" not in page_of(browser, edition, **asked)


def test_the_nearest_of_a_kind(browser, measured):
    page = page_of(browser, measured, **way("stands.B-01", ""))
    assert "to=nearest:toilets" in page
    page = page_of(browser, measured, **way("stands.B-01", "toil"))
    assert 'name="to" value="amenities.wc"' in page  # there is one only
    page = page_of(browser, measured, **way("stands.B-01", "nearest:toilets"))
    assert re.search(r"From stand B-01 \(.*\) to Toilets west", page)
    assert "You are at Toilets west." in page
    assert "There is no place amenities.aed." in page_of(browser, measured, **way("stands.B-01", "nearest:aed"))


def test_with_an_hour_the_time_is_that_of_the_last_rehearsals_crowd(browser, measured, planner):
    asked = way("stands.A-01", "amenities.wc", hour="10")
    assert "when nobody is in the way" in page_of(browser, measured, **asked)
    crowd = {"hours": [10], "areas": {"A": [20.0]}, "connectors": {}}
    blobs = {"crowding.json": keep_blob(json.dumps(crowd).encode()).sha256}
    keep_result(
        edition=measured, kind="day", snapshot=take_snapshot(edition=measured, by=planner), inputs={}, engine_version="0",
        results_sha256="0" * 64, summary={}, blobs=blobs,
    )  # fmt: skip
    page = page_of(browser, measured, **asked)
    assert "about 3 min at 10:00–11:00" in page
    assert "1 min when empty; the crowd is measured in the rehearsal of" in page
    assert "when nobody is in the way" in page_of(browser, measured, **way("stands.A-01", "amenities.wc"))


def test_the_way_to_a_station_that_is_not_drawn(browser, edition, planner):
    metro = Area(code="metro", name_en="Metro station", name_zh="地铁站", kind="transport", level="0", gross_m2=500.0)
    nodes = (
        Node(code="train", level="0", area="metro", x_m=20.0, y_m=-90.0),
        Node(code="forecourt", level="0", area="A", x_m=20.0, y_m=2.0),
    )
    links = (Link(code="street", start="train", end="forecourt", length_m=100.0, width_m=8.0),)
    plan = halls.plan(areas=(*halls.AREAS, metro), nodes=nodes, links=links)
    replace_plan(edition=edition, plan=plan, by=planner)
    run_now(ensure_books(edition))
    page = page_of(browser, edition, **way("stands.A-01", "地铁"))
    assert "Walk 100 m outside to Metro station." in page
    assert "You are at Metro station." in page
    (picture,) = re.findall(r'<img src="([^"]+)" alt', page)
    assert browser.get(picture).content.count(b'class="way"') == 2
    for name in ("nodes.train", "train"):  # as the command takes it too
        page = page_of(browser, edition, **way(name, "stands.A-01"))
        assert '<p class="ways-chosen">train · Metro station' in page
        assert '<ol class="ways-steps">' in page
    assert "Nothing is called nodes.none" in page_of(browser, edition, **way("nodes.none", "stands.A-01"))
