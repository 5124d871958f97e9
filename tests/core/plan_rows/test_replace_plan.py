"""The plan of an edition as rows: replaced as a whole, read back equal."""

import pytest
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostcity.core.errors import NotAllowed
from hostcity.core.models import PlanRow
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.bodies import MOST_KEY, key_of
from hostcity.core.plan_rows.queries import changes_since, plan_of
from hostcity.core.plan_rows.services import replace_plan
from hostcity.plan import Plan, PlanError, read_plan
from hostcity.plan.rows import Gate, LaneTime
from tests import people
from tests.core.plan_rows.sheets import lines, only
from tests.databases import IN_PART
from tests.plan import rows_by_chance
from tests.whole import tries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["tiny"] if IN_PART else ["tiny", "ciie2019"])
def test_an_example_comes_back_equal(edition, planner, name):
    plan = read_plan(f"examples/{name}")
    replace_plan(edition=edition, plan=plan, by=planner)
    assert plan_of(edition) == plan
    assert plan_of(edition).sha256 == plan.sha256


def test_reading_the_plan_is_one_query_and_one_for_shifts(edition, planner, django_assert_num_queries):
    replace_plan(edition=edition, plan=read_plan("examples/tiny"), by=planner)
    with django_assert_num_queries(2):
        plan_of(edition)


def test_a_new_edition_has_an_empty_plan(edition):
    assert plan_of(edition) == only()


def test_the_same_plan_again_changes_nothing(edition, planner):
    plan = read_plan("examples/tiny")
    replace_plan(edition=edition, plan=plan, by=planner)
    before = len(lines(edition))
    assert replace_plan(edition=edition, plan=plan, by=planner) == []
    assert len(lines(edition)) == before


def test_every_row_that_differs_has_a_line(edition, planner):
    a, b, c = (Gate(code=code) for code in "abc")
    replace_plan(edition=edition, plan=only(gates=(a, b, c)), by=planner)
    start = len(lines(edition))
    replace_plan(edition=edition, plan=only(gates=(c, Gate(code="d"), Gate(code="a", name_en="North"))), by=planner)
    body = {"name_en": "", "name_zh": ""}
    assert lines(edition)[start:] == [
        ("plan.remove", "plan.gates", "b", {"row": {"code": "b"} | body, "after": "a"}),
        ("plan.order", "plan.gates", "", {"was": ["a", "c"], "is": ["c", "a"]}),
        ("plan.add", "plan.gates", "d", {"row": {"code": "d"} | body, "after": "c"}),
        ("plan.change", "plan.gates", "a", {"fields": {"name_en": ["", "North"]}}),
    ]
    assert changes_since(edition, start) == 4
    with scope(edition=edition):
        versions = dict(PlanRow.objects.values_list("key", "version"))
    assert versions == {"c": 1, "d": 1, "a": 2}  # a place is no content


def test_two_rows_of_one_code_are_refused_and_nothing_is_written(edition, planner):
    with pytest.raises(PlanError) as refused:
        replace_plan(edition=edition, plan=only(gates=(Gate(code="a"), Gate(code="a"))), by=planner)
    assert [each.code for each in refused.value.problems] == ["gates.code.twice"]
    assert lines(edition) == []


def test_a_row_out_of_range_is_refused(edition, planner):
    wrong = LaneTime(code="x", station="s", starts_at=0.0, ends_at=60.0, lanes=900)
    with pytest.raises(PlanError) as refused:
        replace_plan(edition=edition, plan=only(lanes=(wrong,)), by=planner)
    assert [each.code for each in refused.value.problems] == ["lanes.lanes.range"]


def test_codes_too_long_for_an_address_stay_apart():
    """Rows that were stored before codes had a bound have such ones."""
    keys = {key_of("g" * 150 + end) for end in "ab"}
    assert [len(key) for key in keys] == [MOST_KEY, MOST_KEY]


def test_codes_beyond_their_bound_are_refused(edition, planner):
    with pytest.raises(PlanError, match=r"gates\.code\.length"):
        replace_plan(edition=edition, plan=only(gates=(Gate(code="g" * 61),)), by=planner)


def test_who_may_only_look_may_not_replace(edition):
    with pytest.raises(NotAllowed):
        replace_plan(edition=edition, plan=only(), by=people.person(Role.DUTY_OFFICER, edition))


def plans():
    """Any rows in every sheet, no code twice in one."""
    return rows_by_chance.sheets().map(_once)


def _once(sheets):
    """The plan of rows by chance: no code twice in a sheet, nobody with two seats at once, and free only where it is locked."""
    rows = {name: {row.code: row for row in rows} for name, rows in sheets.items()}
    seats = {(row.volunteer, row.day, row.band): row for row in rows.get("shifts", {}).values()}
    rows["shifts"] = {row.code: row for row in seats.values() if row.post or row.is_locked}
    return Plan(**{name: tuple(each.values()) for name, each in rows.items()})


@settings(max_examples=tries(6 if IN_PART else 10, 25), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(plans(), min_size=1, max_size=3))
def test_whatever_plan_is_stored_comes_back(edition, planner, several):
    for plan in several:
        replace_plan(edition=edition, plan=plan, by=planner)
        assert plan_of(edition).sha256 == plan.sha256
