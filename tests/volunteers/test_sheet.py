"""The plan's sheet of shifts in rows of its own: in, out, undone, found and refused as any other sheet."""

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from hostcity.core.errors import Refused, RowsMovedOn
from hostcity.core.models import Act
from hostcity.core.plan_rows.audit import rows_not_in_ledger
from hostcity.core.plan_rows.imports import apply_import, start_import
from hostcity.core.plan_rows.many import MOST_IN_LINE, told_blobs
from hostcity.core.plan_rows.queries import counts_of_rows, last_act, plan_of
from hostcity.core.plan_rows.services import add_row, remove_row, replace_plan
from hostcity.core.plan_rows.undo import undo_act
from hostcity.core.results.orphans import find_orphans
from hostcity.plan import PlanError, plan_to_json
from hostcity.volunteers.models import Shift
from tests import people
from tests.core.plan_rows.sheets import last_act as last_line
from tests.volunteers import force
from tests.volunteers.force import shift

pytestmark = pytest.mark.django_db


def roster(edition):
    """Who is where, in the workbook's order."""
    return [(each.code, each.post) for each in plan_of(edition).shifts]


def put(edition, *rows):
    """Make the roster these rows; the lines that it took."""
    return replace_plan(edition=edition, plan=force.plan(shifts=rows), by=None)


def test_the_plan_comes_back_equal(edition):
    assert plan_of(edition) == force.plan()
    assert replace_plan(edition=edition, plan=force.plan(), by=None) == []


def test_a_roster_is_one_line_however_many_rows_it_changes(edition):
    acts = put(edition, shift("V2"), shift("V1", post="P2"), shift("V5"))
    assert [(act.verb, act.subject_kind, act.subject_key) for act in acts] == [("plan.rows", "plan.shifts", "")]
    body = acts[0].body
    assert (body["added"], body["removed"], body["changed"]) == (1, 2, 2)  # V1 and V2 change places
    assert last_act(edition) == (acts[0].number, acts[0].sha256)
    assert [code for code, _post in roster(edition)] == ["V2-D1-early", "V1-D1-early", "V5-D1-early"]


def test_new_rows_come_behind_those_that_stay(edition):
    assert put(edition, *force.plan().shifts[1:], shift("V8"))[0].body["changed"] == 0


def test_seats_are_changed_among_rows(edition):
    put(edition, shift("V1"), shift("V2"))
    put(edition, shift("V1", code="V2-D1-early"), shift("V2", code="V1-D1-early"))
    assert [(each.code, each.volunteer) for each in plan_of(edition).shifts] == [
        ("V2-D1-early", "V1"),
        ("V1-D1-early", "V2"),
    ]


@pytest.mark.parametrize("many", [3, MOST_IN_LINE + 1])
def test_an_act_is_taken_back(edition, planner, many):
    before = plan_of(edition)
    people_of = tuple(force.volunteer(f"W{number}") for number in range(many))
    rows = tuple(shift(each.code) for each in people_of)
    acts = replace_plan(edition=edition, plan=force.plan(volunteers=people_of, shifts=rows), by=planner)
    act = next(each for each in acts if each.verb == "plan.rows")
    assert ("blob" in act.body) == (many > MOST_IN_LINE - 4)
    assert set(told_blobs()).isdisjoint(find_orphans())
    undone = undo_act(edition=edition, act=act, by=planner)
    assert plan_of(edition).shifts == before.shifts
    assert undone[0].body["undoes"] == act.number
    undo_act(edition=edition, act=undone[0], by=planner)
    assert plan_of(edition).shifts == rows


def test_what_was_changed_since_is_not_taken_back(edition, planner):
    act = put(edition, shift("V1"), shift("V5"))[0]
    put(edition, shift("V1"), shift("V5", post="P2"))
    with pytest.raises(RowsMovedOn, match="changed since"):
        undo_act(edition=edition, act=act, by=planner)


def test_a_seat_that_was_given_away_is_not_taken_back(edition, planner):
    act = put(edition, *force.plan().shifts[1:])[0]
    put(edition, *force.plan().shifts[1:], shift("V1", code="other", post="P2"))
    with pytest.raises(RowsMovedOn, match="other"):
        undo_act(edition=edition, act=act, by=planner)


def test_nobody_has_two_seats(edition):
    with pytest.raises(PlanError, match="a second time"):
        put(edition, shift("V1"), shift("V1", code="again", post="P2"))
    with pytest.raises(PlanError, match="names no post"):
        put(edition, shift("V1", post=""))
    with scope(edition=edition), pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.create(edition=edition, code="x", position=9, volunteer="V1", day="D1", band="early", post="P2")
    with scope(edition=edition), pytest.raises(IntegrityError), transaction.atomic():
        Shift.objects.create(edition=edition, code="x", position=9, volunteer="V8", day="D1", band="early")


def test_rosters_of_two_editions_know_nothing_of_each_other(edition):
    other = people.edition("other")
    replace_plan(edition=other, plan=force.plan(shifts=(shift("V1", post="P2"),)), by=None)
    assert roster(edition)[0] == ("V1-D1-early", "P1")
    assert roster(other) == [("V1-D1-early", "P2")]


def test_an_import_of_shifts_alone_is_applied_and_undone(edition, planner):
    from hostcity.core.jobs.worker import run_now

    wanted = force.plan(shifts=(shift("V1"), shift("V6")))
    job = start_import(edition=edition, name="p.json", data=plan_to_json(wanted).encode(), by=planner)
    job = run_now(job)
    assert job.answer["counts"]["shifts"] == {"plan.remove": 3, "plan.add": 1}
    acts = apply_import(edition=edition, job=job, by=planner)
    assert [act.verb for act in acts] == ["plan.rows", "plan.import"]
    undo_act(edition=edition, act=last_line(edition), by=planner)
    assert plan_of(edition).shifts == force.plan().shifts


def test_a_row_that_shifts_name_is_not_removed(edition, planner):
    with pytest.raises(Refused, match=r"shifts\.V1-D1-early\.volunteer"):
        remove_row(edition=edition, sheet="volunteers", key="V1", version=1, by=planner)


def test_rows_are_seen_and_not_changed_on_the_plan_pages(edition, planner):
    browser = people.signed_in(planner)
    assert counts_of_rows(edition)["shifts"]["count"] == 4
    page = browser.get("/e/fair/plan/sheets/shifts/?q=V3").content.decode()
    assert "V3-D1-early" in page
    assert "V2-D1-early" not in page
    assert "Help desk" not in page
    page = browser.get("/e/fair/plan/sheets/shifts/rows/V3-D1-early/").content.decode()
    assert "P2" in page
    assert "<form" not in page.split("<main")[1]
    with pytest.raises(Refused, match="not changed here"):
        add_row(edition=edition, sheet="shifts", cells={"code": "x"}, by=planner)


def test_the_ledger_is_played_without_them(edition):
    put(edition, shift("V1"))
    assert rows_not_in_ledger(edition) == []
    with scope(edition=edition):
        assert Act.objects.filter(verb="plan.rows").count() == 2
