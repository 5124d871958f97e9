"""Every rule of the validator: a good archive that one thing was changed in, and the one code that tells of it."""

from __future__ import annotations

import copy
import io
import math
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hostcity.plan import PlanError
from hostcity.plan.imdf import RULES, archive_of, examine
from hostcity.plan.imdf.rules.schema import NONE, POINT, POLYGONAL, TYPES
from tests.plan.imdf.archives import (
    Files,
    at,
    box,
    code,
    copy_of,
    feature,
    files_of,
    line,
    market,
    point,
    polygon,
    ring,
    saved,
    the,
    unit,
    zip_of,
)  # fmt: skip
from tests.plan.test_drawing import STAND, drawn, other

Broken = Callable[[Files], Files | bytes | None]


def codes(path: Path) -> set[str]:
    try:
        return {problem.code for problem in examine(path).problems}
    except PlanError as error:
        return {problem.code for problem in error.problems}


def test_the_good_archive_has_no_problems(tmp_path):
    examined = examine(saved(tmp_path, market()))
    assert [str(problem) for problem in examined.problems] == []


# Of a feature of each type: what is changed in one more of it


def member(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    return lambda body: body.__setitem__(name, value)


def moved_away(body: dict[str, Any]) -> None:
    """A corner a degree to the east."""
    places = body["geometry"]["coordinates"]
    if body["geometry"]["type"] == "Point":
        places[0] += 1
    else:
        corner = (places[0] if body["geometry"]["type"] == "Polygon" else places)[1]
        corner[0] += 1


def positioned_wrongly(body: dict[str, Any]) -> None:
    moved_away(body)
    places = body["geometry"]["coordinates"]
    while isinstance(places[0], list):
        places = places[0]
    places[:] = [200.0, 31.0]


def open_ring(body: dict[str, Any]) -> None:
    body["geometry"]["coordinates"][0].pop()


def many_corners(body: dict[str, Any]) -> None:
    is_ring = body["geometry"]["type"] == "Polygon"
    body["geometry"]["coordinates"] = [CIRCLE] if is_ring else CIRCLE


BOW_TIE = polygon(ring((1, 1), (5, 5), (5, 1), (1, 5)))
HOLE_OUTSIDE = polygon(box(1, 1, 5, 5), box(8, 8, 9, 9))
CIRCLE = ring(*((math.cos(part / 1600) * 9, math.sin(part / 1600) * 9) for part in range(10_050)))

OF_A_FEATURE: dict[str, Callable[[dict[str, Any]], None]] = {
    "id": member("id", "one"),
    "feature_type": member("feature_type", "castle"),
    "properties": member("properties", None),
    "geometry": member("geometry", {"type": "Circle", "coordinates": [1, 2]}),
    "coordinates": lambda body: body["geometry"].__setitem__("coordinates", 5),
    "position": positioned_wrongly,
    "far": moved_away,
    "ring": open_ring,
    "crosses": member("geometry", BOW_TIE),
    "hole": member("geometry", HOLE_OUTSIDE),
    "corners": many_corners,
}


def of_a_feature(type_: str, change: Callable[[dict[str, Any]], None]) -> Broken:
    def broken(files: Files) -> None:
        body = copy_of(files, type_)
        if type_ == "relationship":
            body["geometry"] = line((1, 1), (2, 2))
        change(body)

    return broken


def twice(type_: str) -> Broken:
    def broken(files: Files) -> None:
        features = files[f"{type_}.geojson"]["features"]
        features.append(copy.deepcopy(features[0]))

    return broken


def of_a_property(type_: str, name: str, value: Any) -> Broken:
    return lambda files: copy_of(files, type_)["properties"].__setitem__(name, value)


def reference(type_: str, name: str, value: str, of: str) -> Any:
    """A reference in the form that the property has."""
    if type_ == "relationship":
        return {"id": value, "feature_type": of}
    return [value] if name.endswith("s") else value


def of_every_type() -> dict[str, Broken]:
    found: dict[str, Broken] = {}
    for type_, known in TYPES.items():
        words = ["id", "feature_type", "properties", "geometry"]
        words += ["position", "far"] if known.geometry else []
        words += ["coordinates", "corners"] if known.geometry not in (NONE, POINT) else []
        words += ["ring", "crosses", "hole"] if known.geometry == POLYGONAL else []
        found |= {f"imdf.{type_}.{word}": of_a_feature(type_, OF_A_FEATURE[word]) for word in words}
        found[f"imdf.{type_}.twice"] = twice(type_)
        for name in known.must:
            found[f"imdf.{type_}.{name}"] = of_a_property(type_, name, None)
        for name in known.may:
            found[f"imdf.{type_}.{name}"] = of_a_property(type_, name, 5)
        if known.refers:
            name = next(iter(known.refers))
            unknown = reference(type_, name, code("nothing"), "unit")
            of_other_type = reference(type_, name, code("venue"), "unit")
            found[f"imdf.{type_}.unknown"] = of_a_property(type_, name, unknown)
            found[f"imdf.{type_}.refers"] = of_a_property(type_, name, of_other_type)
    return found


# Of files and of the zip


def manifest(name: str, value: Any) -> Broken:
    return lambda files: files["manifest.json"].__setitem__(name, value)


def body(name: str, value: Any) -> Broken:
    return lambda files: files.__setitem__(name, value)


def renamed(name: str) -> Broken:
    """The units under another name, which the archive has beside its own."""
    return lambda files: zip_of(files, more=[(name, b"{}")])


def link(files: Files) -> bytes:
    written = io.BytesIO(zip_of(files))
    with zipfile.ZipFile(written, "a") as archive:
        part = zipfile.ZipInfo("detail-2.geojson")
        part.create_system, part.external_attr = 3, 0o120777 << 16
        archive.writestr(part, "/etc/passwd")
    return written.getvalue()


def encrypted(files: Files) -> bytes:
    """The flag of a password at every file of the directory and before its data."""
    data = bytearray(zip_of(files))
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = data.find(mark)
        while place >= 0:
            (flags,) = struct.unpack_from("<H", data, place + offset)
            struct.pack_into("<H", data, place + offset, flags | 1)
            place = data.find(mark, place + 1)
    return bytes(data)


def corrupt(files: Files) -> bytes:
    data = bytearray(zip_of(files))
    place = data.find(b"unit.geojson") + 100
    data[place : place + 20] = bytes(20)
    return bytes(data)


def without(name: str) -> Broken:
    return lambda files: {each: body for each, body in files.items() if each != name}


def two_names(files: Files) -> None:
    files["detail.geojson"] = b'{"type": "FeatureCollection", "features": [], "features": []}'


OF_THE_ZIP: dict[str, Broken] = {
    "imdf.archive.not_zip": lambda _files: b"no zip",
    "imdf.archive.path": renamed("../unit.geojson"),
    "imdf.archive.link": link,
    "imdf.archive.twice": renamed("UNIT.geojson"),
    "imdf.archive.bomb": body("detail.geojson", b" " * 50_000_000),
    "imdf.archive.encrypted": encrypted,
    "imdf.archive.broken": corrupt,
    "imdf.archive.missing": without("level.geojson"),
    "imdf.archive.encoding": body("detail.geojson", "{}".encode("utf-16")),
    "imdf.archive.json": body("detail.geojson", b'{"type": "FeatureCollection", "features": [}'),
    "imdf.archive.json_twice": two_names,
    "imdf.manifest.object": body("manifest.json", []),
    "imdf.manifest.version": manifest("version", "2.0"),
    "imdf.manifest.created": manifest("created", "yesterday"),
    "imdf.manifest.language": manifest("language", "English, mostly"),
    "imdf.file.collection": body("detail.geojson", {"type": "Feature"}),
    "imdf.file.feature": body("detail.geojson", {"type": "FeatureCollection", "features": [5]}),
    "imdf.file.features": body("detail.geojson", {"type": "FeatureCollection", "features": [None] * 250_001}),
}


# Between features


def added(*features: dict[str, Any]) -> Broken:
    def broken(files: Files) -> None:
        for each in features:
            files[f"{each['feature_type']}.geojson"]["features"].append(each)

    return broken


def placed(type_: str, geometry: Any) -> Broken:
    return lambda files: copy_of(files, type_).__setitem__("geometry", geometry)


def numbered_alike(_files: Files) -> Files:
    """An archive of a plan, in which another program has given two stands one number."""
    second = other(STAND, code="1A02", outline=((160, 50), (166, 50), (166, 53), (160, 53)))
    files = files_of(archive_of(drawn(stands=(STAND, second))))
    for each in files["kiosk.geojson"]["features"]:
        each["properties"]["name"] = {"en": "9Z99"}
    return files


BETWEEN_FEATURES: dict[str, Broken] = {
    "imdf.venue.count": added({**market()["venue.geojson"]["features"][0], "id": code("second venue")}),
    "imdf.building.footprint": added(
        feature("building", "B3", None, category="unspecified", address_id=code("address"))
    ),
    "imdf.unit.outside": added(unit("outside", "room", polygon(box(60, 20, 70, 30)))),
    "imdf.kiosk.outside": placed("kiosk", polygon(box(60, 20, 70, 30))),
    "imdf.fixture.outside": placed("fixture", polygon(box(60, 20, 70, 30))),
    "imdf.section.outside": placed("section", polygon(box(60, 20, 70, 30))),
    "imdf.opening.outside": placed("opening", line((64, 29), (70, 29))),
    "imdf.opening.length": placed("opening", line((5, 5), (5, 5))),
    "imdf.anchor.outside": placed("anchor", point(13, 8)),
    "imdf.relationship.ends": of_a_property("relationship", "destination", None),
    "imdf.kiosk.unit": placed("kiosk", polygon(box(45, 20, 50, 25))),
    "imdf.kiosk.same_number": numbered_alike,
}

EXAMPLES = {**of_every_type(), **OF_THE_ZIP, **BETWEEN_FEATURES}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_a_rule_tells_of_what_it_is_for_and_no_other_does(rule, tmp_path):
    files = market()
    changed = EXAMPLES[rule](files)
    assert codes(saved(tmp_path, files if changed is None else changed)) == {rule}


def test_a_file_that_is_not_there_or_too_large(tmp_path):
    assert codes(tmp_path / "none.zip") == {"imdf.archive.not_found"}
    large = tmp_path / "large.zip"
    with large.open("wb") as file:
        file.truncate(64 * 1024**2 + 1)
    assert codes(large) == {"imdf.archive.size"}


def test_every_rule_has_its_example():
    assert set(EXAMPLES) | {"imdf.archive.not_found", "imdf.archive.size"} == set(RULES)
    assert len(RULES) == len(set(RULES)) >= 40


def test_everything_is_told_at_once_with_its_place(tmp_path):
    files = market()
    the(files, "hall")["properties"]["category"] = "ballroom"
    the(files, "corridor")["geometry"] = BOW_TIE
    the(files, "kiosk-1")["properties"]["level_id"] = code("nothing")
    told = [str(problem) for problem in examine(saved(tmp_path, files)).problems]
    hall, corridor, kiosk = (code(each) for each in ("hall", "corridor", "kiosk-1"))
    longitude, latitude = at(3, 3)
    assert len(told) == 3
    assert told[0] == (
        f"file unit.geojson, feature {corridor}: crosses or touches itself at {longitude:.7f}, {latitude:.7f}. "
        "Give the corners in order, going around once. [imdf.unit.crosses]"
    )
    assert told[1].startswith(
        f"file unit.geojson, feature {hall}, property category: is 'ballroom'. Choose one of IMDF's"
    )
    assert told[2].startswith(
        f"file kiosk.geojson, feature {kiosk}, property level_id: names '{code('nothing')}', which is"
    )
