"""What of a plan a route book depends on: two plans that agree in it share one book."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from typing import Any

from hostcity.engines.wayfinding.profiles import Profile

VERSION = 2  # of the book's form and of how it is made

#: Sheets and their fields. Names, exhibitors and whatever says what is open now are no part of it.
FIELDS: dict[str, tuple[str, ...]] = {
    "levels": ("code", "elevation_m"),
    "areas": ("code", "level", "outline"),
    "nodes": ("code", "level", "area", "x_m", "y_m"),
    "links": ("code", "start", "end", "kind", "length_m", "width_m", "one_way"),
    "stands": ("code", "area", "kind", "outline", "height_m"),
    "openings": ("code", "area", "other", "line", "clear_m", "direction", "step_free"),
    "connectors": (
        "code", "kind", "start", "start_x_m", "start_y_m", "end", "end_x_m", "end_y_m", "width_m", "one_way", "cycle_s",
    ),
    "amenities": ("code", "area", "x_m", "y_m"),
}  # fmt: skip


def drawing_sha256(plan: Any) -> str:
    """Hash of the drawing's part of a plan: of a ``Plan``, or of anything else that has these sheets as tuples of rows."""
    sheets = [[_row(row, names) for row in getattr(plan, sheet)] for sheet, names in FIELDS.items()]
    return _sha256(sheets)


def content_sha256(plan: Any, profile: Profile, drawing: str = "") -> str:
    """Hash of the drawing's part of a plan (``drawing``, where it is known), of the profile's figures and of the version."""
    names = [each.name for each in dataclasses.fields(profile) if each.name not in ("name", "sources")]
    return _sha256([VERSION, {name: getattr(profile, name) for name in names}, drawing or drawing_sha256(plan)])


def _sha256(parts: Any) -> str:
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _row(row: Any, names: tuple[str, ...]) -> list[Any]:
    """Fields in one form: 20 and 20.0 are the same length."""
    return [_same(getattr(row, name)) for name in names]


def _same(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return float(value) + 0.0
    return [_same(each) for each in value] if isinstance(value, tuple) else value
