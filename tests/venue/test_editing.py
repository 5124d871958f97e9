"""Changing the plan on the map: what is kept, what is refused and where, and how it is undone."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused, Stale
from hostcity.core.models import Act, PlanRow
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import last_number, plan_of
from hostcity.core.plan_rows.services import change_row, remove_row, replace_plan
from hostcity.plan import PlanError
from hostcity.plan.rows import Link, Node
from hostcity.venue.services import close_place, move_opening, reopen_place, set_width, slid
from tests import people
from tests.venue import halls

EDIT = {"edit": "1", "level": "0", "at": "openings.door"}
NETWORK = {
    "nodes": (
        Node(code="a", level="0", area="A", x_m=35.0, y_m=10.0), Node(code="b", level="1", area="B", x_m=37.0, y_m=10.0),
        Node(code="c", level="0", area="A", x_m=5.0, y_m=10.0),
    ),
    "links": (
        Link(code="up", start="a", end="b", kind="stairs", length_m=12.0, width_m=2.0),
        Link(code="aisle", start="c", end="a", length_m=30.0, width_m=4.0),
    ),
}  # fmt: skip


@pytest.fixture
def walked(edition, planner):
    """The small venue with a network in which the stairs have a link of their code, and the door has none."""
    replace_plan(edition=edition, plan=halls.plan(**NETWORK, timeline=()), by=planner)
    return edition


@pytest.fixture
def browser(planner):
    return people.signed_in(planner)


def row(edition, sheet, key):
    with scope(edition=edition):
        return PlanRow.objects.get(sheet=sheet, key=key)


def timeline(edition):
    with scope(edition=edition):
        return [each.body for each in PlanRow.objects.filter(sheet="timeline").order_by("position", "id")]


def post(browser, edition, asked=EDIT, **sent):
    answer = browser.post(
        reverse("map", args=[edition.code]) + "?" + "&".join(f"{k}={v}" for k, v in asked.items()), sent
    )
    return answer, unescape(answer.content.decode())


def page_of(browser, edition, **asked):
    return unescape(browser.get(reverse("map", args=[edition.code]), asked).content.decode())


# Services


def test_an_opening_slides_along_its_line():
    assert slid(((18.0, 0.0), (22.0, 0.0)), 0.1) == ((18.1, 0.0), (22.1, 0.0))
    assert slid(((40.0, 8.0), (40.0, 10.0)), -1) == ((40.0, 7.0), (40.0, 9.0))
    assert slid(((0.0, 0.0), (3.0, 4.0)), 5) == ((3.0, 4.0), (6.0, 8.0))


def test_an_opening_is_moved_within_its_wall_and_no_further(walked, planner):
    moved = move_opening(edition=walked, key="door", by_m=2.5, version=1, by=planner)
    assert (moved.body["line"], moved.version) == ([[20.5, 0.0], [24.5, 0.0]], 2)
    number = last_number(walked)
    with pytest.raises(PlanError) as refused:
        move_opening(edition=walked, key="door", by_m=17.0, version=2, by=planner)
    (problem,) = refused.value.problems
    assert (problem.code, problem.row, problem.level, problem.at) == ("openings.line.wall", 1, "0", (41.5, 0.0))
    assert "1.5 m off the border of A" in str(problem.what)
    assert (row(walked, "openings", "door").version, last_number(walked)) == (2, number), "nothing is half done"
    with scope(edition=walked):
        act = Act.objects.get(number=number)
    assert (act.verb, act.subject_key) == ("plan.change", "door")
    assert act.body["fields"] == {"line": [[[18.0, 0.0], [22.0, 0.0]], [[20.5, 0.0], [24.5, 0.0]]]}


def test_what_was_wrong_before_is_no_reason(walked, planner):
    change_row(edition=walked, sheet="openings", key="door", changes={"line": "18,5; 22,5"}, version=1, by=planner)
    assert move_opening(edition=walked, key="door", by_m=1, version=2, by=planner).version == 3


def test_distances_that_are_none(walked, planner):
    for by_m in (float("nan"), float("inf"), 1e6):
        with pytest.raises(Refused, match=r"venue\.move"):
            move_opening(edition=walked, key="door", by_m=by_m, version=1, by=planner)
    with pytest.raises(Refused, match=r"plan\.row_gone"):
        move_opening(edition=walked, key="none", by_m=1, version=1, by=planner)


def test_widths(walked, planner):
    assert (
        set_width(edition=walked, sheet="openings", key="door", width_m="3.6", version=1, by=planner).body["clear_m"]
        == 3.6
    )
    assert (
        set_width(edition=walked, sheet="openings", key="door", width_m="", version=2, by=planner).body["clear_m"]
        is None
    )
    assert (
        set_width(edition=walked, sheet="connectors", key="up", width_m="2.4", version=1, by=planner).body["width_m"]
        == 2.4
    )
    assert (
        set_width(edition=walked, sheet="links", key="aisle", width_m="5", version=1, by=planner).body["width_m"] == 5
    )
    with pytest.raises(PlanError, match="wider than the line"):
        set_width(edition=walked, sheet="openings", key="door", width_m="4.5", version=3, by=planner)
    with pytest.raises(PlanError, match=r"links\.width_m"):
        set_width(edition=walked, sheet="links", key="aisle", width_m="wide", version=2, by=planner)
    with pytest.raises(Stale) as stale:
        set_width(edition=walked, sheet="links", key="aisle", width_m="6", version=1, by=planner)
    assert stale.value.diff == (("width_m", 5.0, 6.0),)
    with pytest.raises(Refused, match=r"venue\.sheet"):
        set_width(edition=walked, sheet="areas", key="A", width_m="6", version=1, by=planner)


def test_a_link_is_closed_in_the_timeline_and_a_door_without_one_is_shut(walked, planner):
    given = {"starts_at": "11:00", "ends_at": "13:00", "by": planner}
    close_place(edition=walked, sheet="connectors", key="up", **given)
    close_place(edition=walked, sheet="links", key="aisle", left="0.4", **given)
    close_place(edition=walked, sheet="openings", key="door", starts_at="13:00", ends_at="", by=planner)
    close_place(edition=walked, sheet="openings", key="door", **given)
    said = [(each["code"], each["action"], each["target"], each["starts_at"], each["ends_at"], each["value"])
            for each in timeline(walked)]  # fmt: skip
    assert said == [
        ("up-close", "close", "up", "11:00", "13:00", None),
        ("aisle-width", "width", "aisle", "11:00", "13:00", 0.4),
        ("door-shut", "shut", "door", "13:00", None, None),
        ("door-shut-2", "shut", "door", "11:00", "13:00", None),
    ]
    assert len(plan_of(walked).timeline) == 4


def test_what_is_closed_is_not_closed_once_more_for_the_same_time(walked, planner):
    def close(starts_at, ends_at, **more):
        close_place(
            edition=walked, sheet="links", key="aisle", starts_at=starts_at, ends_at=ends_at, by=planner, **more
        )

    close("10:30", "11:30")
    close("11:30", "12:00")
    close("10:00", "", left="0.5")  # narrowed all day, and closed for some of it
    for starts_at, ends_at in (("10:30", "11:30"), ("10:00", "11:00"), ("11:59", "")):
        with pytest.raises(Refused, match=r"closed already at 1[01]:30–1[12]:[03]0\. .*\[venue\.closed_twice\]"):
            close(starts_at, ends_at)
    with pytest.raises(Refused, match="narrowed already at 10:00–"):
        close("16:00", "", left="0.2")
    assert [each["starts_at"] for each in timeline(walked)] == ["10:30", "11:30", "10:00"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"starts_at": "13:00", "ends_at": "11:00"}, "timeline.ends_at.order"),
        ({"starts_at": "soon", "ends_at": ""}, "timeline.starts_at"),
        ({"starts_at": "11:00", "ends_at": "", "left": "1.5"}, "timeline.value.range"),
        ({"starts_at": "02:00", "ends_at": "03:00"}, "timeline.ends_at.clock"),
    ],
)
def test_times_and_shares_that_cannot_be(walked, planner, given, code):
    with pytest.raises(PlanError) as refused:
        close_place(edition=walked, sheet="links", key="aisle", by=planner, **given)
    assert refused.value.problems[0].code.startswith(code)
    assert timeline(walked) == []


def test_what_has_no_link_cannot_be_narrowed(walked, planner):
    with pytest.raises(Refused, match=r"venue\.narrow"):
        close_place(edition=walked, sheet="openings", key="door", starts_at="11:00", ends_at="", left="0.5", by=planner)


def test_opened_again(walked, planner):
    closed = close_place(edition=walked, sheet="links", key="aisle", starts_at="11:00", ends_at="", by=planner)
    with pytest.raises(Stale):
        reopen_place(edition=walked, key=closed.key, version=7, by=planner)
    reopen_place(edition=walked, key=closed.key, version=1, by=planner)
    assert timeline(walked) == []


def test_a_door_that_the_timeline_shuts_is_not_removed(walked, planner):
    close_place(edition=walked, sheet="openings", key="door", starts_at="11:00", ends_at="", by=planner)
    with pytest.raises(Refused, match=r"timeline\.door-shut\.target"):
        remove_row(edition=walked, sheet="openings", key="door", version=1, by=planner)


def test_only_who_may_change_the_plan(walked):
    guest = people.person(Role.PRESS_OFFICER, walked)
    for act in (
        lambda: move_opening(edition=walked, key="door", by_m=1, version=1, by=guest),
        lambda: set_width(edition=walked, sheet="links", key="aisle", width_m="3", version=1, by=guest),
        lambda: close_place(edition=walked, sheet="links", key="aisle", starts_at="11:00", ends_at="", by=guest),
        lambda: reopen_place(edition=walked, key="none", version=1, by=guest),
    ):
        with pytest.raises(NotAllowed):
            act()
    browser = people.signed_in(guest)
    assert "Edit" not in re.findall(r"<a[^>]*>(?:<svg.*?</svg>)? ?([^<]+)</a>", page_of(browser, walked, **EDIT))
    assert 'name="by_m"' not in page_of(browser, walked, **EDIT)
    assert post(browser, walked, act="move", by_m="1", version="1")[0].status_code == 403


# The page


def test_a_door_is_moved_by_a_button_and_the_move_undone(browser, walked):
    page = page_of(browser, walked, **EDIT)
    assert re.findall(r'name="step_m" value="([^"]+)">([^<]+)<', page) == [
        ("-1", "1 m west"), ("-0.1", "0.1 m west"), ("0.1", "0.1 m east"), ("1", "1 m east"),
    ]  # fmt: skip
    answer, _page = post(browser, walked, act="move", step_m="-0.1", by_m="", version="1")
    assert (answer.status_code, answer["Location"]) == (302, "/e/fair/venue/?edit=1&level=0&at=openings.door")
    page = unescape(browser.get(answer["Location"]).content.decode())
    assert "door has been changed." in page
    assert "Openings door: line 18,0; 22,0 → 17.9,0; 21.9,0" in page
    undo = re.search(r'form="undo" formaction="([^"]+)"', page)[1]
    answer = browser.post(undo, {"back": "/e/fair/venue/?edit=1&level=0&at=openings.door"})
    assert answer["Location"] == "/e/fair/venue/?edit=1&level=0&at=openings.door"
    assert row(walked, "openings", "door").body["line"] == [[18.0, 0.0], [22.0, 0.0]]
    assert browser.post(undo, {"back": "https://elsewhere.example/"})["Location"] == "/e/fair/plan/changes/"


def test_directions_are_those_of_the_map(browser, walked):
    page = page_of(browser, walked, edit="1", at="openings.exit")
    assert re.findall(r'name="step_m" value="(-?1)">([^<]+)<', page) == [("-1", "1 m south"), ("1", "1 m north")]


def test_a_refusal_says_where(browser, walked):
    answer, page = post(browser, walked, act="move", by_m="30", version="1")
    assert answer.status_code == 422
    assert 'data-wrong="52.0 0.0"' in page
    assert "12.0 m off the border of A" in page
    assert 'name="by_m"' in page
    answer, page = post(browser, walked, act="move", by_m="", version="1")
    assert (answer.status_code, "This is no distance in the venue." in page) == (422, True)
    assert post(browser, walked, act="dance")[0].status_code == 422
    answer, page = post(browser, walked, {"at": "areas.A"}, act="width", width="3", version="1")
    assert (answer.status_code, "This is not changed on the map. Change its row in the plan." in page) == (422, True)
    assert (
        post(browser, walked, EDIT | {"at": "openings.none"}, act="move", by_m="1", version="1")[0].status_code == 404
    )


def test_somebody_was_faster(browser, walked, planner):
    set_width(edition=walked, sheet="connectors", key="up", width_m="3", version=1, by=planner)
    asked = EDIT | {"at": "connectors.up"}
    answer, page = post(browser, walked, asked, act="width", width="4", version="1")
    assert answer.status_code == 409
    assert re.findall(r'<th scope="row">width</th><td>([^<]+)</td><td>([^<]+)</td>', page) == [("3", "4")]
    (choice,) = re.findall(r'<div class="venue-choice">.*?</div>', page, re.S)
    assert re.findall(r'href="([^"]+)">(.*?)</a>', choice) == [
        ("/e/fair/venue/?edit=1&level=0&at=connectors.up", "Keep what is stored")
    ]
    again = dict(re.findall(r'name="(act|width|version)" value="([^"]+)"', choice))
    assert again == {"act": "width", "width": "4", "version": "2"}
    assert post(browser, walked, asked, **again)[0].status_code == 302
    assert row(walked, "connectors", "up").body["width_m"] == 4
    answer, _page = post(browser, walked, asked, act="width", width="4", version="3")
    assert "Nothing was changed: Stairs → Upper is so already." in unescape(
        browser.get(answer["Location"]).content.decode()
    )


def test_a_refusal_names_the_fields_of_the_form(browser, walked):
    asked = EDIT | {"at": "links.aisle"}
    for sent, told in (
        ({"starts_at": "13:00", "ends_at": "11:00"}, "Until has to be later than From."),
        ({"starts_at": "soon", "ends_at": ""}, '<p class="mb-0">From: '),
        ({"starts_at": "11:00", "ends_at": "", "left": "250"}, "The width left is no percentage."),
    ):
        answer, page = post(browser, walked, asked, act="close", **sent)
        assert (answer.status_code, told in page) == (422, True), told
    assert "Close the walkway</button>" in page
    assert "Close the door</button>" in page_of(browser, walked, **EDIT)


def test_what_is_closed_is_drawn_told_and_opened_again(browser, walked):
    asked = EDIT | {"at": "connectors.up"}
    page = page_of(browser, walked, **asked)
    assert "Width left in percent" in page
    assert "No link of the network" not in page
    assert post(browser, walked, asked, act="close", starts_at="11:00", ends_at="13:00", left="")[0].status_code == 302
    page = page_of(browser, walked, level="0")
    assert re.search(
        r'data-go="connectors.up">up</a> <span class="quiet small d-block">closed 11:00–13:00</span>', page
    )
    drawn = browser.get(reverse("map-level", args=[walked.code, "0"])).content.decode()
    assert '<symbol id="symbol-closed"' in drawn
    assert re.search(r'<g class="closing" data-from="39600" data-to="46800" transform="translate\(35 -15\)">', drawn)
    assert ">11:00–13:00</text>" in drawn
    page = page_of(browser, walked, **asked)
    event, version = re.search(
        r'name="event" value="([^"]+)"><input type="hidden" name="version" value="(\d+)"', page
    ).groups()
    assert "Timeline: added up-close (close up, 11:00–13:00)" in page
    assert post(browser, walked, asked, act="open", event=event, version=version)[0].status_code == 302
    assert "closed 11:00" not in page_of(browser, walked, level="0")
    assert "Timeline: removed up-close" in page_of(browser, walked, **asked)


def test_a_door_without_a_link_says_what_it_means(browser, walked):
    page = page_of(browser, walked, **EDIT)
    assert "No link of the network has this code" in page
    assert "Width left" not in page
    assert post(browser, walked, act="close", starts_at="11:00", ends_at="")[0].status_code == 302
    assert "out of service 11:00–" in page_of(browser, walked, level="0")


def test_ways_are_drawn_and_found_only_by_who_changes_them(browser, walked):
    level = reverse("map-level", args=[walked.code, "0"])
    assert b'id="links.aisle"' in browser.get(level, {"edit": "1"}).content
    assert b'id="links.aisle"' not in browser.get(level).content
    assert 'data-go="links.aisle"' in page_of(browser, walked, edit="1", q="aisle")
    assert 'data-go="links.aisle"' not in page_of(browser, walked, q="aisle")
    assert "5 m wide" not in page_of(browser, walked, at="links.aisle")
    assert "4 m wide" in page_of(browser, walked, at="links.aisle")


def test_visitors_see_nothing_of_it(browser, walked, planner):
    close_place(edition=walked, sheet="openings", key="door", starts_at="11:00", ends_at="", by=planner)
    walked.is_map_public = True
    walked.save()
    for path in ("/p/fair/venue/", "/p/fair/venue/?edit=1&at=openings.door", "/p/fair/venue/?q=aisle&at=links.aisle",
                 "/p/fair/venue/levels/0.svg", "/p/fair/venue/levels/0.svg?edit=1&at=links.aisle"):  # fmt: skip
        page = people.Client().get(path).content.decode()
        page = re.sub(r'<nav class="visitors-languages".*?</nav>', "", page, flags=re.S)  # repeats what was asked
        for told in ("links.", "openings.door", "by_m", "csrf", "marked"):
            assert told not in page, (path, told)


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_whatever_was_changed(browser, walked, planner, django_assert_num_queries, count):
    for hour in range(11, 11 + count):
        close_place(
            edition=walked, sheet="openings", key="door", starts_at=f"{hour}:00", ends_at=f"{hour}:30", by=planner
        )
    page_of(browser, walked, **EDIT)
    with django_assert_num_queries(EDIT_QUERIES):
        assert page_of(browser, walked, **EDIT).count('name="event"') == count


EDIT_QUERIES = 11
