"""Faces of the plan on its network: who reads them, what they name, and a plan with new ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from hostcity.plan.plan import Plan
from hostcity.plan.provenance import figures_named
from hostcity.plan.rows import Face, FaceLine
from hostcity.studies.signs.names import pieces_of
from hostcity.studies.signs.network import SignNetwork
from hostcity.studies.signs.sight import unit

NEAR_M = 30.0  # from a face to the crossing that it is for
MOST_ASIDE_DEG = 60.0  # between who reads a face and straight towards it
STANDING = ("approved", "made", "installed", "checked")


@dataclass(frozen=True, eq=False)
class Hung:
    """A face on the network."""

    face: Face
    lines: tuple[FaceLine, ...]
    node: int  # the crossing that it is for; -1 = none is near
    piece: int  # on which its readers come there; -1 = nobody comes towards it
    heading: tuple[float, float]  # of its readers


def hung_of(network: SignNetwork, faces: Iterable[Face]) -> list[Hung]:
    """Faces with the crossing nearest to each on its level, and the way on which its readers come."""
    plan = network.plan
    lines: defaultdict[str, list[FaceLine]] = defaultdict(list)
    for line in plan.face_lines:
        lines[line.face].append(line)
    number = {level.code: at for at, level in enumerate(plan.levels)}
    level_of = {area.code: number[area.level] for area in plan.areas}
    return [_hung(network, face, tuple(lines[face.code]), level_of[face.area]) for face in faces]


def _hung(network: SignNetwork, face: Face, lines: tuple[FaceLine, ...], level: int) -> Hung:
    far_m = np.hypot(network.ways.x_m - face.x_m, network.ways.y_m - face.y_m)
    far_m = np.where(network.level_of == level, far_m, np.inf)
    node = int(far_m.argmin())
    east, north = unit(face.bearing_deg + 180.0)
    if far_m[node] > NEAR_M:
        return Hung(face, lines, -1, -1, (east, north))
    into = np.flatnonzero(network.ways.head == node)
    along = network.ways.east[into] * east + network.ways.north[into] * north
    best = int(into[along.argmax()]) if into.size and along.max() >= np.cos(np.radians(MOST_ASIDE_DEG)) else -1
    return Hung(face, lines, node, best, (east, north))


def named_by(network: SignNetwork, hung: Hung) -> list[int]:
    """Destinations that a face names with an arrow along the right way."""
    found = []
    for line in hung.lines:
        name = network.number_of.get(line.destination)
        if name is None or hung.piece < 0:
            continue
        right = int(network.next_piece[name, hung.piece])
        if right >= 0 and right in pieces_of(network, hung.heading, line.arrow, hung.node):
            found.append(name)
    return found


def with_only_faces(plan: Plan, faces: Iterable[Face], lines: Iterable[FaceLine]) -> Plan:
    """The plan with these faces and no others, and nothing said of the origin of faces that are gone."""
    changed = plan.replace(faces=tuple(faces), face_lines=tuple(lines))
    codes = {sheet: {row.code for row in getattr(changed, sheet)} for sheet in ("faces", "face_lines")}
    kept = tuple(
        row
        for row in plan.provenance
        if row.figure.partition(".")[0] not in codes or figures_named(codes, row.figure) is None
    )
    return changed.replace(provenance=kept)


def with_faces(plan: Plan, faces: Iterable[Face], lines: Iterable[FaceLine]) -> Plan:
    """The plan with new faces, proposed ones of before left out."""
    kept = tuple(face for face in plan.faces if face.state != "proposed")
    codes = {face.code for face in kept}
    of_kept = tuple(line for line in plan.face_lines if line.face in codes)
    return plan.replace(faces=(*kept, *faces), face_lines=(*of_kept, *lines))
