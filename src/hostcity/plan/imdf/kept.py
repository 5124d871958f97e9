"""What an archive keeps of a row, and whether it still holds: another program may have changed what IMDF says of it.

Everything here comes from a file: nothing is taken to be what it should be.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from hostcity.plan.imdf.features import KEPT, Feature
from hostcity.plan.imdf.frame import Frame
from hostcity.plan.imdf.write import ring_of
from hostcity.plan.polygons import Point

SAME_DEG = 2e-7  # 2 cm: programs that write seven decimals have not moved anything
MOST_M = 1e6


def kept_of(feature: Feature, sheet: str) -> dict[str, Any]:
    """The fields that are kept of a row of a sheet; none for a feature that another program made."""
    kept = feature.properties.get(KEPT)
    cells = kept.get("cells") if isinstance(kept, dict) and kept.get("sheet") == sheet else None
    return dict(cells) if isinstance(cells, dict) else {}


def is_ours(feature: Feature) -> bool:
    """Whether a feature was made from a plan, be it for another feature's sake."""
    kept = feature.properties.get(KEPT)
    return isinstance(kept, dict) and isinstance(kept.get("sheet"), str)


def row_of(feature: Feature) -> int | None:
    """The place of a kept row in its sheet."""
    kept = feature.properties.get(KEPT)
    row = kept.get("row") if isinstance(kept, dict) else None
    return row if type(row) is int else None


def points_of(value: Any) -> tuple[Point, ...]:
    """Points as they are kept; none when they are not points of a drawing."""
    if not isinstance(value, list):
        return ()
    made = []
    for pair in value:
        if not isinstance(pair, list) or len(pair) != 2 or not all(_is_length(each) for each in pair):
            return ()
        made.append((pair[0], pair[1]))
    return tuple(made)


def _is_length(value: Any) -> bool:
    return type(value) in (int, float) and math.isfinite(value) and abs(value) <= MOST_M


def is_same_ring(kept: Any, feature: Feature, frame: Frame) -> bool:
    """Whether a ring that is kept is the one that the feature has."""
    ring = points_of(kept)
    geometry = feature.geometry
    return (
        len(ring) > 2 and geometry["type"] == "Polygon" and len(geometry["coordinates"]) == 1
        and _are_near(ring_of(ring, frame), geometry["coordinates"][0])
    )  # fmt: skip


def is_same_line(kept: Any, feature: Feature, frame: Frame) -> bool:
    """Whether points that are kept are those of the feature's line, or point."""
    points = [list(frame.to_degrees(*each)) for each in points_of(kept)]
    places = feature.geometry["coordinates"]
    return _are_near(points, places if feature.geometry["type"] == "LineString" else [places])


def _are_near(one: Sequence[Sequence[float]], other: Sequence[Sequence[float]]) -> bool:
    return len(one) == len(other) and all(
        abs(a[0] - b[0]) <= SAME_DEG and abs(a[1] - b[1]) <= SAME_DEG for a, b in zip(one, other, strict=True)
    )
