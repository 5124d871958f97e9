"""Rehearsed days on the map: which are kept, what the page's script needs of one, and where it was densest at a time.

Results are core's. Of each the report's page carries what its player needs; it is taken from there, so that no engine and no
array library is loaded here.
"""

from __future__ import annotations

import gzip
import heapq
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hostcity.core.models import Edition, Person, Result
from hostcity.core.plan_rows.queries import changes_since
from hostcity.core.registries import registries
from hostcity.core.results import bytes_of, read_blob
from hostcity.core.sayings import is_chinese
from hostcity.plan.cells import clock_text
from hostcity.plan.polygons import Point
from hostcity.report.carried import packed_in, unpack
from hostcity.venue.queries import VenueMap
from hostcity.venue.words import kind_name

PAGE = "report.html.gz"  # of a result's bytes
MOST_LISTED = 20
MOST_TOLD = 10
SAME_M = 1.0  # ends of a link that is the same one in two versions of a plan lie no farther apart
LEVELS_OF_SERVICE = "ABCDEF"


@dataclass(frozen=True, slots=True)
class KeptDay:
    """A result that can be chosen."""

    pk: int
    title: str
    at: datetime
    path: str  # its page; "" = none


@dataclass(frozen=True, slots=True)
class Dense:
    """A walkway at a time."""

    at: str  # its place on the map
    code: str
    kind: str
    level: str
    per_m2: float
    service: str  # A to F


@dataclass(frozen=True, slots=True, eq=False)
class Day:
    """What pages say of a rehearsed day."""

    head: Mapping[str, Any]
    density: bytes  # of each minute, a byte a link


@dataclass(frozen=True, slots=True)
class OnMap:
    """A day beside the plan as it stands: links that are not where they were are left out."""

    links: int
    left_out: Sequence[int]  # numbers of links
    levels: int
    missing_levels: Sequence[str]


def kept_days(edition: Edition, person: Person) -> list[KeptDay]:
    """Results of played days, the latest first, by the names that people gave them; two queries."""
    rows = Result.objects.filter(edition=edition, kind="day", blobs__has_key=PAGE)
    found = list(rows.order_by("-id").values_list("pk", "created_at")[:MOST_LISTED])
    names: dict[int, Any] = {}
    for source in registries.result_names:
        names |= source(edition, person, [pk for pk, _at in found])
    return [
        KeptDay(pk, names[pk].title, at, names[pk].path)
        if pk in names
        else KeptDay(pk, _("Result {number}").format(number=pk), at, "")
        for pk, at in found
    ]


def result_of(edition: Edition, pk: str) -> Result | None:
    """The result of a played day by its number; None where there is none."""
    if not (pk.isascii() and pk.isdigit() and len(pk) < 16):
        return None
    rows = Result.objects.filter(edition=edition, kind="day", blobs__has_key=PAGE)
    return rows.select_related("snapshot").defer("summary").filter(pk=int(pk)).first()


def packed_day(result: Result) -> bytes:
    """What the player needs of a day, compressed: a head, then its arrays (`frontend/src/unpack.ts`)."""
    return packed_in(gzip.decompress(bytes_of(result, PAGE)))


def day_of(result: Result) -> Day:
    """What pages say of a day; read once in each process, as results never change."""
    return _day(result.blobs[PAGE])


@lru_cache(maxsize=4)  # some 1 MB each
def _day(sha256: str) -> Day:
    carried = unpack(packed_in(gzip.decompress(read_blob(sha256))))
    return Day(carried.head, bytes(carried.array("density")))


def beside(venue: VenueMap, day: Day) -> OnMap:
    """Which links of a day are still where they were, and which of its levels are not there any more."""
    said = day.head["venue"]
    codes = [level["code"] for level in said["levels"]]
    there = {each.level.code for each in venue.levels}
    ways = {(way.code, each.level.code): way.line for each in venue.levels for way in each.links}
    left_out = [
        number
        for number, (code, start, end, *_more) in enumerate(said["links"])
        if not all(_is_same(ways.get((code, codes[node[0]])), said, start, end) for node in _ends(said, start, end))
    ]
    return OnMap(len(said["links"]), left_out, len(codes), [code for code in codes if code not in there])


def _ends(said: Mapping[str, Any], start: int, end: int) -> tuple[Sequence[float], Sequence[float]]:
    return said["nodes"][start], said["nodes"][end]


def _is_same(line: tuple[Point, Point] | None, said: Mapping[str, Any], start: int, end: int) -> bool:
    return line is not None and all(
        math.dist(place, (node[2], node[3])) <= SAME_M
        for place, node in zip(line, _ends(said, start, end), strict=True)
    )


def time_of(day: Day, text: str) -> float:
    """The time that an address asks for, within the day's clock; else that at which most people stand closest. [s]"""
    clock = day.head["clock"]
    hours, _colon, minutes = text.partition(":")
    if hours.isdigit() and minutes.isdigit() and len(text) < 6:
        return min(max(3600.0 * int(hours) + 60.0 * int(minutes), clock["start_s"]), clock["end_s"])
    width = len(day.head["venue"]["links"])
    fullest = max(range(clock["minutes"]), key=lambda minute: sum(day.density[minute * width : (minute + 1) * width]))
    return float(clock["start_s"] + fullest * clock["minute_s"])


def densest(day: Day, on_map: OnMap, at_s: float) -> list[Dense]:
    """The walkways with most people to the square meter at a time, the densest first; those that are empty are none."""
    said, clock = day.head["venue"], day.head["clock"]
    width = len(said["links"])
    minute = min(clock["minutes"] - 1, max(0, int((at_s - clock["start_s"]) // clock["minute_s"])))
    row = day.density[minute * width : (minute + 1) * width]
    left_out = set(on_map.left_out)
    shown = (number for number in range(width) if row[number] and number not in left_out)
    found = heapq.nlargest(MOST_TOLD, shown, key=lambda number: (row[number], -number))
    return [_dense(day, number, row[number] * day.head["density_step_per_m2"]) for number in found]


def _dense(day: Day, number: int, per_m2: float) -> Dense:
    said = day.head["venue"]
    code, start, _end, kind, *_more = said["links"][number]
    names = said["levels"][said["nodes"][start][0]]["name"]
    service = sum(per_m2 >= least for least in day.head["los_from_per_m2"])
    return Dense(f"links.{code}", code, kind_name(kind), names[is_chinese()], per_m2, LEVELS_OF_SERVICE[service])


def clock_of(at_s: float) -> str:
    """A time as clocks say it, to the minute."""
    return clock_text(at_s // 60 * 60)


def replay_of(request: Any, venue: VenueMap) -> dict[str, Any]:
    """What a page says of rehearsed days: those that can be chosen, and the one that is; two queries, and two for a day."""
    values: dict[str, Any] = {"kept": kept_days(request.edition, request.user), "kept_query": ""}
    result = result_of(request.edition, request.GET.get("result", ""))
    if result is None:
        return values
    day = day_of(result)
    on_map, at_s = beside(venue, day), time_of(day, request.GET.get("time", ""))
    chosen = next((each for each in values["kept"] if each.pk == result.pk), None)
    return values | {
        "pk": result.pk,
        "path": chosen.path if chosen else "",
        "day_path": reverse("map-day", args=[request.edition.code, result.pk]),
        "time_s": f"{at_s:g}",
        "clock": clock_of(at_s),
        "kept_query": f"result={result.pk}&time={clock_of(at_s)}&",
        "links": on_map.links,
        "left_out": list(on_map.left_out),
        "left_out_count": len(on_map.left_out),
        "missing": on_map.missing_levels,
        "is_other": bool(changes_since(request.edition, result.snapshot.number)) or bool(on_map.left_out),
        "densest": densest(day, on_map, at_s),
    }
