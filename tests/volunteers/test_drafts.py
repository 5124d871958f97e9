"""A draft: made by the worker, kept, read back whole, looked at cell by cell and person by person."""

import numpy as np
import pytest
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Job, Result
from hostcity.core.models.jobs import JobState
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import change_row, replace_plan
from hostcity.core.results import take_snapshot
from hostcity.engines.rosters import check, risk
from hostcity.engines.rosters.from_plan import roster_of, roster_problem
from hostcity.plan.rows import Shift
from hostcity.volunteers.board import Asked, board_html, cell_by, color_of, key_of, spots_of
from hostcity.volunteers.drafts import changed_since, draft_of, kept_drafts
from hostcity.volunteers.services import lock_seat, make_roster, unlock_seat
from hostcity.volunteers.telling import tell_cell, tell_person
from tests import people
from tests.volunteers import drafts, force


def judged(edition, by):
    """The roster as it holds, as a draft."""
    job = run_now(make_roster(edition=edition, by=by, is_judged=True))
    with scope(edition=edition):
        return Result.objects.get(pk=job.answer["result"])


pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(edition, coordinator):
    """The roster of the force, judged."""
    return draft_of(drafts.keep(edition, take_snapshot(edition=edition, by=coordinator)))


def test_a_draft_comes_back_as_it_was_found(edition, draft):
    made = roster_problem(plan_of(edition))
    post_of = roster_of(made)
    assert draft.made.post_of.tolist() == post_of.tolist()
    short, missing = risk(made.problem, post_of)
    assert np.allclose(draft.made.short, short, atol=1e-6)
    assert np.allclose(draft.made.missing, missing, atol=1e-6)
    for part in ("people", "posts"):
        kept, was = getattr(draft.problem, part), getattr(made.problem, part)
        assert all(np.array_equal(value, getattr(was, name)) for name, value in vars(kept).items())
    assert draft.problem.locks == made.problem.locks
    assert check(draft.problem, draft.made.post_of) == check(made.problem, post_of)


def test_a_roster_is_made_and_told_while_it_is(edition, coordinator):
    job = run_now(make_roster(edition=edition, by=coordinator, seed=3))
    assert job.state == JobState.DONE
    assert len(dict(job.figures)["objective"]) > 1
    with scope(edition=edition):
        found = Result.objects.get(pk=job.answer["result"])
    assert found.summary["bound"] <= found.summary["objective"] + 1e-6
    assert found.summary["violations"] == 0
    assert job.answer["path"] == f"/e/fair/volunteers/rosters/{found.pk}/"
    draft = draft_of(found)
    locked = draft.at["people"]["V4"], draft.at["days"]["D1"], draft.at["bands"]["late"]
    assert draft.said["posts"][draft.made.post_of[locked]]["code"] == "P1"
    assert draft.locked == {locked}
    assert (draft.heads >= draft.problem.posts.needed[0]).all()


def test_a_locked_seat_stays_in_the_next_draft_until_it_is_unlocked(edition, coordinator):
    lock_seat(edition=edition, volunteer="V7", day="D2", band="early", post="P2", by=coordinator)
    lock_seat(edition=edition, volunteer="V1", day="D1", band="early", post="", by=coordinator)
    pk = run_now(make_roster(edition=edition, by=coordinator)).answer["result"]
    with scope(edition=edition):
        draft = draft_of(Result.objects.get(pk=pk))
    seats = {seat[:3]: seat[3] for seat in draft.seats()}
    assert seats["V7", "D2", "early"] == "P2"
    assert ("V1", "D1", "early") not in seats
    assert len(draft.locked) == 3
    unlock_seat(edition=edition, volunteer="V7", day="D2", band="early", by=coordinator)
    with pytest.raises(Refused, match="not locked"):
        unlock_seat(edition=edition, volunteer="V7", day="D2", band="early", by=coordinator)


def test_a_locked_shift_of_the_roster_is_unlocked(edition, coordinator, planner):
    unlock_seat(edition=edition, volunteer="V4", day="D1", band="late", by=coordinator)
    assert not any(each.is_locked for each in plan_of(edition).shifts)
    assert len(plan_of(edition).shifts) == 4
    with pytest.raises(NotAllowed):
        lock_seat(edition=edition, volunteer="V4", day="D1", band="late", post="P1", by=planner)
    with pytest.raises(Refused, match="no row V99"):
        lock_seat(edition=edition, volunteer="V99", day="D1", band="late", post="P1", by=coordinator)


def test_locks_that_contradict_end_the_job_with_the_reason(edition, coordinator):
    for day, band in (("D1", "early"), ("D1", "late")):
        lock_seat(edition=edition, volunteer="V5", day=day, band=band, post="P1", by=coordinator)
    job = run_now(make_roster(edition=edition, by=coordinator))
    assert job.state == JobState.FAILED
    assert job.error["problems"][0]["sheet"] == "shifts"


def test_what_cannot_be_is_refused(edition, coordinator):
    with pytest.raises(Refused, match="from 1 to"):
        make_roster(edition=edition, by=coordinator, seed=0)
    with pytest.raises(NotAllowed):
        make_roster(edition=edition, by=people.person(Role.VOLUNTEER, edition))
    replace_plan(edition=edition, plan=force.plan(shifts=()), by=None)
    with pytest.raises(Refused, match="nobody to make"):
        make_roster(edition=edition, by=coordinator, is_judged=True)


def test_whoever_asks_the_same_gets_the_same_job(edition, coordinator, planner):
    assert make_roster(edition=edition, by=coordinator).pk == make_roster(edition=edition, by=planner).pk
    assert Job.objects.count() == 1


def test_the_same_draft_is_kept_once(edition, coordinator):
    judged(edition, coordinator)
    judged(edition, coordinator)
    with scope(edition=edition):
        assert len(kept_drafts(edition)) == 1


def test_a_draft_tells_that_the_force_has_changed(edition, coordinator, planner):
    found = judged(edition, coordinator)
    with scope(edition=edition):
        assert not changed_since(edition, found)
    change_row(edition=edition, sheet="posts", key="P1", changes={"is_critical": "yes"}, version=1, by=planner)
    with scope(edition=edition):
        assert changed_since(edition, found)


def test_a_cell_has_the_color_of_its_probability(draft):
    # V1 and V2 with 0.9 each for two: short unless both come
    assert draft.made.short[0][draft.cell("D1", "early", "P1")] == pytest.approx(1 - 0.9**2, abs=1e-6)
    html = board_html(draft, Asked(day="D1"))
    assert '<td class="r2"><a href="cell/?c=0.0.0">2/2 <small>19%</small></a></td>' in html
    assert '<a href="cell/?c=0.1.0">1/2 <small>100%</small> <b>Leader</b></a>' in html
    assert html.count("<tr>") == 2 + 3
    assert [color_of(share) for share in (0, 0.01, 0.0499, 0.05, 0.5, 1)] == [0, 1, 1, 2, 4, 5]


def test_the_board_is_filtered(draft):
    assert board_html(draft, Asked(zone="Z2")).count('scope="row"') == 1
    assert board_html(draft, Asked(day="all")).count("<td") == 3 * 4
    assert {each.post for each in spots_of(draft, Asked(post_class="desk"))} == {"Help desk"}
    worst = spots_of(draft, Asked())
    assert [each.worst_percent for each in worst] == sorted((each.worst_percent for each in worst), reverse=True)
    assert next(each for each in worst if each.key == "0.0.0").worst_percent == 19
    assert len(worst) == 10  # of all, the pool is needed on the first day only


@pytest.mark.parametrize("key", ["", "0.0", "0.0.9", "a.b.c", "9.0.0", "1.0.2", "-1.0.0", "²..1"])
def test_an_address_of_no_cell_is_none(draft, key):
    assert cell_by(draft, key) is None


def test_why_a_cell_is_short(draft):
    told = tell_cell(draft, draft.cell("D1", "late", "P1"))
    assert [(each.what, each.needed, each.rostered) for each in told.lines] == [
        ("people", 2, 1),
        ("people, at least", 1, 1),
        ("Leader", 1, 0),
    ]
    assert [each.code for each in told.servers] == ["V4"]
    assert told.servers[0].is_locked
    assert sum(many for _code, _words, many in told.reasons) == 8
    assert told.changes[0].saves > 0
    assert told.mend == "Move somebody from another post, or call more volunteers."  # who leads serves in the morning
    assert told.times == "13:00–19:00"


def test_why_somebody_has_no_shift(draft):
    told = tell_person(draft, draft.at["people"]["V8"])
    assert told.served == 0
    assert {code: many for code, _words, many in told.reasons} == {"could come": 10}
    served = tell_person(draft, draft.at["people"]["V1"])
    assert served.days[0][1][0].post == "North door"
    assert served.days[0][1][0].cell == key_of(draft.cell("D1", "early", "P1"))


def test_a_hand_made_roster_tells_its_conflicts(edition, coordinator):
    rows = (
        Shift(code="a", volunteer="V1", day="D1", band="early", post="P1"),
        Shift(code="b", volunteer="V1", day="D1", band="late", post="P1"),
    )
    replace_plan(edition=edition, plan=force.plan(shifts=rows), by=None)
    found = judged(edition, coordinator)
    assert found.summary["violations"] == 1
    assert draft_of(found).said["violations"][0]["volunteer"] == "V1"
