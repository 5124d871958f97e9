"""Of what an audit and a plan of signs are made: they hold as long as its hash is the same."""

from __future__ import annotations

import dataclasses

from hostcity.plan import Plan

#: Sheets that a network, what hides a face, and names come from.
SHEETS = (
    "levels", "areas", "stands", "openings", "connectors", "amenities", "nodes", "link_kinds", "links", "gates", "stations", "streams",
)  # fmt: skip
FACES = ("faces", "face_lines")


def audited_sha256(plan: Plan) -> str:
    """Of what an audit is made of: how far a face is makes no difference to it."""
    alike = tuple(dataclasses.replace(face, state="proposed") for face in plan.faces)
    return plan.replace(faces=alike).sha256_of((*SHEETS, *FACES))


def planned_sha256(plan: Plan) -> str:
    """Of what a plan of signs is made of, but for the trips of the day.

    Of a face it counts whether it stays, and whether it guides anybody: not how far it is from then on, nor which fault it has.
    """
    alike = tuple(
        dataclasses.replace(
            face,
            state="proposed" if face.state == "proposed" else "approved",
            fault="none" if face.fault == "none" else "damaged",
        )
        for face in plan.faces
    )
    return plan.replace(faces=alike).sha256_of((*SHEETS, *FACES))
