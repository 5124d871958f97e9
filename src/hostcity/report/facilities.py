"""What is said of facilities, for programs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from hostcity.studies.facilities import Lack, Lacks, NextPlace


def facilities_data(lacks: Lacks, next_places: Sequence[NextPlace]) -> dict[str, Any]:
    """Every lack, and how far each kind is; a way that nobody can walk is null."""
    return {
        "persons_h": round(lacks.persons_h, 1), "left_out": list(lacks.left_out), "unreached": list(lacks.unreached),
        "often": [_lack(each) for each in lacks.often],
        "seldom": [_lack(each) for each in lacks.seldom],
        "served": [
            {
                "kind": each.kind, "amenities": each.amenities, "mean_m": _number(each.mean_m), "p95_m": _number(each.p95_m),
                "beyond_share": round(each.beyond_share, 4), "walk_m": each.want.walk_m, "wait_s": each.want.wait_s,
                "uses_per_h": each.want.uses_per_h, "mark": "assumed",
            }
            for each in lacks.served
        ],
        "next": [
            {"kind": each.kind, "area": each.area, "at": [round(place, 1) for place in each.at], "share": round(each.share, 4)}
            for each in next_places
        ],
    }  # fmt: skip


def _lack(lack: Lack) -> dict[str, Any]:
    return {
        "kind": lack.kind, "area": lack.area, "cause": lack.cause, "uses": round(lack.uses, 1),
        "persons_h": round(lack.persons_h, 1), "share": round(lack.share, 4), "worst_m": _number(lack.worst_m),
        "worst_at": [round(place, 1) for place in lack.worst_at], "station": lack.station,
        "wait_p95_s": _number(lack.wait_p95_s), "worst_at_s": _number(lack.worst_at_s),
    }  # fmt: skip


def _number(value: float) -> float | None:
    return round(value, 1) if math.isfinite(value) else None
