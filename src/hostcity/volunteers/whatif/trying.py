"""What changes do to a draft: each term, each cell, each rule. Of stored results by NumPy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from hostcity.core.errors import refuse
from hostcity.core.models import Result
from hostcity.volunteers.board import color_of, key_of
from hostcity.volunteers.drafts import Cell, Draft, draft_of, named
from hostcity.volunteers.swaps.judging import RULE_WORDS
from hostcity.volunteers.whatif.asking import Asked, faults
from hostcity.volunteers.words import TERM_WORDS

if TYPE_CHECKING:
    from hostcity.engines.rosters import Effect, Problem, Terms, Violation

Seat = tuple[int, int, int]  # places of a person, a day and a band
NEGLIGIBLE = 5e-5  # of a term: shown as no change


@dataclass(frozen=True, kw_only=True, slots=True)
class TermTold:
    """A piece of the objective. The less the better."""

    name: str
    words: Any
    was: float
    change: float

    @property
    def now(self) -> float:
        """After the changes."""
        return self.was + self.change

    @property
    def saved(self) -> float:
        """How much less it is."""
        return -self.change


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleTold:
    """A rule that would be broken, or is not broken any more."""

    rule: str
    words: Any
    volunteer: str
    day: str
    band: str  # "" = of the day


@dataclass(frozen=True, kw_only=True, slots=True)
class SeatTold:
    """A seat that would be another's."""

    volunteer: str
    day: str
    band: str
    was: str  # names of posts; "" = none
    now: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CellTried:
    """A cell whose people or need would be others."""

    key: str
    day: str
    band: str
    post: str
    heads: tuple[int, int]  # before and after, as all pairs here
    needed: tuple[int, int]
    short: tuple[float, float]  # probability that somebody is missing: of heads, or of the role where that is likeliest

    @property
    def percents(self) -> tuple[int, int]:
        """The same for people."""
        return round(100 * self.short[0]), round(100 * self.short[1])

    @property
    def colors(self) -> tuple[int, int]:
        """Steps of the board."""
        return color_of(self.short[0]), color_of(self.short[1])


@dataclass(frozen=True, kw_only=True, slots=True)
class Tried:
    """What changes would do."""

    terms: tuple[TermTold, ...]  # those that change
    objective: TermTold
    violations: tuple[int, int]  # rules that are not kept, before and after
    broken: tuple[RuleTold, ...]
    mended: tuple[RuleTold, ...]
    cells: tuple[CellTried, ...]
    seats: tuple[SeatTold, ...]


def try_changes(result: Result, asked: Asked) -> Tried:
    """What changes of a draft would do.

    Raises ``Refused`` for what the draft does not have, and what contradicts itself.
    """
    from hostcity.engines.rosters import Lock, what_if

    draft = draft_of(result)
    refuse(faults(draft, asked))
    edits, then = edits_of(draft, asked), problem_then(draft, asked)
    effect = what_if(
        draft.problem, draft.made.homes, draft.made.post_of, [Lock(*seat, post) for seat, post in edits.items()], then=then
    )  # fmt: skip
    before, terms = result.summary["violations"], _terms(result.summary["terms"], effect.change)
    total = TermTold(name="objective", words="", was=result.summary["objective"], change=effect.change.total)
    return Tried(
        terms=terms, objective=total, violations=(before, before + len(effect.violations) - len(effect.mended)),
        broken=_rules(draft, effect.violations), mended=_rules(draft, effect.mended), cells=_cells(draft, asked, then, effect),
        seats=tuple(_seat(draft, seat, post) for seat, post in edits.items() if draft.made.post_of[seat] != post),
    )  # fmt: skip


def edits_of(draft: Draft, asked: Asked) -> dict[Seat, int]:
    """Seats and their posts (-1 = off). Where one shift a day is all there may be, whoever moves leaves the others of that day."""
    import numpy as np

    at, post_of = draft.at, draft.made.post_of
    bands, edits = range(post_of.shape[2]), dict[Seat, int]()
    for volunteer, day in asked.absent:
        edits |= {(at["people"][volunteer], at["days"][day], band): -1 for band in bands}
    moved = {
        (at["people"][volunteer], at["days"][day], at["bands"][band]): at["posts"][post] if post else -1
        for volunteer, day, band, post in asked.moves
    }
    edits |= moved
    if draft.problem.rules.shifts_a_day == 1:
        for person, day, to in [(person, day, band) for (person, day, band), post in moved.items() if post >= 0]:
            left = [(person, day, band) for band in bands if band != to and post_of[person, day, band] >= 0]
            edits |= {seat: -1 for seat in left if seat not in edits}
    for cell in asked.closed:
        day_at, band_at, post_at = _cell(draft, cell)
        there = np.flatnonzero(post_of[:, day_at, band_at] == post_at).tolist()
        edits |= {(person, day_at, band_at): -1 for person in there if (person, day_at, band_at) not in edits}
    return edits


def problem_then(draft: Draft, asked: Asked) -> Problem:
    """The draft's problem with other needs, and people away."""
    problem = draft.problem
    if asked.closed or asked.needs:
        needed = problem.posts.needed.copy()
        for cell in asked.closed:
            needed[(slice(None), *_cell(draft, cell))] = 0
        for day, band, post, heads in asked.needs:
            needed[(0, *_cell(draft, (day, band, post)))] = heads
        problem = replace(problem, posts=replace(problem.posts, needed=needed))
    if asked.absent:
        is_free = problem.people.is_free.copy()
        for volunteer, day in asked.absent:
            is_free[draft.at["people"][volunteer], draft.at["days"][day]] = False
        problem = replace(problem, people=replace(problem.people, is_free=is_free))
    return problem


def _cell(draft: Draft, codes: tuple[str, str, str]) -> Cell:
    day, band, post = codes
    return draft.at["days"][day], draft.at["bands"][band], draft.at["posts"][post]


def _terms(was: Mapping[str, Any], change: Terms) -> tuple[TermTold, ...]:
    """Terms that change, in the order of the board."""
    pairs = ((name, was[name], getattr(change, name)) for name in TERM_WORDS)
    summed = ((name, *(sum(each) for each in pair)) if name == "traits" else (name, *pair) for name, *pair in pairs)
    return tuple(
        TermTold(name=name, words=TERM_WORDS[name], was=before, change=more)
        for name, before, more in summed
        if abs(more) > NEGLIGIBLE
    )


def _rules(draft: Draft, violations: tuple[Violation, ...]) -> tuple[RuleTold, ...]:
    said = draft.said
    return tuple(
        RuleTold(
            rule=each.rule, words=RULE_WORDS[each.rule], volunteer=said["people"][each.person][0], day=named(said["days"][each.day]),
            band=named(said["bands"][each.shift]) if each.shift >= 0 else "",
        )
        for each in violations
    )  # fmt: skip


def _seat(draft: Draft, seat: Seat, post: int) -> SeatTold:
    person, day, band = seat
    posts, was = draft.said["posts"], int(draft.made.post_of[seat])
    return SeatTold(
        volunteer=draft.said["people"][person][0], day=named(draft.said["days"][day]), band=named(draft.said["bands"][band]),
        was=named(posts[was]) if was >= 0 else "", now=named(posts[post]) if post >= 0 else "",
    )  # fmt: skip


def _cells(draft: Draft, asked: Asked, then: Problem, effect: Effect) -> tuple[CellTried, ...]:
    """Cells that somebody leaves or comes to, that are closed, or need others; those whose risk rises most first."""
    import numpy as np

    from hostcity.engines.rosters import risk
    from hostcity.engines.rosters.score import headcount

    was, now = draft.made.post_of, effect.post_of
    touched = {_cell(draft, row[:3]) for row in (*asked.closed, *asked.needs)}
    for person, day, band in np.argwhere(was != now).tolist():
        touched |= {(day, band, int(each[person, day, band])) for each in (was, now) if each[person, day, band] >= 0}
    short, heads = risk(then, now)[0].max(axis=0), headcount(then, now)
    before, needed = draft.made.short.max(axis=0), (draft.problem.posts.needed[0], then.posts.needed[0])
    names = draft.said
    found = [
        CellTried(
            key=key_of(cell) if draft.problem.is_open[cell] else "", day=named(names["days"][cell[0]]), band=named(names["bands"][cell[1]]),
            post=named(names["posts"][cell[2]]), heads=(int(draft.heads[cell]), int(heads[cell])),
            needed=(int(needed[0][cell]), int(needed[1][cell])), short=(float(before[cell]), float(short[cell])),
        )
        for cell in sorted(touched)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: each.short[0] - each.short[1]))
