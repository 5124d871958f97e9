"""What faces show to who reads them: the ways onto which their arrows lead, for a day on which newcomers err."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from hostcity.engines.day.turns import ShownWays
from hostcity.plan.plan import Plan
from hostcity.plan.rows import EASE_OF_DISTANCE
from hostcity.studies.signs.audit import unreadable_faces
from hostcity.studies.signs.crowds import hidden_m2
from hostcity.studies.signs.hanging import Hung, hung_of
from hostcity.studies.signs.names import pieces_of
from hostcity.studies.signs.network import SignNetwork, network_of
from hostcity.studies.signs.sight import sights_of


def shown_by_faces(plan: Plan) -> ShownWays:
    """What every face of a plan shows that can be read and has no fault, whatever its state: a plan is played as written.

    A face shows the ways on to who comes to its crossing, and straight on to who comes to a crossing before it, as far as its
    letters are read at ease and nothing hides it: an arrow holds from there on. How heads hide it in a crowd is taken as where it
    is hidden least, see `crowds`, also from farther away.

    Raises
    ------
    PlanError
        When outlines make no floor.
    """
    network = network_of(plan, ())
    unreadable = unreadable_faces(plan)
    hung = hung_of(network, (face for face in plan.faces if face.fault == "none" and face.code not in unreadable))
    chains = _seen_along(network, [each for each in hung if each.piece >= 0])
    links = _links_of_pieces(network)
    goals: dict[str, int] = {}
    hides_m2: dict[tuple[int, int, int], float] = {}
    for each, chain in chains:
        hidden = hidden_m2(each.face.height_m)
        for line in each.lines:
            if not line.destination:
                continue
            goal = goals.setdefault(line.destination, len(goals))
            onto = pieces_of(network, each.heading, line.arrow, each.node)
            for piece in chain:
                for behind in links[piece]:
                    for way in (way for next_piece in onto for way in links[next_piece]):
                        at = (goal, behind, way)
                        hides_m2[at] = min(hidden, hides_m2.get(at, hidden))
                onto = [piece]
    rows = sorted(hides_m2)
    table = np.array(rows, np.int32).reshape(-1, 3)
    hides = np.array([hides_m2[row] for row in rows], np.float32)
    return ShownWays(goals=tuple(goals), goal=table[:, 0], behind=table[:, 1], way=table[:, 2], hides_m2=hides)


def _seen_along(network: SignNetwork, hung: list[Hung]) -> Iterator[tuple[Hung, list[int]]]:
    """Each face, and the pieces at whose ends it is read: that to its crossing, and those straight before it."""
    ways, places = network.ways, network.places_m
    chains = [_chain(network, each) for each in hung]
    asked = [(number, piece) for number, chain in enumerate(chains) for piece in chain[1:]]
    hidden: set[tuple[int, int]] = set()
    for at, level in enumerate(network.plan.levels):
        here = [(number, piece) for number, piece in asked if network.level_of[hung[number].node] == at]
        if not here:
            continue
        eyes = places[[int(ways.head[piece]) for _, piece in here]]
        faces = [hung[number].face for number, _ in here]
        where = np.array([(face.x_m, face.y_m) for face in faces])
        hides = sights_of(network.plan, level.code).hides(eyes, where, np.array([face.height_m for face in faces]))
        hidden |= {pair for pair, what in zip(here, hides, strict=True) if what is not None}
    for number, (each, chain) in enumerate(zip(hung, chains, strict=True)):
        seen = chain[:1]
        for piece in chain[1:]:
            if (number, piece) in hidden:
                break
            seen.append(piece)
        yield each, seen


def _chain(network: SignNetwork, hung: Hung) -> list[int]:
    """The piece to a face's crossing and those straight before it from whose ends it is near enough to be read at ease."""
    ways = network.ways
    reach_m = hung.face.letter_mm / 1000.0 / EASE_OF_DISTANCE
    chain = [hung.piece]
    while True:
        here, before = int(ways.tail[chain[-1]]), int(ways.straight_before[chain[-1]])
        if here < 0 or before < 0 or before in chain or network.level_of[here] != network.level_of[hung.node]:
            return chain
        if np.hypot(ways.x_m[here] - hung.face.x_m, ways.y_m[here] - hung.face.y_m) > reach_m:
            return chain
        chain.append(before)


def _links_of_pieces(network: SignNetwork) -> list[list[int]]:
    """The directed links of each piece: several where stairs, escalator and lift are side by side."""
    between: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for number, link in enumerate(network.plan.links):
        start, end = network.node_of[link.start], network.node_of[link.end]
        between[start, end].append(2 * number)
        if not link.one_way:
            between[end, start].append(2 * number + 1)
    pairs = zip(network.ways.tail.tolist(), network.ways.head.tolist(), strict=True)
    return [between.get(pair, []) for pair in pairs]
