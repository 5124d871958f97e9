"""A drawing that goes out as an archive and comes back is the same, row by row and field by field."""

from __future__ import annotations

import dataclasses
import itertools
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hostcity.plan import PlanError, problems_of, read_plan
from hostcity.plan.imdf import DRAWN, archive_of, drawing_of, examine, new_plan, put_into, read_archive, write_archive
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Amenity, Area, Connector, Grounds, Level, Opening, Stand
from hostcity.plan.rows.drawing import AMENITY_KINDS, STAND_KINDS
from tests.fairs import small_fair
from tests.plan import rows_by_chance
from tests.plan.imdf.archives import files_of
from tests.plan.imdf.halls import big_venue, box
from tests.plan.test_drawing import AED, LIFT, OPENING, STAND, drawn, other

LEVELS = (
    Level(code="0", elevation_m=0.0),
    Level(code="up", name_en="Upstairs", elevation_m=16.25),
    Level(code="-1", elevation_m=-4.5),
)
CELL_M = 10.0


def back(plan: Plan, path: Path) -> dict[str, tuple[Any, ...]]:
    file = path / "venue.imdf.zip"
    write_archive(plan, file)
    examined = examine(file)
    assert [str(problem) for problem in examined.problems] == []
    assert examined.drawing is not None
    assert examined.notes == ()
    return examined.drawing.sheets()


def sheets(plan: Plan) -> dict[str, tuple[Any, ...]]:
    return drawing_of(plan).sheets()


def test_everything_that_a_drawing_can_have(tmp_path):
    stands = [
        other(
            STAND, code=f"{kind} {number}", kind=kind, outline=box(150 + 8 * number, 60, 156 + 8 * number, 63.123456789)
        )
        for number, kind in enumerate(STAND_KINDS)
    ]
    openings = [
        other(OPENING, code=f"{direction}-{is_exit}", direction=direction, is_exit=is_exit, step_free=is_exit, clear_m=2.5)
        for direction in ("both", "in", "out") for is_exit in (True, False)
    ]  # fmt: skip
    stairs = other(LIFT, code="stairs", kind="stairs", cabin_persons=None, cycle_s=None, one_way=True)
    amenities = [other(AED, code=kind, kind=kind, places=7, step_free=False, name_zh="设施") for kind in AMENITY_KINDS]
    plan = drawn(stands=tuple(stands), openings=tuple(openings), connectors=(stairs, LIFT), amenities=tuple(amenities))
    assert problems_of(plan) == ()
    assert back(plan, tmp_path) == sheets(plan)


def test_what_is_not_drawn_comes_back_too(tmp_path):
    """Areas without an outline, what is in them, and levels on which nothing is drawn: IMDF cannot say them."""
    plan = drawn()
    bare = tuple(other(area, outline=()) if area.code in ("H2", "metro") else area for area in plan.areas)
    plan = plan.replace(
        areas=bare, levels=(*plan.levels, Level(code="roof", elevation_m=30.0)),
        stands=(STAND, other(STAND, code="2A01", area="H2", kind="stage"), other(STAND, code="2A02", area="H2", outline=box(0, 0, 1, 1))),
        amenities=(AED, other(AED, code="aed-2", area="H2")),
    )  # fmt: skip
    assert problems_of(plan) == ()
    assert back(plan, tmp_path) == sheets(plan)


def test_the_same_plan_gives_the_same_bytes():
    assert archive_of(drawn()) == archive_of(drawn())
    other_edition = drawn().replace(edition=(dataclasses.replace(drawn().day, code="next"),))
    assert archive_of(drawn()) != archive_of(other_edition)


def test_seven_thousand_stands(tmp_path):
    plan = big_venue()
    assert len(plan.stands) == 7_200
    assert back(plan, tmp_path) == sheets(plan)


def test_the_demonstration_comes_back_from_its_archive_the_same(tmp_path):
    plan = read_plan("examples/ciie2019")
    write_archive(plan, tmp_path / "venue.zip")
    assert put_into(plan, read_archive(tmp_path / "venue.zip")).sha256 == plan.sha256


def test_an_archive_put_into_its_plan_changes_nothing_of_it(tmp_path):
    plan = drawn()
    write_archive(plan, tmp_path / "venue.zip")
    drawing = read_archive(tmp_path / "venue.zip")
    assert put_into(plan, drawing).sha256 == plan.sha256
    assert put_into(small_fair(), drawing).sha256 == plan.sha256  # whatever was drawn before


def test_a_new_plan_has_the_drawing_and_an_edition_of_usual_hours(tmp_path):
    plan = drawn()
    write_archive(plan, tmp_path / "venue.zip")
    made = new_plan(read_archive(tmp_path / "venue.zip"))
    assert sheets(made) == sheets(plan)
    assert (made.day.code, made.day.date, made.day.time_zone) == ("venue", plan.day.date, "Asia/Shanghai")
    assert {problem.sheet for problem in problems_of(made)} == {"nodes", "links"}


def test_levels_are_floors_counted_from_the_ground(tmp_path):
    heights = {"a": 0.0, "b": 16.0, "c": 7.5, "d": -4.0, "e": -8.0, "f": 16.0}
    areas = tuple(
        Area(code=f"area {code}", kind="hall", level=code, gross_m2=100.0, outline=box(0, 0, 10, 10))
        for code in heights
    )
    levels = tuple(Level(code=code, elevation_m=height) for code, height in heights.items())
    plan = small_fair().replace(
        levels=levels, areas=areas, grounds=(Grounds(code="v", latitude=0.0, longitude=0.0),), stands=()
    )
    ordinals = {
        each["properties"]["short_name"]["en"]: each["properties"]["ordinal"]
        for each in files_of(archive_of(plan))["level.geojson"]["features"]
    }
    assert ordinals == {"a": 0, "b": 2, "c": 1, "d": -1, "e": -2, "f": 2}


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (drawn(grounds=()), "imdf.venue.grounds"),
        (small_fair().replace(grounds=drawn().grounds, areas=tuple(other(area, outline=()) for area in small_fair().areas)), "imdf.unit.none"),
        (drawn(stands=(other(STAND, outline=box(150_000, 50_000, 156_000, 53_000)),)), "imdf.venue.far"),
    ],
)  # fmt: skip
def test_a_plan_that_is_not_drawn_on_earth_is_refused(plan, code, tmp_path):
    with pytest.raises(PlanError) as refused:
        write_archive(plan, tmp_path / "venue.zip")
    assert [problem.code for problem in refused.value.problems] == [code]
    assert list(tmp_path.iterdir()) == []


# By chance: halls in a row on three levels, stands and amenities in the cells of a grid

TEXTS = st.one_of(st.sampled_from(rows_by_chance.HARD_TEXTS), st.text(max_size=8)).map(
    lambda text: " ".join("".join(mark for mark in text if mark.isprintable() and mark.isascii()).split())
)
INSETS = st.floats(0.05, 3.0)


@st.composite
def drawings(draw: st.DrawFn) -> Plan:
    codes = draw(st.lists(rows_by_chance.codes(), min_size=30, max_size=30, unique=True))
    take = iter(codes)
    grounds = Grounds(
        code=next(take), name_en=draw(TEXTS), name_zh=draw(TEXTS), address=draw(TEXTS), locality=draw(TEXTS),
        country=draw(st.sampled_from(("CN", "DE", "US"))), latitude=draw(st.floats(-84, 84)),
        longitude=draw(st.floats(-179, 179)), bearing_deg=draw(st.floats(-360, 360)),
    )  # fmt: skip
    areas, stands, openings, amenities = [], [], [], []
    for number in range(draw(st.integers(1, 3))):
        west = 100.0 * number
        area = Area(
            code=next(take), name_en=draw(TEXTS), name_zh=draw(TEXTS), level=LEVELS[number].code, gross_m2=900.0,
            kind=draw(st.sampled_from(("hall", "plaza", "concourse", "gate", "transport", "outside"))),
            capacity_persons=draw(st.none() | st.integers(0, 9_999)), outline=box(west, 0.0, west + 40.0, 30.0),
            inside=draw(st.booleans()),
        )  # fmt: skip
        areas.append(area)
        for cell in draw(st.lists(st.integers(0, 11), max_size=3, unique=True)):
            x, y = west + cell % 4 * CELL_M, cell // 4 * CELL_M
            ring = box(x + draw(INSETS), y + draw(INSETS), x + CELL_M - draw(INSETS), y + CELL_M - draw(INSETS))
            turned = draw(st.integers(0, 3))
            stands.append(
                Stand(
                    code=next(take), area=area.code, kind=draw(st.sampled_from(STAND_KINDS)),
                    outline=(*ring[turned:], *ring[:turned])[:: draw(st.sampled_from((1, -1)))],
                    height_m=draw(st.floats(0.05, 60)), exhibitor_en=draw(TEXTS), exhibitor_zh=draw(TEXTS),
                )
            )  # fmt: skip
        along = draw(st.floats(1.0, 30.0))
        openings.append(
            Opening(
                code=next(take), area=area.code, line=((west + along, draw(st.floats(-0.4, 0.4))), (west + along + 2.0, 0.0)),
                direction=draw(st.sampled_from(("both", "in", "out"))), is_exit=draw(st.booleans()), step_free=draw(st.booleans()),
            )
        )  # fmt: skip
        amenities.append(
            Amenity(
                code=next(take), kind=draw(st.sampled_from(AMENITY_KINDS)), area=area.code, name_en=draw(TEXTS),
                x_m=west + draw(st.floats(1, 39)), y_m=draw(st.floats(1, 29)), places=draw(st.none() | st.integers(1, 99)),
                step_free=draw(st.booleans()), station=draw(st.sampled_from(("", "bar"))),
            )
        )  # fmt: skip
    connectors = [
        Connector(
            code=next(take), kind=draw(st.sampled_from(("stairs", "escalator", "ramp"))), start=one.code,
            start_x_m=100.0 * at + draw(st.floats(5, 35)), start_y_m=draw(st.floats(5, 25)), end=two.code,
            end_x_m=100.0 * (at + 1) + draw(st.floats(5, 35)), end_y_m=draw(st.floats(5, 25)),
            width_m=draw(st.floats(0.5, 9)), one_way=draw(st.booleans()),
        ) for at, (one, two) in enumerate(itertools.pairwise(areas))
    ]  # fmt: skip
    return small_fair().replace(
        levels=LEVELS, areas=tuple(areas), grounds=(grounds,), stands=tuple(stands), openings=tuple(openings),
        connectors=tuple(connectors), amenities=tuple(amenities),
    )  # fmt: skip


@settings(deadline=None)
@given(drawings())
def test_any_drawing_comes_back_the_same(plan):
    with tempfile.TemporaryDirectory() as folder:
        assert back(plan, Path(folder)) == sheets(plan)
    assert set(sheets(plan)) == set(DRAWN)
