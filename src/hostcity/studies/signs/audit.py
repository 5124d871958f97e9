"""What is wrong with the faces of a plan: found where it is, with a code, as every other problem of a plan."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np

from hostcity.engines.signs.states import STRAIGHT_DEG
from hostcity.plan.check.finding import RowOf, problem_at
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Listing, Problem
from hostcity.plan.rows import EASE_OF_DISTANCE, EYE_HEIGHT_M, LEAST_OF_DISTANCE, Area, FaceLine
from hostcity.plan.sentences import Both, Choice, Sentence
from hostcity.studies.signs.crowds import UP_DEG
from hostcity.studies.signs.hanging import NEAR_M, Hung, hung_of
from hostcity.studies.signs.names import arrow_of, name_of, pieces_of
from hostcity.studies.signs.network import SignNetwork, network_of
from hostcity.studies.signs.sight import Sights, sights_of

LONGER, LONGER_M = 1.25, 20.0  # a way that is longer by so much is not the one to show
EYES = 5  # along the approach, from which a face is looked for


def audit_faces(plan: Plan, row_of: RowOf | None = None) -> tuple[Problem, ...]:
    """Everything that is wrong with the faces of a plan; empty = nothing is, or there are none.

    Faults to mend; faces that nobody passes; letters too small for the distance from which they must be read; faces behind
    stands and walls; arrows where no way is, or onto a longer one; lines that contradict one another; arrows that lead in a
    circle; names that stop before they lead there, or begin only after a turn; names that differ from face to face. The plan is
    one without problems. What only the day can tell, such as crowds in the way, is not in it.

    Raises
    ------
    PlanError
        When outlines make no floor.
    """
    if not plan.faces:
        return ()
    audit = _Audit(plan, row_of or (lambda _sheet, index: index + 1))
    found = Listing()
    for check in (
        audit.faults, audit.places, audit.letters, audit.hidden, audit.arrows, audit.contradictions, audit.circles, audit.gaps,
        audit.early, audit.names,
    ):  # fmt: skip
        found.add(*check())
    return tuple(found)


def unreadable_faces(plan: Plan) -> frozenset[str]:
    """Codes of faces that nobody reads where they must be read: letters too small, or hidden all along the approach."""
    audit = _Audit(plan, lambda _sheet, index: index)
    return frozenset(plan.faces[found.row].code for check in (audit.letters, audit.hidden) for found in check())


class _Audit:
    """Faces on the network, looked at together."""

    def __init__(self, plan: Plan, row_of: RowOf) -> None:
        self.plan, self.row_of = plan, row_of
        wanted = tuple(dict.fromkeys(line.destination for line in plan.face_lines if line.destination))
        self.network: SignNetwork = network_of(plan, wanted)
        self.all = hung_of(self.network, plan.faces)
        self.hung = [each for each in self.all if each.face.fault == "none"]
        self.face_row = {face.code: number for number, face in enumerate(plan.faces)}
        self.line_row = {line.code: number for number, line in enumerate(plan.face_lines)}
        self.level_of = {area.code: area.level for area in plan.areas}

    def faults(self) -> Iterator[Problem]:
        """Faces that guide nobody until they are mended."""
        for each in self.all:
            if each.face.fault != "none":
                what = Sentence(
                    "face {code} is {fault}: it guides nobody.", code=each.face.code, fault=Choice(each.face.fault)
                )
                yield self._of_face(each, "fault", "open", what, Sentence("Mend it, and set the fault to none."))

    def places(self) -> Iterator[Problem]:
        """Faces that say nothing, are at no crossing, or that nobody comes towards."""
        for each in self.hung:
            if not each.lines:
                what = Sentence("face {code} has no line.", code=each.face.code)
                yield self._of_face(each, "code", "blank", what, Sentence("Add lines to sheet face_lines."))
            if each.node < 0:
                what = Sentence("face {code} has no crossing within {near:g} m.", code=each.face.code, near=NEAR_M)
                yield self._of_face(each, "x_m", "away", what, Sentence("Hang it where people choose their way."))
            elif each.piece < 0:
                what = Sentence("face {code} looks to where nobody comes from.", code=each.face.code)
                mend = Sentence("Turn it to those who come to {node}.", node=self._node(each.node))
                yield self._of_face(each, "bearing_deg", "unread", what, mend)

    def letters(self) -> Iterator[Problem]:
        """Letters that cannot be read from where they must be: before one stands below the face, or at the crossing."""
        for each in self.hung:
            needed = self._needed_m(each)
            read_m = each.face.letter_mm / 1000 / LEAST_OF_DISTANCE
            if needed > read_m + 1e-9:
                what = Sentence(
                    "face {code} has letters of {letter:g} mm, read from {read:.0f} m at most: here they must be read from {needed:.0f} m.",
                    code=each.face.code, letter=each.face.letter_mm, read=read_m, needed=needed,
                )  # fmt: skip
                mend = Sentence(
                    "Make letters of {least:.0f} mm at least.", least=math.ceil(needed * LEAST_OF_DISTANCE * 1000)
                )
                yield self._of_face(each, "letter_mm", "small", what, mend)

    def hidden(self) -> Iterator[Problem]:
        """Faces that are seen from nowhere along the approach from where they must be read."""
        for level in self.plan.levels:
            here = [each for each in self.hung if each.piece >= 0 and self.level_of[each.face.area] == level.code]
            sights = sights_of(self.plan, level.code) if here else None
            for each in here:
                hides = self._hides(sights, each)
                if hides is not None:
                    by = Sentence("a wall") if hides == "" else Sentence("stand {code}", code=hides)
                    what = Sentence(
                        "face {code} is hidden by {what} from all who come towards it.", code=each.face.code, what=by
                    )
                    mend = Sentence("Hang it higher, or nearer to {node}.", node=self._node(each.node))
                    yield self._of_face(each, "x_m", "hidden", what, mend)

    def arrows(self) -> Iterator[Problem]:
        """Arrows where no way is, onto a longer way, or to what cannot be reached."""
        for each, line, name in self._lines():
            distance = self.network.distance_m[name]
            if not math.isfinite(distance[each.node]):
                what = Sentence(
                    "line {code} names {name}, to which no way leads from here.", code=line.code, name=self._name(line)
                )
                yield self._of_line(each, line, "arrow", "no_way", what, Sentence("Remove the line, or open a way."))
                continue
            if self.network.is_there[name, each.node]:
                continue
            right = self._arrow(each, int(self.network.towards[name, each.node]))
            mend = Sentence("The right arrow here is {arrow}.", arrow=Choice(right))
            onto = pieces_of(self.network, each.heading, line.arrow, each.node)
            if not onto:
                what = Sentence(
                    "line {code} points {arrow}, where there is no way.", code=line.code, arrow=Choice(line.arrow)
                )
                yield self._of_line(each, line, "arrow", "dead", what, mend)
                continue
            by_it = min(self.network.ways.lengths_m[piece] + distance[self.network.ways.head[piece]] for piece in onto)
            if by_it > LONGER * distance[each.node] + LONGER_M:
                what = Sentence(
                    "line {code} points {arrow}: {longer:.0f} m to {name} instead of {shortest:.0f} m.", code=line.code,
                    arrow=Choice(line.arrow), longer=by_it, name=self._name(line), shortest=distance[each.node],
                )  # fmt: skip
                yield self._of_line(each, line, "arrow", "astray", what, mend)

    def contradictions(self) -> Iterator[Problem]:
        """Lines to one destination that the same readers see with different arrows."""
        first: dict[tuple[int, int], FaceLine] = {}
        for each, line, name in self._lines():
            other = first.setdefault((each.piece, name), line)
            if other.arrow != line.arrow:
                what = Sentence(
                    "line {code} points {arrow}, line {other} {way}: both to {name}, before the same crossing.",
                    code=line.code, arrow=Choice(line.arrow), other=other.code, way=Choice(other.arrow), name=self._name(line),
                )  # fmt: skip
                yield self._of_line(each, line, "arrow", "contradicts", what, Sentence("Keep the right one of them."))

    def circles(self) -> Iterator[Problem]:
        """Lines which, followed from face to face, lead back to where one was."""
        told: set[tuple[int, int]] = set()
        for each, line, name in self._lines():
            if (each.piece, name) in told:
                continue
            walked = self._followed(each.piece, name)
            faces = self._faces_on(walked, name)
            if walked.count(each.piece) > 1 and len(faces) > 1:  # of one face alone the arrow is astray, and told so
                told |= {(piece, name) for piece in walked}
                what = Sentence(
                    "line {code} leads in a circle: who follows it and what comes after it to {name} comes back here.", code=line.code,
                    name=self._name(line),
                )  # fmt: skip
                mend = Sentence("Mend the arrows on the way: {faces}.", faces=", ".join(faces))
                yield self._of_line(each, line, "arrow", "circle", what, mend)

    def gaps(self) -> Iterator[Problem]:
        """Turns after a face at which the name is not told any more."""
        told: set[tuple[int, int]] = set()
        for each, line, name in self._lines():
            for piece in self._followed(each.piece, name)[1:]:
                if (piece, name) in self._told:
                    break  # told again: the rest is that face's
                if self._is_turn(piece, name):
                    if (piece, name) not in told:
                        told.add((piece, name))
                        node = int(self.network.ways.head[piece])
                        what = Sentence(
                            "line {code} is the last to name {name}: after face {face} nothing does at {node}, where one must turn.", code=line.code,
                            face=each.face.code, name=self._name(line), node=self._node(node),
                        )  # fmt: skip
                        mend = Sentence("Hang a face there that names it.")
                        yield self._of_line(each, line, "face", "gap", what, mend, node)
                    break

    def early(self) -> Iterator[Problem]:
        """Names that are told only after turns at which who comes in by an entrance had to know them."""
        for gate, start in self._entrances():
            for name in self._inside:
                turns, piece = 0, start
                while piece >= 0 and (piece, name) not in self._told:
                    turns += self._is_turn(piece, name)
                    piece = int(self.network.next_piece[name, piece])
                if piece >= 0 and turns:
                    each, line = self._told[piece, name]
                    what = Sentence(
                        "line {code} is the first to name {name} to who comes in at {gate}: turns before it without the name: {turns}.",
                        code=line.code, gate=gate, name=self._name(line), turns=turns,
                    )  # fmt: skip
                    mend = Sentence("Name it from the entrance on.")
                    yield self._of_line(each, line, "face", "early", what, mend)

    def names(self) -> Iterator[Problem]:
        """Lines that call a destination otherwise than most do."""
        for field in ("name_en", "name_zh"):
            called: defaultdict[str, Counter[str]] = defaultdict(Counter)
            for _, line, _ in self._lines():
                called[line.destination][getattr(line, field)] += 1
            for each, line, _ in self._lines():
                usual = called[line.destination].most_common(1)[0][0]
                if getattr(line, field) != usual:
                    what = Sentence(
                        "line {code} says {name}, other faces say {usual}.",
                        code=line.code,
                        name=getattr(line, field) or "–",
                        usual=usual or "–",
                    )
                    yield self._of_line(each, line, field, "differs", what, Sentence("Write one name on all of them."))

    @cached_property
    def _inside(self) -> list[int]:
        """Destinations that are not outside: who comes in wants no other."""
        outside = np.array([not area.inside for area in (self._area_of[node.area] for node in self.plan.nodes)])
        return [
            name for name in range(len(self.network.destinations)) if not (self.network.is_there[name] & outside).any()
        ]

    @cached_property
    def _area_of(self) -> dict[str, Area]:
        return {area.code: area for area in self.plan.areas}

    @cached_property
    def _told(self) -> dict[tuple[int, int], tuple[Hung, FaceLine]]:
        """Which line tells which readers the way to which destination."""
        return {(each.piece, name): (each, line) for each, line, name in reversed(list(self._lines()))}

    def _lines(self) -> Iterator[tuple[Hung, FaceLine, int]]:
        """Lines that somebody reads, with the number of their destination."""
        for each in self.hung:
            for line in each.lines:
                if each.piece >= 0 and line.destination:
                    yield each, line, self.network.number_of[line.destination]

    def _followed(self, start: int, name: int) -> list[int]:
        """Pieces that somebody walks who follows faces where there are some, else the shortest way, until they are there."""
        walked, piece = [start], start
        while True:
            node = int(self.network.ways.head[piece])
            if self.network.is_there[name, node]:
                return walked
            piece = self._onto(piece, name)
            if piece < 0:
                return walked
            walked.append(piece)
            if piece in walked[:-1]:
                return walked

    def _onto(self, piece: int, name: int) -> int:
        """The piece that comes after one; -1 = none."""
        told = self._told.get((piece, name))
        if told:
            onto = pieces_of(self.network, told[0].heading, told[1].arrow, told[0].node)
            right = int(self.network.next_piece[name, piece])
            return right if right in onto else onto[0] if onto else -1
        return int(self.network.next_piece[name, piece])

    def _is_turn(self, piece: int, name: int) -> bool:
        """Whether one must turn after a piece, and could do otherwise."""
        ways, right = self.network.ways, int(self.network.next_piece[name, piece])
        if right < 0 or ways.options[piece] - ways.strays[right] < 1:
            return False
        return bool(
            ways.east[piece] * ways.east[right] + ways.north[piece] * ways.north[right]
            < math.cos(math.radians(STRAIGHT_DEG))
        )

    def _entrances(self) -> Iterator[tuple[str, int]]:
        """Each gate's name, and a piece on which people come to its last check."""
        for gate in self.plan.gates:
            nodes = [each.node for each in self.plan.stations if each.gate == gate.code]
            for node in nodes[-1:]:
                into = np.flatnonzero(self.network.ways.head == self.network.node_of[node])
                from_check = [
                    each
                    for each in into.tolist()
                    if self.network.plan.nodes[int(self.network.ways.tail[each])].code in nodes
                ]
                if into.size:
                    yield Both(gate.name_en or gate.code, gate.name_zh or gate.code), (from_check or into.tolist())[0]  # type: ignore[misc]

    def _faces_on(self, walked: list[int], name: int) -> list[str]:
        found = (self._told.get((piece, name)) for piece in walked)
        return list(dict.fromkeys(each[0].face.code for each in found if each))

    def _needed_m(self, each: Hung) -> float:
        """From how far a face must be read."""
        below_m = (each.face.height_m - EYE_HEIGHT_M) / math.tan(math.radians(UP_DEG))
        if each.node < 0:
            return below_m
        node = self.network.places_m[each.node]
        return max(below_m, math.dist((each.face.x_m, each.face.y_m), node.tolist()))

    def _hides(self, sights: Sights | None, each: Hung) -> str | None:
        """What hides a face from all places of its approach; None = it is seen from one, or nothing is known."""
        if sights is None:
            return None
        ways = self.network.ways
        needed, ease = self._needed_m(each), each.face.letter_mm / 1000 / EASE_OF_DISTANCE
        end = self.network.places_m[each.node]
        back = np.array([-ways.east[each.piece], -ways.north[each.piece]])
        tail = int(ways.tail[each.piece])
        length_m = float(np.hypot(*(self.network.places_m[tail] - end))) if tail >= 0 else 0.0
        eyes = end + back * np.linspace(min(needed, length_m), min(max(needed, ease), length_m), EYES)[:, None]
        eyes = eyes[sights.stands_free(eyes)]
        faces = np.tile((each.face.x_m, each.face.y_m), (len(eyes), 1))
        hidden = sights.hides(eyes, faces, np.full(len(eyes), each.face.height_m))
        return hidden[0] if hidden and all(what is not None for what in hidden) else None

    def _arrow(self, each: Hung, piece: int) -> str:
        return arrow_of(self.network, each.heading, piece)

    def _node(self, node: int) -> str:
        return self.plan.nodes[node].code

    def _name(self, line: FaceLine) -> Both:
        """What a line leads to, as it says itself."""
        usual = name_of(self.plan, line.destination)
        return Both(line.name_en or usual.en, line.name_zh or usual.zh)

    def _of_face(self, each: Hung, column: str, kind: str, what: Sentence, mend: Sentence) -> Problem:
        return self._problem("faces", self.face_row[each.face.code], column, kind, what, mend, each, -1)

    def _of_line(
        self, each: Hung, line: FaceLine, column: str, kind: str, what: Sentence, mend: Sentence, node: int = -1
    ) -> Problem:
        return self._problem("face_lines", self.line_row[line.code], column, kind, what, mend, each, node)

    def _problem(self, sheet: str, index: int, *said: Any) -> Problem:
        """At the face, or at the crossing where something lacks."""
        column, kind, what, mend, each, node = said
        at, level = (each.face.x_m, each.face.y_m), self.level_of[each.face.area]
        if node >= 0:
            at, level = tuple(self.network.places_m[node].tolist()), self.plan.nodes[node].level
        return problem_at(sheet, self.row_of(sheet, index), column, kind, what, mend, level=level, at=at)
