"""What a coordinator should know before there is a roster: needs nobody can serve, people nobody can use."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np

from hostcity.engines.rosters.from_plan.axes import LEAST, Axes
from hostcity.engines.rosters.from_plan.crowd import Held
from hostcity.engines.rosters.from_plan.demand import asked_at
from hostcity.engines.rosters.problem import Bools, Ints, Problem
from hostcity.plan.check.finding import RowOf, problem_at
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem as Finding
from hostcity.plan.sentences import Sentence


def warnings_of(
    plan: Plan, axes: Axes, problem: Problem, traits: tuple[str, ...], held: Held, row_of: RowOf
) -> Iterator[Finding]:
    """All of them."""
    free = problem.people.is_free & _bands_of_age(problem)[:, None, :]
    yield from _needs(plan, axes, _eligible(problem, free, np.ones(problem.people.count, bool)), row_of)
    yield from _skills(plan, problem, free, traits, row_of)
    yield from _lapsing(plan, held, row_of)
    yield from _nowhere(plan, problem, free, row_of)
    for at in np.flatnonzero(problem.posts.is_standby & ~problem.is_open.any(axis=(0, 1))).tolist():
        what = Sentence(
            "{code} is a pool in which nobody stands by: no row of sheet needs names it.", code=axes.posts[at]
        )
        mend = Sentence("Add a need for it; about 3 in 100 of its zone's heads are usual.")
        yield problem_at("posts", row_of("posts", at), "is_standby", "no_need", what, mend)


def _bands_of_age(problem: Problem) -> Bools:
    """Bands that each person is old enough for: ``bool[N, S]``."""
    rules = problem.rules
    may = np.array([rules.minors_may(shift) for shift in range(rules.starts_s.size)], bool)
    found: Bools = ~problem.people.is_minor[:, None] | may
    return found


def _eligible(problem: Problem, free: Bools, who: Bools) -> Ints:
    """How many of these could serve in each cell, were there no other: ``int64[D, S, P]``."""
    trained = (problem.people.is_trained & who[:, None]).astype(np.float32)
    found = free.reshape(len(free), -1).astype(np.float32).T @ trained
    counts: Ints = np.rint(found).astype(np.int64).reshape(problem.is_open.shape)
    return counts


def _needs(plan: Plan, axes: Axes, eligible: Ints, row_of: RowOf) -> Iterator[Finding]:
    for at, need in enumerate(plan.needs):
        cells = list(product(need.days or axes.days, need.bands or axes.bands)) if need.heads else []
        post = axes.post_at[need.post]
        none = [cell for cell in cells if not eligible[axes.day_at[cell[0]], axes.band_at[cell[1]], post]]
        if none:
            what = Sentence(
                "nobody can serve at {post} in {count} of {all} shifts of {code}, the first on {day} in {band}: no volunteer is trained, "
                "certified, accredited and free for it.",
                post=need.post, count=len(none), all=len(cells), code=need.code, day=none[0][0], band=none[0][1],
            )  # fmt: skip
            mend = Sentence("Train or accredit people for it, or take the need away.")
            yield problem_at("needs", row_of("needs", at), "post", "nobody", what, mend)


def _skills(plan: Plan, problem: Problem, free: Bools, traits: tuple[str, ...], row_of: RowOf) -> Iterator[Finding]:
    """Lines of a mix that no one can serve where they are asked for."""
    rows = {line.code: at for at, line in enumerate(plan.mix_lines)}
    eligible = {skill: _eligible(problem, free, problem.people.has[:, at]) for at, skill in enumerate(traits) if skill}
    none: dict[str, list[str]] = {}
    for at, post in enumerate(plan.posts):
        for skill, lines in asked_at(plan.mix_lines, post).items():
            line = int(np.flatnonzero(problem.posts.trait[:, at] == _trait(traits, skill))[0])
            if (problem.is_open & (problem.posts.needed[line] > 0) & (eligible[skill] == 0))[:, :, at].any():
                none.setdefault(lines[0].code, []).append(post.code)
    for code, posts in sorted(none.items(), key=lambda each: rows[each[0]]):
        what = Sentence(
            "{code} asks for {skill} where nobody who has it can serve: at {count} posts, the first is {post}.",
            code=code, skill=plan.mix_lines[rows[code]].skill, count=len(posts), post=posts[0],
        )  # fmt: skip
        mend = Sentence("Train people with the skill for these posts, or ask for it elsewhere only.")
        yield problem_at("mix_lines", row_of("mix_lines", rows[code]), "skill", "nobody", what, mend)


def _trait(traits: tuple[str, ...], skill: str) -> int:
    return traits.index(skill) if skill != LEAST else -1


def _lapsing(plan: Plan, held: Held, row_of: RowOf) -> Iterator[Finding]:
    """Certificates that do not count; those that no post asks for are nobody's business."""
    first = min(day.date for day in plan.service_days)
    asked = {each.certificate for each in plan.post_classes} | {line.skill for line in plan.mix_lines}
    for at in held.lapsing:
        one = plan.certificates[at]
        if one.skill not in asked:
            continue
        before = one.expires < first
        values = {"code": one.code, "skill": one.skill, "person": one.volunteer, "date": one.expires}
        what = (
            Sentence("{code}: {skill} of {person} expired on {date}, before the first service day, and does not count.", **values)
            if before
            else Sentence("{code}: {skill} of {person} expires on {date}, during the event, and does not count on any day.", **values)
        )  # fmt: skip
        mend = Sentence("Have it renewed and give the new day, or enter the later days as days away.")
        yield problem_at(
            "certificates", row_of("certificates", at), "expires", "before" if before else "during", what, mend
        )


def _nowhere(plan: Plan, problem: Problem, free: Bools, row_of: RowOf) -> Iterator[Finding]:
    """People for whom there is no cell at all, and why."""
    is_open, trained = problem.is_open.reshape(-1, len(plan.posts)), problem.people.is_trained
    could = (free.reshape(problem.people.count, -1).astype(np.float32) @ is_open.astype(np.float32) > 0) & trained
    asked = np.asarray((trained & is_open.any(axis=0)).any(axis=1))
    for at in np.flatnonzero(~could.any(axis=1)).tolist():
        code = plan.volunteers[at].code
        if not free[at].any():
            column, what = (
                "not_days",
                Sentence("{code} is free on no day: away, or too late by the first bus.", code=code),
            )
        elif not asked[at]:
            column, what = (
                "trained_for",
                Sentence("{code} is trained, certified and accredited for no post that needs anybody.", code=code),
            )
        else:
            column, what = (
                "not_bands",
                Sentence("{code} is never free when posts that he is trained for need people.", code=code),
            )
        mend = Sentence("No shift can be given; train for another class, or take the row away.")
        yield problem_at("volunteers", row_of("volunteers", at), column, "nowhere", what, mend)
