"""Meters and degrees: there and back again, and beside what the ellipsoid's own radii of curvature say."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostcity.plan.imdf.frame import Frame

A_M, B_M = 6_378_137.0, 6_356_752.314245
LATITUDES, LONGITUDES = st.floats(-85, 85), st.floats(-180, 180)
LENGTHS = st.floats(-10_000, 10_000)


def geocentric(longitude, latitude):
    """From the earth's center, by the textbook's closed form with both axes."""
    lon, lat = math.radians(longitude), math.radians(latitude)
    radius_m = A_M**2 / math.hypot(A_M * math.cos(lat), B_M * math.sin(lat))
    return (
        radius_m * math.cos(lat) * math.cos(lon),
        radius_m * math.cos(lat) * math.sin(lon),
        radius_m * (B_M / A_M) ** 2 * math.sin(lat),
    )


@given(LATITUDES, LONGITUDES, st.floats(-360, 360), LENGTHS, LENGTHS)
def test_there_and_back_again(latitude, longitude, bearing, x, y):
    frame = Frame(latitude, longitude, bearing)
    back = frame.to_meters(*frame.to_degrees(x, y))
    assert math.dist(back, (x, y)) < 1.2e-4  # degrees are written to 0.1 mm


@given(LATITUDES, LONGITUDES, LENGTHS, LENGTHS)
def test_distances_are_those_between_points_of_the_ellipsoid(latitude, longitude, x, y):
    """From the origin, where the plane is the chord but for the rise of the earth: r⁴ / 8R² of r²."""
    frame = Frame(latitude, longitude)
    degrees = frame.to_degrees(x, y)
    chord_m = math.dist(geocentric(*degrees), geocentric(longitude, latitude))
    r_m = math.hypot(x, y)
    assert chord_m == pytest.approx(r_m, abs=2e-4 + r_m**3 / (7 * 6.3e6**2))


def test_north_and_east_are_where_they_should_be():
    longitude, latitude = Frame(31.19, 121.3).to_degrees(0.0, 1000.0)
    assert longitude == 121.3
    assert latitude == pytest.approx(31.19 + 1000 / 110_869, abs=2e-6)  # a degree of latitude at 31° is 110.87 km
    longitude, latitude = Frame(31.19, 121.3, 90.0).to_degrees(0.0, 1000.0)  # y is east now
    assert longitude == pytest.approx(121.3 + 1000 / 95_320, abs=2e-5)  # and one of longitude 95.3 km
    assert latitude == pytest.approx(31.19, abs=1e-6)


def test_beside_the_earth_there_is_nothing():
    with pytest.raises(ValueError, match="not on the earth"):
        Frame(31.19, 121.3).to_degrees(7e6, 0.0)
