"""The map for visitors: without signing in, without scripts, and with nothing of the plan but what is drawn."""

import gzip
import re
from datetime import datetime
from html import unescape

import pytest
from django.test import Client
from django_scopes import scope

from hostcity.core import public_pages
from hostcity.core.editions.services import change_edition
from hostcity.core.models import Act
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import change_row, replace_plan
from hostcity.plan.rows import Event
from hostcity.venue.public import shut
from tests import people
from tests.venue import halls

PAGE, LEVEL = "/p/fair/venue/", "/p/fair/venue/levels/0.svg"


@pytest.fixture
def shown(drawn):
    """The edition with a small venue whose map is public."""
    drawn.is_map_public = True
    drawn.save()
    return drawn


@pytest.fixture
def visitor():
    public_pages.VISITORS.forget()
    return Client()


def page_of(visitor, path=PAGE, **asked):
    answer = visitor.get(path, asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_off_until_somebody_switches_it_on(visitor, drawn):
    assert [visitor.get(path).status_code for path in (PAGE, LEVEL, "/p/none/venue/")] == [404, 404, 404]
    boss = people.person(Role.ADMINISTRATOR, drawn)
    change_edition(edition=drawn, changes={"is_map_public": True}, version=1, by=boss)
    assert [visitor.get(path).status_code for path in (PAGE, LEVEL)] == [200, 200]
    with scope(edition=drawn):
        act = Act.objects.get(verb="edition.change")
    assert act.body == {"is_map_public": [False, True]}
    page = people.signed_in(boss).get("/e/fair/changes/").content.decode()
    assert "changed the edition: anybody may see the map of its venue" in page
    change_edition(edition=drawn, changes={"is_map_public": False}, version=2, by=boss)
    assert visitor.get(PAGE).status_code == 404
    assert visitor.get("/p/fair/").status_code == 404, "the public page is switched on by itself"


def test_a_visitor_finds_a_stand_by_links_alone(visitor, shown):
    page = page_of(visitor, q="江南")
    (hit,) = re.findall(r'<a href="([^"]*)" data-go="stands', page)
    assert hit == "?level=1&at=stands.B-01&q=%E6%B1%9F%E5%8D%97"
    page = page_of(visitor, PAGE + hit)
    assert '<h2 id="place-title">B-01</h2>' in page
    assert "江南精密" in page
    image = re.search(r'<noscript><img class="map-image" src="([^"]+)"', page)[1]
    assert image == "/p/fair/venue/levels/1.svg?at=stands.B-01"
    assert 'class="marked"' in visitor.get(image).content.decode()


def test_links_keep_the_language_that_the_address_asks_for(visitor, shown):
    page = page_of(visitor, lang="zh", q="厕所", at="amenities.wc")
    assert '<html lang="zh-Hans">' in page
    assert "西侧卫生间" in page
    links = re.findall(r'href="(\?[^"]*)" data-go', page)
    assert len(links) > 4
    assert [link for link in links if not link.startswith("?lang=zh&level=")] == []
    assert '<input type="hidden" name="lang" value="zh">' in page
    assert 'src="/p/fair/venue/levels/0.svg?lang=zh&at=amenities.wc"' in page
    assert "地面层" in visitor.get(LEVEL, {"lang": "zh"}).content.decode()
    other = re.search(r'<a href="([^"]+)" lang="en"', page)[1]
    assert '<html lang="en">' in page_of(visitor, PAGE + other)
    assert "Toilets west" in page_of(visitor, PAGE + other)


def test_nothing_of_the_plan_but_what_is_drawn(visitor, shown):
    asked = [{}, {"q": "a"}, {"at": "areas.A"}, {"at": "amenities.wc", "q": "toilets"}, {"at": "connectors.up"}]
    pages = [page_of(visitor, **each) for each in asked] + [page_of(visitor, LEVEL)]
    for page in pages:
        assert "/e/fair" not in page
        assert "8 places" not in page, "what the plan counts"
        assert "800" not in page, "the gross area"
    staff = people.signed_in(people.person(Role.PLANNER, shown))
    assert "8 places" in staff.get("/e/fair/venue/", {"at": "amenities.wc"}).content.decode()


def test_caches_may_keep_it_until_edition_or_plan_change(visitor, shown, planner, django_assert_num_queries):
    page_of(visitor)
    with django_assert_num_queries(3):
        first = visitor.get(PAGE)
    assert first["Cache-Control"] == "public, max-age=300"
    assert {"Accept-Language", "Cookie"} <= set(first["Vary"].split(", "))
    assert first.cookies == {}
    known = {"if-none-match": first["ETag"]}
    with django_assert_num_queries(3):
        again = visitor.get(PAGE, headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert visitor.get(PAGE, {"level": "1"}, headers=known).status_code == 200
    assert visitor.get(PAGE, headers=known | {"accept-language": "zh-hans"}).status_code == 200
    assert visitor.get(PAGE, headers=known | {"cookie": "hostcity_theme=dark"}).status_code == 200
    change_row(edition=shown, sheet="areas", key="A", changes={"name_en": "Hall Z"}, version=1, by=planner)
    changed = visitor.get(PAGE, headers=known)
    assert (changed.status_code, b"Hall Z" in changed.content) == (200, True)
    people.Edition.objects.filter(pk=shown.pk).update(version=7)
    assert visitor.get(PAGE, headers={"if-none-match": changed["ETag"]}).status_code == 200


def test_a_level_is_sent_small_and_kept(visitor, shown):
    plain, small = visitor.get(LEVEL), visitor.get(LEVEL, headers={"accept-encoding": "gzip"})
    assert gzip.decompress(small.content) == plain.content
    assert plain["Cache-Control"] == "public, max-age=300"
    assert {"Accept-Encoding", "Accept-Language", "Cookie"} <= set(plain["Vary"].split(", "))
    again = visitor.get(LEVEL, headers={"if-none-match": plain["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Accept-Encoding" in again["Vary"]
    assert visitor.get("/p/fair/venue/levels/99.svg").status_code == 404
    assert visitor.post(PAGE).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_whatever_the_number_of_rows(visitor, shown, planner, django_assert_num_queries, count):
    stands = tuple(halls.stand(f"A-{number}", "A") for number in range(count))
    replace_plan(edition=shown, plan=halls.plan(stands=stands), by=planner)
    with django_assert_num_queries(4):
        assert page_of(visitor, q="A-").count('data-go="stands') == count


def test_a_question_is_cut_and_odd_ones_are_answered(visitor, shown):
    assert 'value="' + "a" * 100 + '"' in page_of(visitor, q="a" * 5000)
    for asked in ({"at": "no.no"}, {"level": "\0"}, {"lang": "xx"}, {"q": "\0"}, {"at": "stands"}):
        assert visitor.get(PAGE, asked).status_code == 200


def test_one_address_may_not_ask_without_end(visitor, shown, monkeypatch):
    monkeypatch.setattr(public_pages, "VISITORS", public_pages.Rate(burst=2, per_s=0.1))
    assert [visitor.get(PAGE).status_code for _ in range(3)] == [200, 200, 429]
    refused = visitor.get(PAGE)
    assert 0 < int(refused["Retry-After"]) <= 10
    assert refused["Cache-Control"] == "no-store"
    assert visitor.get(PAGE, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_the_public_page_leads_to_it_and_back(visitor, shown):
    shown.is_public = True
    shown.save()
    page = page_of(visitor, "/p/fair/", lang="zh")
    assert 'href="/p/fair/venue/?lang=zh"' in page
    assert 'href="/p/fair/?lang=zh"' in page_of(visitor, lang="zh")
    shown.is_map_public = False
    shown.save()
    assert "/venue/" not in page_of(visitor, "/p/fair/")


def test_a_venue_without_a_drawing_says_so(visitor, db):
    people.edition("bare", is_map_public=True)
    page = page_of(visitor, "/p/bare/venue/")
    assert "Nothing is drawn of this venue yet." in page
    assert "<script" not in page


@pytest.mark.parametrize("role", [Role.EXHIBITOR, Role.VISITOR, Role.BUYER, Role.VOLUNTEER])
def test_whoever_has_no_map_of_the_staff_is_led_to_that_of_visitors(drawn, role):
    client = people.signed_in(people.person(role, drawn))
    assert "/p/fair/venue/" not in client.get("/e/fair/").content.decode(), "not while it is switched off"
    assert "/p/fair/venue/" not in client.get("/e/fair/venue/").content.decode()
    people.Edition.objects.update(is_map_public=True)
    menu = re.search(r'<nav class="side".*?</nav>', client.get("/e/fair/").content.decode(), re.S)[0]
    assert re.findall('href="(/p/[^"]+)"', menu) == [PAGE, PAGE + "ways/"]
    refused = client.get("/e/fair/venue/")
    assert refused.status_code == 403
    assert {PAGE, PAGE + "ways/"} <= set(
        re.findall('btn btn-outline-secondary" href="([^"]+)"', refused.content.decode())
    )
    staff = people.signed_in(people.person(Role.PLANNER, drawn)).get("/e/fair/").content.decode()
    assert "/p/fair/venue/" not in staff


def test_the_card_of_a_place_leads_to_the_ways_there_and_from_there(visitor, shown):
    found = r'class="btn btn-outline-secondary btn-sm" href="([^"]*ways[^"]+)"'
    page = page_of(visitor, at="stands.B-01", lang="zh")
    assert re.findall(found, page) == [f"{PAGE}ways/?lang=zh&{end}=stands.B-01" for end in ("to", "from")]
    assert re.findall(found, page_of(visitor, at="stands.pillar")) == [], "nobody goes to a column"
    staff = people.signed_in(people.person(Role.PLANNER, shown)).get("/e/fair/venue/", {"at": "amenities.wc"})
    assert re.findall(found, unescape(staff.content.decode())) == [
        f"/e/fair/venue/ways/?{end}=amenities.wc" for end in ("to", "from")
    ]


SHUT = (
    Event(code="l", action="shut", target="lift", starts_at=36_000.0, ends_at=43_200.0),
    Event(code="d", action="shut", target="door", starts_at=23_400.0),
    Event(code="u", action="width", target="up", starts_at=36_000.0, value=0.5),
)


def test_visitors_see_what_is_shut_now_and_read_when(visitor, shown, planner, monkeypatch):
    plan = halls.plan(connectors=(*halls.CONNECTORS, halls.LIFT), timeline=SHUT)
    replace_plan(edition=shown, plan=plan, by=planner)
    page = page_of(visitor)
    said = re.sub(r"<[^>]+>|\s+", " ", page[page.index("Closed or out of service") :])
    assert re.findall(r"(?:Door|Lift)[^–]*–(?:\d\d:\d\d)?", said) == [
        "Door · Hall A  closed 06:30–", "Lift → Upper   out of service 10:00–12:00",
    ]  # fmt: skip
    assert 'class="venue-shut">out of service 10:00–12:00' in page_of(visitor, at="connectors.lift")

    def signs(clock):
        monkeypatch.setattr(shut.timezone, "now", lambda: datetime.fromisoformat(f"2027-11-{clock}:00+08:00"))
        return re.findall(r">([\d:–]+)</text>", page_of(visitor, LEVEL))

    days = ("04T11:00", "05T06:00", "05T09:00", "10T11:59", "10T12:00")
    both = ["06:30–", "10:00–12:00"]
    assert [signs(each) for each in days] == [both, [], both[:1], both, both[:1]]
