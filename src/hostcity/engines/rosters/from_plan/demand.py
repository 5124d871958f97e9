"""What posts need, from sheets posts, needs, mix_lines and the classes and zones that they name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from hostcity.engines.rosters.from_plan.axes import LEAST, Axes, Line
from hostcity.engines.rosters.problem import ANYBODY, Ints, Posts
from hostcity.plan.plan import Plan
from hostcity.plan.rows import MixLine, Post

CRITICAL = 2.0  # times the weight
NAMED, BY_CLASS, ALL = 3, 2, 1  # how narrowly a line of a mix is meant
Asked = dict[str, list[MixLine]]  # the lines that hold, by skill


class Demand(NamedTuple):
    """What posts need, and what lines and traits mean."""

    posts: Posts
    lines: tuple[Line, ...]
    traits: tuple[str, ...]


def demand_of(plan: Plan, axes: Axes) -> Demand:
    """Line 0: targets; then, when anything has a minimum, minima; then lines of skills, as few as no post asks two in one."""
    heads, least = heads_of(plan, axes)
    asked = [asked_at(plan.mix_lines, post) for post in plan.posts]
    line_of = _shared({skill for each in asked for skill in each}, asked)
    skills = tuple(skill.code for skill in plan.skills if skill.code in line_of)
    has_least = bool(least.any())
    first, traits = 1 + has_least, (*skills, *[LEAST] * has_least)
    lines = [Line("heads"), *[Line("least")] * has_least]
    lines += [Line("skill", tuple(s for s in skills if line_of[s] == at)) for at in range(_count(line_of))]
    needed = np.zeros((len(lines), *heads.shape), np.int64)
    weight, trait = (np.zeros((len(lines), len(plan.posts))), np.full((len(lines), len(plan.posts)), ANYBODY))
    needed[0], weight[0] = heads, _weights(plan)
    if has_least:
        needed[1], weight[1], trait[1] = least, weight[0], len(skills)
    for post, mine in enumerate(asked):
        for skill, of_skill in mine.items():
            line = first + line_of[skill]
            needed[line, :, :, post] = _with_skill(of_skill, heads[:, :, post])
            weight[line, post] = max(each.weight for each in of_skill) * _factor(plan.posts[post])
            trait[line, post] = skills.index(skill)
    zones = {zone.code: at for at, zone in enumerate(plan.zones)}
    posts = Posts(
        needed=needed, weight=weight, trait=trait, zone=np.array([zones[post.zone] for post in plan.posts], np.int64),
        is_standby=np.array([post.is_standby for post in plan.posts], bool),
    )  # fmt: skip
    return Demand(posts, tuple(lines), traits)


def heads_of(plan: Plan, axes: Axes) -> tuple[Ints, Ints]:
    """Targets and minima of heads: ``int64[D, S, P]`` each."""
    heads, least = np.zeros(axes.shape, np.int64), np.zeros(axes.shape, np.int64)
    for need in plan.needs:
        days = [axes.day_at[code] for code in need.days or axes.days]
        bands = [axes.band_at[code] for code in need.bands or axes.bands]
        cells = np.ix_(days, bands, [axes.post_at[need.post]])
        heads[cells], least[cells] = need.heads, need.heads_least
    return heads, least


def asked_at(lines: Iterable[MixLine], post: Post) -> Asked:
    """The lines that hold at a post: of those for one skill the narrowest, unless they ask for nobody."""
    by_skill: dict[str, list[tuple[int, MixLine]]] = {}
    for line in lines:
        if narrow := _narrow(line, post):
            by_skill.setdefault(line.skill, []).append((narrow, line))
    found = {
        skill: [line for narrow, line in lines if narrow == max(each for each, _ in lines)]
        for skill, lines in by_skill.items()
    }
    return {skill: lines for skill, lines in found.items() if any(line.heads for line in lines)}


def _narrow(line: MixLine, post: Post) -> int:
    """How narrowly a line means a post; 0 = not at all."""
    if line.post:
        return NAMED if line.post == post.code else 0
    if line.post_class:
        return BY_CLASS if line.post_class == post.post_class else 0
    return 0 if post.is_standby else ALL


def _with_skill(lines: list[MixLine], heads: Ints) -> Ints:
    """Heads with a skill: the most that one of equally narrow lines asks for, and never more than there should be."""
    asked = [np.where(heads >= line.from_heads, line.heads, 0) for line in lines]
    found: Ints = np.minimum(np.max(asked, axis=0), heads)
    return found


def _weights(plan: Plan) -> list[float]:
    """Harm of one head missing at each post."""
    weight_of = {each.code: each.weight for each in plan.post_classes}
    return [weight_of[post.post_class] * _factor(post) for post in plan.posts]


def _factor(post: Post) -> float:
    return CRITICAL if post.is_critical else 1.0


def _shared(skills: set[str], asked: list[Asked]) -> dict[str, int]:
    """A line for each skill: skills that no post asks for together share one. The most asked for come first."""
    many = Counter(skill for each in asked for skill in each)
    beside: dict[str, set[str]] = {skill: set() for skill in skills}
    for each in asked:
        for skill in each:
            beside[skill] |= each.keys() - {skill}
    line_of: dict[str, int] = {}
    for skill in sorted(skills, key=lambda one: (-many[one], one)):
        taken = {line_of[other] for other in beside[skill] if other in line_of}
        line_of[skill] = next(line for line in range(len(taken) + 1) if line not in taken)
    return line_of


def _count(line_of: dict[str, int]) -> int:
    return 1 + max(line_of.values(), default=-1)
