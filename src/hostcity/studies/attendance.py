"""Who of the roster comes on a drawn day, and where those who stand by go.

Whether somebody comes to a shift has a number of its own, keyed by seed, run, person, day and band: not by the roster,
so that two rosters are compared on days on which the same people oversleep.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable

from hostcity.plan.manning import Cell, cells_needed, present, service_day
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Post, Shift, Volunteer


def with_those_who_come(plan: Plan, *, seed: int, run: int) -> tuple[Plan, float | None]:
    """The plan whose sheet shifts has, for the day that is played, only who comes; and the share of shifts not come to.

    Who stands by has gone where most are missing. A plan without shifts on its day is given back as it is, with None.
    """
    day = service_day(plan)
    todays = [shift for shift in plan.shifts if day and shift.day == day and shift.post]
    if not todays:
        return plan, None
    attends = {person.code: person.attends for person in plan.volunteers}
    come = [shift for shift in todays if luck(seed, run, shift) < attends.get(shift.volunteer, 1.0)]
    others = tuple(shift for shift in plan.shifts if shift.day != day or not shift.post)
    here = plan.replace(shifts=(*others, *come))
    return here.replace(shifts=(*others, *_standing_in(here, come))), 1 - len(come) / len(todays)


def luck(seed: int, run: int, shift: Shift) -> float:
    """A number in [0, 1) of a person, day and band in a run."""
    key = "\x1f".join((str(seed), str(run), "shift", shift.volunteer, shift.day, shift.band))
    return int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little") / 2**64


def _standing_in(plan: Plan, come: list[Shift]) -> Iterable[Shift]:
    """Shifts as they are served: who stands by serves at the post of the zone that misses the largest share of its people."""
    posts = {post.code: post for post in plan.posts}
    people = {person.code: person for person in plan.volunteers}
    needed, there = cells_needed(plan), present(plan)
    may = _Permits(plan)
    for shift in come:
        post, person = posts.get(shift.post), people.get(shift.volunteer)
        if post is None or person is None or not post.is_standby:
            yield shift
            continue
        cell = min(
            (
                (there[cell] / heads, not posts[cell[0]].is_critical, cell)
                for cell, heads in needed.items()
                if cell[1] == shift.band and there[cell] < heads
                and posts[cell[0]].zone == post.zone and not posts[cell[0]].is_standby and may.serve(person, posts[cell[0]])
            ),
            default=None,
        )  # fmt: skip
        if cell is None:
            yield shift
            continue
        there[cell[2]] += 1
        yield dataclasses.replace(shift, post=cell[2][0])


class _Permits:
    """Who may serve where on the day that is played."""

    def __init__(self, plan: Plan) -> None:
        self._classes = {each.code: each for each in plan.post_classes}
        self._restricted = {zone.code for zone in plan.zones if zone.is_restricted}
        self._held = {
            (held.volunteer, held.skill)
            for held in plan.certificates
            if not held.expires or held.expires >= plan.day.date
        }

    def serve(self, person: Volunteer, post: Post) -> bool:
        """Whether somebody may serve at a post."""
        of = self._classes[post.post_class]
        return (
            post.post_class in person.trained_for
            and (not of.certificate or (person.code, of.certificate) in self._held)
            and (post.zone not in self._restricted or post.zone in person.zones)
            and not (of.no_minors and person.is_minor)
        )


def lacking(plan: Plan) -> dict[Cell, int]:
    """Heads that are missing on the day that is played, by post and band; standby is left out."""
    standby = {post.code for post in plan.posts if post.is_standby}
    there = present(plan)
    missing = {cell: heads - there[cell] for cell, heads in cells_needed(plan).items() if cell[0] not in standby}
    return {cell: heads for cell, heads in missing.items() if heads > 0}
