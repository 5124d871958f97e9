"""The walking engine: from the polygons of a level to its walkable floor, sight, routes and distances.

>>> from hostcity.engines.walk import floor_of, sees
>>> hall = floor_of([[(0, 0), (30, 0), (30, 20), (0, 20)]], [[(10, 0), (12, 0), (12, 15), (10, 15)]])
>>> hall.area_m2
537.75
"""

from hostcity.engines.walk.fields import Field, Grid, field_to, fields_to, grid_of
from hostcity.engines.walk.floor import GRAIN_M, Floor, floor_of
from hostcity.engines.walk.isovist import Isovist, isovist_of
from hostcity.engines.walk.points import is_on
from hostcity.engines.walk.problems import GeometryError, GeometryProblem
from hostcity.engines.walk.road_map import RoadMap, Route, bends_seen, road_map_of, route, route_lengths, routes
from hostcity.engines.walk.sight import sees, visible

__all__ = [
    "GRAIN_M", "Field", "Floor", "GeometryError", "GeometryProblem", "Grid", "Isovist", "RoadMap", "Route", "bends_seen", "field_to",
    "fields_to", "floor_of", "grid_of", "is_on", "isovist_of", "road_map_of", "route", "route_lengths", "routes", "sees", "visible",
]  # fmt: skip
