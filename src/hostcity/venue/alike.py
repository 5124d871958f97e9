"""Which of several of one name it is that is told of: those of a hall lie on different sides of it, or have codes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from hostcity.plan.polygons import Point, box_of
from hostcity.plan.rows import Connector
from hostcity.venue.queries import LevelMap
from hostcity.venue.svg import ends_on, middle_of

MIDDLE = 0.2  # of half the width or depth of an area: nearer to its middle no side is named


def which_of(row: Any, drawn: LevelMap) -> Iterator[str]:
    """On which side of its area an amenity or a connector lies, if another one there is called the same; else its code."""
    rows: Sequence[Any] = drawn.connectors if isinstance(row, Connector) else drawn.amenities
    like = [each for each in rows if _called(each) == _called(row)]
    if len(like) < 2:
        return
    sides = [_side(each, drawn) for each in like]
    side = _side(row, drawn)
    yield said_side(side) if side and sides.count(side) == 1 else row.code


def said_side(side: str) -> str:
    """A side of an area, as "n" and "se", in words."""
    words = {
        "n": _("in the north"), "ne": _("in the northeast"), "e": _("in the east"), "se": _("in the southeast"),
        "s": _("in the south"), "sw": _("in the southwest"), "w": _("in the west"), "nw": _("in the northwest"),
    }  # fmt: skip
    return words[side]


def _called(row: Any) -> tuple[str, ...]:
    """What people are told of it: these of one area are alike."""
    if isinstance(row, Connector):
        return row.kind, *sorted((row.start, row.end))
    return row.kind, row.area, row.name_en, row.name_zh


def _side(row: Any, drawn: LevelMap) -> str:
    """The eighth of its area in which a row lies, "" = in the middle, or not known."""
    spot, code = _spot(row, drawn)
    area = next((each for each in drawn.areas if each.code == code and each.outline), None)
    if area is None or spot is None:
        return ""
    west, south, east, north = box_of(area.outline)
    x, y = middle_of(area.outline)
    across, up = (spot[0] - x) / max(1.0, (east - west) / 2), (spot[1] - y) / max(1.0, (north - south) / 2)
    if max(abs(across), abs(up)) < MIDDLE:
        return ""
    eighth = round(math.atan2(up, across) / (math.pi / 4)) % 8
    return ("e", "ne", "n", "nw", "w", "sw", "s", "se")[eighth]


def _spot(row: Any, drawn: LevelMap) -> tuple[Point | None, str]:
    """Where a row lies on a level, and in which of its areas."""
    if not isinstance(row, Connector):
        return (row.x_m, row.y_m), row.area
    ends = ends_on(row, drawn)
    here = {area.code for area in drawn.areas}
    return (ends[0] if ends else None), row.start if row.start in here else row.end
