"""What follows from a roster for who drives and who hands out uniforms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from hostcity.plan.plan import Plan
from hostcity.plan.rows import Shift


class BusNeed(NamedTuple):
    """People of a campus who serve in one band of a day, and buses for them."""

    campus: str
    day: str
    band: str
    persons: int
    buses: int  # 0 = they come by themselves


def buses_of(plan: Plan, shifts: Iterable[Shift]) -> tuple[BusNeed, ...]:
    """By campus, day and band; people without a campus are left out."""
    campus_of, seats = campuses_of(plan), {campus.code: campus.bus_seats for campus in plan.campuses}
    many = Counter((campus_of[each.volunteer], each.day, each.band) for each in shifts if each.post)
    days = {day.code: day.date for day in plan.service_days}
    starts = {band.code: band.start_s for band in plan.bands}
    places = {code: at for at, code in enumerate(seats)}
    order = sorted((key for key in many if key[0]), key=lambda key: (places[key[0]], days[key[1]], starts[key[2]]))
    return tuple(BusNeed(*key, many[key], -(-many[key] // seats[key[0]]) if seats[key[0]] else 0) for key in order)


def uniforms_of(plan: Plan, shifts: Iterable[Shift]) -> dict[str, Counter[str]]:
    """Uniforms of who serves at all, by campus and size; "" = no campus."""
    campus_of, serve = campuses_of(plan), {each.volunteer for each in shifts if each.post}
    found: dict[str, Counter[str]] = {}
    for person in plan.volunteers:
        if person.code in serve:
            found.setdefault(campus_of[person.code], Counter())[person.uniform] += 1
    return found


def campuses_of(plan: Plan) -> dict[str, str]:
    """Campus that each person sets out from, his own or his team's; "" = not said."""
    of_team = {team.code: team.campus for team in plan.teams}
    return {person.code: person.campus or of_team.get(person.team, "") for person in plan.volunteers}
