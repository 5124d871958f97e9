"""What the places of a roster problem's arrays stand for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from hostcity.engines.rosters.problem import Problem
from hostcity.plan.plan import Plan
from hostcity.plan.problems import Problem as Finding
from hostcity.plan.rows import Shift

#: The trait that everybody has: what the line of least heads asks for.
LEAST = ""


class Line(NamedTuple):
    """What a line asks for."""

    kind: str  # heads, least, skill
    skills: tuple[str, ...] = ()  # codes; at one post it asks for at most one of them


@dataclass(frozen=True, kw_only=True)
class Axes:
    """Codes by place. Days ascend by date, bands by start; posts and people stand as in their sheets."""

    days: tuple[str, ...]
    bands: tuple[str, ...]
    posts: tuple[str, ...]
    people: tuple[str, ...]

    @classmethod
    def of(cls, plan: Plan) -> Axes:
        """Those of a plan."""
        return cls(
            days=tuple(day.code for day in sorted(plan.service_days, key=lambda day: day.date)),
            bands=tuple(band.code for band in sorted(plan.bands, key=lambda band: (band.start_s, band.end_s))),
            posts=tuple(post.code for post in plan.posts),
            people=tuple(person.code for person in plan.volunteers),
        )

    @property
    def shape(self) -> tuple[int, int, int]:
        """Days, bands, posts."""
        return len(self.days), len(self.bands), len(self.posts)

    @cached_property
    def day_at(self) -> dict[str, int]:
        """Place of each day."""
        return _places(self.days)

    @cached_property
    def band_at(self) -> dict[str, int]:
        """Place of each band: the ``shift`` of the engine."""
        return _places(self.bands)

    @cached_property
    def post_at(self) -> dict[str, int]:
        """Place of each post."""
        return _places(self.posts)

    @cached_property
    def person_at(self) -> dict[str, int]:
        """Place of each volunteer."""
        return _places(self.people)


@dataclass(frozen=True, kw_only=True, eq=False)
class Force:
    """The roster problem of a plan, with the codes of what its arrays number."""

    problem: Problem
    axes: Axes
    traits: tuple[str, ...]  # [K] codes of skills; `LEAST` = everybody has it
    lines: tuple[Line, ...]  # [L]
    shifts: tuple[Shift, ...] = field(repr=False)  # of the plan's sheet, locked or not
    warnings: tuple[Finding, ...]  # what a coordinator should know before there is a roster

    def skill_at(self, line: int, post: int) -> str:
        """Code of the skill that a line asks for at a post; "" = none."""
        trait = int(self.problem.posts.trait[line, post])
        return self.traits[trait] if trait >= 0 else ""

    def cell_of(self, day: str, band: str, post: str) -> tuple[int, int, int]:
        """Places of a cell's day, band and post. Raises ``KeyError`` with the code that there is not."""
        return self.axes.day_at[day], self.axes.band_at[band], self.axes.post_at[post]


def _places(codes: tuple[str, ...]) -> dict[str, int]:
    return {code: at for at, code in enumerate(codes)}
