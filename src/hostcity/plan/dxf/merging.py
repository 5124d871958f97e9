"""The plan with a drawing in it: what the drawing takes away, and what stays because nobody can mean that it goes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hostcity.plan.dxf.found import Found
from hostcity.plan.dxf.mapping import LayerMap
from hostcity.plan.dxf.told import told
from hostcity.plan.plan import Plan
from hostcity.plan.polygons import Point
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence

SHEETS = ("areas", "stands", "openings", "connectors", "amenities")


def merged(found: Found, layer_map: LayerMap, plan: Plan) -> Plan:
    """The plan with the drawing in it: rows in their places, those that are gone left out, new ones behind."""
    sheets: dict[str, tuple[Any, ...]] = {}
    for sheet in SHEETS:
        rows: dict[str, Any] = dict(getattr(found, sheet))
        kept = [
            rows.pop(row.code, row) for row in getattr(plan, sheet)
            if row.code in rows or not _is_gone(sheet, row, found, layer_map)
        ]  # fmt: skip
        sheets[sheet] = (*kept, *rows.values())
    return plan.replace(**sheets)


def _is_gone(sheet: str, row: Any, found: Found, layer_map: LayerMap) -> bool:
    """Whether the drawing should have a row and does not: of a kind that it draws, in an area that it draws in.

    A layer in which nothing is drawn was most likely frozen, or is called otherwise: what it would draw stays. So does a stand
    whose number is written somewhere.
    """
    kind = _kind_of(sheet, row)
    if found.scope.isdisjoint(_areas_of(sheet, row)) or not layer_map.is_drawn(kind):
        return False
    return kind not in {each for _layer, each in found.empty} and not (sheet == "stands" and row.code in found.written)


def _areas_of(sheet: str, row: Any) -> tuple[str, ...]:
    return (row.start, row.end) if sheet == "connectors" else (row.area,) if sheet != "areas" else ()


def _kind_of(sheet: str, row: Any) -> str:
    return ("exit" if row.is_exit else "opening") if sheet == "openings" else str(row.kind)


def kept_rows(found: Found, layer_map: LayerMap, plan: Plan) -> Iterator[Problem]:
    """Doubts about what stays in the plan though the drawing has not got it."""
    level_of = {each.code: each.level for each in plan.areas}
    for layer, kind in found.empty:
        count = sum(
            _kind_of(sheet, row) == kind and layer_map.level in {level_of.get(each) for each in _areas_of(sheet, row)}
            for sheet in SHEETS[1:] for row in getattr(plan, sheet)
        )  # fmt: skip
        yield _empty(layer, kind, count)
    yield from _kept_areas(found, layer_map, plan)


def _empty(layer: str, kind: str, count: int) -> Problem:
    what = Sentence("the map says {kind}, but nothing of that kind is drawn there.", kind=kind)
    mend = Sentence("Correct the name in the map.")
    if count:
        one = Sentence(
            "the map says {kind}, but nothing of that kind is drawn there: {count:,} that the plan has stays.",
            kind=kind, count=count,
        )  # fmt: skip
        many = Sentence(
            "the map says {kind}, but nothing of that kind is drawn there: {count:,} that the plan has stay.",
            kind=kind, count=count,
        )  # fmt: skip
        what = one if count == 1 else many
        mend = Sentence(
            "Thaw the layer and export the drawing again, or correct its name in the map. Remove by hand what is not there any more."
        )
    return told("dxf.layer.missing", what, mend, layer=layer)


def _kept_areas(found: Found, layer_map: LayerMap, plan: Plan) -> Iterator[Problem]:
    """Areas of the level that the drawing of areas does not have: they are never taken away, for much else names them."""
    if not found.areas:
        return
    kinds = set(layer_map.layers.values())
    for area in plan.areas:
        is_drawn = area.level == layer_map.level and area.outline and area.kind in kinds
        if is_drawn and area.code not in found.areas:
            what = Sentence("{code} is in the plan, and not in the drawing: it stays.", code=area.code)
            mend = Sentence("Remove it by hand, if it is not there any more.")
            yield told("dxf.area.gone", what, mend, at=area.outline[0])


def first_way(was: Plan, now: Plan, level: str) -> Point | None:
    """Where the first connector of a level was that is gone."""
    level_of = {each.code: each.level for each in was.areas}
    left = {each.code for each in now.connectors}
    for each in was.connectors:
        if each.code not in left and level in {level_of.get(each.start), level_of.get(each.end)}:
            if level_of.get(each.start) == level:
                return each.start_x_m, each.start_y_m
            return each.end_x_m, each.end_y_m
    return None
