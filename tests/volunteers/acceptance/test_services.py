"""Shifts are accepted by a date; then reserves are promoted, in one act that can be undone."""

import dataclasses
from datetime import datetime

import pytest
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused, RowsMovedOn, Stale
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Job, Notice
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import replace_plan
from hostcity.volunteers.acceptance import services
from hostcity.volunteers.acceptance.queries import last_ended, own_answers, state_of
from hostcity.volunteers.models import Answer, Deadline
from hostcity.volunteers.swaps.services import offer_shift, take_offer
from tests.volunteers import force
from tests.volunteers.force import shift

pytestmark = pytest.mark.django_db
DUE = datetime.fromisoformat("2026-05-04T12:00:00+08:00")
#: Three stand by on the first morning, one more than the plan asks for: V6 comes likeliest, then V5.
RELIABLE = {"V5": 0.8, "V6": 0.95, "V7": 0.7}
PEOPLE = tuple(dataclasses.replace(each, attends=RELIABLE.get(each.code, 0.9)) for each in force.plan().volunteers)
POOL = tuple(shift(code, post="S1") for code in RELIABLE)


@pytest.fixture
def pooled(edition):
    replace_plan(edition=edition, plan=force.plan(shifts=(*force.plan().shifts, *POOL), volunteers=PEOPLE), by=None)


@pytest.fixture
def asked(edition, pooled, coordinator):
    return services.ask_answers(edition=edition, due_at=DUE, version=0, by=coordinator)


@pytest.fixture
def answer(edition, coordinator):
    """The coordinator answers for somebody."""

    def of(code, accepts, day="D1", band="early"):
        services.answer_for(edition=edition, volunteer=code, day=day, band=band, accepts=accepts, by=coordinator)

    return of


def promote(edition, clock):
    clock.set("04", "12:00")
    job = run_now(Job.objects.get(kind=services.JOB))
    assert job.state == "done", job.error
    with scope(edition=edition):
        return Deadline.objects.get()


def seats(edition):
    return {(each.volunteer, each.day, each.band): each.post for each in plan_of(edition).shifts}


def code_of(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_everybody_with_a_shift_is_asked_and_told_once(edition, account, asked, coordinator):
    with scope(edition=edition):
        state = state_of(edition)
        assert Notice.objects.count() == 0, "nobody had an account"
    assert ([each.asked.volunteer for each in state.silent], state.accepted) == (
        ["V1", "V2", "V3", "V5", "V6", "V7", "V4"],
        0,
    )
    services.answer_shift(edition=edition, day="D1", band="early", accepts=True, by=account("V1"))
    account("V2")
    moved = services.ask_answers(edition=edition, due_at=DUE.replace(hour=13), version=asked.version, by=coordinator)
    with scope(edition=edition):
        assert [(each.person.username, each.kind) for each in Notice.objects.all()] == [("v2", "acceptance.asked")]
    assert (moved.pk, moved.version) == (asked.pk, 2)
    with pytest.raises(Stale):
        services.ask_answers(edition=edition, due_at=DUE, version=1, by=coordinator)


def test_one_answers_for_oneself_and_may_change_it(edition, account, asked, clock):
    of = {"edition": edition, "by": account("V2")}
    for accepts in (True, False, False):
        services.answer_shift(**of, day="D1", band="early", accepts=accepts)
    with scope(edition=edition):
        _deadline, told = own_answers(edition, account("V2"), clock.now)
        acts = Act.objects.filter(verb__startswith="acceptance.").order_by("number")
        assert [each.verb for each in acts] == ["acceptance.ask", "acceptance.accept", "acceptance.decline"]
    assert [(seat, each.accepts) for seat, each in told.items()] == [(("V2", "D1", "early"), False)]
    assert code_of(lambda: services.answer_shift(**of, day="D1", band="late", accepts=True)) == "acceptance.not_asked"
    assert services.accept_shifts(edition=edition, by=account("V3")) == 1
    assert services.accept_shifts(edition=edition, by=account("V3")) == 0
    clock.set("04", "12:00")
    assert code_of(lambda: services.answer_shift(**of, day="D1", band="early", accepts=True)) == "acceptance.over"


def test_the_most_reliable_reserve_comes_for_who_declined_or_kept_silent(edition, account, asked, answer, clock):
    was = plan_of(edition)
    for code in ("V1", "V5", "V6"):
        answer(code, True)
    answer("V2", False)
    told = {code: account(code) for code in ("V1", "V2", "V3", "V5", "V6", "V7")}
    done = promote(edition, clock)
    # V2 declined at P1, V3 kept silent at P2, V7 in the pool; V4's afternoon has no reserve.
    assert done.promoted == [["V6", "D1", "early", "P1", "V2"], ["V5", "D1", "early", "P2", "V3"]]
    assert sorted(done.left) == [["V4", "D1", "late", "P1"], ["V7", "D1", "early", "S1"]]
    assert done.taken_off == []
    now = seats(edition)
    assert {code: now.get((code, "D1", "early")) for code in ("V1", "V2", "V3", "V7")} == {
        "V1": "P1",
        "V2": None,
        "V3": None,
        "V7": "S1",
    }
    with scope(edition=edition):
        act = Act.objects.order_by("-number").first()
        assert {each.person_id for each in Notice.objects.filter(number=act.number)} == {
            told[code].pk for code in ("V2", "V3", "V5", "V6")
        }
    assert (act.number, act.verb, act.body["kind"], act.body["counts"]) == (
        done.act_number,
        "plan.rows",
        "roster.promoted",
        {"promoted": 2, "taken_off": 0, "left": 2},
    )
    assert act.by_code == ""
    assert len(was.shifts) == len(plan_of(edition).shifts) + 2


def test_the_gap_that_hurts_most_is_filled_first(edition, coordinator, pooled, answer, clock):
    # P1 keeps V1, so one of two is short with 1; P2 has nobody: both are short for sure. P2 is critical.
    posts = tuple(dataclasses.replace(each, is_critical=each.code == "P2") for each in force.plan().posts)
    replace_plan(
        edition=edition,
        plan=force.plan(posts=posts, volunteers=PEOPLE, shifts=(*force.plan().shifts, POOL[1])),
        by=None,
    )
    services.ask_answers(edition=edition, due_at=DUE, version=0, by=coordinator)
    for code, accepts in (("V1", True), ("V2", False), ("V3", False), ("V6", True)):
        answer(code, accepts)
    done = promote(edition, clock)
    assert (done.promoted, done.taken_off) == ([["V6", "D1", "early", "P2", "V3"]], [["V2", "D1", "early", "P1"]])
    assert {"V2", "V3"} & {seat[0] for seat in seats(edition)} == set()


def test_who_may_not_serve_there_is_not_promoted(edition, coordinator, pooled, answer, clock):
    everybody = tuple(
        dataclasses.replace(each, trained_for=("guide",)) if each.code == "V6" else each for each in PEOPLE
    )
    locked = (POOL[0], POOL[1], dataclasses.replace(POOL[2], is_locked=True))
    replace_plan(
        edition=edition, plan=force.plan(volunteers=everybody, shifts=(*force.plan().shifts, *locked)), by=None
    )
    services.ask_answers(edition=edition, due_at=DUE, version=0, by=coordinator)
    for code in ("V1", "V2", "V5", "V6", "V7"):
        answer(code, True)
    answer("V3", False)
    assert promote(edition, clock).promoted == [["V5", "D1", "early", "P2", "V3"]], "V6 is no desk's, V7 is locked"


def test_the_declined_locked_shift_goes_and_without_a_reserve_too(edition, asked, answer, clock):
    answer("V4", False, band="late")
    done = promote(edition, clock)
    assert done.taken_off == [["V4", "D1", "late", "P1"]]
    assert ("V4", "D1", "late") not in seats(edition)
    assert len(done.left) == 6, "nobody in the pool has answered"


def test_it_is_done_once_and_at_its_time(edition, coordinator, asked, answer, clock):
    answer("V2", False)
    assert services.promote_reserves(edition=edition, deadline=asked.pk) is None, "not yet"
    services.ask_answers(edition=edition, due_at=DUE.replace(hour=13), version=1, by=coordinator)
    first, second = Job.objects.filter(kind=services.JOB).order_by("pk")
    assert (first.run_after, second.run_after) == (DUE, DUE.replace(hour=13))
    clock.set("04", "12:00")
    assert run_now(first).answer["number"] is None
    clock.set("04", "13:00")
    done = run_now(second)
    assert (done.answer["number"] > 0, done.answer["path"]) == (True, "/e/fair/volunteers/answers/")
    assert services.promote_reserves(edition=edition, deadline=asked.pk) is None
    with scope(edition=edition):
        assert Act.objects.filter(body__kind="roster.promoted").count() == 1


def test_a_date_that_is_taken_back_promotes_nobody(edition, coordinator, asked, answer, clock):
    answer("V2", False)
    was = plan_of(edition)
    with pytest.raises(Stale):
        services.cancel_answers(edition=edition, version=7, by=coordinator)
    services.cancel_answers(edition=edition, version=1, by=coordinator)
    assert promote(edition, clock).state == "cancelled"
    assert plan_of(edition) == was
    assert code_of(lambda: services.cancel_answers(edition=edition, version=0, by=coordinator)) == "acceptance.over"


def test_everybody_accepts_and_nothing_changes(edition, asked, answer, clock):
    was = plan_of(edition)
    for code in ("V1", "V2", "V3", "V5", "V6", "V7"):
        answer(code, True)
    answer("V4", True, band="late")
    done = promote(edition, clock)
    assert (plan_of(edition), done.act_number, done.state) == (was, 0, "done")
    with scope(edition=edition):
        assert Act.objects.order_by("-number").first().verb == "acceptance.close"


def test_it_can_be_undone_until_a_shift_is_changed_or_begins(edition, coordinator, asked, answer, clock):
    was = plan_of(edition)
    answer("V6", True)
    answer("V2", False)
    done = promote(edition, clock)
    undone = services.undo_promotion(edition=edition, deadline=done, by=coordinator)
    assert (undone.body["undoes"], plan_of(edition)) == (done.act_number, was)
    assert code_of(lambda: services.undo_promotion(edition=edition, deadline=done, by=coordinator)) == "acceptance.over"
    with scope(edition=edition):
        assert last_ended(edition).deadline.state == "undone"


def test_a_promotion_under_another_change_stays(edition, coordinator, asked, answer, clock):
    answer("V6", True)
    answer("V2", False)
    done = promote(edition, clock)
    changed = [each for each in plan_of(edition).shifts if each.volunteer != "V6"]
    replace_plan(edition=edition, plan=force.plan(shifts=tuple(changed), volunteers=PEOPLE), by=None)
    with pytest.raises(RowsMovedOn):
        services.undo_promotion(edition=edition, deadline=done, by=coordinator)
    clock.set("05", "08:00")
    assert (
        code_of(lambda: services.undo_promotion(edition=edition, deadline=done, by=coordinator)) == "acceptance.begun"
    )


def test_an_answer_is_of_a_post_and_who_takes_a_shift_has_accepted(edition, account, asked, answer, clock):
    answer("V2", True)
    moved = tuple(
        dataclasses.replace(each, post="P2") if each.volunteer == "V2" else each for each in plan_of(edition).shifts
    )
    replace_plan(edition=edition, plan=force.plan(shifts=moved, volunteers=PEOPLE), by=None)
    with scope(edition=edition):
        assert "V2" in [each.asked.volunteer for each in state_of(edition).silent], "another post is another shift"
    taken = take_offer(
        edition=edition, offer=offer_shift(edition=edition, day="D1", band="early", by=account("V3")), by=account("V8")
    )
    assert taken.state == "done"
    with scope(edition=edition):
        state = state_of(edition)
        assert (state.accepted, Answer.objects.get(volunteer="V8").post) == (1, "P2")


def test_a_time_past_or_after_all_shifts_is_none(edition, coordinator, clock):
    for at in ("2026-05-03T11:00:00+08:00", "2026-05-05T13:00:00+08:00"):
        due_at = datetime.fromisoformat(at)
        assert code_of(lambda due_at=due_at: services.ask_answers(edition=edition, due_at=due_at, version=0, by=coordinator)) == "acceptance.due_at"  # fmt: skip


def test_others_ask_and_answer_for_nobody(edition, account, planner, asked):
    with pytest.raises(NotAllowed):
        services.ask_answers(edition=edition, due_at=DUE, version=1, by=planner)
    with pytest.raises(NotAllowed):
        services.answer_for(edition=edition, volunteer="V1", day="D1", band="early", accepts=True, by=account("V2"))
    with pytest.raises(NotAllowed):
        services.undo_promotion(edition=edition, deadline=asked, by=account("V2"))


def test_a_reserve_who_leads_comes_for_a_leader(edition, coordinator, answer, clock):
    """V5 leads and comes less likely than V6; V1, who led at P1, declines. Where a leader is left, the likelier one comes."""
    leads = tuple(dataclasses.replace(each, skills=("leader",) if each.code in ("V1", "V5") else ()) for each in PEOPLE)
    replace_plan(edition=edition, plan=force.plan(shifts=(*force.plan().shifts, *POOL), volunteers=leads), by=None)
    services.ask_answers(edition=edition, due_at=DUE, version=0, by=coordinator)
    for code in ("V2", "V5", "V6", "V7"):
        answer(code, True)
    answer("V1", False)
    answer("V3", False)
    done = promote(edition, clock)
    assert sorted(done.promoted) == [["V5", "D1", "early", "P1", "V1"], ["V6", "D1", "early", "P2", "V3"]]
