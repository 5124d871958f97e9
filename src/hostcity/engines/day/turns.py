"""How newcomers find their way on a day: what faces show them, else chance. Arrays for the loop, and what they leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from hostcity.engines.day._kernels import draws
from hostcity.engines.day._kernels import population as kernels
from hostcity.engines.day._kernels.layout import NEWCOMER, Net, Newcomers, People, Rules
from hostcity.engines.day._kernels.newcomers import SLOT_S
from hostcity.engines.day.network import Network, step_free_walks
from hostcity.plan.plan import Plan
from hostcity.plan.rows import WrongTurns

if TYPE_CHECKING:
    from hostcity.engines.day.rehearse import Day

STRAIGHT_DEG = 30.0  # who turns less goes straight on; as in engines/signs
#: Stations whose service people look for as an amenity.
SERVICES = ("toilets", "catering")
OUTSIDE = ("outside", "transport")  # kinds of areas of which each node is a goal of its own
DESKS = "information"  # service of a station, or kind of an amenity, at which people ask their way


@dataclass(frozen=True, kw_only=True, eq=False)
class ShownWays:
    """What faces show: who comes to a node by a directed link, bound for a goal, reads there that a way out leads on.

    Parameters
    ----------
    goals
        SHEET.KEY as on lines of faces; those that nobody looks for are of no use.
    goal : int32[K]
        Into ``goals``.
    behind, way : int32[K]
        Directed links: 2 * link forward, 2 * link + 1 backward.
    hides_m2 : float32[K]
        In a crowd of so many persons/m2 heads leave exp(-hides_m2 * density) of the readers a free view; 0 = nothing hides it.
        Of what is shown for one goal to who comes by one link, that which is hidden least counts.
    """

    goals: tuple[str, ...]
    goal: NDArray[np.int32]
    behind: NDArray[np.int32]
    way: NDArray[np.int32]
    hides_m2: NDArray[np.float32]


NOTHING_SHOWN = ShownWays(
    goals=(), goal=np.empty(0, np.int32), behind=np.empty(0, np.int32), way=np.empty(0, np.int32),
    hides_m2=np.empty(0, np.float32),
)  # fmt: skip


def wrong_turns_of(plan: Plan) -> WrongTurns | None:
    """How newcomers err on the plan's day; None = nobody turns wrong."""
    return next((row for row in plan.wrong_turns if row.happen), None)


def goals_of(plan: Plan) -> tuple[tuple[str, ...], NDArray[np.int16]]:
    """What people look for, as faces name it: ``int16[N, 2]``, of who stays at a node and of who is served there.

    Areas; nodes outside, where people come from and leave; the nearest toilets or food.
    """
    goals = [f"areas.{area.code}" for area in plan.areas]
    number = {goal: at for at, goal in enumerate(goals)}

    def numbered(goal: str) -> int:
        if goal not in number:
            number[goal] = len(goals)
            goals.append(goal)
        return number[goal]

    kind_of = {area.code: area.kind for area in plan.areas}
    service_of = {station.node: station.service for station in plan.stations}
    found = []
    for node in plan.nodes:
        stays = numbered(f"nodes.{node.code}" if kind_of[node.area] in OUTSIDE else f"areas.{node.area}")
        service = service_of.get(node.code, "")
        found.append((stays, numbered(f"amenities.{service}") if service in SERVICES else stays))
    return tuple(goals), np.array(found, np.int16).reshape(-1, 2)


def desk_nodes(plan: Plan) -> tuple[int, ...]:
    """Nodes with an information desk: of its station, else the one of its area that is nearest to it."""
    node_of = {node.code: at for at, node in enumerate(plan.nodes)}
    found = {node_of[station.node] for station in plan.stations if station.service == DESKS}
    for amenity in plan.amenities:
        if amenity.kind == DESKS and not amenity.station:
            near = [
                ((node.x_m - amenity.x_m) ** 2 + (node.y_m - amenity.y_m) ** 2, at)
                for at, node in enumerate(plan.nodes) if node.area == amenity.area
            ]  # fmt: skip
            found |= {min(near)[1]} if near else set()
    return tuple(sorted(found))


def nobody_errs() -> Newcomers:
    """For a day on which nobody turns wrong."""
    return Newcomers(
        on=False, classes=1, start_s=0.0, straight=1.0, turn=1.0, signed=1.0, question_s=0.0, most=0,
        shown=np.empty((0, 0), np.uint32), hides_m2=np.empty((0, 0), np.float32), ahead=np.empty(0, np.uint32), may_stray=np.empty(0, np.uint8),
        goal=np.empty(0, np.int16), is_there=np.empty((0, 0), np.uint8), desk_of=np.empty(0, np.int16),
        walk_s=np.empty((0, 0, 0), np.float32), who=np.empty(0, NEWCOMER), turns=np.empty((0, 0), np.int32),
        passed=np.empty(0, np.int32), lost_s=np.empty(0), questions=np.empty((0, 0, 0), np.int32),
    )  # fmt: skip


def newcomers_of(
    plan: Plan,
    network: Network,
    rules: Rules,
    people: People,
    group: NDArray[np.int16],
    walk_s: NDArray[np.float32],
    shown: ShownWays | None,
) -> Newcomers:
    """The arrays of the plan's day.

    Parameters
    ----------
    group : int16[V]
        Of each visitor.
    walk_s : float32[D, N]
        Free walking times. [s]

    Raises
    ------
    ValueError
        When newcomers turn wrong on this day, and nobody has said what faces show.
    """
    row = wrong_turns_of(plan)
    if row is None:
        return nobody_errs()
    if shown is None:
        raise ValueError("newcomers turn wrong on this day: say what faces show (hostcity.studies.signs.play_day does)")
    net = network.net
    nodes, links, visitors = net.floor_store.size, net.start.size, people.arrive_s.size
    goals, goal_of = goals_of(plan)
    desks = desk_nodes(plan)
    desk_of = np.full(nodes, -1, np.int16)
    desk_of[list(desks)] = np.arange(len(desks))
    served = (people.stop["station"] >= 0).astype(np.int64)
    steps_free = [step_free_walks(net, rules.route_spread_s)] if rules.has_step_free else []
    slots = int(np.ceil(rules.steps * rules.step_s / SLOT_S))
    return Newcomers(
        on=True, classes=int(rules.classes), start_s=float(rules.start_s), straight=float(row.straight_share),
        turn=float(row.turn_share), signed=float(row.signed_share), question_s=float(row.question_s), most=int(row.most),
        shown=_bits_shown(net, goals, shown), hides_m2=_hiding(net, goals, shown), ahead=_bits_ahead(plan, net), may_stray=_may_stray(plan, net),
        goal=np.ascontiguousarray(goal_of[net.dest_node[people.stop["dest"]], served]),
        is_there=_is_there(plan, goals), desk_of=desk_of, walk_s=np.stack([walk_s, *steps_free]),
        who=_who(plan, row, rules, people, group), turns=np.zeros((len(goals), nodes), np.int32),
        passed=np.zeros(nodes, np.int32), lost_s=np.zeros(nodes), questions=np.zeros((len(desks), len(goals), slots), np.int32),
    ) if visitors and links else nobody_errs()  # fmt: skip


def _who(plan: Plan, row: WrongTurns, rules: Rules, people: People, group: NDArray[np.int16]) -> NDArray[np.void]:
    """Nobody is new of groups that know the way; of the others those below the share, the same ones for a smaller share."""
    who = np.zeros(people.key.size, NEWCOMER)
    who["stop"] = -1
    drawn = np.empty(people.key.size)
    kernels.fill_uniforms(rules.seed, people.key, draws.NEWCOMER, drawn)
    knows = np.array([each.code in row.know for each in plan.groups], bool)
    who["is_new"] = (drawn <= row.newcomer_share) & ~knows[group]
    return who


def _is_there(plan: Plan, goals: tuple[str, ...]) -> NDArray[np.uint8]:
    """Nodes in the area that is looked for: there people look at stands, not at signs."""
    number = {goal: at for at, goal in enumerate(goals)}
    there = np.zeros((len(goals), len(plan.nodes)), np.uint8)
    for at, node in enumerate(plan.nodes):
        there[number[f"areas.{node.area}"], at] = 1
    return there


def _may_stray(plan: Plan, net: Net) -> NDArray[np.uint8]:
    """Nobody walks out of the gates by mistake."""
    inside = {area.code: bool(area.inside) for area in plan.areas}
    is_inside = np.array([inside[node.area] for node in plan.nodes], bool)
    tail = np.stack([net.start, net.end], axis=1).ravel()
    head = np.stack([net.end, net.start], axis=1).ravel()
    return np.asarray(~(is_inside[tail] & ~is_inside[head]), np.uint8)


def _bits_ahead(plan: Plan, net: Net) -> NDArray[np.uint32]:
    """Of each directed link, which ways out of its end go straight on."""
    at_m = np.array([(node.x_m, node.y_m) for node in plan.nodes], float).reshape(-1, 2)
    tail = np.stack([net.start, net.end], axis=1).ravel()
    head = np.stack([net.end, net.start], axis=1).ravel()
    toward = at_m[head] - at_m[tail]
    far = np.hypot(toward[:, 0], toward[:, 1])
    toward = np.divide(toward, far[:, None], out=np.zeros_like(toward), where=far[:, None] > 0)
    count = np.diff(net.first_out)[head]
    behind = np.repeat(np.arange(head.size), count)
    place = np.arange(behind.size) - np.repeat(np.cumsum(count) - count, count)
    way = net.out[net.first_out[head[behind]] + place]
    is_ahead = (toward[behind] * toward[way]).sum(axis=1) >= np.cos(np.radians(STRAIGHT_DEG))
    bits = np.zeros(head.size + net.floor_store.size, np.uint32)
    np.bitwise_or.at(bits, behind[is_ahead], np.uint32(1) << place[is_ahead].astype(np.uint32))
    return bits


def _goals_shown(goals: tuple[str, ...], shown: ShownWays) -> NDArray[np.integer]:
    """Numbers of the goals that are shown; -1 = one that nobody looks for."""
    number = {goal: at for at, goal in enumerate(goals)}
    return np.array([number.get(each, -1) for each in shown.goals], np.int64)[shown.goal] if shown.goals else shown.goal


def _hiding(net: Net, goals: tuple[str, ...], shown: ShownWays) -> NDArray[np.float32]:
    goal = _goals_shown(goals, shown)
    hides = np.full((len(goals), 2 * net.start.size + net.floor_store.size), np.inf, np.float32)
    np.minimum.at(hides, (goal[goal >= 0], shown.behind[goal >= 0]), shown.hides_m2[goal >= 0])
    return np.where(np.isfinite(hides), hides, np.float32(0.0))


def _bits_shown(net: Net, goals: tuple[str, ...], shown: ShownWays) -> NDArray[np.uint32]:
    goal = _goals_shown(goals, shown)
    place_of = np.zeros(2 * net.start.size, np.uint32)
    place_of[net.out] = np.arange(net.out.size) - np.repeat(net.first_out[:-1], np.diff(net.first_out))
    bits = np.zeros((len(goals), 2 * net.start.size + net.floor_store.size), np.uint32)
    known = goal >= 0
    np.bitwise_or.at(bits, (goal[known], shown.behind[known]), np.uint32(1) << place_of[shown.way[known]])
    return bits


def results_of(plan: Plan, day: Day) -> dict[str, Any]:
    """What `DayResult` keeps of wrong turns; empty where nobody turns wrong."""
    new = day.crowd.newcomers
    codes = [node.code for node in plan.nodes]
    return {
        "wrong_goals": goals_of(plan)[0] if new.on else (),
        "wrong_turns": new.turns,
        "wrong_passed": new.passed,
        "wrong_lost_s": new.lost_s,
        "wrong_desks": tuple(codes[at] for at in desk_nodes(plan)) if new.on else (),
        "wrong_questions": new.questions,
        "visitor_is_newcomer": new.who["is_new"].astype(bool),
        "visitor_wrong_turns": new.who["turns"].copy(),
        "visitor_questions": new.who["asked"].copy(),
        "visitor_lost_s": new.who["lost_s"].copy(),
    }
