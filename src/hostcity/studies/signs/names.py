"""What stands on a face: names in both languages, pictograms and arrows."""

from __future__ import annotations

from itertools import takewhile

import numpy as np

from hostcity.engines.signs.states import Ways
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Stream
from hostcity.plan.sentences import Both
from hostcity.studies.signs.network import SignNetwork
from hostcity.studies.signs.sight import bearing

#: What faces call the nearest of a kind.
AMENITIES = {
    "seats": Both("Seats", "座椅"), "toilets": Both("Toilets", "卫生间"), "water": Both("Drinking water", "饮水处"),
    "catering": Both("Food", "餐饮"), "charging": Both("Charging", "充电"), "nursing_room": Both("Baby care", "母婴室"),
    "prayer_room": Both("Prayer room", "祈祷室"), "aed": Both("AED", "AED"), "first_aid": Both("First aid", "医疗点"),
    "information": Both("Information", "问讯处"), "cloakroom": Both("Cloakroom", "寄存处"),
}  # fmt: skip
#: By mode of the streams that arrive at a node or leave from there.
OF_MODE = {"metro": "metro", "taxi": "taxi", "coach": "coach", "shuttle": "coach"}
#: Turned by so much from straight ahead, clockwise.
TURNED = {
    "ahead": 0.0, "ahead_right": 45.0, "right": 90.0, "back_right": 135.0, "back": 180.0, "back_left": 225.0, "left": 270.0,
    "ahead_left": 315.0,
}  # fmt: skip
RISE_M = 0.5  # from one level to another
MOST_OFF_DEG = 45.0  # between an arrow and the way that it means


def name_of(plan: Plan, destination: str) -> Both:
    """What a face calls a destination; its code where the plan has no name."""
    sheet, _, key = destination.partition(".")
    if sheet == "amenities":
        return AMENITIES[key]
    if sheet == "areas":
        area = next(each for each in plan.areas if each.code == key)
        return Both(area.name_en or area.name_zh or key, area.name_zh or area.name_en or key)
    streams = _streams_at(plan, key)
    en, zh = (_shared([getattr(each, name) for each in streams]) for name in ("name_en", "name_zh"))
    return Both(en or zh or key, zh or en or key)


def _streams_at(plan: Plan, node: str) -> list[Stream]:
    """Streams that leave from a node, else those that come in there."""
    station_of = {station.code: station.node for station in plan.stations}
    leave = [each for each in plan.streams if station_of.get(each.leaves_by) == node]
    return leave or [each for each in plan.streams if each.node == node]


def _shared(names: list[str]) -> str:
    """What names of one place begin with, such as the line of two of its exits; the first, when that is nothing."""
    if len(set(names)) < 2:
        return names[0] if names else ""
    same = takewhile(lambda signs: len(set(signs)) == 1, zip(*names, strict=False))
    begin = "".join(signs[0] for signs in same).replace("，", ",").partition(",")[0].strip()
    return begin or names[0]


def pictogram_of(plan: Plan, destination: str) -> str:
    """What is drawn beside the name."""
    sheet, _, key = destination.partition(".")
    if sheet == "amenities":
        return key
    if sheet == "areas":
        kind = next(each.kind for each in plan.areas if each.code == key)
        return "hall" if kind == "hall" else "none"
    modes = [OF_MODE[each.mode] for each in _streams_at(plan, key) if each.mode in OF_MODE]
    return modes[0] if modes else "none"


def arrow_of(network: SignNetwork, heading: tuple[float, float], piece: int) -> str:
    """The arrow that leads onto a piece, seen by who walks in a direction; without one (a lift's door) straight ahead."""
    rise_m = rise_of(network, piece)
    if abs(rise_m) > RISE_M:
        return "up" if rise_m > 0 else "down"
    east, north = float(network.ways.east[piece]), float(network.ways.north[piece])
    if (east, north) == (0.0, 0.0) or heading == (0.0, 0.0):
        return "ahead"
    turned = (bearing(east, north) - bearing(*heading)) % 360.0
    return min(TURNED, key=lambda arrow: (abs((turned - TURNED[arrow] + 180.0) % 360.0 - 180.0), arrow))


def pieces_of(network: SignNetwork, heading: tuple[float, float], arrow: str, node: int) -> list[int]:
    """The pieces from a node onto which an arrow leads, the straightest first."""
    out = np.flatnonzero(network.ways.tail == node).tolist()
    if arrow in ("up", "down"):
        return [
            each
            for each in out
            if (rise_of(network, each) > RISE_M if arrow == "up" else rise_of(network, each) < -RISE_M)
        ]
    wanted = (bearing(*heading) + TURNED[arrow]) % 360.0
    turned = {
        each: _between(wanted, bearing(*_direction(network.ways, each)))
        for each in out
        if _direction(network.ways, each) != (0.0, 0.0)
    }
    return sorted(
        (each for each, angle in turned.items() if angle <= MOST_OFF_DEG), key=lambda each: (turned[each], each)
    )


def _between(one: float, other: float) -> float:
    return abs((one - other + 180.0) % 360.0 - 180.0)


def _direction(ways: Ways, piece: int) -> tuple[float, float]:
    return float(ways.east[piece]), float(ways.north[piece])


def rise_of(network: SignNetwork, piece: int) -> float:
    """How much higher a piece ends than it begins. [m]"""
    height = [level.elevation_m for level in network.plan.levels]
    tail, head = int(network.ways.tail[piece]), int(network.ways.head[piece])
    return 0.0 if tail < 0 else height[network.level_of[head]] - height[network.level_of[tail]]
