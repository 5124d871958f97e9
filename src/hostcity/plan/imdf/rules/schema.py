"""What each type of feature has: its geometry, and its properties, needed or not (OGC 20-094, one page per type).

Of kiosk and detail the pages could not be read when this was written: their rows are those of programs that follow them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hostcity.plan.imdf import categories
from hostcity.plan.imdf.rules import values
from hostcity.plan.imdf.rules.values import Check

#: Types of GeoJSON by what the standard calls a geometry.
POLYGONAL = ("Polygon", "MultiPolygon")
LINE = ("LineString",)
LINES = ("LineString", "MultiLineString")
POINT = ("Point",)
NONE: tuple[str, ...] = ()
ANY = ("Point", "LineString", "MultiLineString", "Polygon", "MultiPolygon")


@dataclass(frozen=True, kw_only=True, slots=True)
class Type:
    """A type of feature. ``may`` be null or missing, ``must`` not; ``refers`` names the types a reference may mean."""

    geometry: tuple[str, ...]
    may_be_unlocated: bool = False
    must: dict[str, Check] = field(default_factory=dict)
    may: dict[str, Check] = field(default_factory=dict)
    refers: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def properties(self) -> dict[str, Check]:
        """All of them."""
        return {**self.must, **self.may}


_NAMES: dict[str, Check] = {"name": values.labels, "alt_name": values.labels}
_RESTRICTION: dict[str, Check] = {"restriction": values.one_of(categories.RESTRICTIONS)}
_ACCESSIBILITY: dict[str, Check] = {"accessibility": values.some_of(categories.ACCESSIBILITY)}
_POINT: dict[str, Check] = {"display_point": values.point}
_CONTACT: dict[str, Check] = {"hours": values.text, "phone": values.phone, "website": values.website}
_LEVEL: dict[str, Check] = {"level_id": values.reference}
_ADDRESS: dict[str, Check] = {"address_id": values.reference}
_CORRELATION: dict[str, Check] = {"correlation_id": values.uuid}
_TO_LEVEL: dict[str, tuple[str, ...]] = {"level_id": ("level",)}
_TO_ADDRESS: dict[str, tuple[str, ...]] = {"address_id": ("address",)}
_ANY_TYPE = (
    "venue", "address", "building", "footprint", "level", "unit", "section", "kiosk", "fixture", "opening", "amenity",
    "anchor", "occupant", "relationship", "geofence", "detail",
)  # fmt: skip

TYPES: dict[str, Type] = {
    "venue": Type(
        geometry=POLYGONAL,
        must={"category": values.one_of(categories.VENUES), "name": values.labels, **_POINT, **_ADDRESS},
        may={**_RESTRICTION, "alt_name": values.labels, **_CONTACT},
        refers=_TO_ADDRESS,
    ),
    "address": Type(
        geometry=NONE,
        must={"address": values.text, "locality": values.text, "country": values.country},
        may={
            "unit": values.text, "province": values.province, "postal_code": values.text,
            "postal_code_ext": values.text, "postal_code_vanity": values.text,
        },
    ),
    "building": Type(
        geometry=NONE,
        must={"category": values.one_of(categories.BUILDINGS)},
        may={**_NAMES, **_RESTRICTION, **_POINT, **_ADDRESS},
        refers=_TO_ADDRESS,
    ),
    "footprint": Type(
        geometry=POLYGONAL,
        must={"category": values.one_of(categories.FOOTPRINTS), "building_ids": values.references},
        may={"name": values.labels},
        refers={"building_ids": ("building",)},
    ),
    "level": Type(
        geometry=POLYGONAL,
        must={
            "category": values.one_of(categories.LEVELS), "outdoor": values.flag, "ordinal": values.whole,
            "name": values.labels, "short_name": values.labels,
        },
        may={**_RESTRICTION, **_POINT, **_ADDRESS, "building_ids": values.references},
        refers={**_TO_ADDRESS, "building_ids": ("building",)},
    ),
    "unit": Type(
        geometry=POLYGONAL,
        must={"category": values.one_of(categories.UNITS), **_LEVEL},
        may={**_RESTRICTION, **_ACCESSIBILITY, **_NAMES, **_POINT},
        refers=_TO_LEVEL,
    ),
    "section": Type(
        geometry=POLYGONAL,
        must={"category": values.one_of(categories.SECTIONS), **_LEVEL},
        may={
            **_RESTRICTION, **_ACCESSIBILITY, **_NAMES, **_POINT, **_ADDRESS, **_CORRELATION,
            "parents": values.references,
        },
        refers={**_TO_LEVEL, **_TO_ADDRESS, "parents": ("section",)},
    ),
    "kiosk": Type(
        geometry=POLYGONAL,
        must={**_LEVEL},
        may={**_NAMES, **_POINT, "anchor_id": values.reference},
        refers={**_TO_LEVEL, "anchor_id": ("anchor",)},
    ),
    "fixture": Type(
        geometry=POLYGONAL,
        must={"category": values.one_of(categories.FIXTURES), **_LEVEL},
        may={**_NAMES, **_POINT, "anchor_id": values.reference},
        refers={**_TO_LEVEL, "anchor_id": ("anchor",)},
    ),
    "opening": Type(
        geometry=LINE,
        must={"category": values.one_of(categories.OPENINGS), **_LEVEL},
        may={
            **_ACCESSIBILITY, "access_control": values.some_of(categories.ACCESS_CONTROL), **_NAMES, **_POINT,
            "door": lambda value: values.door(value, categories.DOOR_TYPES, categories.DOOR_MATERIALS),
        },
        refers=_TO_LEVEL,
    ),
    "amenity": Type(
        geometry=POINT,
        must={"category": values.one_of(categories.AMENITIES), "unit_ids": values.references},
        may={**_ACCESSIBILITY, **_NAMES, **_CONTACT, **_ADDRESS, **_CORRELATION},
        refers={"unit_ids": ("unit",), **_TO_ADDRESS},
    ),
    "anchor": Type(
        geometry=POINT,
        must={"unit_id": values.reference},
        may=_ADDRESS,
        refers={"unit_id": ("unit",), **_TO_ADDRESS},
    ),
    "occupant": Type(
        geometry=NONE,
        must={"name": values.labels, "category": values.word, "anchor_id": values.reference},
        may={**_CONTACT, "validity": values.validity, **_CORRELATION},
        refers={"anchor_id": ("anchor",)},
    ),
    "relationship": Type(
        geometry=ANY,
        may_be_unlocated=True,
        must={
            "category": values.one_of(categories.RELATIONSHIPS), "direction": values.one_of(("directed", "undirected")),
        },
        may={
            "origin": values.feature_object, "intermediary": values.feature_objects,
            "destination": values.feature_object, "hours": values.text,
        },
        refers={"origin": _ANY_TYPE, "intermediary": _ANY_TYPE, "destination": _ANY_TYPE},
    ),
    "geofence": Type(
        geometry=POLYGONAL,
        must={"category": values.one_of(categories.GEOFENCES)},
        may={
            **_RESTRICTION, **_NAMES, **_CORRELATION, **_POINT, "building_ids": values.references,
            "level_ids": values.references, "parents": values.references,
        },
        refers={"building_ids": ("building",), "level_ids": ("level",), "parents": ("geofence",)},
    ),
    "detail": Type(geometry=LINES, must=_LEVEL, refers=_TO_LEVEL),
}  # fmt: skip
