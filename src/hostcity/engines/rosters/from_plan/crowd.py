"""Who can serve, from sheets volunteers, certificates, teams and campuses."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from hostcity.engines.rosters.from_plan.axes import LEAST, Axes
from hostcity.engines.rosters.problem import Bools, Floats, People
from hostcity.plan.plan import Plan
from hostcity.plan.rows import Campus, Certificate, Skill, Team, Volunteer
from hostcity.plan.rows.posts import LANGUAGE_LEVELS

DISLIKED, NEUTRAL, LIKED = 4.0, 1.0, 0.0  # harm of a shift in such a band
OTHER_CLASS, OTHER_ZONE, POOL = 3.0, 1.0, 2.0  # harm of a shift at a post of these
NEAR_S, TRAVEL_STEP_S = 2700.0, 900.0  # beyond 45 min, each quarter of an hour costs 1 in the first and last band
LEVELS = ("none", *LANGUAGE_LEVELS)


class Held(NamedTuple):
    """Certificates that count, and those that do not."""

    valid: dict[str, set[str]]  # by person
    lapsing: tuple[int, ...]  # places in the sheet: expire before the last day that their holder could serve


def people_of(plan: Plan, axes: Axes, traits: tuple[str, ...], held: Held) -> People:
    """The arrays of who can serve."""
    everybody = plan.volunteers
    teams = {team.code: at for at, team in enumerate(plan.teams)}
    return People(
        attends=np.array([person.attends for person in everybody]), is_trained=_is_trained(plan, held),
        is_free=is_free(plan, axes), has=_has(plan, traits, held),
        most_shifts=np.array([person.shifts_most for person in everybody], np.int64),
        target=np.array([person.shifts_fair for person in everybody], np.int64), shift_cost=_shift_cost(plan, axes),
        post_cost=_post_cost(plan), team=np.array([teams.get(person.team, -1) for person in everybody], np.int64),
        is_minor=np.array([person.is_minor for person in everybody], bool),
    )  # fmt: skip


def is_free(plan: Plan, axes: Axes) -> Bools:
    """Who could come in which band: ``bool[N, D, S]``."""
    free = np.ones((len(axes.people), len(axes.days), len(axes.bands)), bool)
    teams, campuses = _teams(plan), _campuses(plan)
    not_bands = {code: _never(plan, campus) for code, campus in campuses.items()}
    for at, person in enumerate(plan.volunteers):
        team = teams.get(person.team)
        days = {*person.not_days, *(team.not_days if team else ())}
        free[at, [axes.day_at[code] for code in days]] = False
        bands = {*person.not_bands, *not_bands.get(campus_of(person, teams), ())}
        free[at, :, [axes.band_at[code] for code in bands]] = False
    return free


def campus_of(person: Volunteer, teams: dict[str, Team]) -> str:
    """Where somebody sets out from: his own campus, or his team's; "" = not said."""
    team = teams.get(person.team)
    return person.campus or (team.campus if team else "")


def held_by(plan: Plan, axes: Axes, free: Bools) -> Held:
    """Certificates count when they hold on the last day that their holder could serve, and nowhere when they do not."""
    dates = sorted(day.date for day in plan.service_days)
    last = {code: _last(dates, free[at]) for at, code in enumerate(axes.people)}
    valid: dict[str, set[str]] = {}
    lapsing = []
    for at, one in enumerate(plan.certificates):
        if holds(one, last.get(one.volunteer, "")):
            valid.setdefault(one.volunteer, set()).add(one.skill)
        else:
            lapsing.append(at)
    return Held(valid, tuple(lapsing))


def holds(certificate: Certificate, date: str) -> bool:
    """Whether a certificate holds on a date."""
    return not certificate.expires or certificate.expires >= date


def serves_for(held: Skill, asked: Skill) -> bool:
    """Whether who has one skill can do what asks for the other: a language at its level or a higher one."""
    if held.code == asked.code:
        return True
    of_one_language = held.kind == asked.kind == "language" and held.language.casefold() == asked.language.casefold()
    return of_one_language and LEVELS.index(held.level) >= LEVELS.index(asked.level)


def _last(dates: list[str], free: Bools) -> str:
    """Date of the last day with a band in which somebody is free; "" = there is none."""
    days = np.flatnonzero(free.any(axis=1))
    return dates[int(days[-1])] if days.size else ""


def _teams(plan: Plan) -> dict[str, Team]:
    return {team.code: team for team in plan.teams}


def _campuses(plan: Plan) -> dict[str, Campus]:
    return {campus.code: campus for campus in plan.campuses}


def _never(plan: Plan, campus: Campus) -> set[str]:
    """Bands that are not possible from a campus: those it says, and those that its first bus is too late for."""
    first_s = -1.0 if campus.first_bus_s is None else campus.first_bus_s + campus.travel_s
    return {*campus.not_bands, *(band.code for band in plan.bands if band.start_s < first_s)}


def _is_trained(plan: Plan, held: Held) -> Bools:
    """Trained for the class, certified, accredited for the zone, of age: ``bool[N, P]``."""
    classes = {each.code: at for at, each in enumerate(plan.post_classes)}
    zones = {zone.code: at for at, zone in enumerate(plan.zones)}
    in_class = np.zeros((len(plan.volunteers), len(classes)), bool)
    in_zone = np.tile([not zone.is_restricted for zone in plan.zones], (len(plan.volunteers), 1))
    for at, person in enumerate(plan.volunteers):
        has = held.valid.get(person.code, set())
        for code in person.trained_for:
            of_class = plan.post_classes[classes[code]]
            certified = not of_class.certificate or of_class.certificate in has
            in_class[at, classes[code]] = certified and not (of_class.no_minors and person.is_minor)
        in_zone[at, [zones[code] for code in person.zones]] = True
    class_of = [classes[post.post_class] for post in plan.posts]
    found: Bools = in_class[:, class_of] & in_zone[:, [zones[post.zone] for post in plan.posts]]
    return found


def _has(plan: Plan, traits: tuple[str, ...], held: Held) -> Bools:
    """``bool[N, K]``: skills at their level or above, certificates that count."""
    skills = {skill.code: skill for skill in plan.skills}
    serves = {
        code: [at for at, trait in enumerate(traits) if trait != LEAST and serves_for(skill, skills[trait])]
        for code, skill in skills.items()
    }
    has = np.zeros((len(plan.volunteers), len(traits)), bool)
    for at, person in enumerate(plan.volunteers):
        for code in (*person.skills, *held.valid.get(person.code, ())):
            has[at, serves[code]] = True
    has[:, [at for at, trait in enumerate(traits) if trait == LEAST]] = True
    return has


def _shift_cost(plan: Plan, axes: Axes) -> Floats:
    """How little a band is wanted, and a long way to the first and the last of the day: ``float64[N, D, S]``."""
    cost = np.full((len(axes.people), len(axes.bands)), NEUTRAL)
    teams, campuses = _teams(plan), _campuses(plan)
    for at, person in enumerate(plan.volunteers):
        cost[at, [axes.band_at[code] for code in person.likes]] = LIKED
        cost[at, [axes.band_at[code] for code in person.dislikes]] = DISLIKED
        campus = campuses.get(campus_of(person, teams))
        far_s = max(0.0, campus.travel_s - NEAR_S) if campus else 0.0
        cost[at, sorted({0, len(axes.bands) - 1})] += far_s / TRAVEL_STEP_S
    return np.repeat(cost[:, None, :], len(axes.days), axis=1)


def _post_cost(plan: Plan) -> Floats:
    """Posts of another class and zone than somebody likes best; pools, which nobody likes: ``float64[N, P]``."""
    class_of = np.array([post.post_class for post in plan.posts])
    zone_of = np.array([post.zone for post in plan.posts])
    cost = np.zeros((len(plan.volunteers), len(plan.posts)))
    for at, person in enumerate(plan.volunteers):
        if person.likes_class:
            cost[at] += OTHER_CLASS * (class_of != person.likes_class)
        if person.likes_zone:
            cost[at] += OTHER_ZONE * (zone_of != person.likes_zone)
    cost[:, [post.is_standby for post in plan.posts]] = POOL
    return cost
