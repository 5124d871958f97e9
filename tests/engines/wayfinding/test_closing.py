"""What the timeline closes at a time, and by which names."""

from hostcity.engines.wayfinding import PROFILES, Closed, closed_at, closed_by_codes, known_of
from hostcity.engines.wayfinding.making import make_book
from hostcity.plan.rows import Event, Opening
from tests.engines.wayfinding.venues import two_rooms


def test_the_timeline_closes_for_its_time():
    plan = two_rooms(
        timeline=(
            Event(code="1", action="close", target="door", starts_at=36_000.0, ends_at=39_600.0),
            Event(code="2", action="width", target="aisle", value=0.0, starts_at=36_000.0),
            Event(code="3", action="width", target="half", value=0.5, starts_at=36_000.0),
        )
    )
    assert closed_at(plan, 35_999.0) == ()
    assert closed_at(plan, 36_000.0) == ("door", "aisle")
    assert closed_at(plan, 39_600.0) == ("aisle",)


def test_a_link_derived_through_a_door_closes_the_door():
    book = make_book(two_rooms(), PROFILES["walking"])
    assert known_of(book, ["door"]) == known_of(book, ["door:a>b"])
    assert known_of(book, ["elsewhere", "door"]).portals == {book.portal_of["door"]}


def test_an_exit_through_which_no_way_leads_may_be_named():
    door = two_rooms().openings[0]
    out = Opening(code="out", area="A", line=((0.0, 8.0), (0.0, 10.0)), is_exit=True)
    book = make_book(two_rooms(openings=(door, out)), PROFILES["walking"])
    assert closed_by_codes(book, ["out"]) == Closed(frozenset())
    assert closed_by_codes(book, ["out", "door"]) == closed_by_codes(book, ["door"])
