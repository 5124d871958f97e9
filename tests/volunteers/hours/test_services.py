"""What counts as served, and how two people put it right."""

from datetime import datetime

import pytest
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused, Several, Stale
from hostcity.core.models import Act, Notice
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.services import replace_plan
from hostcity.volunteers.hours import services
from hostcity.volunteers.hours.counted import served_in
from hostcity.volunteers.hours.queries import own_hours
from hostcity.volunteers.hours.services import Witnessed
from hostcity.volunteers.models import Attendance, Correction
from tests import people
from tests.volunteers import force

pytestmark = pytest.mark.django_db
SEAT = {"day": "D1", "band": "early"}


def at(clock):
    return datetime.fromisoformat(f"2026-05-05T{clock}:00+08:00")


def minutes(edition):
    with scope(edition=edition):
        return {each.volunteer: (each.minutes, each.is_open) for each in served_in(edition)}


def stamp(edition, volunteer):
    with scope(edition=edition):
        return next(each.stamp for each in served_in(edition, [volunteer]))


@pytest.fixture
def correct(came, coordinator, leader):
    def done(volunteer="V2", begins="08:00", ends="13:00", **more):
        given = {
            "stamp": stamp(came, volunteer) if volunteer in ("V2", "V3") else "", "witnessed": Witnessed("Phone was empty", "v1"), "by": coordinator,
        }  # fmt: skip
        times = {"checked_in_at": at(begins), "checked_out_at": at(ends) if ends else None}
        return services.correct_hours(edition=came, volunteer=volunteer, **SEAT, **times, **given | more)

    return done


def refused(act, *given, **more):
    with pytest.raises(Refused) as caught:
        act(*given, **more)
    found = caught.value
    return [each.code for each in found.refusals] if isinstance(found, Several) else found.code


def test_what_is_inside_of_the_shift_counts_in_whole_minutes(came):
    assert minutes(came) == {"V2": (250, False), "V3": (0, True)}


def test_what_the_plan_has_no_more_counts_whole(came):
    plan = force.plan()
    sheets = {"shifts": (), "needs": (), "service_days": plan.service_days[1:]}
    replace_plan(edition=came, plan=plan.replace(**sheets), by=None)
    assert minutes(came)["V2"] == (280, False)


def test_a_correction_counts_as_given_and_two_codes_stand_in_the_ledger(came, correct, coordinator, leader, volunteer):
    made = correct(begins="07:30", ends="13:45")
    assert minutes(came)["V2"] == (375, False)
    with scope(edition=came):
        act = Act.objects.get(verb="hours.correct")
        assert (act.subject_key, act.by_code, act.body["second"], act.body["correction"]) == (
            "V2",
            coordinator.code,
            leader.code,
            made.pk,
        )
        assert [each[11:16] for each in (*act.body["was"], *act.body["is"])] == ["23:30", "04:10", "07:30", "13:45"]
        assert "empty" not in str(act.body)
        assert [each.person for each in Notice.objects.filter(kind="hours.changed")] == [volunteer]


def test_who_nobody_checked_in_comes_after_the_end(came, correct):
    people.person(Role.VOLUNTEER, came, username="v3")
    correct("V1", ends="12:00", witnessed=Witnessed("Was there all morning", "v3"))
    assert minutes(came)["V1"] == (240, False)
    with scope(edition=came):
        row = Attendance.objects.get(volunteer="V1")
        assert (row.how, row.post, row.is_corrected) == ("corrected", "P1", True)
    assert refused(correct, "V8") == "hours.not_rostered"


def test_a_correction_is_taken_back_once(came, correct, coordinator):
    made = correct()
    undo = {"edition": came, "correction": made, "by": coordinator}
    services.undo_correction(**undo)
    assert minutes(came)["V2"] == (250, False)
    assert refused(services.undo_correction, **undo) == "hours.moved_on"


def test_who_was_checked_in_by_a_correction_has_not_come_once_it_is_undone(came, correct, coordinator):
    people.person(Role.VOLUNTEER, came, username="v3")
    made = correct("V1", witnessed=Witnessed("Was there", "v3"))
    services.undo_correction(edition=came, correction=made, by=coordinator)
    assert set(minutes(came)) == {"V2", "V3"}


def test_a_correction_that_another_followed_stays(came, correct, coordinator):
    first = correct()
    correct(ends="12:30")
    assert refused(services.undo_correction, edition=came, correction=first, by=coordinator) == "hours.moved_on"


def test_everything_that_is_wrong_is_said_at_once(correct, coordinator):
    wrong = Witnessed(" ", "nobody")
    assert refused(correct, begins="06:59", ends="06:58", witnessed=wrong) == [
        "hours.reason",
        "hours.second",
        "hours.in",
        "hours.out",
    ]
    for second in (coordinator.username, coordinator.code, "V2"):
        assert refused(correct, witnessed=Witnessed("Why", second)) == "hours.second"
    assert refused(correct, ends="18:01") == "hours.out"  # to come
    assert refused(correct, begins="13:00", ends="13:30") == "hours.in"


def test_times_that_were_changed_since_are_told(correct):
    with pytest.raises(Stale):
        correct(stamp="")
    with pytest.raises(Stale):
        correct("V3", stamp="1.000000/")


def test_coordinators_alone_correct(correct, planner, leader):
    for by in (planner, leader):
        with pytest.raises(NotAllowed):
            correct(by=by)


def test_a_band_is_closed_once_it_is_over(came, coordinator, leader, clock):
    given = {"edition": came, "witnessed": Witnessed("Nobody checks out", "v1"), "by": coordinator, **SEAT}
    clock.set("12:59:59")
    assert refused(services.close_band, **given) == "hours.lasts"
    clock.set("18:00:00")
    assert services.close_band(**given) == 1
    assert minutes(came)["V3"] == (280, False)
    assert refused(services.close_band, **given) == "hours.none_open"
    with scope(edition=came):
        (made,) = Correction.objects.all()
        assert Act.objects.get(verb="hours.close").body["volunteers"] == ["V3"]
    services.undo_correction(edition=came, correction=made, by=coordinator)
    assert minutes(came)["V3"] == (0, True)


def test_ones_own_hours_stay_when_the_roster_changes(came, volunteer, leader):
    replace_plan(edition=came, plan=force.plan(shifts=()), by=None)
    with scope(edition=came):
        assert [each.minutes for each in own_hours(came, volunteer)] == [250]
        assert own_hours(came, leader) == []
