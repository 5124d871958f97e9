"""Whether seats may change hands: the engine's independent check, on the people concerned and nobody else.

It imports NumPy when it is asked, and nothing heavier.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hostcity.core.errors import Refused
from hostcity.core.models import Edition, PlanRow
from hostcity.core.plan_rows.bodies import row_from_body
from hostcity.core.plan_rows.queries import rows_of_sheets
from hostcity.core.sayings import Joined
from hostcity.plan import Plan, PlanError
from hostcity.plan.rows import Shift as PlanShift
from hostcity.volunteers.drafts import FORCE
from hostcity.volunteers.models import FIELDS, Shift
from hostcity.volunteers.swaps.seats import FEW, Moves

if TYPE_CHECKING:
    from hostcity.engines.rosters import Problem, Violation
    from hostcity.engines.rosters.from_plan import Force

BY_PERSON = ("volunteers", "certificates")
SHARED = tuple(sheet for sheet in FORCE if sheet not in BY_PERSON)
COUNTED = ("shifts_a_day", "hours_a_day", "running", "window", "most")  # rules whose detail is how much
TOLERANCE = 1e-9  # of a probability
#: Rules of `check` in words of those who would break them.
RULE_WORDS = {
    "post": _("the post is not known"),
    "closed": _("the post needs nobody then"),
    "trained": _("not trained, certified or accredited for the post"),
    "free": _("away then, or no bus so early"),
    "overlap": _("another shift at the same time"),
    "shifts_a_day": _("too many shifts that day"),
    "hours_a_day": _("too many hours that day"),
    "rest": _("too little rest between two days"),
    "forbidden": _("this band must not follow the one of the day before"),
    "running": _("too many days in a row"),
    "window": _("too many hours within a few days"),
    "most": _("more shifts than one person may have"),
    "minor": _("hours at which minors must not serve"),
    "lock": _("the coordinator has locked a shift"),
    "together": _("people who serve side by side would be parted"),
    "apart": _("people who are to be apart would meet"),
}


class Rise(NamedTuple):
    """A cell that would be short more likely than before."""

    day: str
    band: str
    post: str
    was: float  # probability that fewer come than needed: of heads, or of the role where that is likeliest
    now: float


@dataclasses.dataclass(frozen=True)
class Bench:
    """Some people with their shifts as they are, as a roster problem of their own."""

    force: Force
    post_of: Any  # posts of each person, day and band

    @classmethod
    def of(cls, edition: Edition, people: Iterable[str], cells: Iterable[tuple[str, str, str]] = ()) -> Bench:
        """Of these people, those beside or apart from whom they serve, and all who serve in some cells (day, band, post).

        Six queries and one a cell, within the edition's scope. Raises ``Refused`` where the plan has no roster's problem.
        """
        from hostcity.engines.rosters.from_plan import roster_of, roster_problem

        sheets = rows_of_sheets(edition, SHARED)
        codes = with_partners(sheets["pairs"], people)
        for day, band, post in cells:
            codes |= set(Shift.objects.filter(day=day, band=band, post=post).values_list("volunteer", flat=True))
        plan = _plan_of(edition, sheets, codes)
        try:
            force = roster_problem(plan)
        except PlanError:
            mend = _("Ask the coordinator: the plan of the force has problems.")
            raise Refused("swap.plan", _("This cannot be judged now."), mend) from None
        return cls(force, roster_of(force))

    def moved(self, moves: Moves) -> Bench:
        """The same people after moves."""
        return Bench(self.force, self.after(moves))

    def knows(self, moves: Moves) -> bool:
        """Whether the plan has everybody and everything that moves name."""
        axes = self.force.axes
        return all(
            volunteer in axes.person_at and day in axes.day_at and band in axes.band_at and post in {"", *axes.post_at}
            for (volunteer, day, band), post in moves.items()
        )

    def after(self, moves: Moves) -> Any:
        """The roster after moves."""
        axes, found = self.force.axes, self.post_of.copy()
        for (volunteer, day, band), post in moves.items():
            found[axes.person_at[volunteer], axes.day_at[day], axes.band_at[band]] = axes.post_at[post] if post else -1
        return found

    def broken_by(self, moves: Moves) -> list[str]:
        """Rules that moves would break, or break more than now; what is broken anyway does not count."""
        from hostcity.engines.rosters import check

        if not self.knows(moves):
            return ["post"]
        axes = self.force.axes
        people = _beside(self.force.problem, {axes.person_at[volunteer] for volunteer, _day, _band in moves})
        few, after = _only(self.force.problem, people), self.after(moves)
        was = _weighed(check(few, self.post_of[people]))
        now = _weighed(check(few, after[people]))
        return sorted({key[0] for key, much in now.items() if key not in was or much > was[key]})

    def rises(self, moves: Moves, most: float) -> list[Rise]:
        """Cells of moves that would be short more likely than now, and than ``most``; all who serve there must be on the bench."""
        from hostcity.engines.rosters import risk

        axes, after = self.force.axes, self.after(moves)
        was, now = (risk(self.force.problem, each)[0] for each in (self.post_of, after))
        found = []
        for day, band, post in sorted(self._cells(moves)):
            place = slice(None), axes.day_at[day], axes.band_at[band], axes.post_at[post]
            worse = [
                (float(then), float(before))
                for before, then in zip(was[place], now[place], strict=True)
                if then > before + TOLERANCE and then > most + TOLERANCE
            ]
            if worse:
                then, before = max(worse)
                found.append(Rise(day, band, post, before, then))
        return found

    def missing_roles(self, day: str, band: str, post: str) -> dict[int, float]:
        """Roles of which a cell has fewer than it needs, with the harm of one missing; all who serve there must be on the bench."""
        axes, posts, has = self.force.axes, self.force.problem.posts, self.force.problem.people.has
        at = axes.day_at[day], axes.band_at[band], axes.post_at[post]
        there = self.post_of[:, at[0], at[1]] == at[2]
        found: dict[int, float] = {}
        for line in range(1, len(posts.needed)):
            role = int(posts.trait[line, at[2]])
            if role >= 0 and posts.needed[(line, *at)] > has[there, role].sum():
                found[role] = found.get(role, 0.0) + float(posts.weight[line, at[2]])
        return found

    def fills(self, volunteer: str, roles: Mapping[int, float]) -> float:
        """Harm of missing roles that somebody would take away."""
        at, has = self.force.axes.person_at.get(volunteer), self.force.problem.people.has
        return sum(harm for role, harm in roles.items() if has[at, role]) if at is not None else 0.0

    def _cells(self, moves: Moves) -> set[tuple[str, str, str]]:
        """Those that somebody leaves or comes to."""
        axes = self.force.axes
        left = {(day, band, self._post(volunteer, day, band)) for volunteer, day, band in moves}
        come = {(day, band, post) for (_volunteer, day, band), post in moves.items()}
        return {each for each in left | come if each[2] in axes.post_at}

    def _post(self, volunteer: str, day: str, band: str) -> str:
        axes = self.force.axes
        at = int(self.post_of[axes.person_at[volunteer], axes.day_at[day], axes.band_at[band]])
        return axes.posts[at] if at >= 0 else ""


def refuse_broken(rules: Iterable[str]) -> None:
    """Raise ``Refused`` with every rule that would be broken."""
    words = [RULE_WORDS[rule] for rule in rules]
    if words:
        what = format_lazy(_("This would break rules: {rules}."), rules=Joined(words))
        raise Refused("swap.rules", what, _("Choose another shift, or ask the coordinator."))


def with_partners(pairs: Iterable[Any], people: Iterable[str]) -> set[str]:
    """These people, all who are to serve side by side with one of them, and who is to be apart from any of those."""
    found, together = set(people), [set(each.volunteers) for each in pairs if each.kind == "together"]
    while more := [group for group in together if group & found and not group <= found]:
        found.update(*more)
    apart = [set(each.volunteers) for each in pairs if each.kind == "apart"]
    return found.union(*(group for group in apart if group & found))


def _plan_of(edition: Edition, sheets: Mapping[str, Any], codes: set[str]) -> Plan:
    """The plan with some people only; rows that it does not know the codes of are left out."""
    people = tuple(_rows(edition, "volunteers", "key", codes))
    known = {
        "volunteer": {each.code for each in people}, "post": {"", *(each.code for each in sheets["posts"])},
        "day": {each.code for each in sheets["service_days"]}, "band": {each.code for each in sheets["bands"]},
    }  # fmt: skip
    shifts = [each for each in _shifts(codes) if all(getattr(each, name) in of for name, of in known.items())]
    pairs = [
        dataclasses.replace(each, volunteers=some)
        for each in sheets["pairs"]
        if len(some := tuple(code for code in each.volunteers if code in known["volunteer"])) > 1
    ]
    return Plan(
        edition=(), **{**sheets, "pairs": tuple(pairs)}, volunteers=people, shifts=tuple(shifts),
        certificates=tuple(_rows(edition, "certificates", "body__volunteer", known["volunteer"])),
    )  # fmt: skip


def _rows(edition: Edition, sheet: str, field: str, codes: set[str]) -> Iterator[Any]:
    wanted = sorted(codes)
    for first in range(0, len(wanted), FEW):
        rows = PlanRow.objects.filter(edition=edition, sheet=sheet, **{f"{field}__in": wanted[first : first + FEW]})
        for body in rows.order_by("position", "id").values_list("body", flat=True):
            yield row_from_body(sheet, body)


def _shifts(codes: set[str]) -> Iterator[PlanShift]:
    wanted = sorted(codes)
    for first in range(0, len(wanted), FEW):
        for values in Shift.objects.of_volunteers(wanted[first : first + FEW]).order_by("id").values_list(*FIELDS):
            yield PlanShift(**dict(zip(FIELDS, values, strict=True)))


def _beside(problem: Problem, people: set[int]) -> list[int]:
    """With the whole groups of those who serve side by side, and who is to be apart from any of them."""
    found = people.union(*(group for group in problem.together if people & set(group)))
    return sorted(found.union(*(pair for pair in problem.apart if found & set(pair))))


def _only(problem: Problem, people: list[int]) -> Problem:
    """The problem of some people."""
    from hostcity.engines.rosters import People

    at = {person: place for place, person in enumerate(people)}
    fields = [each.name for each in dataclasses.fields(People)]
    return dataclasses.replace(
        problem,
        people=People(**{name: getattr(problem.people, name)[people] for name in fields}),
        locks=tuple(lock._replace(person=at[lock.person]) for lock in problem.locks if lock.person in at),
        together=tuple(tuple(at[each] for each in group) for group in problem.together if group[0] in at),
        apart=tuple((at[one], at[other]) for one, other in problem.apart if one in at and other in at),
    )


def _weighed(violations: Iterable[Violation]) -> dict[tuple[Any, ...], int]:
    """What is broken where, and how much of it where that can be counted."""
    found: dict[tuple[Any, ...], int] = {}
    for each in violations:
        is_counted = each.rule in COUNTED
        where = (-1,) if each.rule == "most" else (each.day,) if is_counted else (each.day, each.shift, each.detail)
        key = (each.rule, each.person, *where)
        found[key] = max(found.get(key, 0), each.detail if is_counted else 0)
    return found
