"""Play a day one step at a time and check after every step what must hold whatever happens."""

from __future__ import annotations

import functools

import numpy as np

from hostcity.engines.day._kernels.day import play
from hostcity.engines.day._kernels.layout import (
    CAME,
    CHUNK_USED,
    GONE,
    MOVES,
    OUT_OF_ARENA,
    POOL_USED,
    TABLE_MASK,
    TABLE_SHIFT,
)
from hostcity.engines.day._kernels.routes import SHARE_SHIFT
from hostcity.engines.day.rehearse import Day, prepare
from hostcity.engines.day.results import DayResult
from hostcity.engines.day.summing_up import sum_up
from hostcity.plan.plan import Plan
from tests.naive import rings as naive

FLOAT32_S = 0.01  # the replay keeps times as float32: 1/256 s in the evening


class Checked:
    """A day, played step by step.

    ``fullest`` is the largest share of a link's room that was ever taken, ``oldest_s`` the longest time by which a move
    was dated before the end of the step in which it was made.
    """

    def __init__(self, plan: Plan, *, seed: int = 1, people_each: int = 40, arena: int = 8, **how: object) -> None:
        self.plan, self.seed, self.people_each = plan, seed, people_each
        self.day: Day = prepare(plan, seed=seed, arena=arena, **how)
        self.fullest, self.jammed_steps, self.step = 0.0, 0, 0
        self.moves, self.oldest_s = 0, 0.0
        self.people, self.ways = self.day.crowd.people.copy(), self.day.crowd.ways.copy()  # a step before

    def play(self) -> DayResult:
        """Play to the end of the clock, or until everybody came and is gone."""
        day = self.day
        visitors = day.people.arrive_s.size
        while self.step < day.rules.steps:
            play(
                day.network.net, day.rules, day.people, day.service, day.control, day.crowd, day.log,
                day.hops, day.speeds, self.step, self.step + 1,
            )  # fmt: skip
            assert day.crowd.counters[OUT_OF_ARENA] == 0, "give the checked day a larger arena"
            self.step += 1
            self.check_counts()
            if self.step % self.people_each == 0:
                self.check_people()
                self.check_rings()
            if day.crowd.counters[GONE] == visitors:
                break
        self.check_people()
        return sum_up(self.plan, day, seed=self.seed, run=0, version="", began=0.0)

    @functools.cached_property
    def longest_way(self) -> int:
        """Links on the way between the two nodes that are farthest apart."""
        net = self.day.network.net
        nodes = net.floor_store.size
        away = np.where(np.eye(nodes, dtype=bool), 0, nodes)
        away[net.start, net.end] = away[net.end, net.start] = 1
        for middle in range(nodes):
            away = np.minimum(away, away[:, [middle]] + away[[middle]])
        return int(away[away < nodes].max())

    def check_counts(self) -> None:
        """Conservation, signs and caps."""
        crowd, net, rules = self.day.crowd, self.day.network.net, self.day.rules
        here = int(crowd.people.sum()) + int(crowd.floor.sum())
        assert int(crowd.counters[CAME] - crowd.counters[GONE]) == here, self.step
        for counts in (crowd.people, crowd.ways, crowd.queued, crowd.floor, crowd.queue, crowd.seg_n):
            assert counts.min(initial=0) >= 0, self.step
        assert (crowd.ways[0::2] + crowd.ways[1::2] == crowd.people).all(), self.step
        assert (crowd.seg_n + crowd.queued == crowd.people).all(), self.step
        assert (crowd.floor <= net.floor_store).all(), self.step
        assert crowd.counters[CHUNK_USED] <= crowd.chunk.size, self.step
        assert crowd.counters[POOL_USED] <= crowd.pool.size, self.step
        if rules.capped:
            # Only a barrier among people makes a link fuller than that; then nobody enters until enough have left.
            room = np.where(crowd.width > 0.0, np.maximum(2, rules.link_cap * crowd.area_m2), 0.0)
            assert (crowd.people <= np.maximum(room, self.people)).all(), self.step
            way_room = np.maximum(np.minimum(1, room), rules.direction_share * room)[np.arange(crowd.ways.size) >> 1]
            assert (crowd.ways <= np.maximum(way_room, self.ways)).all(), self.step
        self.people, self.ways = crowd.people.copy(), crowd.ways.copy()
        made, now_s = int(crowd.counters[MOVES]), rules.start_s + self.step * rules.step_s
        if made > self.moves:
            self.oldest_s = max(self.oldest_s, now_s - float(self.day.log.move_at[self.moves : made].min()))
            self.moves = made
        # R0. A link takes a step at least, so dates may lag by a step for each link of a way, and one for its floor; a
        # stay that is shorter than the lag does not make up for it, so of two ways.
        assert not rules.causal or self.oldest_s <= 2 * (self.longest_way + 1) * rules.step_s, self.step
        self.fullest = max(self.fullest, float((crowd.people / net.store).max()))
        self.jammed_steps += bool((crowd.people >= net.store).any())

    def check_people(self) -> None:
        """Everybody who came and is not gone is in exactly one place, and the places count them."""
        crowd, net = self.day.crowd, self.day.network.net
        links, nodes = crowd.people.size, crowd.floor.size
        on_link = np.zeros(2 * links, int)
        queued = np.zeros(links, int)
        on_floor = np.zeros(nodes, int)
        found: list[int] = []
        for link in range(links):
            at, size = int(crowd.seg_at[link]), int(crowd.seg_n[link])
            rows = crowd.walking[at : at + size]
            found += rows["person"].tolist()
            np.add.at(on_link, 2 * link + (rows["flags"] & 1), 1)
        for queue in range(4 * links + nodes):
            rows = self._rows(int(crowd.head[queue]))
            assert (crowd.head[queue] < 0) or rows[-1] == crowd.tail[queue], self.step
            found += crowd.pool["person"][rows].tolist()
            if queue < 2 * links:
                on_link[queue] += len(rows)
                queued[queue >> 1] += len(rows)
            else:
                on_floor[self._floor_of(queue)] += len(rows)
                self.check_line(queue, rows)
        for station, node in enumerate(self.day.service.node):
            rows = self._rows(int(crowd.waiting[station]))
            found += crowd.pool["person"][rows].tolist()
            assert len(rows) == crowd.queue[station], self.step
            assert np.all(np.diff(crowd.pool["at"][rows]) >= 0.0), "a station's queue is in order of joining"
            on_floor[node] += len(rows)
        for person, stop in self._staying():
            found.append(person)
            on_floor[net.dest_node[self.day.people.stop["dest"][stop]]] += 1
        assert len(found) == len(set(found)), f"somebody is in two places, step {self.step}"
        here = np.flatnonzero(np.isnan(self.day.log.left[: crowd.counters[CAME]]))
        lost = len(here) - len(found)  # only who stays beyond the end of the clock may be in no list
        assert set(found) <= set(here.tolist()), self.step
        assert on_link.tolist() == crowd.ways.tolist(), self.step
        assert queued.tolist() == crowd.queued.tolist(), self.step
        assert (on_floor <= crowd.floor).all(), self.step
        assert int((crowd.floor - on_floor).sum()) == lost, self.step

    def check_line(self, queue: int, rows: list[int]) -> None:
        """Who waits in a line on a floor wants the way out that it leads to: the best one or the second."""
        net, crowd, node = self.day.network.net, self.day.crowd, self._floor_of(queue)
        ways = net.out[net.first_out[node] : net.first_out[node + 1]].tolist()
        way = queue - 2 * crowd.people.size
        errs = self.day.rules.wrong_turn_share > 0.0 or crowd.newcomers.on
        for each in crowd.pool[rows] if way < 2 * crowd.people.size and not errs else ():
            table = int(crowd.table_now[(int(each["flags"]) >> TABLE_SHIFT) & TABLE_MASK])
            entry = int(self.day.hops[table, node, each["dest"]])
            second = entry >> 5 & 31 if entry >> SHARE_SHIFT else 31
            assert ways.index(way) in (entry & 31, second), self.step

    def check_rings(self) -> None:
        """R2 left no ring that may still turn in this step."""
        crowd, rules, net = self.day.crowd, self.day.rules, self.day.network.net
        if rules.rotation_share == 0.0:
            return
        lines, floors = 2 * crowd.people.size, 4 * crowd.people.size
        now_s = rules.start_s + self.step * rules.step_s
        may_move = np.flatnonzero((crowd.blocked_at == self.step - 1) & (crowd.rotate_free <= now_s))
        wants = {queue: [int(crowd.want[queue])] for queue in may_move.tolist()}
        for node in range(net.floor_store.size):
            out = net.out[net.first_out[node] : net.first_out[node + 1]]
            wants[floors + node] = (lines + out).tolist()
        assert naive.on_rings(wants) == [], self.step

    def _floor_of(self, queue: int) -> int:
        net, links = self.day.network.net, self.day.crowd.people.size
        if queue >= 4 * links:
            return queue - 4 * links
        link = (queue - 2 * links) >> 1
        return int(net.start[link] if queue % 2 == 0 else net.end[link])

    def _rows(self, row: int) -> list[int]:
        rows = []
        while row >= 0:
            rows.append(row)
            row = int(self.day.crowd.pool["next"][row])
        return rows

    def _staying(self) -> list[tuple[int, int]]:
        chunk = self.day.crowd.chunk
        found = []
        for last in self.day.crowd.ends[self.step :]:
            at = int(last)
            while at >= 0:
                base = at & -8
                rows = chunk[base + 1 : at + 1]
                found += [(int(row["person"]), int(row["stop"])) for row in rows if row["person"] >= 0]
                at = int(chunk["stop"][base])
        return found


def passages(result: DayResult) -> dict[str, np.ndarray]:
    """Every passage of a link that the replay kept: person, directed link, time of entering and of leaving it."""
    order = np.lexsort((np.arange(result.replay_person.size), result.replay_at_s, result.replay_person))
    person, kind = result.replay_person[order], result.replay_kind[order]
    at_s, place = result.replay_at_s[order].astype(float), result.replay_place[order]
    walks = np.flatnonzero((kind[:-1] == 0) & (person[:-1] == person[1:]))
    return {"person": person[walks], "way": place[walks], "from_s": at_s[walks], "to_s": at_s[walks + 1]}


def check_walks(day: Day, result: DayResult) -> None:
    """Nobody leaves a link sooner than their own free speed allows."""
    seen = passages(result)
    least_s = day.network.net.pace[seen["way"]] / day.people.walker["speed"][seen["person"]]
    early_s = least_s - (seen["to_s"] - seen["from_s"])
    worst = int(np.argmax(early_s))
    assert early_s[worst] <= FLOAT32_S, (
        f"person {seen['person'][worst]} left link {seen['way'][worst]} {early_s[worst]:.3f} s too soon"
    )


def check_doors(day: Day, result: DayResult, since_s: float = 0.0) -> None:
    """In any window of time an opening lets through at most window / headway + 1, both directions together.

    For a replay that keeps everybody and a day without rotation, whose moves have a rate of their own.
    """
    seen = passages(result)
    for link in np.unique(seen["way"] >> 1):
        leave_s = np.sort(seen["to_s"][(seen["way"] >> 1 == link) & (seen["to_s"] >= since_s)])
        gaps_s = np.diff(leave_s)
        assert gaps_s.min(initial=1e9) >= day.network.net.headway_s[link] - FLOAT32_S, f"link {link}"
