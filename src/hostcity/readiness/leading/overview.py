"""What the leader's screen says, put together once for the page, the wall, paper, the first screen and the API."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hostcity.core.home.countdown import Countdown, countdown_of
from hostcity.core.models import Edition, Job, Result
from hostcity.core.models.jobs import OPEN
from hostcity.core.plan_rows.queries import counts_of_rows
from hostcity.readiness.forecasts.kept import Moved, Said, history_of, last_forecast, moved
from hostcity.readiness.forecasts.services import JOB
from hostcity.readiness.forecasts.showing import GroupLine, Named, SlipLine, groups_of, slips_of
from hostcity.readiness.standing import Standing, TaskNow, standing_of
from hostcity.readiness.words import COLORS, named

MOST_SLIPS, MOST_DRILLS = 5, 3
DRILL = "drill"  # kind of a task
RED_BELOW, AMBER_BELOW = 0.5, 0.8  # of the lower end of a bracket


@dataclass(frozen=True, kw_only=True, slots=True)
class Drill:
    """A drill that is not held yet."""

    key: str
    name: str
    department: str
    starts: datetime.date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """A department."""

    line: GroupLine
    level: str  # red, amber or green: by the lower end of its bracket


@dataclass(frozen=True, kw_only=True, slots=True)
class Overview:
    """All of it. Without a forecast there is neither a bracket, nor departments, nor costs."""

    countdown: Countdown
    today: datetime.date
    forecast: Result | None
    day: datetime.date | None  # of the forecast
    told: Said
    change: Moved | None
    tiles: Sequence[Tile]
    slips: Sequence[SlipLine]
    drills: Sequence[Drill]
    colors: Sequence[tuple[str, Any, int]]  # code, name, tasks
    is_making: bool

    @property
    def level(self) -> str:
        """How the bracket looks."""
        return level_of(self.told["span"][0]) if self.told else "grey"

    @property
    def age_d(self) -> int:
        """Days since the forecast was made."""
        return (self.today - self.day).days if self.day else 0


def level_of(share: float) -> str:
    """The color of a probability, by the limits that tasks have."""
    return "red" if share < RED_BELOW else "amber" if share < AMBER_BELOW else "green"


def overview_of(edition: Edition) -> Overview | None:
    """The leader's screen; None = the plan has no tasks. Seven queries, and none of the work of a forecast."""
    standing = standing_of(edition)
    if not standing.tasks:
        return None
    forecast, names = last_forecast(edition), Named(edition)
    told: Said = forecast.summary if forecast else {}
    return Overview(
        countdown=countdown_of(edition), today=standing.today, forecast=forecast,
        day=datetime.date.fromisoformat(forecast.inputs["today"]) if forecast else None, told=told,
        change=moved(history_of(edition)) if forecast else None,
        tiles=[Tile(line=each, level=level_of(each.span[0])) for each in groups_of(names, told)] if told else (),
        slips=slips_of(names, told, MOST_SLIPS) if told else (), drills=_drills(standing, names), colors=_colors(standing),
        is_making=Job.objects.filter(edition=edition, kind=JOB, state__in=OPEN).exists(),
    )  # fmt: skip


def bracket_of(edition: Edition) -> Overview | None:
    """The bracket and its change alone, for the first screen, which must not wait for dates; None = the plan has no tasks. Four queries."""
    forecast = last_forecast(edition)
    if forecast is None and not counts_of_rows(edition).get("tasks"):
        return None
    return Overview(
        countdown=countdown_of(edition), today=edition.today(), forecast=forecast,
        day=datetime.date.fromisoformat(forecast.inputs["today"]) if forecast else None, told=forecast.summary if forecast else {},
        change=moved(history_of(edition)) if forecast else None, tiles=(), slips=(), drills=(), colors=(),
        is_making=Job.objects.filter(edition=edition, kind=JOB, state__in=OPEN).exists(),
    )  # fmt: skip


def _drills(standing: Standing, names: Named) -> list[Drill]:
    """The next ones by the day on which they begin as things stand."""
    ahead = [
        each for each in standing.tasks if each.task.kind == DRILL and each.told.is_open and not each.told.finished_on
    ]
    return [
        Drill(
            key=each.key, name=named(each.task), department=names.departments.get(each.task.department, each.task.department), starts=_starts(each)
        )
        for each in sorted(ahead, key=lambda each: (_starts(each) or datetime.date.max, each.at))[:MOST_DRILLS]
    ]  # fmt: skip


def _starts(each: TaskNow) -> datetime.date | None:
    return each.now.start if each.now else None


def _colors(standing: Standing) -> list[tuple[str, Any, int]]:
    """How many tasks have each color."""
    counts = dict.fromkeys(COLORS, 0)
    for each in standing.tasks:
        counts[each.status.color] += 1
    return [(code, name, counts[code]) for code, name in COLORS.items()]
