"""What the features of an archive say, as raw rows of a plan's sheets.

A feature that was written from a plan keeps its row; where IMDF says something else of it by now, another program has
changed it, and IMDF is right. Any other feature is read by what IMDF means with it. What a plan has no place for is left
out, and said so.
"""

from __future__ import annotations

from hostcity.plan.imdf.features import Features
from hostcity.plan.imdf.said import amenities, areas, stands, venue, ways
from hostcity.plan.imdf.said.context import RawRow, Said

__all__ = ["RawRow", "Said", "said_by"]


def said_by(features: Features) -> Said:
    """Everything that features without problems say."""
    said = Said(features)
    for read in (
        venue.grounds, venue.levels, venue.undrawn, areas.areas, stands.stands, ways.openings, ways.connectors,
        amenities.amenities, venue.left_out,
    ):  # fmt: skip
        read(said)
    return said
