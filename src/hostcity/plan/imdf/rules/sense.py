"""Sense: what holds between features, each by itself being as the standard says."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from hostcity.plan.imdf.categories import CONNECTOR_OF_UNIT
from hostcity.plan.imdf.features import Feature, Features
from hostcity.plan.imdf.rules.geometry import on_earth
from hostcity.plan.polygons import Point, is_near
from hostcity.plan.problems import Problem
from hostcity.plan.sentences import Sentence

OUT_M = 0.5  # how far a unit or an anchor may lie outside of what holds it: drawings are not exact


def venues(features: Features) -> Iterator[Problem]:
    """An archive is of one venue."""
    found = list(features.of("venue"))
    if len(found) != 1:
        what = Sentence("has {count:,} venues.", count=len(found))
        mend = Sentence("Keep exactly one.")
        yield Problem(code="imdf.venue.count", what=what, mend=mend, file="venue.geojson")


def buildings(features: Features) -> Iterator[Problem]:
    """A building has no shape of its own: a footprint gives it one."""
    drawn = {code for each in features.of("footprint") for code in each.properties["building_ids"]}
    for building in features.of("building"):
        if building.id not in drawn:
            what = Sentence("has no footprint.")
            yield building.problem("footprint", what, Sentence("Add one to footprint.geojson that names it."))


def units(features: Features) -> Iterator[Problem]:
    """Units lie on their level; where they do not, the level or the unit is in another place or unit."""
    by_id = features.by_id
    for feature in features.of("unit", "kiosk", "fixture", "section", "opening"):
        level = by_id[feature.level_id]
        out = _outside(feature, level)
        if out:
            what = Sentence("reaches out of its level at {place}.", place=on_earth(out, features.frame))
            mend = Sentence("Move it, or name the level on which it is.")
            yield feature.problem("outside", what, mend, at=out)


def anchors(features: Features) -> Iterator[Problem]:
    """Anchors lie in the unit that they name."""
    by_id = features.by_id
    for anchor in features.of("anchor"):
        unit = by_id[anchor.properties["unit_id"]]
        if unit.polygons and anchor.points and not _is_near(anchor.points[0], unit):
            what = Sentence("is not in its unit: {place}.", place=on_earth(anchor.points[0], features.frame))
            mend = Sentence("Move it, or name the unit in which it is.")
            yield dataclasses.replace(anchor.problem("outside", what, mend), level=unit.level_id)


def relationships(features: Features) -> Iterator[Problem]:
    """Stairs, escalators, lifts and ramps lead from somewhere to somewhere; one that is directed has both ends."""
    for each in features.of("relationship"):
        ends = [each.properties.get(name) for name in ("origin", "destination")]
        leads = each.category in CONNECTOR_OF_UNIT or each.properties["direction"] == "directed"
        if leads and None in ends:
            name = "origin" if ends[0] is None else "destination"
            what, mend = Sentence("leads from or to nowhere."), Sentence("Name both of its ends.")
            yield each.problem("ends", what, mend, column=name)


def _outside(feature: Feature, level: Feature) -> Point | None:
    """A corner of a feature that is well out of its level."""
    return next((corner for corner in feature.shape() if level.polygons and not _is_near(corner, level)), None)


def _is_near(point: Point, feature: Feature) -> bool:
    return any(is_near(point, polygon[0], OUT_M) for polygon in feature.polygons)
