"""What may be tried: the options that the plan lists, and lanes of checks added or moved between gates.

Nothing here ranks anything: what is listed is played.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hostcity.plan.cells import clock_text
from hostcity.plan.lanes import lanes_at
from hostcity.plan.options import uses_of
from hostcity.plan.overrides import split_changes
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Station
from hostcity.plan.uncertainties import figures_of_uncertainty

CHECKS = ("security", "badge")
MORE_SHARE = 0.5  # lanes that may be added where the plan does not say how many there is room for
SHIFTED = (1 / 8, 1 / 4, 1 / 2)  # of the lanes that could be moved away
HOUR_S = 3600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """Something that may be done, once or several times."""

    code: str
    changes: tuple[str, ...]  # for one time
    uses: Mapping[str, float]  # for one time
    most: int
    kind: str  # "option", "add" or "shift" (of lanes)
    group: str = ""  # at most one of a group
    stations: tuple[str, ...] = ()  # of lanes: where from and where to, or where
    name_en: str = ""
    name_zh: str = ""

    def times(self, count: int) -> tuple[str, ...]:
        """The changes of taking it so often; what is added is added up."""
        added = {each: each.partition("+=") for each in self.changes}
        once = tuple(each for each in self.changes if not added[each][1])
        return (
            *(f"{figure}+={float(number) * count:g}" for figure, sign, number in added.values() if sign),
            *(once * count),
        )  # fmt: skip

    def counts(self, most: int) -> tuple[int, ...]:
        """How often it is tried to be taken: as often as can be; of lanes that are moved, a few, then some, then many."""
        if self.kind != "shift":
            return (most,)
        return tuple(sorted({max(1, round(most * share)) for share in SHIFTED}))


#: Moves by their codes, each with how often it is taken.
Package = tuple[tuple[str, int], ...]


def moves_of(plan: Plan) -> tuple[Move, ...]:
    """Options of the plan first, then lanes added at checks, then lanes moved from one gate's check to another's."""
    return (*_options(plan), *_added(plan), *_shifted(plan))


def resources(plan: Plan) -> dict[str, None]:
    """Everything that some move uses: what a budget may name."""
    return dict.fromkeys(name for move in moves_of(plan) for name in move.uses)


def hourly(plan: Plan, move: Move) -> tuple[Move, ...]:
    """The same change of lanes for single hours: those in which people arrive."""
    if move.kind == "option":
        return ()
    found = []
    for start_s in _hours(plan):
        window = f"{clock_text(start_s)}-{clock_text(min(start_s + HOUR_S, plan.day.closes_at))}"
        changes = tuple(each.replace(".lanes", f".lanes@{window}", 1) for each in move.changes)
        lanes = _free_lanes(plan, move, start_s)
        if lanes > 0:
            uses = {**move.uses, **({"lane_hours": 1.0} if move.kind == "add" else {})}
            found.append(
                Move(code=f"{move.code}@{window}", changes=changes, uses=uses, most=lanes, kind=move.kind,
                     group=move.code, stations=move.stations)
            )  # fmt: skip
    return tuple(found)


def affordable(move: Move, budget: Mapping[str, float], used: Mapping[str, float]) -> int:
    """How often a move may be taken with what is left of a budget.

    An option of the plan may use nothing that the budget does not name. Lanes that are added are counted in what the
    budget names of lanes, staff and lane_hours, and are not tried when it names none of them.
    """
    uses = {name: amount for name, amount in move.uses.items() if amount > 0}
    if move.kind == "add":
        uses = {name: amount for name, amount in uses.items() if name in budget}
        if not uses:
            return 0
    most = float(move.most)
    for name, amount in uses.items():
        most = min(most, (budget.get(name, 0.0) - used.get(name, 0.0)) / amount + 1e-9)
    return max(0, math.floor(most))


def uses_of_package(package: Package, moves: Mapping[str, Move]) -> dict[str, float]:
    """What a package uses in all."""
    total: dict[str, float] = {}
    for code, count in package:
        for name, amount in moves[code].uses.items():
            total[name] = total.get(name, 0.0) + amount * count
    return {name: amount for name, amount in total.items() if amount}


def changes_of_package(package: Package, moves: Mapping[str, Move]) -> tuple[str, ...]:
    """Overrides that carry a package out."""
    return tuple(itertools.chain.from_iterable(moves[code].times(count) for code, count in package))


def _options(plan: Plan) -> Iterator[Move]:
    for row in plan.options:
        yield Move(
            code=row.code, changes=tuple(split_changes(row.changes)), uses=uses_of(row.uses), most=row.most,
            kind="option", group=row.group, name_en=row.name_en, name_zh=row.name_zh,
        )  # fmt: skip


def _added(plan: Plan) -> Iterator[Move]:
    staff = _staff_per_lane(plan)
    for station in plan.stations:
        if station.service not in CHECKS:
            continue
        most = (
            station.lanes_most
            if station.lanes_most is not None
            else station.lanes + max(1, round(station.lanes * MORE_SHARE))
        )
        if most > station.lanes:
            yield Move(
                code=f"add {station.code}", changes=(f"stations.{station.code}.lanes+=1",),
                uses={"lanes": 1.0, "staff": float(staff.get(station.code, 1)), "lane_hours": _open_hours(plan)},
                most=most - station.lanes, kind="add", stations=(station.code,),
            )  # fmt: skip


def _shifted(plan: Plan) -> Iterator[Move]:
    for service in CHECKS:
        checks = [each for each in plan.stations if each.service == service]
        for source, target in itertools.permutations(checks, 2):
            room = (target.lanes_most if target.lanes_most is not None else 10**6) - target.lanes
            most = min(source.lanes - 1, room)
            if most > 0:
                yield Move(
                    code=f"{source.code} to {target.code}",
                    changes=(f"stations.{source.code}.lanes+=-1", f"stations.{target.code}.lanes+=1"),
                    uses={}, most=most, kind="shift", stations=(source.code, target.code),
                )  # fmt: skip


def _staff_per_lane(plan: Plan) -> dict[str, int]:
    return {
        code: row.staff_per_lane for row in plan.uncertainties if row.kind == "no_show"
        for code in figures_of_uncertainty(plan, row)[1]
    }  # fmt: skip


def _open_hours(plan: Plan) -> float:
    return math.ceil((plan.day.last_entry_at - plan.day.gates_open_at) / HOUR_S)


def _hours(plan: Plan) -> tuple[float, ...]:
    """Full hours with at least a twentieth of the day's arrivals."""
    arrivals: dict[float, float] = {}
    for stream in plan.streams:
        slots = [row for row in plan.profiles if row.profile == stream.profile]
        total = sum(row.weight for row in slots) or 1.0
        for row in slots:
            per_s = stream.persons * row.weight / total / (row.ends_at - row.starts_at)
            hour_s = math.floor(row.starts_at / HOUR_S) * HOUR_S
            while hour_s < row.ends_at:
                part = min(row.ends_at, hour_s + HOUR_S) - max(row.starts_at, hour_s)
                arrivals[hour_s] = arrivals.get(hour_s, 0.0) + per_s * part
                hour_s += HOUR_S
    least = sum(arrivals.values()) / 20
    return tuple(
        hour_s for hour_s in sorted(arrivals)
        if arrivals[hour_s] >= least and plan.day.gates_open_at <= hour_s < plan.day.last_entry_at
    )  # fmt: skip


def _free_lanes(plan: Plan, move: Move, at_s: float) -> int:
    stations: dict[str, Station] = {row.code: row for row in plan.stations}
    if move.kind == "shift":
        return min(move.most, lanes_at(plan, stations[move.stations[0]], at_s) - 1)
    return move.most
