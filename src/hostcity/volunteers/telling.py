"""Why a cell is short and what would mend it; why somebody has no shift. Of stored results by NumPy alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hostcity.plan.cells import clock_text
from hostcity.volunteers.board import Spot, key_of, spot_of
from hostcity.volunteers.drafts import Cell, Draft, named
from hostcity.volunteers.words import MEND_WORDS, REASON_WORDS

if TYPE_CHECKING:
    from hostcity.engines.rosters import Offer, Plan

NO_MEND = ("serves here", "could come")


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """What a cell asks for: heads, or a role."""

    what: str
    needed: int
    rostered: int
    percent: float  # probability that somebody is missing
    missing: float  # in the mean. [heads]
    price: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """Somebody in a cell."""

    code: str
    team: str
    roles: tuple[str, ...]
    attends: float
    is_locked: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One change that would bring somebody."""

    code: str
    source: str  # the post he leaves; "" = free that day
    saves: float  # of the objective


@dataclass(frozen=True, kw_only=True, slots=True)
class CellTold:
    """A cell in full."""

    spot: Spot
    times: str
    lines: tuple[Line, ...]
    servers: tuple[Server, ...]
    reasons: tuple[tuple[str, Any, int], ...]  # code, words, people
    mend: Any
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ShiftTold:
    """A band of a day of one person."""

    cell: str  # key; "" = off
    post: str
    is_free: bool
    is_locked: bool
    day_code: str
    band_code: str
    band: str  # by name


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonTold:
    """A person's plan in full."""

    code: str
    team: str
    attends: float
    fair: int
    most: int
    served: int
    days: tuple[tuple[str, tuple[ShiftTold, ...]], ...]
    reasons: tuple[tuple[str, Any, int], ...]  # of open cells
    plan_harm: float
    idle_harm: float
    best_harm: float
    best: tuple[tuple[str, str, str], ...]  # day, band, post
    best_terms: tuple[tuple[str, float], ...]


def tell_cell(draft: Draft, cell: Cell) -> CellTold:
    """Who serves in a cell, why it is short, what would mend it, and what one more is worth."""
    import numpy as np

    from hostcity.engines.rosters import explain_cell

    day, band, post = cell
    why = explain_cell(draft.problem, draft.roster, day, band, post, offers=5)
    here = np.flatnonzero(draft.made.post_of[:, day, band] == post).tolist()
    lines = tuple(_line(draft, cell, line, why.price[line], here) for line in _asked(draft, cell))
    reasons = tuple((name, REASON_WORDS[name], many) for name, many in why.people if many)
    changes = sorted((*why.calls, *why.swaps), key=lambda each: each.harm)
    return CellTold(
        spot=spot_of(draft, cell), times=times_of(draft, band), lines=lines, servers=tuple(_server(draft, cell, person) for person in here),
        reasons=reasons, mend=_mend(draft, cell, dict(why.lacking)), changes=tuple(_change(draft, each) for each in changes[:6]),
    )  # fmt: skip


def _asked(draft: Draft, cell: Cell) -> list[int]:
    """Lines that ask for somebody."""
    day, band, post = cell
    posts = draft.problem.posts
    return [
        line for line in range(len(posts.needed))
        if posts.needed[line, day, band, post] > 0 and (line == 0 or posts.trait[line, post] >= 0)
    ]  # fmt: skip


def _line(draft: Draft, cell: Cell, line: int, price: float, here: list[int]) -> Line:
    day, band, post = cell
    trait = int(draft.problem.posts.trait[line, post])
    has = here if line == 0 or trait < 0 else [person for person in here if draft.problem.people.has[person, trait]]
    skills = {each["code"]: named(each) for each in draft.said["skills"]}
    skill = draft.skill_at(line, post) if line else ""
    what = skills.get(skill, skill) if skill else (_("people, at least") if line else _("people"))
    return Line(
        what=what, needed=int(draft.problem.posts.needed[line, day, band, post]), rostered=len(has),
        percent=100 * float(draft.made.short[line, day, band, post]), missing=float(draft.made.missing[line, day, band, post]), price=float(price),
    )  # fmt: skip


def _server(draft: Draft, cell: Cell, person: int) -> Server:
    day, band, _post = cell
    code, team = draft.said["people"][person]
    skills = {each["code"]: named(each) for each in draft.said["skills"]}
    has = draft.problem.people.has[person]
    roles = tuple(skills.get(skill, skill) for at, skill in enumerate(draft.said["traits"]) if skill and has[at])
    return Server(
        code=code,
        team=team,
        roles=roles,
        attends=float(draft.problem.people.attends[person]),
        is_locked=(person, day, band) in draft.locked,
    )


def _change(draft: Draft, offer: Offer) -> Change:
    source = named(draft.said["posts"][offer.source]) if offer.source >= 0 else ""
    return Change(code=draft.said["people"][offer.person][0], source=source, saves=-float(offer.harm))


def _mend(draft: Draft, cell: Cell, lacking: dict[str, int]) -> Any:
    """What to do about a cell that is likely short: by what keeps most people away."""
    if spot_of(draft, cell).color < 2:
        return ""
    away = {reason: many for reason, many in lacking.items() if reason not in NO_MEND}
    return MEND_WORDS[max(away, key=lambda reason: away[reason])] if any(away.values()) else ""


def times_of(draft: Draft, band: int) -> str:
    """From when to when a band lasts."""
    row = draft.said["bands"][band]
    return f"{clock_text(row['start_s'])}–{clock_text(row['end_s'])}"


def tell_person(draft: Draft, person: int) -> PersonTold:
    """Somebody's shifts, and why there are no more of them."""
    from hostcity.engines.rosters import explain_person

    why = explain_person(draft.problem, draft.roster, person)
    code, team = draft.said["people"][person]
    people = draft.problem.people
    return PersonTold(
        code=code, team=team, attends=float(people.attends[person]), fair=int(people.target[person]), most=int(people.most_shifts[person]),
        served=int((draft.made.post_of[person] >= 0).sum()), days=tuple(_day(draft, person, day) for day in range(len(draft.said["days"]))),
        reasons=tuple((name, REASON_WORDS[name], many) for name, many in why.cells if many and name != "serves here"),
        plan_harm=why.plan.reduced, idle_harm=why.idle, best_harm=why.best.reduced, best=_served(draft, why.best), best_terms=_terms(why.best),
    )  # fmt: skip


def _day(draft: Draft, person: int, day: int) -> tuple[str, tuple[ShiftTold, ...]]:
    return named(draft.said["days"][day]), tuple(
        _shift(draft, person, day, band) for band in range(len(draft.said["bands"]))
    )


def _shift(draft: Draft, person: int, day: int, band: int) -> ShiftTold:
    post = int(draft.made.post_of[person, day, band])
    return ShiftTold(
        cell=key_of((day, band, post)) if post >= 0 else "", post=named(draft.said["posts"][post]) if post >= 0 else "",
        is_free=bool(draft.problem.people.is_free[person, day, band]), is_locked=(person, day, band) in draft.locked,
        day_code=draft.said["days"][day]["code"], band_code=draft.said["bands"][band]["code"],
        band=named(draft.said["bands"][band]),
    )  # fmt: skip


def _served(draft: Draft, plan: Plan) -> tuple[tuple[str, str, str], ...]:
    said = draft.said
    return tuple(
        (named(said["days"][day]), named(said["bands"][band]), named(said["posts"][post]))
        for day, band, post in plan.served
    )


def _terms(plan: Plan) -> tuple[tuple[str, float], ...]:
    """What a plan costs, and what the posts pay for it."""
    names = ("shifts", "posts", "changes", "fairness", "away")
    return (*((name, float(getattr(plan, name))) for name in names), ("paid", -float(sum(plan.paid))))
