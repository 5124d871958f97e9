"""A day is mended by the worker, looked at, made so, told, and taken back."""

import pytest
from django_scopes import scope

from hostcity.core.errors import NotAllowed, Refused, RowsMovedOn
from hostcity.core.jobs.worker import run_now
from hostcity.core.models import Act, Job, Notice, Result
from hostcity.core.models.jobs import JobState
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import replace_plan
from hostcity.volunteers.drafts import published_result
from hostcity.volunteers.mending.mended import has_moved_on, is_made_so, said_of, still_lacking, who_is_told
from hostcity.volunteers.mending.services import make_it_so, mend_day
from hostcity.volunteers.services import undo_publication
from tests import people
from tests.volunteers import force
from tests.volunteers.force import shift

pytestmark = pytest.mark.django_db
POOL = (*force.plan().shifts, shift("V5", post="S1"))


@pytest.fixture
def pooled(edition):
    """The roster with somebody who stands by on the first morning."""
    replace_plan(edition=edition, plan=force.plan(shifts=POOL), by=None)


@pytest.fixture
def mended(edition, coordinator, pooled):
    """Without V2 on the first day."""
    return mend(edition, coordinator, day="D1", absent=["V2", "V2", "V8"])


def mend(edition, by, **asked):
    job = run_now(mend_day(edition=edition, by=by, **asked))
    assert job.state == JobState.DONE, job.error
    with scope(edition=edition):
        return Result.objects.get(pk=job.answer["result"])


def seats(edition, day="D1"):
    return {(each.volunteer, each.band): each.post for each in plan_of(edition).shifts if each.day == day}


def test_who_stands_by_comes_for_who_does_not(mended):
    said = said_of(mended)
    moved = {
        (each["volunteer"], each["band"], each["kind"], each["source"], each["target"]) for each in said["changes"]
    }
    assert ("V2", "early", "absent", "P1", "") in moved
    assert ("V5", "early", "standby", "S1", "P1") in moved
    told = {each.volunteer: each for each in who_is_told(said)}
    assert "V2" not in told
    assert told["V5"].en == "V5: First day, Morning 08:00–13:00: please go to North door instead of Pool."
    assert told["V5"].zh == "V5：第一天 早班（08:00–13:00），请前往 北门，不再去 后备。"
    summary = mended.summary
    assert [summary[name] for name in ("absent", "idle", "repeated", "taken_off")] == [2, 1, 1, 1]
    before, without, after = summary["short"]
    assert (without - before, after) == (1, sum(each.needed - each.heads for each in still_lacking(said)))


def test_making_it_so_is_one_line_and_can_be_undone(edition, mended, coordinator):
    was, changes = plan_of(edition), said_of(mended)["changes"]
    act = make_it_so(edition=edition, result=mended, by=coordinator)
    assert (act.verb, act.body["kind"], act.body["mended"]) == ("plan.rows", "roster.mended", mended.pk)
    assert ("V2", "early") not in seats(edition)
    assert {(each["volunteer"], each["band"]): each["target"] for each in changes if each["target"]}.items() <= seats(
        edition
    ).items()
    assert [each for each in plan_of(edition).shifts if each.day != "D1"] == [
        each for each in was.shifts if each.day != "D1"
    ]
    with scope(edition=edition):
        assert Act.objects.filter(number__gt=act.number).count() == 0
        assert (published_result(edition), is_made_so(edition, mended), has_moved_on(edition, mended)) == (
            0,
            True,
            True,
        )
    with pytest.raises(Refused) as again:
        make_it_so(edition=edition, result=mended, by=coordinator)
    assert again.value.code == "roster.changed_since"
    undone = undo_publication(edition=edition, act=act, by=coordinator)
    assert (undone.body["kind"], plan_of(edition)) == ("roster.mended", was)
    with pytest.raises(RowsMovedOn):
        undo_publication(edition=edition, act=act, by=coordinator)


def test_those_whose_shifts_change_are_told_and_nobody_else(edition, mended, coordinator):
    accounts = {code: people.person(Role.VOLUNTEER, edition, username=code.lower()) for code in ("V1", "V2", "V5")}
    act = make_it_so(edition=edition, result=mended, by=coordinator)
    with scope(edition=edition):
        told = {each.person_id for each in Notice.objects.filter(number=act.number)}
    assert told == {accounts["V2"].pk, accounts["V5"].pk}


def test_a_roster_that_has_moved_on_is_left_alone(edition, mended, coordinator):
    replace_plan(edition=edition, plan=force.plan(shifts=POOL[1:]), by=None)
    was = plan_of(edition)
    with pytest.raises(Refused) as refused:
        make_it_so(edition=edition, result=mended, by=coordinator)
    assert (refused.value.code, plan_of(edition)) == ("roster.changed_since", was)


def test_somebody_who_left_the_plan_is_not_called(edition, mended, coordinator):
    replace_plan(edition=edition, plan=force.plan(shifts=POOL, volunteers=force.plan().volunteers[:4]), by=None)
    with pytest.raises(Refused) as refused:
        make_it_so(edition=edition, result=mended, by=coordinator)
    assert refused.value.code == "roster.gone"


def test_what_lies_before_the_band_stays(edition, coordinator, pooled):
    found = mend(edition, coordinator, day="D1", band="late", absent=["V1", "V2", "V4"], closed=["P1"])
    changes = said_of(found)["changes"]
    assert {each["band"] for each in changes} == {"late"}
    assert ("V4", "absent") in {(each["volunteer"], each["kind"]) for each in changes}, "locked shifts too"
    assert not [each for each in changes if each["target"] == "P1"]
    assert found.summary["idle"] == 2


def test_a_closed_post_frees_people_and_more_need_brings_them(edition, coordinator, pooled):
    closed = said_of(mend(edition, coordinator, day="D1", closed=["P2"]))["changes"]
    assert {each["volunteer"]: each["source"] for each in closed if each["source"] == "P2"} == {"V3": "P2"}
    more = said_of(mend(edition, coordinator, day="D1", band="early", factors={"P2": 2.0}))
    come = [each for each in more["changes"] if (each["target"], each["band"]) == ("P2", "early")]
    lack = [each for each in more["lacking"] if each[:2] == ["early", "P2"]]
    assert len(come) + sum(needed - heads for _band, _post, heads, needed in lack) == 1


@pytest.mark.parametrize("most", [0, 1])
def test_no_more_people_are_told_than_was_said(edition, coordinator, pooled, most):
    found = mend(edition, coordinator, day="D1", absent=["V1", "V2", "V3"], most_told=most)
    assert found.summary["told"] == len(who_is_told(said_of(found))) == most


def test_who_asks_the_same_is_given_the_same_job(edition, coordinator, pooled):
    one, other = (mend_day(edition=edition, by=coordinator, day="D1", absent=["V1"]) for _ in range(2))
    assert one.pk == other.pk
    assert Job.objects.count() == 1


def test_without_a_roster_there_is_nothing_to_mend(edition, coordinator):
    replace_plan(edition=edition, plan=force.plan(shifts=()), by=None)
    with pytest.raises(Refused) as refused:
        mend_day(edition=edition, by=coordinator, day="D1", absent=["V1"])
    assert refused.value.code == "roster.none"


def test_planners_see_rosters_and_mend_none(edition, planner, mended):
    with pytest.raises(NotAllowed):
        mend_day(edition=edition, by=planner, day="D1", absent=["V1"])
    with pytest.raises(NotAllowed):
        make_it_so(edition=edition, result=mended, by=planner)
