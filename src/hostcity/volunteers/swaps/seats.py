"""Seats that change hands, as a difference of the roster's rows."""

from __future__ import annotations

from collections.abc import Mapping

from hostcity.core.models import Edition
from hostcity.core.plan_rows.many import Diff, State
from hostcity.volunteers.from_plan import stored_states
from hostcity.volunteers.models import Shift
from hostcity.volunteers.services.publishing import Seat, fresh

FEW = 400  # values of a statement
Moves = Mapping[Seat, str]  # seat -> post from now on; "" = nobody sits there


def difference_of(edition: Edition, moves: Moves) -> Diff:
    """Rows that moves change: a seat that there is keeps its code and place; who comes is not locked. Part of an act."""
    at_seat = {(each["volunteer"], each["day"], each["band"]): each for each in states_of_people(edition, moves)}
    used = set(Shift.objects.values_list("code", flat=True))
    behind = max(Shift.objects.values_list("position", flat=True), default=-1) + 1
    diff: dict[str, tuple[State | None, State | None]] = {}
    for seat, post in moves.items():
        was = at_seat.get(seat)
        if was is None and post:
            code = fresh("-".join(seat), used)
            names = dict(zip(("volunteer", "day", "band"), seat, strict=True))
            diff[code] = None, {"code": code, **names, "post": post, "is_locked": False, "position": behind}
            behind += 1
        elif was is not None and was["post"] != post:
            diff[was["code"]] = was, ({**was, "post": post, "is_locked": False} if post else None)
    return diff


def states_of_people(edition: Edition, moves: Moves) -> list[State]:
    """The stored rows of everybody in some moves."""
    people = sorted({volunteer for volunteer, _day, _band in moves})
    codes: list[str] = []
    for first in range(0, len(people), FEW):
        codes += Shift.objects.of_volunteers(people[first : first + FEW]).values_list("code", flat=True)
    return [
        each
        for first in range(0, len(codes), FEW)
        for each in stored_states(edition, codes[first : first + FEW]).values()
    ]
