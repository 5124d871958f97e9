"""Acts on the plan taken back, and taken back again."""

import pytest
from django.utils import translation
from django_scopes import scope
from hypothesis import HealthCheck, given, settings

from hostcity.core.errors import Refused
from hostcity.core.ledger import hash_of, record
from hostcity.core.ledger_queries import acts_since
from hostcity.core.models import Act
from hostcity.core.plan_rows.imports import import_plan
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.plan_rows.services import add_row, change_row, move_row, remove_row, replace_plan
from hostcity.core.plan_rows.undo import undo_act
from hostcity.plan.rows import Gate
from tests.core.plan_rows.sheets import keys, last_act, only, row
from tests.core.plan_rows.test_replace_plan import plans
from tests.databases import IN_PART
from tests.whole import tries


@pytest.fixture
def gates(edition, planner):
    plan = only(gates=tuple(Gate(code=code) for code in "abcd"))
    replace_plan(edition=edition, plan=plan, by=planner)
    return plan


ACTS = {
    "add": lambda of: add_row(sheet="gates", cells={"code": "x"}, after="b", **of),
    "change": lambda of: change_row(sheet="gates", key="b", changes={"name_en": "East"}, version=1, **of),
    "remove": lambda of: remove_row(sheet="gates", key="b", version=1, **of),
    "remove the first": lambda of: remove_row(sheet="gates", key="a", version=1, **of),
    "move": lambda of: move_row(sheet="gates", key="d", after="a", **of),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_an_act_is_undone_and_done_again(edition, planner, gates, act):
    act({"edition": edition, "by": planner})
    done, changed = last_act(edition), plan_of(edition)
    assert changed != gates
    (undone,) = undo_act(edition=edition, act=done, by=planner)
    assert plan_of(edition).sha256 == gates.sha256
    assert undone.body["undoes"] == done.number
    undo_act(edition=edition, act=undone, by=planner)
    assert plan_of(edition).sha256 == changed.sha256


def test_what_changed_since_is_the_reason(edition, planner, gates):
    change_row(edition=edition, sheet="gates", key="b", changes={"name_en": "East"}, version=1, by=planner)
    first = last_act(edition)
    change_row(edition=edition, sheet="gates", key="b", changes={"name_en": "South"}, version=2, by=planner)
    with pytest.raises(Refused, match="Row b has been changed since: name_en"):
        undo_act(edition=edition, act=first, by=planner)
    change_row(edition=edition, sheet="gates", key="b", changes={"name_zh": "东"}, version=3, by=planner)
    undo_act(edition=edition, act=Act(**_fields(first) | {"body": {"fields": {"name_en": ["", "South"]}}}), by=planner)
    assert row(edition, "gates", "b").body == {"code": "b", "name_en": "", "name_zh": "东"}


def _fields(act):
    return {field.attname: getattr(act, field.attname) for field in act._meta.concrete_fields}


def test_a_row_removed_since_or_there_again_is_the_reason(edition, planner, gates):
    change_row(edition=edition, sheet="gates", key="b", changes={"name_en": "East"}, version=1, by=planner)
    change = last_act(edition)
    remove_row(edition=edition, sheet="gates", key="b", version=2, by=planner)
    removal = last_act(edition)
    with pytest.raises(Refused, match="Row b has been removed since"):
        undo_act(edition=edition, act=change, by=planner)
    add_row(edition=edition, sheet="gates", cells={"code": "b"}, by=planner)
    with pytest.raises(Refused, match="There is a row b again"):
        undo_act(edition=edition, act=removal, by=planner)


def test_a_removal_undone_after_its_neighbor_went_puts_the_row_last(edition, planner, gates):
    remove_row(edition=edition, sheet="gates", key="b", version=1, by=planner)
    removal = last_act(edition)
    remove_row(edition=edition, sheet="gates", key="a", version=1, by=planner)
    undo_act(edition=edition, act=removal, by=planner)
    assert keys(edition, "gates") == ["c", "d", "b"]


def test_an_added_row_that_others_name_by_now_stays(edition, planner, tiny):
    add_row(edition=edition, sheet="levels", cells={"code": "B1", "elevation_m": -5}, by=planner)
    added = last_act(edition)
    area = {"code": "cellar", "kind": "hall", "level": "B1", "gross_m2": 10}
    add_row(edition=edition, sheet="areas", cells=area, by=planner)
    with pytest.raises(Refused, match=r"areas\.cellar\.level"):
        undo_act(edition=edition, act=added, by=planner)


def test_what_is_no_act_on_the_plan_is_not_undone_here(edition, planner):
    from django.db import transaction

    with transaction.atomic():
        act = record("edition.change", edition=edition, by=planner, subject=("edition", "fair"))
    with pytest.raises(Refused) as refused:
        undo_act(edition=edition, act=act, by=planner)
    assert refused.value.code == "plan.no_undo"


@settings(max_examples=tries(4 if IN_PART else 6, 15), deadline=None, suppress_health_check=list(HealthCheck))
@given(plans(), plans())
def test_an_import_is_undone_and_done_again_as_a_whole(edition, planner, before, after):
    replace_plan(edition=edition, plan=before, by=planner)
    if before.sha256 == after.sha256:
        return
    import_plan(edition=edition, plan=after, name="expo.xlsx", by=planner)
    undo_act(edition=edition, act=last_act(edition), by=planner)
    assert plan_of(edition).sha256 == before.sha256
    undo_act(edition=edition, act=last_act(edition), by=planner)
    assert plan_of(edition).sha256 == after.sha256
    assert every_hash_holds(edition)


def every_hash_holds(edition):
    with scope(edition=edition):
        return all(hash_of(act) == act.sha256 for act in Act.objects.order_by("number"))


def test_changes_in_chinese_have_chinese_punctuation(edition, planner):
    replace_plan(edition=edition, plan=only(gates=(Gate(code="g"),)), by=planner)
    change_row(
        edition=edition, sheet="gates", key="g", changes={"name_en": "N", "name_zh": "北"}, version=1, by=planner
    )
    (line,) = acts_since(edition, 1)
    assert str(line.words) == "Gates g: name (en) – → N, name (zh) – → 北"
    with translation.override("zh-hans"):
        assert str(line.words) == "入口 g：英文名 – → N、中文名 – → 北"
