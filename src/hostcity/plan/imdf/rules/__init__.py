"""The validator of IMDF archives: named rules, each with a code of its own, `imdf.FEATURE.WORD`.

Rules are carried out in the order of what they need: the zip and its text (`imdf.archive.…`, in `archive`), the
structure, properties and geometry of each feature, references, and at last what holds between features. A later group is
carried out only when nothing was found before it, within a group everything is told at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hostcity.plan.imdf.archive import MANIFEST, Archive
from hostcity.plan.imdf.features import KEPT, Feature, Features
from hostcity.plan.imdf.frame import Frame
from hostcity.plan.imdf.rules import geometry, properties, sense, structure
from hostcity.plan.imdf.rules.schema import NONE, POINT, POLYGONAL, TYPES
from hostcity.plan.imdf.rules.values import is_position, point
from hostcity.plan.polygons import Point
from hostcity.plan.problems import Listing, Problem

FULL_TURN_DEG = 360.0
ORIGIN_DECIMALS = 6  # of the origin of a drawing that is not ours: 0.1 m
_ARCHIVE = (
    "not_found", "not_zip", "size", "bomb", "path", "link", "twice", "encrypted", "broken", "encoding", "json",
    "json_twice", "missing",
)  # fmt: skip
_SENSE = (
    "imdf.venue.count", "imdf.building.footprint", "imdf.unit.outside", "imdf.kiosk.outside",
    "imdf.fixture.outside", "imdf.section.outside", "imdf.opening.outside", "imdf.opening.length", "imdf.anchor.outside",
    "imdf.relationship.ends", "imdf.kiosk.unit", "imdf.kiosk.same_number",
)  # fmt: skip


def _codes() -> Iterator[str]:
    yield from (f"imdf.archive.{word}" for word in _ARCHIVE)
    yield from (f"imdf.manifest.{word}" for word in ("object", "version", "created", "language"))
    yield from (f"imdf.file.{word}" for word in ("collection", "feature", "features"))
    for name, type_ in TYPES.items():
        words = ["id", "feature_type", "twice", "properties", "geometry"]
        words += ["position", "far"] if type_.geometry else []
        words += ["coordinates", "corners"] if type_.geometry not in (NONE, POINT) else []
        words += ["ring", "crosses", "hole"] if type_.geometry == POLYGONAL else []
        words += [*type_.properties]
        words += ["unknown", "refers"] if type_.refers else []
        yield from (f"imdf.{name}.{word}" for word in words)
    yield from _SENSE


#: The code of every rule.
RULES: tuple[str, ...] = tuple(_codes())


def checked(archive: Archive) -> tuple[Features, tuple[Problem, ...]]:
    """The features of an archive, and every problem that the rules find with them."""
    problems = Listing(structure.manifest(archive.bodies.get(MANIFEST)))
    by_type: dict[str, list[Feature]] = {}
    problems.add(*structure.features(archive.bodies, by_type))
    frame = frame_of(by_type)
    manifest = archive.bodies.get(MANIFEST)
    features = Features(by_type, frame, manifest if isinstance(manifest, dict) else {})
    near = _first_place(features, frame)
    by_id = features.by_id
    is_whole = not problems
    for feature in features.of(*TYPES):
        problems.add(*geometry.shape(feature, frame, near), *properties.values(feature))
        if is_whole:
            problems.add(*properties.references(feature, by_id))
    if not problems:
        for rule in (
            sense.venues, sense.buildings, sense.units, sense.anchors, sense.relationships,
        ):  # fmt: skip
            problems.add(*rule(features))
    return features, tuple(problems)


def frame_of(by_type: dict[str, list[Feature]]) -> Frame:
    """The frame of the drawing: as the plan had it that was written, else about the venue's display point."""
    for venue in by_type.get("venue", ()):
        kept = venue.properties.get(KEPT)
        cells = kept.get("cells") if isinstance(kept, dict) else None
        if isinstance(cells, dict):
            origin: list[Any] = [cells.get("longitude"), cells.get("latitude")]
            bearing: Any = cells.get("bearing_deg", 0.0)
            is_turned = type(bearing) in (int, float) and abs(bearing) <= FULL_TURN_DEG
            if is_position(origin) and is_turned:
                return Frame(origin[1], origin[0], bearing)
        shown = venue.properties.get("display_point")
        if point(shown) is None and isinstance(shown, dict):
            longitude, latitude = shown["coordinates"][:2]
            return Frame(round(latitude, ORIGIN_DECIMALS), round(longitude, ORIGIN_DECIMALS))
    firsts = (_first_position(feature) for features in by_type.values() for feature in features)
    longitude, latitude = next((first for first in firsts if first), (0.0, 0.0))
    return Frame(latitude, longitude)


def _first_place(features: Features, frame: Frame) -> Point | None:
    """The first corner of the venue; None where it has none that is a position."""
    first = next((first for venue in features.of("venue") if (first := _first_position(venue))), None)
    return frame.to_meters(*first) if first else None


def _first_position(feature: Feature) -> Point | None:
    geometry = feature.geometry if isinstance(feature.geometry, dict) else {}
    places: Any = geometry.get("coordinates") if geometry.get("type") in TYPES[feature.type].geometry else None
    while isinstance(places, list) and places and isinstance(places[0], list):
        places = places[0]
    return (places[0], places[1]) if is_position(places) else None
