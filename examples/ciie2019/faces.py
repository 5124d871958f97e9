"""A small stock of signs that hang in the demonstration's venue already: assumed, with a few things wrong with it.

No count or place of a sign of this expo is public. A face hangs at each entrance and around the ring; some have faults as such stocks have.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from hostcity.plan.plan import Plan
from hostcity.plan.rows import Face, FaceLine
from hostcity.studies.signs.names import arrow_of, name_of, pictogram_of
from hostcity.studies.signs.network import network_of
from hostcity.studies.signs.sight import bearing

#: Crossing, from where its readers come, what is named.
HUNG = (
    ("r0-8", "W-badge", ("areas.1.1", "areas.2.1", "areas.3", "areas.4.1", "areas.5.1", "amenities.toilets")),
    ("r8-8", "W2-badge", ("areas.1.2", "areas.2.2", "areas.4.2", "areas.5.2", "areas.8.2")),
    ("r0-4", "N-badge", ("areas.5.1", "areas.6.1", "areas.7.1", "areas.8.1", "amenities.toilets")),
    ("r0-0", "E-badge", ("areas.4.1", "areas.5.1", "areas.3", "areas.6.1", "amenities.toilets")),
    ("r0-12", "S-badge", ("areas.2.1", "areas.3", "areas.4.1", "areas.1.1", "amenities.toilets")),
    ("r0-9", "r0-8", ("areas.1.1", "areas.2.1", "nodes.L2-platform")),
    ("r0-11", "r0-10", ("areas.2.1", "areas.3", "amenities.catering")),
    ("r0-13", "r0-12", ("areas.3", "areas.4.1")),
    ("r0-15", "r0-14", ("areas.4.1", "areas.5.1")),
    ("r0-1", "r0-0", ("areas.5.1", "areas.6.1", "amenities.catering")),
    ("r0-3", "r0-2", ("areas.6.1", "areas.7.1")),
    ("r0-5", "r0-4", ("areas.7.1", "areas.8.1")),
    ("r0-7", "r0-6", ("areas.8.1", "nodes.L2-platform")),
    ("r8-9", "r8-8", ("areas.1.2", "areas.2.2")),
    ("r8-7", "r8-8", ("areas.8.2", "areas.7.2")),
    ("r8-1", "r8-0", ("areas.5.2", "areas.6.2")),
)
STATES = ("installed", "checked", "installed", "checked", "installed")


def hung(plan: Plan) -> Plan:
    """The plan with its stock of faces."""
    network = network_of(plan, tuple(dict.fromkeys(name for *_, names in HUNG for name in names)))
    faces: list[Face] = []
    lines: list[FaceLine] = []
    for number, (node, source, names) in enumerate(HUNG, 1):
        row = plan.nodes[network.node_of[node]]
        piece = int(
            np.flatnonzero(
                (network.ways.tail == network.node_of[source]) & (network.ways.head == network.node_of[node])
            )[0]
        )
        heading = float(network.ways.east[piece]), float(network.ways.north[piece])
        code = f"E{number:02d}"
        faces.append(
            Face(
                code=code, area=row.area, x_m=row.x_m, y_m=row.y_m, bearing_deg=round(bearing(-heading[0], -heading[1]), 1),
                state=STATES[number % len(STATES)],
            )
        )  # fmt: skip
        for at, name in enumerate(names, 1):
            said, (sheet, _, key) = name_of(plan, name), name.partition(".")
            lines.append(
                FaceLine(
                    code=f"{code}-{at}", face=code, name_en=said.en, name_zh=said.zh, pictogram=pictogram_of(plan, name),
                    arrow=arrow_of(network, heading, int(network.next_piece[network.number_of[name], piece])),
                    **{{"areas": "area", "amenities": "amenity", "nodes": "node"}[sheet]: key},  # type: ignore[arg-type]
                )
            )  # fmt: skip
    return plan.replace(faces=tuple(_with_faults(faces)), face_lines=tuple(_with_old_words(lines)))


def _with_faults(faces: list[Face]) -> list[Face]:
    """One is damaged, one was lettered for a wall and hung high, one is approved and not made yet."""
    changes = {"E09": {"fault": "damaged"}, "E11": {"letter_mm": 60.0, "height_m": 6.0}, "E16": {"state": "approved"}}
    return [replace(each, **changes.get(each.code, {})) for each in faces]  # type: ignore[arg-type]


def _with_old_words(lines: list[FaceLine]) -> list[FaceLine]:
    """One arrow is of a year in which the ring was walked the other way; one name is written otherwise than on the rest."""
    changes = {"E07-2": {"arrow": "back"}, "E10-1": {"name_en": "Hall 5-1", "name_zh": "5-1 馆"}}
    return [replace(each, **changes.get(each.code, {})) for each in lines]  # type: ignore[arg-type]
