"""An archive that another program made, read by what IMDF means; and ours, after another program has changed it."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from hostcity.plan import PlanError
from hostcity.plan.imdf import Examined, archive_of, drawing_of, examine, read_archive
from hostcity.plan.imdf.features import KEPT
from tests.plan.imdf.archives import Files, box, code, files_of, line, market, polygon, ring, saved, the, unit, zip_of
from tests.plan.test_drawing import AED, LIFT, OPENING, STAND, drawn, other


def read(path: Path, files: Files | bytes) -> Examined:
    examined = examine(saved(path, files))
    assert [str(problem) for problem in examined.problems] == []
    return examined


def rows(examined: Examined, sheet: str, *fields: str) -> list[Any]:
    return [tuple(getattr(row, field) for field in fields) for row in getattr(examined.drawing, sheet)]


@pytest.fixture
def found(tmp_path):
    return read(tmp_path, market())


def test_the_grounds_are_the_venue_and_its_address(found):
    (grounds,) = found.drawing.grounds
    assert (grounds.code, grounds.name_en, grounds.name_zh) == ("Market", "Market", "集市")
    assert (grounds.address, grounds.locality, grounds.country) == ("1 Example Road", "上海", "CN")
    assert (grounds.latitude, grounds.longitude, grounds.bearing_deg) == (31.19, 121.3, 0.0)
    assert found.drawing.date == "2026-10-01"


def test_levels_of_several_buildings_have_codes_of_their_own(found):
    assert rows(found, "levels", "code", "elevation_m") == [("G", 0.0), ("U", 6.0), ("G-2", 0.0), ("Yard", 0.0)]


def test_units_are_areas_each_part_one(found):
    assert rows(found, "areas", "code", "name_en", "name_zh", "kind", "level", "gross_m2") == [
        ("Corridor", "Corridor", "", "concourse", "G", 600.0),
        ("甲店", "", "甲店", "hall", "G", 396.0),
        ("Laden B", "Laden; B", "", "hall", "G", 392.0),
        ("Hall", "Hall", "展厅", "hall", "G", 2288.0),
        ("office-5", "", "", "concourse", "G", 100.0),
        ("Gallery", "Gallery", "", "concourse", "U", 400.0),
        ("Gallery-2", "Gallery", "", "concourse", "U", 150.0),
        ("restroom.family-8", "", "", "concourse", "G-2", 200.0),
        ("unenclosedarea-9", "", "", "plaza", "Yard", 1960.0),
        ("stairs-10", "", "", "concourse", "G", 48.0),
        ("stairs-11", "", "", "concourse", "U", 48.0),
    ]
    assert found.drawing.areas[0].outline == ((0.0, 0.0), (60.0, 0.0), (60.0, 10.0), (0.0, 10.0))


def test_kiosks_fixtures_columns_and_holes_stand_on_the_floor(found):
    assert rows(found, "stands", "code", "area", "kind", "exhibitor_en", "exhibitor_zh") == [
        ("Hall-core", "Hall", "barrier", "", ""),
        ("A1", "Hall", "stand", "Pumps Ltd", "泵业"),
        ("kiosk-3", "Hall", "stand", "", ""),
        ("stage-4", "Hall", "stage", "", ""),
        ("vegetation-5", "Hall", "barrier", "", ""),
        ("column-6", "Hall", "column", "", ""),
    ]


def test_openings_join_the_two_areas_in_whose_walls_they_are(found):
    """One, two and three units touch them; the wall between two is a unit, the core is in a hole."""
    assert rows(found, "openings", "area", "other", "direction", "is_exit") == [
        ("甲店", "Corridor", "both", False),
        ("Corridor", "", "both", True),
        ("Corridor", "Hall", "both", False),
        ("office-5", "Hall", "both", False),
        ("Hall", "", "out", True),
    ]


def test_connectors_are_relationships_and_stairs_above_one_another(found):
    assert rows(found, "connectors", "code", "kind", "start", "end", "width_m", "cabin_persons") == [
        ("Lift 1", "lift", "Corridor", "Gallery-2", 3.0, 20),
        ("stairs-2", "stairs", "stairs-10", "stairs-11", 4.8, None),
    ]


def test_amenities_are_those_that_a_plan_knows(found):
    assert rows(found, "amenities", "code", "kind", "area", "x_m", "y_m") == [
        ("WC", "toilets", "Corridor", 12.0, 5.0),
        ("aed-2", "aed", "Hall", 3.0, -20.0),
    ]


def test_what_is_left_out_or_assumed_is_said(found):
    told = [(note.code, note.file, str(note.what)) for note in found.notes]
    assert told == [
        ("imdf.note.heights", "level.geojson", "tells no heights: levels are taken to be 6 m apart."),
        ("imdf.note.holes", "unit.geojson", "of Hall there are holes (1): each is a barrier."),
        ("imdf.note.parts", "unit.geojson", "of Gallery there are 2 parts: each is an area."),
        ("imdf.note.lift", "relationship.geojson", "tells nothing of Lift 1: a cabin of 20 every 90 s is assumed."),
        ("imdf.note.left_out", "occupant.geojson", "1 left out: at no stand."),
        ("imdf.note.left_out", "fixture.geojson", "1 left out: in the place of a stand."),
        ("imdf.note.left_out", "fixture.geojson", "1 left out: in no unit, or reaching out of it."),
        ("imdf.note.left_out", "unit.geojson", "1 left out: parts of the building between areas."),
        ("imdf.note.left_out", "opening.geojson", "1 left out: not for people on foot."),
        ("imdf.note.left_out", "opening.geojson", "1 left out: in the wall of no area."),
        ("imdf.note.left_out", "amenity.geojson", "1 left out: of a kind that a plan does not have."),
        ("imdf.note.left_out", "section.geojson", "1 left out: a plan has no such thing."),
        ("imdf.note.left_out", "geofence.geojson", "1 left out: a plan has no such thing."),
        ("imdf.note.left_out", "detail.geojson", "1 left out: a plan has no such thing."),
    ]


def test_read_once_it_goes_out_and_comes_back_the_same(found, tmp_path):
    from hostcity.plan.imdf import new_plan

    again = examine(saved(tmp_path, archive_of(new_plan(found.drawing))))
    assert again.problems == ()
    assert again.drawing.sheets() == found.drawing.sheets()


def test_an_archive_in_a_folder_with_what_a_desktop_adds(tmp_path):
    data = zip_of(
        market(),
        "venue/",
        [("__MACOSX/venue/._unit.geojson", b"\0"), ("venue/.DS_Store", b"\0"), ("venue/notes.txt", b"")],
    )
    examined = read(tmp_path, data)
    assert len(examined.drawing.areas) == 11
    assert [str(note.what) for note in examined.notes if note.code == "imdf.note.files"] == [
        "left out: files that IMDF does not know: notes.txt."
    ]


# What is wrong with the drawing, told by feature


def broken(path: Path, files: Files) -> list[tuple[str, str, str, str]]:
    examined = examine(saved(path, files))
    assert examined.drawing is None
    with pytest.raises(PlanError):
        read_archive(saved(path, files))
    return [(problem.code, problem.file, problem.feature, problem.level) for problem in examined.problems]


def test_a_stand_that_reaches_out_of_its_hall(tmp_path):
    files = market()
    the(files, "kiosk-1")["geometry"] = polygon(box(56, -10, 62, -7))
    assert broken(tmp_path, files) == [("stands.outline.outside", "kiosk.geojson", code("kiosk-1"), "G")]


def test_two_stands_in_one_place(tmp_path):
    files = market()
    the(files, "kiosk-2")["geometry"] = polygon(box(12, -10, 18, -7))
    assert broken(tmp_path, files) == [("stands.outline.overlap", "kiosk.geojson", code("kiosk-2"), "G")]


def test_a_level_that_no_connector_reaches(tmp_path):
    files = market()
    files["relationship.geojson"]["features"].clear()
    units = files["unit.geojson"]["features"]
    units[:] = [
        each
        for each in units
        if each["id"] not in {code(f"{kind}-{level}") for kind in ("lift", "stairs") for level in "GU"}
    ]
    upstairs = copy.deepcopy(the(files, "door-street"))
    upstairs |= {"id": code("door up"), "properties": {**upstairs["properties"], "level_id": code("U")}}
    files["opening.geojson"]["features"].append(upstairs)
    assert broken(tmp_path, files) == [
        ("levels.code.connector", "level.geojson", code("G"), "G"),
        ("levels.code.connector", "level.geojson", code("U"), "U"),
    ]


def test_a_hall_that_crosses_itself(tmp_path):
    files = market()
    corners = the(files, "hall")["geometry"]["coordinates"][0]
    corners[1], corners[2] = corners[2], corners[1]
    assert broken(tmp_path, files) == [("imdf.unit.crosses", "unit.geojson", code("hall"), code("G"))]


def test_millimeters_for_meters(tmp_path):
    """A program that took millimeters for meters draws a hall of 60 m as one of 60 km."""
    files = market()
    for each in [each for body in files.values() for each in body.get("features", ())]:
        if each["geometry"] and each["feature_type"] == "kiosk":
            each["geometry"] = polygon(box(10_000, -10_000, 16_000, -7_000))
        elif each["geometry"] and each["feature_type"] == "unit":
            each["geometry"] = polygon(box(0, -40_000, 60_000, 30_000))
    told = {(code, file) for code, file, _feature, _level in broken(tmp_path, files)}
    assert told == {("imdf.unit.far", "unit.geojson")}


# An archive of ours that another program has changed


@pytest.fixture
def ours():
    return files_of(
        archive_of(
            drawn(stands=(STAND, other(STAND, code="1A02", outline=((160, 50), (166, 50), (166, 53), (160, 53)))))
        )
    )


def of_type(files: Files, type_: str, number: int = 0) -> dict[str, Any]:
    return files[f"{type_}.geojson"]["features"][number]


def test_what_was_moved_is_where_it_is_now(ours, tmp_path):
    frame_of_ours = examine(saved(tmp_path, zip_of(ours))).features.frame
    corners = [(150, 80), (156, 80), (156, 83), (150, 83), (150, 80)]
    of_type(ours, "kiosk")["geometry"] = polygon([list(frame_of_ours.to_degrees(*corner)) for corner in corners])
    of_type(ours, "amenity")["geometry"]["coordinates"] = list(frame_of_ours.to_degrees(150.0, 90.0))
    found = read(tmp_path, ours).drawing
    assert found.stands[0] == other(STAND, outline=tuple((float(x), float(y)) for x, y in corners[:4]))
    assert found.amenities == (other(AED, x_m=150.0, y_m=90.0),)
    assert found.stands[1].outline == (
        (160, 50),
        (166, 50),
        (166, 53),
        (160, 53),
    )  # as it was kept, not as it was written


def test_what_was_renamed_is_called_so(ours, tmp_path):
    of_type(ours, "occupant")["properties"]["name"] = {"en": "Valves"}
    of_type(ours, "venue")["properties"]["name"] = {"en": "Center", "zh-Hans": "中心"}
    of_type(ours, "address")["properties"]["locality"] = "Shanghai"
    found = read(tmp_path, ours).drawing
    assert found.stands[0] == other(STAND, exhibitor_en="Valves", exhibitor_zh="")
    (grounds,) = found.grounds
    assert (grounds.code, grounds.name_en, grounds.name_zh, grounds.locality) == ("venue", "Center", "中心", "Shanghai")


def test_a_stand_that_was_renumbered_has_its_new_number_and_a_note_says_so(ours, tmp_path):
    of_type(ours, "kiosk")["properties"]["name"] = {"en": "9Z99"}
    examined = read(tmp_path, ours)
    assert [stand.code for stand in examined.drawing.stands] == ["9Z99", "1A02"]
    assert [str(note) for note in examined.notes] == [
        "file kiosk.geojson: 1 stands have another number than they had: 1A01 → 9Z99. "
        "Nothing to do, if these stands were renumbered. [imdf.note.renumbered]"
    ]
    of_type(ours, "kiosk", 1)["properties"]["name"] = {"en": "1A01"}
    assert [stand.code for stand in read(tmp_path, ours).drawing.stands] == ["9Z99", "1A01"]
    of_type(ours, "kiosk", 1)["properties"]["name"] = {"zh-Hans": "9Z99"}
    kiosks = ours["kiosk.geojson"]["features"]
    problems = examine(saved(tmp_path, zip_of(ours))).problems
    assert [(each.code, each.feature, each.at) for each in problems] == [
        ("imdf.kiosk.same_number", kiosk["id"], place)
        for kiosk, place in zip(kiosks, [(153, 51.5), (163, 51.5)], strict=True)
    ]


def test_what_was_recategorized_is_that(ours, tmp_path):
    of_type(ours, "amenity")["properties"]["category"] = "firstaid"
    of_type(ours, "opening")["properties"] |= {"category": "emergencyexit", "accessibility": None}
    of_type(ours, "relationship")["properties"]["direction"] = "directed"
    found = read(tmp_path, ours).drawing
    assert found.amenities == (other(AED, kind="first_aid"),)
    assert found.openings == (other(OPENING, direction="out", step_free=False),)
    assert found.connectors == (other(LIFT, one_way=True),)


def test_what_was_deleted_is_gone_and_what_was_added_is_there(ours, tmp_path):
    frame_of_ours = examine(saved(tmp_path, zip_of(ours))).features.frame
    del ours["kiosk.geojson"]["features"][0]
    new = copy.deepcopy(of_type(ours, "kiosk"))
    corners = [(150, 80), (156, 80), (156, 83), (150, 83), (150, 80)]
    new |= {"id": code("new"), "geometry": polygon([list(frame_of_ours.to_degrees(*corner)) for corner in corners])}
    new["properties"] = {**new["properties"], "name": {"en": "1A02"}, "anchor_id": None}
    del new["properties"][KEPT]
    ours["kiosk.geojson"]["features"].append(new)
    found = read(tmp_path, ours).drawing
    assert [(stand.code, stand.area) for stand in found.stands] == [("1A02", "H1"), ("1A02-2", "H1")]


def test_a_row_that_is_kept_but_spoilt_is_told_like_any_other(ours, tmp_path):
    of_type(ours, "kiosk")["properties"][KEPT]["cells"] |= {"height_m": "high", "color": "red"}
    of_type(ours, "amenity")["properties"][KEPT]["cells"]["places"] = -1
    told = broken(tmp_path, ours)
    assert [(code, file) for code, file, _feature, _level in told] == [
        ("stands.color.unknown", "kiosk.geojson"),
        ("stands.height_m.number", "kiosk.geojson"),
        ("amenities.places.range", "amenity.geojson"),
    ]


@pytest.mark.parametrize(
    "nonsense", [None, 5, [], "x", {"sheet": 5}, {"sheet": "stands", "cells": 5}, {"sheet": "stands", "row": []}]
)
def test_nonsense_that_is_kept_makes_a_feature_foreign(ours, nonsense, tmp_path):
    of_type(ours, "kiosk", 1)["properties"][KEPT] = nonsense
    found = read(tmp_path, ours).drawing
    assert [stand.code for stand in found.stands] == ["1A01", "1A02"]


@pytest.mark.parametrize("field", ["code", "area", "kind", "outline", "exhibitor_en"])
@pytest.mark.parametrize("nonsense", [5.5, [[1]], {"a": [1]}, [[1e300, 1]], [["x", "y"]]])
def test_nonsense_in_a_kept_field_is_no_crash(ours, field, nonsense, tmp_path):
    of_type(ours, "kiosk", 1)["properties"][KEPT]["cells"][field] = nonsense
    for sheet in ("unit", "opening", "relationship", "amenity", "level", "venue"):
        of_type(ours, sheet)["properties"][KEPT]["cells"][field] = nonsense
    examined = examine(saved(tmp_path, zip_of(ours)))
    assert bool(examined.problems) != bool(examined.drawing)


def test_seven_decimals_move_nothing(ours, tmp_path):
    """What many programs write: a centimeter. The exact meters that are kept hold."""
    for body in ours.values():
        for each in body.get("features", ()):
            if each["geometry"]:
                each["geometry"]["coordinates"] = rounded(each["geometry"]["coordinates"])
    plan = drawn(stands=(STAND, other(STAND, code="1A02", outline=((160, 50), (166, 50), (166, 53), (160, 53)))))
    assert read(tmp_path, ours).drawing.sheets() == drawing_of(plan).sheets()


def rounded(places: Any) -> Any:
    return [rounded(each) for each in places] if isinstance(places, list) else round(places, 7)


def test_what_drafts_of_the_standard_wrote_is_read_too(tmp_path):
    files = market()
    files["manifest.json"] |= {"version": "1.0.0.beta.2", "created": "2019-10-29T20:54:03.216Z"}
    the(files, "venue")["properties"] |= {"alt_name": {}, "phone": "800-426-4968", "hours": ""}
    the(files, "U")["properties"]["address_id"] = ""
    the(files, "yard")["properties"]["accessibility"] = []
    assert len(read(tmp_path, files).drawing.areas) == 11


def test_corners_millimeters_apart_are_one(tmp_path):
    """Where a program cut outlines with one another: a corner 3 mm on, one 4 mm back beside the wall, and the first again."""
    files = market()
    the(files, "shop-b")["geometry"] = polygon(
        ring((20.2, 10.2), (40.0, 10.2), (40.003, 10.2), (39.999, 10.204), (40.0, 30.0), (20.2, 30.0), (20.2, 10.203))
    )
    (shop,) = [area for area in read(tmp_path, files).drawing.areas if area.code == "Laden B"]
    assert shop.outline == ((20.2, 10.2), (40.0, 10.2), (40.0, 30.0), (20.2, 30.0))


def test_a_unit_without_doors_is_no_fault(tmp_path):
    files = market()
    files["unit.geojson"]["features"].append(unit("closet", "storage", polygon(box(41, 11, 45, 20))))
    files["opening.geojson"]["features"].append(
        {**the(files, "door-street"), "id": code("bent"), "geometry": line((41, 12), (41, 13), (41, 14))}
    )
    found = read(tmp_path, files).drawing
    assert found.openings[-1].line == ((41.0, 12.0), (41.0, 14.0))
