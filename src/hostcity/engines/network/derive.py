"""The network of a plan from its drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.network.connectors import measured
from hostcity.engines.network.cuts import Widths, widths_between
from hostcity.engines.network.marks import marked
from hostcity.engines.network.nodes import nodes_for, with_floor
from hostcity.engines.network.regions import Regions, regions_of
from hostcity.engines.network.walls import LevelFloor, floor_of_level, of_the_drawing
from hostcity.engines.walk import GeometryError, grid_of, is_on, road_map_of, routes
from hostcity.plan.plan import Plan
from hostcity.plan.polygons import do_cross
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows import Link, Node, Opening
from hostcity.plan.sentences import Sentence

SPACING_M = 0.5
CLEARANCE_M = 0.25
SAME_SHARE = 0.95  # a narrowest place of more than this share of the width is none
LEAST_M, MOST_M = 0.3, 500.0  # what links can have


@dataclass(frozen=True)
class Derived:
    """A plan whose network comes from its drawing, and what of it is typed still."""

    plan: Plan
    kept: tuple[str, ...]  # codes of typed links that stay
    links: tuple[str, ...]  # of those that were derived
    nodes: tuple[str, ...]  # of those that were added


def derive_network(plan: Plan, progress: Callable[[float], None] | None = None) -> Derived:
    """Nodes and links from areas with outlines, stands, openings and connectors.

    Raises
    ------
    PlanError
        When nothing is drawn, outlines make no floor, or nodes are not on the floor of their level: all of them, with the
        nearest place that is.
    """
    try:
        return _derived(plan, progress or (lambda _share: None))
    except GeometryError as error:
        raise of_the_drawing(error) from error


def _derived(plan: Plan, progress: Callable[[float], None]) -> Derived:
    levels = [found for level in plan.levels if (found := floor_of_level(plan, level.code, clearance_m=0.0))]
    if not levels:
        what, mend = Sentence("have no outline."), Sentence("Draw the areas first.")
        raise PlanError([Problem(code="areas.outline.none", what=what, mend=mend, sheet="areas")])
    typed = {_pair(link.start, link.end): link for link in plan.links if link.kind in ("level", "door")}
    nodes: dict[str, Node] = {node.code: node for node in plan.nodes}
    links: list[Link] = []
    for number, level in enumerate(levels):
        progress(number / len(levels))
        of_level = _of_level(plan, level, typed, _part_of(progress, number, len(levels)))
        nodes |= of_level.nodes
        links += of_level.links
    drawn = {area.code for level in levels for area in level.areas}
    links = _with_own_codes([*links, *_connectors(plan, nodes, drawn)])
    derived = {link.code for link in links}
    kept = tuple(link for link in plan.links if link.code not in derived and is_typed_still(plan, link, nodes, drawn))
    marks = marked(plan, tuple(link.code for link in kept))
    made = replace(plan, nodes=tuple(nodes.values()), links=(*kept, *links), provenance=marks)
    added = nodes.keys() - {node.code for node in plan.nodes}
    return Derived(
        made,
        tuple(link.code for link in kept),
        tuple(link.code for link in links),
        tuple(code for code in nodes if code in added),
    )


def _part_of(progress: Callable[[float], None], number: int, count: int) -> Callable[[float], None]:
    """What tells how far one of several equal parts is."""
    return lambda share: progress((number + share) / count)


@dataclass(frozen=True)
class _Level:
    nodes: dict[str, Node]
    links: list[Link]


def _of_level(
    plan: Plan, level: LevelFloor, typed: dict[tuple[str, str], Link], progress: Callable[[float], None]
) -> _Level:
    """Nodes and links of one level."""
    grid = grid_of(level.floor, SPACING_M)
    codes = {area.code for area in level.areas}
    nodes = [node for node in plan.nodes if node.level == level.level and node.area in codes]
    nodes += nodes_for(level, grid, codes - {node.area for node in nodes})
    _check_places(plan, level, nodes)
    if not nodes:
        return _Level({}, [])
    places = np.array([(node.x_m, node.y_m) for node in nodes])
    regions = regions_of(grid, places)
    floors = regions.area_m2(len(nodes))
    with_floors = {node.code: with_floor(node, floors[number]) for number, node in enumerate(nodes)}
    links = []
    for number, link in enumerate(_links(plan, level, nodes, places, regions, typed)):
        links.append(link)
        progress(number / len(regions.pairs))
    return _Level(with_floors, links)


def _check_places(plan: Plan, level: LevelFloor, nodes: list[Node]) -> None:
    """Raise ``PlanError`` with all nodes that are in a wall, in a stand or outside."""
    import shapely

    on = is_on(level.floor, [(node.x_m, node.y_m) for node in nodes])
    row_of = {node.code: number + 1 for number, node in enumerate(plan.nodes)}
    problems = []
    for node, is_there in zip(nodes, on.tolist(), strict=True):
        if not is_there:
            line = shapely.shortest_line(level.floor.polygon, shapely.Point(node.x_m, node.y_m))
            x_m, y_m = shapely.get_coordinates(line)[0].tolist()
            what = Sentence("of {code} is not on the floor.", code=node.code)
            mend = Sentence("The nearest place of the floor is ({x:.2f}, {y:.2f}).", x=x_m, y=y_m)
            problems.append(
                Problem(
                    code="nodes.x_m.floor",
                    what=what,
                    mend=mend,
                    sheet="nodes",
                    row=row_of.get(node.code, 0),
                    column="x_m",
                )
            )
    if problems:
        raise PlanError(problems)


def _links(
    plan: Plan,
    level: LevelFloor,
    nodes: list[Node],
    places: NDArray[np.float64],
    regions: Regions,
    typed: dict[tuple[str, str], Link],
) -> Iterator[Link]:
    """A link for each two regions that touch and can be walked between."""
    narrow = floor_of_level(plan, level.level, CLEARANCE_M)
    if narrow is None or not regions.pairs:
        return
    reached = is_on(narrow.floor, places)
    openings = [each for each in plan.openings if each.other and each.area in {area.code for area in level.areas}]
    pairs = [pair for pair in regions.pairs if reached[pair[0]] and reached[pair[1]]]
    if not pairs:
        return
    starts, ends = np.array(pairs).T
    for pair, way in zip(pairs, routes(road_map_of(narrow.floor), places[starts], places[ends]), strict=True):
        if not np.isfinite(way.length_m) or way.length_m < LEAST_M:
            continue
        width = widths_between(regions, pair, way.points_m)
        if width.median_m < LEAST_M:
            continue
        passed = [each for each in openings if _passes(way.points_m, each)]
        yield _link(nodes[pair[0]], nodes[pair[1]], way.length_m, width, passed, typed)


def _link(
    one: Node,
    other: Node,
    length_m: float,
    width: Widths,
    passed: list[Opening],
    typed: dict[tuple[str, str], Link],
) -> Link:
    """A row; named after the typed link that it stands for, else after the only opening that it passes."""
    known = typed.get(_pair(one.code, other.code))
    start, end, one_way = (known.start, known.end, known.one_way) if known else (one.code, other.code, False)
    code = known.code if known else f"{one.code}>{other.code}"
    if len(passed) == 1:
        opening = passed[0]
        code = known.code if known else opening.code
        if opening.direction != "both":
            inner, outer = (one, other) if one.area == opening.area else (other, one)
            start, end = (inner.code, outer.code) if opening.direction == "out" else (outer.code, inner.code)
            one_way = True
    median_m, narrowest_m = (min(MOST_M, max(LEAST_M, round(each, 2))) for each in width)
    door_m = narrowest_m if narrowest_m < SAME_SHARE * median_m else None
    return Link(
        code=code, start=start, end=end, kind=known.kind if known else "level", length_m=round(length_m, 1),
        width_m=median_m, door_m=door_m, one_way=one_way,
    )  # fmt: skip


def _passes(way_m: NDArray[np.float64], opening: Opening) -> bool:
    """Whether a way crosses the line of an opening."""
    (a, b), points = opening.line, [(float(x), float(y)) for x, y in way_m]
    return any(do_cross(here, there, a, b) for here, there in pairwise(points))


def _connectors(plan: Plan, nodes: dict[str, Node], drawn: set[str]) -> Iterator[Link]:
    """A link for each connector, between the nodes of its areas that are nearest to its ends."""
    for each in plan.connectors:
        start = _nearest(nodes, each.start, (each.start_x_m, each.start_y_m))
        end = _nearest(nodes, each.end, (each.end_x_m, each.end_y_m))
        if start and end and {each.start, each.end} <= drawn:
            length_m, width_m = measured(plan, each)
            yield Link(
                code=each.code, start=start, end=end, kind=each.kind, length_m=round(length_m, 1),
                width_m=round(width_m, 2), one_way=each.one_way,
            )  # fmt: skip


def _nearest(nodes: dict[str, Node], area: str, place: tuple[float, float]) -> str | None:
    """The node of an area that is nearest to a place."""
    of_area = [node for node in nodes.values() if node.area == area]
    far = [np.hypot(node.x_m - place[0], node.y_m - place[1]) for node in of_area]
    return of_area[int(np.argmin(far))].code if of_area else None


def is_typed_still(plan: Plan, link: Link, nodes: dict[str, Node], drawn: set[str]) -> bool:
    """Whether the drawing says nothing of a typed link: an end is not drawn, or both areas have a way outside."""
    areas = {nodes[link.start].area, nodes[link.end].area}
    outside = {each.area for each in plan.openings if not each.other}
    return not areas <= drawn or (len(areas) == 2 and areas <= outside)


def _with_own_codes(links: list[Link]) -> list[Link]:
    """Links of which no two have one code: an opening between more than two nodes gives its name to the first."""
    taken: set[str] = set()
    found = []
    for link in links:
        code = link.code if link.code not in taken else f"{link.code}:{link.start}>{link.end}"
        taken.add(code)
        found.append(replace(link, code=code))
    return found


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)
