"""Archives written by hand, as another program might have made them: with what real ones have."""

from __future__ import annotations

import copy
import io
import json
import uuid
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hostcity.plan.imdf.frame import Frame

ORIGIN = Frame(31.19, 121.3)
Files = dict[str, Any]


def code(name: str) -> str:
    """The id of a feature, after its name here."""
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.example"))


def at(x: float, y: float) -> list[float]:
    return list(ORIGIN.to_degrees(x, y))


def ring(*corners: tuple[float, float]) -> list[list[float]]:
    return [at(*corner) for corner in (*corners, corners[0])]


def box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return ring((west, south), (east, south), (east, north), (west, north))


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def multi(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "MultiPolygon", "coordinates": [[each] for each in rings]}


def point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": at(x, y)}


def line(*ends: tuple[float, float]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": [at(*end) for end in ends]}


def feature(type_: str, known_as: str, geometry: Any, /, **properties: Any) -> dict[str, Any]:
    return {
        "id": code(known_as),
        "type": "Feature",
        "feature_type": type_,
        "geometry": geometry,
        "properties": properties,
    }


def unit(known_as: str, category: str, geometry: Any, level: str = "G", /, **properties: Any) -> dict[str, Any]:
    given = {"restriction": None, "accessibility": None, "name": None, "alt_name": None, "display_point": None}
    return feature("unit", known_as, geometry, category=category, level_id=code(level), **{**given, **properties})


def _level(name: str, ordinal: int, short: str, building: str | None, ground: list[list[float]]) -> dict[str, Any]:
    return feature(
        "level", name, polygon(ground), category="unspecified", restriction=None, outdoor=building is None,
        ordinal=ordinal, name={"en": f"Level {short}"}, short_name={"en": short}, display_point=None, address_id=None,
        building_ids=[code(building)] if building else None,
    )  # fmt: skip


def _opening(known_as: str, category: str, *ends: tuple[float, float], **properties: Any) -> dict[str, Any]:
    return feature(
        "opening",
        known_as,
        line(*ends),
        category=category,
        level_id=code("G"),
        **{"accessibility": None, "door": None, **properties},
    )


def _amenity(known_as: str, category: str, x: float, y: float, in_unit: str, /, **properties: Any) -> dict[str, Any]:
    return feature("amenity", known_as, point(x, y), category=category, unit_ids=[code(in_unit)], **properties)


def market() -> Files:
    """Two buildings and a yard: a hall around a core, shops on a corridor, a gallery in two parts above.

    It has a feature of every type, and what real archives have: doors that touch one, two and three units, walls that
    are units, a hole, a multipolygon, names that are missing or in other languages, stairs that no relationship tells of.
    """
    features = [
        feature(
            "venue", "venue", polygon(box(-10, -45, 130, 45)), category="conventioncenter", restriction=None,
            name={"en": "Market", "zh-Hans": "集市", "ja": "市場"}, alt_name=None, hours="Mo-Fr 09:00-18:00",
            phone="+86 21 1234 5678", website="https://market.example/", display_point=point(0, 0),
            address_id=code("address"),
        ),
        feature(
            "address", "address", None, address="1 Example Road", unit=None, locality="上海", province="CN-SH",
            country="CN", postal_code="200000", postal_code_ext=None, postal_code_vanity=None,
        ),
        *(
            feature(
                "building", name, None, category="unspecified", restriction=None, name=None, alt_name=None,
                display_point=None, address_id=code("address"),
            ) for name in ("B1", "B2")
        ),
        feature("footprint", "F1", polygon(box(0, -40, 65, 30)), category="ground", name=None, building_ids=[code("B1")]),
        feature("footprint", "F2", multi(box(80, 0, 100, 20), box(101, 0, 110, 20)), category="ground", name=None, building_ids=[code("B2")]),
        _level("G", 0, "G", "B1", box(0, -40, 65, 30)),
        _level("U", 1, "U", "B1", box(0, 0, 65, 10)),
        _level("G2", 0, "G", "B2", box(80, 0, 110, 20)),
        _level("Yard", 0, "Yard", None, box(-10, -45, 130, 45)),
        unit("corridor", "walkway", polygon(box(0, 0, 60, 10)), name={"en": "Corridor"}),
        unit("shop-a", "room", polygon(box(0, 10.2, 20, 30)), name={"zh-Hans": "甲店"}),
        unit("shop-b", "room", polygon(box(20.2, 10.2, 40, 30)), name={"de": "Laden; B"}),
        unit("hall", "room", polygon(box(0, -40, 60, -0.2), box(25, -25, 35, -15)), name={"en": "Hall", "zh-CN": "展厅"}),
        unit("core", "office", polygon(box(25, -25, 35, -15))),
        unit("pillar", "column", polygon(box(5, -35, 6, -34))),
        unit("wall", "drywall", polygon(box(0, 10, 40, 10.2))),
        unit("lift-G", "elevator", polygon(box(50, 2, 53, 5)), name={"en": "Lift 1"}),
        unit("stairs-G", "stairs", polygon(box(60.2, 0, 65, 10))),
        unit("gallery", "walkway", multi(box(0, 0, 40, 10), box(45, 0, 60, 10)), "U", name={"en": "Gallery"}),
        unit("lift-U", "elevator", polygon(box(50, 2, 53, 5)), "U", name={"en": "Lift 1"}),
        unit("stairs-U", "stairs", polygon(box(60.2, 0, 65, 10)), "U"),
        unit("annex", "restroom.family", polygon(box(80, 0, 90, 20)), "G2", restriction="employeesonly"),
        unit("yard", "unenclosedarea", polygon(box(-10, 31, 130, 45)), "Yard"),
        feature(
            "section", "theme", polygon(box(0, -40, 20, -0.2)), category="exhibition", restriction=None,
            accessibility=None, name=None, alt_name=None, display_point=None, level_id=code("G"), address_id=None,
            correlation_id=None, parents=None,
        ),
        feature(
            "kiosk", "kiosk-1", polygon(box(10, -10, 16, -7)), name={"en": "A1"}, alt_name=None,
            anchor_id=code("anchor-1"), level_id=code("G"), display_point=None,
        ),
        feature(
            "kiosk", "kiosk-2", polygon(box(20, -10, 26, -7)), name=None, alt_name=None, anchor_id=None,
            level_id=code("G"), display_point=None,
        ),
        *(
            feature(
                "fixture", name, polygon(shape), category=category, name=None, alt_name=None, anchor_id=None,
                level_id=code("G"), display_point=None,
            ) for name, category, shape in (
                ("stage", "stage", box(40, -30, 50, -20)), ("table", "furniture", box(11, -9, 12, -8)),
                ("planter", "vegetation", box(2, -12, 3, -11)), ("trunk", "water", box(58, -3, 62, -1)),
            )
        ),
        _opening("door-shop", "pedestrian", (8, 10.1), (10, 10.1), door={"type": "sliding", "automatic": True, "material": None}),
        _opening("door-street", "pedestrian.principal", (0, 4), (0, 6), accessibility=["wheelchair", "tactilepaving"]),
        _opening("door-hall", "pedestrian", (20, -0.1), (24, -0.1)),
        _opening("door-core", "service", (28, -15), (29, -15)),
        _opening("door-fire", "emergencyexit", (60, -30), (60, -28)),
        _opening("gate-cars", "automobile", (0, -30), (0, -26)),
        _opening("nowhere", "pedestrian", (30, -30), (31, -30)),
        _amenity("wc", "restroom.family", 12, 5, "corridor", name={"en": "WC"}, accessibility=["wheelchair"]),
        _amenity("aed", "defibrillator", 3, -20, "hall"),
        _amenity("atm", "atm", 14, 5, "corridor"),
        feature("anchor", "anchor-1", point(13, -8.5), address_id=None, unit_id=code("hall")),
        feature("anchor", "anchor-a", point(10, 20), address_id=None, unit_id=code("shop-a")),
        *(
            feature(
                "occupant", name, None, name=labels, category=category, anchor_id=code(anchor), hours=None, phone=None,
                website=None, validity={"start": "2026-11-05T09:00:00+08:00", "end": None}, correlation_id=None,
            ) for name, labels, category, anchor in (
                ("pumps", {"en": "Pumps Ltd", "zh-Hans": "泵业"}, "wholesaler", "anchor-1"),
                ("books", {"en": "Books"}, "books", "anchor-a"),
            )
        ),
        feature(
            "relationship", "lift", None, category="elevator", direction="undirected",
            origin={"id": code("lift-G"), "feature_type": "unit"}, intermediary=None,
            destination={"id": code("lift-U"), "feature_type": "unit"}, hours="Mo-Fr 09:00-18:00",
        ),
        feature(
            "geofence", "fence", polygon(box(0, -40, 60, 10)), category="concourse", restriction=None, name=None,
            alt_name=None, correlation_id=None, display_point=None, building_ids=[code("B1")], level_ids=[code("G")],
            parents=None,
        ),
        feature("detail", "stripe", line((1, 1), (5, 1)), level_id=code("G")),
    ]  # fmt: skip
    files: Files = {
        "manifest.json": {
            "version": "1.0.0", "created": "2026-10-01T08:00:00Z", "generated_by": "by hand", "language": "en",
            "extensions": None,
        }
    }  # fmt: skip
    for each in features:
        name = f"{each['feature_type']}.geojson"
        files.setdefault(name, {"type": "FeatureCollection", "features": []})["features"].append(each)
    return files


def zip_of(files: Files, folder: str = "", more: Iterable[tuple[str, bytes]] = ()) -> bytes:
    """The archive of files; a body that is bytes is taken as it stands."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            data = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
            archive.writestr(f"{folder}{name}", data)
        for name, data in more:
            archive.writestr(name, data)
    return written.getvalue()


def files_of(data: bytes) -> Files:
    """What the files of an archive say."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def saved(path: Path, files: Files | bytes) -> Path:
    """An archive on disk."""
    file = path / "venue.imdf.zip"
    file.write_bytes(files if isinstance(files, bytes) else zip_of(files))
    return file


def the(files: Files, name: str) -> dict[str, Any]:
    """The feature that has a name here."""
    return next(
        each for body in files.values() if "features" in body for each in body["features"] if each["id"] == code(name)
    )


def copy_of(files: Files, type_: str) -> dict[str, Any]:
    """One more feature of a type, which no other names: a copy of the first. The venue is itself."""
    features = files[f"{type_}.geojson"]["features"]
    if type_ == "venue":
        return features[0]
    made = {**copy.deepcopy(features[0]), "id": code(f"one more {type_}")}
    features.append(made)
    return made
