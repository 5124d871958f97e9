"""Who serves beside whom and who never does, and what is locked, from sheets pairs and shifts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from hostcity.engines.rosters.checking import MOST_TOGETHER
from hostcity.engines.rosters.from_plan.axes import Axes
from hostcity.engines.rosters.problem import Lock
from hostcity.plan.check.finding import RowOf, problem_at
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem as Finding
from hostcity.plan.rows import Pair
from hostcity.plan.sentences import Sentence


class Relations(NamedTuple):
    """Groups and pairs, and what is wrong with them."""

    together: tuple[tuple[int, ...], ...]
    apart: tuple[tuple[int, int], ...]
    problems: tuple[Finding, ...]


def locks_of(plan: Plan, axes: Axes) -> tuple[Lock, ...]:
    """Locked rows of sheet shifts; without a post somebody stays free."""
    return tuple(
        Lock(axes.person_at[each.volunteer], axes.day_at[each.day], axes.band_at[each.band], axes.post_at.get(each.post, -1))
        for each in plan.shifts
        if each.is_locked
    )  # fmt: skip


def relations_of(plan: Plan, axes: Axes, row_of: RowOf) -> Relations:
    """Pairs of a plan. Groups that share somebody are one."""
    rows = list(enumerate(plan.pairs))
    joined = [(at, _members(pair, axes)) for at, pair in rows if pair.kind == "together"]
    group_of = _merged(members for _, members in joined)
    groups = {id(group): tuple(sorted(group)) for group in group_of.values()}
    found = list(_too_large(plan, joined, group_of, row_of))
    apart: set[tuple[int, int]] = set()
    for at, pair in rows:
        for one, other in combinations(_members(pair, axes), 2) if pair.kind == "apart" else ():
            apart.add((min(one, other), max(one, other)))
            if group_of.get(one) is not None and group_of.get(one) is group_of.get(other):
                found.append(_both(axes, pair, one, other, row_of("pairs", at)))
    return Relations(tuple(sorted(groups.values())), tuple(sorted(apart)), tuple(found))


def _members(pair: Pair, axes: Axes) -> list[int]:
    return [axes.person_at[code] for code in pair.volunteers]


def _merged(groups: Iterable[list[int]]) -> dict[int, set[int]]:
    """The whole group of each person."""
    group_of: dict[int, set[int]] = {}
    for members in groups:
        whole = set(members).union(*(group_of[one] for one in members if one in group_of))
        group_of |= dict.fromkeys(whole, whole)
    return group_of


def _too_large(
    plan: Plan, joined: list[tuple[int, list[int]]], group_of: dict[int, set[int]], row_of: RowOf
) -> Iterator[Finding]:
    told: set[int] = set()
    for at, members in joined:
        group = group_of[members[0]]
        if len(group) > MOST_TOGETHER and id(group) not in told:
            told.add(id(group))
            what = Sentence(
                "{code} and rows that share somebody with it have {count} people serve side by side.",
                code=plan.pairs[at].code, count=len(group),
            )  # fmt: skip
            mend = Sentence(
                "Make groups of at most {most}; a team keeps more people near each other.", most=MOST_TOGETHER
            )
            yield problem_at("pairs", row_of("pairs", at), "volunteers", "many", what, mend)


def _both(axes: Axes, pair: Pair, one: int, other: int, row: int) -> Finding:
    what = Sentence(
        "{code} keeps {one} and {other} apart, who are to serve side by side.",
        code=pair.code, one=axes.people[one], other=axes.people[other],
    )  # fmt: skip
    return problem_at(
        "pairs", row, "volunteers", "both", what, Sentence("Take one of them out of one of the two rows.")
    )
