"""What the engine finds, told by sheet, row and column in a coordinator's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np

from hostcity.engines.rosters.check import Violation
from hostcity.engines.rosters.checking import MOST_WEIGHT
from hostcity.engines.rosters.contradictions import contradictions
from hostcity.engines.rosters.from_plan.axes import Force
from hostcity.engines.rosters.problem import Lock, Posts
from hostcity.plan.check.finding import RowOf, problem_at
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem as Finding
from hostcity.plan.sentences import Sentence

NEEDED_SHEETS = ("service_days", "bands", "posts", "needs", "volunteers")

#: By rule of `check`: the column of sheet shifts, what is wrong, how to mend it.
VIOLATIONS = {
    "closed": ("post", Sentence("{post} needs nobody then."), Sentence("Add a need, or send {person} elsewhere.")),
    "trained": (
        "post",
        Sentence("{person} is not trained, certified or accredited for {post}."),
        Sentence("Send somebody who is, or bring sheets volunteers and certificates up to date."),
    ),
    "free": ("band", Sentence("{person} is not free then: away, or no bus so early."), Sentence("Send somebody else.")),
    "overlap": ("band", Sentence("{person} serves in band {other} at the same time."), Sentence("Take one of the two away.")),
    "shifts_a_day": ("day", Sentence("{person} has {detail} shifts that day."), Sentence("Take shifts away.")),
    "hours_a_day": ("day", Sentence("{person} serves too many hours that day."), Sentence("Take shifts away.")),
    "rest": ("band", Sentence("{person} rests too little after band {other} of the day before."), Sentence("Give a later band.")),
    "forbidden": ("band", Sentence("band {band} must not follow band {other} of the day before."), Sentence("Give another band.")),
    "running": ("day", Sentence("{person} serves {detail} days in a row by then."), Sentence("Give a day off.")),
    "window": ("day", Sentence("{person} serves {hours:g} hours within the days that are counted together by then."), Sentence("Take shifts away.")),
    "most": ("volunteer", Sentence("{person} has {detail} shifts, more than the most for one person."), Sentence("Take shifts away.")),
    "minor": ("band", Sentence("{person} is a minor and must not serve at these hours."), Sentence("Send somebody else.")),
    "lock": ("is_locked", Sentence("the lock is not kept: {person} is to be at {where}."), Sentence("Keep it, or unlock the row.")),
    "together": ("volunteer", Sentence("{person} is not at the post of {other_person}, with whom he is to serve."), Sentence("Give both the same shifts.")),
    "apart": ("volunteer", Sentence("{person} and {other_person} are at one post, and are to be apart."), Sentence("Send one of them elsewhere.")),
}  # fmt: skip

#: By reason of `contradictions`.
CONTRADICTIONS = {
    "trained": Sentence("who is locked there is not trained, certified or accredited for it."),
    "free": Sentence("who is locked there is not free then."),
    "closed": Sentence("the post needs nobody then."),
    "twice": Sentence("people who serve side by side are locked to different posts."),
    "limit": Sentence("they are more shifts than one person may have."),
    "rules": Sentence("the rules of rest, hours and days do not allow them together."),
    "apart": Sentence("people who are to be apart are locked to one post."),
}


def missing_sheets(plan: Plan) -> Iterator[Finding]:
    """Sheets without which there is no roster."""
    for sheet in NEEDED_SHEETS:
        if not getattr(plan, sheet):
            mend = Sentence(
                "A roster needs days, bands, posts, needs and volunteers; `hostcity template` shows the sheets."
            )
            yield Finding(code=f"{sheet}.none", sheet=sheet, what=Sentence("has no rows."), mend=mend)


def too_heavy(plan: Plan, posts: Posts, row_of: RowOf) -> Iterator[Finding]:
    """Posts whose weights the search could not tell from what must not be."""
    total = posts.weight.sum(axis=0)
    for at in np.flatnonzero(total > MOST_WEIGHT).tolist():
        what = Sentence(
            "the weights of {code} add up to {total:,.0f}: of a head, of the minimum, of each line of the mix.",
            code=plan.posts[at].code, total=total[at],
        )  # fmt: skip
        mend = Sentence("Scale all weights down, so that no post has more than {most:,.0f}.", most=MOST_WEIGHT)
        yield problem_at("posts", row_of("posts", at), "post_class", "weight", what, mend)


def contradictions_told(force: Force, row_of: RowOf | None = None) -> tuple[Finding, ...]:
    """Locked rows of sheet shifts that cannot all be kept: the fewest of them, each at its first row."""
    at_row, found = _rows(row_of), []
    for each in contradictions(force.problem):
        places = [_place(force, lock) for lock in each.locks]
        codes = ", ".join(force.shifts[place].code for place in places)
        what = Sentence("{codes} cannot be kept: {reason}", codes=codes, reason=CONTRADICTIONS[each.reason])
        mend = Sentence("Unlock the row, or one of these.")
        found.append(problem_at("shifts", at_row(places[0]), "is_locked", each.reason, what, mend))
    return tuple(found)


def violations_told(force: Force, violations: Iterable[Violation], row_of: RowOf | None = None) -> tuple[Finding, ...]:
    """Rules that a roster does not keep, at rows of sheet shifts; row 0 where it has none for that person and time."""
    at_row = _rows(row_of)
    places = {(each.volunteer, each.day, each.band): at for at, each in enumerate(force.shifts)}
    first = {(each.volunteer, each.day): at for at, each in reversed(list(enumerate(force.shifts)))}
    found = []
    for each in violations:
        person, day = force.axes.people[each.person], force.axes.days[each.day]
        at = places.get((person, day, force.axes.bands[each.shift])) if each.shift >= 0 else first.get((person, day))
        column, what, mend = VIOLATIONS[each.rule]
        values = _values(force, each)
        where = Sentence("{day}, {band}: {what}", day=day, band=values["band"], what=Sentence(str(what), **values))
        found.append(
            problem_at(
                "shifts", 0 if at is None else at_row(at), column, each.rule, where, Sentence(str(mend), **values)
            )
        )
    return tuple(found)


def _rows(row_of: RowOf | None) -> Callable[[int], int]:
    return lambda at: row_of("shifts", at) if row_of else at + 1


def _place(force: Force, lock: Lock) -> int:
    """Where the row of a lock stands in sheet shifts."""
    axes = force.axes
    key = axes.people[lock.person], axes.days[lock.day], axes.bands[lock.shift]
    return next(at for at, each in enumerate(force.shifts) if (each.volunteer, each.day, each.band) == key)


def _values(force: Force, each: Violation) -> dict[str, object]:
    """What a sentence on a broken rule may name."""
    axes, detail = force.axes, each.detail
    return {
        "person": axes.people[each.person], "band": axes.bands[each.shift] if each.shift >= 0 else "", "detail": detail,
        "post": _named(axes.posts, detail), "other": _named(axes.bands, detail), "other_person": _named(axes.people, detail),
        "where": _named(axes.posts, detail) or Sentence("no post"), "hours": detail / 3600,
    }  # fmt: skip


def _named(codes: tuple[str, ...], at: int) -> str:
    return codes[at] if 0 <= at < len(codes) else ""
