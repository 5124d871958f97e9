"""Trajectories measured as those of real crowds are: Voronoi density and the floor of a queue by PedPy, flow by mouths."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.micro.cut_out import CutOut
from hostcity.engines.micro.floor import Floor, Way
from hostcity.engines.micro.library import pedpy, shapely
from hostcity.engines.micro.trajectories import FRAME_S, Trajectories

Floats = NDArray[np.float64]
Ints = NDArray[np.int32]

EVERY_S = 5.0  # between two times at which densities are measured
SETTLE_S = 10.0  # until the first: who was put down at the start finds their place
MINUTE_S = 60.0
SQUARE_M = 2.0  # side of the squares of which the densest is told
CUT_OFF_M = 1.0  # a person takes no floor further away than this
SLOW_M, SLOW_S = 0.6, 2.0  # who moves less than that in that time stands in a queue
BESIDE_M = 0.3  # of a mouth's opening: trajectories are straightened between two frames


@dataclass(frozen=True, kw_only=True, slots=True)
class Measures:
    """What was measured. ``A`` arms, ``M`` minutes from the start, ``K`` times `EVERY_S` apart."""

    out_minute: Ints  # [A, M] persons who went out through the mouth; the last minute may be cut short
    in_minute: Ints  # [A, M] persons who came in through the mouth
    frame: Ints  # [K] of the trajectories
    at_s: Floats  # [K]
    densest_per_m2: Floats  # [K] Voronoi density of the densest square
    densest_xy_m: Floats  # [K, 2] its middle; nan where nobody is
    queue_persons: Ints  # [K] persons who stand in queues
    queue_m2: Floats  # [K] floor that they take

    @property
    def densest(self) -> int:
        """The time of `at_s` with the densest square."""
        return int(self.densest_per_m2.argmax())

    @property
    def longest(self) -> int:
        """The time of `at_s` with the most persons in queues."""
        return int(self.queue_persons.argmax())


def measure(cut_out: CutOut, floor: Floor, played: Trajectories) -> Measures:
    """Measure what was played.

    Raises
    ------
    MicroMissingError
        Without the extra.

    Notes
    -----
    Nothing is measured in the first `SETTLE_S`, or half of a shorter time. The density of a square is the sum, over the Voronoi cells that overlap it, of the share of the cell that lies in the
    square, over the square's floor. [1]_ Cells end at walls and `CUT_OFF_M` from the person. Only squares that lie in the
    floor with more than half of their area count. A queue is whoever moves less than `SLOW_M` in `SLOW_S`, and, once they
    did, whoever is still before a lane; it takes the floor of their cells.

    Slow twins: `tests/naive/crowds.py`.

    References
    ----------
    .. [1] Steffen, Seyfried, "Methods for measuring pedestrian density, flow, speed and direction with minimal scatter",
       Physica A 389, 2010, 1902-1910, section 3. doi 10.1016/j.physa.2009.12.015
    """
    minutes = math.ceil((cut_out.end_s - cut_out.start_s) / MINUTE_S)
    shape = (len(cut_out.arms), minutes)
    out_minute, in_minute = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
    for arm, way in enumerate(floor.ways):
        for at_s, outward in crossings(way, played):
            minute = min(minutes - 1, int((at_s - cut_out.start_s) / MINUTE_S))
            (out_minute if outward else in_minute)[arm, minute] += 1
    queueing = in_queue(played)
    settled = min(round(SETTLE_S / FRAME_S), played.frame_s.size // 2)
    frames = np.arange(settled, played.frame_s.size, round(EVERY_S / FRAME_S))
    squares = _Squares(floor)
    densest, where = np.zeros(frames.size), np.full((frames.size, 2), np.nan)
    persons, queue_m2 = np.zeros(frames.size, np.int32), np.zeros(frames.size)
    for at, frame in enumerate(frames):
        rows = slice(played.first[frame], played.first[frame + 1])
        if rows.stop == rows.start:
            continue
        cells = _cells(floor, played, rows)
        densest[at], where[at] = squares.densest(cells)
        stands = queueing[rows]
        persons[at] = int(stands.sum())
        queue_m2[at] = float(shapely().union_all(cells[stands]).area) if stands.any() else 0.0
    return Measures(
        out_minute=out_minute, in_minute=in_minute, frame=frames.astype(np.int32), at_s=played.frame_s[frames],
        densest_per_m2=densest,
        densest_xy_m=where, queue_persons=persons, queue_m2=queue_m2,
    )  # fmt: skip


def crossings(way: Way, played: Trajectories) -> list[tuple[float, bool]]:
    """Times at which somebody crossed a mouth, and whether outward, in order of persons."""
    rows = np.lexsort((np.arange(played.person.size), played.person))  # by person, then by time
    person = played.person[rows]
    frame = np.repeat(np.arange(played.frame_s.size), np.diff(played.first))[rows]
    c, s = math.cos(way.angle_rad), math.sin(way.angle_rad)
    x, y = played.x_m[rows].astype(float), played.y_m[rows].astype(float)
    along, left = x * c + y * s - way.mouth_m, -x * s + y * c
    beyond = along > 0
    changed = np.flatnonzero((person[1:] == person[:-1]) & (beyond[1:] != beyond[:-1]))
    share = along[changed] / (along[changed] - along[changed + 1])
    at_left = left[changed] + share * (left[changed + 1] - left[changed])
    at_s = played.frame_s[frame[changed]] + share * (
        played.frame_s[frame[changed + 1]] - played.frame_s[frame[changed]]
    )
    inside = np.abs(at_left) <= way.opening_m / 2 + BESIDE_M
    return [(float(when), bool(out)) for when, out in zip(at_s[inside], beyond[changed + 1][inside], strict=True)]


def in_queue(played: Trajectories) -> NDArray[np.bool_]:
    """Which rows are of somebody who stands in a queue."""
    before = round(SLOW_S / FRAME_S)
    count = played.came_s.size
    was = np.zeros(count, bool)
    found = np.zeros(played.person.size, bool)
    place = np.full((before + 1, count, 2), np.nan)  # of the last frames
    for frame in range(played.frame_s.size):
        rows = slice(played.first[frame], played.first[frame + 1])
        who = played.person[rows]
        now, then = place[frame % (before + 1)], place[(frame + 1) % (before + 1)]
        now[:] = np.nan
        now[who, 0], now[who, 1] = played.x_m[rows], played.y_m[rows]
        slow = np.hypot(*(now[who] - then[who]).T) < SLOW_M  # nan, who was not there yet, is not slow
        was[who] |= slow
        found[rows] = slow | (played.in_line[rows] & was[who])
    return found


def _cells(floor: Floor, played: Trajectories, rows: slice) -> NDArray[Any]:
    """Voronoi cells of the persons of some rows, in their order."""
    import pandas as pd

    library = pedpy()
    table = pd.DataFrame(
        {
            "id": played.person[rows],
            "frame": 0,
            "x": played.x_m[rows].astype(float),
            "y": played.y_m[rows].astype(float),
        }
    )
    found = library.compute_individual_voronoi_polygons(
        traj_data=library.TrajectoryData(data=table, frame_rate=1.0 / FRAME_S),
        walkable_area=library.WalkableArea(floor.walkable),
        cut_off=library.Cutoff(radius=CUT_OFF_M, quad_segments=4),
    )
    by_person = dict(zip(found["id"], found["polygon"], strict=True))
    return np.array([by_person[each] for each in played.person[rows]], object)


class _Squares:
    """The squares of a floor that lie in it with more than half of their area."""

    def __init__(self, floor: Floor) -> None:
        self._geometry = shapely()
        west, south, east, north = floor.walkable.bounds
        corners = [
            (x, y) for x in np.arange(west, east, SQUARE_M) for y in np.arange(south, north, SQUARE_M)
        ]  # fmt: skip
        boxes = np.array([self._geometry.box(x, y, x + SQUARE_M, y + SQUARE_M) for x, y in corners], object)
        parts = self._geometry.intersection(boxes, floor.walkable)
        areas = self._geometry.area(parts)
        kept = areas > SQUARE_M**2 / 2
        self._parts, self._areas = parts[kept], areas[kept]
        self._middles = np.array(corners)[kept] + SQUARE_M / 2
        self._tree = self._geometry.STRtree(self._parts)

    def densest(self, cells: NDArray[Any]) -> tuple[float, Floats]:
        """Density of the densest square, and its middle."""
        cell, square = self._tree.query(cells)
        overlap = self._geometry.area(self._geometry.intersection(cells[cell], self._parts[square]))
        share = overlap / self._geometry.area(cells)[cell]
        density = np.bincount(square, share, minlength=self._areas.size) / self._areas
        most = int(density.argmax())
        return float(density[most]), self._middles[most]
