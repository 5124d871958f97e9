"""Between the meters of a drawing and degrees on WGS 84."""

from __future__ import annotations

import math

from hostcity.plan.polygons import Point

EQUATOR_M = 6_378_137.0  # semi-major axis of WGS 84
SQUARED_ECCENTRICITY = 6.694_379_990_141_316e-3
DECIMALS_DEG = 9  # of a coordinate written: 0.1 mm


class Frame:
    """The plane that touches the ellipsoid at the origin of the drawing, turned by the drawing's bearing.

    Points go to and fro along the normal of the origin, so that neither way is a series: there and back again is the same to
    1e-8 m. What the plane leaves out is the earth's curve: from the origin a point at 1 km is 4 µm nearer on the plane
    than on the ground, at 10 km 4 mm, at 100 km 4 m (r³ / 6R²). Heights are not corrected for: at 16 m above the ellipsoid
    1 km is 2.5 mm more.

    Parameters
    ----------
    latitude, longitude : float
        Of the drawing's origin. [deg]
    bearing_deg : float
        Of the drawing's y axis, clockwise from north.
    """

    __slots__ = ("_east", "_north", "_origin", "_up", "_x", "_y", "bearing_deg", "latitude", "longitude")

    def __init__(self, latitude: float, longitude: float, bearing_deg: float = 0.0) -> None:
        self.latitude, self.longitude, self.bearing_deg = latitude, longitude, bearing_deg
        self._origin = _on_ellipsoid(latitude, longitude)
        lat, lon, bearing = math.radians(latitude), math.radians(longitude), math.radians(bearing_deg)
        east = (-math.sin(lon), math.cos(lon), 0.0)
        north = (-math.sin(lat) * math.cos(lon), -math.sin(lat) * math.sin(lon), math.cos(lat))
        self._up = (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))
        sine, cosine = math.sin(bearing), math.cos(bearing)
        self._x = tuple(e * cosine - n * sine for e, n in zip(east, north, strict=True))
        self._y = tuple(e * sine + n * cosine for e, n in zip(east, north, strict=True))

    def to_meters(self, longitude: float, latitude: float) -> Point:
        """Where a point on the ellipsoid lies in the drawing."""
        point = _on_ellipsoid(latitude, longitude)
        u, v, w = (a - b for a, b in zip(point, self._origin, strict=True))
        x, y = self._x, self._y
        return x[0] * u + x[1] * v + x[2] * w, y[0] * u + y[1] * v + y[2] * w

    def to_degrees(self, x_m: float, y_m: float) -> Point:
        """Longitude and latitude of a point of the drawing, as written. Raises ValueError off the earth's disc.

        The point is moved along the normal of the origin until it is on the ellipsoid: the nearer root of a quadratic,
        whose constant term is that of the plane alone because the plane is tangent.
        """
        moved = tuple(x_m * a + y_m * b for a, b in zip(self._x, self._y, strict=True))
        a = _weighed(self._up, self._up)
        half_b = _weighed(self._origin, self._up) + _weighed(moved, self._up)
        c = _weighed(moved, moved)
        inside = half_b * half_b - a * c
        if not inside > 0:
            raise ValueError(f"({x_m:g}, {y_m:g}) m is not on the earth as seen from the origin")
        rise = -c / (half_b + math.sqrt(inside))
        x, y, z = (o + m + rise * u for o, m, u in zip(self._origin, moved, self._up, strict=True))
        latitude = math.degrees(math.atan2(z, (1 - SQUARED_ECCENTRICITY) * math.hypot(x, y)))
        return round(math.degrees(math.atan2(y, x)), DECIMALS_DEG), round(latitude, DECIMALS_DEG)


def _on_ellipsoid(latitude: float, longitude: float) -> tuple[float, float, float]:
    """Of a point of height 0, from the earth's center. [m]"""
    lat, lon = math.radians(latitude), math.radians(longitude)
    sine, cosine = math.sin(lat), math.cos(lat)
    radius_m = EQUATOR_M / math.sqrt(1 - SQUARED_ECCENTRICITY * sine * sine)
    flat = radius_m * cosine
    return flat * math.cos(lon), flat * math.sin(lon), radius_m * (1 - SQUARED_ECCENTRICITY) * sine


def _weighed(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Product in which the ellipsoid is the unit sphere, times the square of the equator's radius."""
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2] / (1 - SQUARED_ECCENTRICITY)
