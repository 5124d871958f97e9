"""JuPedSim's simulation of a cut-out: who is let in where, who is served when, who goes where."""

from __future__ import annotations

import math
from collections import deque
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.micro.cut_out import COMING, GOING, IN_LINE, NOT_YET, SERVED, CutOut
from hostcity.engines.micro.floor import RUN_OUT_M, STRIP_M, Floor, Way
from hostcity.engines.micro.library import jupedsim
from hostcity.engines.micro.line import Line
from hostcity.engines.micro.standing import APART_M, WALL_APART_M, Point, Standing

RADIUS_M, TIME_GAP_S = 0.2, 1.0  # JuPedSim's own
TRIES = 8  # places across an arm where somebody may appear, before they wait for the next tick
LEAST_SHARE = 0.25  # of an arm's width, for the direction in which fewer go
GOLDEN = 0.6180339887498949
SIDE, STRIP = 1, 2  # purposes of draws


def draws(seed: int, key: NDArray[np.int64], purpose: int) -> NDArray[np.float64]:
    """One number from 0 to 1 for each key, by splitmix64 of seed, key and purpose."""
    mixed = (seed * 8 + purpose) * 0xD1B54A32D192ED03 % 2**64
    with np.errstate(over="ignore"):
        word = key.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(mixed)
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            word = (word ^ (word >> np.uint64(shift))) * np.uint64(factor)
        word ^= word >> np.uint64(31)
    drawn: NDArray[np.float64] = (word >> np.uint64(11)).astype(np.float64) / 2.0**53
    return drawn


def shares_out(cut_out: CutOut) -> list[float]:
    """Share of each arm's width for those who go, by how many go and come; the rest is for those who come."""
    persons = cut_out.persons
    found = []
    for arm in range(len(cut_out.arms)):
        going, coming = int((persons.to_arm == arm).sum()), int((persons.from_arm == arm).sum())
        share = going / max(1, going + coming)
        found.append(share if share in (0.0, 1.0) else min(1 - LEAST_SHARE, max(LEAST_SHARE, share)))
    return found


class Crowd:
    """The persons of a cut-out on its floor.

    Attributes
    ----------
    came_s, served_from_s, served_s, went_s : float64[P]
        As in `Trajectories`.
    held_out
        Most persons at once who found no room to appear.
    """

    def __init__(self, cut_out: CutOut, floor: Floor, seed: int, step_s: float) -> None:
        self._library = jupedsim()
        self._cut_out, self._floor, self._people = cut_out, floor, cut_out.persons
        self._sim = self._library.Simulation(
            model=self._library.CollisionFreeSpeedModel(), geometry=floor.with_run_outs, dt=step_s
        )
        persons, count = self._people, len(self._people)
        self._side, self._strip = (draws(seed, persons.key, purpose) for purpose in (SIDE, STRIP))
        self.came_s, self.served_from_s, self.served_s, self.went_s = (np.full(count, np.nan) for _ in range(4))
        self.held_out = 0
        self._is_laned = np.zeros(count, bool)
        self._person_of: dict[int, int] = {}
        self._shares = shares_out(cut_out)
        self._exits = [self._exits_of(way, share) for way, share in zip(floor.ways, self._shares, strict=True)]
        self._lines = [[Line(self._sim, lane) for lane in row] for row in floor.lanes]
        self._journeys: dict[tuple[int, int, int, int], int] = {}
        self._coming = [deque[int]() for _ in cut_out.arms]
        for person in np.lexsort((np.arange(count), persons.enter_s)):
            if persons.state[person] == NOT_YET:
                self._coming[persons.from_arm[person]].append(int(person))
        self._put_down()

    # From tick to tick.

    def let_in(self, now: float) -> None:
        """Let in who has come, as far as there is room where they appear; the others wait outside in order."""
        held = 0
        for coming in self._coming:
            while coming and self._people.enter_s[coming[0]] <= now and self._appears(coming[0], now):
                coming.popleft()
            held += sum(bool(self._people.enter_s[person] <= now) for person in coming)
        self.held_out = max(self.held_out, held)

    def walk(self, steps: int, now: float) -> None:
        """Let everybody walk until ``now``, and let the lanes serve."""
        self._sim.iterate(steps)
        for agent in list(self._sim.agents()):
            person = self._person_of.get(agent.id, -1)
            if person >= 0 and self._is_out(person, agent.position):
                self.went_s[self._person_of.pop(agent.id)] = now
                self._sim.mark_agent_for_removal(agent.id)
        for lanes, lines in zip(self._cut_out.lanes, self._lines, strict=True):
            if lanes.open_at(now) > 0:
                self._serve(lines, now)

    def _is_out(self, person: int, place: Point) -> bool:
        """Whether somebody has reached the end of their arm, wherever across it."""
        way = self._floor.ways[self._people.to_arm[person]]
        x, y = place
        along = x * math.cos(way.angle_rad) + y * math.sin(way.angle_rad)
        aside = abs(y * math.cos(way.angle_rad) - x * math.sin(way.angle_rad))
        return bool(along > way.end_m and aside < way.width_m / 2 + 0.1)

    def _serve(self, lines: list[Line], now: float) -> None:
        """Also lanes that have closed serve who stands in them."""
        for line in lines:
            agent = line.first()
            if agent >= 0:
                person = self._person_of[agent]
                service_s = float(self._people.service_s[person])
                done_s = line.serve(agent, service_s, now)
                if not math.isnan(done_s):
                    self.served_from_s[person], self.served_s[person] = done_s - service_s, now

    def places(self) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.bool_]]:
        """Who is where now, in order of persons, and whether they are before or in a lane."""
        there = ((self._person_of.get(agent.id, -1), agent.position) for agent in self._sim.agents())
        found = sorted(each for each in there if each[0] >= 0)
        who = np.array([each[0] for each in found], np.int32)
        where = np.array([each[1] for each in found], np.float32).reshape(-1, 2)
        return who, where, self._is_laned[who] & np.isnan(self.served_s[who])

    # Who is there when the clock starts.

    def _put_down(self) -> None:
        persons, now = self._people, self._cut_out.start_s
        taken = Standing(self._floor.walkable)
        lined = np.flatnonzero((persons.state == IN_LINE) | (persons.state == SERVED))
        order = np.lexsort((lined, persons.joined_s[lined], persons.state[lined] != SERVED))
        for person in lined[order]:
            row = int(persons.lanes[person])
            lane = self._shortest(row, now)
            line = self._lines[row][lane]
            place = line.place() or taken.nearest(line.lane.tail)
            self._add(int(person), place, lane, now, in_line=True)
            line.begun_s = now
            taken.add(place)
        for person in np.flatnonzero((persons.state == COMING) | (persons.state == GOING)):
            is_going = bool(persons.state[person] == GOING)
            arm = int(persons.to_arm[person] if is_going else persons.from_arm[person])
            left = self._left_m(arm, outward=is_going, draw=float(self._side[person]))
            wanted, lane = self._on_the_way(int(person), arm, left, is_going=is_going)
            place = taken.nearest(wanted)
            self._add(int(person), place, lane, now)
            taken.add(place)

    def _on_the_way(self, person: int, arm: int, left: float, *, is_going: bool) -> tuple[Point, int]:
        """Where somebody would stand who is that far from the middle, and the lane to which they go.

        Who is through the mouth and goes to a lane is between the two.
        """
        way, row = self._floor.ways[arm], int(self._people.lanes[person])
        along = float(np.clip(self._people.away_m[person], -math.inf, way.end_m - 2 * WALL_APART_M))
        if is_going or row < 0:
            return way.at(max(0.0, along), left), -1
        lane = self._lane_for(person, way.at(way.mouth_m, left), self._cut_out.start_s)
        if along >= way.mouth_m:
            return way.at(along, left), lane
        front_m = self._floor.front_m(self._cut_out.lanes[row])
        share = max(0.0, (along + front_m) / (way.mouth_m + front_m))
        tail, mouth = self._lines[row][lane].lane.tail, way.at(way.mouth_m, left)
        return (tail[0] + share * (mouth[0] - tail[0]), tail[1] + share * (mouth[1] - tail[1])), lane

    # One person.

    def _appears(self, person: int, now: float) -> bool:
        arm = int(self._people.from_arm[person])
        way = self._floor.ways[arm]
        for attempt in range(TRIES):
            draw = (self._side[person] + attempt * GOLDEN) % 1.0
            place = way.at(way.end_m - WALL_APART_M, self._left_m(arm, outward=False, draw=draw))
            if not list(self._sim.agents_in_range(place, APART_M)):
                self._add(person, place, self._lane_for(person, place, now), now)
                return True
        return False

    def _left_m(self, arm: int, *, outward: bool, draw: float) -> float:
        """Where across an arm somebody walks, left of its middle line as seen outward: each keeps to their right."""
        width, share = self._floor.ways[arm].opening_m, self._shares[arm]
        room = max(0.0, width * (share if outward else 1.0 - share) - 2 * WALL_APART_M)
        from_edge = width / 2 - WALL_APART_M - draw * room
        return -from_edge if outward else from_edge

    def _lane_for(self, person: int, place: Point, now: float) -> int:
        row = int(self._people.lanes[person])
        return -1 if row < 0 else self._shortest(row, now, place)

    def _shortest(self, row: int, now: float, place: Point | None = None) -> int:
        """The open lane to which fewest go, of equals the nearest to a place or the middle; those in the middle are open."""
        lanes, lines = self._cut_out.lanes[row], self._lines[row]
        count = lanes.open_at(now) or lanes.most
        middle = (len(lines) - 1) / 2
        by_middle = sorted(range(len(lines)), key=lambda lane: (abs(lane - middle), lane))[:count]
        away = {lane: math.dist(place, lines[lane].lane.tail) if place else 0.0 for lane in by_middle}
        return min(by_middle, key=lambda lane: (lines[lane].going, away[lane]))

    def _add(self, person: int, place: Point, lane: int, now: float, *, in_line: bool = False) -> None:
        row, arm = int(self._people.lanes[person]), int(self._people.to_arm[person])
        journey, stage = self._journey(row, lane, arm, self._strip_of(person, row, lane, arm))
        if lane >= 0:
            line = self._lines[row][lane]
            line.going += 1
            stage = line.queue_stage if in_line else line.tail_stage
            self._is_laned[person] = True
        agent = self._sim.add_agent(
            self._library.CollisionFreeSpeedModelAgentParameters(
                journey_id=journey, stage_id=stage, position=place, radius=RADIUS_M, time_gap=TIME_GAP_S,
                desired_speed=float(self._people.speed_m_per_s[person]),
            )
        )  # fmt: skip
        self._person_of[agent], self.came_s[person] = person, now

    def _strip_of(self, person: int, row: int, lane: int, arm: int) -> int:
        """What somebody walks towards behind the end of an arm: straight on from a lane, else a drawn one."""
        exits, draw = len(self._exits[arm]), float(self._strip[person])
        lanes = self._cut_out.lanes[row] if lane >= 0 else None
        if lanes and arm == lanes.ahead:
            width = self._floor.ways[arm].opening_m
            left = (lane - (len(self._lines[row]) - 1) / 2) * lanes.pitch_m
            draw = (left + width / 2) / (width * self._shares[arm])
        return min(exits - 1, max(0, int(draw * exits)))

    def _exits_of(self, way: Way, share: float) -> list[int]:
        """What people walk towards behind the end of an arm, side by side on the right of who walks outward."""
        if share == 0.0:
            return []
        width = way.opening_m * share
        edges = np.linspace(-way.opening_m / 2, -way.opening_m / 2 + width, max(1, round(width / STRIP_M)) + 1)
        return [
            self._sim.add_exit_stage(way.box(way.end_m + RUN_OUT_M / 2, way.end_m + RUN_OUT_M, low, high))
            for low, high in pairwise(edges.tolist())
        ]

    def _journey(self, row: int, lane: int, arm: int, strip: int) -> tuple[int, int]:
        """A journey by a lane (-1: none) to an exit, and its first stage."""
        line = [self._lines[row][lane]] if lane >= 0 else []
        stages = [*(each for on in line for each in (on.tail_stage, on.queue_stage)), self._exits[arm][strip]]
        key = (row, lane, arm, strip)
        if key not in self._journeys:
            made = self._library.JourneyDescription(stages)
            for stage, after in pairwise(stages):
                made.set_transition_for_stage(stage, self._library.Transition.create_fixed_transition(after))
            self._journeys[key] = self._sim.add_journey(made)
        return self._journeys[key], stages[0]
