"""Routes beside JuPedSim's router, sight beside shapely, isovists beside pysovist, fields beside exact routes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.peers.costs import is_installed, versioned
from benchmarks.rows import Bar, Detail, Measured
from benchmarks.walk.hall import Floats, hall, outline, points_in, stands
from hostcity.engines.walk import (
    Floor,
    RoadMap,
    field_to,
    floor_of,
    grid_of,
    isovist_of,
    road_map_of,
    route,
    route_lengths,
    routes,
    visible,
)  # fmt: skip

ROUNDS = 5
PAIRS, DESTINATIONS, VIEWS, REACH_M = 500, 50, 50, 25.0
Act = Callable[[], Any]


def measure() -> Measured:
    """All bars in one hall."""
    floor = hall()
    road_map = road_map_of(floor)
    points = points_in(floor, 2 * PAIRS, 1)
    bars = [*_routes(floor, road_map, points), *_fields(floor, road_map, points), _sight(), *_isovists()]
    note = (
        f"Programs in turns, medians of up to {ROUNDS} rounds. JuPedSim's router is given the same shrunk polygon, and gives "
        "points as `route` does. Sight is compared on the floor without clearance, with the stands joined to blocks."
    )
    lines = (
        ("stands", f"{len(stands()):,}"), ("floor", f"{floor.area_m2:,.0f} m²"),
        ("corners, bends", f"{floor.edges.x.size:,}, {road_map.roads.corners.size:,}"),
        ("straight pieces between bends", f"{road_map.roads.beyond.size:,}"),
    )  # fmt: skip
    return Measured(
        tuple(bars),
        (
            Detail(
                "The hall of 270 m by 108 m in which routes and sight are measured", ("what", "measured"), lines, note
            ),
        ),
    )


def _in_turns(ours: Act, theirs: Act, rounds: int = ROUNDS) -> tuple[float, float, float]:
    """Medians of both in processor seconds, and of how many times as long theirs takes."""
    ours()
    spent = []
    for _ in range(rounds):
        pair = []
        for act in (ours, theirs):
            began = time.process_time()
            act()
            pair.append(time.process_time() - began)
        spent.append(pair)
    one, other = zip(*spent, strict=True)
    return statistics.median(one), statistics.median(other), statistics.median(b / a for a, b in spent)


def _length(points: Any) -> float:
    return float(np.hypot(*np.diff(np.array(points), axis=0).T).sum())


def _routes(floor: Floor, road_map: RoadMap, points: Floats) -> list[Bar]:
    starts, ends = points[:PAIRS], points[PAIRS:]
    exact, slow = by_brute_force()
    apart = float(np.abs(exact / slow - 1).max())
    bars = [
        Bar(
            f"routes: longest excess over brute force by shapely, {exact.size:,} pairs of a fifth of the hall",
            "≤ 0.5 %", f"{100 * apart:.1e} %", apart <= 0.005,
        )
    ]  # fmt: skip
    if not is_installed("jupedsim"):
        return bars
    import jupedsim

    router = jupedsim.RoutingEngine(floor.polygon.geoms[0])
    pairs = [(tuple(start), tuple(end)) for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    theirs = np.array([_length(router.compute_waypoints(*pair)) for pair in pairs])
    ours = np.array([way.length_m for way in routes(road_map, starts, ends)])
    excess = theirs / ours - 1
    name = versioned("JuPedSim", "jupedsim")
    ways: list[tuple[str, Act, int]] = [
        ("one call a pair", lambda: [route(road_map, *pair) for pair in pairs], 1),
        ("all pairs in one call", lambda: routes(road_map, starts, ends), 1),
        (f"lengths alone, {PAIRS} ends from each of {DESTINATIONS} starts", lambda: route_lengths(road_map, starts[:DESTINATIONS], ends), DESTINATIONS),
    ]  # fmt: skip
    for what, act, times in ways:
        mine, other, ratio = _in_turns(act, lambda: [router.compute_waypoints(*pair) for pair in pairs])
        each_ms = 1e3 / PAIRS
        said = f"{ratio * times:.1f}x: {mine * each_ms / times:.4f} ms a pair against {other * each_ms:.3f} ms"
        bars.append(Bar(f"routes: {name}, {what}", "≥ 3x", said, ratio * times >= 3))
    built, other, _ = _in_turns(lambda: road_map_of(floor), lambda: jupedsim.RoutingEngine(floor.polygon.geoms[0]))
    said = (
        f"mean {100 * excess.mean():+.2f} %, longest {100 * excess.max():+.1f} %, shortest {100 * excess.min():+.4f} %"
    )
    bars.append(Bar(f"routes: {name}'s lengths over ours, {PAIRS} pairs", "–", said))
    bars.append(Bar(f"routes: making the road map, {name}'s router", "–", f"{built:.2f} s against {other:.2f} s"))
    return bars


def by_brute_force() -> tuple[Floats, Floats]:
    """Lengths in the western fifth of the hall: ours, and over all corners that see each other by shapely."""
    import shapely
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    part = floor_of([np.minimum(outline(), [55.0, 108.0])], [ring for ring in stands() if ring[:, 0].max() < 55.0])
    points = points_in(hall(), 400, 2)
    grains = np.rint(points[points[:, 0] < 54.0][:40] * 65536.0) / 65536.0
    polygon = part.polygon
    shapely.prepare(polygon)
    grains = grains[shapely.covers(polygon, shapely.points(grains))]
    all_points = np.concatenate([grains, np.unique(shapely.get_coordinates(polygon), axis=0)])
    one, other = np.triu_indices(len(all_points), 1)
    seen = shapely.covers(polygon, shapely.linestrings(np.stack([all_points[one], all_points[other]], axis=1)))
    one, other = one[seen], other[seen]
    away = np.hypot(*(all_points[one] - all_points[other]).T)
    graph = csr_array((away, (one, other)), shape=(len(all_points),) * 2)
    slow = dijkstra(graph, directed=False, indices=np.arange(len(grains)))[:, : len(grains)]
    apart = ~np.eye(len(grains), dtype=bool)
    return route_lengths(road_map_of(part), grains, grains)[apart], slow[apart]


def _fields(floor: Floor, road_map: RoadMap, points: Floats) -> list[Bar]:
    grid = grid_of(floor, 0.5)
    destinations = points[:DESTINATIONS]
    exact = route_lengths(road_map, destinations, points[PAIRS:])
    fields = [field_to(grid, [each]) for each in destinations]
    wrong = np.array([field.at(points[PAIRS:]) for field in fields]) / np.maximum(exact, 1e-9) - 1
    wrong = wrong[exact > 5.0]
    spent = []
    for each in destinations:
        began = time.process_time()
        field_to(grid, [each])
        spent.append(time.process_time() - began)
    took_ms = 1e3 * statistics.median(spent)
    mean, p95 = float(np.abs(wrong).mean()), float(np.percentile(np.abs(wrong), 95))
    said = f"{took_ms:.1f} ms ({1e3 * min(spent):.1f}–{1e3 * max(spent):.1f})"
    errors = (
        f"mean {100 * mean:.2f} %, p95 {100 * p95:.1f} %, from {100 * wrong.min():+.1f} to {100 * wrong.max():+.1f} %"
    )
    cells = f"{grid.is_free.sum():,} of {grid.is_free.size:,} cells of 0.5 m"
    return [
        Bar(f"field to one destination, {cells}", "≤ 10 ms", said, took_ms <= 10),
        Bar(
            f"field beside exact routes above 5 m, {wrong.size:,} pairs",
            "mean ≤ 2 % (stretch 1 %)",
            errors,
            mean <= 0.02,
        ),
    ]


def _sight() -> Bar:
    """Rays up to 25 m between points of the hall, beside the quicker of shapely's two ways."""
    import shapely

    floor = hall(0.0)
    views, targets = points_in(floor, 120, 4), points_in(floor, 20_000, 5)
    near = np.hypot(*(views[:, None] - targets[None]).transpose(2, 0, 1)) <= REACH_M
    grains = [np.rint(each * 65536.0) / 65536.0 for each in (views, targets)]
    one, other = np.nonzero(near)
    lines = shapely.linestrings(np.stack([grains[0][one], grains[1][other]], axis=1))
    blocks = [shapely.Polygon(ring) for ring in floor.polygon.geoms[0].interiors]
    tree, polygon = shapely.STRtree(blocks), floor.polygon
    shapely.prepare(polygon)
    found = visible(floor, views, targets, REACH_M)[near]
    disagree = int((found != shapely.covers(polygon, lines)).sum())

    def by_tree() -> Any:
        return tree.query(lines, predicate="crosses")

    mine, theirs, ratio = _in_turns(lambda: visible(floor, views, targets, REACH_M), by_tree, 3)
    _, covers, of_covers = _in_turns(
        lambda: visible(floor, views, targets, REACH_M), lambda: shapely.covers(polygon, lines), 3
    )
    said = (
        f"{ratio:.0f}x STRtree ({of_covers:.0f}x a prepared polygon): {mine:.3f} s against {theirs:.2f} s ({covers:.2f} s); "
        f"{disagree} disagreements"
    )
    return Bar(f"sight: {lines.size:,} rays up to 25 m, shapely {shapely.__version__}", "≥ 50x, 0 disagreements", said, ratio >= 50 and disagree == 0)  # fmt: skip


def _isovists() -> list[Bar]:
    what = f"isovists of {VIEWS} points, reach 25 m: area beside pysovist"
    if not is_installed("pysovist"):
        return [Bar(what, "within 2 %", "not measured: no pysovist here")]
    import pysovist

    floor = hall(0.0)
    views = points_in(floor, VIEWS, 6)
    corners = floor.corners_m
    plan = pysovist.Plan(np.stack([corners, corners[floor.edges.after]], axis=1))
    ours = np.array([isovist_of(floor, view, REACH_M).area_m2 for view in views])
    theirs = np.array([float(pysovist.isovist(plan, tuple(view), max_distance=REACH_M).area) for view in views])
    apart = float(np.abs(ours / theirs - 1).max())
    mine, other, ratio = _in_turns(
        lambda: [isovist_of(floor, view, REACH_M) for view in views],
        lambda: [pysovist.isovist(plan, tuple(view), max_distance=REACH_M) for view in views], 3,
    )  # fmt: skip
    said = f"largest difference {100 * apart:.1e} %; {ratio:.0f}x: {1e3 * mine / VIEWS:.2f} ms a view against {1e3 * other / VIEWS:.1f} ms"
    return [Bar(f"{what} {pysovist.__version__}", "within 2 %", said, apart <= 0.02)]
