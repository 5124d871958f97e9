"""Cuts along a way by the definition: shortest lines over squares to both sides, with a list and no heap."""

from __future__ import annotations

import math

BORDER, FREE, INSIDE, WAY = 0, 1, 2, 3


def inside(kind: list[list[int]]) -> list[list[int]]:
    """What the free squares enclose turned from border into inside: what no walk over border squares from the rim reaches."""
    rows, columns = len(kind), len(kind[0])
    rim = {(r, c) for r in range(rows) for c in range(columns) if r in (0, rows - 1) or c in (0, columns - 1)}
    reached, more = set(), {each for each in rim if kind[each[0]][each[1]] == BORDER}
    while more:
        reached |= more
        more = {each for place in more for each in _around(kind, *place) if kind[each[0]][each[1]] == BORDER} - reached
    return [
        [INSIDE if kind[r][c] == BORDER and (r, c) not in reached else kind[r][c] for c in range(columns)]
        for r in range(rows)
    ]


def from_border(kind: list[list[int]]) -> list[list[float]]:
    """Least free length from the border, never over the way: relaxed until nothing gets shorter."""
    far = [[0.0 if each == BORDER else math.inf for each in row] for row in kind]
    changed = True
    while changed:
        changed = False
        for r in range(len(kind)):
            for c in range(len(kind[0])):
                if kind[r][c] in (BORDER, WAY):
                    continue
                for y, x in _around(kind, r, c):
                    if kind[y][x] == WAY:
                        continue
                    value = far[y][x] + math.hypot(y - r, x - c) * (_half(kind[r][c]) + _half(kind[y][x]))
                    if value < far[r][c] - 1e-12:
                        far[r][c], changed = value, True
    return far


def cuts(kind: list[list[int]], way: list[tuple[int, int]]) -> list[float]:
    """For each square (row, column) of a way the shortest line through it, from border to border."""
    far, found = from_border(kind), []
    for at, (r, c) in enumerate(way):
        before, after = way[max(0, at - 4)], way[min(len(way) - 1, at + 4)]
        dy, dx = after[0] - before[0], after[1] - before[1]
        sides = {-1: math.inf, 1: math.inf}
        for y, x in _around(kind, r, c):
            turn = dx * (y - r) - dy * (x - c)
            if kind[y][x] != WAY and turn:
                side = 1 if turn > 0 else -1
                value = far[y][x] + math.hypot(y - r, x - c) * (_half(kind[y][x]) + 0.5)
                sides[side] = min(sides[side], value)
        found.append(sides[-1] + sides[1])
    return found


def _half(kind: int) -> float:
    return 0.5 if kind == FREE else 0.0


def _around(kind: list[list[int]], r: int, c: int) -> list[tuple[int, int]]:
    return [
        (y, x)
        for y in range(max(0, r - 1), min(len(kind), r + 2))
        for x in range(max(0, c - 1), min(len(kind[0]), c + 2))
        if (y, x) != (r, c)
    ]
