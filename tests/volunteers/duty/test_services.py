"""Checking in and out: what counts, who may, and what is said of what does not."""

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.models import Act
from hostcity.core.models.people import Role
from hostcity.volunteers.duty import services
from hostcity.volunteers.duty.cells import Cell
from hostcity.volunteers.duty.codes import code_of, scanned_of, secret_of, step_of, token_of
from hostcity.volunteers.models import Attendance
from tests import people

pytestmark = pytest.mark.django_db
HERE, THERE = Cell("P1", "D1", "early"), Cell("P2", "D1", "early")
SEAT = {"day": "D1", "band": "early"}


def code(edition, clock, cell=HERE, ago=0):
    return code_of(secret_of(edition), cell, step_of(clock.now) - ago)


def token(edition, clock, cell=HERE, ago=0):
    return token_of(edition, cell, step_of(clock.now) - ago)


def told(edition):
    with scope(edition=edition):
        acts = Act.objects.filter(verb__startswith="duty.").order_by("number")
        return [(each.verb, each.subject_key, each.by_code) for each in acts]


def refused(act, **given):
    with pytest.raises(Refused) as caught:
        act(**given)
    return caught.value.code


def come(edition, by, **given):
    return services.check_in(edition=edition, by=by, **given)


def test_a_code_checks_in_once(edition, volunteer, clock):
    first = come(edition, volunteer, code=code(edition, clock))
    clock.set("07:45:00")
    again = come(edition, volunteer, code=code(edition, clock))
    assert (first.is_new, again.is_new) == (True, False)
    row = again.attendance
    assert (row.volunteer, row.post, row.how, row.checked_in_at.isoformat()) == (
        "V2",
        "P1",
        "code",
        "2026-05-04T23:30:10+00:00",
    )
    assert told(edition) == [("duty.in", "V2", volunteer.code)]


def test_the_code_of_a_moment_ago_is_taken_and_spaces_are_left_out(edition, volunteer, clock):
    given = code(edition, clock, ago=1)
    assert come(edition, volunteer, code=f" {given[:3]} {given[3:]}").is_new


def test_a_scan_checks_in_and_its_form_a_little_later(edition, volunteer, leader, clock):
    form = scanned_of(edition, HERE, volunteer, clock.now)
    assert refused(come, edition=edition, by=leader, token=form) == "duty.scan"
    clock.set("07:35:10")
    done = come(edition, volunteer, token=form)
    assert (done.is_new, done.attendance.how) == (True, "qr")
    clock.set("07:35:11")
    assert refused(come, edition=edition, by=volunteer, token=form) == "duty.expired"


@pytest.mark.parametrize(
    ("at", "cell", "ago", "why"),
    [
        ("07:30:00", HERE, 2, "duty.expired"),
        ("07:30:00", THERE, 0, "duty.not_yours"),
        ("06:59:59", HERE, 0, "duty.early"),
        ("13:00:00", HERE, 0, "duty.late"),
        ("12:30:00", Cell("P1", "D1", "late"), 0, "duty.not_yours"),
    ],
)
def test_what_is_wrong_is_told_apart(edition, volunteer, clock, at, cell, ago, why):
    clock.set(at)
    assert refused(come, edition=edition, by=volunteer, code=code(edition, clock, cell, ago)) == why
    assert refused(come, edition=edition, by=volunteer, token=token(edition, clock, cell, ago)) == why
    assert told(edition) == []


def test_an_hour_before_and_to_the_end(edition, volunteer, clock):
    clock.set("07:00:00")
    assert come(edition, volunteer, code=code(edition, clock)).is_new
    other = people.person(Role.VOLUNTEER, edition, username="v1")
    clock.set("12:59:59")
    assert come(edition, other, code=code(edition, clock)).is_new


def test_a_code_that_none_shows_is_wrong(edition, volunteer, clock):
    shown = {code(edition, clock, Cell(post, "D1", "early"), ago) for post in ("P1", "P2", "S1") for ago in range(21)}
    free = next(f"{number:06}" for number in range(100) if f"{number:06}" not in shown)
    assert refused(come, edition=edition, by=volunteer, code=free) == "duty.wrong"
    assert refused(come, edition=edition, by=volunteer, code="12345") == "duty.digits"
    assert refused(come, edition=edition, by=volunteer, code="１２３４５６") == "duty.digits"
    assert refused(come, edition=edition, by=volunteer, token="none") == "duty.scan"  # noqa: S106 -- what a phone scanned


def test_who_has_no_shift_is_told(edition, clock):
    other = people.person(Role.VOLUNTEER, edition, username="v8")
    assert refused(come, edition=edition, by=other, code=code(edition, clock)) == "duty.no_shift"


def test_scans_of_another_edition_are_none(edition, volunteer, clock):
    other = people.edition("other")
    assert refused(come, edition=edition, by=volunteer, token=token(other, clock)) == "duty.scan"


def test_tries_are_limited_and_scans_are_not(edition, volunteer, clock):
    for _try in range(10):
        refused(come, edition=edition, by=volunteer, code="0")
    assert refused(come, edition=edition, by=volunteer, code=code(edition, clock)) == "duty.tries"
    assert come(edition, volunteer, token=token(edition, clock)).is_new


def test_out_and_back_and_out(edition, volunteer, clock):
    of = {"edition": edition, "by": volunteer, **SEAT}
    assert refused(services.check_out, **of) == "duty.not_in"
    come(edition, volunteer, code=code(edition, clock))
    assert refused(services.undo_check_out, **of) == "duty.moved_on"
    clock.set("12:00:00")
    assert services.check_out(**of).is_new
    assert not services.check_out(**of).is_new
    assert services.undo_check_out(**of).attendance.checked_out_at is None
    clock.set("13:10:00")
    services.check_out(**of)
    assert refused(services.undo_check_out, **of) == "duty.late"
    assert [verb for verb, *_more in told(edition)] == ["duty.in", "duty.out", "duty.undo_out", "duty.out"]


def test_leaving_is_after_coming_whatever_the_clock_says(edition, volunteer, clock):
    come(edition, volunteer, code=code(edition, clock))
    clock.set("07:00:00")
    row = services.check_out(edition=edition, by=volunteer, **SEAT).attendance
    assert (row.checked_out_at - row.checked_in_at).total_seconds() == 1e-6
    with transaction.atomic(), scope(edition=edition), pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.update(checked_out_at=row.checked_in_at)


def test_leaders_check_people_in_where_they_serve(edition, leader, volunteer, coordinator, clock):
    by_hand = services.check_in_by_hand
    done = by_hand(edition=edition, volunteer="V2", by=leader, **SEAT)
    assert (done.is_new, done.attendance.how, done.attendance.by_code) == (True, "leader", leader.code)
    for by, who in ((leader, "V3"), (volunteer, "V1")):
        with pytest.raises(NotAllowed):
            by_hand(edition=edition, volunteer=who, by=by, **SEAT)
    assert by_hand(edition=edition, volunteer="V3", by=coordinator, **SEAT).is_new
    assert refused(by_hand, edition=edition, volunteer="V8", by=coordinator, **SEAT) == "duty.not_rostered"
    clock.set("13:00:00")
    assert refused(by_hand, edition=edition, volunteer="V1", by=coordinator, **SEAT) == "duty.hours"


def test_what_was_done_by_hand_is_taken_back(edition, leader, clock):
    of = {"edition": edition, "volunteer": "V2", "by": leader, **SEAT}
    services.check_in_by_hand(**of)
    assert refused(services.undo_check, what="out", **of) == "duty.moved_on"
    clock.set("09:00:00")
    services.check_out_by_hand(**of)
    assert refused(services.undo_check, what="in", **of) == "duty.moved_on"
    services.undo_check(what="out", **of)
    services.undo_check(what="in", **of)
    with scope(edition=edition):
        assert not Attendance.objects.exists()
    assert [verb for verb, *_more in told(edition)] == ["duty.in", "duty.out", "duty.undo_out", "duty.undo_in"]


def test_staff_who_may_not_are_refused(edition, planner):
    with pytest.raises(NotAllowed):
        services.check_in_by_hand(edition=edition, volunteer="V2", by=planner, **SEAT)
    with pytest.raises(NotAllowed):
        services.check_in(edition=edition, code="123456", by=planner)
