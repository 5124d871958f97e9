"""A draft becomes the roster: looked at, confirmed, told, taken back."""

import pytest
from django_scopes import scope

from hostcity.core.calendar.queries import entries_of
from hostcity.core.errors import NotAllowed, Refused, RowsMovedOn
from hostcity.core.models import Act, Notice
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import replace_plan
from hostcity.core.results import take_snapshot
from hostcity.volunteers.differing import differing
from hostcity.volunteers.drafts import draft_of, last_number, published_result
from hostcity.volunteers.models import Pin
from hostcity.volunteers.own import own_shifts
from hostcity.volunteers.services import lock_seat, publish_roster, undo_publication
from hostcity.volunteers.services.publishing import MOST_CODE, fresh, publication
from tests import people
from tests.volunteers import drafts, force
from tests.volunteers.force import shift

pytestmark = pytest.mark.django_db
#: V1 stays, V2 goes, V3 is at another post, V5 comes, V4 stays locked, V8 is kept free.
WANTED = (
    shift("V1"), shift("V3", post="P1"), shift("V5", day="D2"), shift("V4", band="late", is_locked=True),
    shift("V8", post="", is_locked=True),
)  # fmt: skip


@pytest.fixture
def made(edition, coordinator):
    """A draft of another roster than the one that holds."""
    return drafts.keep(edition, take_snapshot(edition=edition, by=coordinator), force.plan(shifts=WANTED))


@pytest.fixture
def number(edition):
    with scope(edition=edition):
        return last_number(edition)


def seats(edition):
    return {(each.volunteer, each.day, each.band, each.post, each.is_locked) for each in plan_of(edition).shifts}


def test_who_gets_loses_and_changes_is_told_before(edition, made):
    with scope(edition=edition):
        told, counts = differing(draft_of(made), publication(edition, draft_of(made)))
    assert counts == {"people": 3, "gets": 1, "loses": 1, "changes": 1}
    assert {each.code: (each.gets, each.loses, each.changes) for each in told} == {
        "V2": ((), (("First day", "Morning", "North door"),), ()),
        "V3": ((), (), (("First day", "Morning", "North door", "Help desk"),)),
        "V5": ((("D2", "Morning", "North door"),), (), ()),
    }


def test_publishing_is_one_line_and_can_be_undone(edition, made, number, coordinator):
    act = publish_roster(edition=edition, result=made, number=number, by=coordinator)
    assert (act.verb, act.body["kind"], act.body["result"]) == ("plan.rows", "roster.publish", made.pk)
    assert seats(edition) == {(each.volunteer, each.day, each.band, each.post, each.is_locked) for each in WANTED}
    with scope(edition=edition):
        assert published_result(edition) == made.pk
        assert Act.objects.filter(number__gt=act.number).count() == 0
    assert publish_roster(edition=edition, result=made, number=act.number, by=coordinator) is None
    undo_publication(edition=edition, act=act, by=coordinator)
    assert plan_of(edition) == force.plan()
    with scope(edition=edition):
        assert published_result(edition) == 0
    with pytest.raises(RowsMovedOn):
        undo_publication(edition=edition, act=act, by=coordinator)


def test_codes_of_seats_that_stay_are_kept(edition, number, coordinator):
    replace_plan(edition=edition, plan=force.plan(shifts=(shift("V1", code="first"),)), by=None)
    made = drafts.keep(edition, take_snapshot(edition=edition, by=coordinator), force.plan(shifts=WANTED))
    with scope(edition=edition):
        number = last_number(edition)
    publish_roster(edition=edition, result=made, number=number, by=coordinator)
    assert plan_of(edition).shifts[0].code == "first"


def test_people_whose_shifts_are_others_are_told(edition, made, number, coordinator):
    by_name, by_nobody = (
        people.person(Role.VOLUNTEER, edition, username="v2"),
        people.person(Role.VOLUNTEER, edition, username="v1"),
    )
    publish_roster(edition=edition, result=made, number=number, by=coordinator)
    with scope(edition=edition):
        assert [each.person for each in Notice.objects.all()] == [by_name]
    assert by_nobody.username == "v1"  # whose shift stays


def test_a_volunteer_sees_their_own_shifts_alone(edition):
    volunteer = people.person(Role.VOLUNTEER, edition, username="v3")
    with scope(edition=edition):
        assert [(each.post, each.times, each.zone) for each in own_shifts(edition, volunteer)] == [
            ("Help desk", "08:00–13:00", "South")
        ]
        assert [each.title for each in entries_of(edition, volunteer) if each.key.startswith("shift-")] == ["Help desk"]
        assert own_shifts(edition, people.person(Role.VOLUNTEER, edition)) == []
    browser = people.signed_in(volunteer)
    page = browser.get("/e/fair/volunteers/mine/").content.decode()
    assert "Help desk" in page
    assert "North door" not in page
    assert browser.get("/e/fair/volunteers/").status_code == 403


def test_what_was_not_looked_at_is_not_published(edition, made, number, coordinator):
    replace_plan(edition=edition, plan=force.plan(shifts=(shift("V1"),)), by=None)
    with pytest.raises(Refused, match="changed meanwhile"):
        publish_roster(edition=edition, result=made, number=number, by=coordinator)


def test_a_draft_of_who_is_gone_is_not_published(edition, made, number, coordinator):
    rest = tuple(each for each in force.plan().volunteers if each.code != "V5")
    replace_plan(edition=edition, plan=force.plan(volunteers=rest), by=None)
    with pytest.raises(Refused, match="does not have everybody"):
        publish_roster(edition=edition, result=made, number=number, by=coordinator)


def test_a_pin_that_the_draft_kept_becomes_a_locked_shift(edition, number, coordinator):
    lock_seat(edition=edition, volunteer="V4", day="D1", band="late", post="P1", by=coordinator)
    lock_seat(
        edition=edition, volunteer="V7", day="D2", band="late", post="P1", by=coordinator
    )  # which this draft does not know
    made = drafts.keep(edition, take_snapshot(edition=edition, by=coordinator), force.plan(shifts=WANTED))
    publish_roster(edition=edition, result=made, number=number, by=coordinator)
    with scope(edition=edition):
        assert [pin.volunteer for pin in Pin.objects.all()] == ["V7"]


def test_only_a_coordinator_publishes(edition, made, number, planner):
    with pytest.raises(NotAllowed):
        publish_roster(edition=edition, result=made, number=number, by=planner)


def test_codes_are_short_and_fresh():
    used = {"a" * MOST_CODE}
    assert fresh("a" * 90, used) == "a" * (MOST_CODE - 2) + "-2"
    assert len(used) == 2
