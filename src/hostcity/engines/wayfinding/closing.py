"""What is closed: by codes, or by the plan's timeline at a time."""

from __future__ import annotations

import difflib
import math
from collections.abc import Callable, Iterable
from typing import Any

from hostcity.engines.wayfinding.book import Book, Edge
from hostcity.engines.wayfinding.finding import Barrier, Closed, find_way
from hostcity.engines.wayfinding.places import THE_WAY, is_reached
from hostcity.engines.wayfinding.sight import borders_of, first_bar
from hostcity.engines.wayfinding.way import Leg, Point, Way
from hostcity.plan.closings import CLOSING, share_left
from hostcity.plan.problems import PlanError, Problem
from hostcity.plan.rows import Event
from hostcity.plan.sentences import Sentence

REACH_M = 60.0  # to each side, that a barrier goes until it meets a wall
BEYOND_M = 0.5  # and into it


def closed_by_codes(book: Book, codes: Iterable[str]) -> Closed:
    """What the codes of openings, connectors and links name. One through which no way leads, as an exit to the outside, may be named.

    Raises
    ------
    PlanError
        With every code that names none.
    """
    asked = tuple(codes)
    edges = {each.code for each in book.edges}
    known = [*book.portal_of, *edges]
    problems = []
    for code in asked:
        is_drawn = f"openings.{code}" in book.place_of or f"connectors.{code}" in book.place_of
        if portal_named(book, code) is None and code not in edges and not is_drawn:
            near = difflib.get_close_matches(code[:100], known, 3, cutoff=0.5)
            mend = (
                Sentence("Did you mean {names}?", names=", ".join(near))
                if near
                else Sentence("Give the code of an opening, a connector or a link.")
            )
            what = Sentence("{code} is nothing that can be closed.", code=code[:100])
            problems.append(Problem(code="way.closed", what=what, mend=mend))
    if problems:
        raise PlanError(problems, THE_WAY)
    return known_of(book, asked)


def known_of(book: Book, codes: Iterable[str]) -> Closed:
    """The same, where codes that name nothing in the drawing are left out."""
    asked = dict.fromkeys(codes)
    portals = frozenset(number for code in asked if (number := portal_named(book, code)) is not None)
    barriers = [barrier for edge in book.edges if edge.code in asked and (barrier := _barrier(book, edge))]
    return Closed(portals, tuple(barriers))


def closed_at(plan: Any, at_s: float) -> tuple[str, ...]:
    """Codes of what the timeline has closed at a time: closed, shut, or left without width. [s after midnight]"""
    return _closed(plan, lambda event: event.starts_at <= at_s and (event.ends_at is None or at_s < event.ends_at))


def closed_between(plan: Any, begins_s: float = 0.0, ends_s: float = math.inf) -> tuple[str, ...]:
    """Codes of what it closes for some of a time, of the whole day if none is given. [s after midnight]"""
    return _closed(plan, lambda event: event.starts_at < ends_s and (event.ends_at is None or begins_s < event.ends_at))


def _closed(plan: Any, is_meant: Callable[[Event], bool]) -> tuple[str, ...]:
    found = (
        event.target
        for event in plan.timeline
        if event.action in CLOSING and share_left(event) == 0.0 and is_meant(event)
    )
    return tuple(dict.fromkeys(found))


def portal_named(book: Book, code: str) -> int | None:
    """The portal that a code names: its own, or that of a link that goes through it between some two nodes."""
    if code in book.portal_of:
        return book.portal_of[code]
    before = code.rpartition(":")[0]  # derived links beyond the first are named opening:node>node
    return book.portal_of.get(before) if ">" in code[len(before) :] else None


def _barrier(book: Book, edge: Edge) -> Barrier | None:
    """Across the middle of the way between two nodes, from wall to wall."""
    start, end = f"nodes.{edge.start}", f"nodes.{edge.end}"
    if not all(each in book.place_of and is_reached(book, book.place_of[each]) for each in (start, end)):
        return None
    way = find_way(book, start, end)
    legs = [each for each in way.parts if isinstance(each, Leg)] if isinstance(way, Way) else []
    if not legs:
        return None
    leg = max(legs, key=lambda each: each.length_m)
    middle, along = _middle(leg)
    level = book.levels.index(leg.level)
    borders = borders_of(book, level)
    across = -along[1], along[0]
    ends_m = []
    for sign in (1, -1):
        far = middle[0] + sign * REACH_M * across[0], middle[1] + sign * REACH_M * across[1]
        share = first_bar(borders, borders.grains(*middle), borders.grains(*far))
        reach_m = REACH_M if share is None else share * REACH_M + BEYOND_M
        ends_m += [middle[0] + sign * reach_m * across[0], middle[1] + sign * reach_m * across[1]]
    return Barrier(level, (ends_m[0], ends_m[1], ends_m[2], ends_m[3]))


def _middle(leg: Leg) -> tuple[Point, Point]:
    """The place half way along a leg, and its direction there."""
    left = leg.length_m / 2
    for a, b in zip(leg.points_m, leg.points_m[1:], strict=False):
        length = math.dist(a, b)
        if length >= left and length > 0:
            along = (b[0] - a[0]) / length, (b[1] - a[1]) / length
            return (a[0] + along[0] * left, a[1] + along[1] * left), along
        left -= length
    raise AssertionError("half of a leg is no longer than the leg")
