"""The study's hall: 147 crossings of aisles, five gates, 19 destinations, a face for each way into a crossing; invented trips."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.signs import SignProblem
from hostcity.engines.signs.planning import persons_in
from hostcity.engines.signs.states import Chances, Ways, passing_of, sign_problem

COLUMNS, ROWS = 21, 7
WIDE_M, DEEP_M, AISLE_M, MAIN_M, BORDER_M = 270.0, 108.0, 3.0, 6.0, 5.0
SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1))
TRIPS_SEED = 5


@dataclass(frozen=True, eq=False)
class Hall:
    """The problem, and what rules of thumb go by."""

    problem: SignProblem
    ways: Ways
    passing: NDArray[np.float64]  # [F, T]
    names: tuple[str, ...]


def study_hall(chances: Chances | None = None, most_names: int = 99, *, recovers: bool = False) -> Hall:
    """The hall with all its destinations, or the first few."""
    x, y = _middles(WIDE_M, COLUMNS), _middles(DEEP_M, ROWS)

    def node(column: int, row: int) -> int:
        return column * ROWS + row

    places = [(column, row) for column in range(COLUMNS) for row in range(ROWS)]
    pieces = [
        (node(*place), node(place[0] + dx, place[1] + dy), dx, dy)
        for place in places for dx, dy in SIDES
        if 0 <= place[0] + dx < COLUMNS and 0 <= place[1] + dy < ROWS
    ]  # fmt: skip
    inner = len(pieces)
    gates = [node(0, 3), node(COLUMNS - 1, 3), node(5, 0), node(15, 0), node(10, ROWS - 1)]
    pieces += [(-1, gate, *way) for gate, way in zip(gates, ((1, 0), (-1, 0), (0, 1), (0, 1), (0, -1)), strict=True)]
    tail, head, east, north = (np.array(each) for each in zip(*pieces, strict=True))
    x_m, y_m = np.repeat(x, ROWS), np.tile(y, COLUMNS)
    ways = Ways(x_m=x_m, y_m=y_m, tail=tail, head=head, east=east.astype(float), north=north.astype(float))
    wanted = _wanted(node, gates)[:most_names]
    towards, is_there = _shortest(ways, inner, [places for _name, places in wanted])
    starts = _starts(ways, inner, towards, is_there, [name for name, _places in wanted])
    sees = (x_m[:, None] == x_m) | (y_m[:, None] == y_m)  # along the aisles, which are straight and free
    problem = sign_problem(ways, towards, is_there, starts, sees, chances, recovers=recovers)
    everywhere = np.ones(problem.starts.size, np.int64)
    passing = passing_of(ways, persons_in(problem, everywhere), len(wanted))
    return Hall(problem, ways, passing, tuple(name for name, _places in wanted))


def _middles(length_m: float, count: int) -> NDArray[np.float64]:
    aisles = np.full(count, AISLE_M)
    aisles[[0, -1]], aisles[(count - 1) // 2] = BORDER_M, MAIN_M
    block = (length_m - aisles.sum()) / (count - 1)
    return np.cumsum(aisles) - aisles / 2 + block * np.arange(count)


def _wanted(node: Any, gates: list[int]) -> list[tuple[str, list[int]]]:
    toilets = [node(2, 0), node(9, 0), node(18, 0), node(2, 6), node(11, 6), node(18, 6)]
    found = [
        ("WC", toilets), ("Food", [node(0, 6), node(20, 0), node(10, 0)]), ("Medical", [node(0, 0), node(20, 6)]),
        *((f"Exit-{name}", [gate]) for name, gate in zip(("W", "E", "S1", "S2", "N"), gates, strict=True)),
        ("Forum", [node(13, 6)]), ("Meeting", [node(6, 6)]), ("Customs desk", [node(1, 2)]),
    ]  # fmt: skip
    zones = [(column, row) for column in (3, 7, 13, 17) for row in (1, 5)]
    return found + [(f"Zone {chr(65 + number)}", [node(*zone)]) for number, zone in enumerate(zones)]


def _shortest(ways: Ways, inner: int, wanted: list[list[int]]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Shortest ways, with ties broken as in the study."""
    nodes = ways.x_m.size
    into: list[list[tuple[int, int, float]]] = [[] for _ in range(nodes)]
    for piece in range(inner):
        a, b = int(ways.tail[piece]), int(ways.head[piece])
        into[b].append((a, piece, float(np.hypot(ways.x_m[a] - ways.x_m[b], ways.y_m[a] - ways.y_m[b]))))
    towards = np.full((len(wanted), nodes), -1)
    is_there = np.zeros((len(wanted), nodes), bool)
    for number, places in enumerate(wanted):
        far = np.full(nodes, np.inf)
        far[places] = 0.0
        is_there[number, places] = True
        heap = [(0.0, place) for place in places]
        while heap:
            at, here = heapq.heappop(heap)
            if at > far[here]:
                continue
            for there, piece, length in into[here]:
                longer = at + length + 1e-3 * (there * 7919 % 13)
                if longer < far[there]:
                    far[there], towards[number, there] = longer, piece
                    heapq.heappush(heap, (longer, there))
    return towards, is_there


def _starts(
    ways: Ways, inner: int, towards: NDArray[np.int64], is_there: NDArray[np.bool_], names: list[str]
) -> NDArray[np.float64]:
    rng = np.random.default_rng(TRIPS_SEED)
    pieces, nodes = ways.tail.size, ways.x_m.size
    starts = np.zeros((len(names), pieces))
    for number, name in enumerate(names):
        if name.startswith("Zone") or name in ("Forum", "Meeting", "Customs desk", "Food"):
            for piece in range(inner, pieces):
                starts[number, piece] += rng.uniform(100, 800) * (0.3 if name == "Food" else 1.0)
        for here in range(nodes):
            if is_there[number, here]:
                continue
            on = ways.head[towards[number, here]]
            coming = [piece for piece in range(inner) if ways.head[piece] == here and ways.tail[piece] != on]
            persons = rng.uniform(0, 20) * (3 if name in ("WC", "Food") else 1)
            for piece in coming:
                starts[number, piece] += persons / len(coming)
    return starts
