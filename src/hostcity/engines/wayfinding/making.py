"""Making a route book: needs the walking engine, so it is for a command or a worker, never for a request."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.network import LevelFloor, floor_of_level, measured, of_the_drawing
from hostcity.engines.walk import GeometryError, RoadMap, bends_seen, road_map_of, visible
from hostcity.engines.wayfinding.book import Book, Portal
from hostcity.engines.wayfinding.content import content_sha256
from hostcity.engines.wayfinding.passings import Doors, Passings
from hostcity.engines.wayfinding.portals import clear_of, portals_of, rises, undrawn_links
from hostcity.engines.wayfinding.profiles import Profile
from hostcity.engines.wayfinding.sound import sound
from hostcity.engines.wayfinding.spots import Spot, Spots, is_left, node_stop, stop_of
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows import Connector, Node
from hostcity.plan.sentences import Sentence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
PLACES = ("stands", "amenities", "openings", "connectors", "nodes", "areas")
LATTICE_M = 0.03  # by which a doorway may become narrower when its walls come to lie on the floor's lattice


def make_book(plan: Plan, profile: Profile, progress: Callable[[float], None] | None = None) -> Book:
    """The route book of a plan's drawing for one profile.

    Raises
    ------
    PlanError
        When nothing is drawn, or outlines make no floor on which the profile has room.

    Notes
    -----
    The visibility graph of each level's floor with all openings open; each straight piece knows which of them it goes
    through, so that to close one is to leave pieces out. Closing a gap in a wall makes no corner at which a way could bend,
    so ways stay exact. O(pieces x doors) once.
    """
    tell = progress or (lambda _share: None)
    sha256, plan = content_sha256(plan, profile), sound(plan)
    try:
        floors = [
            (number, found)
            for number, level in enumerate(plan.levels)
            if (found := floor_of_level(plan, level.code, profile.clearance_m))
        ]
        if not floors:
            what, mend = Sentence("have no outline."), Sentence("Draw the areas first.")
            raise PlanError([Problem(code="areas.outline.none", what=what, mend=mend, sheet="areas")])
        portals, edges = portals_of(plan, profile)
        narrow = {
            each.code for each in plan.openings if each.other and clear_of(each) < 2 * profile.clearance_m + LATTICE_M
        }
        link_nodes = {end for each in undrawn_links(plan) for end in (each.start, each.end)}
        drawn = []
        for done, (number, level) in enumerate(floors):
            tell(done / len(floors))
            drawn.append(_level(number, level, Spots(plan, level, profile.clearance_m, link_nodes, narrow).found()))
    except GeometryError as error:
        raise of_the_drawing(error) from error
    book = _bound(plan, profile, portals, drawn, link_nodes)
    tell(1.0)
    return Book(
        sha256=sha256, profile_code=profile.code, levels=tuple(each.code for each in plan.levels),
        portals=portals, edges=edges, **book,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class _Level:
    """One level before all are bound together: turns are its bends, then its stops."""

    number: int
    floor: LevelFloor
    road_map: RoadMap
    spots: list[Spot]
    stops: dict[str, int]  # stop -> spot
    near_first: Ints  # [spots + 1]
    near: Ints
    piece_tail: Ints
    piece_head: Ints

    @property
    def turns_m(self) -> Floats:
        stops = [(self.spots[each].x_m, self.spots[each].y_m) for each in self.stops.values()]
        return np.concatenate([self.road_map.bends_m, np.array(stops).reshape(-1, 2)])


def _level(number: int, floor: LevelFloor, spots: list[Spot]) -> _Level:
    road_map = road_map_of(floor.floor, most_kept=0)
    points = np.array([(each.x_m, each.y_m) for each in spots]).reshape(-1, 2)
    stops = {each.stop: place for place, each in enumerate(spots) if each.stop}
    bends = road_map.roads.corners.size
    first, bend, _ = bends_seen(road_map, points)
    of_spot = np.repeat(np.arange(len(spots)), np.diff(first))
    at_stop = np.array(list(stops.values()), np.int64)
    seen_by, stop = np.nonzero(visible(floor.floor, points, points[at_stop])) if stops else (np.empty(0, np.int64),) * 2
    who, what = np.concatenate([of_spot, seen_by]), np.concatenate([bend, bends + stop])
    order = np.argsort(who, kind="stable")
    near_first = np.concatenate([[0], np.cumsum(np.bincount(who, minlength=len(spots)))])
    roads = road_map.roads
    tail = np.repeat(np.arange(bends), np.diff(roads.first))
    turn_of_spot = np.full(len(spots), -1)
    turn_of_spot[at_stop] = bends + np.arange(at_stop.size)
    is_stop = (turn_of_spot[who] >= 0) & (turn_of_spot[who] != what)
    from_stop, to = turn_of_spot[who][is_stop], what[is_stop]
    back = to < bends  # between two stops both directions are there already
    piece_tail = np.concatenate([tail, from_stop, to[back]])
    piece_head = np.concatenate([roads.beyond.astype(np.int64), to, from_stop[back]])
    return _Level(number, floor, road_map, spots, stops, near_first, what[order], piece_tail, piece_head)


def _bound(
    plan: Plan,
    profile: Profile,
    portals: tuple[Portal, ...],
    levels: list[_Level],
    link_nodes: set[str],
) -> dict[str, Any]:
    """All arrays of a book."""
    passings = Passings()
    offset = np.concatenate([[0], np.cumsum([len(each.turns_m) for each in levels])])
    stop_at = {stop: int(offset[at]) + each.road_map.roads.corners.size + place
               for at, each in enumerate(levels) for place, stop in enumerate(each.stops)}  # fmt: skip
    turns = [each.turns_m for each in levels]
    turn_level = [np.full(len(each.turns_m), each.number) for each in levels]
    outside = _undrawn_nodes(plan, link_nodes, stop_at)
    turns.append(np.array([(node.x_m, node.y_m) for node in outside]).reshape(-1, 2))
    number_of = {level.code: number for number, level in enumerate(plan.levels)}
    turn_level.append(np.array([number_of[node.level] for node in outside], np.int64))
    stop_at |= {node_stop(node.code): int(offset[-1]) + place for place, node in enumerate(outside)}
    doors = _doors(plan, portals, levels)
    pieces, accesses = [], []
    for at, each in enumerate(levels):
        of_level = doors.of(each.number)
        there = each.turns_m
        passing = passings.of_lines(of_level, there[each.piece_tail], there[each.piece_head])
        pieces.append((each.piece_tail + offset[at], each.piece_head + offset[at], passing))
        points = np.array([(spot.x_m, spot.y_m) for spot in each.spots]).reshape(-1, 2)
        who = np.repeat(np.arange(len(points)), np.diff(each.near_first))
        accesses.append((each, int(offset[at]), passings.of_lines(of_level, points[who], there[each.near])))
    tail, head, passing = (np.concatenate(each) for each in zip(*pieces, strict=True))
    order = np.lexsort((head, tail))
    count = int(offset[-1]) + len(outside)
    first = np.concatenate([[0], np.cumsum(np.bincount(tail, minlength=count))])
    made: dict[str, Any] = {
        "turn_x_m": np.concatenate(turns)[:, 0], "turn_y_m": np.concatenate(turns)[:, 1],
        "turn_level": np.concatenate(turn_level).astype(np.int16), "first": first.astype(np.int32),
        "beyond": head[order].astype(np.int32), "passing": passing[order].astype(np.int32),
    }  # fmt: skip
    made |= _jumps(plan, profile, portals, stop_at, passings)
    made |= _accesses(plan, accesses, {node.code: stop_at[node_stop(node.code)] for node in outside}, number_of)
    made |= passings.arrays() | doors.arrays() | _floors(len(plan.levels), levels)
    return made


def _undrawn_nodes(plan: Plan, link_nodes: set[str], stop_at: dict[str, int]) -> list[Node]:
    """Nodes at which typed links end and that are on no floor."""
    return [node for node in plan.nodes if node.code in link_nodes and node_stop(node.code) not in stop_at]


def _doors(plan: Plan, portals: tuple[Portal, ...], levels: list[_Level]) -> Doors:
    """Openings between two areas, on each of whose levels lines may go through them."""
    portal_of = {each.code: number for number, each in enumerate(portals)}
    found = []
    for each in levels:
        areas = {area.code: area for area in each.floor.areas}
        for opening in plan.openings:
            is_here = opening.area in areas or opening.other in areas
            if is_here and opening.code in portal_of:
                (x1, y1), (x2, y2) = opening.line
                found.append((portal_of[opening.code], each.number, (x1, y1, x2, y2), is_left(areas, opening)))
    portal, level, line, left = zip(*found, strict=True) if found else ((), (), (), ())
    return Doors(
        np.array(portal, np.int64),
        np.array(level, np.int64),
        np.array(line, np.float64).reshape(-1, 4),
        np.array(left, np.bool_),
    )


def _jumps(
    plan: Plan, profile: Profile, portals: tuple[Portal, ...], stop_at: dict[str, int], passings: Passings
) -> dict[str, Any]:
    """Pieces that are no floor: connectors, typed links, doors too narrow for the profile."""
    through = {each.code: _through(plan, profile, each) for each in plan.connectors}
    drawn = (*(each.code for each in plan.connectors), *(each.code for each in plan.openings))
    ends = {code: (stop_of(code, 0), stop_of(code, 1)) for code in drawn}
    for link in undrawn_links(plan):
        if link.code in ends:
            continue
        through[link.code] = (link.length_m,) * 2, (profile.seconds(link.kind, link.length_m, rises=True),) * 2
        ends[link.code] = node_stop(link.start), node_stop(link.end)
    rows = []
    for number, portal in enumerate(portals):
        one, other = (stop_at.get(each) for each in ends[portal.code])
        if one is None or other is None:
            continue
        (there_m, back_m), (there_s, back_s) = through.get(portal.code) or _doorway(profile)
        forward = passings.of((2 * number,))
        rows.append((one, other, forward, there_m, there_s))
        rows.append((other, one, passings.of((2 * number + 1,)), back_m, back_s))
    tail, head, passing, length_m, took_s = zip(*rows, strict=True) if rows else ((),) * 5
    return {
        "jump_tail": np.array(tail, np.int32), "jump_head": np.array(head, np.int32),
        "jump_passing": np.array(passing, np.int32), "jump_length_m": np.array(length_m, np.float64),
        "jump_s": np.array(took_s, np.float64),
    }  # fmt: skip


def _through(plan: Plan, profile: Profile, connector: Connector) -> tuple[tuple[float, float], tuple[float, float]]:
    """Length of a connector along its slope and seconds, from its start and from its end; a lift is as long as it is wide to walk."""
    run_m = math.dist((connector.start_x_m, connector.start_y_m), (connector.end_x_m, connector.end_y_m))
    length_m = run_m if connector.kind == "lift" else measured(plan, connector).length_m
    upward = rises(plan, connector)
    there_s, back_s = (
        profile.seconds(connector.kind, length_m, rises=is_up, cycle_s=connector.cycle_s)
        for is_up in (upward, not upward)
    )
    return (length_m, length_m), (there_s, back_s)


def _doorway(profile: Profile) -> tuple[tuple[float, float], tuple[float, float]]:
    """Through a wall."""
    length_m = 2 * profile.clearance_m
    return (length_m, length_m), (length_m / profile.level_m_per_s,) * 2


def _accesses(
    plan: Plan, levels: list[tuple[_Level, int, Ints]], outside: dict[str, int], number_of: dict[str, int]
) -> dict[str, Any]:
    """Access points by place, in the order of the plan."""
    places = tuple(f"{sheet}.{row.code}" for sheet in PLACES for row in getattr(plan, sheet))
    place_of = {key: number for number, key in enumerate(places)}
    rows: list[tuple[int, float, float, int, Ints, Ints]] = []
    for level, offset, passing in levels:
        for at, spot in enumerate(level.spots):
            part = slice(level.near_first[at], level.near_first[at + 1])
            rows.append(
                (place_of[spot.place], spot.x_m, spot.y_m, level.number, level.near[part] + offset, passing[part])
            )
    drawn = {area.code for level, _, _ in levels for area in level.floor.areas}
    for node in plan.nodes:
        if node.code in outside:  # it is where it is, and sees nothing but itself
            itself = np.array([outside[node.code]])
            keys = [f"nodes.{node.code}", *([] if node.area in drawn else [f"areas.{node.area}"])]
            rows += [
                (place_of[key], node.x_m, node.y_m, number_of[node.level], itself, np.zeros(1, np.int64))
                for key in keys
            ]
    rows.sort(key=lambda each: each[0])
    place, x_m, y_m, on_level, near, passing_of = zip(*rows, strict=True)
    return {
        "places": places,
        "access_of": np.concatenate([[0], np.cumsum(np.bincount(place, minlength=len(places)))]).astype(np.int32),
        "access_x_m": np.array(x_m), "access_y_m": np.array(y_m), "access_level": np.array(on_level, np.int16),
        "near_first": np.concatenate([[0], np.cumsum([len(each) for each in near])]).astype(np.int32),
        "near": np.concatenate(near).astype(np.int32), "near_passing": np.concatenate(passing_of).astype(np.int32),
    }  # fmt: skip


def _floors(count: int, levels: list[_Level]) -> dict[str, Any]:
    """Corners of all floors; a level that is not drawn has none."""
    by_number = {each.number: each.floor.floor for each in levels}
    sizes = [by_number[each].edges.x.size if each in by_number else 0 for each in range(count)]
    origins = [by_number[each].origin_m if each in by_number else (0.0, 0.0) for each in range(count)]
    names = {"floor_x": "x", "floor_y": "y", "floor_before": "before", "floor_after": "after", "floor_twin": "twin"}
    return {
        "floor_first": np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32), "floor_origin_m": np.array(origins),
        **{name: np.concatenate([getattr(each.floor.floor.edges, field) for each in levels]).astype(np.int32)
           for name, field in names.items()},
    }  # fmt: skip
