"""The venue as programs read it."""

import pytest

from hostcity.core.models.people import Role
from hostcity.core.plan_rows.queries import last_number
from hostcity.core.plan_rows.services import add_row, change_row
from tests import people

PATH = "/api/v1/editions/fair/venue/levels"


@pytest.fixture
def program(planner):
    return people.signed_in(planner)


def test_levels_with_how_much_is_on_them(program, drawn):
    said = program.get(PATH).json()
    assert said["number"] == last_number(drawn)
    assert said["levels"] == [
        {"code": "0", "name_en": "Ground", "name_zh": "地面层", "elevation_m": 0.0, "areas": 1, "stands": 3, "openings": 2,
         "connectors": 1, "amenities": 1, "closings": []},
        {"code": "1", "name_en": "Upper", "name_zh": "上层", "elevation_m": 6.0, "areas": 1, "stands": 1, "openings": 0,
         "connectors": 1, "amenities": 0, "closings": []},
    ]  # fmt: skip


def test_what_is_closed_when_is_listed_with_its_level(program, drawn, planner):
    for cells in (
        {"code": "late", "action": "shut", "target": "up", "starts_at": "16:00"},
        {"code": "early", "action": "shut", "target": "up", "starts_at": "9:00", "ends_at": "10:30"},
        {"code": "walled", "action": "shut", "target": "door", "starts_at": "25:10"},
    ):
        add_row(edition=drawn, sheet="timeline", cells=cells, by=planner)
    ground, upper = program.get(PATH).json()["levels"]
    stairs = [
        {"at": "connectors.up", "event": "early", "left": 0.0, "starts_at": "09:00", "ends_at": "10:30"},
        {"at": "connectors.up", "event": "late", "left": 0.0, "starts_at": "16:00", "ends_at": None},
    ]
    door = {"at": "openings.door", "event": "walled", "left": 0.0, "starts_at": "25:10", "ends_at": None}
    assert (ground["closings"], upper["closings"]) == ([door, *stairs], stairs)


def test_a_level_as_features_in_meters(program, drawn):
    said = program.get(f"{PATH}/0").json()
    assert (said["type"], said["code"], said["name_zh"]) == ("FeatureCollection", "0", "地面层")
    features = {each["id"]: each for each in said["features"]}
    assert list(features) == [
        "areas.A", "stands.A-01", "stands.A-02", "stands.pillar", "openings.door", "openings.exit", "connectors.up",
        "amenities.wc",
    ]  # fmt: skip
    ring = [[5.0, 5.0], [11.0, 5.0], [11.0, 8.0], [5.0, 8.0], [5.0, 5.0]]
    assert features["stands.A-01"] == {
        "type": "Feature", "id": "stands.A-01", "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"sheet": "stands", "code": "A-01", "area": "A", "kind": "stand", "height_m": 2.5,
                       "exhibitor_en": "Blue Harbor Machines", "exhibitor_zh": "蓝港机械"},
    }  # fmt: skip
    assert features["openings.exit"]["geometry"] == {"type": "LineString", "coordinates": [[40.0, 8.0], [40.0, 10.0]]}
    assert features["amenities.wc"]["geometry"] == {"type": "Point", "coordinates": [2.0, 18.0]}
    assert features["connectors.up"]["geometry"] == {"type": "Point", "coordinates": [35.0, 15.0]}, (
        "its end on this level"
    )


def test_an_area_without_an_outline_is_nowhere(program, drawn, planner):
    change_row(edition=drawn, sheet="areas", key="A", changes={"outline": ""}, version=1, by=planner)
    assert program.get(f"{PATH}/0").json()["features"][0]["geometry"] is None


def test_who_and_what(program, drawn):
    assert program.get(f"{PATH}/99").status_code == 404
    assert people.signed_in(people.person(Role.VISITOR, drawn)).get(f"{PATH}/0").status_code == 403
    assert people.signed_in(people.person()).get(f"{PATH}/0").status_code == 404
