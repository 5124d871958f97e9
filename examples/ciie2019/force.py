"""Build examples/ciie2019/volunteers.xlsx: the force of the 2nd CIIE, for the plan in expo.xlsx beside it.

python -m examples.ciie2019.force

Reported: how many volunteers, students, universities, languages, Red Cross people; classes of posts and their types in later years.
All else, and every single row, is drawn by chance from assumed shares: people are codes, universities are numbers.
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import NamedTuple

import numpy as np

from examples.ciie2019.force_known import PROVENANCE, SOURCES
from examples.ciie2019.force_posts import CLASSES, LANGUAGES, SKILLS, ZONES, posts_of
from hostcity.plan.files import read_plan
from hostcity.plan.force_book import BOOK, BOOK_SHEETS
from hostcity.plan.plan import Plan
from hostcity.plan.rows import (
    Band,
    Campus,
    Certificate,
    MixLine,
    Need,
    Post,
    RosterRules,
    ServiceDay,
    Team,
    Volunteer,
)
from hostcity.plan.workbook import write_workbook

HERE = Path(__file__).parent
HOUR_S = 3600.0
PEOPLE, STUDENTS, UNIVERSITIES, RED_CROSS = 5_881, 5_554, 38, 250
DAYS = tuple(
    ServiceDay(code=f"D{n}", date=f"2019-11-{4 + n:02}", name_en=f"{4 + n} November", name_zh=f"11 月 {4 + n} 日")
    for n in range(1, 7)
)
BANDS = tuple(
    Band(code=code, name_en=en, name_zh=zh, start_s=start_h * HOUR_S, end_s=(start_h + 6) * HOUR_S)
    for code, en, zh, start_h in (
        ("A", "Early", "早班", 7.5), ("B", "Midday", "午班", 10), ("C", "Afternoon", "午后班", 13), ("D", "Evening", "晚班", 16),
    )
)  # fmt: skip
BY_DAY = np.array([1.25, 1.15, 1.05, 1.0, 1.0, 0.8])  # opening days are heavier
BY_BAND = np.array([1.1, 0.6, 1.0, 0.6])
OPEN = {"all": "ABCD", "day": "AC", "long": "ACD", "morning": "ABC"}
TIGHT, STANDBY = 0.77, 0.035  # demand of what people can serve; standby of the demand of a zone
SIZES = ("XS", "S", "M", "L", "XL", "2XL")
Array = np.ndarray


class Crowd(NamedTuple):
    """Who volunteers, as rows, and how many shifts each could serve."""

    teams: list[Team]
    people: list[Volunteer]
    certificates: list[Certificate]
    can_serve: float


def build_force(day: Plan, seed: int = 2019) -> Plan:
    """The force, for the stations and nodes of a day."""
    rng = np.random.default_rng(seed)
    campuses = _campuses(rng)
    crowd = _crowd(rng, campuses)
    posts, patterns = posts_of(day)
    heads = _heads(rng, posts, patterns, crowd.can_serve)
    return Plan(
        edition=(), service_days=DAYS, bands=BANDS, roster_rules=(RosterRules(code="2019"),), skills=SKILLS, post_classes=CLASSES,
        zones=ZONES, posts=tuple(posts), mix_lines=_mix(rng, posts), needs=tuple(_needs(posts, heads)), campuses=tuple(campuses),
        teams=tuple(crowd.teams), volunteers=tuple(crowd.people), certificates=tuple(crowd.certificates), sources=SOURCES,
        provenance=PROVENANCE,
    )  # fmt: skip


def _campuses(rng: np.random.Generator) -> list[Campus]:
    travel_min = rng.choice([25, 40, 55, 70, 90, 110], UNIVERSITIES, p=[0.15, 0.25, 0.25, 0.2, 0.1, 0.05])
    found = [
        Campus(
            code=f"U{n:02}", name_en=f"University {n:02}", name_zh=f"高校 {n:02}", university=f"University {n:02}",
            travel_s=60.0 * int(travel_min[n - 1]), bus_seats=45, first_bus_s=6 * HOUR_S,
        )
        for n in range(1, UNIVERSITIES + 1)
    ]  # fmt: skip
    return [*found, Campus(code="city", name_en="From the city", name_zh="市内", travel_s=2_400.0)]


def _crowd(rng: np.random.Generator, campuses: list[Campus]) -> Crowd:
    """Teams of 5 to 12 inside universities; what they are trained for, when they are free, what they like."""
    shares = rng.dirichlet(np.full(UNIVERSITIES, 3.0))
    of_class = np.array([each[1] for each in SHARES])
    names = [each[0] for each in SHARES]
    teams: list[Team] = []
    people: list[Volunteer] = []
    certificates: list[Certificate] = []
    can_serve = 0.0
    while len(people) < PEOPLE:
        is_student = len(people) < STUDENTS
        left = (STUDENTS if is_student else PEOPLE) - len(people)
        campus = campuses[int(rng.choice(UNIVERSITIES, p=shares))] if is_student else campuses[-1]
        away = [day.code for day in DAYS if rng.random() < 0.12]
        code = f"T{len(teams) + 1:03}"
        teams.append(Team(code=code, campus=campus.code, not_days=tuple(away)))
        main = int(rng.choice(len(names), p=of_class))
        for _ in range(min(left, int(rng.integers(5, 13)))):
            best = main if rng.random() < 0.85 else int(rng.choice(len(names), p=of_class))
            person = _person(rng, len(people), code, names, best, RED_CROSS - len(certificates))
            free = sum(day.code not in {*away, *person.not_days} for day in DAYS)
            can_serve += min(person.shifts_most, free, person.shifts_fair + 0.5)
            people.append(person)
            if "medical" in person.trained_for:
                certificates.append(_certificate(rng, person.code, len(certificates)))
    return Crowd(teams, people, certificates, can_serve)


def _person(rng: np.random.Generator, number: int, team: str, names: list[str], best: int, aid_left: int) -> Volunteer:
    of_class = np.array([each[1] for each in SHARES])
    trained = {names[best], "standby"}
    if rng.random() < 0.35:
        trained.add(names[int(rng.choice(len(names), p=of_class))])
    if rng.random() < 0.6:
        trained.add("guidance")
    if aid_left <= 0:
        trained.discard("medical")
    half, bands = rng.random(), [band.code for band in BANDS]
    likes, dislikes = (bands[int(each)] for each in rng.integers(0, 4, 2))
    most = int(rng.choice([3, 4, 5, 6], p=[0.15, 0.4, 0.35, 0.1]))
    zone = ZONES[int(rng.integers(0, len(ZONES)))].code if rng.random() < 0.3 else ""
    guests = names[best] in ("liaison", "forum", "press", "registration") and rng.random() < 0.6
    return Volunteer(
        code=f"V{number + 1:04}", team=team, trained_for=tuple(each.code for each in CLASSES if each.code in trained),
        skills=_skills(rng), zones=("guests",) if guests else (), not_days=tuple(day.code for day in DAYS if rng.random() < 0.13),
        not_bands=("C", "D") if half < 0.13 else ("A", "B") if half < 0.26 else (), likes=(likes,),
        dislikes=(dislikes,) if dislikes != likes else (), likes_class=names[best] if names[best] in trained else "guidance",
        likes_zone=zone if zone != "guests" or guests else "", shifts_fair=min(4, most), shifts_most=most,
        attends=float(rng.choice([0.88, 0.93, 0.96, 0.985], p=[0.08, 0.17, 0.45, 0.3])), is_minor=bool(rng.random() < 0.005),
        uniform=str(rng.choice(SIZES, p=[0.08, 0.27, 0.31, 0.21, 0.09, 0.04])),
    )  # fmt: skip


def _skills(rng: np.random.Generator) -> tuple[str, ...]:
    held = ["leads"] if rng.random() < 0.25 else []
    english = rng.random()
    held += ["en-C1"] if english < 0.12 else ["en-B2"] if english < 0.42 else []
    return (*held, *(f"{code}-B2" for code, _, _, share in LANGUAGES if rng.random() < share))


def _certificate(rng: np.random.Generator, person: str, number: int) -> Certificate:
    """First aid; one in fifty expires while the expo is open."""
    expires = "2019-11-07" if rng.random() < 0.02 else f"20{int(rng.integers(20, 22))}-0{int(rng.integers(1, 10))}-28"
    return Certificate(code=f"RC{number + 1:03}", volunteer=person, skill="first-aid", expires=expires)


def _heads(rng: np.random.Generator, posts: list[Post], patterns: list[str], can_serve: float) -> Array:
    """Heads needed, ``[D, S, P]``: scaled to what people can serve; each open cell of a post needs two at least."""
    is_open = np.array([[band.code in OPEN[each] for each in patterns] for band in BANDS])
    size = rng.choice([2, 3, 4, 6, 8, 12], len(posts), p=[0.15, 0.25, 0.25, 0.2, 0.1, 0.05])
    size[[post.post_class == "medical" for post in posts]] = 2
    standby, zone = np.array([post.is_standby for post in posts]), np.array([post.zone for post in posts])
    heads = size * BY_DAY[:, None, None] * (BY_BAND[:, None] * is_open)[None] * ~standby
    heads *= TIGHT * can_serve / heads.sum()
    needed = np.maximum(np.round(heads), 2 * (is_open & ~standby)[None]).astype(np.int64)
    for pool in np.flatnonzero(standby):
        mine = needed[:, :, (zone == zone[pool]) & ~standby].sum(axis=2)
        needed[:, :, pool] = np.ceil(STANDBY * mine) * is_open[:, pool]
    return needed


def _needs(posts: list[Post], heads: Array) -> list[Need]:
    """A row for each post, band and number of heads. At gates and first-aid points two thirds are the minimum."""
    found = []
    for at, post in enumerate(posts):
        for band, name in enumerate(BANDS):
            days = sorted((int(heads[day, band, at]), day) for day in range(len(DAYS)))
            for many, group in groupby(days, key=lambda each: each[0]):
                named = tuple(DAYS[day].code for _, day in group)
                if many:
                    least = -(-2 * many // 3) if post.post_class in ("entry", "medical") else 0
                    found.append(
                        Need(
                            code=f"{post.code}-{name.code}{many}", post=post.code, bands=(name.code,), heads=many, heads_least=least,
                            days=() if len(named) == len(DAYS) else named,
                        )
                    )  # fmt: skip
    return found


def _mix(rng: np.random.Generator, posts: list[Post]) -> tuple[MixLine, ...]:
    """A leader where three serve, English everywhere, and one language at a fifth of the posts."""
    share = np.array([each[3] for each in LANGUAGES])
    asked = [
        MixLine(code=f"{post.code}-l", post=post.code, skill=f"{LANGUAGES[at][0]}-B2", heads=1, weight=25.0)
        for post, at, draw in zip(
            posts, rng.choice(len(LANGUAGES), len(posts), p=share / share.sum()), rng.random(len(posts)), strict=True
        )
        if draw < 0.22 and not post.is_standby
    ]
    return (
        MixLine(code="leader", skill="leads", heads=1, from_heads=3, weight=40.0),
        MixLine(code="english", skill="en-B2", heads=1, weight=30.0),
        MixLine(code="liaison-english", post_class="liaison", skill="en-B2", heads=2, weight=30.0), *asked,
    )  # fmt: skip


#: Share of people that each class of posts trains first.
SHARES = (
    ("guidance", 0.36), ("registration", 0.12), ("liaison", 0.12), ("entry", 0.08), ("information", 0.08), ("forum", 0.05), ("press", 0.05),
    ("exhibitors", 0.1), ("medical", 0.04),
)  # fmt: skip


if __name__ == "__main__":
    write_workbook(build_force(read_plan(HERE)), HERE / BOOK, BOOK_SHEETS)
