"""How a newcomer walks, as the words say it: one person, one crossing after the other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from hostcity.engines.day._kernels import draws
from hostcity.engines.day.network import code_key
from hostcity.plan.plan import Plan
from tests.naive.routes import distances

WORD = 1 << 64


def mix(value: int) -> int:
    """Splitmix64's finalizer."""
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 % WORD
    value = (value ^ value >> 27) * 0x94D049BB133111EB % WORD
    return value ^ value >> 31


def uniform(seed: int, key: int, purpose: int, counter: int) -> float:
    """A number in (0, 1]."""
    inner = mix((purpose * 0xD1B54A32D192ED03 + counter + 1) % WORD)
    return ((mix((seed + key * 0x9E3779B97F4A7C15 + inner) % WORD) >> 11) + 1) / 9007199254740992.0


class Venue:
    """A plan without stairs whose links all go both ways, and what its faces show: (goal, way behind, way on)."""

    def __init__(self, plan: Plan, shown: set[tuple[str, int, int]], desks: set[int]) -> None:
        self.plan, self.shown, self.desks, self.row = plan, shown, desks, plan.wrong_turns[0]
        node_of = {node.code: at for at, node in enumerate(plan.nodes)}
        self.ways = [pair for link in plan.links for pair in ((link.start, link.end), (link.end, link.start))]
        self.ends = [(node_of[start], node_of[end]) for start, end in self.ways]
        self.length = [link.length_m for link in plan.links for _ in range(2)]
        self.key = [code_key(node.code) for node in plan.nodes]
        self.inside = [next(area.inside for area in plan.areas if area.code == node.area) for node in plan.nodes]
        costs = [(*ends, length / 1.34) for ends, length in zip(self.ends, self.length, strict=True)]
        self.cost = [distances(len(plan.nodes), costs, dest) for dest in range(len(plan.nodes))]
        self.turns: Counter[tuple[str, int]] = Counter()
        self.questions: Counter[tuple[str, int]] = Counter()
        self.passed: Counter[int] = Counter()

    def out(self, node: int) -> list[int]:
        """Ways out of a node."""
        return [way for way, (tail, _) in enumerate(self.ends) if tail == node]

    def right_way(self, node: int, dest: int) -> int:
        """The first of the shortest way."""
        return min(self.out(node), key=lambda way: (self.cost[dest][self.ends[way][1]] + self.length[way] / 1.34, way))

    def walk(self, seed: int, key: int, is_new: bool, start: int, dest: int, goal: str) -> Iterator[int]:
        """The ways that a person takes from one place to another."""
        node, behind, walked, wrong, told = start, -1, 0, 0, False
        while node != dest:
            way = right = self.right_way(node, dest)
            if is_new and goal != f"areas.{self.plan.nodes[node].area}":
                self.passed[node] += 1
                asks = node in self.desks and wrong > 0 and not told
                if not told and not asks and wrong < self.row.most:
                    way = self.turn(seed, key, node, dest, goal, behind, walked, right)
                if way != right:
                    wrong += 1
                    self.turns[goal, node] += 1
                elif asks:
                    told = True
                    self.questions[goal, node] += 1
            yield way
            node, behind, walked = self.ends[way][1], way, walked + 1

    def turn(self, seed: int, key: int, node: int, dest: int, goal: str, behind: int, walked: int, right: int) -> int:
        """Right by chance, else one of the others but for the way back and out of the gates."""
        errand = (self.key[node] + self.key[dest] * 0x9E3779B97F4A7C15) % WORD
        if behind < 0:
            behind = self.side(node, self.ends[right][1], uniform(seed, key, draws.APPROACH, errand))
        chance = self.row.straight_share if self.is_straight(behind, right) else self.row.turn_share
        if (goal, behind, right) in self.shown:
            chance = max(chance, self.row.signed_share)
        drawn = uniform(seed, key, draws.NEWCOMERS_TURN, (errand + walked * 0xD1B54A32D192ED03) % WORD)
        if drawn <= chance:
            return right
        others = [
            way for way in self.out(node)
            if self.ends[way][1] not in (self.ends[right][1], self.ends[behind][0])
            and not (self.inside[node] and not self.inside[self.ends[way][1]])
        ]  # fmt: skip
        if not others:
            return right
        return others[min(int((drawn - chance) / (1 - chance) * len(others)), len(others) - 1)]

    def side(self, node: int, beyond: int, drawn: float) -> int:
        """From where somebody looks who sets out: any side but that to which they go, if there is another."""
        into = [way for way, (_, head) in enumerate(self.ends) if head == node]
        sides = [way for way in into if self.ends[way][0] != beyond]
        return sides[min(int(drawn * len(sides)), len(sides) - 1)] if sides else into[0]

    def is_straight(self, behind: int, way: int) -> bool:
        """Whether one turns by less than 30 degrees."""
        (a, b), (_, c) = self.ends[behind], self.ends[way]
        at = [(node.x_m, node.y_m) for node in self.plan.nodes]
        before = math.atan2(at[b][1] - at[a][1], at[b][0] - at[a][0])
        after = math.atan2(at[c][1] - at[b][1], at[c][0] - at[b][0])
        return math.cos(after - before) >= math.cos(math.radians(30.0))
