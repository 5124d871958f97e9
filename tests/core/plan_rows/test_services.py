"""Acts on single rows: what they write, what they refuse."""

import pytest

from hostcity.core.errors import NotAllowed, Refused, Stale
from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import add_row, change_row, move_row, remove_row, replace_plan
from hostcity.plan import PlanError, apply_overrides
from hostcity.plan.rows import Gate
from tests import people
from tests.core.plan_rows.sheets import keys, last_act, lines, only, row

A_LEVEL = {"code": "B1", "name_en": "Basement", "elevation_m": "-4.5"}


@pytest.fixture
def gates(edition, planner):
    replace_plan(edition=edition, plan=only(gates=tuple(Gate(code=code) for code in "abcd")), by=planner)


def test_a_row_is_added_at_the_end(edition, planner, tiny):
    added = add_row(edition=edition, sheet="levels", cells=A_LEVEL, by=planner)
    assert (added.key, added.version) == ("B1", 1)
    assert plan_of(edition).levels[:-1] == tiny.levels
    assert plan_of(edition).levels[-1].elevation_m == -4.5
    body = {"code": "B1", "name_en": "Basement", "name_zh": "", "elevation_m": -4.5}
    assert lines(edition)[-1] == ("plan.add", "plan.levels", "B1", {"row": body, "after": tiny.levels[-1].code})
    assert last_act(edition).by_code == planner.code


@pytest.mark.parametrize(("after", "order"), [("", "xabcd"), ("a", "axbcd"), ("c", "abcxd"), ("d", "abcdx")])
def test_a_row_is_added_behind_another(edition, planner, gates, after, order):
    add_row(edition=edition, sheet="gates", cells={"code": "x"}, by=planner, after=after)
    assert "".join(keys(edition, "gates")) == order
    assert last_act(edition).body["after"] == after


def test_everything_wrong_with_a_new_row_is_told_at_once(edition, planner):
    before = len(lines(edition))
    cells = {"code": "x", "station": "", "starts_at": "25 o'clock", "ends_at": "10:00", "lanes": 900}
    with pytest.raises(PlanError) as refused:
        add_row(edition=edition, sheet="lanes", cells=cells, by=planner)
    told = {(each.column, each.code.rpartition(".")[2]) for each in refused.value.problems}
    assert told == {("station", "empty"), ("starts_at", "clock"), ("lanes", "range")}
    assert len(lines(edition)) == before


def test_a_code_is_taken_once(edition, planner, gates):
    with pytest.raises(Refused) as refused:
        add_row(edition=edition, sheet="gates", cells={"code": "a"}, by=planner)
    assert refused.value.code == "plan.code_taken"


def test_a_sheet_of_one_row_gets_no_second(edition, planner, tiny):
    with pytest.raises(Refused) as refused:
        add_row(edition=edition, sheet="model", cells={"code": "night"}, by=planner)
    assert refused.value.code == "plan.one_row"


def test_a_sheet_that_is_none_is_refused(edition, planner):
    with pytest.raises(Refused) as refused:
        add_row(edition=edition, sheet="tents", cells={"code": "x"}, by=planner)
    assert refused.value.code == "plan.sheet"


def test_a_change_does_what_the_override_does(edition, planner, tiny):
    station = tiny.stations[0]
    changed = change_row(
        edition=edition, sheet="stations", key=station.code, changes={"lanes": "7"}, version=1, by=planner
    )
    assert changed.version == 2
    assert plan_of(edition) == apply_overrides(tiny, [f"stations.{station.code}.lanes=7"])
    assert lines(edition)[-1] == (
        "plan.change", "plan.stations", station.code, {"fields": {"lanes": [station.lanes, 7]}},
    )  # fmt: skip


def test_a_change_that_changes_nothing_writes_nothing(edition, planner, tiny):
    before = len(lines(edition))
    key = tiny.levels[0].code
    same = str(tiny.levels[0].elevation_m)
    assert (
        change_row(
            edition=edition, sheet="levels", key=key, changes={"elevation_m": same}, version=1, by=planner
        ).version
        == 1
    )
    assert len(lines(edition)) == before


def test_an_older_version_is_answered_with_the_difference(edition, planner, gates):
    change_row(edition=edition, sheet="gates", key="a", changes={"name_en": "North"}, version=1, by=planner)
    before = len(lines(edition))
    with pytest.raises(Stale) as refused:
        change_row(
            edition=edition, sheet="gates", key="a", changes={"name_en": "Nord", "name_zh": ""}, version=1, by=planner
        )
    assert refused.value.diff == (("name_en", "North", "Nord"),)
    assert refused.value.version == 2
    assert len(lines(edition)) == before


def test_the_code_of_a_row_stays(edition, planner, gates):
    with pytest.raises(Refused) as refused:
        change_row(edition=edition, sheet="gates", key="a", changes={"code": "z"}, version=1, by=planner)
    assert refused.value.code == "plan.code_fixed"


def test_a_removed_row_is_gone_and_its_line_keeps_it(edition, planner, gates):
    remove_row(edition=edition, sheet="gates", key="b", version=1, by=planner)
    assert keys(edition, "gates") == ["a", "c", "d"]
    body = {"code": "b", "name_en": "", "name_zh": ""}
    assert lines(edition)[-1] == ("plan.remove", "plan.gates", "b", {"row": body, "after": "a"})
    with pytest.raises(Refused) as refused:
        remove_row(edition=edition, sheet="gates", key="b", version=1, by=planner)
    assert refused.value.code == "plan.row_gone"


def test_a_row_changed_since_is_not_removed(edition, planner, gates):
    change_row(edition=edition, sheet="gates", key="b", changes={"name_en": "East"}, version=1, by=planner)
    with pytest.raises(Stale):
        remove_row(edition=edition, sheet="gates", key="b", version=1, by=planner)


@pytest.mark.parametrize("sheet", ["levels", "areas", "nodes", "stations", "groups", "streams"])
def test_a_row_that_others_name_stays(edition, planner, tiny, sheet):
    named = next(each.leaves_by for each in tiny.streams) if sheet == "stations" else getattr(tiny, sheet)[0].code
    with pytest.raises(Refused) as refused:
        remove_row(edition=edition, sheet=sheet, key=named, version=1, by=planner)
    assert refused.value.code == "plan.named"
    assert f"{named} is named " in str(refused.value.what)
    assert row(edition, sheet, named).version == 1


def test_a_station_that_only_the_timeline_names_stays(edition, planner, gates):
    cells = {"code": "e", "action": "advise", "target": "s", "starts_at": "09:00", "to": "c; d"}
    add_row(edition=edition, sheet="timeline", cells=cells, by=planner)
    with pytest.raises(Refused, match=r"timeline\.e\.to"):
        remove_row(edition=edition, sheet="gates", key="d", version=1, by=planner)
    remove_row(edition=edition, sheet="gates", key="a", version=1, by=planner)


@pytest.mark.parametrize(("key", "after", "order"), [("d", "", "dabc"), ("a", "c", "bcad"), ("b", "a", "abcd")])
def test_a_row_is_moved(edition, planner, gates, key, after, order):
    before = len(lines(edition))
    move_row(edition=edition, sheet="gates", key=key, after=after, by=planner)
    assert "".join(keys(edition, "gates")) == order
    assert len(lines(edition)) - before == (order != "abcd")


def test_a_row_is_moved_only_behind_one_that_is_there(edition, planner, gates):
    with pytest.raises(Refused) as refused:
        move_row(edition=edition, sheet="gates", key="a", after="q", by=planner)
    assert refused.value.code == "plan.row_unknown"


def test_who_may_only_look_changes_nothing(edition, gates):
    officer = people.person(Role.DUTY_OFFICER, edition)
    before = len(lines(edition))
    for act in (
        lambda: add_row(edition=edition, sheet="gates", cells={"code": "x"}, by=officer),
        lambda: change_row(edition=edition, sheet="gates", key="a", changes={"name_en": "N"}, version=1, by=officer),
        lambda: remove_row(edition=edition, sheet="gates", key="a", version=1, by=officer),
        lambda: move_row(edition=edition, sheet="gates", key="a", after="c", by=officer),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert len(lines(edition)) == before


def test_rows_of_another_edition_are_not_touched(edition, planner, gates):
    other = people.edition("other")
    replace_plan(edition=other, plan=only(gates=(Gate(code="a"),)), by=None)
    change_row(edition=edition, sheet="gates", key="a", changes={"name_en": "North"}, version=1, by=planner)
    with pytest.raises(NotAllowed):
        change_row(edition=other, sheet="gates", key="a", changes={"name_en": "North"}, version=1, by=planner)
    assert plan_of(other).gates == (Gate(code="a"),)
