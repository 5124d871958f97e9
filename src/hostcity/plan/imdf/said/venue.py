"""Grounds, levels, and rows that could not be drawn."""

from __future__ import annotations

from typing import Any

from hostcity.plan.imdf import meaning
from hostcity.plan.imdf.drawing import DRAWN
from hostcity.plan.imdf.features import KEPT
from hostcity.plan.imdf.kept import kept_of, row_of
from hostcity.plan.imdf.said.context import Said, sheet_of, text_of
from hostcity.plan.sentences import Sentence

LEVEL_M = 6.0  # from one level to the next where an archive tells no heights
ADDRESS = ("address", "locality", "country")


def grounds(said: Said) -> None:
    """Where the venue lies: name, address, and the origin of the drawing."""
    venue = next(said.features.of("venue"))
    cells = kept_of(venue, "grounds")
    if not cells:
        cells = {"code": said.code("grounds", meaning.names_of(venue.properties["name"], said.language)[0], "venue")}
    cells |= {
        "latitude": said.frame.latitude, "longitude": said.frame.longitude, "bearing_deg": said.frame.bearing_deg,
    }  # fmt: skip
    written = meaning.labels_of(cells.get("name_en"), cells.get("name_zh"), cells.get("code"))
    if written != venue.properties["name"]:
        cells |= said.names(venue)
    address = said.by_id[venue.properties["address_id"]].properties
    if any(meaning.address_of(cells)[name] != address[name] for name in ADDRESS):
        cells |= {name: address[name] for name in ADDRESS}
    said.add("grounds", cells, venue, row_of(venue))


def levels(said: Said) -> None:
    """Every level; heights that nobody tells are a usual one for each floor."""
    is_assumed = False
    for level in said.features.of("level"):
        cells = kept_of(level, "levels")
        if not cells:
            short = meaning.names_of(level.properties["short_name"], said.language)
            ordinal = level.properties["ordinal"]
            cells = {"code": said.code("levels", short[0] or short[1], f"L{ordinal}"), "elevation_m": LEVEL_M * ordinal}
            is_assumed = is_assumed or ordinal != 0
        if meaning.labels_of(cells.get("name_en"), cells.get("name_zh"), cells.get("code")) != level.properties["name"]:
            cells |= said.names(level)
        said.level_codes[level.id] = text_of(cells.get("code"))
        said.add("levels", cells, level, row_of(level))
    if is_assumed:
        what = Sentence("tells no heights: levels are taken to be {height:g} m apart.", height=LEVEL_M)
        said.note("heights", what, Sentence("Correct column elevation_m of sheet levels."), "level.geojson")


def undrawn(said: Said) -> None:
    """Rows that IMDF could not say at all, kept with the venue."""
    venue = next(said.features.of("venue"))
    kept = venue.properties.get(KEPT)
    sheets = kept.get("undrawn") if isinstance(kept, dict) else None
    for sheet in DRAWN:
        rows: Any = sheets.get(sheet) if isinstance(sheets, dict) else None
        for each in rows if isinstance(rows, list) else ():
            if isinstance(each, dict) and isinstance(each.get("cells"), dict):
                row = each.get("row")
                said.add(sheet, each["cells"], venue, row if type(row) is int else None)
                if sheet == "areas":
                    said.undrawn_areas.add(text_of(each["cells"].get("code")))


def left_out(said: Said) -> None:
    """Types of features that a plan does not have."""
    why = Sentence("a plan has no such thing.")
    for feature in said.features.of("section", "geofence", "detail"):
        if not sheet_of(feature):
            said.leave_out(feature, why)
