"""What becomes of what is drawn between two plans: rows that are new, moved, changed, gone; and a picture of it."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from hostcity.plan.picture import Shape, Sheet, picture_of
from hostcity.plan.plan import Plan
from hostcity.plan.polygons import Point
from hostcity.plan.problems import Problem
from hostcity.plan.same_shape import moved_by
from hostcity.plan.sentences import Sentence

Verb = Literal["added", "moved", "changed", "gone"]
VERBS: tuple[Verb, ...] = ("added", "moved", "changed", "gone")
#: Fields that say where a row is drawn.
SHAPES = frozenset(("outline", "line", "x_m", "y_m", "start_x_m", "start_y_m", "end_x_m", "end_y_m"))
#: Sheets with shapes, in the order in which they are drawn one over the other.
DRAWN = ("areas", "stands", "openings")
#: How each verb is marked in pictures, and how the marks are explained.
MARKS: dict[Verb, str] = {"added": "new", "moved": "moved", "changed": "changed", "gone": "gone"}
LEGEND = (
    ("new", Sentence("new")), ("moved", Sentence("moved")), ("changed", Sentence("changed")), ("gone", Sentence("gone")),
)  # fmt: skip
#: The same of what is drawn and refused; only where there is any.
REFUSED = ("refused", Sentence("refused"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What becomes of a row."""

    sheet: str
    code: str
    verb: Verb
    moved_m: float = 0.0  # from middle to middle
    fields: tuple[str, ...] = ()


def changes_between(was: Plan, now: Plan, sheets: Sequence[str]) -> list[Change]:
    """Every row that is not the same in both, by its code: changed and gone ones in the old order, then new ones."""
    found: list[Change] = []
    for sheet in sheets:
        new = {row.code: row for row in getattr(now, sheet)}
        for row in getattr(was, sheet):
            if row.code not in new:
                found.append(Change(sheet=sheet, code=row.code, verb="gone"))
            elif row != new[row.code]:
                found.append(_change(sheet, row, new[row.code]))
        old = {row.code for row in getattr(was, sheet)}
        found += [Change(sheet=sheet, code=code, verb="added") for code in new if code not in old]
    return found


def _change(sheet: str, was: Any, now: Any) -> Change:
    fields = tuple(each.name for each in dataclasses.fields(was) if getattr(was, each.name) != getattr(now, each.name))
    old, new = shape_of(sheet, was), shape_of(sheet, now)
    if SHAPES.isdisjoint(fields) or not old or not new:
        return Change(sheet=sheet, code=now.code, verb="changed", fields=fields)
    step, is_only_moved = moved_by(old, new)
    verb: Verb = "moved" if is_only_moved and SHAPES.issuperset(fields) else "changed"
    return Change(sheet=sheet, code=now.code, verb=verb, moved_m=round(math.hypot(*step), 2), fields=fields)


def shape_of(sheet: str, row: Any) -> Sequence[Point]:
    """The corners of a row, the ends of its line, or the one place where it is; nothing for what is not drawn."""
    if sheet in ("areas", "stands", "openings"):
        points: Sequence[Point] = row.line if sheet == "openings" else row.outline
        return points
    if sheet == "connectors":
        return ((row.start_x_m, row.start_y_m),)
    return ((row.x_m, row.y_m),) if sheet == "amenities" else ()


def marked_sheet(
    was: Plan, now: Plan, changes: Sequence[Change], level: str, say: Callable[[str], str] = str,
    refused: Sequence[Shape] = (),
) -> Sheet:  # fmt: skip
    """A level as it would be, with what becomes of it marked, what is gone or moved where it was, and what is refused."""
    shapes = [shape for _place, shape in marked_shapes(was, now, changes, level)]
    legend = (*LEGEND, REFUSED) if refused else LEGEND
    return Sheet({level: level}, (*shapes, *refused), tuple((mark, say(text)) for mark, text in legend))


def marked_picture(
    was: Plan, now: Plan, changes: Sequence[Change], level: str, problems: Sequence[Problem],
    tell: Callable[[Problem], str] = str, say: Callable[[str], str] = str, refused: Sequence[Shape] = (),
) -> str:  # fmt: skip
    """The same as an SVG, with problems numbered."""
    return picture_of(marked_sheet(was, now, changes, level, say, refused), problems, tell)


def marked_shapes(was: Plan, now: Plan, changes: Sequence[Change], level: str) -> Iterator[tuple[str, Shape]]:
    """Shapes of a level with their marks, each with its SHEET.CODE."""
    marks = {f"{each.sheet}.{each.code}": MARKS[each.verb] for each in changes}
    for place, shape in (*_shapes(now, level), *_places(now, level, marks)):
        yield place, dataclasses.replace(shape, mark=marks.get(place, ""))
    for place, shape in (*_shapes(was, level), *_places(was, level, marks)):
        if marks.get(place) == "gone":
            yield place, dataclasses.replace(shape, mark="gone")
        elif marks.get(place) == "moved":
            yield place, dataclasses.replace(shape, name="", mark="before")


def network_shapes(was: Plan, now: Plan, changes: Sequence[Change], level: str) -> Iterator[tuple[str, Shape]]:
    """The walkable network of a level over what is drawn there, with what becomes of its links and nodes, each with its SHEET.CODE.

    A link between two levels is on both.
    """
    marks = {f"{each.sheet}.{each.code}": MARKS[each.verb] for each in changes}
    yield from _shapes(now, level)
    for plan, is_gone in ((was, True), (now, False)):
        for place, shape in _network(plan, level):
            mark = marks.get(place, "")
            if (mark == "gone") == is_gone:
                yield place, dataclasses.replace(shape, mark=mark)


def _network(plan: Plan, level: str) -> Iterator[tuple[str, Shape]]:
    nodes = {node.code: node for node in plan.nodes}
    for link in plan.links:
        ends = [nodes[code] for code in (link.start, link.end) if code in nodes]
        if len(ends) == 2 and level in {each.level for each in ends}:
            yield f"links.{link.code}", Shape("link", level, tuple((each.x_m, each.y_m) for each in ends))
    for node in plan.nodes:
        if node.level == level:
            yield f"nodes.{node.code}", Shape("node", level, ((node.x_m, node.y_m),))


def _shapes(plan: Plan, level: str) -> Iterator[tuple[str, Shape]]:
    on_level = {area.code for area in plan.areas if area.level == level}
    for sheet in DRAWN:
        for row in getattr(plan, sheet):
            points = shape_of(sheet, row)
            if points and (row.code if sheet == "areas" else row.area) in on_level:
                name = "" if sheet == "openings" else row.code
                yield f"{sheet}.{row.code}", Shape(_KINDS[sheet], level, tuple(points), name)


def _places(plan: Plan, level: str, marks: Collection[str]) -> Iterator[tuple[str, Shape]]:
    """Ends of connectors and amenities on a level, as far as something becomes of them."""
    on_level = {area.code for area in plan.areas if area.level == level}
    for each in plan.connectors:
        for area, x_m, y_m in ((each.start, each.start_x_m, each.start_y_m), (each.end, each.end_x_m, each.end_y_m)):
            if area in on_level and f"connectors.{each.code}" in marks:
                yield f"connectors.{each.code}", Shape("place", level, ((x_m, y_m),))
    for amenity in plan.amenities:
        if amenity.area in on_level and f"amenities.{amenity.code}" in marks:
            yield f"amenities.{amenity.code}", Shape("place", level, ((amenity.x_m, amenity.y_m),))


_KINDS: dict[str, Literal["area", "stand", "opening"]] = {"areas": "area", "stands": "stand", "openings": "opening"}
