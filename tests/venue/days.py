"""Rehearsed days for tests of the map, as results keep them: made up, since nothing here plays."""

from __future__ import annotations

import gzip
import io
from typing import Any

import numpy as np

from hostcity.core.results import keep_blob, keep_result, take_snapshot
from hostcity.report.packed import pack

MINUTES = 4
START_S = 9 * 3600.0


def head(links: list[list[Any]], nodes: list[list[float]]) -> dict[str, Any]:
    """What a day says of itself; two levels, a hall on each."""
    return {
        "clock": {"start_s": START_S, "end_s": START_S + 60.0 * MINUTES, "minute_s": 60.0, "slot_s": 300.0, "minutes": MINUTES,
                  "slots": 1, "gates_open_s": START_S, "opens_s": START_S, "last_entry_s": START_S, "closes_s": START_S},
        "density_step_per_m2": 0.02, "los_from_per_m2": [0.31, 0.43, 0.72, 1.08, 2.17], "replay_share": 1.0,
        "venue": {
            "levels": [{"code": "0", "name": ["Ground", "地面层"]}, {"code": "1", "name": ["Upper", "上层"]}],
            "areas": [{"code": "A", "name": ["Hall A", "A 号馆"], "kind": "hall", "level": 0, "gross_m2": 800.0, "capacity": None,
                       "inside": True, "outline": [0, 0, 40, 0, 40, 20, 0, 20]}],
            "nodes": nodes, "links": links, "stations": [], "gates": [], "streams": [],
        },
        "departures": [], "reported": [], "events": [], "words": {},
    }  # fmt: skip


NODES = [[0, 0, 35.0, 10.0, 50.0], [1, 0, 37.0, 10.0, 50.0], [0, 0, 5.0, 10.0, 50.0]]
LINKS = [["up", 0, 1, "stairs", 2.0], ["aisle", 2, 0, "level", 4.0], ["gone", 0, 2, "level", 3.0]]
#: Persons/m2 over 0.02, minute by minute.
DENSITY = np.array([[0, 0, 0], [10, 20, 99], [60, 30, 99], [5, 0, 0]], np.uint8)


def kept_arrays() -> bytes:
    """Two hours of 300 people in hall A, 100 in hall B, and who queued at a station: ten, one of them for 20 minutes."""
    file = io.BytesIO()
    waits = np.array([1200.0] + [30.0] * 9)
    np.savez(
        file, clock_start_s=np.array(START_S), area_codes=np.array(["A", "B", "city"]),
        area_persons=np.array([[300] * 120, [100] * 120, [5] * 120]), station_codes=np.array(["food"]),
        station_wait_p95_s=np.array([[30.0, 800.0]]), service_station=np.zeros(10, np.int16), service_wait_s=waits,
    )  # fmt: skip
    return file.getvalue()


def keep_day(edition: Any, by: Any, links: list[list[Any]] | None = None) -> Any:
    """A result whose page carries a day of four minutes."""
    known = links or LINKS
    moves = {
        "move_count": [2], "move_person": [0], "move_at": [0, 120], "move_kind": [1, 3], "move_place": [0, 0],
        "area_persons": [0, 400, 400, 0], "queue": [], "lanes": [], "held_outside": [0] * MINUTES,
    }  # fmt: skip
    arrays = {"density": DENSITY[:, : len(known)]} | {
        name: np.array(values, np.uint16) for name, values in moves.items()
    }
    page = f'<html><script id="day">{pack(head(known, NODES), arrays)}</script></html>'
    blob = keep_blob(gzip.compress(page.encode(), mtime=0))
    return keep_result(
        edition=edition, kind="day", snapshot=take_snapshot(edition=edition, by=by), inputs={"seed": 1},
        engine_version="0", results_sha256="0" * 64, summary={}, blobs={"report.html.gz": blob.sha256, "arrays.npz": keep_blob(kept_arrays()).sha256},
    )  # fmt: skip
