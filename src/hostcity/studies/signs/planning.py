"""A plan of faces for a plan's venue: found, bounded, and told face by face."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.signs import Bound, SignPlan, SignProblem, bound_signs, busiest_corners, most_floor, plan_signs
from hostcity.engines.signs.planning import persons_in, plan_of, signing
from hostcity.engines.signs.states import Chances, passing_of, sign_problem
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows import EASE_OF_DISTANCE, Face, FaceLine
from hostcity.plan.sentences import Sentence
from hostcity.studies.signs.astray import Astray, astray_of
from hostcity.studies.signs.crowds import clear_share
from hostcity.studies.signs.demand import Demand
from hostcity.studies.signs.hanging import STANDING, hung_of, named_by, with_faces, with_only_faces
from hostcity.studies.signs.names import arrow_of, name_of, pictogram_of
from hostcity.studies.signs.network import SignNetwork, density_of, network_of
from hostcity.studies.signs.sight import bearing, nodes_seen

Floats = NDArray[np.float64]
HEIGHT_M, LETTER_MM = 3.5, 180.0
MOST_FACES, MOST_NAMES = 5_000, 20
MOST_NODES = 5_000  # who sees whom is asked of every pair
BOUND_S = 60.0
BUILT, PLANNED = 0.1, 0.5  # of the work


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedFace:
    """A face of the plan that was found, and what it is good for."""

    row: Face
    lines: tuple[FaceLine, ...]
    node: str  # the crossing that it is for
    is_new: bool
    readers_h: float  # persons an hour whom it tells the way, in the mean
    lost_without_h: (
        float  # without it alone: meters more that they walk in vain an hour, or persons fewer who are guided
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class SignStudy:
    """Which faces to hang, and how good that is beside other plans and a bound."""

    faces: tuple[PlannedFace, ...]  # the dearest first
    found: SignPlan = field(repr=False)
    as_it_hangs: SignPlan = field(repr=False)  # what stays, alone
    corners: SignPlan = field(repr=False)  # as many at the busiest corners
    floor: SignPlan = field(repr=False)  # as many where most floor sees them
    bound: Bound
    demand: Demand = field(repr=False)
    recovers: bool
    is_afresh: bool  # nothing that hung stays
    most_faces: int  # that may hang, those that stay included
    most_names: int
    letter_mm: float
    states: int
    candidates: int
    took_s: tuple[float, float, float]  # of processor time: to build the problem, to plan, to bound
    left_out: tuple[str, ...]  # faces of the plan that stay as they are, but tell nobody a right way
    network: SignNetwork = field(repr=False)
    astray: tuple[Astray, ...] = ()  # where people turn wrong, the worst place without signs first


@dataclass(frozen=True, eq=False)
class _Venue:
    network: SignNetwork
    problem: SignProblem
    sees: NDArray[np.bool_]
    passing: Floats
    may_hang: NDArray[np.bool_]  # [F]


class _Kept:
    """Faces that stay as they are: by the piece on which their readers come, what they name; and those that tell nobody a right way."""

    def __init__(self, venue: _Venue, faces: Iterable[Face]) -> None:
        self.named = np.zeros((venue.problem.faces, venue.problem.destinations), bool)
        self.face_of: dict[int, list[str]] = {}
        left_out = []
        for each in hung_of(venue.network, (face for face in faces if face.state in STANDING and face.fault == "none")):
            told = named_by(venue.network, each)
            if told:
                self.named[each.piece, told] = True
                self.face_of.setdefault(each.piece, []).append(each.face.code)
            else:
                left_out.append(each.face.code)
        self.left_out = tuple(left_out)


def plan_faces(
    plan: Plan,
    demand: Demand,
    *,
    faces: int,
    names: int = 6,
    recovers: bool = True,
    afresh: bool = False,
    letter_mm: float = LETTER_MM,
    bound_s: float = BOUND_S,
    seed: int = 1,
    progress: Callable[[float], None] | None = None,
) -> SignStudy:
    """Which faces to hang for the trips of a day.

    Parameters
    ----------
    faces, names
        At most so many new faces, of at most so many names each.
    recovers
        Who turns wrong walks on from there; else they are lost, and the share that is guided all the way counts.
    afresh
        Nothing that hangs already stays. Otherwise faces that are approved or further stay as they are.
    bound_s
        Processor time for the bound. [s]

    Raises
    ------
    PlanError
        When there is nothing to plan: no trips, no room for a face or a name, or a network of more than 5,000 nodes.
    """
    _check(plan, demand, faces, names, letter_mm)
    tell = progress or (lambda _share: None)
    clock = [time.process_time()]
    venue = _venue_of(plan, demand, letter_mm, recovers=recovers)
    clock.append(time.process_time())
    tell(BUILT)
    network, problem = venue.network, venue.problem
    kept = _Kept(venue, () if afresh else plan.faces)
    hung, face_of = kept.named, kept.face_of
    stays = hung.any(axis=1) | ~venue.may_hang
    most = faces + len(face_of)
    found = plan_signs(problem, faces=most, names=names, hung=hung, stays=stays, seed=seed)
    clock.append(time.process_time())
    tell(PLANNED)
    at_best = -found.shortest_m if recovers else math.inf  # in vain nobody walks less than nothing
    bound = bound_signs(
        problem, found, faces=most, names=names, seconds=bound_s, hung=hung, stays=stays, at_best=at_best
    )
    clock.append(time.process_time())
    tell(1.0)
    passing = np.where(venue.may_hang[:, None], venue.passing, 0.0)
    return SignStudy(
        faces=_told(venue, found, face_of, letter_mm, plan), found=found,
        as_it_hangs=plan_of(problem, hung), is_afresh=afresh,
        corners=busiest_corners(problem, passing, faces=most, names=names),
        floor=most_floor(problem, passing, venue.sees.T[network.ways.head] & venue.may_hang[:, None], faces=most, names=names),
        bound=bound, demand=demand, recovers=recovers, most_faces=most, most_names=names, letter_mm=letter_mm,
        states=int((problem.signed > problem.plain).sum()), candidates=int(venue.may_hang.sum()),
        took_s=tuple(end - begin for begin, end in pairwise(clock)),  # type: ignore[arg-type]
        left_out=kept.left_out, network=network, astray=astray_of(network, problem, found),
    )  # fmt: skip


def _check(plan: Plan, demand: Demand, faces: int, names: int, letter_mm: float) -> None:
    problems = []
    for value, most, code in ((faces, MOST_FACES, "faces"), (names, MOST_NAMES, "names")):
        if not 1 <= value <= most:
            what = Sentence("--{option} {value} is out of range.", option=code, value=value)
            mend = Sentence("Give a whole number from 1 to {most:,}.", most=most)
            problems.append(Problem(code=f"signs.{code}", what=what, mend=mend))
    if not 5 <= letter_mm <= 2000:
        what = Sentence("--{option} {value} is out of range.", option="letters", value=f"{letter_mm:g}")
        mend = Sentence("Give a height from 5 to 2,000 mm.")
        problems.append(Problem(code="signs.letters", what=what, mend=mend))
    if len(plan.nodes) > MOST_NODES:
        what, mend = (
            Sentence("has {count:,} rows.", count=len(plan.nodes)),
            Sentence("Give at most {most:,}.", most=MOST_NODES),
        )
        problems.append(Problem(code="signs.nodes", sheet="nodes", what=what, mend=mend))
    if not demand.destinations:
        what = Sentence("Nobody whose moves were kept walks from one area to another.")
        mend = Sentence("Give the model a replay share, and rehearse the day again.")
        problems.append(Problem(code="signs.trips", what=what, mend=mend))
    if problems:
        raise PlanError(problems, Sentence("the signs that were asked for"))


def _venue_of(plan: Plan, demand: Demand, letter_mm: float, *, recovers: bool) -> _Venue:
    network = network_of(plan, demand.destinations)
    reach_m = letter_mm / 1000.0 / EASE_OF_DISTANCE
    sees = nodes_seen(network, reach_m, HEIGHT_M)
    clear = clear_share(density_of(network, demand.density_per_m2), HEIGHT_M)
    problem = sign_problem(
        network.ways, network.towards, network.is_there, _starts(network, demand.trips_h), sees, Chances(reading_m=reach_m),
        recovers=recovers, clear=clear,
    )  # fmt: skip
    kind_of = {area.code: area.kind for area in plan.areas}
    may_hang = np.array([kind_of[node.area] != "outside" for node in plan.nodes])[network.ways.head]
    may_hang &= (network.ways.east != 0) | (network.ways.north != 0)  # else it is not known from where its readers come
    everywhere = np.ones(problem.starts.size, np.int64)
    passing = passing_of(network.ways, persons_in(problem, everywhere), problem.destinations)
    return _Venue(network, problem, sees, passing, may_hang)


def _starts(network: SignNetwork, trips_h: Floats) -> Floats:
    """Trips by the piece on which they begin: from any side but that to which they go, since who stayed has looked around.

    Trips that no way leads on are left out: ``float64[T, E]``.
    """
    ways = network.ways
    starts = np.zeros((len(network.destinations), ways.tail.size))
    for node in range(len(network.plan.nodes)):
        into = np.flatnonzero(ways.head == node)
        for name in np.flatnonzero(trips_h[:, node]).tolist():
            right = int(network.towards[name, node])
            if right < 0:
                continue
            others = into[ways.tail[into] != ways.head[right]]
            begin = others if others.size else into
            starts[name, begin] += trips_h[name, node] / begin.size
    return starts


def _told(
    venue: _Venue, found: SignPlan, face_of: dict[int, list[str]], letter_mm: float, plan: Plan
) -> tuple[PlannedFace, ...]:
    """Every face that hangs, the dearest first; new ones get codes that the plan does not have."""
    problem, taken = venue.problem, {face.code for face in plan.faces}
    pairs = np.flatnonzero(found.named.ravel())
    covered = {int(pair): problem.covered[problem.first[pair] : problem.first[pair + 1]] for pair in pairs}
    mass = persons_in(problem, signing(problem, found.named))
    rows = {face.code: face for face in plan.faces}
    lines_of: dict[str, list[FaceLine]] = {}
    for line in plan.face_lines:
        lines_of.setdefault(line.face, []).append(line)
    told, number = [], 0
    for piece in sorted(found.faces.tolist(), key=lambda each: (-found.lost_without[each], each)):
        names = np.flatnonzero(found.named[piece]).tolist()
        readers = sum(float(mass[covered[piece * problem.destinations + name]].sum()) for name in names)
        node = plan.nodes[int(venue.network.ways.head[piece])]
        shared = {"node": node.code, "readers_h": readers, "lost_without_h": float(found.lost_without[piece])}
        if piece in face_of:
            told += [
                PlannedFace(row=rows[code], lines=tuple(lines_of.get(code, ())), is_new=False, **shared)  # type: ignore[arg-type]
                for code in face_of[piece]
            ]  # fmt: skip
            continue
        number += 1
        while f"F{number:04d}" in taken:
            number += 1
        row, lines = _rows(venue.network, piece, names, f"F{number:04d}", letter_mm)
        told.append(PlannedFace(row=row, lines=lines, is_new=True, **shared))  # type: ignore[arg-type]
    return tuple(told)


def plan_with_signs(plan: Plan, study: SignStudy) -> Plan:
    """The plan with the new faces in it, as proposed ones, instead of those of before that do not stay."""
    new = [each for each in study.faces if each.is_new]
    rows = [each.row for each in new], [line for each in new for line in each.lines]
    return with_only_faces(plan, *rows) if study.is_afresh else with_faces(plan, *rows)


def rows_of(plan: Plan, study: SignStudy, of: SignPlan) -> tuple[tuple[Face, ...], tuple[FaceLine, ...]]:
    """All faces of one of a study's plans as rows, each made anew, with codes that ``plan`` does not have."""
    taken, number = {face.code for face in plan.faces}, 0
    faces: list[Face] = []
    lines: list[FaceLine] = []
    for piece in of.faces.tolist():
        number += 1
        while f"F{number:04d}" in taken:
            number += 1
        names = np.flatnonzero(of.named[piece]).tolist()
        row, said = _rows(study.network, piece, names, f"F{number:04d}", study.letter_mm)
        faces.append(row)
        lines += said
    return tuple(faces), tuple(lines)


def _rows(
    network: SignNetwork, piece: int, names: list[int], code: str, letter_mm: float
) -> tuple[Face, tuple[FaceLine, ...]]:
    """A new face over a crossing, as rows of the plan: lines by arrow, from the left, as they stand on it."""
    plan = network.plan
    node = plan.nodes[int(network.ways.head[piece])]
    heading = float(network.ways.east[piece]), float(network.ways.north[piece])
    row = Face(
        code=code, area=node.area, x_m=node.x_m, y_m=node.y_m, height_m=HEIGHT_M, letter_mm=letter_mm, state="proposed",
        bearing_deg=round(bearing(-heading[0], -heading[1]), 1) if heading != (0.0, 0.0) else 0.0,
    )  # fmt: skip
    arrows = {name: arrow_of(network, heading, int(network.next_piece[name, piece])) for name in names}
    lines = []
    for at, name in enumerate(sorted(names, key=lambda each: (arrows[each], network.destinations[each])), 1):
        destination = network.destinations[name]
        sheet, _, key = destination.partition(".")
        said = name_of(plan, destination)
        where = {"areas": "area", "amenities": "amenity", "nodes": "node"}[sheet]
        lines.append(
            FaceLine(
                code=f"{code}-{at}", face=code, name_en=said.en, name_zh=said.zh, arrow=arrows[name],
                pictogram=pictogram_of(plan, destination), **{where: key},
            )
        )  # fmt: skip
    return row, tuple(lines)
