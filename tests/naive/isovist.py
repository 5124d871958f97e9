"""Isovists by their definition: a point is seen or it is not, in shapely's words."""

from __future__ import annotations

import numpy as np
import shapely

from tests.naive.sight import sees


def area(polygon, point, reach_m, spacing_m):
    """Area seen from a point, counted in small squares by what is seen of their middles."""
    low_x, low_y, high_x, high_y = polygon.bounds
    x, y = np.meshgrid(np.arange(low_x, high_x, spacing_m), np.arange(low_y, high_y, spacing_m))
    middles = np.stack([x.ravel(), y.ravel()], axis=1) + spacing_m / 2
    near = middles[np.hypot(*(middles - point).T) <= reach_m]
    return float(sees(polygon, np.broadcast_to(point, near.shape), near).sum()) * spacing_m**2


def wrongly_in_or_out(polygon, view, point, targets):
    """Targets that are seen and not in the view, or the other way.

    Not judged are those within 1 mm of its border, and those that would be seen or not a tenth of that aside: lines that slide
    along a wall.
    """
    places, area = shapely.points(targets), shapely.make_valid(shapely.Polygon(view))
    border = shapely.union(shapely.LinearRing(view), area.boundary)
    judged = targets[shapely.distance(border, places) > 1e-3]
    seen = [
        sees(polygon, np.broadcast_to(point, judged.shape), judged + aside)
        for aside in ((0, 0), (1e-4, 0), (-1e-4, 0), (0, 1e-4), (0, -1e-4))
    ]
    is_sure = np.all(np.equal(seen, seen[0]), axis=0)
    is_in = shapely.covers(area, shapely.points(judged))
    return judged[(is_in != seen[0]) & is_sure]
