"""A level with the places where something lacks, numbered, and those where one more would help, as the text of an SVG."""

from __future__ import annotations

from collections.abc import Iterable

from hostcity.plan.polygons import Point
from hostcity.venue.drawings.svg import MARK, around, mark_svg
from hostcity.venue.facilities.queries import Marked
from hostcity.venue.queries import LevelMap
from hostcity.venue.svg import Words, box_of_level, level_svg

LACK, NEXT = "#b0241c", "#1f6f3f"
NEAR_M = 60.0  # shown around a mark, to each side


def marked_level(drawn: LevelMap, words: Words, marks: Iterable[Marked], shown: Marked | None) -> str:
    """The SVG of a level, or of the part around the mark that is ``shown``."""
    box = around(shown.at, NEAR_M) if shown else box_of_level(drawn)
    radius_m = MARK * (box[2] - box[0])
    here = [each for each in marks if each.level == drawn.level.code]
    circles = "".join(mark_svg(each.mark, each.sign, each.at, radius_m, color_of(each)) for each in _last(here, shown))
    text = level_svg(drawn, words, around=box if shown else None)
    # Without its class: the map's style sheet sizes names and symbols for the map's own script.
    return text.replace(' class="level"', "", 1).replace("</svg>\n", f"{circles}</svg>\n")


def color_of(mark: Marked) -> str:
    """In which color a mark is drawn."""
    return NEXT if mark.mark.startswith("next") else LACK


def _last(marks: list[Marked], shown: Marked | None) -> list[Marked]:
    """The one that is looked at, and the first, on top of others at the same place."""
    places: dict[Point, list[Marked]] = {}
    for each in marks:
        places.setdefault(each.at, []).append(each)
    return sorted(marks, key=lambda each: (each == shown, -places[each.at].index(each)))
