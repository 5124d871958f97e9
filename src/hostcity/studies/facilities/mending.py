"""Where one more amenity would spare most long walks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from hostcity.engines.walk import route_lengths
from hostcity.plan.wants import Want
from hostcity.studies.facilities.lacks import WALK, Lack, Lacks
from hostcity.studies.facilities.near import Distances

MOST_PLACED = 3  # kinds that many use, for which a place is looked for
MOST_TRIED = 150  # places of an area


@dataclass(frozen=True, kw_only=True, slots=True)
class NextPlace:
    """One more of a kind, in an area where the walk is too long."""

    kind: str
    area: str
    at: tuple[float, float]
    share: float  # of the places that are too far, those that are no more


def next_place(distances: Distances, lack: Lack, want: Want) -> NextPlace | None:
    """The best of up to 150 places of the area, evenly among its places; None for a queue. By exact ways, but on a sample: others may be as good."""
    if lack.cause != WALK:
        return None
    places = np.flatnonzero(distances.area_of == distances.areas.index(lack.area))
    far = places[distances.distance_m[distances.kinds.index(lack.kind), places] > want.walk_m]
    tried = places[np.linspace(0, len(places) - 1, min(MOST_TRIED, len(places))).round().astype(int)]
    road_map = distances.road_maps[distances.level_of[places[0]]]
    lengths = route_lengths(road_map, distances.points_m[tried], distances.points_m[far])
    near = (lengths <= want.walk_m).mean(axis=1)
    # Of those that spare as many, the one from which all of them walk least.
    lengths = np.where(np.isfinite(lengths), lengths, lengths[np.isfinite(lengths)].max(initial=0.0))
    best = int(np.lexsort((lengths.mean(axis=1), -near))[0])
    x_m, y_m = distances.points_m[tried[best]].tolist()
    return NextPlace(kind=lack.kind, area=lack.area, at=(x_m, y_m), share=float(near[best]))


def next_places(distances: Distances, lacks: Lacks, wants: Mapping[str, Want]) -> list[NextPlace]:
    """One more of the three kinds that lack most, each where it lacks most, and of the first of those that are seldom needed."""
    worst = {lack.kind: lack for lack in reversed(lacks.often) if lack.cause == WALK}
    often = sorted(worst.values(), key=lambda lack: -lack.uses)[:MOST_PLACED]
    found = (next_place(distances, lack, wants[lack.kind]) for lack in (*often, *lacks.seldom[:1]))
    return [place for place in found if place]
