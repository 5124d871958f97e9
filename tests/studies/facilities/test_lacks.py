"""Lacks of the small fair: walks by the drawing, queues by the day."""

from dataclasses import replace

import numpy as np
import pytest

from hostcity.engines.day import rehearse_day
from hostcity.plan import PlanError
from hostcity.plan.rows import Amenity
from hostcity.studies.facilities import QUEUE, USUAL, WALK, distances_of, lacks_of, next_place, wants_with
from tests.fairs import small_fair


def amenity(code, of, x_m, y_m, kind="toilets", **more):
    return Amenity(code=code, area=of, x_m=x_m, y_m=y_m, kind=kind, **more)


@pytest.fixture(scope="module")
def fair():
    """A hall of 74 m by 50 m with toilets in its south-west corner; toilets and food on the plaza, with queues."""
    plan = small_fair(600)
    return plan.replace(
        stations=tuple(replace(row, lanes=1) if row.code == "food" else row for row in plan.stations),
        amenities=(
            amenity("hall", "H1", 138.5, 46.5),
            amenity("plaza", "plaza", 100, 20, station="toilets"),
            amenity("food", "plaza", 140, 20, "catering", station="food"),
            amenity("aed", "plaza", 120, 20, "aed"),
        ),
        connectors=(),
        openings=(),
    )


@pytest.fixture(scope="module")
def day(fair):
    return rehearse_day(fair, seed=1)


@pytest.fixture(scope="module")
def distances(fair):
    return distances_of(fair)


def hours(day, area):
    return day.area_persons[day.area_codes.index(area)].sum() / 60


def test_who_walks_too_far_is_the_share_of_the_floor_and_the_time_spent_there(fair, day, distances):
    wants = wants_with(["toilets=50"])
    found = lacks_of(fair, day, distances, wants)
    lack = next(each for each in found.often if (each.kind, each.area, each.cause) == ("toilets", "H1", WALK))
    in_hall = distances.points_m[distances.area_of == distances.areas.index("H1")]
    far = np.hypot(*(in_hall - (138.5, 46.5)).T) > 50
    assert lack.share == pytest.approx(far.mean(), abs=1e-9)
    assert lack.persons_h == pytest.approx(hours(day, "H1") * far.mean())
    assert lack.uses == pytest.approx(lack.persons_h * USUAL["toilets"].uses_per_h)
    assert lack.worst_at == tuple(in_hall[np.argmax(np.hypot(*(in_hall - (138.5, 46.5)).T))])
    assert not any(each.area == "H1" and each.kind == "toilets" for each in lacks_of(fair, day, distances).often)


def test_what_no_way_leads_to_is_beyond_every_limit(fair, day, distances):
    lack = next(each for each in lacks_of(fair, day, distances).seldom if each.area == "H2")
    assert (lack.kind, lack.share, lack.worst_m) == ("aed", 1.0, float("inf"))
    assert lack.persons_h == pytest.approx(hours(day, "H2"))


def test_who_queues_too_long_is_counted(fair, day, distances):
    limit_s = 30.0
    found = lacks_of(fair, day, distances, wants_with(waits=["catering=0.5"]))
    lack = next(each for each in found.often if each.cause == QUEUE)
    waits = day.service_wait_s[day.service_station == day.station_codes.index("food")]
    late = int((waits > limit_s).sum())
    assert 0 < late < len(waits)
    assert (lack.kind, lack.area, lack.station, lack.uses) == ("catering", "plaza", "food", late)
    assert lack.share == late / len(waits)
    assert lack.wait_p95_s == pytest.approx(np.percentile(waits, 95))


def test_lacks_are_in_the_order_of_the_uses_that_suffer(fair, day, distances):
    found = lacks_of(fair, day, distances, wants_with(["toilets=20"], ["catering=0.5"]))
    assert len(found.often) > 2
    assert [each.uses for each in found.often] == sorted((each.uses for each in found.often), reverse=True)
    assert {each.kind for each in found.seldom} == {"aed"}
    assert found.left_out == ("outside",)


def test_how_far_everybody_is(fair, day, distances):
    served = {each.kind: each for each in lacks_of(fair, day, distances, wants_with(["toilets=50"])).served}
    far = distances.distance_m[distances.kinds.index("toilets")]
    weight = np.zeros(len(far))
    for number, code in enumerate(distances.areas):
        inside = distances.area_of == number
        weight[inside] = hours(day, code) / inside.sum()
    reached = np.isfinite(far)
    assert served["toilets"].mean_m == pytest.approx(np.average(far[reached], weights=weight[reached]))
    assert served["toilets"].beyond_share == pytest.approx(weight[far > 50].sum() / weight.sum())
    assert served["toilets"].amenities == 2


def test_the_next_one_stands_where_it_spares_most(fair, day, distances):
    wants = wants_with(["toilets=39.3"])  # no two places are so far apart, so nothing hangs on rounding
    lack = next(
        each for each in lacks_of(fair, day, distances, wants).often if (each.kind, each.area) == ("toilets", "H1")
    )
    placed = next_place(distances, lack, wants["toilets"])
    in_hall = distances.points_m[distances.area_of == distances.areas.index("H1")]
    far = in_hall[np.hypot(*(in_hall - (138.5, 46.5)).T) > 39.3]
    spared = (np.hypot(*(far - placed.at).T) <= 39.3).mean()
    best = max((np.hypot(*(far - each).T) <= 39.3).mean() for each in in_hall)
    assert placed.share == pytest.approx(spared)
    assert placed.share > 0.95 * best


def test_words_that_are_no_limits_are_all_told():
    with pytest.raises(PlanError) as told:
        wants_with(["toilets=80", "toilet=80", "water=far"], ["catering=-1", "aed=inf"])
    assert [each.code for each in told.value.problems] == ["facilities.limit"] * 4
    assert wants_with(["toilets=80"])["toilets"].walk_m == 80.0
    assert wants_with(waits=["toilets=2"])["toilets"].wait_s == 120.0
