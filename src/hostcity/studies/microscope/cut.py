"""The cut-out of a place: arms, lanes and persons, from the plan and the passages of its day."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day import DayResult
from hostcity.engines.day.timeline import ENTRY_CHECKS, lanes_open
from hostcity.engines.micro import MOST_PERSONS, Arm, CutOut, Floor, Lanes, Persons, floor_of
from hostcity.engines.micro.cut_out import COMING, GOING, IN_LINE, NOT_YET, SERVED
from hostcity.plan.cells import clock_text
from hostcity.plan.plan import Plan
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows import Link, Node
from hostcity.plan.sentences import Sentence
from hostcity.studies.microscope.asked import LINKS, THE_MICROSCOPE, Asked
from hostcity.studies.microscope.passages import NOWHERE, Passage

Floats = NDArray[np.float64]

SHOWN_M, SHOWN_HALF_M = 25.0, 20.0  # of a link from a node, and of a link by itself to either side of its middle
NEAR_M = 0.5  # nodes nearer than that to each other, such as those of a lift, give no bearing
PITCH_M = (1.0, 2.0)
BAY_M, BAY_PER_M_S = (3.0, 12.0), 0.5  # width of the bay, and persons per meter and second for which it has room
MORE_PLACES, PLACES = 1.5, (6, 60)  # of a line than the day's queue needs, for lines are not equally long


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """A cut-out, and what of the plan its parts are."""

    cut_out: CutOut
    floor: Floor
    arm_links: tuple[int, ...]  # index of the link of each arm, -1 = the bay
    passages: tuple[Passage, ...]  # of its persons, in their order
    in_m: Floats  # [P] from where they come into view to the point at which the day has them at the node
    out_m: Floats  # [P] from there to where they go out of view
    station: str  # check whose lanes are shown; "" = none

    @property
    def longer_m(self) -> float:
        """Most that a link is longer in the cut-out than in the plan, because its node takes room."""
        arms = zip(self.floor.ways, self.cut_out.arms, strict=True)
        return max(0.0, *(way.end_m - arm.length_m for way, arm in arms if arm.code))


def check_at(plan: Plan, day: DayResult, asked: Asked) -> tuple[int, ...]:
    """The check at a node whose lanes are shown: the one that serves most in the minutes, of several."""
    found = [
        at for at, row in enumerate(plan.stations)
        if asked.sheet != LINKS and row.node == asked.code and row.service in ENTRY_CHECKS
    ]  # fmt: skip
    begun_s = day.service_joined_s + day.service_wait_s
    during = (begun_s >= asked.starts_s) & (begun_s < asked.ends_s)
    return tuple(sorted(found, key=lambda at: -int((during & (day.service_station == at)).sum()))[:1])


def cut_out_of(plan: Plan, day: DayResult, asked: Asked, passages: Sequence[Passage], speeds_m_per_s: Floats) -> Cut:
    """The cut-out of a place.

    Parameters
    ----------
    passages
        Of the place, as `passages_at` gives them.
    speeds_m_per_s : float64[V]
        Free walking speed of every visitor of the day.

    Raises
    ------
    PlanError
        When more persons pass than can be played, saying how many minutes fit; or nobody does.
    """
    everybody = passages
    passages = [each for each in passages if each.on_s < asked.ends_s and each.beyond_s >= asked.starts_s]
    if not passages:
        raise _nobody(asked, everybody)
    arms, links = _arms(plan, asked, passages)
    lanes = _lanes(plan, day, asked, passages, links, arms)
    floor = floor_of(arms, lanes)
    lengths = [_lengths(asked, each, links, floor, lanes) for each in passages]
    sights = [
        _sight(plan, asked, each, length, float(speeds_m_per_s[each.person]))
        for each, length in zip(passages, lengths, strict=True)
    ]
    kept = [at for at, each in enumerate(sights) if each is not None]
    _refuse_many(asked, [each for each in sights if each is not None])
    if not kept:
        raise _nobody(asked, everybody)
    rows = [(passages[at], sight) for at in kept if (sight := sights[at])]
    persons = Persons(
        key=np.array([each.person for each, _ in rows], np.int64),
        speed_m_per_s=np.array([speeds_m_per_s[each.person] for each, _ in rows], float),
        enter_s=np.array([sight.enter_s for _, sight in rows], float),
        from_arm=np.array([_arm_of(each, links, asked, out=False) for each, _ in rows], np.int32),
        to_arm=np.array([_arm_of(each, links, asked, out=True) for each, _ in rows], np.int32),
        lanes=np.array([0 if sight.laned else -1 for _, sight in rows], np.int32),
        service_s=np.array([sight.service_s for _, sight in rows], float),
        state=np.array([sight.state for _, sight in rows], np.int32),
        away_m=_along(rows, lanes, floor),
        joined_s=np.array([each.joined_s for each, _ in rows], float),
    )
    cut_out = CutOut(arms=arms, lanes=lanes, persons=persons, start_s=asked.starts_s, end_s=asked.ends_s)
    return Cut(
        cut_out=cut_out, floor=floor, arm_links=links, passages=tuple(each for each, _ in rows),
        in_m=np.array([lengths[at][0] for at in kept], float), out_m=np.array([lengths[at][1] for at in kept], float),
        station=lanes[0].code if lanes else "",
    )  # fmt: skip


# Arms.


def _arms(plan: Plan, asked: Asked, passages: Sequence[Passage]) -> tuple[tuple[Arm, ...], tuple[int, ...]]:
    node_of = {node.code: node for node in plan.nodes}
    if asked.sheet == LINKS:
        at = next(at for at, link in enumerate(plan.links) if link.code == asked.code)
        return _two_ends(plan.links[at], node_of), (at, at)
    here = node_of[asked.code]
    links = [at for at, link in enumerate(plan.links) if asked.code in (link.start, link.end)]
    beyond = [
        node_of[plan.links[at].end if plan.links[at].start == asked.code else plan.links[at].start] for at in links
    ]
    bearings = [_bearing(here, each) for each in beyond]
    stays = sum(NOWHERE in (each.from_way, each.to_way) for each in passages)
    has_bay = stays > 0 or len(links) < 2
    known = _filled([*bearings, *([None] if has_bay else [])])
    arms = [
        Arm(
            code=link.code,
            bearing_rad=bearing,
            width_m=link.width_m,
            length_m=min(link.length_m, SHOWN_M),
            door_m=link.door_m,
        )
        for link, bearing in zip((plan.links[at] for at in links), known, strict=False)
    ]
    if has_bay:
        width = float(np.clip(stays / (60 * asked.minutes) / BAY_PER_M_S, *BAY_M))
        arms.append(Arm(code="", bearing_rad=known[-1], width_m=width, length_m=0.0))
    return tuple(arms), (*links, *([NOWHERE] if has_bay else []))


def _two_ends(link: Link, node_of: dict[str, Node]) -> tuple[Arm, ...]:
    bearing = _bearing(node_of[link.start], node_of[link.end]) or 0.0
    half = min(link.length_m / 2, SHOWN_HALF_M)
    return (
        Arm(code=link.start, bearing_rad=bearing + math.pi, width_m=link.width_m, length_m=half, door_m=link.door_m),
        Arm(code=link.end, bearing_rad=bearing, width_m=link.width_m, length_m=half, door_m=link.door_m),
    )


def _bearing(here: Node, there: Node) -> float | None:
    east, north = there.x_m - here.x_m, there.y_m - here.y_m
    return math.atan2(north, east) if math.hypot(east, north) >= NEAR_M else None


def _filled(bearings: Sequence[float | None]) -> list[float]:
    """Bearings, with one for each that has none: in the middle of what is then the widest gap."""
    known = [each % math.tau for each in bearings if each is not None]
    found = list(bearings)
    for at, each in enumerate(bearings):
        if each is None:
            around = sorted(known)
            gaps = [
                (after - before) % math.tau or math.tau
                for before, after in zip(around, [*around[1:], *around[:1]], strict=True)
            ]
            widest = int(np.argmax(gaps)) if gaps else -1
            found[at] = (around[widest] + gaps[widest] / 2) % math.tau if gaps else 0.0
            known.append(float(found[at] or 0.0))
    return [float(each or 0.0) for each in found]


# Lanes.


def _lanes(
    plan: Plan, day: DayResult, asked: Asked, passages: Sequence[Passage], links: tuple[int, ...], arms: tuple[Arm, ...]
) -> tuple[Lanes, ...]:
    served = [each for each in passages if each.station >= 0]
    if not served:
        return ()
    station = plan.stations[served[0].station]
    ahead = Counter(_arm_of(each, links, asked, out=True) for each in served).most_common(1)[0][0]
    times = [asked.starts_s + 60.0 * minute for minute in range(math.ceil(asked.minutes))]
    opened = [lanes_open(plan, station, at_s) for at_s in times]
    most = max(1, *opened)
    first = int((asked.starts_s - day.clock_start_s) // 60)
    queue = day.station_queue[served[0].station][max(0, first - 1) : first + len(times) + 1]
    fewest = max(1, min([each for each in opened if each] or [1]))
    places = math.ceil(MORE_PLACES * int(queue.max(initial=0)) / fewest) + PLACES[0]
    return (
        Lanes(
            code=station.code, ahead=ahead, pitch_m=float(np.clip(arms[ahead].width_m / most, *PITCH_M)),
            places=min(PLACES[1], places), from_s=tuple(times), open=tuple(opened),
        ),
    )  # fmt: skip


# Persons.


@dataclass(frozen=True, slots=True)
class _Sight:
    """Somebody who is seen in the minutes."""

    enter_s: float
    state: int
    laned: bool = False
    away_m: float = math.nan
    service_s: float = math.nan


def _arm_of(each: Passage, links: tuple[int, ...], asked: Asked, *, out: bool) -> int:
    way = each.to_way if out else each.from_way
    if asked.sheet == LINKS:
        return int((way % 2 == 0) == out)  # forward from the start, arm 0, to the end, arm 1
    if way == NOWHERE:
        return len(links) - 1
    return links.index(way // 2)


def _lengths(
    asked: Asked, each: Passage, links: tuple[int, ...], floor: Floor, lanes: tuple[Lanes, ...]
) -> tuple[float, float]:
    """From where somebody comes into view to the node's point, and from there out of view.

    The day serves people at the point where their link ends; here that is the front of the lanes, beyond the middle.
    """
    come, go = (floor.ways[_arm_of(each, links, asked, out=out)].end_m for out in (False, True))
    front_m = floor.front_m(lanes[0]) if lanes and each.station >= 0 else 0.0
    return come + front_m, max(0.0, go - front_m)


def _sight(plan: Plan, asked: Asked, each: Passage, lengths: tuple[float, float], speed: float) -> _Sight | None:
    """When somebody comes into view and where they are when the minutes begin; None = not in view in the minutes."""
    start, (in_m, out_m) = asked.starts_s, lengths
    length_m = _length_m(plan, asked, each.from_way, in_m)
    enter_s = each.on_s + max(0.0, length_m - in_m) / speed
    if enter_s >= asked.ends_s:
        return None
    service_s = each.left_s - each.begun_s
    laned = each.station >= 0
    if enter_s >= start:
        return _Sight(enter_s, NOT_YET, laned, service_s=service_s)
    if each.there_s > start:
        share = (each.there_s - start) / max(1e-9, each.there_s - each.on_s)
        return _Sight(enter_s, COMING, laned, min(in_m, share * length_m), service_s)
    if laned and each.left_s > start:
        begun = each.begun_s <= start
        return _Sight(
            enter_s, SERVED if begun else IN_LINE, laned, math.nan, each.left_s - start if begun else service_s
        )
    if each.left_s > start:  # waits on the floor until the link has room
        return _Sight(enter_s, COMING, away_m=0.0)
    away_m = speed * (start - each.left_s)
    if each.to_way == NOWHERE or away_m >= out_m or each.beyond_s <= start:
        return None
    return _Sight(enter_s, GOING, away_m=away_m)


def _length_m(plan: Plan, asked: Asked, way: int, shown_m: float) -> float:
    """From where somebody begins to walk to the middle."""
    if way == NOWHERE:
        return shown_m
    return plan.links[way // 2].length_m / (2 if asked.sheet == LINKS else 1)


def _along(rows: Sequence[tuple[Passage, _Sight]], lanes: tuple[Lanes, ...], floor: Floor) -> Floats:
    """Meters from the middle along their arm, of meters from the node's point."""
    front_m = floor.front_m(lanes[0]) if lanes else 0.0
    shift = {COMING: -front_m, GOING: front_m}
    return np.array(
        [each.away_m + (shift.get(each.state, 0.0) if each_of.station >= 0 else 0.0) for each_of, each in rows]
    )


def _refuse_many(asked: Asked, sights: Sequence[_Sight]) -> None:
    if len(sights) <= MOST_PERSONS:
        return
    entering = sorted(each.enter_s for each in sights)
    fits = math.floor((entering[MOST_PERSONS] - asked.starts_s) / 60)
    what = Sentence(
        "{persons} persons pass {place} in {minutes} minutes from {starts}; {most} can be played.",
        persons=f"{len(sights):,}", place=asked.code, minutes=f"{asked.minutes:g}", starts=clock_text(asked.starts_s),
        most=f"{MOST_PERSONS:,}",
    )  # fmt: skip
    less = Sentence("Give --minutes {fits} at most.", fits=fits)
    mend = less if fits >= 1 else Sentence("Take another time, or one of its links.")
    raise PlanError([Problem(code="microscope.persons", what=what, mend=mend)], THE_MICROSCOPE)


def _nobody(asked: Asked, everybody: Sequence[Passage]) -> PlanError:
    what = Sentence(
        "nobody passes {place} in {minutes} minutes from {starts}.",
        place=asked.code, minutes=f"{asked.minutes:g}", starts=clock_text(asked.starts_s),
    )  # fmt: skip
    mend = Sentence("Take another time or place.")
    if everybody:
        nearest = min((each.there_s for each in everybody), key=lambda at: abs(at - asked.starts_s))
        mend = Sentence("The nearest time at which somebody does is {at}.", at=clock_text(60.0 * (nearest // 60)))
    return PlanError([Problem(code="microscope.nobody", what=what, mend=mend)], THE_MICROSCOPE)
