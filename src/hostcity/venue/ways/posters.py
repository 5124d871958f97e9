"""Posters that say where one is, with a code for a phone that leads to the ways from there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from hostcity.core.models import Edition
from hostcity.plan.sentences import Both
from hostcity.venue.queries import venue_map
from hostcity.venue.sights import FOUND
from hostcity.venue.ways.queries import Drawing, drawing_of

MOST_POSTERS = 200
USUAL = ("information",)  # amenities that get one when none is named; beside them every hall


@dataclass(frozen=True, slots=True)
class Poster:
    """One page of paper."""

    place: str
    code: str
    name: Both
    level: Both
    address: str
    picture: str  # the code for phones, an SVG


def places_for(edition: Edition, asked: Sequence[str]) -> list[str]:
    """Places SHEET.KEY: those that are named, as far as the drawing has them; else desks and halls."""
    drawing = drawing_of(edition)
    if asked:
        known = _rows(drawing)
        return [each for each in dict.fromkeys(asked) if each in known][:MOST_POSTERS]
    desks = [f"amenities.{each.code}" for each in drawing.amenities if each.kind in USUAL]
    return [*desks, *(f"areas.{each.code}" for each in drawing.areas if each.kind == "hall" and each.outline)][
        :MOST_POSTERS
    ]


def posters_of(edition: Edition, places: Sequence[str], address_of: Callable[[str], str]) -> list[Poster]:
    """Posters of places that the drawing has. ``address_of`` gives the public address of the ways from a place."""
    from hostcity.report.way_data import both

    drawing, venue = drawing_of(edition), venue_map(edition)
    level_of = {area.code: area.level for area in drawing.areas}
    levels = {each.level.code: each.level for each in venue.levels}
    rows = _rows(drawing)
    found = []
    for place in places:
        row, address = rows[place], address_of(place)
        of_area = (
            row.level
            if place.startswith("areas.")
            else level_of.get(getattr(row, "area", getattr(row, "start", "")), "")
        )
        level = levels.get(of_area)
        name = both(drawing.guide.name_of(place))
        said = (
            Both(level.name_en or level.code, level.name_zh or level.name_en or level.code) if level else Both("", "")
        )
        found.append(Poster(place, row.code, name, said, address, code_svg(address)))
    return found


def _rows(drawing: Drawing) -> dict[str, Any]:
    """What a visitor can start from."""
    return {f"{sheet}.{row.code}": row for sheet in FOUND for row in getattr(drawing, sheet)}


def code_svg(text: str) -> str:
    """A QR code (ISO/IEC 18004) of a text, with the quarter of redundancy that posters need, as an SVG of one path."""
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_Q, border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    size = len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="code" viewBox="0 0 {size} {size}" shape-rendering="crispEdges" '
        f'aria-hidden="true"><path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{dots}"/></svg>'
    )
