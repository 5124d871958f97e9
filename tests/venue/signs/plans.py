"""Plans of signs for tests, as results keep them: made up, since nothing here plans."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from typing import Any

from hostcity.core.models import Result
from hostcity.core.plan_rows.queries import plan_of
from hostcity.core.results import keep_blob
from hostcity.venue.signs.drawing import planned_sha256
from hostcity.venue.signs.services.planning import keep_plan


def planned(
    code: str, area: str, node: str, *to: str, is_new: bool = True, bearing_deg: float = 90.0
) -> dict[str, Any]:
    """A face of a plan that names areas."""
    lines = [
        {
            "code": f"{code}-{at}",
            "name_en": f"Hall {each}",
            "name_zh": f"{each} 号馆",
            "arrow": "ahead",
            "pictogram": "hall",
            "to": f"areas.{each}",
        }
        for at, each in enumerate(to, 1)
    ]
    return {
        "code": code, "is_new": is_new, "area": area, "node": node, "at": [10.0, 10.0], "bearing_deg": bearing_deg, "height_m": 3.5,
        "letter_mm": 180.0, "mounting": "hung", "state": "proposed", "readers_h": 120.0, "lost_without_h": 900.0, "lines": lines,
    }  # fmt: skip


def told(faces: Sequence[dict[str, Any]], model: str = "recovery") -> dict[str, Any]:
    """Everything that a plan of signs says."""
    figure = {"faces": len(faces), "names": sum(len(each["lines"]) for each in faces)}
    return {
        "model": model, "faces_most": len(faces), "names_most": 6, "letter_mm": 180.0, "persons_h": 1000.0, "states": 9, "candidates": 4,
        "destinations": ["areas.A"], "followed": 50, "hours": 9.0, "browsing": 5, "mark": "assumed", "found": figure | {"value": 20.0},
        "as_it_hangs": figure | {"value": 90.0}, "corners": figure | {"value": 40.0}, "floor": figure | {"value": 80.0}, "unsigned": 100.0,
        "signed": 5.0, "bound": {"value": 10.0, "gap": 0.11, "is_optimal": False, "by": "prices"}, "left_out": [],
        "astray": [{"node": "n1", "level": "0", "at": [10.0, 10.0], "unsigned_h": 50.0, "found_h": 3.0}], "faces": list(faces),
    }  # fmt: skip


def keep(
    edition: Any, snapshot: Any, faces: Sequence[dict[str, Any]], *, is_of_now: bool = True, **asked: Any
) -> Result:
    """A plan of signs that is kept; of the edition's plan as it stands, or of another one."""
    said = told(faces)
    blob = keep_blob(gzip.compress(json.dumps(said).encode(), mtime=0)).sha256
    made_of = planned_sha256(plan_of(edition)) if is_of_now else ""
    inputs = {"result": None, "recovers": True, "afresh": False, "made_of": made_of} | asked
    summary = {name: value for name, value in said.items() if name not in ("faces", "astray", "destinations")}
    return keep_plan(edition=edition, snapshot=snapshot, inputs=inputs, summary=summary, blobs={"signs.json": blob})
